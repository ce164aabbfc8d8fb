"""What a team still needs, read from a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pytest

from tabapp.domain.forecast import PointsShare, TeamChance, TeamOutlook, Threshold
from tabapp.domain.forecast.needs import Need, need_of

LINE = Threshold(10.2, 9, 11, (
    PointsShare(9, 0.1, 0.2), PointsShare(10, 0.6, 0.6), PointsShare(11, 0.3, 0.995)))


def asked(
    p: float = 0.5, *, points: int = 8, certain: Literal["in", "out"] | None = None,
    left: int = 2, most: int = 6, by_result: Mapping[int, float] | None = None, weight: int = 1,
    line: Threshold | None = LINE,
) -> Need:
    return need_of(
        TeamChance("T", p, 0.0, certain), TeamOutlook("T", points, 9.0, 8, 11), line,
        rounds_left=left, most=most, by_result=by_result, weight=weight)


def test_what_is_certain_needs_nothing() -> None:
    assert asked(1.0, certain="in") == Need("in")
    assert asked(0.0, certain="out") == Need("out")


@pytest.mark.parametrize(("p", "kind"), [(1.0, "in"), (0.0, "out"), (0.5, "level")])
def test_when_nothing_is_left_the_table_decides(p: float, kind: str) -> None:
    assert asked(p, left=0, most=0).kind == kind


@pytest.mark.parametrize(("by_result", "need"), [
    ({0: 0.0, 1: 0.0, 2: 0.1, 3: 1.0}, Need("enough", 3, 3)),
    ({0: 0.0, 1: 0.0, 2: 0.9, 3: 1.0}, Need("decided", 2, 2)),
    ({0: 0.0, 1: 0.3, 2: 1.0, 3: 1.0}, Need("better", 1, 1)),
    ({0: 1.0, 1: 1.0, 2: 1.0, 3: 1.0}, Need("has")),
    ({0: 0.0, 1: 0.0, 2: 0.0, 3: 0.1}, Need("better", 3, 3)),
    ({0: 0.0, 1: 0.0, 2: 0.0, 3: 0.01}, Need("help")),
])
def test_in_the_last_round_the_own_room_says_it(
    by_result: Mapping[int, float], need: Need
) -> None:
    assert asked(left=1, most=3, by_result=by_result) == need


def test_a_weighted_last_round_gives_more_points_for_the_same_place() -> None:
    need = asked(left=1, most=6, by_result={0: 0.0, 1: 0.0, 2: 1.0, 3: 1.0}, weight=2)
    assert need == Need("enough", 4, 2)


def test_with_more_rounds_left_the_line_says_it() -> None:
    assert asked(points=12) == Need("has")
    assert asked(points=11) == Need("enough", 1)
    assert asked(points=8) == Need("decided", 2)
    assert asked(points=3) == Need("help")
    low = Threshold(9.0, 9, 11, (PointsShare(9, 1.0, 0.3),))
    assert asked(points=8, line=low) == Need("better", 1)
    sure = Threshold(9.0, 9, 11, (PointsShare(9, 1.0, 1.0),))
    assert asked(points=8, line=sure) == Need("enough", 1)
    assert asked(points=9, line=sure) == Need("has")
    assert asked(line=None) == Need("help")


def test_a_team_whose_results_are_all_in_gets_nothing_more() -> None:
    assert asked(0.999, points=10, left=1, most=0) == Need("has")
    assert asked(0.5, points=10, left=1, most=0) == Need("decided")
    assert asked(0.01, points=10, left=1, most=0) == Need("help")
