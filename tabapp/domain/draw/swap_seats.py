"""Who sits where in a draw, what deserves a look in a room, and the draw after a swap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.swap_pairs import PairPrices
from tabapp.domain.draw.swap_prices import NoPrices, PositionPrices, Prices
from tabapp.domain.draw.swap_values import (
    Judging,
    Seat,
)
from tabapp.domain.draw.two_team.values import same_institution, times_met
from tabapp.domain.types import (
    BP_SIDES,
    PULLUP,
    TWO_SIDES,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

_WARNED = ("cannot_bubble", "too_many_swaps")


class SeatBook:
    """All teams of a draw with their seats.

    The cost of a BP draw is that of its positions; of a two-team draw see ``PairPrices``. Other
    draws are not ``priced``.
    """

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, judging: Judging, *,
        seed: int,
    ) -> None:
        self.debates = tuple(debates)
        self.snapshot = snapshot
        self.judging = judging
        self.teams = {team.id: team for team in snapshot.teams}
        self.seats = {
            team: Seat(number, side)
            for number, debate in enumerate(self.debates) for side, team in debate.sides
        }
        eliminating = snapshot.draw_type is DrawType.ELIMINATION
        self.by_positions = snapshot.sides == BP_SIDES and not eliminating
        self.by_pairs = snapshot.sides == TWO_SIDES and not eliminating
        self._positions = (
            PositionPrices(self.debates, snapshot, self.seats) if self.by_positions else None)
        self._pairs = (
            PairPrices(self.debates, snapshot, self.seats, seed=seed) if self.by_pairs else None)
        self._prices: Prices = self._positions or self._pairs or NoPrices()
        self.total = self._prices.total

    @property
    def priced(self) -> bool:
        """Tell whether swaps in this draw have a cost."""
        return self.by_positions or self.by_pairs

    @property
    def matched(self) -> bool:
        """Tell whether minimum-cost matching made the pairs."""
        return self._pairs is not None and self._pairs.matched

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
        return self._history(team, self.seats[team].side)

    def _history(self, team: str, side: Side) -> tuple[int, ...]:
        found = self.teams.get(team)
        counts = list(found.sides) if found is not None else [0] * len(self.snapshot.sides)
        if side in self.snapshot.sides:
            counts[self.snapshot.sides.index(side)] += 1
        return tuple(counts)

    # Rooms

    def flags_of(self, number: int) -> tuple[str, ...]:
        """Return what deserves a look in a room; pull-ups are facts of a draw, not flags."""
        return tuple(self._flags(number))

    def _flags(self, number: int) -> Iterator[str]:
        debate = self.debates[number]
        here = [self.teams[t] for t in debate.teams if t in self.teams]
        for one, other in combinations(here, 2):
            yield from self._pair_flags(one, other)
        for team in here:
            for judge in self.judging.clashing(number, team.id):
                yield word("swap_clash", {"judge": judge, "team": self.name(team.id)})
        for flag in debate.flags:
            if flag in _WARNED:
                yield word(f"why_{flag}", {})
        for team in here:
            for flag in debate.team_flags.get(team.id, ()):
                if flag in _WARNED:
                    yield word(f"why_{flag}", {"team": self.name(team.id)})
            if self._prices.is_outside(team.id):
                yield word("swap_outside", {
                    "team": self.name(team.id), "points": f"{points_of(team.points):g}",
                    "bracket": f"{points_of(debate.bracket):g}"})

    def _pair_flags(self, one: DrawTeam, other: DrawTeam) -> Iterator[str]:
        """Say of two teams what is rare in their format: in BP most meet somebody again."""
        facts = {"team": self.name(one.id), "other": self.name(other.id)}
        times = times_met(one, other)
        if times > 1:
            yield word("why_met", facts | {"times": times})
        elif times and self.by_pairs:
            yield word("why_met_once", facts)
        if same_institution(one, other):
            yield word("why_institution", facts)

    # A swap that is made

    def swapped(self, one: str, other: str) -> tuple[DrawnDebate, ...]:
        """Return the draw with two teams in each other's places, its pull-up flags made anew."""
        turn = {one: other, other: one}
        touched = {self.seats[one].room, self.seats[other].room}
        return tuple(
            self._reseated(debate, turn) if number in touched else debate
            for number, debate in enumerate(self.debates)
        )

    def keeps_brackets(self, one: str, other: str) -> bool:
        """Tell whether a swap leaves every bracket of a two-team draw with its teams."""
        whole = DrawOptions.from_mapping(self.snapshot.options).draw_matching_scope == "round"
        labels = {self.debates[self.seats[team].room].bracket for team in (one, other)}
        return whole or len(labels) == 1

    def _reseated(self, debate: DrawnDebate, turn: Mapping[str, str]) -> DrawnDebate:
        if self._pairs is not None:
            return self._pairs.exchanged(debate, *turn)
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
