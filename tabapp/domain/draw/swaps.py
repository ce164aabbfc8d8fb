"""What a swap of two teams does to a BP draw, told before it is made; and the swap itself."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import Literal

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import ROOM, define_rooms, points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.draw.quality import same_institution, times_met
from tabapp.domain.types import (
    BP_SIDES,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
    id_key,
)

PULLUP = "pullup"
SAME = 1e-9
"""Costs closer than this are equal."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a price: a sentence, and the number that stands at its right."""

    kind: Literal["legality", "cost", "history", "institution", "clash"]
    sentence: str
    figure: str = ""
    good: bool = True


@dataclass(frozen=True, slots=True)
class SwapPrice:
    """What a swap does. ``change`` is that of the total position cost."""

    one: str
    other: str
    legal: bool
    change: float
    lines: tuple[PriceLine, ...]

    @property
    def warnings(self) -> int:
        """How many lines are not good, the cost aside."""
        return sum(not line.good for line in self.lines if line.kind != "cost")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a team stands: the number of its room in the draw, and its side."""

    room: int
    side: Side


@dataclass(frozen=True, slots=True)
class Judging:
    """Judges (id and name) of each room by its number, and the pairs of judge and team that clash.
    """

    panels: Mapping[int, tuple[tuple[str, str], ...]]
    clashes: frozenset[tuple[str, str]]
    allowed: frozenset[tuple[int, str, str]] = frozenset()
    """Room, judge and team of the clashes that somebody allowed."""

    def clashing(self, room: int, team: str) -> list[str]:
        """Return the names of a room's judges that clash with a team."""
        return [
            name for judge, name in self.panels.get(room, ())
            if (judge, team) in self.clashes and (room, judge, team) not in self.allowed
        ]


