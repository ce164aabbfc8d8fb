"""What a swap of two teams costs and whether the brackets allow it: BP positions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Protocol

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import ROOM, define_rooms, points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.draw.swap_values import Seat
from tabapp.domain.types import BP_SIDES, DrawnDebate, DrawSnapshot, DrawType, Side


class Prices(Protocol):
    """How a format prices swaps. ``codes``: the cost stays, rises, falls."""

    codes: tuple[str, str, str]
    total: float

    def change(self, one: str, other: str) -> float:
        """Return by how much the total changes if two teams change places."""

    def fault(self, one: str, other: str) -> str:
        """Say why two teams in different rooms of a power-paired draw may not, "" if they may."""

    def is_outside(self, team: str) -> bool:
        """Tell whether a team stands in a bracket in which its points have no place."""


class NoPrices:
    """The prices of draws that have none: elimination, and other numbers of teams."""

    codes = ("", "", "")
    total = 0.0

    def change(self, one: str, other: str) -> float:
        """Return nothing: places have no price."""
        del one, other
        return 0.0

    def fault(self, one: str, other: str) -> str:
        """Find no fault: such draws are not power-paired."""
        del one, other
        return ""

    def is_outside(self, team: str) -> bool:
        """Find nobody outside: there are no brackets of points."""
        del team
        return False


class PositionPrices:
    """Prices of a BP draw: what each team's position costs it, and which points share a room."""

    codes = ("swap_cost_same", "swap_cost_up", "swap_cost_down")

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, seats: Mapping[str, Seat]
    ) -> None:
        self._debates = debates
        self._seats = seats
        self._names = {team.id: team.name or team.id for team in snapshot.teams}
        self._points = {team.id: points_of(team.points) for team in snapshot.teams}
        options = DrawOptions.from_mapping(snapshot.options)
        rows = CostTable([team.sides for team in snapshot.teams], options).of_teams().tolist()
        self._costs: dict[str, list[float]] = {
            team.id: row for team, row in zip(snapshot.teams, rows, strict=True)}
        power = snapshot.draw_type is DrawType.POWER
        self._levels = self._allowed(options.bp_pullup_distribution) if power else {}
        self.total = math.fsum(self.cost(team, seat.side) for team, seat in seats.items())

    def _allowed(self, distribution: str) -> dict[float, frozenset[float]]:
        """Return which points may stand in a room of each bracket."""
        points = [
            self._points.get(team, 0.0) for team, seat in self._seats.items()
            if seat.side is not Side.BYE]
        if len(points) % ROOM:
            return {}
        levels: dict[float, frozenset[float]] = {}
        for rule in define_rooms(points, distribution):
            levels[rule.level] = levels.get(rule.level, frozenset()) | set(rule.allowed)
        return levels

    def cost(self, team: str, side: Side) -> float:
        """Return what a side costs a team; 0 for one that is unknown."""
        row = self._costs.get(team)
        return row[BP_SIDES.index(side)] if row is not None and side in BP_SIDES else 0.0

    def change(self, one: str, other: str) -> float:
        """Return by how much the position cost changes."""
        first, second = self._seats[one].side, self._seats[other].side
        return (
            self.cost(one, second) + self.cost(other, first)
            - self.cost(one, first) - self.cost(other, second))

    def fault(self, one: str, other: str) -> str:
        """Say which of the two would stand where its points have no place."""
        if self._points.get(one, 0.0) == self._points.get(other, 0.0):
            return ""
        return (
            self._fault(one, self._seats[other], other)
            or self._fault(other, self._seats[one], one))

    def _fault(self, team: str, seat: Seat, leaves: str) -> str:
        """Say why a team may not stand at a seat, or nothing."""
        room = self._debates[seat.room]
        level, points = points_of(room.bracket), self._points.get(team, 0.0)
        facts = {
            "team": self._names.get(team, team), "points": f"{points:g}", "bracket": f"{level:g}"}
        if points not in self._levels.get(level, frozenset()):
            return word("swap_outside", facts)
        after = [self._points.get(one, 0.0) for one in room.teams if one != leaves] + [points]
        return word("swap_no_top", facts) if max(after) < level else ""

    def is_outside(self, team: str) -> bool:
        """Tell whether the bracket in which a team stands does not take its points."""
        seat = self._seats[team]
        level = points_of(self._debates[seat.room].bracket)
        outside = self._points.get(team, 0.0) not in self._levels.get(level, frozenset())
        return bool(self._levels) and seat.side is not Side.BYE and outside
