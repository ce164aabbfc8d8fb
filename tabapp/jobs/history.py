"""Keeps the stored history and the event bus in step with the runs in memory."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, Unpack, cast

from tabapp.core.actors import CLOCK
from tabapp.core.clock import Clock
from tabapp.core.errors import TransientError
from tabapp.core.events import EventBus
from tabapp.jobs import events
from tabapp.jobs.errors import JobError
from tabapp.jobs.outcome import JobResult, Status
from tabapp.jobs.ports import (
    Json,
    LogLine,
    OwnerId,
    RunChanges,
    RunLog,
    RunRecord,
)
from tabapp.jobs.progress import Progress
from tabapp.jobs.requests import Request
from tabapp.jobs.run import Run
from tabapp.jobs.spec import QUEUES

log = logging.getLogger(__name__)

TRIES = 5
PATIENCE_SECONDS = 2.0
"""A refusal that took longer has waited for the database itself: it is not asked again at once."""

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")


class History:
    """Writes what happens to runs. All but ``open`` go on when the database refuses.

    A run's work counts and not its history: a line that cannot be written is logged instead.
    What a busy database refuses of a run's row goes with the next change, or with ``settle``.
    """

    def __init__(self, runs: RunLog, bus: EventBus, clock: Clock, owner: OwnerId) -> None:
        self.runs = runs
        self._bus = bus
        self._clock = clock
        self._owner = owner
        self._lock = threading.Lock()
        self._owing: set[Run] = set()

    def open(
        self, request: Request, *, parked: bool = False, after: RunRecord | None = None
    ) -> Run:
        """Store a new run; ``parked`` leaves it to another program, ``after`` is the step before.

        What the clock submits of a quiet job only gets an id, and a row once it has one to tell of.
        """
        spec = request.spec
        quiet = spec.quiet and request.submitted_by == CLOCK and not parked and after is None
        record = RunRecord(
            id=self.runs.reserve() if quiet else 0,
            name=spec.name,
            title=request.title,
            queue=spec.queue,
            priority=QUEUES[spec.queue],
            labels=spec.labels,
            tournament=request.tournament,
            params=request.params,
            dedup=request.dedup,
            submitted_by=request.submitted_by,
            submitted_at=self._clock.now(),
            idempotent=spec.idempotent,
            owner=None if parked else self._owner,
            state="queued" if after is None else "waiting",
            parent=None if after is None else after.id,
            waiting_for="" if after is None else after.title,
        )
        if not quiet:
            record = self.runs.create(record)
        return Run(spec, request.values, record, self._clock.monotonic(), stored=not quiet)

    def change(self, run: Run, **changes: Unpack[RunChanges]) -> None:
        """Change a run in memory and in the database.

        When another program has taken the run over, the run is told to stop.
        """
        with run.mutex:
            self._remember(run, changes)
        self._write(run)

    def settle(self) -> None:
        """Write what a busy database refused before."""
        with self._lock:
            owing = list(self._owing)
        for run in owing:
            if not self._write(run):
                return

    def waits(self, run: Run, waiting_for: str) -> None:
        """Say what a run waits for, unless it has moved on since or people know."""
        with run.mutex:
            known = run.record.state == "waiting" and run.record.waiting_for == waiting_for
            if run.taken or known or run.record.state not in ("queued", "waiting"):
                return
            self._remember(run, {"state": "waiting", "waiting_for": waiting_for})
        self._write(run)
        self.announce_waiting(run)

    def store_progress(self, run: Run, progress: Progress, lines: list[LogLine]) -> None:
        """Store how far a run is, and its new log lines."""
        run.progress = progress
        with run.mutex:
            told = any(line.level in ("warning", "error") for line in lines)
            run.noteworthy = run.noteworthy or told
            if not run.stored:
                run.lines += lines
                lines = []
        self.change(run, progress=progress.fraction, message=progress.message)
        if lines:
            self._attempt(lambda: self.runs.append(run.record.id, lines), None, None)

    def finish(
        self, run: Run, status: Status, *, value: Json = None, error: JobError | None = None,
        stats: dict[str, int] | None = None,
    ) -> JobResult:
        """Store the end of a run and return its result; nobody is told yet.

        A run that is given up while it waits for a retry keeps what it failed with.
        """
        record = run.record
        if error is None and status == "cancelled" and record.error_code is not None:
            error = JobError(record.error_code, record.error_message or "", record.error_details)
        result = JobResult(
            record.id, record.name, status, value, stats or {}, run.worked, record.attempts, error
        )
        changes: RunChanges = {
            "state": status,
            "next_at": None,
            "waiting_for": "",
            "finished_at": self._clock.now(),
            "progress": 1.0 if status == "success" else record.progress,
            "seconds": run.worked,
            "value": value,
            "stats": result.stats,
            "error_code": error.code if error else None,
            "error_message": error.message if error else None,
            "error_details": error.details if error else None,
        }
        if run.fingerprint and status == "success":
            changes["fingerprint"] = run.fingerprint
        self.change(run, **changes)
        return result

    # --- events ---

    def announce_queued(self, run: Run) -> None:
        record = run.record
        self._tell(run, events.JobQueued(*_about(record), queue=record.queue))

    def announce_waiting(self, run: Run) -> None:
        record = run.record
        self._tell(run, events.JobWaited(*_about(record), waiting_for=record.waiting_for))

    def announce_started(self, run: Run) -> None:
        self._tell(run, events.JobStarted(*_about(run.record), attempt=run.record.attempts))

    def announce_progress(self, run: Run, progress: Progress) -> None:
        run.progress = progress
        self._tell(run, events.JobProgressed(*_about(run.record), progress=progress))

    def announce_line(self, run: Run, line: LogLine) -> None:
        self._tell(run, events.JobLogged(*_about(run.record), line=line))

    def announce_retry(self, run: Run, error: JobError) -> None:
        record = run.record
        self._bus.publish(events.JobRetried(
            *_about(record), attempt=record.attempts, error=error,
            next_at=record.next_at or self._clock.now(),
        ))

    def announce_interrupted(self, record: RunRecord, *, queued_again: bool) -> None:
        self._bus.publish(events.JobInterrupted(*_about(record), queued_again=queued_again))

    def announce_left(self, record: RunRecord, error: JobError) -> None:
        """Tell of the end of a run that another program left behind."""
        result = JobResult(
            record.id, record.name, "cancelled", None, record.stats, record.seconds,
            record.attempts, error)
        self._bus.publish(events.JobFinished(*_about(record), result=result))

    def announce_finished(self, run: Run, result: JobResult) -> None:
        self._bus.publish(events.JobFinished(*_about(run.record), result=result))

    def _tell(self, run: Run, event: events.JobEvent) -> None:
        """Publish what matters only of a run that people can see in the history."""
        if run.stored:
            self._bus.publish(event)

    # --- how it is written ---

    def _remember(self, run: Run, changes: RunChanges) -> None:
        """Change a run in memory, under its mutex."""
        known = run.record
        run.record = replace(known, **changes)
        moved = {name: value for name, value in changes.items() if getattr(known, name) != value}
        run.unwritten.update(cast(RunChanges, moved))
        if changes.get("error_code") or changes.get("stats") or changes.get("batches"):
            run.noteworthy = True

    def _write_first(self, run: Run) -> bool:
        """Store a run that has no row yet, if it is worth one."""
        with run.mutex:
            run.unwritten = {}
            record = run.record
            if not run.noteworthy:
                return True
        stored = self._attempt(lambda: self.runs.create(record), None, False)
        with self._lock:
            (self._owing.add if stored is None else self._owing.discard)(run)
        if stored:
            with run.mutex:
                run.stored = True
                lines, run.lines = run.lines, []
            self._attempt(lambda: self.runs.append(record.id, lines), None, None)
        return stored is not None

    def _write(self, run: Run) -> bool:
        """Store the changes of a run, its mutex free; False when a busy database refuses."""
        with run.writing:
            if not run.stored:
                return self._write_first(run)
            with run.mutex:
                changes, run.unwritten = run.unwritten, {}
            if not changes:
                return True
            ours = self._attempt(
                lambda: self.runs.update(run.record.id, changes, if_owner=self._owner), None, True
            )
            if ours is None:
                with run.mutex:
                    run.unwritten = {**changes, **run.unwritten}
            with self._lock:
                if ours is None:
                    self._owing.add(run)
                else:
                    self._owing.discard(run)
        if ours is False:
            log.warning("run %s was taken over by another program", run.record.id)
            run.control.disown()
        return ours is not None

    def _attempt(self, write: Callable[[], A], busy: B, broken: C) -> A | B | C:
        """Return what ``write`` returns, else ``busy``, or ``broken`` when no try can help."""
        began = self._clock.monotonic()
        for _ in range(TRIES):
            try:
                return write()
            except TransientError as error:
                log.info("the history of jobs could not be written: %s", error)
            except Exception:
                # A full disk must not leave a run without an end, nor a worker dead.
                log.exception("the history of jobs could not be written")
                return broken
            if self._clock.monotonic() - began > PATIENCE_SECONDS:
                break
        log.error("the history of jobs could not be written, the database is busy")
        return busy


def _about(record: RunRecord) -> tuple[int, str, str, int | None]:
    return record.id, record.name, record.title, record.tournament


