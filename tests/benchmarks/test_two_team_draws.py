"""Two-team draws by every way of avoiding conflicts, with the bare solver beside them."""

from __future__ import annotations

import random

import numpy as np
import pytest
from pytest_benchmark.fixture import BenchmarkFixture
from scipy.optimize import linear_sum_assignment

from tabapp.domain.draw.field import take_field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.costs import round_prices
from tabapp.domain.draw.two_team.draw import draw_two_team
from tabapp.domain.types import TWO_SIDES, DrawSnapshot, DrawTeam, DrawType
from tests.benchmarks.draw_ways import TWO_TEAM_WAYS

SIZES = (256, 1000)
ROUNDS = 8
WAYS = {
    name: way for name, way in TWO_TEAM_WAYS.items()
    if way.draw_type in (DrawType.POWER, DrawType.RANDOM)}


def large_field(count: int) -> tuple[DrawTeam, ...]:
    """Play eight power-paired rounds of teams that differ in skill."""
    lots = random.Random(1)
    skill = [lots.gauss(0, 1) for _ in range(count)]
    points, speaks = [0] * count, [0.0] * count
    sides = [[0, 0] for _ in range(count)]
    seen: list[dict[str, int]] = [{} for _ in range(count)]
    for _round in range(ROUNDS):
        order = sorted(range(count), key=lambda team: (-points[team], lots.random()))
        for one, other in zip(order[::2], order[1::2], strict=True):
            seen[one][f"T{other}"] = seen[other][f"T{one}"] = seen[one].get(f"T{other}", 0) + 1
            aff = lots.choice((one, other))
            sides[aff][0] += 1
            sides[one + other - aff][1] += 1
            wins = skill[one] - skill[other] + lots.gauss(0, 1) > 0
            points[one if wins else other] += 1
        speaks = [total + 75 + 3 * skill[at] + lots.gauss(0, 1) for at, total in enumerate(speaks)]
    order = sorted(range(count), key=lambda team: (-points[team], -speaks[team]))
    return tuple(
        DrawTeam(
            f"T{team}", points=float(points[team]), rank=rank,
            subrank=1 + sum(points[above] == points[team] for above in order[: rank - 1]),
            institution=f"I{lots.randrange(count // 4)}", sides=tuple(sides[team]),
            seen=seen[team])
        for rank, team in enumerate(order, start=1))


FIELDS = {count: large_field(count) for count in SIZES}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", SIZES)
def test_the_draw_of_a_round(benchmark: BenchmarkFixture, count: int, way: str) -> None:
    snapshot = DrawSnapshot(TWO_SIDES, WAYS[way].draw_type, FIELDS[count], WAYS[way].settings)
    read = DrawOptions.from_mapping(snapshot.options)

    def draw() -> int:
        lots = Lots(1)
        field = take_field(snapshot.teams, size=2, byes="off", lots=lots)
        return len(draw_two_team(snapshot, field, read, lots))

    assert benchmark.pedantic(draw, rounds=5, warmup_rounds=1) == count // 2


@pytest.mark.parametrize("method", ["slide", "fold", "adjacent", "random"])
@pytest.mark.parametrize("count", SIZES)
def test_the_bare_solver(benchmark: BenchmarkFixture, count: int, method: str) -> None:
    """One assignment of the round's prices: half of it is what a matching costs at least."""
    options = DrawOptions(draw_pairing_method=method, draw_odd_bracket="pullup_top")
    prices = round_prices(FIELDS[count], FIELDS[count], options).astype(np.float64)
    np.fill_diagonal(prices, prices.sum())
    benchmark.pedantic(linear_sum_assignment, args=(prices,), rounds=5, warmup_rounds=1)
