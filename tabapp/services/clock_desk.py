"""What is due of a database's schedules, and its runs handed to the queue."""

from __future__ import annotations

import logging
import secrets
from datetime import datetime, tzinfo

from tabapp.core.actors import CLOCK
from tabapp.core.errors import TransientError, UserError
from tabapp.jobs import scheduler
from tabapp.jobs.due import Due, Plan, due
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.queue import JobQueue
from tabapp.services.clock_book import Book, Started
from tabapp.services.schedule_plans import (
    Planned,
    Target,
    Timetable,
    filled,
    find_plan,
    read_plans,
    read_timetable,
    targets,
)
from tabapp.store.database import Database
from tabapp.store.schedule_rows import ended_runs, open_runs, read_states, topics_moved
from tabapp.store.unit import ReadUnit, WriteUnit

log = logging.getLogger(__name__)

SEEDS = 2**48
"""Seeds that the clock chooses are below it, short enough to be read out."""

TOPICS = frozenset({"schedule", "rounds", "settings"})
"""What moves the times of schedules when it changes."""


class Desk:
    """Knows the schedules and submits their runs. ``look`` is called by one thread at a time."""

    def __init__(
        self, database: Database, queue: JobQueue[ReadUnit, WriteUnit], book: Book,
        zone: tzinfo | None,
    ) -> None:
        self._database, self._queue, self._book, self._zone = database, queue, book, zone
        self._stale = True
        self._seen = -1
        self._plans: list[Planned] = []
        self._timetable = Timetable()
        self._last: dict[str, datetime] = {}

    def reload(self) -> None:
        """Read the schedules anew at the next look, as after a change or a take-over."""
        self._stale = True

    def look(self, now: datetime) -> datetime | None:
        """Submit what is due; return when something will be due next, None if nobody knows."""
        self._refresh()
        found = due(self._as_plans(now), self._last, now)
        moved = dict(found.begun)
        if found.due:
            by_name = {one.name: one for one in self._plans}
            busy = self._busy()
            for one in found.due:
                if one.paused or self._submit(by_name[one.name], one, now, busy):
                    moved[one.name] = one.last
        self._last.update(moved)
        self._book.move(moved)
        return found.next_at

    def run_now(self, name: str, now: datetime, submitted_by: str) -> list[JobHandle]:
        """Submit the runs of one schedule, or return those of it that have not ended."""
        with self._database.read() as unit:
            plan = find_plan(read_plans(unit, self._queue.registry, self._here()), name)
            if plan.problem:
                raise UserError("schedule_cannot_run", title=plan.title, problem=plan.problem)
            wanted = targets(unit, plan)
        started = self._book.open_runs()
        going = [
            handle for handle in self._queue.active()
            if any(one.name == name for one in started.get(handle.id, ()))]
        return going or [self._start(plan, target, now, submitted_by) for target in wanted]

    def _here(self) -> tzinfo:
        if self._zone is None:
            self._zone = scheduler.local_zone()
        return self._zone

    def _as_plans(self, now: datetime) -> list[Plan]:
        return [
            self._timetable.plan(one, one.trigger, now) for one in self._plans
            if one.trigger is not None and not one.problem]

    def _refresh(self) -> None:
        """Read the schedules where they, the rounds or the settings have changed."""
        with self._database.read() as unit:
            seen = topics_moved(unit, TOPICS)
            if seen == self._seen and not self._stale:
                return
            self._stale = False
            self._plans = read_plans(unit, self._queue.registry, self._here())
            self._timetable = read_timetable(unit, (one.trigger for one in self._plans))
            stored = {
                name: state.last_due_at for name, state in read_states(unit).items()
                if state.last_due_at is not None}
        self._last = self._book.last(stored)
        self._seen = seen

    def _busy(self) -> set[tuple[str, int | None]]:
        """Return schedule and tournament of runs that wait or work.

        Of runs that another program started, or this one before it was closed, only the job is
        known. Runs of queues that are not worked on here end in another program.
        """
        ours = self._book.open_runs()
        active = {handle.id for handle in self._queue.active()}
        with self._database.read() as unit:
            stored = {run_id: (job, owner) for run_id, job, owner in open_runs(unit, CLOCK)}
            ended = ended_runs(unit, ours.keys() - active - stored.keys())
        for run_id, run in ended.items():
            self._book.close(run_id, *run)
        found = {
            (one.name, one.tournament)
            for run_id, started in ours.items() if run_id in active or run_id in stored
            for one in started}
        others = {run for run_id, run in stored.items() if run_id not in ours}
        return found | {
            (one.name, tournament) for one in self._plans for job, tournament in others
            if one.job == job}

    def _submit(
        self, plan: Planned, one: Due, now: datetime, busy: set[tuple[str, int | None]]
    ) -> bool:
        """Start the runs of a schedule; False where it is to be tried again at the next look."""
        with self._database.read() as unit:
            wanted = targets(unit, plan, one.moments)
        for target in wanted:
            if (plan.name, target.tournament) in busy:
                self._book.skipped[plan.name] += 1
                log.info("%s is passed over: its last run has not ended", plan.name)
                continue
            try:
                self._start(plan, target, now, CLOCK)
            except TransientError as error:
                log.info("%s could not be started yet: %s", plan.name, error)
                return False
            except UserError as error:
                log.warning("%s could not be started: %s", plan.name, error)
                self._book.refuse(Started(plan.name, target.tournament, now), error.message)
        return True

    def _start(
        self, plan: Planned, target: Target, now: datetime, submitted_by: str
    ) -> JobHandle:
        spec = plan.spec
        assert spec is not None  # a plan without one has a problem
        values = spec.parameters.load(filled(
            spec, plan.params, plan.trigger, target, secrets.randbelow(SEEDS)))
        return self._book.submit(
            Started(plan.name, target.tournament, now),
            lambda: self._queue.submit(
                spec, tournament=target.tournament, submitted_by=submitted_by, **values))