class SwapBook:
    """All teams of a draw with their seats and costs, from which swaps are priced."""

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, judging: Judging
    ) -> None:
        self.debates = tuple(debates)
        self.snapshot = snapshot
        self.judging = judging
        self.teams = {team.id: team for team in snapshot.teams}
        self.seats = {
            team: Seat(number, side)
            for number, debate in enumerate(self.debates) for side, team in debate.sides
        }
        self.priced = snapshot.sides == BP_SIDES and snapshot.draw_type is not DrawType.ELIMINATION
        self._costs = self._cost_rows() if self.priced else {}
        self._levels = self._allowed() if snapshot.draw_type is DrawType.POWER else {}
        self.total = math.fsum(
            self._cost(team, seat.side) for team, seat in self.seats.items())

    def _cost_rows(self) -> dict[str, list[float]]:
        options = DrawOptions.from_mapping(self.snapshot.options)
        teams = self.snapshot.teams
        rows = CostTable([team.sides for team in teams], options).of_teams().tolist()
        return {team.id: row for team, row in zip(teams, rows, strict=True)}

    def _allowed(self) -> dict[float, frozenset[float]]:
        """Return which points may stand in a room of each bracket."""
        points = [
            self.points(team) for team, seat in self.seats.items() if seat.side is not Side.BYE]
        if len(points) % ROOM:
            return {}
        distribution = DrawOptions.from_mapping(self.snapshot.options).bp_pullup_distribution
        levels: dict[float, frozenset[float]] = {}
        for rule in define_rooms(points, distribution):
            levels[rule.level] = levels.get(rule.level, frozenset()) | set(rule.allowed)
        return levels

    # What is known of a team

    def points(self, team: str) -> float:
        """Return the points with which a team was drawn; 0 for one that is unknown."""
        found = self.teams.get(team)
        return points_of(found.points) if found is not None else 0.0

    def name(self, team: str) -> str:
        """Return what a team is called."""
        found = self.teams.get(team)
        return (found.name or team) if found is not None else team

    def history(self, team: str) -> tuple[int, ...]:
        """Return how often a team stood on each side, this room included."""
        found, seat = self.teams.get(team), self.seats[team]
        counts = list(found.sides) if found is not None else [0] * len(self.snapshot.sides)
        if seat.side in self.snapshot.sides:
            counts[self.snapshot.sides.index(seat.side)] += 1
        return tuple(counts)

    def _cost(self, team: str, side: Side) -> float:
        row = self._costs.get(team)
        return row[BP_SIDES.index(side)] if row is not None and side in BP_SIDES else 0.0

    # Prices

    def price(self, one: str, other: str) -> SwapPrice:
        """Return what it does to let two teams change places."""
        first, second = self.seats[one], self.seats[other]
        change = (
            self._cost(one, second.side) + self._cost(other, first.side)
            - self._cost(one, first.side) - self._cost(other, second.side))
        change = 0.0 if abs(change) < SAME else change
        legality = self._legality(one, other)
        lines = [legality, *self._cost_line(change)]
        if first.room != second.room:
            lines += self._company(one, other)
            lines += self._company(other, one)
        return SwapPrice(one, other, legality.good, change, tuple(lines))

    def prices(self, team: str) -> list[SwapPrice]:
        """Return the price of a swap with every other team, the best first."""
        found = [
            self.price(team, other) for other, seat in self.seats.items()
            if other != team and (seat.side is Side.BYE) == (self.seats[team].side is Side.BYE)
        ]
        return sorted(found, key=lambda one: (
            not one.legal, round(one.change, 6), one.warnings, id_key(one.other)))

    def best(self, team: str, besides: str) -> SwapPrice | None:
        """Return the best legal swap of a team apart from the one with ``besides``."""
        return next(
            (one for one in self.prices(team) if one.legal and one.other != besides), None)

    def _legality(self, one: str, other: str) -> PriceLine:
        first, second = self.seats[one], self.seats[other]
        fault, code = "", ""
        if Side.BYE in (first.side, second.side):
            fault = word("swap_bye", {})
        elif first.room == second.room:
            code = "swap_same_room"
        elif self.snapshot.draw_type is DrawType.ELIMINATION:
            fault = word("swap_bracket_tree", {})
        elif self.snapshot.draw_type is not DrawType.POWER:
            code = "swap_by_lot"
        elif self.points(one) == self.points(other):
            code = "swap_level"
        else:
            code = "swap_in_bracket"
            fault = self._fault(one, second, other) or self._fault(other, first, one)
        return PriceLine(
            "legality", fault or word(code, {"points": f"{self.points(one):g}"}), good=not fault)

    def _fault(self, team: str, seat: Seat, leaves: str) -> str:
        """Say why a team may not stand at a seat, or nothing."""
        room = self.debates[seat.room]
        level = points_of(room.bracket)
        facts = {
            "team": self.name(team), "points": f"{self.points(team):g}", "bracket": f"{level:g}"}
        if self.points(team) not in self._levels.get(level, frozenset()):
            return word("swap_outside", facts)
        after = [self.points(t) for t in room.teams if t != leaves] + [self.points(team)]
        return word("swap_no_top", facts) if max(after) < level else ""

    def _cost_line(self, change: float) -> Iterator[PriceLine]:
        if not self.priced:
            return
        facts = {"before": cost_text(self.total), "after": cost_text(self.total + change)}
        code = "swap_cost_same" if not change else f"swap_cost_{'up' if change > 0 else 'down'}"
        yield PriceLine("cost", word(code, facts), signed(change), good=change <= 0)

    def _company(self, team: str, leaves: str) -> Iterator[PriceLine]:
        """Say whom a team would meet in the room that another one leaves."""
        seat = self.seats[leaves]
        me = self.teams.get(team)
        for other in self.debates[seat.room].teams:
            them = self.teams.get(other)
            if other == leaves or me is None or them is None:
                continue
            facts = {"team": self.name(team), "other": self.name(other)}
            times = times_met(me, them)
            if times:
                code = "why_met_once" if times == 1 else "why_met"
                yield PriceLine(
                    "history", word(code, facts | {"times": times}), f"{times}×", good=False)
            if same_institution(me, them):
                yield PriceLine("institution", word("why_institution", facts), good=False)
        for judge in self.judging.clashing(seat.room, team):
            facts = {"judge": judge, "team": self.name(team)}
            yield PriceLine("clash", word("swap_clash", facts), good=False)

    # Rooms

    def flags_of(self, number: int) -> tuple[str, ...]:
        """Return what deserves a look in a room; pull-ups are facts of a draw, not flags."""
        return tuple(self._flags(number))

    def _flags(self, number: int) -> Iterator[str]:
        here = [self.teams[t] for t in self.debates[number].teams if t in self.teams]
        for one, other in combinations(here, 2):
            yield from self._pair_flags(one, other)
        for team in here:
            for judge in self.judging.clashing(number, team.id):
                yield word("swap_clash", {"judge": judge, "team": self.name(team.id)})
        level = points_of(self.debates[number].bracket)
        allowed = self._levels.get(level, frozenset())
        for team in here if self._levels else ():
            points = points_of(team.points)
            if self.seats[team.id].side is not Side.BYE and points not in allowed:
                yield word("swap_outside", {
                    "team": self.name(team.id), "points": f"{points:g}",
                    "bracket": f"{level:g}"})

    def _pair_flags(self, one: DrawTeam, other: DrawTeam) -> Iterator[str]:
        facts = {"team": self.name(one.id), "other": self.name(other.id)}
        times = times_met(one, other)
        if times > 1:
            yield word("why_met", facts | {"times": times})
        if same_institution(one, other):
            yield word("why_institution", facts)

    def side_swaps(self, number: int) -> list[tuple[Side, Side, float]]:
        """Return each pair of a room's sides with what changing them costs, the cheapest first."""
        sides = [pair for pair in self.debates[number].sides if pair[0] in BP_SIDES]
        found = [
            (first, second, self.price(one, other).change)
            for (first, one), (second, other) in combinations(sides, 2)
        ]
        return sorted(found, key=lambda one: round(one[2], 6))

    def equal_orders(self, number: int) -> int:
        """Return how many orders of a room's teams cost no more than this one, itself included."""
        teams = self.debates[number].teams
        if len(teams) != ROOM:
            return 1
        costs = [
            math.fsum(self._cost(team, side) for side, team in zip(BP_SIDES, order, strict=True))
            for order in permutations(teams)
        ]
        return sum(cost <= costs[0] + SAME for cost in costs)

    def swapped(self, one: str, other: str) -> tuple[DrawnDebate, ...]:
        """Return the draw with two teams in each other's places, its pull-up flags made anew."""
        turn = {one: other, other: one}
        touched = {self.seats[one].room, self.seats[other].room}
        return tuple(
            self._reseated(debate, turn) if number in touched else debate
            for number, debate in enumerate(self.debates)
        )

    def _reseated(self, debate: DrawnDebate, turn: Mapping[str, str]) -> DrawnDebate:
        sides = tuple((side, turn.get(team, team)) for side, team in debate.sides)
        flags: dict[str, tuple[str, ...]] = {}
        for _side, team in sides:
            kept = tuple(f for f in debate.team_flags.get(team, ()) if f != PULLUP)
            below = self.points(team) < points_of(debate.bracket)
            if self.snapshot.draw_type is DrawType.POWER and below:
                kept = (*kept, PULLUP)
            if kept:
                flags[team] = kept
        return replace(debate, sides=sides, team_flags=flags)


def cost_text(value: float) -> str:
    """Return a cost as it is read: two decimals below 100, none above.

    >>> cost_text(43.0), cost_text(5.0823), cost_text(1234.5), cost_text(0.001)
    ('43', '5.08', '1,234', '0.001')
    """
    if value and abs(value) < 0.01:
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if abs(value) < 100:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:,.0f}"


def signed(change: float) -> str:
    """Return a change with its sign, and a real minus.

    >>> signed(6.0), signed(-1.5), signed(0.0)
    ('+6', '\u22121.5', '±0')
    """
    if not change:
        return "±0"
    return f"{'+' if change > 0 else chr(0x2212)}{cost_text(abs(change))}"
