"""What the clock remembers of its schedules: last times, runs that are open, how they ended."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from tabapp.core.errors import TransientError
from tabapp.jobs.events import JobFinished
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult
from tabapp.store.database import Database
from tabapp.store.schedule_rows import Outcome, store_states

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Started:
    """A run that a schedule started."""

    name: str
    tournament: int | None
    at: datetime


class Book:
    """Gathers what is to be stored, and stores it in one go. Any thread may call it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._storing = threading.Lock()
        self._open: dict[int, list[Started]] = {}
        self._early: dict[int, JobResult] = {}
        self._submitting = 0
        self._last: dict[str, datetime] = {}
        self._outcomes: list[Outcome] = []
        self.skipped: Counter[str] = Counter()

    # --- runs ---

    def submit(self, started: Started, submit: Callable[[], JobHandle]) -> JobHandle:
        """Submit a run and remember whose it is, also where it ends before we know its id."""
        with self._gathering():
            handle = submit()
            with self._lock:
                self._open.setdefault(handle.id, []).append(started)
                early = self._early.pop(handle.id, None)
            if early is not None:
                self.finish(handle.id, early)
        return handle

    def on_finished(self, event: JobFinished) -> None:
        """Hear that a run has ended, of a schedule or not."""
        self.finish(event.run_id, event.result)

    def finish(self, run_id: int, result: JobResult) -> None:
        """Note how a run ended, if a schedule started it."""
        with self._lock:
            if self._submitting and run_id not in self._open:
                self._early[run_id] = result
        error = result.error.message if result.error else ""
        self.close(run_id, result.status, error, result.seconds)

    def close(self, run_id: int, status: str, error: str, seconds: float) -> None:
        """Note how a run of a schedule ended, wherever it ran; others are passed over."""
        with self._lock:
            self._outcomes += [
                Outcome(one.name, one.at, status, error, seconds)
                for one in self._open.pop(run_id, ())
            ]

    def refuse(self, started: Started, message: str) -> None:
        """Note a run that could not even be submitted."""
        with self._lock:
            self._outcomes.append(Outcome(started.name, started.at, "failed", message, 0.0))

    def open_runs(self) -> dict[int, list[Started]]:
        """Return the runs that have not ended, as far as this program knows."""
        with self._lock:
            return {run_id: list(found) for run_id, found in self._open.items()}

    @contextmanager
    def _gathering(self) -> Iterator[None]:
        with self._lock:
            self._submitting += 1
        try:
            yield
        finally:
            with self._lock:
                self._submitting -= 1
                if not self._submitting:
                    self._early.clear()

    # --- times ---

    def last(self, stored: Mapping[str, datetime]) -> dict[str, datetime]:
        """Return the last times as stored, with those that are still to be stored."""
        with self._lock:
            return {**stored, **self._last}

    def move(self, last: Mapping[str, datetime]) -> None:
        """Note new last times."""
        with self._lock:
            self._last.update(last)

    # --- storing ---

    def store(self) -> frozenset[str]:
        """Store all of it; return the schedules of which runs have ended.

        What a busy database refuses is kept for the next time.
        """
        with self._storing:
            with self._lock:
                last, self._last = self._last, {}
                outcomes, self._outcomes = self._outcomes, []
            stored = False
            try:
                store_states(self._database, last, outcomes)
                stored = True
            except TransientError as error:
                log.info("what came of schedules could not be stored: %s", error)
            finally:
                if not stored:
                    with self._lock:
                        self._last = {**last, **self._last}
                        self._outcomes = outcomes + self._outcomes
        return frozenset(one.name for one in outcomes) if stored else frozenset()
