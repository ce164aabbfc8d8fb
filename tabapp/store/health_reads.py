"""What a look at the health of a database reads from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import exists, select

from tabapp.domain.types import Standings
from tabapp.store.refs import Refs
from tabapp.store.schema import action, breaker, change, standing
from tabapp.store.standing_rows import SUBJECT
from tabapp.store.times import readable, to_text
from tabapp.store.topics import BREAK, RESULTS
from tabapp.store.unit import ReadUnit

_LOOKED_BACK = 2000
"""Actions among which work without a copy is sought."""
_SHOWN = 5
_CONFIRMED = frozenset({RESULTS, BREAK})


def unsaved_since(unit: ReadUnit, copied: datetime | None) -> datetime | None:
    """Return when the oldest results were stored that came after a copy; None if there are none.

    Without a copy all results came after it.
    """
    statement = select(action.c.at, action.c.topics).order_by(action.c.id.desc())
    if copied is not None:
        statement = statement.where(action.c.at > to_text(copied))
    oldest: datetime | None = None
    for row in unit.rows(statement.limit(_LOOKED_BACK)):
        if any(topic in _CONFIRMED for _owner, topic in row.topics):
            oldest = readable(row.at) or oldest
    return oldest


def troubled_breakers(unit: ReadUnit) -> dict[str, str]:
    """Return what failed when it was last asked, by name, with the error; open or not yet."""
    rows = unit.rows(
        select(breaker).where((breaker.c.state != "closed") | (breaker.c.failures > 0))
        .order_by(breaker.c.name))
    return {row.name: row.last_error or "" for row in rows}


def broken_links(unit: ReadUnit) -> list[str]:
    """Return what in the journal names an action that is not there, at most a few."""
    other = action.alias("other")
    found = [
        f"entry {row_id} took back {target}, which is not there"
        for row_id, target in unit.fetch(select(action.c.id, action.c.undoes_id).where(
            action.c.undoes_id.is_not(None),
            ~exists().where(other.c.id == action.c.undoes_id)).limit(_SHOWN))]
    found += [
        f"entry {row_id} was taken back by {by}, which is not there"
        for row_id, by in unit.fetch(select(action.c.id, action.c.undone_by_id).where(
            action.c.undone_by_id.is_not(None),
            ~exists().where(other.c.id == action.c.undone_by_id)).limit(_SHOWN))]
    found += [
        f"a change of {table} belongs to entry {row_id}, which is not there"
        for row_id, table in unit.fetch(
            select(change.c.action_id, change.c.table_name)
            .where(~exists().where(action.c.id == change.c.action_id)).limit(_SHOWN))]
    return found


def stale_tables(
    unit: ReadUnit, tournament_id: int, tables: Sequence[Standings]
) -> list[str]:
    """Return the kinds of cached tables that are not ``tables``; one never made is not stale."""
    refs = Refs.load(unit, tournament_id, "team", "speaker", "adjudicator")
    stale: list[str] = []
    for table in tables:
        old = {
            row.subject_id: (row.rank, row.tied, row.place, row.values)
            for row in unit.rows(select(standing).where(
                standing.c.tournament_id == tournament_id, standing.c.kind == table.kind))}
        new = {
            refs.id(SUBJECT[table.kind], row.id): (row.rank, row.tied, place, dict(row.values))
            for place, row in enumerate(table.rows, start=1)}
        if old and old != new:
            stale.append(table.kind)
    return stale
