"""Awards of teams: what earns each, and what comes near and does not."""

from __future__ import annotations

from dataclasses import replace

from tests.award_world import FOUR, ORDER, Room, World, duel, duels, finals, fours


def test_first_win_is_the_first_debate_in_which_a_team_was_first() -> None:
    found = fours((2, 1, 3, 4), (1, 2, 3, 4)).winners("first_win")
    assert {key: one.rounds for key, one in found.items()} == {"T0": (1, 2), "T1": (1,)}


def test_no_win_by_a_bye_a_walk_over_or_an_unconfirmed_ballot_and_none_for_swings() -> None:
    world = World(4, sides=2, line_up=1, swings=frozenset({2}))
    world.play(Room((0,), (1,)), duel(2, 3))
    world.play(duel(0, 1, forfeits=frozenset({1})), duel(2, 3, confirmed=False))
    assert world.winners("first_win") == {}


def test_a_room_of_four_is_won_where_one_forfeits() -> None:
    world = World(4).play(Room(FOUR, ORDER, forfeits=frozenset({3})))
    assert set(world.winners("first_win")) == {"T0"}


def test_on_a_roll_takes_three_wins_running() -> None:
    assert set(duels((0, 0), (0, 0), (0, 1)).winners("on_a_roll")) == {"T0"}
    assert duels((0, 0), (0, 0), (1, 1), (0, 0)).winners("on_a_roll") == {}
    late = duels((1, 0), (0, 1), (0, 0), (0, 1)).winners("on_a_roll")
    assert late["T0"].round_seq == 4
    assert late["T0"].rounds == (1, 2, 3, 4)  # that it was none before tells of the first round
    assert late["T0"].facts["since"] == 2


def test_undefeated_counts_from_the_first_round_and_stays_when_beaten() -> None:
    world = duels((0, 1), (0, 0), (0, 0), (0, 0), (1, 0))
    found = world.winners("undefeated")
    assert set(found) == {"T0"}
    assert found["T0"].round_seq == 4
    assert found["T0"].facts["wins"] == 4


def test_undefeated_tells_of_the_defeat_that_ended_it() -> None:
    won = [(0, 0), (0, 0), (0, 0)]
    assert duels(*won).winners("undefeated")["T0"].rounds == (1, 2, 3)
    assert duels(*won, (0, 0)).winners("undefeated")["T0"].rounds == (1, 2, 3, 4)
    beaten = duels(*won, (1, 0), (0, 0)).winners("undefeated")["T0"]
    assert (beaten.round_seq, beaten.rounds) == (3, (1, 2, 3, 4))


def test_undefeated_passes_over_a_bye_and_ends_with_an_absence() -> None:
    world = World(5, sides=2, line_up=1)
    world.play(duel(0, 1), duel(2, 3)).play(Room((0,), (1,)), duel(2, 1))
    world.play(duel(0, 1), duel(4, 3)).play(duel(0, 3), duel(2, 1))
    assert set(world.winners("undefeated")) == {"T0"}  # T2 was away in the third round


def test_every_side_is_won_from_four_positions_or_from_both_benches() -> None:
    world = World(4)
    for turn in range(4):
        teams = FOUR[-turn:] + FOUR[:-turn]
        places = tuple(1 if team == 0 else 2 + at for at, team in enumerate(teams))
        world.play(Room(teams, tuple(min(place, 4) for place in places)))
    assert set(world.winners("every_side_won")) == {"T0"}
    world.rounds.pop()
    assert world.winners("every_side_won") == {}
    benches = World(2, sides=2, line_up=1).play(duel(0, 1, 0)).play(duel(1, 0, 1))
    assert set(benches.winners("every_side_won")) == {"T0"}


def test_bounced_back_is_last_and_then_first_in_the_very_next_round() -> None:
    found = fours((4, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 1)).winners("bounced_back")
    assert {key: one.round_seq for key, one in found.items()} == {"T0": 2, "T3": 3}
    assert fours((3, 1, 2, 4), (1, 2, 3, 4)).winners("bounced_back") == {}
    assert fours((4, 1, 2, 3), (2, 1, 3, 4), (1, 2, 3, 4)).winners("bounced_back") == {}


