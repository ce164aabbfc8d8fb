"""Suggestions as they were worked out last, and what people answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from tabapp.domain.attention import Suggestion
from tabapp.store import schema, topics
from tabapp.store.times import to_text
from tabapp.store.unit import ReadUnit, WriteUnit

Key = tuple[str, str]
"""Kind and subject."""


@dataclass(frozen=True, slots=True)
class SuggestionRow:
    """A suggestion that stands in the database."""

    id: int
    kind: str
    subject: str
    weight: float
    facts: Mapping[str, Any]

    @property
    def key(self) -> Key:
        """Return what makes it the same suggestion."""
        return self.kind, self.subject


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """What somebody answered to a suggestion. ``facts`` are those that were answered."""

    id: int
    kind: str
    subject: str
    answer: str
    reason: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """How the suggestions changed."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def any(self) -> bool:
        """Tell whether anything did."""
        return bool(self.added or self.changed or self.removed)


def read_rows(unit: ReadUnit, tournament_id: int) -> list[SuggestionRow]:
    """Return all suggestions that were found last, answered or not, the heaviest first."""
    table = schema.recommendation
    return [
        SuggestionRow(row.id, row.kind, row.subject, row.weight, row.facts)
        for row in unit.rows(
            select(table).where(table.c.tournament_id == tournament_id)
            .order_by(table.c.weight.desc(), table.c.id))
    ]


def get_row(unit: ReadUnit, tournament_id: int, kind: str, subject: str) -> SuggestionRow | None:
    """Return one suggestion, None where it is not there any more."""
    table = schema.recommendation
    row = unit.one(select(table).where(
        table.c.tournament_id == tournament_id, table.c.kind == kind, table.c.subject == subject))
    return None if row is None else SuggestionRow(
        row.id, row.kind, row.subject, row.weight, row.facts)


def read_answers(unit: ReadUnit, tournament_id: int) -> dict[Key, AnswerRow]:
    """Return what people answered, by kind and subject."""
    table = schema.recommendation_answer
    return {
        (row.kind, row.subject): AnswerRow(
            row.id, row.kind, row.subject, row.answer, row.reason, row.facts)
        for row in unit.rows(select(table).where(table.c.tournament_id == tournament_id))
    }


def put_answer(
    unit: WriteUnit, tournament_id: int, row: SuggestionRow, answer: str, reason: str,
    now: datetime,
) -> None:  # fmt: skip
    """Keep an answer instead of what was answered before."""
    table = schema.recommendation_answer
    values = {
        "answer": answer, "reason": reason, "answered_at": to_text(now),
        "facts": dict(row.facts),
    }
    old = unit.scalar(select(table.c.id).where(
        table.c.tournament_id == tournament_id, table.c.kind == row.kind,
        table.c.subject == row.subject))
    if old is not None:
        unit.update(table, {old: values})
    else:
        unit.insert(table, [values | {
            "tournament_id": tournament_id, "kind": row.kind, "subject": row.subject}])


def replace_rows(
    unit: WriteUnit, tournament_id: int, found: Sequence[Suggestion], now: datetime, *,
    about: str | None = None,
) -> Changes:  # fmt: skip
    """Make these the suggestions: what stays the same keeps its row and its time.

    ``about``: only those that concern this archive id are replaced.
    """
    table = schema.recommendation
    before = {row.key: row for row in read_rows(unit, tournament_id)}
    wanted = {
        (one.kind, one.subject): one for one in found
        if about is None or about in one.facts["about"]}
    gone = [
        row.id for key, row in before.items()
        if key not in wanted and (about is None or about in row.facts["about"])]
    changed = {
        before[key].id: {"facts": dict(one.facts), "weight": one.weight}
        for key, one in wanted.items()
        if key in before
        and (before[key].facts != one.facts or before[key].weight != one.weight)
    }
    added = [
        {
            "tournament_id": tournament_id, "kind": one.kind, "subject": one.subject,
            "facts": dict(one.facts), "weight": one.weight, "created_at": to_text(now),
        }
        for key, one in wanted.items() if key not in before
    ]
    unit.delete(table, gone)
    unit.update(table, changed)
    unit.insert(table, added)
    changes = Changes(len(added), len(changed), len(gone))
    if changes.any:
        unit.touch(topics.SUGGESTIONS, tournament=tournament_id)
    return changes
