"""The queue: the one door through which runs are submitted, recovered and stopped."""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import Generic

from tabapp.core.clock import Clock
from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.jobs.errors import JobNotFoundError
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.history import History
from tabapp.jobs.leases import EXPIRY, Keeper, is_alive, new_owner
from tabapp.jobs.pool import Pool
from tabapp.jobs.ports import Leases, Liveness, OwnerId, R, RunLog, UnitSource, W
from tabapp.jobs.recovery import Recovery
from tabapp.jobs.registry import Registry
from tabapp.jobs.requests import Request, prepare
from tabapp.jobs.run import Run
from tabapp.jobs.runner import Mail, Runner
from tabapp.jobs.spec import AnySpec


class JobQueue(Generic[R, W]):
    """Runs jobs in ``workers`` threads, or in the calling thread when ``synchronous``.

    Any thread may call it. In the synchronous mode ``submit`` returns when the run and its
    follow-ups have ended or wait; without ``start`` no thread is made there, so that the lock of
    a long run is not renewed.
    """

    def __init__(
        self,
        registry: Registry,
        units: UnitSource[R, W] | None,
        runs: RunLog,
        leases: Leases,
        *,
        clock: Clock,
        bus: EventBus,
        workers: int = 3,
        synchronous: bool = False,
        owner: OwnerId | None = None,
        rng: random.Random | None = None,
        liveness: Liveness = is_alive,
    ) -> None:
        if workers < 2 and not synchronous:
            raise ValueError("a queue needs two workers: one is kept for high_priority")
        self.owner = owner or new_owner()
        self.registry = registry
        self._clock = clock
        self._synchronous = synchronous
        self._submitting = threading.Lock()
        self._stopping = False
        self._history = History(runs, bus, clock, self.owner)
        self._keeper = Keeper(leases, clock, self.owner, liveness, self._look_after_runs)
        self._recovery = Recovery(registry, self._history, self._keeper, clock)
        self._looked = clock.monotonic()
        runner: Runner[R, W] = Runner(
            units, self._history, self._keeper, bus=bus, clock=clock, rng=rng or random.Random(),
            mail=Mail(self._prepare, self._submit_follow_up),
        )
        self._pool = Pool(runner.run, self._history, clock, 0 if synchronous else workers)

    # --- life ---

    def start(self) -> None:
        """Take over what dead programs left, then start the heartbeat and the workers.

        The synchronous queue only starts its heartbeat: what others left is for a program that
        stays. ``recover_interrupted`` takes it over there on demand.
        """
        self._keeper.enrol()
        self._keeper.start()
        if not self._synchronous:
            self.recover_interrupted()
        self._pool.start()

    def stop(self, timeout: float = 10.0) -> bool:
        """Stop: nothing new is taken, waiting runs are cancelled, running ones may end.

        After ``timeout`` seconds the running ones are cancelled and given as long again. Runs
        that wait for a retry, or whose policy never gives up, and follow-up work of the last
        runs are left to the next program instead. Returns whether all threads have ended.
        """
        with self._submitting:
            self._stopping = True
        ended = self._pool.stop(timeout)
        self._history.settle()
        self._keeper.stop()
        return ended

    def __enter__(self) -> JobQueue[R, W]:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def poke(self) -> None:
        """Look at the clock again, as after a jump of the clock or in a test with its own."""
        self._pool.poke()

    # --- calls ---

    def submit(
        self,
        job: AnySpec | str,
        /,
        *,
        tournament: int | None = None,
        submitted_by: str = "",
        about: str = "",
        **params: object,
    ) -> JobHandle:
        """Check the call, queue it and return its handle, or join an equal run.

        ``about`` completes the title that people see, as in "Draw: Round 3".
        ``JobValidationError`` lists all that is wrong with the call; nothing is queued then.
        """
        return self._enqueue(self._prepare(job, tournament, params, submitted_by, about))

    def submit_text(
        self,
        job: AnySpec | str,
        params: Mapping[str, str],
        *,
        tournament: int | None = None,
        submitted_by: str = "",
    ) -> JobHandle:
        """Like ``submit``, with parameters as a person types them."""
        request = prepare(
            self._spec(job), params, tournament=tournament, submitted_by=submitted_by, text=True
        )
        return self._enqueue(request)

    def handle(self, run_id: int) -> JobHandle | None:
        """Return the handle of a run that this queue still looks after."""
        return next((handle for handle in self.active() if handle.id == run_id), None)

    def active(self) -> list[JobHandle]:
        """Return handles of the waiting runs, in the order of their turn, and the running ones."""
        return self._pool.active()

    def requeue(self, run_id: int) -> JobHandle:
        """Queue a run again that was interrupted, failed or cancelled, as a person decides.

        It begins with a fresh count of attempts; an equal run that is there already is joined.
        """
        with self._submitting:
            record = self._history.runs.get(run_id)
            if record is None or record.state not in ("interrupted", "failed", "cancelled"):
                raise JobNotFoundError("job_not_repeatable", id=run_id)
            if self._stopping:
                raise UserError("jobs_stopped", title=record.title)
            other = self._pool.partner(record.dedup, only_waiting=False)
            if other is not None:
                return other
            run = self._recovery.revive(record, attempts=0)
            if run is None:
                raise UserError("job_unreadable", title=record.title)
            handle = self._pool.add(run)
        self._pool.release(run)
        return handle

    def recover_interrupted(self) -> int:
        """Take over the unfinished runs of dead programs; return how many were queued here."""
        with self._submitting:
            if self._stopping:
                return 0
            found = self._recovery.collect()
            for run, delay in found:
                self._pool.add(run, delay=delay)
        for run, _ in found:
            self._pool.release(run)
        return len(found)

    # --- into the queue ---

    def _spec(self, job: AnySpec | str) -> AnySpec:
        return self.registry.get(job) if isinstance(job, str) else job

    def _prepare(
        self,
        job: AnySpec | str,
        tournament: int | None,
        params: dict[str, object],
        submitted_by: str,
        about: str = "",
    ) -> Request:
        return prepare(
            self._spec(job), params, tournament=tournament, submitted_by=submitted_by, about=about)

    def _enqueue(self, request: Request) -> JobHandle:
        with self._submitting:  # so that of two equal calls the second finds the first
            if self._stopping:
                raise UserError("jobs_stopped", title=request.title)
            handle, run = self._place(request)
        if run is not None:
            self._pool.release(run)
        return handle

    def _submit_follow_up(self, request: Request) -> None:
        with self._submitting:
            if self._stopping:
                self._history.open(request, parked=True)  # the next program does it
                return
            _, run = self._place(request)
        if run is not None:
            self._pool.release(run)

    def _place(self, request: Request) -> tuple[JobHandle, Run | None]:
        only_waiting = request.spec.on_duplicate == "rerun"
        other = self._pool.partner(request.dedup, only_waiting=only_waiting)
        if other is not None:
            return other, None
        self._keeper.enrol()
        run = self._history.open(request)
        return self._pool.add(run), run

    def _look_after_runs(self) -> None:
        self._history.settle()
        now = self._clock.monotonic()
        if not self._synchronous and now - self._looked >= EXPIRY.total_seconds():
            self._looked = now
            self.recover_interrupted()
