"""Brackets of a power-paired BP draw: which points may stand in which room."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

ROOM = 4


@dataclass(frozen=True, slots=True)
class RoomRule:
    """A room before the teams are known: the bracket's points and all points allowed in it."""

    level: float
    allowed: tuple[float, ...]


def points_of(value: float) -> float:
    """Round to 1e-6, so that thirds of a mark tie as they should; never a negative zero."""
    return round(float(value), 6) + 0.0


def define_rooms(points: Iterable[float], distribution: str) -> tuple[RoomRule, ...]:
    """Return the rooms, top one first (rules.md, section 7, "Rooms").

    The number of teams must be a multiple of four. Pull-ups go ``anywhere`` in the bracket that
    needs them or into ``one_room`` of it.
    """
    ordered = sorted(points, reverse=True)
    if distribution == "one_room":
        return _one_room(ordered)
    return _anywhere([(level, len(list(teams))) for level, teams in groupby(ordered)])


def _one_room(ordered: Sequence[float]) -> tuple[RoomRule, ...]:
    fours = (ordered[start : start + ROOM] for start in range(0, len(ordered), ROOM))
    return tuple(RoomRule(four[0], tuple(dict.fromkeys(four))) for four in fours)


def _anywhere(levels: Sequence[tuple[float, int]]) -> tuple[RoomRule, ...]:
    rooms: list[RoomRule] = []
    size = 0
    allowed: list[float] = []
    for level, count in levels:
        need = -size % ROOM
        if need >= count:
            allowed.append(level)
            size += count
            continue
        if need:
            allowed.append(level)
        rooms += _bracket(allowed, size + need)
        allowed, size = [level], count - need
    return tuple(rooms + _bracket(allowed, size))


def _bracket(allowed: Sequence[float], size: int) -> list[RoomRule]:
    return [RoomRule(allowed[0], tuple(allowed))] * (size // ROOM) if size else []
