"""BP draws: swaps that would better them are found, and what WUDC must not look at is not."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest

from tabapp.domain.audit.draws import audit_draw, optimal_position_cost
from tabapp.domain.draw import generate
from tabapp.domain.types import BP_SIDES, Cycle, DrawnDebate, DrawSnapshot, DrawType
from tests.domain.draw.two_team_rooms import failed, status

MakeSnapshot = Callable[..., DrawSnapshot]
PREFERRED = {"bp_secondary_preferences": True}
NAME = "no better swap"


def seated(*rooms: str, level: float = 0.0) -> list[DrawnDebate]:
    """Make rooms of teams T1 … T8, each named by its number."""
    return [
        DrawnDebate(level, number, tuple(
            (side, f"T{team}") for side, team in zip(BP_SIDES, room, strict=True)))
        for number, room in enumerate(rooms, 1)]


@pytest.mark.parametrize(("columns", "detail"), [
    ({"seen": [{"T2": 1}] + [{}] * 7}, "1 fewer repeat meetings"),
    ({"institution": ["X", "X"] + [None] * 6}, "1 fewer pairs of an institution"),
])
def test_a_swap_that_clears_a_clash_at_equal_cost_is_found(
    snapshot_of: MakeSnapshot, columns: dict[str, list[object]], detail: str
) -> None:
    snapshot = snapshot_of([0] * 8, options=PREFERRED, **columns)
    found = failed(audit_draw(snapshot, seated("1234", "5678")))
    assert list(found) == [NAME]
    assert detail in found[NAME]
    assert failed(audit_draw(snapshot, seated("1534", "2678"))) == {}
    plain = replace(snapshot, options={})
    assert failed(audit_draw(plain, seated("1234", "5678"))) == {}


def test_no_clash_is_cleared_at_the_price_of_another_or_of_positions(
    snapshot_of: MakeSnapshot,
) -> None:
    everywhere = snapshot_of([0] * 8, options=PREFERRED, institution=["X"] * 8)
    assert failed(audit_draw(everywhere, seated("1234", "5678"))) == {}
    histories = [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)]
    level = snapshot_of(
        [3] * 4 + [0] * 4, histories * 2, options=PREFERRED, seen=[{"T2": 1}] + [{}] * 7)
    rooms = [replace(room, bracket=bracket) for room, bracket in zip(
        seated("1234", "5678"), (3.0, 0.0), strict=True)]
    assert failed(audit_draw(level, rooms)) == {}


def test_a_team_pulled_up_again_in_place_of_another_is_found(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([2] * 6 + [1] * 6, options=PREFERRED, pullups=[0] * 6 + [1] * 4 + [0, 0])
    blind = replace(snapshot, options={})
    verdicts = set()
    for seed in range(6):
        rooms = generate(blind, seed=seed).debates
        again = sum("pullup" in room.team_flags.get(team, ()) and team not in ("T11", "T12")
                    for room in rooms for team in room.teams)
        found = failed(audit_draw(snapshot, rooms))
        assert ("1 fewer earlier pull-ups" in found.get(NAME, "")) == (again > 0)
        verdicts.add(again > 0)
        assert failed(audit_draw(snapshot, generate(snapshot, seed=seed).debates)) == {}
    assert True in verdicts


@pytest.mark.parametrize("seed", range(4))
def test_draws_with_preferences_pass(snapshot_of: MakeSnapshot, seed: int) -> None:
    lots = random.Random(seed)
    ids = [f"T{number + 1}" for number in range(24)]
    snapshot = snapshot_of(
        sorted((lots.randint(0, 4) for _ in ids), reverse=True),
        [tuple(lots.randint(0, 2) for _ in range(4)) for _ in ids], PREFERRED,
        institution=[lots.choice("VWXYZ") for _ in ids], pullups=[lots.randint(0, 2) for _ in ids],
        seen=[{lots.choice(ids): 1 for _ in range(4)} for _ in ids])
    checks = audit_draw(snapshot, generate(snapshot, seed=seed).debates, seed=seed)
    assert status(checks, NAME) == "passed"
    assert failed(checks) == {}


@pytest.mark.parametrize("seed", range(5))
def test_wudc_legality_and_cost_hang_on_points_and_positions_only(
    snapshot_of: MakeSnapshot, seed: int
) -> None:
    lots = random.Random(seed)
    count = 32
    snapshot = snapshot_of(
        sorted((lots.randint(0, 9) for _ in range(count)), reverse=True),
        [tuple(lots.randint(0, 2) for _ in range(4)) for _ in range(count)])
    draw = generate(snapshot, seed=seed)
    other = replace(snapshot, teams=tuple(
        replace(team, institution=lots.choice("XYZ"), seen={"T1": lots.randint(0, 3)},
                rank=lots.randint(1, count), pullups=lots.randint(0, 4),
                draw_strength_speaks=lots.random())
        for team in snapshot.teams))
    assert audit_draw(other, draw.debates) == audit_draw(snapshot, draw.debates)
    assert optimal_position_cost(other) == optimal_position_cost(snapshot)
    again = generate(other, seed=seed)
    assert failed(audit_draw(other, again.debates)) == {}
    assert again.quality.position_cost == pytest.approx(draw.quality.position_cost, abs=1e-6)


def test_groups_of_a_round_robin_tell_repeats_and_stand_at_their_best(
    snapshot_of: MakeSnapshot,
) -> None:
    snapshot = snapshot_of(
        [0] * 8, [(1, 0, 0, 0)] * 4 + [(0, 0, 0, 0)] * 4, draw_type=DrawType.ROUND_ROBIN,
        seen=[{"T6": 1}] + [{}] * 7)
    snapshot = replace(snapshot, cycle=Cycle(1, tuple(team.id for team in snapshot.teams)))
    good = seated("5126", "7348")
    checks = audit_draw(snapshot, good)
    assert failed(checks) == {}
    assert next(one.detail for one in checks if one.name == "repeats") == (
        "1 pairs meet again in this leg")
    assert list(failed(audit_draw(snapshot, seated("1526", "7348")))) == [
        "positions in their rooms"]


def test_costs_that_differ_in_their_last_digits_only_are_not_equal(
    snapshot_of: MakeSnapshot,
) -> None:
    """Any swap that parts T1 and T2 without a new meeting costs 1 more, of 20,000,000,000."""
    histories = [
        (10,) * 4, (10,) * 4, (0,) * 4, (0,) * 4,
        (0, 1, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0), (1, 0, 0, 0)]
    snapshot = snapshot_of(
        [0] * 8, histories,
        {**PREFERRED, "bp_position_cost": "simple", "bp_position_cost_exponent": 10.0},
        seen=[{"T2": 1}, {"T5": 1}] + [{}] * 6)
    checks = audit_draw(snapshot, seated("1234", "5678"))
    assert status(checks, NAME) == "passed"
    assert failed(checks) == {}
