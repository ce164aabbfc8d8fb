"""Schedules as rows, and what came of them.

``schedule`` is journaled; ``schedule_state`` keeps itself and is written beside the journal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from tabapp.store.database import Database
from tabapp.store.schema import job_run, revision, schedule, schedule_state, tournament
from tabapp.store.times import maybe_text, maybe_time
from tabapp.store.unit import ReadUnit, WriteUnit, chunks

KEPT = 100
"""Durations that are kept of each schedule."""

UNFINISHED = ("queued", "waiting", "running")


@dataclass(frozen=True, slots=True)
class ScheduleRecord:
    """A custom schedule, or what was changed of one in the code: then ``kind`` may be ""."""

    id: int
    name: str
    title: str
    job: str
    kind: str
    spec: Mapping[str, Any]
    params: Mapping[str, Any]
    tournament: int | None
    builtin: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """What came of a schedule. Nothing until ``last_due_at`` is due again."""

    last_due_at: datetime | None = None
    last_run_at: datetime | None = None
    last_status: str = ""
    last_error: str = ""
    runs: int = 0
    successes: int = 0
    seconds: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run of a schedule ended. ``started_at`` is when the clock submitted it."""

    name: str
    started_at: datetime
    status: str
    error: str
    seconds: float


# --- schedules ---------------------------------------------------------------------------------


def list_schedules(unit: ReadUnit) -> list[ScheduleRecord]:
    """Return all rows, the oldest first."""
    return [
        ScheduleRecord(
            id=row.id, name=row.name, title=row.title, job=row.job, kind=row.kind,
            spec=_mapping(row.spec), params=_mapping(row.params), tournament=row.tournament_id,
            builtin=row.builtin, paused=row.paused,
        )
        for row in unit.rows(select(schedule).order_by(schedule.c.id))
    ]


def _mapping(value: object) -> dict[str, Any]:
    """Return a stored JSON object; whatever else stands there is no reason to fail."""
    return dict(value) if isinstance(value, dict) else {}


def insert_schedule(unit: WriteUnit, values: Mapping[str, Any]) -> None:
    """Add a row; what a run of it was due before does not count."""
    unit.insert(schedule, [values])
    begin_anew(unit, values["name"])


def update_schedule(unit: WriteUnit, row_id: int, values: Mapping[str, Any]) -> None:
    """Set columns of a row."""
    unit.update(schedule, {row_id: values})


def delete_schedule(unit: WriteUnit, row_id: int) -> None:
    """Remove a row."""
    unit.delete(schedule, [row_id])


def read_zones(unit: ReadUnit) -> dict[int, str]:
    """Return tournament -> name of its time zone."""
    return {
        row.id: row.timezone
        for row in unit.rows(select(tournament.c.id, tournament.c.timezone))
    }


# --- what came of them -------------------------------------------------------------------------


def read_states(unit: ReadUnit) -> dict[str, ScheduleState]:
    """Return name -> what came of that schedule."""
    return {row.name: _state(row) for row in unit.rows(select(schedule_state))}


def begin_anew(unit: WriteUnit, name: str) -> None:
    """Count a schedule from now on: what it missed until now is not made up for."""
    mine = schedule_state.c.name == name
    if not unit.execute(update(schedule_state).where(mine).values(last_due_at=unit.header.at)):
        unit.execute(insert(schedule_state), [{"name": name, "last_due_at": unit.header.at}])


def forget_state(unit: WriteUnit, name: str) -> None:
    """Forget what came of a schedule that is deleted."""
    unit.execute(delete(schedule_state).where(schedule_state.c.name == name))


def store_states(
    database: Database, last: Mapping[str, datetime], outcomes: Sequence[Outcome]
) -> None:
    """Move the last times of schedules and add how runs ended, in one quick transaction.

    ``DatabaseBusy`` where somebody else writes for long; nothing is stored then.
    """
    names = last.keys() | {one.name for one in outcomes}
    if not names:
        return
    with database.housekeeping() as connection:
        known = _known(connection, names)
        for name in sorted(names):
            mine = [one for one in outcomes if one.name == name]
            values = _columns(_moved(known.get(name), last.get(name), mine))
            if name in known:
                connection.execute(update(schedule_state)
                                   .where(schedule_state.c.name == name).values(values))
            else:
                connection.execute(insert(schedule_state).values(name=name, **values))


def open_runs(unit: ReadUnit, submitted_by: str) -> list[tuple[int, str, int | None]]:
    """Return id, job and tournament of the runs of ``submitted_by`` that are not over."""
    columns = job_run.c
    return [
        (row.id, row.name, row.tournament_id)
        for row in unit.rows(
            select(columns.id, columns.name, columns.tournament_id)
            .where(columns.state.in_(UNFINISHED), columns.submitted_by == submitted_by))
    ]


def ended_runs(unit: ReadUnit, ids: Collection[int]) -> dict[int, tuple[str, str, float]]:
    """Return state, error and seconds of those of some runs that are over."""
    columns = job_run.c
    return {
        row.id: (row.state, row.error_message or "", row.seconds or 0.0)
        for part in chunks(sorted(ids))
        for row in unit.rows(
            select(columns.id, columns.state, columns.error_message, columns.seconds)
            .where(columns.id.in_(part), columns.state.not_in(UNFINISHED)))
    }


def topics_moved(unit: ReadUnit, topics: Collection[str]) -> int:
    """Return how often any of these topics has changed, in all tournaments together."""
    counts = unit.rows(select(revision.c.revision).where(revision.c.topic.in_(sorted(topics))))
    return sum(row.revision for row in counts)


def _known(connection: Connection, names: Iterable[str]) -> dict[str, ScheduleState]:
    rows = connection.execute(
        select(schedule_state).where(schedule_state.c.name.in_(sorted(names))))
    return {row.name: _state(row) for row in rows}


def _moved(
    before: ScheduleState | None, last: datetime | None, outcomes: Sequence[Outcome]
) -> ScheduleState:
    state = before or ScheduleState()
    if last is not None:
        state = replace(state, last_due_at=last)
    for one in outcomes:
        state = _after(state, one)
    return state


def _after(state: ScheduleState, one: Outcome) -> ScheduleState:
    """Of several runs at one time, one for each tournament, a failure is what is shown."""
    same = state.last_run_at == one.started_at and state.last_status == "failed"
    return replace(
        state,
        last_run_at=one.started_at,
        last_status="failed" if same else one.status,
        last_error=one.error or state.last_error if same else one.error,
        runs=state.runs + 1,
        successes=state.successes + (one.status == "success"),
        seconds=(*state.seconds, round(one.seconds, 3))[-KEPT:],
    )


def _state(row: Row[Any]) -> ScheduleState:
    return ScheduleState(
        last_due_at=maybe_time(row.last_due_at), last_run_at=maybe_time(row.last_run_at),
        last_status=row.last_status or "", last_error=row.last_error or "",
        runs=row.runs, successes=row.successes, seconds=tuple(row.seconds),
    )


def _columns(state: ScheduleState) -> dict[str, Any]:
    return {
        "last_due_at": maybe_text(state.last_due_at),
        "last_run_at": maybe_text(state.last_run_at),
        "last_status": state.last_status, "last_error": state.last_error,
        "runs": state.runs, "successes": state.successes, "seconds": list(state.seconds),
    }
