"""One run in memory: its record, its cancel switch and its place in the queue."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.core.clock import Clock
from tabapp.core.errors import LeaseLost
from tabapp.core.precedence import PEOPLE
from tabapp.jobs.errors import JobCancelled, JobTimedOut
from tabapp.jobs.outcome import JobResult
from tabapp.jobs.ports import LogLine, RunChanges, RunRecord
from tabapp.jobs.progress import Progress
from tabapp.jobs.spec import AnySpec

RISE_SECONDS = 60.0
"""How long a run waits to rise by one priority."""


class RunControl:
    """The switch between a run and those who want to end it. Safe from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancelled = False
        self._committed = False
        self._lost = False
        self._disowned = False
        self._limit: _Limit | None = None

    @property
    def disowned(self) -> bool:
        """Whether another program has taken the run over."""
        return self._disowned

    @property
    def cancellable(self) -> bool:
        """Whether a cancel would still be obeyed."""
        return not self._committed

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked to cancel."""
        return self._cancelled

    def cancel(self) -> bool:
        """Ask the run to end; False once it has passed its commit point."""
        with self._lock:
            if self._committed:
                return False
            self._cancelled = True
            return True

    def commit(self) -> None:
        """Pass the commit point, or raise ``JobCancelled`` when a cancel came first."""
        with self._lock:
            if self._cancelled and not self._committed:
                raise JobCancelled
            self._committed = True

    def lose_lease(self) -> None:
        """Tell the run that its lock belongs to another program now."""
        self._lost = True

    def disown(self) -> None:
        """Tell the run that another program looks after it now, for good."""
        self._disowned = True

    def reopen(self) -> None:
        """Begin another try: it can be cancelled and holds its lease again."""
        with self._lock:
            self._committed = False
        self._lost = False

    def allow_cancel(self) -> None:
        """Let the run be cancelled again, between two batches that are whole."""
        with self._lock:
            self._committed = False

    def limit(self, clock: Clock, title: str, seconds: float | None) -> None:
        """Begin an attempt that may take ``seconds``; None is no limit."""
        self._limit = (
            None if seconds is None else _Limit(clock, title, seconds, clock.monotonic() + seconds)
        )

    def check(self) -> None:
        """Raise when it was cancelled, lost its lease or took too long; else let people pass."""
        if self._lost or self._disowned:
            raise LeaseLost
        if self._committed:
            return
        if self._cancelled:
            raise JobCancelled
        if self._limit is not None:
            self._limit.check()
        PEOPLE.give_way()

    def begin_step(self, name: str) -> None:  # noqa: ARG002 - tests interrupt a step by its name
        """Check at the start of a step."""
        self.check()


@dataclass(frozen=True, slots=True)
class _Limit:
    clock: Clock
    title: str
    seconds: float
    ends: float

    def check(self) -> None:
        if self.clock.monotonic() > self.ends:
            raise JobTimedOut("job_took_too_long", title=self.title, seconds=f"{self.seconds:g}")


@dataclass(eq=False)
class Run:
    """A run that the queue looks after.

    ``record`` and ``unwritten``, the changes that are not stored yet, change only through
    ``History`` under ``mutex``, which is never held while the database is written; ``writing``
    is held then, so that changes are stored in the order in which they were made. ``taken``,
    ``not_before``, ``retrying``, ``evicted`` (cancelled by the closing program), ``admitted``
    (counted in its rate), ``told`` (what kind of hindrance people know of), ``chained`` (a step of
    a chain) and ``after`` (the step before, while it waits for that) belong to the pool, under its
    lock. A run that is not ``stored`` has no row until it becomes ``noteworthy``; ``lines`` are
    its log until then. Times are monotonic seconds.
    """

    spec: AnySpec
    values: Mapping[str, Any]
    record: RunRecord
    entered: float
    not_before: float | None = None
    retrying: bool = False
    taken: bool = False
    evicted: bool = False
    admitted: bool = False
    told: str = ""
    chained: bool = False
    after: int | None = None
    stored: bool = True
    noteworthy: bool = False
    fingerprint: str = ""
    worked: float = 0.0
    last_fault: tuple[str, str, int] | None = None
    result: JobResult | None = None

    def __post_init__(self) -> None:
        self.mutex = threading.Lock()
        self.writing = threading.Lock()
        self.unwritten: RunChanges = {}
        self.lines: list[LogLine] = []
        self.control = RunControl()
        self.done = threading.Event()
        self.progress = Progress()
        self.lock_key = self.spec.lock_key(self.record.tournament)

    @property
    def rank(self) -> tuple[float, int]:
        """Place in the queue, smallest first: every minute of waiting is worth one priority."""
        return (self.entered + self.record.priority * RISE_SECONDS, self.record.id)
