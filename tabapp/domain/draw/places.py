"""The places of teams in their brackets, and whom the pairing method alone would pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tabapp.domain.draw.field import order_teams
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.types import PULLUP, DrawnDebate, DrawSnapshot, DrawTeam, DrawType, Side


class Places:
    """Where each team stands in its bracket: from 1, pulled-up teams last.

    With allocated sides affs and negs are counted apart. ``seed`` is that of the draw, by which
    teams level in the standings stand in the order in which they were drawn.
    """

    def __init__(
        self, debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, options: DrawOptions, *,
        seed: int,
    ) -> None:
        order = order_of(snapshot, seed)
        self._turn = turn = {team.id: number for number, team in enumerate(order)}
        self._by_side = options.draw_side_allocations == "preallocated"
        rows: dict[tuple[float, Side | None], list[tuple[bool, int, str]]] = defaultdict(list)
        self._row_of: dict[str, tuple[float, Side | None]] = {}
        for debate in debates:
            for side, team in debate.sides:
                if side is Side.BYE or team not in turn:
                    continue
                row = (debate.bracket, side if self._by_side else None)
                pulled = PULLUP in debate.team_flags.get(team, ())
                rows[row].append((pulled, turn[team], team))
                self._row_of[team] = row
        self._rows = {
            row: [team for _pulled, _turn, team in sorted(found)] for row, found in rows.items()}
        self._place = {
            team: number for found in self._rows.values()
            for number, team in enumerate(found, start=1)}
        self.top = max((bracket for bracket, _side in self._rows), default=0.0)

    def turn(self, team: str) -> int:
        """Return the number of a team in the order of the draw, from 0."""
        return self._turn[team]

    def of(self, team: str) -> int:
        """Return the place of a team that is drawn."""
        return self._place[team]

    def beside(self, team: str) -> int:
        """Return among how many the place of a team is counted, the team included."""
        return len(self._rows[self._row_of[team]])

    def count(self, debate: DrawnDebate) -> int:
        """Return how many teams stand in the bracket of a debate."""
        return sum(len(found) for row, found in self._rows.items() if row[0] == debate.bracket)

    def partner(self, team: str, method: str) -> str:
        """Return whom the method alone pairs with a team, "" where it leaves that to lots."""
        bracket, side = self._row_of[team]
        mine, place = self._rows[bracket, side], self._place[team] - 1
        if self._by_side:
            other = Side.NEG if side is Side.AFF else Side.AFF
            theirs = self._rows.get((bracket, other), [])
            at = {"slide": place, "adjacent": place, "fold": len(mine) - 1 - place}.get(method, -1)
            return theirs[at] if 0 <= at < len(theirs) else ""
        half = len(mine) // 2
        at = {
            "slide": (place + half) % (2 * half or 1), "fold": len(mine) - 1 - place,
            "adjacent": place ^ 1,
        }.get(method, -1)
        return mine[at] if 0 <= at < len(mine) else ""


def order_of(snapshot: DrawSnapshot, seed: int) -> list[DrawTeam]:
    """Return the teams as they were lined up before the brackets were made, byes among them."""
    return order_teams(
        snapshot.teams, Lots(seed), seeded=snapshot.draw_type is DrawType.SEEDED)


def method_of(debate: DrawnDebate, options: DrawOptions, *, top: float) -> str:
    """Return the pairing method of a debate's bracket; ``top`` is the label of the first one."""
    if options.draw_pairing_method == "fold_top_adjacent_rest":
        return "fold" if debate.bracket == top else "adjacent"
    return options.draw_pairing_method
