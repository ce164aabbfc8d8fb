"""Awards of speakers and judges: what earns each, and what comes near and does not."""

from __future__ import annotations

from dataclasses import replace

from tabapp.domain.achievements.facts import CHAIR, PANELLIST, TRAINEE
from tests.award_world import FOUR, ORDER, Room, World, duel, finals

# --- speakers ----------------------------------------------------------------------------------


def marked(*marks: tuple[float, ...], **more: object) -> World:
    """Two teams of one speaker each: their marks, round by round."""
    world = World(2, sides=2, line_up=1)
    for one, other in marks:
        winner = 0 if one >= other else 1
        world.play(duel(0, 1, winner, marks=(one, other), **more))
    return world


def test_the_highest_speech_is_shared_by_all_who_gave_it() -> None:
    found = marked((79, 80), (80, 78), (80, 70)).winners("highest_speech")
    assert {key: one.round_seq for key, one in found.items()} == {"S0": 2, "S1": 1}
    assert found["S0"].facts["score"] == 80
    assert marked((79, 80), (80, 78)).winners("highest_speech") == {}  # the rounds are not over


def test_a_second_speech_by_one_person_is_no_highest_speech() -> None:
    world = World(2, sides=2, line_up=2)
    for _ in range(3):
        world.play(Room(
            (0, 1), (1, 2), marks=[[75, 99], [74, 73]], speakers=[[0, 0], [2, 3]]))
    assert set(world.winners("highest_speech")) == {"S0"}
    assert world.winners("highest_speech")["S0"].facts["score"] == 75


def test_the_best_reply_is_looked_for_among_replies_alone() -> None:
    world = World(2, sides=2, line_up=2)
    for reply in (38.0, 39.5, 38.0):
        world.play(Room(
            (0, 1), (1, 2), marks=[[80, 80], [70, 70]], replies=[(1, reply), (3, 38.0)]))
    found = world.winners("best_reply")
    assert set(found) == {"S1"}
    assert found["S1"].facts == {"round": 2, "score": 39.5}
    assert marked((79, 80), (80, 78), (80, 70)).winners("best_reply") == {}


def test_a_steady_hand_has_the_smallest_deviation_of_those_who_always_spoke() -> None:
    found = marked((75, 70), (76, 72), (75, 80)).winners("steady_hand")
    assert set(found) == {"S0"}
    assert found["S0"].facts["deviation"] == 0.47
    world = marked((75, 70), (76, 72), (75, 80))
    world.play(Room((0,), (1,)))  # T0 has the bye, T1 is away
    assert world.winners("steady_hand") == {}


def test_an_iron_person_speaks_twice_in_one_debate() -> None:
    world = World(2, sides=2, line_up=2).play(Room(
        (0, 1), (1, 2), marks=[[75, 74], [74, 73]], speakers=[[0, 0], [2, 3]]))
    assert set(world.winners("iron_person")) == {"S0"}
    reply = World(2, sides=2, line_up=2).play(Room(
        (0, 1), (1, 2), marks=[[75, 74], [74, 73]], replies=[(0, 38.0)]))
    assert reply.winners("iron_person") == {}


def hundred(rounds: int, **last: object) -> World:
    """A BP tournament of one room: eight speeches a round."""
    world = World(4)
    for number in range(rounds):
        more = last if number == rounds - 1 else {}
        world.play(Room(FOUR, ORDER, marks=[[75.0, 74.0]] * 4), **more)
    return world


def test_the_hundredth_speech_is_found_in_speaking_order() -> None:
    # 96 speeches in twelve rounds; then OG 1, OO 1, OG 2 and the hundredth: OO 2
    found = hundred(13).winners("hundredth_speech")
    assert set(found) == {"S3"}
    assert found["S3"].round_seq == 13
    assert hundred(12).winners("hundredth_speech") == {}
    assert hundred(13, completed=False).winners("hundredth_speech") == {}


