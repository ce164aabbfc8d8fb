"""The workers of a queue: they take runs, carry them out, put them back and end them."""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Sequence
from datetime import timedelta

from tabapp.core.actors import BALLOT, ROUND
from tabapp.core.clock import Clock
from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.jobs.errors import JobError, describe
from tabapp.jobs.handle import Controls, JobHandle
from tabapp.jobs.history import History
from tabapp.jobs.outcome import JobResult, Status
from tabapp.jobs.overview import Fate, Leaving, OnWait, QueueState, join_threads
from tabapp.jobs.policies import never_gives_up
from tabapp.jobs.run import Run
from tabapp.jobs.runner import Again, Attempt, Ended
from tabapp.jobs.waiting import Backlog

log = logging.getLogger(__name__)

STOPPED_CHAIN = "job_chain_stopped"

class Pool:
    """Runs what waits, in ``workers`` threads, or with 0 in the thread that calls ``drain``.

    ``attempt`` makes one attempt and says how it ended.
    """

    def __init__(self, attempt: Attempt, history: History, clock: Clock, workers: int) -> None:
        self._attempt = attempt
        self._history = history
        self._clock = clock
        self._workers = workers
        self._changed = threading.Condition()
        self._backlog = Backlog(workers or None)
        self._stopping = False
        self._threads: list[threading.Thread] = []
        self._here = threading.local()
        self._controls = Controls(self._cancel, self._retry_now, self._wait)

    # --- for the queue ---

    def start(self) -> None:
        """Start the workers."""
        for number in range(self._workers):
            thread = threading.Thread(
                target=self._work, name=f"job-worker-{number + 1}", daemon=True
            )
            self._threads.append(thread)
            thread.start()

    def stop(self, timeout: float, on_wait: OnWait | None = None) -> bool:
        """End the waiting runs, then the workers; see ``JobQueue.stop``."""
        with self._changed:
            self._stopping = True
            waiting = self._backlog.waiting
            for run in waiting:
                self._backlog.remove(run)
                run.taken = True
            self._changed.notify_all()
        for run in waiting:
            if self._outlives(run):
                self._park(run)
            else:
                self._end(run, Ended("cancelled"))
        if not self._join(timeout, on_wait):
            self.hurry()
            self._join(timeout, on_wait)
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        return not self._threads

    def hurry(self) -> None:
        """Cancel the working runs of a pool that stops; those that outlive it wait for the next."""
        with self._changed:
            working = self._backlog.working
        for run in working:
            run.evicted = run.evicted or not run.control.cancelled  # hurried twice, too
            run.control.cancel()

    def leaving(self) -> list[Leaving]:
        """Return what ``stop`` would do to each run, the working ones first."""
        with self._changed:
            found = [Leaving(run.record.title, run.record.state, "ends")
                     for run in self._backlog.working]
            for run in self._backlog.waiting:
                if not run.stored:
                    continue  # nobody knows of it
                fate: Fate = (
                    "is left to the next start" if self._outlives(run) else "is cancelled")
                found.append(Leaving(run.record.title, run.record.state, fate))
        return found

    def state(self) -> QueueState:
        """Return how the queue stands."""
        now = self._clock.monotonic()
        with self._changed:
            ready = self._backlog.ready(now)
            running, waiting = len(self._backlog.working), len(self._backlog.waiting)
        oldest = min(ready, key=lambda run: run.entered, default=None)
        return QueueState(
            self._workers, sum(thread.is_alive() for thread in self._threads), running, waiting,
            now - oldest.entered if oldest else 0.0, oldest.record.title if oldest else "")

    def add(self, run: Run, *, delay: float | None = None) -> JobHandle:
        """Let a run wait, for its retry in ``delay`` seconds if given; call ``release`` next."""
        now = self._clock.monotonic()
        until = math.inf if delay is None else now + delay
        with self._changed:
            self._backlog.add(run, not_before=until, retrying=delay is not None)
        return JobHandle(run, self._controls)

    def follow(self, run: Run, before: Run) -> JobHandle:
        """Let a run wait for the good end of another, a bad one cancels it; then ``catch_up``."""
        with self._changed:
            before.chained = run.chained = True
            run.after = before.record.id
            self._backlog.add(run, not_before=math.inf)
        return JobHandle(run, self._controls)

    def catch_up(self, before: Run) -> None:
        """Let those go on that began to follow a run when it had ended already."""
        with self._changed:
            result = before.result
            followers = [] if result is None else self._backlog.followers(before)
        if result is not None:
            self._pass_on(before, result.status, followers, None)

    def outside(self, run: Run, *, joined: bool = False) -> JobHandle:
        """Return the handle of a run that another program will look after."""
        run.done.set()
        return JobHandle(run, self._controls, joined=joined)

    def find(self, run_id: int) -> Run | None:
        """Return a run that waits or works here."""
        with self._changed:
            return self._backlog.find(run_id)

    def release(self, run: Run) -> None:
        """Tell that a run was queued, and let it start, in this order."""
        self._history.announce_queued(run)
        with self._changed:
            if run.not_before == math.inf:
                run.not_before = None
            self._changed.notify_all()
        self.drain()

    def partner(self, dedup: str, *, only_waiting: bool) -> JobHandle | None:
        """Return the handle of the run that an equal call joins."""
        with self._changed:
            run = self._backlog.partner(dedup, only_waiting=only_waiting)
        return None if run is None else JobHandle(run, self._controls, joined=True)

    def active(self) -> list[JobHandle]:
        """Return handles of the waiting runs, in the order of their turn, and the running ones."""
        with self._changed:
            return [JobHandle(run, self._controls) for run in self._backlog]

    def poke(self) -> None:
        """Look at the clock again."""
        with self._changed:
            self._changed.notify_all()
        self.drain()

    def drain(self) -> None:
        """Without workers, run what may start in this thread; does nothing inside such a run."""
        if self._workers or getattr(self._here, "draining", False):
            return
        self._here.draining = True
        try:
            while True:
                with self._changed:
                    run, newly = self._backlog.take(self._clock.monotonic())
                self._tell(newly)
                if run is None:
                    return
                self._carry_out(run)
        finally:
            self._here.draining = False

    # --- work ---

    def _work(self) -> None:
        while (run := self._next()) is not None:
            try:
                self._carry_out(run)
            except Exception:  # the last line of a worker: others wait for it
                log.exception("run %d could not be brought to an end", run.record.id)

    def _next(self) -> Run | None:
        """Wait for a run that may start; None when the queue stops."""
        while True:
            with self._changed:
                if self._stopping:
                    return None
                now = self._clock.monotonic()
                run, newly = self._backlog.take(now)
                if run is None and not newly:
                    self._changed.wait(self._backlog.pause(now))
            self._tell(newly)
            if run is not None:
                return run

    def _tell(self, newly: list[Run]) -> None:
        """Say what runs wait for that could start otherwise."""
        for run in newly:
            with self._changed:
                now = self._clock.monotonic()
                found = None if run.taken else self._backlog.hindrance(run, now)
                run.told = found.kind if found else run.told
            if found is not None:
                self._history.waits(run, found.words)

    def _carry_out(self, run: Run) -> None:
        try:
            verdict = self._attempt(run)
        except KeyboardInterrupt:
            self._end(run, Ended("cancelled"))
            raise
        except Exception as error:  # a run without an end would keep its lock for ever
            log.exception("run %d broke outside of its job", run.record.id)
            verdict = Ended("failed", error=describe(error, run.record.title))
        if isinstance(verdict, Ended):
            if verdict.status == "cancelled" and run.evicted and self._outlives(run):
                self._leave(run)
            else:
                self._end(run, verdict)
        elif verdict.error is None:
            self._wait_again(run, verdict)
        else:
            self._retry_later(run, verdict.delay, verdict.error)

    def _wait_again(self, run: Run, verdict: Again) -> None:
        if verdict.undo_attempt:
            self._history.change(
                run, state="waiting", waiting_for=verdict.what, attempts=run.record.attempts - 1,
                next_at=self._clock.now() + timedelta(seconds=verdict.delay), seconds=run.worked)
            self._history.announce_waiting(run)
        elif run.record.waiting_for != verdict.what:
            self._history.change(run, state="waiting", waiting_for=verdict.what)
            self._history.announce_waiting(run)
        self._put_back(run, verdict.delay, retrying=run.retrying or verdict.undo_attempt)

    def _retry_later(self, run: Run, delay: float, error: JobError) -> None:
        self._history.change(
            run,
            state="waiting",
            next_at=self._clock.now() + timedelta(seconds=delay),
            seconds=run.worked,
            error_code=error.code,
            error_message=error.message,
            error_details=error.details,
        )
        self._history.announce_retry(run, error)
        self._put_back(run, delay, retrying=True)

    def _put_back(self, run: Run, delay: float, *, retrying: bool) -> None:
        with self._changed:
            cancelled = run.control.cancelled and not run.evicted
            stopping = self._stopping
            if cancelled or stopping:
                self._backlog.remove(run)
            else:
                run.control.reopen()
                self._backlog.add(
                    run, not_before=self._clock.monotonic() + delay, retrying=retrying
                )
            self._changed.notify_all()
        if cancelled:
            self._end(run, Ended("cancelled"))
        elif stopping:
            self._park(run)

    def _end(self, run: Run, ended: Ended) -> None:
        """Store the end of a run, make room for the next, then tell everybody."""
        result = self._history.finish(
            run, ended.status, value=ended.value, error=ended.error, stats=ended.stats
        )
        with self._changed:
            followers = self._backlog.followers(run)
            self._backlog.remove(run)
            run.result = result
            self._changed.notify_all()
        self._history.announce_finished(run, result)
        self._let_go(run)
        self._pass_on(run, ended.status, followers, ended.error)

    def _pass_on(
        self, before: Run, status: Status, followers: Sequence[Run], error: JobError | None
    ) -> None:
        """Let the next steps of a chain start, or end them with the name of what stopped it."""
        with self._changed:
            mine = [run for run in followers if not run.taken]
            for run in mine:
                self._backlog.remove(run)
                run.after = None
                run.taken = status != "success"
                if not run.taken:
                    run.entered = self._clock.monotonic()
                    self._backlog.add(run, not_before=math.inf)
        if error is None or error.code != STOPPED_CHAIN:
            facts = {"step": before.record.title}
            error = JobError(STOPPED_CHAIN, word("job_chain_stopped", facts))
        for run in mine:
            if status == "success":
                self._history.change(run, state="queued", waiting_for="")
                self.release(run)
            else:
                self._end(run, Ended("cancelled", error=error))

    def _outlives(self, run: Run) -> bool:
        """Tell whether the next program goes on with a run that this one does not end."""
        follows = run.record.submitted_by in (BALLOT, ROUND)  # nothing else would ask for it again
        return run.stored and (
            run.retrying or run.chained or follows or never_gives_up(run.spec.retry))

    def _park(self, run: Run) -> None:
        """Leave a waiting run to the next program."""
        self._history.change(run, owner=None)
        self._let_go(run)

    def _leave(self, run: Run) -> None:
        """Leave a run that was working to the next program."""
        with self._changed:
            self._backlog.remove(run)
        self._history.change(run, state="queued", seconds=run.worked)
        self._park(run)

    def _let_go(self, run: Run) -> None:
        run.done.set()
        with self._changed:
            self._changed.notify_all()

    # --- what handles do ---

    def _cancel(self, run: Run) -> bool:
        with self._changed:
            if run.done.is_set():
                return False
            asked = run.control.cancel()
            waiting = asked and not run.taken
            if waiting:
                run.taken = True
                self._backlog.remove(run)
        if waiting:
            self._end(run, Ended("cancelled"))
        return asked

    def _retry_now(self, run: Run) -> bool:
        with self._changed:
            if run.taken or not run.retrying:
                return False
            run.not_before = None
            self._changed.notify_all()
        self.drain()
        return True

    def _wait(self, run: Run, timeout: float | None) -> JobResult:
        deadline = None if timeout is None else time.monotonic() + timeout
        while not run.done.is_set():
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise UserError("job_still_running", title=run.record.title, seconds=timeout)
            if self._workers:
                run.done.wait(left)
            else:
                self._pass_time(run, left)
        if run.result is None and run.record.owner is None and not self._stopping:
            raise UserError("job_elsewhere", title=run.record.title, queue=run.record.queue)
        if run.result is None:
            raise UserError("jobs_stopped", title=run.record.title)
        return run.result

    def _pass_time(self, run: Run, left: float | None) -> None:
        with self._changed:
            pause = self._backlog.pause(self._clock.monotonic())
            times = [seconds for seconds in (left, pause) if seconds is not None]
            if not run.done.is_set():
                self._changed.wait(min(times, default=None))
        self.drain()

    def _join(self, timeout: float, on_wait: OnWait | None) -> bool:
        return join_threads(self._threads, timeout, self._titles_at_work, on_wait)

    def _titles_at_work(self) -> list[str]:
        with self._changed:
            return [run.record.title for run in self._backlog.working]
