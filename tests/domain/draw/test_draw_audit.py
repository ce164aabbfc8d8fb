"""The auditor of BP draws finds every planted fault, each by its own check."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

import pytest

from tabapp.domain.audit.draw_costs import cost_of_position
from tabapp.domain.audit.draws import audit_draw, optimal_position_cost
from tabapp.domain.draw import generate
from tabapp.domain.types import (
    BP_SIDES,
    Check,
    DrawnDebate,
    DrawSnapshot,
    DrawType,
    Side,
)

MakeSnapshot = Callable[..., DrawSnapshot]
Rooms = list[DrawnDebate]

LACKS = [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)]


@pytest.fixture
def snapshot(snapshot_of: MakeSnapshot) -> DrawSnapshot:
    """Brackets: 6 and 5 (two rooms, one pulled up), 5 (one), 1 (one)."""
    return snapshot_of([6] * 7 + [5] * 5 + [1] * 4, LACKS * 4)


@pytest.fixture
def rooms(snapshot: DrawSnapshot) -> Rooms:
    return list(generate(snapshot, seed=7).debates)


def failed(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.name: check.detail for check in checks if check.status == "failed"}


def swapped(rooms: Rooms, one: tuple[int, int], other: tuple[int, int]) -> Rooms:
    """Return the rooms with the teams on two seats (room, position) exchanged."""
    sides = [list(room.sides) for room in rooms]
    (a, i), (b, j) = one, other
    first, second = sides[a][i][1], sides[b][j][1]
    sides[a][i] = (sides[a][i][0], second)
    sides[b][j] = (sides[b][j][0], first)
    return [
        replace(room, sides=tuple(seats)) for room, seats in zip(rooms, sides, strict=True)
    ]


def test_a_good_draw_passes_every_check(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    checks = audit_draw(snapshot, rooms)
    assert {check.status for check in checks} == {"passed"}
    assert {check.scope for check in checks} == {"round 5"}
    assert [check.name for check in checks] == [
        "every team once", "nobody else", "rooms of four", "byes", "room ranks",
        "legal brackets", "bracket labels", "pull-up flags", "position cost at the optimum",
    ]


def test_a_missing_team_and_a_team_twice_are_found(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    double = rooms[0].sides[0][1]
    rooms[3] = replace(rooms[3], sides=(*rooms[3].sides[:3], (Side.CO, double)))
    checks = audit_draw(snapshot, rooms)
    assert "2 times (and 1 more)" in failed(checks)["every team once"]
    assert {check.status for check in checks if check.name == "legal brackets"} == {"unclear"}


def test_a_stranger_is_found(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    rooms[3] = replace(rooms[3], sides=(*rooms[3].sides[:3], (Side.CO, "T99")))
    assert "T99" in failed(audit_draw(snapshot, rooms))["nobody else"]


@pytest.mark.parametrize(
    "sides", [(Side.OG, Side.OO, Side.CG), (Side.OG, Side.OG, Side.CG, Side.CO)]
)
def test_rooms_without_the_four_sides_are_found(
    snapshot: DrawSnapshot, rooms: Rooms, sides: tuple[Side, ...]
) -> None:
    rooms[2] = replace(rooms[2], sides=tuple(zip(sides, rooms[2].teams, strict=False)))
    assert "room 3" in failed(audit_draw(snapshot, rooms))["rooms of four"]


def test_room_ranks_with_a_gap_or_out_of_bracket_order_are_found(
    snapshot: DrawSnapshot, rooms: Rooms
) -> None:
    gap = [*rooms[:3], replace(rooms[3], room_rank=5)]
    assert "room ranks" in failed(audit_draw(snapshot, gap))
    crossed = [
        *rooms[:2], replace(rooms[2], room_rank=4), replace(rooms[3], room_rank=3),
    ]
    assert "higher bracket" in failed(audit_draw(snapshot, crossed))["room ranks"]


def test_a_team_in_the_wrong_bracket_is_found(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    faults = failed(audit_draw(snapshot, swapped(rooms, (0, 1), (3, 1))))
    assert "does not allow" in faults["legal brackets"]


def test_wrongly_stated_allowed_points_are_found(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    rooms[2] = replace(rooms[2], allowed_points=(5.0, 1.0))
    assert "room 3" in failed(audit_draw(snapshot, rooms))["legal brackets"]


def test_allowed_points_need_not_be_stated(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    bare = [replace(room, allowed_points=()) for room in rooms]
    assert failed(audit_draw(snapshot, bare)) == {}


def test_a_wrong_bracket_label_is_found(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    rooms[3] = replace(rooms[3], bracket=0.0)
    assert list(failed(audit_draw(snapshot, rooms))) == ["bracket labels"]


def test_a_pullup_flag_too_many_or_too_few_is_found(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    pulled = next(index for index, room in enumerate(rooms) if room.team_flags)
    without = [*rooms]
    without[pulled] = replace(rooms[pulled], team_flags={})
    assert "not flagged" in failed(audit_draw(snapshot, without))["pull-up flags"]
    rooms[3] = replace(rooms[3], team_flags={rooms[3].sides[0][1]: ("pullup",)})
    assert list(failed(audit_draw(snapshot, rooms))) == ["pull-up flags"]


def test_a_dearer_seating_is_found_with_its_figures(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    faults = failed(audit_draw(snapshot, swapped(rooms, (3, 0), (3, 1))))
    assert list(faults) == ["position cost at the optimum"]
    assert "above the optimum of 0" in faults["position cost at the optimum"]


def test_a_seating_that_is_cheaper_because_it_is_illegal_is_found(
    snapshot_of: MakeSnapshot,
) -> None:
    had = [(3, 0, 0, 0)] * 4 + [(0, 1, 1, 1)] * 4
    snapshot = snapshot_of([2] * 4 + [1] * 4, had)
    rooms = list(generate(snapshot, seed=1).debates)
    faults = failed(audit_draw(snapshot, swapped(rooms, (0, 0), (1, 1))))
    assert "below the optimum" in faults["position cost at the optimum"]
    assert "legal brackets" in faults


def test_byes_that_are_not_due_or_not_the_lowest_are_found(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([5, 4, 3, 2, 1], options={"bye_team_selection": "lowest"})
    rooms = list(generate(snapshot, seed=1).debates)
    assert failed(audit_draw(snapshot, rooms)) == {}
    off = replace(snapshot, options={})
    assert "0 are due" in failed(audit_draw(off, rooms))["byes"]
    position = rooms[0].teams.index("T2")
    other = swapped(rooms, (0, position), (1, 0))
    assert "rank 2 has a bye" in failed(audit_draw(snapshot, other))["byes"]
    labelled = [rooms[0], replace(rooms[1], bracket=0.0)]
    assert "not a bye" in failed(audit_draw(snapshot, labelled))["byes"]
    rested = replace(snapshot, teams=tuple(
        replace(team, byes=int(team.id == "T5")) for team in snapshot.teams))
    assert "T5 has bye number 2" in failed(audit_draw(rested, rooms))["byes"]
    above = [replace(rooms[0], room_rank=2), replace(rooms[1], room_rank=1)]
    assert "above a room" in failed(audit_draw(snapshot, above))["room ranks"]


def test_random_draws_promise_no_brackets_and_no_optimum(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of(list(range(8)), draw_type=DrawType.RANDOM)
    checks = audit_draw(snapshot, generate(snapshot, seed=1).debates)
    assert [check.status for check in checks] == ["passed"] * 5 + ["skipped"] * 4


def test_what_is_not_audited_says_so(snapshot: DrawSnapshot) -> None:
    manual = replace(snapshot, draw_type=DrawType.MANUAL)
    three = replace(snapshot, sides=BP_SIDES[:3])
    out = replace(snapshot, draw_type=DrawType.ELIMINATION)
    for other in (manual, three, out):
        assert [check.status for check in audit_draw(other, [])] == ["skipped"]


def test_a_round_drawn_by_hand_is_held_to_its_rooms(snapshot: DrawSnapshot, rooms: Rooms) -> None:
    manual = replace(snapshot, draw_type=DrawType.MANUAL)
    assert failed(audit_draw(manual, rooms)) == {}
    assert "every team once" in failed(audit_draw(manual, rooms[1:]))


def test_the_optimum_is_found_without_a_draw_to_start_from(snapshot: DrawSnapshot) -> None:
    assert optimal_position_cost(snapshot) == pytest.approx(0, abs=1e-6)
    assert optimal_position_cost(replace(snapshot, teams=())) == 0
    resting = {team.id for team in snapshot.teams[4:]}
    assert optimal_position_cost(snapshot, resting) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, 97.8),
        ({"bp_position_cost_exponent": 1.0}, 3.145),
        ({"bp_position_cost": "simple", "bp_position_cost_exponent": 3}, 8),
        ({"bp_position_cost": "variance", "bp_position_cost_exponent": 1}, 1.1875),
        ({"bp_renyi_order": 0, "bp_position_cost_exponent": 1}, 2.075),
        ({"bp_renyi_order": 1 + 1e-9, "bp_position_cost_exponent": 1}, 3.145),
        ({"bp_renyi_order": 2, "bp_position_cost_exponent": 1}, 5 * (2 + math.log2(11 / 25))),
    ],
)
def test_the_auditors_own_costs_follow_the_definition(
    options: dict[str, object], expected: float
) -> None:
    assert cost_of_position((2, 1, 1, 0), 0, options) == pytest.approx(expected, rel=1e-3)
