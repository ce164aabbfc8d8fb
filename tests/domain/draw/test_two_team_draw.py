"""Two-team draws of every type, from the field to the rooms."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw.field import take_field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.draw import draw_two_team
from tabapp.domain.types import (
    TWO_SIDES,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

TEAMS = [DrawTeam(f"T{number}", rank=number, sides=(0, 0)) for number in range(1, 13)]


def drawn(
    teams: Sequence[DrawTeam], draw_type: DrawType, seed: int = 1, **options: Any
) -> tuple[DrawnDebate, ...]:
    snapshot = DrawSnapshot(TWO_SIDES, draw_type, tuple(teams), options)
    lots = Lots(seed)
    field = take_field(
        teams, size=2, byes="off", lots=lots, seeded=draw_type is DrawType.SEEDED)
    return draw_two_team(snapshot, field, DrawOptions.from_mapping(options), lots)


def pairs(debates: Sequence[DrawnDebate]) -> set[frozenset[str]]:
    return {frozenset(debate.teams) for debate in debates}


@pytest.mark.parametrize("avoid", ["off", "one_up_one_down", "graph"])
def test_a_random_draw_has_one_bracket_and_comes_from_the_seed(avoid: str) -> None:
    draws = [drawn(TEAMS, DrawType.RANDOM, seed, draw_avoid_conflicts=avoid) for seed in range(9)]
    assert draws[3] == drawn(TEAMS, DrawType.RANDOM, 3, draw_avoid_conflicts=avoid)
    assert len({frozenset(pairs(draw)) for draw in draws}) > 5
    for debates in draws:
        assert [debate.room_rank for debate in debates] == [1, 2, 3, 4, 5, 6]
        assert {debate.bracket for debate in debates} == {0.0}
        assert set().union(*pairs(debates)) == {team.id for team in TEAMS}


@pytest.mark.parametrize("avoid", ["one_up_one_down", "graph"])
def test_a_random_draw_is_swapped_until_nobody_meets_the_own_institution(avoid: str) -> None:
    teams = [
        replace(team, institution=f"I{place % 3}", seen={"T1": 1} if place == 6 else {})
        for place, team in enumerate(TEAMS)]
    institution = {team.id: team.institution for team in teams}
    for seed in range(30):
        debates = drawn(teams, DrawType.RANDOM, seed, draw_avoid_conflicts=avoid)
        assert all(institution[one] != institution[other] for one, other in map(tuple, (
            debate.teams for debate in debates)))
        assert not any(debate.flags for debate in debates)


def test_a_random_draw_without_avoidance_lets_them_meet() -> None:
    teams = [replace(team, institution="A") for team in TEAMS[:2]]
    debates = drawn(teams, DrawType.RANDOM, draw_avoid_conflicts="off")
    assert debates[0].flags == ()


def test_a_conflict_that_no_swap_resolves_is_noted() -> None:
    everybody = [replace(team, institution="A") for team in TEAMS[:4]]
    debates = drawn(everybody, DrawType.RANDOM)
    assert [debate.flags for debate in debates] == [("too_many_swaps",)] * 2
    alone = drawn(everybody[:2], DrawType.RANDOM)
    assert [debate.flags for debate in alone] == [("too_many_swaps",)]
    off = drawn(everybody, DrawType.RANDOM, avoid_same_institution=False)
    assert [debate.flags for debate in off] == [(), ()]


@pytest.mark.parametrize("avoid", ["off", "one_up_one_down", "graph"])
@pytest.mark.parametrize("draw_type", [DrawType.RANDOM, DrawType.SEEDED])
def test_allocated_sides_hold_in_every_draw(avoid: str, draw_type: DrawType) -> None:
    teams = [
        replace(
            team, allocated_side=Side.AFF if place % 2 else Side.NEG, seed=1.0,
            institution=f"I{place % 4}")
        for place, team in enumerate(TEAMS)]
    side = {team.id: team.allocated_side for team in teams}
    debates = drawn(
        teams, draw_type, draw_avoid_conflicts=avoid, draw_side_allocations="preallocated")
    assert [debate.room_rank for debate in debates] == list(range(1, 7))
    assert all(side[team] is given for debate in debates for given, team in debate.sides)


@pytest.mark.parametrize("avoid", ["one_up_one_down", "graph"])
def test_a_seeded_draw_pairs_by_seed_whatever_the_standings(avoid: str) -> None:
    seeds = [0, 3, 1, 2, 7, 4]
    teams = [
        replace(team, seed=float(seed), points=float(place % 2), subrank=1)
        for place, (team, seed) in enumerate(zip(TEAMS, seeds, strict=False))]
    debates = drawn(
        teams, DrawType.SEEDED, draw_avoid_conflicts=avoid, draw_pairing_method="fold",
        draw_matching_scope="round")
    assert [set(debate.teams) for debate in debates] == [
        {"T5", "T1"}, {"T6", "T3"}, {"T2", "T4"}]
    assert {debate.bracket for debate in debates} == {0.0}


def test_equal_seeds_are_ordered_by_lot() -> None:
    teams = [replace(team, seed=1.0) for team in TEAMS]
    found = {frozenset(pairs(drawn(teams, DrawType.SEEDED, seed))) for seed in range(9)}
    assert len(found) > 5


def test_sides_decided_on_the_ballot_are_drawn_but_not_confirmed() -> None:
    for allocation, confirmed in (("manual-ballot", False), ("balance", True), ("random", True)):
        debates = drawn(TEAMS, DrawType.RANDOM, draw_side_allocations=allocation)
        assert {debate.sides_confirmed for debate in debates} == {confirmed}
        assert {tuple(side for side, _team in debate.sides) for debate in debates} == {TWO_SIDES}


def test_a_power_paired_draw_over_the_whole_round_flags_who_is_pulled_up() -> None:
    teams = [replace(team, points=float(place < 3)) for place, team in enumerate(TEAMS[:6])]
    debates = drawn(
        teams, DrawType.POWER, draw_avoid_conflicts="graph", draw_matching_scope="round",
        draw_odd_bracket="pullup_top")
    assert [debate.bracket for debate in debates] == [1.0, 1.0, 0.0]
    flagged = [dict(debate.team_flags) for debate in debates if debate.team_flags]
    assert flagged == [{"T4": ("pullup",)}]


def test_rooms_over_the_whole_round_stand_by_points_even_where_ranks_say_otherwise() -> None:
    teams = [replace(team, points=float(place // 2)) for place, team in enumerate(TEAMS[:8])]
    debates = drawn(
        teams, DrawType.POWER, draw_avoid_conflicts="graph", draw_matching_scope="round")
    assert [debate.bracket for debate in debates] == [3.0, 2.0, 1.0, 0.0]


@settings(max_examples=40, deadline=None)
@given(
    st.permutations(range(12)), st.sampled_from([DrawType.RANDOM, DrawType.SEEDED, DrawType.POWER]),
    st.sampled_from(["slide", "random"]), st.integers(0, 100))
def test_the_order_of_the_input_never_matters(
    order: list[int], draw_type: DrawType, method: str, seed: int
) -> None:
    teams = [
        replace(
            team, seed=float(place // 3), points=float(place < 5), rank=1 + 5 * (place >= 5),
            institution=f"I{place % 3}")
        for place, team in enumerate(TEAMS)]
    options = {
        "draw_avoid_conflicts": "graph", "draw_matching_scope": "round",
        "draw_pairing_method": method}
    assert drawn([teams[at] for at in order], draw_type, seed, **options) == drawn(
        teams, draw_type, seed, **options)


def test_each_pair_of_a_random_draw_is_as_likely_as_any_other() -> None:
    teams = TEAMS[:4]
    counts = dict.fromkeys(
        (frozenset({"T1", other}) for other in ("T2", "T3", "T4")), 0)
    for seed, avoid in itertools.product(range(600), ("off",)):
        [pair] = [
            pair for pair in pairs(
                drawn(teams, DrawType.RANDOM, seed, draw_avoid_conflicts=avoid)) if "T1" in pair]
        counts[pair] += 1
    assert all(140 < count < 260 for count in counts.values())  # 200, five deviations are 58
