"""Runs one attempt of a run: its lock, its context, the retries at once, and the verdict."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic

from tabapp.core.clock import Clock
from tabapp.core.errors import LeaseLost
from tabapp.core.events import EventBus
from tabapp.core.precedence import PEOPLE
from tabapp.core.revisions import LeaseToken
from tabapp.jobs.batches import BatchBook
from tabapp.jobs.context import Identity, JobContext, Outbox
from tabapp.jobs.errors import (
    RETRIED_AT_ONCE,
    AlreadyKnown,
    CircuitOpen,
    JobCancelled,
    JobError,
    describe,
    is_fault,
    is_never_retried,
    place_of,
)
from tabapp.jobs.history import History
from tabapp.jobs.leases import Keeper
from tabapp.jobs.outcome import Status, as_json_value, digest_of
from tabapp.jobs.policies import delay_before_retry, forgives_repeats
from tabapp.jobs.ports import Json, R, UnitSource, W
from tabapp.jobs.progress import Reporter, Sinks, Throttle
from tabapp.jobs.requests import Request
from tabapp.jobs.resources import Resources
from tabapp.jobs.run import Run
from tabapp.jobs.spec import AnySpec

log = logging.getLogger(__name__)

TRIES_AT_ONCE = 5
LOOK_AGAIN_SECONDS = 0.5

ELSEWHERE = "another program"
"""What a run waits for whose lock is held where this queue cannot see."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The run has come to its end."""

    status: Status
    value: Json = None
    error: JobError | None = None
    stats: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Again:
    """The run waits ``delay`` seconds: for a retry after ``error``, or, without, for ``what``.

    Where ``undo_attempt`` is set, the attempt does not count.
    """

    delay: float
    error: JobError | None = None
    what: str = ELSEWHERE
    undo_attempt: bool = False


Verdict = Ended | Again
Attempt = Callable[[Run], Verdict]


@dataclass(frozen=True, slots=True)
class Mail:
    """How follow-up work gets into the queue."""

    prepare: Callable[[AnySpec | str, int | None, dict[str, object], str], Request]
    submit: Callable[[Request], None]


class Runner(Generic[R, W]):
    """Gives a job its context and judges how it ended. One for all workers of a queue."""

    def __init__(
        self,
        units: UnitSource[R, W] | None,
        history: History,
        keeper: Keeper,
        *,
        bus: EventBus,
        clock: Clock,
        rng: random.Random,
        mail: Mail,
        resources: Resources,
    ) -> None:
        self._units = units
        self._history = history
        self._keeper = keeper
        self._bus = bus
        self._clock = clock
        self._rng = rng
        self._mail = mail
        self._resources = resources

    def run(self, run: Run) -> Verdict:
        """Take the run's lock and make one attempt, in this thread.

        A ``KeyboardInterrupt`` is a cancel; the queue passes it on once all is tidy.
        """
        if run.control.cancelled:
            return Ended("cancelled")
        token = None
        if run.lock_key is not None:
            token = self._keeper.take(run.lock_key, run.control)
            if token is None:
                return Again(LOOK_AGAIN_SECONDS)
        held = _Held(token)
        run.control.limit(self._clock, run.record.title, run.spec.timeout)
        began = self._clock.monotonic()
        try:
            self._start(run, token)
            return self._tries(run, held)
        finally:
            run.worked += self._clock.monotonic() - began
            if held.token is not None:
                self._keeper.give_back(held.token)

    def _start(self, run: Run, token: LeaseToken | None) -> None:
        now = self._clock.now()
        self._history.change(
            run,
            state="running",
            attempts=run.record.attempts + 1,
            next_at=None,
            waiting_for="",
            started_at=run.record.started_at or now,
            epoch=token.epoch if token else None,
            error_code=None,
            error_message=None,
            error_details=None,
        )
        self._history.announce_started(run)

    def _tries(self, run: Run, held: _Held) -> Verdict:
        error: BaseException
        for _ in range(1 + TRIES_AT_ONCE):
            run.control.reopen()
            try:
                return self._once(run, held.token)
            except RETRIED_AT_ONCE as passing:
                error = passing
                if run.control.disowned:
                    return Ended("failed", error=describe(passing, run.record.title))
                if isinstance(passing, LeaseLost) and not self._take_again(run, held):
                    return Again(LOOK_AGAIN_SECONDS)
            except KeyboardInterrupt:
                raise
            except BaseException as other:  # noqa: BLE001 - the last line of a worker
                return self._judge(run, other)
        return self._judge(run, error)

    def _once(self, run: Run, token: LeaseToken | None) -> Ended:
        record = run.record
        by = record.submitted_by
        sinks = Sinks(
            progressed=lambda progress: self._history.announce_progress(run, progress),
            logged=lambda line: self._history.announce_line(run, line),
            store=lambda progress, lines: self._history.store_progress(run, progress, lines),
        )
        reporter = Reporter(self._clock, sinks, Throttle())
        outbox = Outbox(
            lambda job, tournament, params: self._mail.prepare(job, tournament, params, by),
            self._bus.publish,
            self._mail.submit,
        )
        context = JobContext(
            Identity(
                record.id, record.name, record.title, record.tournament, by, record.attempts,
                token, run.spec.lock,
            ),
            units=self._units if run.spec.database else None,
            clock=self._clock,
            control=run.control,
            reporter=reporter,
            outbox=outbox,
            resources=self._resources,
            batches=BatchBook(
                record.batches, lambda done: self._history.change(run, batches=done)),
            recall=(lambda value: self._recall(run, value)) if run.spec.pure else None,
        )
        try:
            with PEOPLE.behind():
                value = run.spec.function(context, **run.values)
            outbox.deliver()
        except AlreadyKnown as known:
            context.log.info("the stored result was taken")
            return Ended("success", known.value, stats=dict(known.stats))
        finally:
            reporter.flush()
        return Ended("success", as_json_value(value), stats=dict(context.stats))

    def _recall(self, run: Run, value: object) -> None:
        """Leave a pure job whose result is stored; else remember by what it will be found."""
        record = run.record
        key = digest_of(
            [record.name, run.spec.version, record.tournament, record.params, value])
        known = self._history.runs.succeeded(record.name, key)
        if known is not None:
            raise AlreadyKnown(known.value, known.stats)
        run.fingerprint = key

    def _take_again(self, run: Run, held: _Held) -> bool:
        if run.lock_key is None:
            return False
        held.token = self._keeper.take(run.lock_key, run.control)
        return held.token is not None

    def _judge(self, run: Run, error: BaseException) -> Verdict:
        record = run.record
        if isinstance(error, JobCancelled):
            return Ended("cancelled")
        if isinstance(error, CircuitOpen):
            wait = (error.next_probe - self._clock.now()).total_seconds()
            return Again(max(wait, LOOK_AGAIN_SECONDS), what=error.reason, undo_attempt=True)
        described = describe(error, record.title)
        fault = is_fault(error)
        if fault:
            log.error("run %d (%s) failed", record.id, record.name, exc_info=error)
        if is_never_retried(error):
            return Ended("failed", error=described)
        if fault:
            place = place_of(error)
            if place == run.last_fault and not forgives_repeats(run.spec.retry):
                return Ended("failed", error=described)
            run.last_fault = place
        delay = delay_before_retry(run.spec.retry, record.attempts, error, self._rng)
        if delay is None:
            return Ended("failed", error=described)
        return Again(delay, described)


@dataclass(slots=True)
class _Held:
    token: LeaseToken | None
