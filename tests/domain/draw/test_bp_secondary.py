"""Secondary preferences in BP: never at the price of positions, never worse, never improvable."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw import generate
from tabapp.domain.draw.assignment import assign, on_grid
from tabapp.domain.draw.brackets import RoomRule, define_rooms
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.draw.secondary import improve
from tabapp.domain.types import (
    BP_SIDES,
    Draw,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    FloatArray,
    IntArray,
)

Objective = tuple[int, int, int]


def objective(
    teams: Sequence[DrawTeam], rooms: Sequence[RoomRule], seats: Sequence[int]
) -> Objective:
    """Count anew: repeat meetings, pairs of an institution, earlier pull-ups of those pulled up."""
    seated: list[list[DrawTeam]] = [[] for _room in rooms]
    for team, seat in zip(teams, seats, strict=True):
        seated[seat // 4].append(team)
    met = same = pulled = 0
    for rule, room in zip(rooms, seated, strict=True):
        for one, other in combinations(room, 2):
            met += max(one.seen.get(other.id, 0), other.seen.get(one.id, 0))
            same += one.institution is not None and one.institution == other.institution
        pulled += sum(team.pullups for team in room if team.points < rule.level)
    return met, same, pulled


@st.composite
def fields(draw: st.DrawFn) -> tuple[DrawTeam, ...]:
    count = 4 * draw(st.integers(2, 7))
    names = [f"T{number}" for number in range(count)]
    small = st.integers(0, 2)
    points = sorted(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    return tuple(
        DrawTeam(
            name, float(points[-number - 1]), number + 1, pullups=draw(small),
            institution=draw(st.sampled_from([None, "I1", "I2", "I3"])),
            sides=draw(st.sampled_from([(1, 0, 0, 0), (0, 1, 1, 0), (1, 1, 1, 1), (0, 0, 0, 0)])),
            seen=draw(st.dictionaries(st.sampled_from(names), st.integers(1, 2), max_size=4)),
        )
        for number, name in enumerate(names)
    )


def solved(
    teams: Sequence[DrawTeam], seed: int, distribution: str = "anywhere"
) -> tuple[FloatArray, tuple[RoomRule, ...], IntArray]:
    points = [team.points for team in teams]
    rooms = define_rooms(points, distribution)
    costs = CostTable([team.sides for team in teams], DrawOptions()).of_teams()
    return costs, rooms, assign(points, costs, rooms, lots=Lots(seed))


def cost_of(costs: FloatArray, seats: IntArray) -> float:
    return math.fsum(on_grid(costs)[np.arange(len(seats)), seats % 4].tolist())


@settings(deadline=None, max_examples=40)
@given(fields(), st.integers(0, 99), st.sampled_from(["anywhere", "one_room"]))
def test_positions_cost_the_same_and_nothing_gets_worse(
    teams: tuple[DrawTeam, ...], seed: int, distribution: str
) -> None:
    costs, rooms, before = solved(teams, seed, distribution)
    after = improve(teams, costs, rooms, before, lots=Lots(seed))
    assert sorted(after) == list(range(len(teams)))
    assert cost_of(costs, after) == cost_of(costs, before)
    assert objective(teams, rooms, after.tolist()) <= objective(teams, rooms, before.tolist())
    assert all(
        team.points in rooms[seat // 4].allowed
        for team, seat in zip(teams, after.tolist(), strict=True))


@settings(deadline=None, max_examples=30)
@given(fields(), st.integers(0, 99))
def test_no_legal_exchange_is_left_that_would_help(
    teams: tuple[DrawTeam, ...], seed: int
) -> None:
    costs, rooms, before = solved(teams, seed)
    seats = improve(teams, costs, rooms, before, lots=Lots(seed)).tolist()
    now, exact = objective(teams, rooms, seats), on_grid(costs)
    for one, other in combinations(range(len(teams)), 2):
        here, there = seats[one], seats[other]
        if teams[one].points != teams[other].points:
            continue
        if exact[one, here % 4] + exact[other, there % 4] != (
                exact[one, there % 4] + exact[other, here % 4]):
            continue
        swapped = [*seats]
        swapped[one], swapped[other] = there, here
        then = objective(teams, rooms, swapped)
        if rooms[here // 4] == rooms[there // 4] or then[2] < now[2]:
            assert then >= now, (one, other)


def drawn(teams: Sequence[DrawTeam], *, seed: int = 0, **options: Any) -> Draw:
    snapshot = DrawSnapshot(BP_SIDES, DrawType.POWER, tuple(teams), options)
    return generate(snapshot, seed=seed)


def test_institutions_are_kept_apart_where_they_can_be() -> None:
    teams = [DrawTeam(f"T{n}", rank=n, institution=f"I{n % 4}") for n in range(1, 17)]
    plain = [drawn(teams, seed=seed).quality.same_institution for seed in range(8)]
    better = [drawn(teams, seed=seed, bp_secondary_preferences=True) for seed in range(8)]
    assert sum(plain) > 0
    assert [draw.quality.same_institution for draw in better] == [0] * 8
    assert all(len(draw.remarks) == 1 and "not one of WUDC" in draw.remarks[0] for draw in better)


def test_a_meeting_weighs_more_than_any_number_of_institutions() -> None:
    # T1 can meet those it has met, or those of its institution
    met = {f"T{n}": 1 for n in (2, 3, 4)}
    teams = [
        DrawTeam("T1", institution="I1", seen=met),
        *(DrawTeam(f"T{n}", institution=f"I{n}") for n in (2, 3, 4)),
        *(DrawTeam(f"T{n}", institution="I1") for n in (5, 6, 7)), DrawTeam("T8"),
    ]
    for seed in range(5):
        draw = drawn(teams, seed=seed, bp_secondary_preferences=True)
        assert draw.quality.rematches == 0


def test_who_was_pulled_up_before_is_spared_where_another_will_do() -> None:
    teams = [DrawTeam(f"T{n}", 3.0, 1) for n in (1, 2, 3)]
    teams += [DrawTeam(f"T{n}", 2.0, 4, pullups=int(n != 6)) for n in range(4, 9)]
    pulled = set()
    for seed in range(6):
        draw = drawn(teams, seed=seed, bp_secondary_preferences=True)
        pulled |= set(draw.debates[0].team_flags)
    assert pulled == {"T6"}


def test_the_option_is_off_by_default_and_changes_nothing_then() -> None:
    teams = [DrawTeam(f"T{n}", rank=n, institution="I1") for n in range(1, 13)]
    assert drawn(teams) == drawn(teams, bp_secondary_preferences=False)
    assert drawn(teams).remarks == ()


def test_the_same_seed_gives_the_same_seats() -> None:
    teams = [DrawTeam(f"T{n}", rank=n, institution=f"I{n % 5}") for n in range(1, 25)]
    draws = [drawn(teams, seed=seed, bp_secondary_preferences=True) for seed in (1, 1, 2)]
    assert draws[0] == draws[1]
    assert draws[0].debates != draws[2].debates


def test_a_long_search_can_be_cancelled() -> None:
    class Cancelled(Exception):
        pass

    def tick(done: int, total: int) -> None:
        if done == 3:
            raise Cancelled

    teams = [DrawTeam(f"T{n}", rank=n, institution="I1") for n in range(1, 17)]
    costs, rooms, seats = solved(teams, 1)
    with pytest.raises(Cancelled):
        improve(teams, costs, rooms, seats, lots=Lots(1), tick=tick)


def test_no_teams_need_no_search() -> None:
    empty = np.empty(0, dtype=np.int64)
    assert improve([], np.empty((0, 4)), (), empty, lots=Lots(0)).tolist() == []
