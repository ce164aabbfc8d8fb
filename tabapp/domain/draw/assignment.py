"""Teams to rooms and positions at least position cost: an exact assignment, block by block."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.draw.brackets import ROOM, RoomRule
from tabapp.domain.draw.lots import Lots
from tabapp.domain.types import BoolArray, FloatArray, IntArray, Tick, no_tick

_GRID = 2.0**36


def assign(
    points: Sequence[float],
    costs: FloatArray,
    rooms: Sequence[RoomRule],
    *,
    lots: Lots | None = None,
    tick: Tick = no_tick,
) -> IntArray:
    """Return each team's seat, 4 * room + position, at the least total of ``costs``.

    ``costs`` has a row a team and a column a position; ``rooms`` stand top first. With ``lots``
    rows and columns are shuffled first, so that one optimum among all is chosen by lot.
    """
    order = np.argsort(-np.asarray(points), kind="stable")
    seats = np.empty(len(order), dtype=np.int64)
    exact = on_grid(costs)
    blocks = _blocks([points[team] for team in order], rooms)
    for done, (start, end) in enumerate(blocks):
        tick(done, len(blocks))
        teams = order[start * ROOM : end * ROOM]
        allowed = _allowed([points[team] for team in teams], rooms[start:end])
        seats[teams] = start * ROOM + _solve(exact[teams], allowed, lots)
    tick(len(blocks), len(blocks))
    return seats


def on_grid(costs: FloatArray) -> FloatArray:
    """Return costs that are equal on every machine, whatever the last bit of a logarithm.

    On this grid sums are exact as well.
    """
    exact: FloatArray = np.round(costs * _GRID) / _GRID
    return exact


def _blocks(ordered: Sequence[float], rooms: Sequence[RoomRule]) -> list[tuple[int, int]]:
    """Cut the rooms where no team could stand on both sides of the cut."""
    cuts = [
        room
        for room in range(1, len(rooms))
        if ordered[room * ROOM - 1] not in rooms[room].allowed
        and ordered[room * ROOM] not in rooms[room - 1].allowed
    ]
    return list(zip([0, *cuts], [*cuts, len(rooms)], strict=True)) if rooms else []


def _allowed(points: Sequence[float], rooms: Sequence[RoomRule]) -> BoolArray:
    """Shape: teams by rooms. Few levels and brackets are distinct, so those are compared."""
    levels = {level: row for row, level in enumerate(dict.fromkeys(points))}
    rules = {rule: column for column, rule in enumerate(dict.fromkeys(rooms))}
    table = np.array([[level in rule.allowed for rule in rules] for level in levels])
    rows = [levels[level] for level in points]
    allowed: BoolArray = table[np.ix_(rows, [rules[rule] for rule in rooms])]
    return allowed


def _solve(costs: FloatArray, allowed: BoolArray, lots: Lots | None) -> IntArray:
    # Loaded with the first draw: it takes longer than everything else in a small command.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    count = len(costs)
    matrix = np.where(np.repeat(allowed, ROOM, axis=1), np.tile(costs, count // ROOM), np.inf)
    if lots is None:
        return np.asarray(linear_sum_assignment(matrix)[1], dtype=np.int64)
    rows, columns = lots.permutation(count), lots.permutation(count)
    _rows, chosen = linear_sum_assignment(matrix[np.ix_(rows, columns)])
    seats = np.empty(count, dtype=np.int64)
    seats[rows] = columns[chosen]
    return seats
