"""What the rooms of a two-team draw cost by minimum-cost matching, as drawn or as edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.places import (
    order_of,
)
from tabapp.domain.draw.two_team.costs import (
    bracket_prices,
    clash_prices,
    round_prices,
    sides_of,
)
from tabapp.domain.draw.two_team.matching import assign_pairs, match_pairs
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import (
    PULLUP,
    TWO_SIDES,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    IntArray,
    Side,
)


@dataclass(frozen=True, slots=True)
class PriceTable:
    """The prices of one matching: of all teams, or of one bracket."""

    prices: IntArray
    rows: dict[str, int]
    columns: dict[str, int]
    by_side: bool

    @classmethod
    def of(
        cls, prices: IntArray, rows: Sequence[DrawTeam], columns: Sequence[DrawTeam], *,
        by_side: bool,
    ) -> PriceTable:
        """Index prices by team."""
        return cls(
            prices, {team.id: at for at, team in enumerate(rows)},
            {team.id: at for at, team in enumerate(columns)}, by_side)

    def find(self, one: str, other: str) -> float | None:
        """Return the price of a meeting, None where the matching knows none."""
        for first, second in ((one, other), (other, one)):
            if first in self.rows and second in self.columns:
                return float(self.prices[self.rows[first], self.columns[second]])
        return None

    def least(self) -> float:
        """Return the least total of a perfect matching, 0 where there is none."""
        count, others = self.prices.shape
        if count != others or (not self.by_side and count % 2):
            return 0.0
        solve = assign_pairs if self.by_side else match_pairs
        partners = solve(self.prices, Lots(0))
        total = float(self.prices[range(count), partners].sum())
        return total if self.by_side else total / 2


class PairingCosts:
    """The prices of the matchings that made a draw: one over all teams, or one a bracket."""

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, options: DrawOptions, *,
        seed: int = 0,
    ) -> None:
        """Price the matchings of a draw that was made from ``seed``."""
        order = order_of(snapshot, seed)
        self._turn = {team.id: number for number, team in enumerate(order)}
        self._options = options
        self._teams = {team.id: team for team in snapshot.teams}
        self.by_side = options.draw_side_allocations == "preallocated"
        self._whole = self._over_all(debates, snapshot)
        self._top = max((one.bracket for one in debates), default=0.0)
        self._tables = {} if self._whole else self._tables_of(debates)

    @classmethod
    def of(
        cls, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, options: DrawOptions, *,
        seed: int = 0,
    ) -> PairingCosts | None:
        """Return the costs of a draw made by minimum-cost matching, None for any other."""
        matched = options.draw_avoid_conflicts == "graph" and snapshot.sides == TWO_SIDES
        if not matched or snapshot.draw_type not in _MATCHED:
            return None
        return cls(debates, snapshot, options, seed=seed)

    def anew(self, debates: Sequence[DrawnDebate]) -> PairingCosts:
        """Return the prices of some brackets of the draw as ``debates`` fill them."""
        made = copy(self)
        made._tables = self._tables_of(debates)
        return made

    @property
    def over_all(self) -> bool:
        """Tell whether one matching was made over all teams."""
        return self._whole is not None

    def of_pair(self, bracket: float, one: DrawTeam, other: DrawTeam) -> float:
        """Return what a room costs; 0 for one that no matching could make."""
        table = self._whole or self._tables.get(bracket)
        return (table.find(one.id, other.id) if table else None) or 0.0

    def total(self, debates: Sequence[DrawnDebate]) -> float:
        """Return what all rooms of two known teams cost."""
        found = 0.0
        for debate in debates:
            here = [self._teams[team] for team in debate.teams if team in self._teams]
            if len(here) == len(TWO_SIDES):
                found += self.of_pair(debate.bracket, *here)
        return found

    def optimum(self) -> float:
        """Solve the matchings anew and return the least that the rooms can cost."""
        tables = (self._whole,) if self._whole else self._tables.values()
        return sum(table.least() for table in tables)

    def _over_all(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot
    ) -> PriceTable | None:
        by_rounds = self._options.draw_matching_scope == "round"
        if snapshot.draw_type is DrawType.POWER and not by_rounds:
            return None
        seated = [
            self._teams[team] for debate in debates for side, team in debate.sides
            if side is not Side.BYE and team in self._teams]
        seated.sort(key=self._place)
        if snapshot.draw_type is DrawType.SEEDED:
            bracket = Bracket(0.0)
            self._fill(bracket, [
                replace(team, rank=place, subrank=place)
                for place, team in enumerate(seated, start=1)])
            return self._of_bracket(bracket, top=True)
        rows, columns = seated, seated
        if self.by_side:
            rows, columns = (
                [team for team in seated if team.allocated_side is side] for side in TWO_SIDES)
        price = round_prices if snapshot.draw_type is DrawType.POWER else clash_prices
        return PriceTable.of(
            price(rows, columns, self._options), rows, columns, by_side=self.by_side)

    def _tables_of(self, debates: Sequence[DrawnDebate]) -> dict[float, PriceTable]:
        return {
            label: self._of_bracket(bracket, top=label == self._top)
            for label, bracket in self._brackets(debates).items()}

    def _brackets(self, debates: Sequence[DrawnDebate]) -> dict[float, Bracket]:
        """Return the brackets as they stand in the draw, top first."""
        held: dict[float, list[tuple[bool, DrawTeam]]] = defaultdict(list)
        for debate in debates:
            for side, team in debate.sides:
                if side is not Side.BYE and team in self._teams:
                    pulled = PULLUP in debate.team_flags.get(team, ())
                    held[debate.bracket].append((pulled, self._teams[team]))
        found: dict[float, Bracket] = {}
        for label in sorted(held, reverse=True):
            members = sorted(held[label], key=lambda one: (one[0], self._place(one[1])))
            found[label] = Bracket(label, team_flags={
                team.id: (PULLUP,) for pulled, team in members if pulled})
            self._fill(found[label], [team for _pulled, team in members])
        return found

    def _fill(self, bracket: Bracket, teams: Sequence[DrawTeam]) -> None:
        if self.by_side:
            bracket.aff = [team for team in teams if team.allocated_side is Side.AFF]
            bracket.neg = [team for team in teams if team.allocated_side is Side.NEG]
        else:
            bracket.teams = list(teams)

    def _of_bracket(self, bracket: Bracket, *, top: bool) -> PriceTable:
        rows, columns = sides_of(bracket)
        return PriceTable.of(
            bracket_prices(bracket, self._options, top=top), rows, columns, by_side=self.by_side)

    def _place(self, team: DrawTeam) -> int:
        return self._turn[team.id]


_MATCHED = (DrawType.POWER, DrawType.RANDOM, DrawType.SEEDED)
