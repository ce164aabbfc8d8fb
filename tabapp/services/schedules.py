"""Schedules as people see and change them: those of the code, and their own."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from statistics import fmean

from tabapp.jobs import scheduler
from tabapp.jobs.due import SET_BACK
from tabapp.jobs.ports import Json
from tabapp.jobs.registry import Registry
from tabapp.jobs.triggers import Every, Trigger
from tabapp.services.round_moments import zone_of
from tabapp.services.schedule_edits import (
    ADD,
    CHANGE,
    DELETE,
    KEEP,
    PAUSE,
    RESET,
    RESUME,
    add_schedule,
    change_schedule,
    delete_schedule,
    pause_schedule,
    reset_schedule,
)
from tabapp.services.schedule_plans import Planned, Timetable, read_plans, read_timetable
from tabapp.services.schedule_words import trigger_in_words
from tabapp.store.schedule_rows import ScheduleState, read_states, read_zones
from tabapp.store.unit import ReadUnit

__all__ = [
    "ADD", "CHANGE", "DELETE", "KEEP", "PAUSE", "RESET", "RESUME", "Fire", "ScheduleRow",
    "add_schedule", "change_schedule", "delete_schedule", "fires", "pause_schedule", "preview",
    "read_schedules", "reset_schedule", "trigger_in_words",
]


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One schedule with what came of it.

    ``name`` is the job's for a schedule of the code, else made from the title. ``tournament`` is
    a row id; None is the whole database, or each active tournament where the job works on one.
    ``problem`` is "" or says why it cannot run: its job is not in this version, its tournament is
    gone, its time cannot be read. ``changed`` tells that a person re-timed what the code has.
    ``mean`` and ``p95`` are seconds of the last runs.
    """

    name: str
    title: str
    job: str
    trigger: Trigger | None
    params: Mapping[str, Json]
    tournament: int | None
    builtin: bool
    paused: bool
    changed: bool
    problem: str
    last_run_at: datetime | None
    last_status: str
    last_error: str
    runs: int
    successes: int
    mean: float | None
    p95: float | None
    next_run_at: datetime | None

    @property
    def success_rate(self) -> float | None:
        """Share of its runs that succeeded, 0..1; None before the first."""
        return self.successes / self.runs if self.runs else None


@dataclass(frozen=True, slots=True)
class Fire:
    """One moment at which a schedule is due."""

    at: datetime
    name: str
    title: str


def read_schedules(unit: ReadUnit, registry: Registry, now: datetime) -> list[ScheduleRow]:
    """Return every schedule: those of the code by title, then custom ones by title."""
    plans = read_plans(unit, registry, scheduler.local_zone())
    states = read_states(unit)
    timetable = read_timetable(unit, (one.trigger for one in plans))
    return [
        _row(one, states.get(one.name) or ScheduleState(), timetable, now) for one in plans]


def _row(one: Planned, state: ScheduleState, timetable: Timetable, now: datetime) -> ScheduleRow:
    seconds = sorted(state.seconds)
    return ScheduleRow(
        name=one.name, title=one.title, job=one.job, trigger=one.trigger, params=one.params,
        tournament=one.tournament, builtin=one.builtin, paused=one.paused, changed=one.changed,
        problem=one.problem, last_run_at=state.last_run_at, last_status=state.last_status,
        last_error=state.last_error, runs=state.runs, successes=state.successes,
        mean=fmean(seconds) if seconds else None,
        p95=seconds[math.ceil(0.95 * len(seconds)) - 1] if seconds else None,
        next_run_at=_next_run(one, state.last_due_at, timetable, now),
    )


def _next_run(
    one: Planned, last: datetime | None, timetable: Timetable, now: datetime
) -> datetime | None:
    if one.paused or one.problem or one.trigger is None:
        return None
    since = now if last is None or last - now > SET_BACK else last
    return scheduler.next_time(
        one.trigger, now, one.zone, timetable.anchors(one.tournament, now), counted_from=since)


def fires(
    unit: ReadUnit, rows: Iterable[ScheduleRow], start: datetime, end: datetime, *, most: int = 500
) -> list[Fire]:
    """Return when those that are not paused are due between two times, in order of time.

    Of each schedule at most ``most`` are named. An interval is counted from its last run.
    """
    live = [one for one in rows if not (one.paused or one.problem)]
    timetable = read_timetable(unit, (one.trigger for one in live))
    zones = read_zones(unit)
    found = [
        Fire(at, one.name, one.title)
        for one in live if one.trigger is not None
        for at in scheduler.times(
            one.trigger, start, end, _zone(zones, one.tournament),
            timetable.anchors(one.tournament, start), most=most, counted_from=_grid(one))
    ]
    return sorted(found, key=lambda one: (one.at, one.title))


def _grid(one: ScheduleRow) -> datetime | None:
    """Return a time from which an interval is counted so that the next run is one of its times."""
    if isinstance(one.trigger, Every) and one.next_run_at is not None:
        return one.next_run_at - timedelta(seconds=one.trigger.seconds)
    return None


def _zone(zones: Mapping[int, str], tournament: int | None) -> tzinfo:
    if tournament is not None and tournament in zones:
        return zone_of(zones[tournament])
    return scheduler.local_zone()


def preview(
    unit: ReadUnit, trigger: Trigger, tournament: int | None, start: datetime, count: int = 5
) -> Sequence[datetime]:
    """Return the next times at which a trigger is due; ``JobValidationError`` for a bad one."""
    scheduler.check_trigger(trigger, start)
    anchors = read_timetable(unit, [trigger]).anchors(tournament, start)
    zone = _zone(read_zones(unit), tournament)
    return scheduler.times(trigger, start, start + scheduler.FARTHEST, zone, anchors, most=count)
