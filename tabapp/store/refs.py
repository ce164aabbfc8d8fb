"""Archive ids and row ids: the two names of a record, and how one is found from the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sqlalchemy import Table, select

from tabapp.core.errors import UserError
from tabapp.store.schema import (
    adjudicator,
    break_category,
    criterion,
    debate,
    feedback,
    institution,
    motion,
    question,
    speaker,
    speaker_category,
    team,
    venue,
    venue_category,
)
from tabapp.store.unit import ReadUnit

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        adjudicator, break_category, criterion, debate, feedback, institution, motion, question,
        speaker, speaker_category, team, venue, venue_category,
    )
}


class Refs:
    """Both directions of the ids of one tournament's records, by name of table."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {}
        self._refs: dict[str, dict[int, str]] = {}

    @classmethod
    def load(cls, unit: ReadUnit, tournament_id: int, *tables: str) -> Refs:
        """Read the ids of ``tables``."""
        refs = cls()
        for name in tables:
            table = TABLES[name]
            found = unit.fetch(
                select(table.c.ref, table.c.id).where(table.c.tournament_id == tournament_id)
            )
            refs.add(name, dict(found))
        return refs

    def add(self, table: str, ids: Mapping[str, int]) -> None:
        """Learn the row ids of some records."""
        self._ids.setdefault(table, {}).update(ids)
        self._refs.setdefault(table, {}).update({row: ref for ref, row in ids.items()})

    def id(self, table: str, ref: str) -> int:
        """Return the row id of ``ref``; ``UserError`` where there is no such record."""
        found = self._ids.get(table, {}).get(ref)
        if found is None:
            raise UserError("record_unknown", kind=table.replace("_", " "), ref=ref)
        return found

    def maybe_id(self, table: str, ref: str | None) -> int | None:
        """Return the row id of ``ref``, None for None."""
        return None if ref is None else self.id(table, ref)

    def ref(self, table: str, row_id: int) -> str:
        """Return the archive id of a row."""
        return self._refs[table][row_id]

    def maybe_ref(self, table: str, row_id: int | None) -> str | None:
        """Return the archive id of a row, None for None."""
        return None if row_id is None else self._refs[table][row_id]

    def all(self, table: str) -> Mapping[str, int]:
        """Return archive id -> row id of every known record of ``table``."""
        return self._ids.get(table, {})


def first_free_number(refs: Iterable[str], prefix: str) -> int:
    """Return the number after the highest one in use with ``prefix``.

    >>> first_free_number(["T1", "T12", "team-x"], "T")
    13
    """
    return max(numbers_of(refs, prefix), default=0) + 1


def numbers_of(refs: Iterable[str], prefix: str) -> set[int]:
    """Return the numbers of the ids that are a number after ``prefix``."""
    pattern = re.compile(re.escape(prefix) + r"0*(\d+)\Z")
    return {int(match.group(1)) for ref in refs if (match := pattern.match(ref))}

