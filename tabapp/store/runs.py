"""The history of runs of jobs, and their logs.

Nothing here is journaled. Rows that a process wrote survive its death; a lost power line may take
the last of them, until the next durable commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from tabapp.jobs.ports import UNFINISHED, LogLine, OwnerId, RunChanges, RunRecord, RunState
from tabapp.store.database import Database
from tabapp.store.ids import Ids
from tabapp.store.images import full_row, plain
from tabapp.store.schema import job_log, job_run
from tabapp.store.times import from_text, maybe_text, maybe_time, to_text

_TIMES = ("submitted_at", "started_at", "finished_at", "next_at")
_NAMES = {"tournament": "tournament_id", "dedup": "dedup_key"}
_MORE = ("labels", "waiting_for")
"""Fields of a record that share the column ``more``."""


class SqlRunLog:
    """The ``RunLog`` of a database; see ``jobs.ports``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, run: RunRecord) -> RunRecord:
        """Store a new run and return it with its id."""
        with self._database.housekeeping() as connection:
            ids = Ids(connection)
            stored = replace(run, id=ids.take(job_run.name)[0])
            given = {field.name: getattr(stored, field.name) for field in fields(stored)}
            more = {name: given[name] for name in _MORE}
            connection.execute(
                insert(job_run).values(full_row(job_run, _columns(given) | {"more": more}))
            )
            ids.keep()
        return stored

    def update(
        self, run_id: int, changes: RunChanges, *, if_owner: OwnerId | None = None
    ) -> bool:
        """Change columns of one run; False when it is not there, or not ``if_owner``'s."""
        condition = job_run.c.id == run_id
        if if_owner is not None:
            condition &= job_run.c.owner == if_owner
        return self._change(condition, changes)

    def claim(self, run_id: int, changes: RunChanges, *, previous: OwnerId | None) -> bool:
        """Change an unfinished run while ``previous`` is its owner; None: while nobody is."""
        condition = (
            (job_run.c.id == run_id)
            & job_run.c.state.in_(UNFINISHED)
            & job_run.c.owner.is_not_distinct_from(previous)
        )
        return self._change(condition, changes)

    def _change(self, condition: ColumnElement[bool], changes: RunChanges) -> bool:
        with self._database.housekeeping() as connection:
            row = connection.execute(select(job_run.c.id, job_run.c.more).where(condition)).first()
            if row is None:
                return False
            given: dict[str, Any] = dict(changes)
            values = _columns(given)
            if more := {name: given[name] for name in _MORE if name in given}:
                values["more"] = row.more | more
            if values:
                connection.execute(update(job_run).where(job_run.c.id == row.id).values(values))
        return True

    def append(self, run_id: int, lines: Sequence[LogLine]) -> None:
        """Add log lines to a run, in this order."""
        if not lines:
            return
        with self._database.housekeeping() as connection:
            start = _last_line(connection, run_id) + 1
            connection.execute(insert(job_log), [
                {"run_id": run_id, "n": n, "at": to_text(line.at), "level": line.level,
                 "message": line.message, "fields": plain(dict(line.fields))}
                for n, line in enumerate(lines, start)
            ])

    def get(self, run_id: int) -> RunRecord | None:
        """Return one run."""
        with self._database.read() as unit:
            row = unit.one(select(job_run).where(job_run.c.id == run_id))
        return None if row is None else _record(row)

    def unfinished(self) -> Sequence[RunRecord]:
        """Return the runs that are not over, of every owner, oldest first."""
        with self._database.read() as unit:
            rows = unit.rows(
                select(job_run).where(job_run.c.state.in_(UNFINISHED)).order_by(job_run.c.id)
            )
        return [_record(row) for row in rows]

    def history(
        self,
        *,
        limit: int = 100,
        before: int | None = None,
        tournament: int | None = None,
        name: str | None = None,
        states: frozenset[RunState] | None = None,
    ) -> Sequence[RunRecord]:
        """Return runs, the newest first; ``before`` is an id to page on from."""
        statement = select(job_run).order_by(job_run.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(job_run.c.id < before)
        if tournament is not None:
            statement = statement.where(job_run.c.tournament_id == tournament)
        if name is not None:
            statement = statement.where(job_run.c.name == name)
        if states is not None:
            statement = statement.where(job_run.c.state.in_(states))
        with self._database.read() as unit:
            return [_record(row) for row in unit.rows(statement)]

    def logs(self, run_id: int) -> Sequence[LogLine]:
        """Return the log lines of a run in the order in which they were written."""
        statement = select(job_log).where(job_log.c.run_id == run_id).order_by(job_log.c.n)
        with self._database.read() as unit:
            return [
                LogLine(from_text(row.at), row.level, row.message, row.fields)
                for row in unit.rows(statement)
            ]


def _last_line(connection: Connection, run_id: int) -> int:
    last = connection.execute(
        select(func.max(job_log.c.n)).where(job_log.c.run_id == run_id)
    ).scalar()
    return last or 0


def _columns(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the columns of ``job_run`` for fields of a record."""
    return {
        _NAMES.get(name, name): maybe_text(value) if name in _TIMES else _json(value)
        for name, value in given.items() if name not in _MORE
    }


def _json(value: Any) -> Any:
    return plain(dict(value) if isinstance(value, Mapping) else value)


def _record(row: Row[Any]) -> RunRecord:
    found = dict(row._mapping)
    more = found.pop("more")
    del found["parent_id"]
    for name, column in _NAMES.items():
        found[name] = found.pop(column)
    for name in _TIMES:
        found[name] = maybe_time(found[name])
    found["labels"] = tuple(more.get("labels", ()))
    found["waiting_for"] = more.get("waiting_for", "")
    found["seconds"] = found["seconds"] or 0.0
    found["dedup"] = found["dedup"] or ""
    return RunRecord(**found)
