"""Which of the waiting runs starts next. Plain bookkeeping: the queue calls it under its lock."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from tabapp.core.actors import AUTOMATIC
from tabapp.jobs.rates import Rate, Windows
from tabapp.jobs.run import RISE_SECONDS, Run
from tabapp.jobs.spec import DATABASE_LOCK

FAIR_SECONDS = RISE_SECONDS
"""A run that has waited so long for a lock is not overtaken by younger ones that conflict.

While no worker is free for it either it holds nobody up, until it has waited five times as long:
a person's run has a worker of its own and need not wait for those of others.
"""


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a run that could start does not: in words, and until when where that is known."""

    kind: Literal["lock", "rate"]
    words: str
    until: float | None = None


class Backlog:
    """The waiting and the working runs of one queue.

    ``workers`` is how many runs may work at once, all but one of them outside of
    ``high_priority``; None is no limit.
    """

    def __init__(self, workers: int | None) -> None:
        self._workers = workers
        self._waiting: list[Run] = []
        self._working: dict[int, Run] = {}
        self._windows = Windows()
        self._chained = False

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

    def find(self, run_id: int) -> Run | None:
        """Return a run that waits or works."""
        return next((run for run in self if run.record.id == run_id), None)

    def add(self, run: Run, *, not_before: float | None = None, retrying: bool = False) -> None:
        """Let a run wait, at least until ``not_before``; it is not working any more."""
        self._working.pop(run.record.id, None)
        run.taken = False
        run.not_before = not_before
        run.retrying = retrying
        self._chained = self._chained or run.after is not None
        bisect.insort(self._waiting, run, key=lambda other: other.rank)

    def remove(self, run: Run) -> None:
        """Forget a run that ended."""
        self._working.pop(run.record.id, None)
        if run in self._waiting:
            self._waiting.remove(run)

    def followers(self, run: Run) -> list[Run]:
        """Return the runs that wait for the end of this one."""
        if not self._chained:
            return []
        return [other for other in self._waiting if other.after == run.record.id]

    def take(self, now: float) -> tuple[Run | None, list[Run]]:
        """Take the first run that may start, and the runs that newly wait for something else."""
        newly = []
        situation = self._situation(now)
        for run in self._waiting:
            if run.not_before is not None and run.not_before > now:
                continue
            hindrance = self._hindrance(run, situation, now)
            if hindrance is not None:
                if run.told != hindrance.kind:
                    newly.append(run)
                continue
            if self._has_room_for(run):
                self._waiting.remove(run)
                self._start(run, now)
                return run, newly
        return None, newly

    def hindrance(self, run: Run, now: float) -> Hindrance | None:
        """Return why a waiting run does not start, though a worker may be free."""
        return self._hindrance(run, self._situation(now), now)

    def pause(self, now: float) -> float | None:
        """Return the seconds until some waiting run may start by itself; None if none will."""
        times = []
        for run in self._waiting:
            if run.not_before is not None and now < run.not_before:
                times.append(run.not_before)
            elif (rate := _rate_of(run)) is not None:
                times.append(self._windows.free_at(run.record.name, rate) or now)
        soonest = min((time for time in times if now < time < math.inf), default=None)
        return None if soonest is None else soonest - now

    def ready(self, now: float) -> list[Run]:
        """Return the runs that wait for a worker or a lock, not for a time or another run."""
        return [run for run in self._waiting if self._is_ready(run, now)]

    def partner(self, dedup: str, *, only_waiting: bool) -> Run | None:
        """Return the run that an equal one joins.

        Nobody joins a later step of a chain, nor a run that is about to end as cancelled.
        """
        if not dedup:
            return None
        runs = self._waiting if only_waiting else list(self)
        return next((
            run for run in runs
            if run.record.dedup == dedup and run.after is None and not run.control.cancelled
        ), None)

    # --- who may start ---

    def _start(self, run: Run, now: float) -> None:
        rate = _rate_of(run)
        if rate is not None:
            self._windows.start(run.record.name, rate, now)
        run.admitted = run.taken = True
        run.told = ""
        self._working[run.record.id] = run

    def _is_ready(self, run: Run, now: float) -> bool:
        its_time = run.not_before is None or run.not_before <= now
        return its_time and self._rate_hindrance(run, now) is None

    def _situation(self, now: float) -> _Situation:
        aged = (run for run in self._waiting if self._has_a_claim(run, now))
        return _Situation(self._working.values(), aged)

    def _has_a_claim(self, run: Run, now: float) -> bool:
        waited = now - run.entered
        return (
            waited >= FAIR_SECONDS and run.lock_key is not None and self._is_ready(run, now)
            and (waited >= 5 * FAIR_SECONDS or self._has_room_for(run))
        )

    def _hindrance(self, run: Run, situation: _Situation, now: float) -> Hindrance | None:
        other = situation.in_the_way_of(run)
        if other is not None:
            return Hindrance("lock", other.record.title)
        return self._rate_hindrance(run, now)

    def _rate_hindrance(self, run: Run, now: float) -> Hindrance | None:
        rate = _rate_of(run)
        free = None if rate is None else self._windows.free_at(run.record.name, rate)
        if rate is None or free is None or free <= now:
            return None
        return Hindrance("rate", rate.words, free)

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


class _Situation:
    """Who holds which lock, and who has waited so long for one that nobody younger may have it.

    Two locks conflict when they are equal, or one of them is that of the whole database.
    """

    def __init__(self, working: Iterable[Run], aged: Iterable[Run]) -> None:
        self._dedups: dict[str, Run] = {}
        self._locks: dict[str, Run] = {}
        for run in working:
            if run.record.dedup:
                self._dedups[run.record.dedup] = run
            if run.lock_key is not None:
                self._locks[run.lock_key] = run
        self._claims: dict[str, Run] = {}
        for run in aged:
            first = self._claims.get(run.lock_key or "")
            if first is None or _age(run) < _age(first):
                self._claims[run.lock_key or ""] = run

    def in_the_way_of(self, run: Run) -> Run | None:
        """Return the run for which this one waits."""
        if run.record.dedup in self._dedups:
            return self._dedups[run.record.dedup]
        if run.lock_key is None:
            return None
        holder = next(iter(_conflicting(self._locks, run.lock_key)), None)
        if holder is not None or not self._claims:
            return holder
        claims = _conflicting(self._claims, run.lock_key)
        first = min(claims, key=_age, default=run)
        return first if _age(first) < _age(run) else None


def _conflicting(by_lock: dict[str, Run], key: str) -> Iterable[Run]:
    if key == DATABASE_LOCK:
        return by_lock.values()
    return [by_lock[lock] for lock in (key, DATABASE_LOCK) if lock in by_lock]


def _age(run: Run) -> tuple[float, int]:
    return run.entered, run.record.id


def _rate_of(run: Run) -> Rate | None:
    """Return the rate that a run has to keep; None once it has started, or where it is exempt."""
    spec = run.spec
    if run.admitted or spec.limit is None:
        return None
    by_hand = run.record.submitted_by not in AUTOMATIC
    return None if spec.free_by_hand and by_hand else spec.limit
