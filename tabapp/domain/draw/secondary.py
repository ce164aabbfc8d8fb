"""BP: fewer repeat meetings, shared institutions and repeated pull-ups at equal position cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.draw.assignment import on_grid
from tabapp.domain.draw.brackets import ROOM, RoomRule, points_of
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.room_swaps import RoomSwaps, meetings
from tabapp.domain.types import BoolArray, DrawTeam, FloatArray, IntArray, Tick, no_tick

_MOST_PULLUPS = 1_000
"""More pull-ups than any team has had; weights up to it stay exact whole numbers."""


def improve(
    teams: Sequence[DrawTeam], costs: FloatArray, rooms: Sequence[RoomRule], seats: IntArray,
    *, lots: Lots, tick: Tick = no_tick,
) -> IntArray:
    """Return seats of the same total position cost with fewer clashes (rules.md, section 0).

    ``seats`` is 4 * room + position for each team, ``costs`` has a row a team. Made small, the
    first before the second: repeat meetings, pairs of one institution in a room, and the earlier
    pull-ups of the teams pulled up now. Two teams of equal points may change places where the
    position cost stays the same and their rooms allow equal points; or, since that never
    changes who is pulled up, where fewer earlier pull-ups come together thereby. No such
    exchange makes the result any better.
    """
    search = _Search(teams, costs, rooms, seats)
    order = lots.permutation(len(teams)).tolist()
    improved = bool(order)
    while improved:
        improved = False
        for done, team in enumerate(order):
            tick(done, len(order))
            improved |= search.improve(team)
    return search.state.seats


class _Search:
    def __init__(
        self, teams: Sequence[DrawTeam], costs: FloatArray, rooms: Sequence[RoomRule],
        seats: IntArray,
    ) -> None:
        points = np.array([points_of(team.points) for team in teams])
        self.pullups: IntArray = np.array(
            [min(team.pullups, _MOST_PULLUPS) for team in teams], dtype=np.int64)
        same = 1 + int(self.pullups.sum())
        met = same * (1 + len(teams) * ROOM)  # more than all pairs of an institution can weigh
        self.state = RoomSwaps(met * meetings(teams) + same * _one_institution(teams), seats)
        self.costs = on_grid(costs)
        rules = {rule: number for number, rule in enumerate(dict.fromkeys(rooms))}
        self.rule: IntArray = np.array([rules[rule] for rule in rooms], dtype=np.int64)
        self.upper: FloatArray = np.array([rule.level for rule in rooms])
        self.points: FloatArray = points
        self.level: dict[float, IntArray] = {
            float(value): np.flatnonzero(points == value) for value in np.unique(points)}

    def improve(self, team: int) -> bool:
        """Make the best legal exchange of the team, if one is worth it."""
        state = self.state
        pulled_up = self.points[team] < self.upper[state.seats[team] // ROOM]
        if not state.own[team] and not (pulled_up and self.pullups[team]):
            return False  # the other team of any exchange that is worth it is visited as well
        others = self.level[float(self.points[team])]
        pulled = self._pullups_changed(team, others)
        change = state.changes(team, others) + pulled
        change[~self._legal(team, others, pulled)] = 0
        best = int(change.argmin())
        if change[best] >= 0:
            return False
        state.swap(team, int(others[best]))
        return True

    def _pullups_changed(self, team: int, others: IntArray) -> IntArray:
        """Return by how much the earlier pull-ups of those pulled up now change."""
        seats = self.state.seats
        here = self.points[team] < self.upper[seats[team] // ROOM]
        there = self.points[team] < self.upper[seats[others] // ROOM]
        moved: IntArray = (there.astype(np.int64) - int(here)) * (
            self.pullups[team] - self.pullups[others])
        return moved

    def _legal(self, team: int, others: IntArray, pulled: IntArray) -> BoolArray:
        seats = self.state.seats
        mine, theirs = seats[team], seats[others]
        now = self.costs[team, mine % ROOM] + self.costs[others, theirs % ROOM]
        then = self.costs[team, theirs % ROOM] + self.costs[others, mine % ROOM]
        alike = self.rule[mine // ROOM] == self.rule[theirs // ROOM]
        legal: BoolArray = (now == then) & (alike | (pulled < 0))
        return legal


def _one_institution(teams: Sequence[DrawTeam]) -> IntArray:
    """Mark each two teams of one institution, shape: teams by teams; none clashes with nobody."""
    codes: dict[str, int] = {}
    of_team = np.array([
        -1 if team.institution is None else codes.setdefault(team.institution, len(codes))
        for team in teams
    ])
    same: IntArray = (
        (of_team[:, None] == of_team[None, :]) & (of_team[:, None] >= 0)).astype(np.int64)
    np.fill_diagonal(same, 0)
    return same
