"""Two-team round-robins: everybody meets everybody, on both sides in turn, whoever is away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.round_robin import draw_round_robin, pair_round
from tabapp.domain.types import (
    TWO_SIDES,
    Cycle,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)


def ids(count: int) -> tuple[str, ...]:
    return tuple(f"T{number}" for number in range(1, count + 1))


def snapshot(
    count: int, index: int, *, away: Sequence[str] = (), **changes: Any
) -> DrawSnapshot:
    teams = tuple(DrawTeam(team, sides=(0, 0)) for team in ids(count) if team not in away)
    cycle = Cycle(index, ids(count))
    return replace(DrawSnapshot(TWO_SIDES, DrawType.ROUND_ROBIN, teams, {}, cycle=cycle), **changes)


def drawn(one: DrawSnapshot, **options: Any) -> tuple[DrawnDebate, ...]:
    return draw_round_robin(one, DrawOptions.from_mapping(options), Lots(1))[0]


def refusal(one: DrawSnapshot, **options: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        drawn(one, **options)
    assert "(" not in caught.value.message.replace("(round_robin_legs = 2)", "")
    return caught.value


@pytest.mark.parametrize("count", range(2, 31))
def test_everybody_meets_everybody_once(count: int) -> None:
    rounds = [pair_round(count, index) for index in range(count - 1 + count % 2)]
    met = Counter(frozenset(pair) for pairs in rounds for pair in pairs)
    assert set(met.values()) == {1}
    assert len(met) == count * (count - 1) // 2
    for pairs in rounds:
        places = [place for pair in pairs for place in pair]
        assert len(set(places)) == len(places) == count - count % 2


@pytest.mark.parametrize("count", range(2, 31))
def test_nobody_is_ever_more_than_one_ahead_on_a_side(count: int) -> None:
    ahead: Counter[int] = Counter()
    for index in range(count - 1 + count % 2):
        for aff, neg in pair_round(count, index):
            ahead[aff] += 1
            ahead[neg] -= 1
        assert all(abs(value) <= 1 for value in ahead.values()), index


def test_six_teams_go_round_the_circle() -> None:
    # the first stands still, the last of the others steps to the front of them
    rings = [[1, 2, 3, 4, 5], [5, 1, 2, 3, 4], [4, 5, 1, 2, 3], [3, 4, 5, 1, 2], [2, 3, 4, 5, 1]]
    for index, (a, b, c, d, e) in enumerate(rings):
        expected = {frozenset({0, e}), frozenset({a, d}), frozenset({b, c})}
        assert {frozenset(pair) for pair in pair_round(6, index)} == expected


def test_rooms_are_ranked_by_their_first_team_and_stand_in_bracket_0() -> None:
    debates = drawn(snapshot(6, 0))
    assert [(d.bracket, d.room_rank, set(d.teams)) for d in debates] == [
        (0, 1, {"T1", "T6"}), (0, 2, {"T2", "T5"}), (0, 3, {"T3", "T4"}),
    ]
    assert all(tuple(side for side, _team in d.sides) == TWO_SIDES for d in debates)


def test_with_an_odd_number_each_rests_once_and_the_bye_is_ranked_last() -> None:
    resting: list[str] = []
    for index in range(5):
        *rooms, bye = drawn(snapshot(5, index))
        assert len(rooms) == 2
        assert (bye.bracket, bye.room_rank, bye.sides[0][0]) == (-1, 3, Side.BYE)
        resting += bye.teams
    assert sorted(resting) == sorted(ids(5))


def test_whoever_would_meet_an_absent_team_rests_and_the_plan_stands() -> None:
    whole = drawn(snapshot(6, 2))
    away = whole[0].teams[1]
    debates = drawn(snapshot(6, 2, away=[away]))
    assert [d.sides for d in debates[:-1]] == [d.sides for d in whole[1:]]
    assert debates[-1].sides == ((Side.BYE, whole[0].teams[0]),)


def test_two_absent_teams_that_would_have_met_leave_nobody_resting() -> None:
    whole = drawn(snapshot(6, 2))
    debates = drawn(snapshot(6, 2, away=whole[1].teams))
    assert [d.sides for d in debates] == [whole[0].sides, whole[2].sides]
    assert [d.room_rank for d in debates] == [1, 2]


def test_the_second_leg_turns_the_sides() -> None:
    for index in range(5):
        first = drawn(snapshot(6, index), round_robin_legs=2)
        second = drawn(snapshot(6, index + 5), round_robin_legs=2)
        assert [d.teams for d in second] == [d.teams[::-1] for d in first]


def test_the_plan_depends_on_ids_alone() -> None:
    one = snapshot(6, 1)
    other = replace(one, teams=tuple(
        replace(team, points=number, rank=7 - number, seed=float(number), sides=(number, 0),
                allocated_side=Side.NEG)
        for number, team in reversed(list(enumerate(one.teams, 1)))))
    assert drawn(one) == drawn(other, draw_side_allocations="preallocated")
    assert drawn(one) == draw_round_robin(one, DrawOptions(), Lots(99))[0]


def test_without_a_cycle_it_is_the_first_round_of_the_teams_given() -> None:
    assert drawn(snapshot(7, 0, cycle=None)) == drawn(snapshot(7, 0))


def test_sides_decided_in_the_room_are_unconfirmed() -> None:
    assert all(d.sides_confirmed for d in drawn(snapshot(6, 0)))
    by_ballot = drawn(snapshot(6, 0), draw_side_allocations="manual-ballot")
    assert not any(d.sides_confirmed for d in by_ballot)


@pytest.mark.parametrize(("count", "rounds"), [(2, 1), (5, 5), (6, 5)])
def test_a_round_beyond_the_cycle_is_refused(count: int, rounds: int) -> None:
    assert drawn(snapshot(count, rounds - 1))
    error = refusal(snapshot(count, rounds))
    assert (error.code, error.facts["rounds"]) == ("draw_cycle_over_one_leg", rounds)
    assert drawn(snapshot(count, 2 * rounds - 1), round_robin_legs=2)
    error = refusal(snapshot(count, 2 * rounds), round_robin_legs=2)
    assert (error.code, error.facts["rounds"]) == ("draw_cycle_over", 2 * rounds)


def test_a_team_outside_the_cycle_is_refused_by_name() -> None:
    one = snapshot(4, 0)
    late = DrawTeam("T9", sides=(0, 0), name="Late Risers")
    error = refusal(replace(one, teams=(*one.teams, late)))
    assert (error.code, error.facts["team"]) == ("draw_not_in_cycle", "Late Risers")


def test_pairs_that_have_met_in_this_leg_are_told() -> None:
    one = snapshot(6, 5)
    met = {team: {other: 1 for other in ids(6) if other != team} for team in ids(6)}
    again = replace(one, teams=tuple(replace(team, seen=met[team.id]) for team in one.teams))
    options = DrawOptions.from_mapping({"round_robin_legs": 2})
    assert draw_round_robin(again, options, Lots(1))[1] == ()
    first = replace(again, cycle=Cycle(0, ids(6)))
    assert draw_round_robin(first, options, Lots(1))[1] == (
        "3 pairs of teams meet again, the fewest that were found.",)
    single = replace(first, teams=tuple(
        replace(team, seen={"T6": 1} if team.id == "T1" else {}) for team in first.teams))
    assert draw_round_robin(single, options, Lots(1))[1] == (
        "One pair of teams meets again; no draw without one was found.",)
