"""Two-team snapshots, rooms and findings that the tests of the auditor share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tabapp.domain.types import (
    TWO_SIDES,
    Check,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

Rooms = list[DrawnDebate]
AFF, NEG = Side.AFF, Side.NEG


def teams_of(points: Sequence[float], **columns: Sequence[Any]) -> tuple[DrawTeam, ...]:
    """Make teams A, B, C, … in the order of the draw."""
    return tuple(
        DrawTeam(
            id=chr(65 + number), points=value, rank=number + 1, sides=(0, 0),
            **{name: values[number] for name, values in columns.items()})
        for number, value in enumerate(points))


def snapshot_of(
    teams: tuple[DrawTeam, ...], draw_type: DrawType = DrawType.POWER, **options: Any
) -> DrawSnapshot:
    return DrawSnapshot(TWO_SIDES, draw_type, teams, options, round_seq=3)


def rooms_of(*rooms: tuple[float, str], **flags: tuple[str, ...]) -> Rooms:
    """Make rooms from their brackets and teams ("AB": A affirms); flags are a team's."""
    return [
        DrawnDebate(
            bracket, number, ((AFF, two[0]), (NEG, two[1])),
            team_flags={team: flags[team] for team in two if team in flags})
        for number, (bracket, two) in enumerate(rooms, 1)]


def failed(checks: tuple[Check, ...]) -> dict[str, str]:
    return {one.name: one.detail for one in checks if one.status == "failed"}


def status(checks: tuple[Check, ...], name: str) -> str:
    return next(one.status for one in checks if one.name == name)


def level(points: Sequence[float], **columns: Sequence[Any]) -> tuple[DrawTeam, ...]:
    """Make teams that share a rank with all others of their points."""
    return tuple(
        replace(team, rank=1 + sum(other > team.points for other in points))
        for team in teams_of(points, **columns))
