"""Keeps the stored history and the event bus in step with the runs in memory."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar, Unpack

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

    def open(self, request: Request, *, parked: bool = False) -> Run:
        """Store a new run; ``parked`` leaves it to the next program that starts."""
        spec = request.spec
        record = self.runs.create(RunRecord(
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
        ))
        return Run(spec, request.values, record, self._clock.monotonic())

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

    def waits_for_lock(self, run: Run, waiting_for: str) -> None:
        """Say that a run waits for its lock, unless it has moved on since."""
        with run.mutex:
            if run.taken or run.record.state != "queued":
                return
            self._remember(run, {"state": "waiting", "waiting_for": waiting_for})
        self._write(run)
        self.announce_waiting(run)

    def store_progress(self, run: Run, progress: Progress, lines: list[LogLine]) -> None:
        """Store how far a run is, and its new log lines."""
        run.progress = progress
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
        self.change(
            run,
            state=status,
            next_at=None,
            waiting_for="",
            finished_at=self._clock.now(),
            progress=1.0 if status == "success" else record.progress,
            seconds=run.worked,
            value=value,
            stats=result.stats,
            error_code=error.code if error else None,
            error_message=error.message if error else None,
            error_details=error.details if error else None,
        )
        return result

    # --- events ---

    def announce_queued(self, run: Run) -> None:
        record = run.record
        self._bus.publish(events.JobQueued(*_about(record), queue=record.queue))

    def announce_waiting(self, run: Run) -> None:
        record = run.record
        self._bus.publish(events.JobWaited(*_about(record), waiting_for=record.waiting_for))

    def announce_started(self, run: Run) -> None:
        self._bus.publish(events.JobStarted(*_about(run.record), attempt=run.record.attempts))

    def announce_progress(self, run: Run, progress: Progress) -> None:
        run.progress = progress
        self._bus.publish(events.JobProgressed(*_about(run.record), progress=progress))

    def announce_line(self, run: Run, line: LogLine) -> None:
        self._bus.publish(events.JobLogged(*_about(run.record), line=line))

    def announce_retry(self, run: Run, error: JobError) -> None:
        record = run.record
        self._bus.publish(events.JobRetried(
            *_about(record), attempt=record.attempts, error=error,
            next_at=record.next_at or self._clock.now(),
        ))

    def announce_interrupted(self, record: RunRecord, *, queued_again: bool) -> None:
        self._bus.publish(events.JobInterrupted(*_about(record), queued_again=queued_again))

    def announce_finished(self, run: Run, result: JobResult) -> None:
        self._bus.publish(events.JobFinished(*_about(run.record), result=result))

    # --- how it is written ---

    def _remember(self, run: Run, changes: RunChanges) -> None:
        """Change a run in memory, under its mutex."""
        run.record = replace(run.record, **changes)
        run.unwritten.update(changes)

    def _write(self, run: Run) -> bool:
        """Store the changes of a run, its mutex free; False when a busy database refuses."""
        with run.writing:
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


