"""What a job sees of the framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tabapp.core.clock import Clock
from tabapp.core.events import Event
from tabapp.core.revisions import LeaseToken, Revision
from tabapp.jobs.batches import BatchBook
from tabapp.jobs.errors import JobConfigurationError, JobNotFoundError, JobValidationError
from tabapp.jobs.outcome import as_json_value
from tabapp.jobs.ports import LogLevel, LogLine, R, UnitSource, W
from tabapp.jobs.progress import Progress, Reporter
from tabapp.jobs.requests import Request
from tabapp.jobs.resources import Resources
from tabapp.jobs.run import RunControl
from tabapp.jobs.spec import AnySpec, Lock

X = TypeVar("X")


@dataclass(frozen=True, slots=True)
class Identity:
    """Which run a context belongs to, as its writes name it."""

    run_id: int
    name: str
    title: str
    tournament: int | None = None
    submitted_by: str = ""
    attempt: int = 1
    lease: LeaseToken | None = None
    lock: Lock = "none"


@dataclass(slots=True)
class Outbox:
    """What leaves a job only after a commit: events, and follow-up work.

    ``prepare`` checks follow-up work at once; ``publish`` and ``submit`` are what happens then.
    """

    prepare: Callable[[AnySpec | str, int | None, dict[str, object]], Request]
    publish: Callable[[Event], None]
    submit: Callable[[Request], None]
    events: list[Event] = field(default_factory=list)
    follow_ups: list[Request] = field(default_factory=list)

    def seal(self) -> None:
        """A unit that carried the events has committed: submit the follow-up work."""
        self.events.clear()
        follow_ups, self.follow_ups = self.follow_ups, []
        for request in follow_ups:
            self.submit(request)

    def deliver(self) -> None:
        """The run has come to a good end: publish and submit what no commit took along."""
        events = list(self.events)
        self.seal()
        for event in events:
            self.publish(event)


class JobLog:
    """Writes structured log lines on the run."""

    def __init__(self, clock: Clock, reporter: Reporter) -> None:
        self._clock = clock
        self._reporter = reporter

    def info(self, message: str, **fields: object) -> None:
        self._write("info", message, fields)

    def success(self, message: str, **fields: object) -> None:
        self._write("success", message, fields)

    def warning(self, message: str, **fields: object) -> None:
        self._write("warning", message, fields)

    def error(self, message: str, **fields: object) -> None:
        self._write("error", message, fields)

    def debug(self, message: str, **fields: object) -> None:
        self._write("debug", message, fields)

    def _write(self, level: LogLevel, message: str, fields: dict[str, object]) -> None:
        plain = {key: as_json_value(value) for key, value in fields.items()}
        self._reporter.log(LogLine(self._clock.now(), level, message, plain))


class JobContext(Generic[R, W]):
    """Given to a job as its first argument; belongs to the thread that runs the job."""

    def __init__(
        self,
        identity: Identity,
        *,
        units: UnitSource[R, W] | None,
        clock: Clock,
        control: RunControl,
        reporter: Reporter,
        outbox: Outbox,
        resources: Resources | None = None,
        batches: BatchBook | None = None,
        recall: Callable[[object], None] | None = None,
    ) -> None:
        self.identity = identity
        self.clock = clock
        self.stats: Counter[str] = Counter()
        self.log = JobLog(clock, reporter)
        self._units = units
        self._control = control
        self._reporter = reporter
        self._outbox = outbox
        self._resources = resources or Resources()
        self._batches = batches or BatchBook({}, lambda _done: None)
        self._recall = recall

    @property
    def tournament(self) -> int | None:
        """The tournament for which the run was submitted."""
        return self.identity.tournament

    # --- progress and cancel ---

    @contextmanager
    def step(self, name: str, total: int | None = None) -> Iterator[None]:
        """Show a bar of its own for a part of the work; its end fills it and logs its duration.

        Steps may be nested; the outer one shows again when the inner one ends.
        """
        self._control.begin_step(name)
        outer = self._reporter.current
        began = self.clock.monotonic()
        self._reporter.show(Progress(step=name, total=total))
        yield
        self._reporter.end_step(self._filled())
        self.log.info(name, seconds=round(self.clock.monotonic() - began, 3))
        if outer.step:
            self._reporter.current = outer

    def advance(self, n: int = 1, message: str = "") -> None:
        """Move the current step on by ``n``; raises when the run was cancelled."""
        self._control.check()
        now = self._reporter.current
        self._reporter.show(now.at(now.done + n, now.total, message))

    def progress(self, fraction: float, message: str = "", **extra: object) -> None:
        """Say how much (0..1) is done; ``extra`` goes to the screen as it is."""
        self._control.check()
        now = self._reporter.current
        self._reporter.show(Progress(
            min(1.0, max(0.0, fraction)), now.step, now.done, now.total,
            message or now.message, extra,
        ))

    def tick(self, done: int, total: int) -> None:
        """Report ``done`` of ``total``; what pure algorithms are given."""
        self._control.check()
        self._reporter.show(self._reporter.current.at(done, total))

    def check_cancelled(self) -> None:
        """Raise ``JobCancelled`` in a cancelled run, ``LeaseLost`` in one that lost its lock."""
        self._control.check()

    def commit_point(self) -> None:
        """Take a last look for a cancel; from here on the run cannot be cancelled."""
        self._control.check()
        self._control.commit()

    # --- bulk work ---

    def batches(self, items: Iterable[X], size: int = 50) -> Iterator[list[X]]:
        """Give the items in batches, each of which the job commits in one write unit of its own.

        A run that begins again, after a failure, a kill or a cancel, skips what is done, as long as
        it gives the same items in the same order: take them from what the batches do not change.
        That a batch is done is stored right after its commit, not with it, so a kill between the
        two repeats one batch: writing a batch twice has to leave what writing it once does.
        Cancel is obeyed before each batch, and leaves those before it. Such loops do not nest.
        """
        every = list(items)
        key, done = self._batches.begin(every, size)
        total = len(every)
        try:
            for number, start in enumerate(range(0, total, size), 1):
                if number <= done:
                    continue
                self.tick(start, total)
                self._batches.enter(key, number)
                yield every[start:start + size]
                self.commit_batch()
        finally:
            self._batches.leave()
        self._reporter.show(self._reporter.current.at(total, total))

    def commit_batch(self) -> None:
        """Say that the batch is committed; the loop does it by itself before the next one."""
        if self._batches.mark():
            self._control.allow_cancel()

    def fingerprint(self, value: object) -> None:
        """Name all that the result depends on besides the parameters: a snapshot, the rules.

        In a ``pure`` job that ended well under the same version, parameters and value, the job is
        left here and the run ends with the stored result. Call it before the work.
        """
        if self._recall is None:
            raise RuntimeError(f"{self.identity.name} is not pure and repeats its work")
        self._recall(value)

    def _filled(self) -> Progress:
        now = self._reporter.current
        done = now.total if now.total is not None else now.done
        return Progress(1.0, now.step, done, now.total, now.message, now.extra)

    # --- the database ---

    def read(self) -> AbstractContextManager[R]:
        """Open a unit to read from; close it before computing."""
        self._control.check()
        return self._source().read()

    @contextmanager
    def write(
        self,
        *,
        expected: Revision | None = None,
        verb: str | None = None,
        subject: str | None = None,
        trail: bool = True,
        undoable: bool = True,
    ) -> Iterator[W]:
        """Open a unit that commits when its ``with`` ends, whole or not at all.

        ``expected`` names what was read; ``StaleInput`` when it no longer holds. The commit
        passes the commit point, so that what is stored is never reported as cancelled. Without
        ``trail`` the activity trail does not show it, without ``undoable`` no undo takes it back.
        ``JobValidationError`` when the run holds the lock of one tournament and read another.
        """
        self._control.check()
        who = self.identity
        tournament = self._written(expected)
        self._reporter.hold()
        try:
            with self._source().write(
                actor=who.submitted_by,
                verb=verb or who.name,
                subject=subject or who.title,
                tournament=tournament,
                expected=expected,
                lease=who.lease,
                run_id=who.run_id,
                trail=trail,
                undoable=undoable,
            ) as unit:
                yield unit
                self._control.check()
                self._control.commit()
                for event in self._outbox.events:
                    unit.emit(event)
        finally:
            self._reporter.resume()
        self._outbox.seal()

    def _written(self, expected: Revision | None) -> int | None:
        """Return the tournament under which a write is filed: the one that was read, if any."""
        who = self.identity
        if expected is None or expected.tournament == who.tournament:
            return who.tournament
        if who.lock == "tournament":
            raise JobValidationError(
                "job_other_tournament",
                title=who.title, held=who.tournament, other=expected.tournament,
            )
        return expected.tournament

    def _source(self) -> UnitSource[R, W]:
        if self._units is None:
            raise RuntimeError(f"{self.identity.name} is a simple_job and has no database")
        return self._units

    def need(self, kind: type[X]) -> X:
        """Return what the composition root lent to jobs, by its class.

        ``JobConfigurationError`` where this program has none, as without a folder for snapshots.
        """
        return self._resources.get(kind)

    # --- what leaves after the commit ---

    def emit(self, event: Event) -> None:
        """Publish ``event`` after the next commit, or when the run ends well without one."""
        self._outbox.events.append(event)

    def submit_after_commit(
        self, job: AnySpec | str, /, *, tournament: int | None = None, **params: object
    ) -> None:
        """Submit follow-up work after the next commit, or when the run ends well without one.

        Its parameters are checked now. ``tournament`` is this run's unless another is named.
        """
        target = self.tournament if tournament is None else tournament
        self._outbox.follow_ups.append(self._outbox.prepare(job, target, params))

    # --- errors to raise ---

    def not_found(self, code: str, **facts: Any) -> JobNotFoundError:
        """Make the error for something that does not exist."""
        return JobNotFoundError(code, **facts)

    def invalid(self, code: str, **facts: Any) -> JobValidationError:
        """Make the error for bad input."""
        return JobValidationError(code, **facts)

    def misconfigured(self, code: str, **facts: Any) -> JobConfigurationError:
        """Make the error for settings that do not allow the work."""
        return JobConfigurationError(code, **facts)