def giants(challenger: int, *, completed: bool = True) -> World:
    """Twelve teams ranked by marks after a round; then T0, the leader, loses to one of them."""
    world = World(12, sides=2, line_up=1)
    world.play(*(
        duel(2 * at, 2 * at + 1, marks=(90.0 - at, 80.0 - at)) for at in range(6)),
        completed=completed)
    others = [team for team in range(12) if team not in (0, challenger)]
    return world.play(
        duel(challenger, 0), *(duel(others[at], others[at + 1]) for at in range(0, 10, 2)))


def test_a_giant_killer_beats_the_leader_from_an_eighth_of_the_field_below() -> None:
    found = giants(10).winners("giant_killer")
    assert found["T10"].facts == {"round": 2, "opponent": "T0", "place": 6}
    assert "T4" not in giants(4).winners("giant_killer")  # third: not far enough below
    assert set(giants(8).winners("giant_killer")) == {"T8"}  # fifth: four places below
    assert giants(10, completed=False).winners("giant_killer") == {}


def test_a_comeback_goes_from_last_to_first_on_the_tab() -> None:
    back = fours((1, 2, 3, 4), (4, 3, 2, 1), (3, 2, 4, 1)).winners("comeback")
    assert set(back) == {"T3"}
    assert back["T3"].round_seq == 3
    assert back["T3"].facts["since"] == 1
    # after round 2 all four were level, which makes nobody first or last
    near = fours((1, 2, 4, 3), (4, 3, 2, 1), (3, 2, 4, 1)).winners("comeback")
    assert "T3" not in near
    world = fours((1, 2, 3, 4), (4, 3, 2, 1), (3, 2, 4, 1))
    world.rounds[2] = replace(world.rounds[2], completed=False)
    assert world.winners("comeback") == {}


def test_whoever_gained_most_places_climbed_most_and_so_do_those_level_with_it() -> None:
    world = fours((1, 2, 3, 4), (2, 3, 4, 1), (3, 2, 4, 1))
    found = world.winners("climbed_most")
    assert {key: one.facts["places"] for key, one in found.items()} == {"T3": 3}
    assert fours((1, 2, 3, 4), (1, 2, 3, 4), (1, 2, 3, 4)).winners("climbed_most") == {}
    world.rounds[2] = replace(world.rounds[2], completed=False)
    assert world.winners("climbed_most") == {}


def test_a_photo_finish_is_won_by_one_step_of_the_marks() -> None:
    world = World(4, sides=2, line_up=1)
    world.play(duel(0, 1, marks=(76.0, 75.0)), duel(2, 3, marks=(77.0, 75.0)))
    assert set(world.winners("photo_finish")) == {"T0"}
    level = World(2, sides=2, line_up=1).play(duel(0, 1, 1, marks=(76.0, 76.0)))
    assert set(level.winners("photo_finish")) == {"T1"}  # equal totals, declared
    low = World(2, sides=2, line_up=1).play(duel(0, 1, 0, marks=(75.0, 76.0)))
    assert low.winners("photo_finish") == {}  # a low-point win


def test_the_widest_win_is_the_widest_of_all_and_waits_for_the_last_round() -> None:
    world = World(4, sides=2, line_up=1)
    for first in (80.0, 81.0, 80.0):
        world.play(duel(0, 1, marks=(first, 75.0)), duel(2, 3, marks=(79.0, 75.0)))
    found = world.winners("widest_win")
    assert set(found) == {"T0"}
    assert found["T0"].facts["margin"] == 6
    assert found["T0"].round_seq == 2
    assert found["T0"].rounds == (1, 2, 3)
    world.rounds.pop()
    assert world.winners("widest_win") == {}


def test_the_top_of_the_tab_is_first_after_the_last_round_shared_or_not() -> None:
    assert set(fours(*[ORDER] * 3).winners("top_of_the_tab")) == {"T0"}
    assert set(duels(*[(0, 0)] * 3).winners("top_of_the_tab")) == {"T0", "T2"}
    assert fours(*[ORDER] * 2).winners("top_of_the_tab") == {}


def test_champions_won_the_only_debate_of_the_last_elimination_round() -> None:
    assert finals().winners("champion")["T0"].rounds == (5,)
    assert finals(rooms=2).winners("champion") == {}  # a semi-final
    assert finals(completed=False).winners("champion") == {}


def test_a_team_is_complete_with_the_speakers_that_a_debate_needs() -> None:
    world = World(3, sizes=[2, 1, 3], swings=frozenset({2}))
    assert set(world.winners("team_complete")) == {"T0"}
