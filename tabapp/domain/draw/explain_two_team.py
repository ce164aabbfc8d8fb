"""Why each room of a two-team draw looks as it does, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabapp.core.messages import word
from tabapp.domain.draw.explain_brackets import BracketWords
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.pairing_costs import PairingCosts
from tabapp.domain.draw.places import Places, method_of
from tabapp.domain.draw.words import cycle_words, meetings, name_of, number
from tabapp.domain.ordinals import ordinal
from tabapp.domain.types import (
    TWO_SIDES,
    Draw,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

_BUBBLES = (
    "bubble_up_history", "bubble_up_institution", "bubble_down_history",
    "bubble_down_institution", "bubble_accommodate", "cannot_bubble",
)
_SWAPS = ("1u1d_history", "1u1d_institution", "1u1d_accommodate", "too_many_swaps")


class TwoTeamWords:
    """Words each debate of one draw; teams that the snapshot does not know are passed over."""

    def __init__(
        self, draw: Draw, snapshot: DrawSnapshot, options: DrawOptions,
        side_names: tuple[str, str],
    ) -> None:
        self._teams = {team.id: team for team in snapshot.teams}
        self._type = snapshot.draw_type
        self._cycle = snapshot.cycle
        self._options = options
        self._sides = side_names
        self._places = Places(draw.debates, snapshot, options, seed=draw.seed)
        self._costs = PairingCosts.of(draw.debates, snapshot, options, seed=draw.seed)
        self._brackets = BracketWords(draw, snapshot, options, self._places)

    def of(self, debate: DrawnDebate) -> tuple[str, ...]:
        """Return the sentences of a debate."""
        seated = [(side, self._teams[team]) for side, team in debate.sides if team in self._teams]
        if not seated:
            return ()
        if seated[0][0] is Side.BYE:
            return (self._bye(seated[0][1]),)
        here = [team for _side, team in seated]
        return (
            *self._room(debate, here), *self._pair(debate, here), *self._cost(debate, here),
            *self._noted(debate, here), *self._side_words(debate, seated), *meetings(here),
        )

    def _bye(self, team: DrawTeam) -> str:
        facts: dict[str, object] = {"team": name_of(team), "count": len(self._teams)}
        if self._type is not DrawType.ROUND_ROBIN:
            return word("why_two_bye", facts)
        facts["count"] = len(self._cycle.teams) if self._cycle else len(self._teams)
        return word("why_cycle_bye", facts)

    def _room(self, debate: DrawnDebate, here: Sequence[DrawTeam]) -> Iterator[str]:
        if self._type is DrawType.RANDOM:
            yield word("why_two_lot", {})
        elif self._type is DrawType.MANUAL:
            yield word("why_two_manual", {})
        elif self._type is DrawType.ROUND_ROBIN:
            yield cycle_words(self._cycle.index if self._cycle else 0,
                              len(self._cycle.teams) if self._cycle else len(self._teams))
        elif self._type is DrawType.SEEDED:
            yield word("why_two_seeded", {"count": self._places.count(debate)})
        else:
            yield from self._brackets.of(debate, here)

    # Pairs

    def _pair(self, debate: DrawnDebate, here: Sequence[DrawTeam]) -> Iterator[str]:
        """Say the places of the two in their bracket, and whom the method alone would pair."""
        method = method_of(debate, self._options, top=self._places.top)
        found = [self._places.of(team.id) for team in here]
        paired = self._type in (DrawType.POWER, DrawType.SEEDED)
        if not paired or len(found) != len(TWO_SIDES) or self._places.count(debate) == len(here):
            return
        ranked = sorted(zip(found, here, strict=True), key=lambda one: one[0])
        (place, one), (other_place, other) = ranked
        facts: dict[str, object] = {
            "team": name_of(one), "place": ordinal(place), "other": name_of(other),
            "other_place": ordinal(other_place), "count": self._places.beside(one.id),
            "method": method}
        if method == "random":
            yield word("why_two_pair_lot", facts)
            return
        by_side = self._options.draw_side_allocations == "preallocated"
        yield word("why_two_places_side" if by_side else "why_two_places", facts)
        plain = self._places.partner(one.id, method)
        if plain == other.id:
            yield word("why_two_plain", facts)
        elif plain in self._teams:
            yield word("why_two_not_plain", facts | {"plain": name_of(self._teams[plain])})

    def _cost(self, debate: DrawnDebate, here: Sequence[DrawTeam]) -> Iterator[str]:
        if self._costs is None or len(here) != len(TWO_SIDES):
            return
        one, other = sorted(here, key=lambda team: self._places.of(team.id))
        cost = self._costs.of_pair(debate.bracket, one, other)
        yield word("why_two_cost", {"cost": number(cost)})
        method = method_of(debate, self._options, top=self._places.top)
        for team, rival in ((one, other), (other, one)):
            plain = self._teams.get(self._places.partner(team.id, method))
            if plain is not None and plain is not rival:
                instead = self._costs.of_pair(debate.bracket, team, plain)
                yield word("why_two_cost_plain", {
                    "team": name_of(team), "other": name_of(plain), "cost": number(instead)})
                return

    def _noted(self, debate: DrawnDebate, here: Sequence[DrawTeam]) -> Iterator[str]:
        for team in here:
            for flag in debate.team_flags.get(team.id, ()):
                if flag in _BUBBLES:
                    yield word(f"why_{flag}", {"team": name_of(team)})
        for flag in debate.flags:
            if flag in _SWAPS:
                yield word(f"why_{flag}", {})

    # Sides

    def _side_words(
        self, debate: DrawnDebate, seated: Sequence[tuple[Side, DrawTeam]]
    ) -> Iterator[str]:
        for side, team in seated:
            if side in TWO_SIDES:
                yield word("why_two_side", {
                    "team": name_of(team), "side": self._sides[TWO_SIDES.index(side)],
                    "history": self._history(team.sides)})
        if len(seated) == len(TWO_SIDES):
            code = self._side_reason(seated[0][1], seated[1][1])
            if code:
                yield word(code, {
                    "team": name_of(seated[0][1]), "side": self._sides[0],
                    "other": name_of(seated[1][1])})
        if not debate.sides_confirmed:
            yield word("why_sides_open", {})

    def _history(self, counts: Sequence[int]) -> str:
        return ", ".join(
            f"{name} {count}" for name, count in zip(self._sides, counts, strict=False))

    def _side_reason(self, aff: DrawTeam, neg: DrawTeam) -> str:
        if self._type is DrawType.MANUAL:
            return ""
        if self._type is DrawType.ROUND_ROBIN:
            return "why_sides_cycle"
        rule = self._options.draw_side_allocations
        if rule in ("random", "preallocated"):
            return f"why_sides_{rule}"
        for mine, theirs, code in (
            (balance_of(aff.sides), balance_of(neg.sides), "why_sides_balance"),
            (balance_of(aff.kind_sides), balance_of(neg.kind_sides), "why_sides_kind"),
        ):
            if mine != theirs:
                return code if mine < theirs else "why_sides_against"
        return "why_sides_level"


def balance_of(counts: Sequence[int]) -> int:
    """Return how much more often a team stood on the first side than on the second.

    >>> balance_of((3, 1)), balance_of(())
    (2, 0)
    """
    return counts[0] - counts[1] if len(counts) == len(TWO_SIDES) else 0
