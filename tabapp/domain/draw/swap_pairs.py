"""What a swap of two teams costs and whether the brackets allow it: rooms of two teams."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.pairing_costs import PairingCosts
from tabapp.domain.draw.quality import balance_after
from tabapp.domain.draw.swap_brackets import choice_of, expected_brackets
from tabapp.domain.draw.swap_values import (
    Seat,
)
from tabapp.domain.draw.two_team.values import same_institution, times_met
from tabapp.domain.types import (
    PULLUP,
    TWO_SIDES,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)


class PairPrices:
    """Prices of a two-team draw.

    A draw by minimum-cost matching costs what its matching says. Any other costs, in each room,
    its earlier meetings and shared institutions at their penalties (as far as they are avoided),
    and 1 for each debate by which a team's sides differ beyond one.
    """

    codes = ("swap_pairs_same", "swap_pairs_up", "swap_pairs_down")

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, seats: Mapping[str, Seat],
        *, seed: int,
    ) -> None:
        self._debates = debates
        self._power = snapshot.draw_type is DrawType.POWER
        self._seats = seats
        self._teams = {team.id: team for team in snapshot.teams}
        self._options = DrawOptions.from_mapping(snapshot.options)
        self._costs = PairingCosts.of(debates, snapshot, self._options, seed=seed)
        self._by_label: dict[float, list[DrawnDebate]] = defaultdict(list)
        for debate in debates:
            self._by_label[debate.bracket].append(debate)
        self._held = {
            label: Counter(self._points(team) for one in here for team in one.teams)
            for label, here in self._by_label.items()}
        self._ranked = {label: self._ranks(*here) for label, here in self._by_label.items()}
        self._expected = (
            expected_brackets(self._drawn(), self._options) if self._power else None)
        self.total = self._total(debates, self._costs)

    @property
    def matched(self) -> bool:
        """Tell whether minimum-cost matching made the pairs."""
        return self._costs is not None

    def _drawn(self) -> list[DrawTeam]:
        return [
            self._teams[team] for team, seat in self._seats.items()
            if seat.side is not Side.BYE and team in self._teams]

    # Cost

    def _total(self, debates: Sequence[DrawnDebate], costs: PairingCosts | None) -> float:
        if costs is not None:
            return costs.total(debates)
        return sum(self._clashes(debate) for debate in debates)

    def _clashes(self, debate: DrawnDebate) -> float:
        here = [
            (side, self._teams[team]) for side, team in debate.sides
            if side in TWO_SIDES and team in self._teams]
        cost = sum(max(0, abs(balance_after(team.sides, side)) - 1) for side, team in here)
        if len(here) == len(TWO_SIDES):
            one, other = here[0][1], here[1][1]
            if self._options.avoid_team_history:
                cost += times_met(one, other) * self._options.team_history_penalty
            if self._options.avoid_same_institution and same_institution(one, other):
                cost += self._options.team_institution_penalty
        return cost

    def change(self, one: str, other: str) -> float:
        """Return by how much the cost of the pairs changes."""
        first, second = (self._debates[self._seats[team].room] for team in (one, other))
        labels = {first.bracket, second.bracket}
        if self._costs is None or self._costs.over_all or len(labels) == 1:
            before = [first] if first is second else [first, second]
            after = [self.exchanged(debate, one, other) for debate in before]
            return self._total(after, self._costs) - self._total(before, self._costs)
        return sum(
            self._bracket_change(self._costs, debate, self.exchanged(debate, one, other))
            for debate in (first, second))

    def _bracket_change(
        self, costs: PairingCosts, room: DrawnDebate, becomes: DrawnDebate
    ) -> float:
        """Return what one room of a bracket changes by becoming another, for the whole bracket.

        A price depends on the ranks of the two that meet and on the largest of the bracket; while
        that stays, no other room has another price.
        """
        ranked = self._ranked[room.bracket]
        own = self._ranks(becomes)
        others = next((one for one in ranked or () if one[1] is not room), None)
        if ranked is None or own is None or not ranked:
            return self._whole_change(costs, room, becomes)
        last = max([*own, *([others] if others else [])], key=lambda one: one[0], default=None)
        if last is None or last[0] != ranked[0][0]:
            return self._whole_change(costs, room, becomes)
        few = [becomes] if last[1] is becomes else [becomes, last[1]]
        return costs.anew(few).total([becomes]) - costs.total([room])

    def _whole_change(
        self, costs: PairingCosts, room: DrawnDebate, becomes: DrawnDebate
    ) -> float:
        before = self._by_label[room.bracket]
        after = [becomes if debate is room else debate for debate in before]
        return costs.anew(after).total(after) - costs.total(before)

    def _ranks(self, *debates: DrawnDebate) -> list[tuple[int, DrawnDebate]] | None:
        """Return ranks with their rooms, the largest first; None where places make the ranks."""
        found = []
        for debate in debates:
            for team in debate.teams:
                known = self._teams.get(team)
                if known is None or PULLUP in debate.team_flags.get(team, ()):
                    continue
                if known.subrank is None:
                    return None
                found.append((known.subrank, debate))
        return sorted(found, key=lambda one: -one[0])

    def exchanged(self, debate: DrawnDebate, one: str, other: str) -> DrawnDebate:
        """Return a debate in which two teams have changed places, the pulled-up ones flagged."""
        turn = {one: other, other: one}
        sides = tuple((side, turn.get(team, team)) for side, team in debate.sides)
        if {team for _side, team in sides} == set(debate.teams):
            return replace(debate, sides=sides)
        flags: dict[str, tuple[str, ...]] = {}
        for _side, team in sides:
            kept = tuple(flag for flag in debate.team_flags.get(team, ()) if flag != PULLUP)
            if self._pulls_up(team, debate.bracket):
                kept = (*kept, PULLUP)
            if kept:
                flags[team] = kept
        return replace(debate, sides=sides, flags=(), team_flags=flags)

    def _pulls_up(self, team: str, bracket: float) -> bool:
        """Tell whether a team in a bracket is pulled up; a room between brackets pulls nobody."""
        if not self._power or team not in self._teams:
            return False
        pulls = self._options.draw_odd_bracket.startswith("pullup") or (
            self._costs is not None and self._costs.over_all)
        return pulls and points_of(self._teams[team].points) < points_of(bracket)

    # Brackets

    def fault(self, one: str, other: str) -> str:
        """Say what keeps two teams from changing places in a power-paired draw."""
        first, second = self._seats[one], self._seats[other]
        for team, side in ((one, second.side), (other, first.side)):
            fault = self.side_fault(team, side)
            if fault:
                return fault
        labels = {self._debates[seat.room].bracket for seat in (first, second)}
        if len(labels) == 1 or (self._costs is not None and self._costs.over_all):
            return ""
        if self._points(one) == self._points(other):
            return self._choice_fault(one, other)
        return self._count_fault(one, other)

    def side_fault(self, team: str, side: Side) -> str:
        """Say that a team would not stand on the side that was allocated to it."""
        found = self._teams.get(team)
        by_side = self._options.draw_side_allocations == "preallocated"
        if not by_side or found is None or found.allocated_side in (None, side):
            return ""
        return word("swap_allocated", {"team": found.name or found.id})

    def _choice_fault(self, one: str, other: str) -> str:
        """Two on equal points differ where the rule picks one of them for another bracket."""
        first, second = self._teams.get(one), self._teams.get(other)
        if first is None or second is None:
            return ""
        if choice_of(first, self._options) == choice_of(second, self._options):
            return ""
        return word("swap_rule", {
            "team": first.name or first.id, "other": second.name or second.id})

    def _count_fault(self, one: str, other: str) -> str:
        """Teams on unequal points may go to other brackets if these then hold what they should."""
        for team, comes in ((one, other), (other, one)):
            label = self._debates[self._seats[team].room].bracket
            after = self._held[label].copy()
            after[self._points(team)] -= 1
            after[self._points(comes)] += 1
            if self._expected is None or after != self._expected.get(points_of(label)):
                return word("swap_outside", {
                    "team": self._name(comes), "points": f"{self._points(comes):g}",
                    "bracket": f"{label:g}"})
        return ""

    def is_outside(self, team: str) -> bool:
        """Tell whether the bracket in which a team stands has no place for its points."""
        seat = self._seats[team]
        if self._expected is None or seat.side is Side.BYE:
            return False
        expected = self._expected.get(points_of(self._debates[seat.room].bracket), Counter())
        return not expected[self._points(team)]

    def _points(self, team: str) -> float:
        found = self._teams.get(team)
        return points_of(found.points) if found is not None else 0.0

    def _name(self, team: str) -> str:
        found = self._teams.get(team)
        return (found.name or team) if found is not None else team
