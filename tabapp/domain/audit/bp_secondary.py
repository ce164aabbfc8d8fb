"""Check that no exchange of two teams of equal points makes a BP draw better at equal cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.audit.draw_costs import cost_of_position
from tabapp.domain.audit.draw_ground import Drawn, Finding, compatriots, meetings, points
from tabapp.domain.types import BP_SIDES, BoolArray, DrawTeam, FloatArray, IntArray

_GRID = 2.0**36
"""Costs are equal if they are so to the nearest part in this many, as in the draw itself."""
_ROWS = 64
"""Teams of which all exchanges are looked at in one go, so that no step is long."""


def no_better_swap(drawn: Drawn, allowed: Sequence[frozenset[float]]) -> Finding:
    """Look at every exchange of two teams between rooms of equal ``allowed`` points.

    Between other rooms too, where those pulled up come to be teams with fewer earlier pull-ups.
    Better is: fewer repeat meetings; as many, and fewer pairs of an institution in a room; or as
    many of both, and fewer earlier pull-ups among those who are pulled up.
    """
    seats = [
        (drawn.teams[team], number, BP_SIDES.index(side))
        for number, room in enumerate(drawn.rooms) for side, team in room.sides
    ]
    teams = [team for team, _room, _position in seats]
    room = np.array([number for _team, number, _position in seats])
    position = np.array([place for _team, _room, place in seats])
    kinds = {one: number for number, one in enumerate(dict.fromkeys(allowed))}
    kind = np.array([kinds[allowed[number]] for number in room])
    value = np.array([points(team) for team in teams])
    up = value < np.array([max(allowed[number]) for number in room])
    pullups = np.array([team.pullups for team in teams])
    cost = np.rint(_GRID * np.array([
        [cost_of_position(team.sides, place, drawn.options) for place in range(4)]
        for team in teams]))
    met, same = (_Pairs(_grid(teams, measure), room) for measure in (meetings, compatriots))
    for start in range(0, len(teams), _ROWS):
        rows = np.arange(start, min(start + _ROWS, len(teams)))
        moved = (up.astype(np.int64) - up[rows, None]) * (pullups[rows, None] - pullups)
        legal = (value[rows, None] == value) & (room[rows, None] != room)
        legal &= (kind[rows, None] == kind) | (moved < 0)
        legal &= _equal_cost(cost, position, rows)
        changes = (met.change(rows), same.change(rows), moved)
        better = legal & _less(changes)
        if better.any():
            one, other = np.argwhere(better)[0]
            return _said(teams[rows[one]], teams[other], [int(c[one, other]) for c in changes])
    return None


def _said(one: DrawTeam, other: DrawTeam, changes: Sequence[int]) -> str:
    names = ("repeat meetings", "pairs of an institution", "earlier pull-ups")
    change = next(f"{-by} fewer {name}" for by, name in zip(changes, names, strict=True) if by)
    return f"{one.id} and {other.id} could change places: {change}"


def _grid(teams: Sequence[DrawTeam], measure: object) -> IntArray:
    grid = np.zeros((len(teams), len(teams)), dtype=np.int64)
    at = {team.id: number for number, team in enumerate(teams)}
    members: dict[str, list[int]] = {}
    for number, team in enumerate(teams):
        if measure is meetings:
            for ref in team.seen:
                if ref in at:
                    both = meetings(team, teams[at[ref]])
                    grid[number, at[ref]] = grid[at[ref], number] = both
        elif team.institution is not None:
            members.setdefault(team.institution, []).append(number)
    for here in members.values():
        grid[np.ix_(here, here)] = 1
    np.fill_diagonal(grid, 0)
    return grid


def _equal_cost(cost: FloatArray, position: IntArray, rows: IntArray) -> BoolArray:
    held = cost[np.arange(len(cost)), position]
    now = held[rows, None] + held
    then = cost[rows][:, position] + cost[:, position[rows]].T
    return np.asarray(now == then)


class _Pairs:
    """What each two teams count together, and each team with each room; rooms stand in order."""

    def __init__(self, grid: IntArray, room: IntArray) -> None:
        self._grid, self._room = grid, room
        self._with_room = grid.reshape(len(grid), -1, len(BP_SIDES)).sum(axis=2)
        self._own = self._with_room[np.arange(len(grid)), room]

    def change(self, rows: IntArray) -> IntArray:
        """Return by how much the sum over all rooms changes if a row's team and another swap."""
        there = self._with_room[rows][:, self._room] - self._grid[rows]
        here = self._with_room[:, self._room[rows]].T - self._grid[rows]
        return np.asarray(there + here - self._own[rows, None] - self._own)


def _less(changes: Sequence[IntArray]) -> BoolArray:
    """Tell where the first change that is not nothing is for the better."""
    first, second, third = changes
    better = (first < 0) | ((first == 0) & ((second < 0) | ((second == 0) & (third < 0))))
    return np.asarray(better)