def test_rising_takes_four_marks_each_higher_than_the_one_before() -> None:
    found = marked((70, 80), (71, 81), (73, 81), (74, 82), (75, 83)).winners("rising")
    assert set(found) == {"S0"}
    assert found["S0"].rounds == (1, 2, 3, 4)
    assert marked((70, 80), (71, 81), (73, 82)).winners("rising") == {}


def test_the_best_of_the_room_is_shared_and_needs_somebody_to_be_better_than() -> None:
    assert set(marked((75, 75)).winners("best_of_the_room")) == {"S0", "S1"}
    assert set(marked((75, 74)).winners("best_of_the_room")) == {"S0"}
    world = World(2, sides=2, line_up=2).play(
        Room((0, 1), (1, 2), marks=[[75, 74], [None, None]]))
    assert world.winners("best_of_the_room") == {}


def test_ever_present_spoke_in_every_round() -> None:
    world = World(2, sides=2, line_up=2)
    for who in ([0, 1], [1, 0], [0, 0]):
        world.play(Room((0, 1), (1, 2), marks=[[75, 74], [74, 73]], speakers=[who, [2, 3]]))
    assert set(world.winners("ever_present")) == {"S0", "S2", "S3"}
    world.rounds.pop()
    assert world.winners("ever_present") == {}


def test_complete_profiles_are_those_that_the_registration_says() -> None:
    world = World(1, judges=2, speakers_complete=frozenset({1}), judges_complete=frozenset({0}))
    assert set(world.winners("profile_complete")) == {"S1"}
    assert set(world.winners("judge_profile_complete")) == {"A0"}


# --- judges ------------------------------------------------------------------------------------


def judged(*panels: list[tuple[int, int]], votes: list[tuple[int, int]] | None = None) -> World:
    world = World(2, sides=2, line_up=1, judges=4)
    for panel in panels:
        world.play(duel(0, 1, panel=panel, votes=votes))
    return world


def test_chairs_and_judges_of_every_round() -> None:
    world = judged(
        [(0, CHAIR), (1, PANELLIST), (2, TRAINEE)], [(0, CHAIR), (2, TRAINEE)],
        [(0, CHAIR), (2, TRAINEE), (1, PANELLIST)])
    assert set(world.winners("first_chair")) == {"A0"}
    assert set(world.winners("chaired_every_round")) == {"A0"}
    assert set(world.winners("judged_every_round")) == {"A0", "A2"}
    world.rounds[1] = replace(
        world.rounds[1], rooms=[replace(world.rounds[1].rooms[0], confirmed=False)])
    assert world.winners("chaired_every_round") == {}  # a debate without a result
    assert judged(*[[(0, PANELLIST)]] * 3).winners("first_chair") == {}
    assert judged(*[[(0, CHAIR)]] * 2).winners("judged_every_round") == {}


def test_a_panel_that_never_split_has_voted_three_times_alike() -> None:
    panel = [(0, CHAIR), (1, PANELLIST), (2, PANELLIST), (3, TRAINEE)]
    assert set(judged(panel, panel, panel, votes=[(3, 3), (0, 3)]).winners(
        "panel_never_split")) == {"A0", "A1", "A2"}
    assert judged(panel, panel, panel, votes=[(2, 3), (1, 3)]).winners("panel_never_split") == {}
    alone = [(0, CHAIR)]
    assert judged(alone, alone, alone, votes=[(1, 1), (0, 1)]).winners("panel_never_split") == {}
    assert judged(panel, panel, panel).winners("panel_never_split") == {}  # one ballot a room


def test_promoted_is_a_trainee_who_chairs_later() -> None:
    assert judged([(0, TRAINEE)], [(0, CHAIR)]).winners("promoted")["A0"].rounds == (1, 2)
    assert judged([(0, CHAIR)], [(0, TRAINEE)]).winners("promoted") == {}
    assert judged([(0, TRAINEE)], [(0, PANELLIST)]).winners("promoted") == {}


def test_the_chair_of_the_final_chaired_the_debate_that_decided() -> None:
    assert set(finals().winners("final_chair")) == {"A0"}
    assert finals(rooms=2).winners("final_chair") == {}
