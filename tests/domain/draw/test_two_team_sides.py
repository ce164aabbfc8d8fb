"""Who affirms: by balance, by kind, by lot, by allocation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.sides import give_sides
from tabapp.domain.draw.two_team.values import Pairing
from tabapp.domain.types import DrawTeam

ONE, OTHER = DrawTeam("T1", sides=(1, 1)), DrawTeam("T2", sides=(1, 1))


def affirms(one: DrawTeam, other: DrawTeam, allocation: str = "balance", seed: int = 1) -> str:
    options = DrawOptions(draw_side_allocations=allocation)
    [(aff, _neg)] = give_sides([Pairing(1.0, one, other)], options, Lots(seed))
    return aff.id


@pytest.mark.parametrize("allocation", ["balance", "manual-ballot"])
@pytest.mark.parametrize(("one", "other", "expected"), [
    ((2, 0), (1, 1), "T2"), ((0, 2), (1, 1), "T1"), ((2, 1), (0, 0), "T2"), ((0, 0), (3, 4), "T2"),
])
def test_the_team_that_affirmed_less_than_it_negated_affirms(
    allocation: str, one: tuple[int, int], other: tuple[int, int], expected: str
) -> None:
    for seed in range(8):
        first, second = replace(ONE, sides=one), replace(OTHER, sides=other)
        assert affirms(first, second, allocation, seed) == expected


def test_rounds_of_the_same_kind_decide_where_all_rounds_do_not() -> None:
    for seed in range(8):
        one, other = replace(ONE, kind_sides=(1, 0)), replace(OTHER, kind_sides=(0, 1))
        assert affirms(one, other, seed=seed) == "T2"
        assert affirms(replace(one, sides=(0, 1)), other, seed=seed) == "T1"


@pytest.mark.parametrize("allocation", ["balance", "random"])
def test_a_lot_is_fair(allocation: str) -> None:
    one = replace(ONE, sides=(5, 0)) if allocation == "random" else ONE
    first = sum(affirms(one, OTHER, allocation, seed) == "T1" for seed in range(2000))
    assert 900 < first < 1100  # five standard deviations are 112


def test_the_lots_of_two_rooms_are_drawn_apart() -> None:
    rooms = [Pairing(1.0, ONE, OTHER)] * 2
    options = DrawOptions(draw_side_allocations="random")
    drawn = [
        tuple(aff.id for aff, _neg in give_sides(rooms, options, Lots(seed)))
        for seed in range(400)]
    assert all(70 < drawn.count(pair) < 130 for pair in set(drawn))
    assert len(set(drawn)) == 4


def test_allocated_sides_stay() -> None:
    for seed in range(8):
        assert affirms(replace(ONE, sides=(9, 0)), OTHER, "preallocated", seed) == "T1"
