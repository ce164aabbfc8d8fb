"""The auditor on the circle of a round-robin and on who rests: by plan, by seed, by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import generate
from tabapp.domain.types import TWO_SIDES, Cycle, DrawnDebate, DrawSnapshot, DrawType, Side
from tests.domain.draw.two_team_rooms import (
    AFF,
    NEG,
    Rooms,
    failed,
    rooms_of,
    snapshot_of,
    teams_of,
)

OFF: Mapping[str, Any] = {"draw_avoid_conflicts": "off"}


def with_bye(rooms: Rooms, team: str) -> Rooms:
    return [*rooms, DrawnDebate(-1.0, len(rooms) + 1, ((Side.BYE, team),))]


@pytest.mark.parametrize(("count", "leg"), [(4, 0), (5, 0), (6, 1)])
def test_a_pair_of_an_earlier_round_of_the_leg_is_found(count: int, leg: int) -> None:
    teams, length = teams_of([0] * count), count - 1 + count % 2
    name = "nobody again in a leg"

    def plan(index: int) -> DrawSnapshot:
        return replace(
            snapshot_of(teams, DrawType.ROUND_ROBIN, round_robin_legs=2),
            cycle=Cycle(index, tuple(team.id for team in teams)))

    for at in range(length):
        earlier = list(generate(plan(leg * length + at), seed=1).debates)
        for now in range(length):
            found = failed(audit_draw(plan(leg * length + now), earlier))
            assert (name in found) == (at < now), (at, now)


def test_meetings_outside_the_cycle_are_no_fault_of_it() -> None:
    teams = teams_of([0] * 4)
    seen = tuple(
        replace(team, seen={other.id: 3 for other in teams if other != team} | {"Z": 1})
        for team in teams)
    for index in range(3):
        snapshot = replace(
            snapshot_of(seen, DrawType.ROUND_ROBIN), cycle=Cycle(index, ("A", "B", "C", "D")))
        assert failed(audit_draw(snapshot, list(generate(snapshot, seed=1).debates))) == {}


def test_sides_that_the_rooms_have_decided_follow_no_plan() -> None:
    snapshot = snapshot_of(
        teams_of([0] * 4), DrawType.ROUND_ROBIN, draw_side_allocations="manual-ballot")
    rooms = list(generate(snapshot, seed=1).debates)
    turned = replace(rooms[0], sides=tuple(zip(
        TWO_SIDES, reversed(rooms[0].teams), strict=True)))
    decided = replace(turned, sides_confirmed=True)
    assert list(failed(audit_draw(snapshot, [turned, *rooms[1:]]))) == ["plan of the cycle"]
    assert failed(audit_draw(snapshot, [decided, *rooms[1:]])) == {}


def test_the_byes_of_a_seeded_draw_go_by_seed() -> None:
    teams = teams_of([9, 8, 7], seed=[1, 2, 3])
    snapshot = snapshot_of(teams, DrawType.SEEDED, **OFF, bye_team_selection="lowest")
    assert failed(audit_draw(snapshot, with_bye(rooms_of((0.0, "CB")), "A"))) == {}
    wrong = failed(audit_draw(snapshot, with_bye(rooms_of((0.0, "BA")), "C")))
    assert wrong["byes"] == "A (seed 1) is drawn, seed 3 has a bye"


def test_with_allocated_sides_byes_come_from_the_longer_side() -> None:
    teams = tuple(
        replace(team, allocated_side=side)
        for team, side in zip(teams_of([9, 8, 7]), (AFF, NEG, AFF), strict=True))
    snapshot = snapshot_of(
        teams, **OFF, bye_team_selection="lowest", draw_side_allocations="preallocated",
        draw_odd_bracket="pullup_top")
    due = rooms_of((9.0, "AB"), B=("pullup",))
    assert failed(audit_draw(snapshot, with_bye(due, "C"))) == {}
    wrong = failed(audit_draw(snapshot, with_bye(rooms_of((9.0, "AC")), "B")))
    assert wrong["byes"] == "B has a bye and is on the shorter side"
