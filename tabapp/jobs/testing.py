"""Runs one attempt of a job in the calling thread and records what it does; for tests."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Generic

from tabapp.core.clock import Clock, ManualClock
from tabapp.core.events import Event
from tabapp.core.revisions import LeaseToken
from tabapp.jobs.batches import BatchBook
from tabapp.jobs.context import Identity, JobContext, Outbox
from tabapp.jobs.ports import LogLevel, LogLine, R, UnitSource, W
from tabapp.jobs.progress import Progress, Reporter, Sinks
from tabapp.jobs.registry import Registry
from tabapp.jobs.requests import Request, prepare
from tabapp.jobs.resources import Resources
from tabapp.jobs.run import RunControl
from tabapp.jobs.spec import AnySpec


class JobTestContext(Generic[R, W]):
    """Runs jobs on a given source of units, without queue, lock or retries.

    A job's *points* are where it looks for a cancel: starts of steps, ``advance``, ``progress``,
    ``tick``, ``read``, ``write`` and its end, ``commit_point``, and each batch. After a run
    ``points`` is their number, so that a test can cancel or fail it at each of them. ``events`` and
    ``follow_ups`` hold what left the job, thus nothing of one that failed before it committed.
    ``batches`` are those that are done; after a run that did not end well the next one skips them,
    as a retry does. ``fingerprints`` are what a pure job named.
    """

    def __init__(
        self,
        units: UnitSource[R, W] | None = None,
        *,
        tournament: int | None = None,
        registry: Registry | None = None,
        clock: Clock | None = None,
        submitted_by: str = "test",
        lease: LeaseToken | None = None,
        resources: Resources | None = None,
    ) -> None:
        self.steps: list[str] = []
        self.logs: list[LogLine] = []
        self.progress: list[Progress] = []
        self.events: list[Event] = []
        self.follow_ups: list[Request] = []
        self.stats: dict[str, int] = {}
        self.fingerprints: list[object] = []
        self.batches: dict[str, int] = {}
        self._resumes = False
        self.points = 0
        self._units = units
        self._tournament = tournament
        self._registry = registry or Registry()
        self._clock = clock or ManualClock()
        self._submitted_by = submitted_by
        self._lease = lease
        self._resources = resources or Resources()
        self._interruptions: dict[str | int, BaseException | None] = {}

    def cancel_at(self, step: str | int) -> None:
        """Cancel the next run when it begins that step, or at its point of that number (from 1)."""
        self._interruptions[step] = None

    def fail_at(self, step: str | int, error: BaseException) -> None:
        """Raise ``error`` in the next run at the start of that step, or at that point."""
        self._interruptions[step] = error

    def run(self, spec: AnySpec, **params: object) -> Any:
        """Run the job and return what it returns; what it raises comes out as it is."""
        request = prepare(
            spec, params, tournament=self._tournament, submitted_by=self._submitted_by
        )
        self.points = 0
        if not self._resumes:
            self.batches = {}
        self._resumes = True
        outbox = _Outbox(self)
        sinks = Sinks(self.progress.append, self.logs.append, _forget)
        reporter = Reporter(self._clock, sinks, throttle=None)
        context = JobContext(
            Identity(
                1, spec.name, request.title, self._tournament, self._submitted_by, 1,
                self._lease, spec.lock,
            ),
            units=self._units if spec.database else None,
            clock=self._clock,
            control=_Control(self),
            reporter=reporter,
            outbox=outbox,
            resources=self._resources,
            batches=BatchBook(self.batches, self._keep_batches),
            recall=self.fingerprints.append if spec.pure else None,
        )
        try:
            value = spec.function(context, **request.values)
            outbox.deliver()
            self._resumes = False
        finally:
            self._interruptions.clear()
            self.stats = dict(context.stats)
        return value

    def assert_progress_complete(self) -> None:
        """Fail unless something was shown, and every step and the whole ended full."""
        last: dict[str, Progress] = {shown.step: shown for shown in self.progress}
        short = [name or "(no step)" for name, shown in last.items() if shown.fraction < 1.0]
        assert last, "the job showed no progress"
        assert not short, f"these did not reach their end: {', '.join(short)}"

    def assert_logged(self, level: LogLevel, text: str) -> None:
        """Fail unless a line of that level holds the text."""
        lines = [line.message for line in self.logs if line.level == level]
        assert any(text in line for line in lines), f"no {level} with {text!r} in {lines}"

    def prepare(
        self, job: AnySpec | str, tournament: int | None, params: dict[str, object]
    ) -> Request:
        """Check follow-up work as the queue does; a name is looked up in the given registry."""
        spec = self._registry.get(job) if isinstance(job, str) else job
        return prepare(spec, params, tournament=tournament, submitted_by=self._submitted_by)

    def _keep_batches(self, done: Mapping[str, int]) -> None:
        self.batches = dict(done)

    def interruption(self, step: str | int) -> tuple[bool, BaseException | None]:
        """Return whether something was asked for here, and the error to raise, None to cancel."""
        return step in self._interruptions, self._interruptions.get(step)


class _Control(RunControl):
    def __init__(self, test: JobTestContext[Any, Any]) -> None:
        super().__init__()
        self._test = test

    def check(self) -> None:
        self._test.points += 1
        self._interrupt(self._test.points)
        super().check()

    def begin_step(self, name: str) -> None:
        self._test.steps.append(name)
        self._interrupt(name)
        super().begin_step(name)

    def _interrupt(self, where: str | int) -> None:
        asked, error = self._test.interruption(where)
        if error is not None:
            raise error
        if asked:
            self.cancel()


class _Outbox(Outbox):
    """Remembers what leaves instead of sending it."""

    def __init__(self, test: JobTestContext[Any, Any]) -> None:
        super().__init__(test.prepare, _forget, test.follow_ups.append)
        self._test = test

    def seal(self) -> None:
        self._test.events.extend(self.events)
        super().seal()


def _forget(*_: object) -> None:
    """Take what the test does not ask about."""
