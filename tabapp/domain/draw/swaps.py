"""What a swap of two teams would do to a draw, told before it is made."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, permutations

from tabapp.core.messages import word
from tabapp.domain.draw.brackets import ROOM
from tabapp.domain.draw.swap_seats import SeatBook
from tabapp.domain.draw.swap_values import (
    SAME,
    Judging,
    PriceLine,
    Seat,
    SwapPrice,
    cost_text,
    signed,
)
from tabapp.domain.draw.two_team.values import same_institution, times_met
from tabapp.domain.types import (
    BP_SIDES,
    TWO_SIDES,
    DrawnDebate,
    DrawSnapshot,
    DrawType,
    Side,
    id_key,
)

__all__ = [
    "SAME", "Judging", "PriceLine", "Seat", "SwapBook", "SwapPrice", "cost_text",
    "signed",
]


class SwapBook(SeatBook):
    """The seats of a draw, from which swaps are priced."""

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, judging: Judging, *,
        side_names: tuple[str, str] = ("Aff", "Neg"), seed: int = 0,
    ) -> None:
        """Price the swaps of a draw that was made from ``seed``; other facts are the snapshot's."""
        super().__init__(debates, snapshot, judging, seed=seed)
        self.side_names = side_names
        self._legal: dict[str, list[SwapPrice]] = {}  # the legal swaps of teams that were lifted

    def price(self, one: str, other: str) -> SwapPrice:
        """Return what it does to let two teams change places."""
        first, second = self.seats[one], self.seats[other]
        change = self._prices.change(one, other)
        change = 0.0 if abs(change) < SAME else change
        legality = self._legality(one, other)
        lines = [legality, *self._cost_line(change), *self._side_lines(one, other)]
        if first.room != second.room:
            lines += self._company(one, other)
            lines += self._company(other, one)
        return SwapPrice(one, other, legality.good, change, tuple(lines))

    def prices(self, team: str) -> list[SwapPrice]:
        """Return the price of a swap with every other team, the best first."""
        return self._sorted(self.price(team, other) for other in self._others(team))

    def _others(self, team: str) -> Iterator[str]:
        rests = self.seats[team].side is Side.BYE
        return (
            other for other, seat in self.seats.items()
            if other != team and (seat.side is Side.BYE) == rests)

    @staticmethod
    def _sorted(prices: Iterable[SwapPrice]) -> list[SwapPrice]:
        return sorted(prices, key=lambda one: (
            not one.legal, round(one.change, 6), one.warnings, id_key(one.other)))

    def best(self, team: str, besides: str) -> SwapPrice | None:
        """Return the best legal swap of a team apart from the one with ``besides``.

        The first question about a team prices all of its swaps (see ``rank``).
        """
        self.rank(team)
        return next((one for one in self._legal[team] if one.other != besides), None)

    def rank(self, team: str) -> None:
        """Price all legal swaps of a team: a matter of tenths of a second in a large draw."""
        if not self.is_ranked(team):
            self._legal[team] = self._sorted(
                self.price(team, other) for other in self._others(team)
                if self._legality(team, other).good)

    def is_ranked(self, team: str) -> bool:
        """Tell whether ``best`` knows all swaps of a team already."""
        return team in self._legal

    def _legality(self, one: str, other: str) -> PriceLine:
        first, second = self.seats[one], self.seats[other]
        fault, code = self._allocated(one, other), ""
        if Side.BYE in (first.side, second.side):
            fault = word("swap_bye", {})
        elif first.room == second.room:
            code = "swap_same_room"
        elif self.snapshot.draw_type is DrawType.ELIMINATION:
            fault = word("swap_bracket_tree", {})
        elif self.snapshot.draw_type is DrawType.ROUND_ROBIN:
            fault = word("swap_cycle", {})
        elif self.snapshot.draw_type is DrawType.POWER:
            same = self.points(one) == self.points(other)
            code = "swap_level" if same else "swap_in_bracket"
            fault = self._prices.fault(one, other)
        else:
            code = _FREE.get(self.snapshot.draw_type, "swap_by_lot")
        return PriceLine(
            "legality", fault or word(code, {"points": f"{self.points(one):g}"}), good=not fault)

    def _allocated(self, one: str, other: str) -> str:
        if self._pairs is None:
            return ""
        first, second = self.seats[one].side, self.seats[other].side
        return self._pairs.side_fault(one, second) or self._pairs.side_fault(other, first)

    def _cost_line(self, change: float) -> Iterator[PriceLine]:
        if not self.priced:
            return
        facts = {"before": cost_text(self.total), "after": cost_text(self.total + change)}
        same, up, down = self._prices.codes
        code = same if not change else up if change > 0 else down
        yield PriceLine("cost", word(code, facts), signed(change), good=change <= 0)

    def _side_lines(self, one: str, other: str) -> Iterator[PriceLine]:
        """Say to what sides two teams of a two-team draw come, if they change theirs."""
        if self._pairs is None or self.seats[one].side is self.seats[other].side:
            return
        for team, side in ((one, self.seats[other].side), (other, self.seats[one].side)):
            if side not in TWO_SIDES:
                continue
            before, after = (
                abs(counts[0] - counts[1])
                for counts in (self.history(team), self._history(team, side)))
            shown = ", ".join(
                f"{name} {count}"
                for name, count in zip(self.side_names, self._history(team, side), strict=True))
            yield PriceLine(
                "sides", word("swap_balance", {"team": self.name(team), "history": shown}),
                good=after <= max(1, before))

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

    def side_swaps(self, number: int) -> list[tuple[Side, Side, float]]:
        """Return each pair of a room's sides with what changing them costs, the cheapest first."""
        sides = [pair for pair in self.debates[number].sides if pair[0] in self.snapshot.sides]
        found = [
            (first, second, self.price(one, other).change)
            for (first, one), (second, other) in combinations(sides, 2)
        ]
        return sorted(found, key=lambda one: round(one[2], 6))

    def equal_orders(self, number: int) -> int:
        """Return how many orders of a BP room's teams cost no more than this one, it included."""
        teams = self.debates[number].teams
        positions = self._positions
        if len(teams) != ROOM or positions is None:
            return 1
        costs = [
            math.fsum(
                positions.cost(team, side) for side, team in zip(BP_SIDES, order, strict=True))
            for order in permutations(teams)
        ]
        return sum(cost <= costs[0] + SAME for cost in costs)


_FREE = {DrawType.MANUAL: "swap_manual", DrawType.SEEDED: "swap_in_bracket"}
