"""The suggestions that wait for an answer, in words.

``suggesting`` works them out, ``suggestion_answers`` accepts and dismisses them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.domain.attention import KINDS, is_news
from tabapp.services.suggestion_words import reason_of, title_of, would_of
from tabapp.store import suggestion_rows as rows
from tabapp.store.suggestion_rows import SuggestionRow
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion in words. ``place`` and ``target`` are where it leads.

    ``round_id`` is the round to look at there, if it is of one. ``would`` says what accepting does,
    "" where it only marks as looked at. ``facts`` hold the numbers.
    """

    kind: str
    subject: str
    sentence: str
    reason: str
    place: str
    target: object
    would: str
    facts: Mapping[str, Any]
    round_id: int | None = None

    @property
    def key(self) -> rows.Key:
        """Return what makes it the same suggestion."""
        return self.kind, self.subject


@dataclass(frozen=True, slots=True)
class SuggestionsView:
    """The suggestions that nobody answered yet, those of a kind together, the heaviest first."""

    items: tuple[Shown, ...] = ()

    @property
    def counts(self) -> Counter[str]:
        """Return how many there are of each kind."""
        return Counter(one.kind for one in self.items)


def read_suggestions(unit: ReadUnit, tournament_id: int) -> SuggestionsView:
    """Read what waits for an answer."""
    found = _open(unit, tournament_id)
    order: tuple[str, ...] = KINDS
    found.sort(key=lambda row: order.index(row.kind))
    return SuggestionsView(tuple(map(_shown, found)))


def count_open(unit: ReadUnit, tournament_id: int) -> int:
    """Return how many suggestions wait for an answer."""
    return len(_open(unit, tournament_id))


def _open(unit: ReadUnit, tournament_id: int) -> list[SuggestionRow]:
    answers = rows.read_answers(unit, tournament_id)
    return [
        row for row in rows.read_rows(unit, tournament_id)
        if row.key not in answers or is_news(row.kind, answers[row.key].facts, row.facts)]


def _shown(row: SuggestionRow) -> Shown:
    facts = row.facts
    place, target = _leads(row)
    return Shown(
        row.kind, row.subject, title_of(facts), reason_of(facts), place, target, would_of(facts),
        facts, facts.get("round_id"))


def _leads(row: SuggestionRow) -> tuple[str, object]:
    facts = row.facts
    if row.kind == "ballot":
        return "ballots", facts["debate"]
    if row.kind == "panel_swap":
        return "rounds/judges", facts["debate"]
    if row.kind == "judge_score":
        return "people", ("adjudicator", facts["judge"])
    return "people", (facts["record"], facts["id"])
