"""Which of the waiting runs starts next. Plain bookkeeping: the queue calls it under its lock."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterator

from tabapp.jobs.run import Run

DATABASE_LOCK = "database"


class Backlog:
    """The waiting and the working runs of one queue.

    ``workers`` is how many runs may work at once, all but one of them outside of
    ``high_priority``; None is no limit.
    """

    def __init__(self, workers: int | None) -> None:
        self._workers = workers
        self._waiting: list[Run] = []
        self._working: dict[int, Run] = {}

    def __iter__(self) -> Iterator[Run]:
        yield from self._waiting
        yield from self._working.values()

    @property
    def waiting(self) -> tuple[Run, ...]:
        """The waiting runs in the order in which they would start."""
        return tuple(self._waiting)

    @property
    def working(self) -> tuple[Run, ...]:
        """The runs that a worker has taken."""
        return tuple(self._working.values())

    def add(self, run: Run, *, not_before: float | None = None, retrying: bool = False) -> None:
        """Let a run wait, at least until ``not_before``; it is not working any more."""
        self._working.pop(run.record.id, None)
        run.taken = False
        run.not_before = not_before
        run.retrying = retrying
        bisect.insort(self._waiting, run, key=lambda other: other.rank)

    def remove(self, run: Run) -> None:
        """Forget a run that ended."""
        self._working.pop(run.record.id, None)
        if run in self._waiting:
            self._waiting.remove(run)

    def take(self, now: float) -> tuple[Run | None, list[Run]]:
        """Take the first run that may start, and the runs newly found waiting for a lock."""
        blocked = []
        for run in self._waiting:
            if run.not_before is not None and run.not_before > now:
                continue
            if self.holder_for(run) is not None:
                if run.record.state == "queued":
                    blocked.append(run)
                continue
            if self._has_room_for(run):
                self._waiting.remove(run)
                self._working[run.record.id] = run
                run.taken = True
                return run, blocked
        return None, blocked

    def pause(self, now: float) -> float | None:
        """Return the seconds until some waiting run may start by itself; None if none will."""
        times = [
            run.not_before
            for run in self._waiting
            if run.not_before is not None and now < run.not_before < math.inf
        ]
        return min(times) - now if times else None

    def partner(self, dedup: str, *, only_waiting: bool) -> Run | None:
        """Return the run that an equal one joins."""
        if not dedup:
            return None
        runs = self._waiting if only_waiting else list(self)
        return next((run for run in runs if run.record.dedup == dedup), None)

    def holder_for(self, run: Run) -> Run | None:
        """Return the working run that holds what ``run`` needs: its lock, or its dedup key."""
        for other in self._working.values():
            if run.record.dedup and run.record.dedup == other.record.dedup:
                return other
            if run.lock_key is None or other.lock_key is None:
                continue
            if run.lock_key == other.lock_key or DATABASE_LOCK in (run.lock_key, other.lock_key):
                return other
        return None

    def _has_room_for(self, run: Run) -> bool:
        working = self._working.values()
        if run.spec.heavy and any(other.spec.heavy for other in working):
            return False
        if self._workers is None:
            return True
        if run.record.queue == "high_priority":
            return len(working) < self._workers
        ordinary = sum(other.record.queue != "high_priority" for other in working)
        return len(working) < self._workers and ordinary < self._workers - 1
