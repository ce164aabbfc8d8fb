"""The queue: the one door through which runs are submitted, recovered and stopped."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import TracebackType
from typing import Generic

from tabapp.core.actors import CLOCK
from tabapp.core.clock import Clock
from tabapp.core.errors import Problem, TabappError, UserError
from tabapp.core.events import EventBus
from tabapp.jobs.compose import Call, ChainHandle, GroupHandle
from tabapp.jobs.errors import JobNotFoundError, JobValidationError
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.history import History
from tabapp.jobs.leases import Keeper, is_alive, new_owner
from tabapp.jobs.letterbox import Letterbox
from tabapp.jobs.overview import Leaving, OnWait, QueueState
from tabapp.jobs.pool import Pool
from tabapp.jobs.ports import Leases, Liveness, OwnerId, QueueName, R, RunLog, UnitSource, W
from tabapp.jobs.recovery import Recovery
from tabapp.jobs.registry import Registry
from tabapp.jobs.requests import Request, prepare
from tabapp.jobs.resources import Resources
from tabapp.jobs.run import Run
from tabapp.jobs.runner import Mail, Runner
from tabapp.jobs.spec import AnySpec

LOOK_EVERY_SECONDS = 5.0
"""Between two looks at the runs that other programs left or parked."""


class JobQueue(Generic[R, W]):
    """Runs jobs in ``workers`` threads, or in the calling thread when ``synchronous``.

    With ``queues`` it runs only what belongs to these; the rest is stored for another program,
    whose heartbeat finds it within seconds.

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
        resources: Resources | None = None,
        queues: frozenset[QueueName] | None = None,
    ) -> None:
        if workers < 2 and not synchronous:
            raise ValueError("a queue needs two workers: one is kept for high_priority")
        self.owner = owner or new_owner()
        self.registry = registry
        self.resources = resources or Resources()
        self._clock = clock
        self._synchronous = synchronous
        self._submitting = threading.RLock()  # who hears of a recovered run may submit another
        self._stopping = False
        self._history = History(runs, bus, clock, self.owner)
        self._keeper = Keeper(leases, clock, self.owner, liveness, self._look_after_runs)
        self.queues = queues
        self._looked = clock.monotonic()
        runner: Runner[R, W] = Runner(
            units, self._history, self._keeper, bus=bus, clock=clock, rng=rng or random.Random(),
            mail=Mail(self._prepare, self._submit_follow_up), resources=self.resources,
        )
        self._pool = Pool(runner.run, self._history, clock, 0 if synchronous else workers)
        self._recovery = Recovery(
            registry, self._history, self._keeper, clock, queues=queues, find=self._pool.find)
        self._letterbox = Letterbox(threaded=not synchronous)

    # --- life ---

    def start(self) -> None:
        """Take over what dead programs left, then start the heartbeat and the workers.

        The synchronous queue only starts its heartbeat: what others left is for a program that
        stays. ``recover_interrupted`` takes it over there on demand.
        """
        self._keeper.enrol()
        self._keeper.start()
        try:
            if not self._synchronous:
                self.recover_interrupted()
        except BaseException:
            self._keeper.stop()  # it would go on to take over runs that nobody works on
            raise
        self._pool.start()

    def stop(self, timeout: float = 10.0, on_wait: OnWait | None = None) -> bool:
        """Stop: nothing new is taken, waiting runs are cancelled, running ones may end.

        After ``timeout`` seconds the running ones are cancelled and given as long again. Runs
        that wait for a retry, or whose policy never gives up, what follows from a ballot or a
        round, and follow-up work of the last runs are left to the next program instead, and so
        are chains. ``on_wait`` is called here with the titles of the runs that are waited for.
        Returns whether all threads have ended.
        """
        self._letterbox.close()
        with self._submitting:
            self._stopping = True
        ended = self._pool.stop(timeout, on_wait)
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

    def submit_later(
        self,
        job: AnySpec | str,
        on_handle: Callable[[JobHandle], None] | None = None,
        on_error: Callable[[TabappError], None] | None = None,
        /,
        *,
        tournament: int | None = None,
        submitted_by: str = "",
        about: str = "",
        **params: object,
    ) -> None:
        """Check the call here and queue it in a thread of its own, for one that must not wait.

        A wrong call raises at once, as in ``submit``. ``on_handle`` gets the handle, or
        ``on_error`` what refused the run, in that thread. Such calls keep their order.
        """
        request = self._prepare(job, tournament, params, submitted_by, about)
        self._letterbox.post(request.title, lambda: self._enqueue(request), on_handle, on_error)

    def submit_chain(self, calls: Iterable[Call], *, submitted_by: str = "") -> ChainHandle:
        """Queue calls so that each starts after the one before ended well.

        All are checked first: ``JobValidationError`` lists what is wrong with any, and nothing is
        queued. A step that fails or is cancelled ends those after it, with its name as the reason.
        A chain goes on in the next program where this one left it. A first step that equals a
        run which is there joins it; later steps join nothing.
        """
        requests = self._checked(calls, submitted_by)
        if not requests:
            return ChainHandle(())
        with self._submitting:
            if self._stopping:
                raise UserError("jobs_stopped", title=requests[0].title)
            handles, fresh = self._place_chain(requests)
        if fresh is not None:
            self._pool.release(fresh)
        self._pool.catch_up(handles[0].run)
        return ChainHandle(handles)

    def submit_group(self, calls: Iterable[Call], *, submitted_by: str = "") -> GroupHandle:
        """Queue calls that belong together and may run at once.

        All are checked first, as in ``submit_chain``; an equal run is joined as in ``submit``.
        """
        return GroupHandle([self._enqueue(one) for one in self._checked(calls, submitted_by)])

    def state(self) -> QueueState:
        """Return how the queue stands, for the look at the program's health."""
        return self._pool.state()

    def hurry(self) -> None:
        """Let a queue that stops wait no longer for its running runs: they are cancelled now."""
        self._pool.hurry()

    def leaving(self) -> list[Leaving]:
        """Return what would become of each run if the program closed now."""
        return self._pool.leaving()

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
            run = self._recovery.revive(replace(record, parent=None), attempts=0)
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
            for one in found:
                if one.before is None:
                    self._pool.add(one.run, delay=one.delay)
                else:
                    self._pool.follow(one.run, one.before)
        for one in found:
            if one.before is None:
                self._pool.release(one.run)
            else:
                self._pool.catch_up(one.before)
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
        if not self._runs_here(request):
            return self._place_elsewhere(request), None
        only_waiting = request.spec.on_duplicate == "rerun"
        other = self._pool.partner(request.dedup, only_waiting=only_waiting)
        if other is not None:
            if request.submitted_by != CLOCK:
                other.run.noteworthy = True  # somebody looks for it in the history
            return other, None
        self._keeper.enrol()
        run = self._history.open(request)
        return self._pool.add(run), run

    def _runs_here(self, request: Request) -> bool:
        return self.queues is None or request.spec.queue in self.queues

    def _place_elsewhere(self, request: Request) -> JobHandle:
        """Store a run for another program, or find the equal one that nobody has begun."""
        for record in self._history.runs.unfinished() if request.dedup else ():
            if record.dedup == request.dedup and record.owner is None and record.state == "queued":
                run = Run(request.spec, request.values, record, self._clock.monotonic())
                return self._pool.outside(run, joined=True)
        return self._pool.outside(self._history.open(request, parked=True))

    def _checked(self, calls: Iterable[Call], submitted_by: str) -> list[Request]:
        """Check all calls and return them; ``JobValidationError`` with what is wrong in any."""
        requests, problems, jobs = [], list[Problem](), list[str]()
        for one in calls:
            try:
                requests.append(self._prepare(
                    one.job, one.tournament, dict(one.params), submitted_by, one.about))
            except JobValidationError as error:
                problems += error.problems
                jobs.append(str(error.facts.get("job", "")))
        if problems:
            raise JobValidationError(
                "job_params_invalid", problems=problems, job=", ".join(dict.fromkeys(jobs)))
        return requests

    def _place_chain(self, requests: list[Request]) -> tuple[list[JobHandle], Run | None]:
        """Store the steps of a chain; return their handles, and the first if it may start."""
        first, fresh = self._place(requests[0])
        handles, before = [first], first.run
        try:
            for request in requests[1:]:
                here = self._runs_here(request) and before.record.owner is not None
                run = self._history.open(request, parked=not here, after=before.record)
                handles.append(
                    self._pool.follow(run, before) if here else self._pool.outside(run))
                before = run
        except TabappError:
            if fresh is not None:
                handles[0].cancel()  # and with it what follows
            elif len(handles) > 1:
                handles[1].cancel()
            raise
        return handles, fresh

    def _look_after_runs(self) -> None:
        self._history.settle()
        now = self._clock.monotonic()
        if not self._synchronous and now - self._looked >= LOOK_EVERY_SECONDS:
            self._looked = now
            self.recover_interrupted()
