"""Liveness: the check values of rules.md, section 10, weights, and what a state means."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.breaks.liveness import EVERYONE_SAFE, Thresholds, thresholds


def before(
    teams: int, rounds: int, size: int, seq: int, best: int = 1
) -> tuple[int, int]:
    found = thresholds(
        teams=teams, size=size, best=best, weights=[1] * rounds,
        remaining=[1] * (rounds - seq + 1), general=True, points=[])
    return found.safe, found.dead


@pytest.mark.parametrize(("teams", "rounds", "size", "seq", "expected"), [
    (64, 6, 16, 5, (5, 1)), (64, 6, 16, 6, (5, 2)), (24, 5, 8, 5, (4, 1)),
    (100, 8, 32, 8, (6, 3)), (40, 5, 8, 4, (5, 0)),
])
def test_two_team_thresholds_are_those_of_the_rules(
    teams: int, rounds: int, size: int, seq: int, expected: tuple[int, int]
) -> None:
    assert before(teams, rounds, size, seq) == expected


@pytest.mark.parametrize(("teams", "rounds", "size", "seq", "expected"), [
    (88, 5, 16, 4, (11, 3)), (88, 5, 16, 5, (11, 6)),
    (200, 9, 48, 8, (17, 9)), (200, 9, 48, 9, (17, 12)),
])
def test_bp_thresholds_are_those_of_the_rules(
    teams: int, rounds: int, size: int, seq: int, expected: tuple[int, int]
) -> None:
    assert before(teams, rounds, size, seq, best=3) == expected


def test_a_category_of_its_own_looks_at_its_own_points() -> None:
    found = thresholds(
        teams=64, size=4, best=1, weights=[1] * 5, remaining=[1], general=False,
        points=[0, 1, 2, 3, 3, 3, 4, 4])
    assert found == Thresholds(5, 1)


def test_everyone_is_safe_where_no_more_can_break_than_there_are_places() -> None:
    common: dict[str, Any] = {"size": 4, "best": 3, "weights": [1, 1], "remaining": [1]}
    assert thresholds(teams=3, general=True, points=[], **common) == EVERYONE_SAFE
    few = thresholds(teams=64, general=False, points=[3, 2, 1, 0], **common)
    assert few == EVERYONE_SAFE
    assert {few.state(points) for points in (0, 3)} == {"safe"}
    more = thresholds(teams=64, general=False, points=[3, 2, 1, 0, 0], **common)
    assert more != EVERYONE_SAFE


def test_the_states_meet_at_the_thresholds() -> None:
    line = Thresholds(safe=5, dead=1)
    assert [line.state(points) for points in (0, 1, 2, 4, 5, 6)] == [
        "dead", "dead", "live", "live", "safe", "safe"]


def test_a_round_that_counts_twice_moves_both_thresholds() -> None:
    even = thresholds(
        teams=64, size=16, best=1, weights=[1] * 6, remaining=[1], general=True, points=[])
    heavy = thresholds(
        teams=64, size=16, best=1, weights=[1] * 5 + [2], remaining=[2], general=True,
        points=[])
    assert (even.safe, even.dead) == (5, 2)
    # of 64 teams 1, 5, 11, 15, 15, 11, 5, 1 drop 0, 1, 2, … of 7 points: 17 drop two at most
    assert (heavy.safe, heavy.dead) == (7 - (2 - 1), (7 - 2) - 2 - 1)


@given(
    weights=st.lists(st.integers(0, 3), min_size=1, max_size=5), best=st.sampled_from([1, 3]),
    teams=st.integers(4, 120), size=st.integers(1, 40),
)
def test_with_weights_every_course_of_the_rounds_is_counted_alike(
    weights: list[int], best: int, teams: int, size: int
) -> None:
    if teams < size:
        return
    most, ways = best * sum(weights), (best + 1) ** len(weights)
    dropped = [
        sum(lost * weight for lost, weight in zip(course, weights, strict=True))
        for course in product(range(best + 1), repeat=len(weights))]
    expected = [teams * dropped.count(number) for number in range(most + 1)]
    above = [sum(-(-one // ways) for one in expected[: i + 1]) for i in range(most + 1)]
    surely = [sum(one // ways for one in expected[: i + 1]) for i in range(most + 1)]
    k = next((i for i, total in enumerate(above) if total > size), most + 1)
    m = next((i for i, total in enumerate(surely) if total > size), most + 1)
    left = best * weights[-1]
    found = thresholds(
        teams=teams, size=size, best=best, weights=weights, remaining=weights[-1:],
        general=True, points=[])
    assert found == Thresholds(most - (k - 1), most - m - left - 1)
