"""The history of runs of jobs, and their logs.

Nothing here is journaled. Rows that a process wrote survive its death; a lost power line may take
the last of them, until the next durable commit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, or_, select, update

from tabapp.jobs.ports import UNFINISHED, LogLine, OwnerId, RunChanges, RunRecord, RunState
from tabapp.store.database import Database
from tabapp.store.engine import dumps
from tabapp.store.ids import Ids
from tabapp.store.images import full_row, plain
from tabapp.store.schema import job_log, job_run
from tabapp.store.times import from_text, maybe_text, maybe_time, to_text

_TIMES = ("submitted_at", "started_at", "finished_at", "next_at")
_NAMES = {"tournament": "tournament_id", "dedup": "dedup_key", "parent": "parent_id"}
_MORE = ("labels", "waiting_for", "batches", "fingerprint")
"""Fields of a record that share the column ``more``."""


class SqlRunLog:
    """The ``RunLog`` of a database; see ``jobs.ports``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def reserve(self) -> int:
        """Return an id that no other run will have."""
        with self._database.housekeeping() as connection:
            ids = Ids(connection)
            taken = ids.take(job_run.name)[0]
            ids.keep()
        return taken

    def create(self, run: RunRecord) -> RunRecord:
        """Store a new run and return it with its id: a new one for 0, else the reserved one."""
        with self._database.housekeeping() as connection:
            ids = Ids(connection)
            stored = run if run.id else replace(run, id=ids.take(job_run.name)[0])
            given = {field.name: getattr(stored, field.name) for field in fields(stored)}
            more = _more(given)
            connection.execute(
                insert(job_run), full_row(job_run, _columns(given) | {"more": more}))
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
        given: dict[str, Any] = dict(changes)
        values, more = _columns(given), _more(given)
        with self._database.housekeeping() as connection:
            if values and not more:
                return connection.execute(update(job_run).where(condition), values).rowcount == 1
            row = connection.execute(select(job_run.c.id, job_run.c.more).where(condition)).first()
            if row is not None and more:
                values["more"] = row.more | more
                connection.execute(update(job_run).where(job_run.c.id == row.id), values)
        return row is not None

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
        prefix: str = "",
        label: str = "",
        submitted_by: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        text: str = "",
    ) -> Sequence[RunRecord]:
        """Return runs, the newest first; ``before`` is an id to page on from."""
        runs = job_run.c
        statement = select(job_run).order_by(job_run.c.id.desc()).limit(limit)
        if before is not None:
            statement = statement.where(job_run.c.id < before)
        if tournament is not None:
            statement = statement.where(job_run.c.tournament_id == tournament)
        if name is not None:
            statement = statement.where(job_run.c.name == name)
        if states is not None:
            statement = statement.where(job_run.c.state.in_(states))
        if prefix:
            statement = statement.where(runs.name.startswith(prefix, autoescape=True))
        if label:  # a list as text: its members stand in quotation marks
            labels = runs.more["labels"].as_string()
            statement = statement.where(labels.contains(dumps(label), autoescape=True))
        if submitted_by is not None:
            statement = statement.where(runs.submitted_by == submitted_by)
        if since is not None:
            statement = statement.where(runs.submitted_at >= to_text(since))
        if until is not None:
            statement = statement.where(runs.submitted_at < to_text(until))
        if text:  # SQLite lowers ASCII alone
            statement = statement.where(or_(
                runs.title.contains(text, autoescape=True),
                func.lower(runs.title).contains(text.lower(), autoescape=True),
            ))
        with self._database.read() as unit:
            return [_record(row) for row in unit.rows(statement)]

    def succeeded(self, name: str, fingerprint: str) -> RunRecord | None:
        """Return the newest run of a job that ended well under this fingerprint."""
        statement = (
            select(job_run).order_by(job_run.c.id.desc()).limit(1)
            .where(job_run.c.name == name, job_run.c.state == "success")
            .where(job_run.c.more["fingerprint"].as_string() == fingerprint)
        )
        with self._database.read() as unit:
            row = unit.one(statement)
        return None if row is None else _record(row)

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


def _more(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what goes into the column ``more``."""
    return {name: _json(given[name]) for name in _MORE if name in given}


def _json(value: Any) -> Any:
    return plain(dict(value) if isinstance(value, Mapping) else value)


def _record(row: Row[Any]) -> RunRecord:
    found = dict(row._mapping)
    more = found.pop("more")
    for name, column in _NAMES.items():
        found[name] = found.pop(column)
    for name in _TIMES:
        found[name] = maybe_time(found[name])
    found["labels"] = tuple(more.get("labels", ()))
    found["waiting_for"] = more.get("waiting_for", "")
    found["batches"] = more.get("batches", {})
    found["fingerprint"] = more.get("fingerprint", "")
    found["seconds"] = found["seconds"] or 0.0
    found["dedup"] = found["dedup"] or ""
    return RunRecord(**found)
