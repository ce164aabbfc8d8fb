"""What follows by itself from what people do: events in, jobs out, once for a burst."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

from tabapp.core import actors
from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError, TransientError
from tabapp.core.events import Changed, Event, EventBus
from tabapp.jobs.errors import JobConfigurationError
from tabapp.jobs.queue import JobQueue
from tabapp.services import follow_ups
from tabapp.services.events import DomainEvent
from tabapp.services.follow_ups import Burst, Call
from tabapp.services.freshness import stale_tournaments
from tabapp.services.snapshots import Snapshots
from tabapp.store.database import Database
from tabapp.store.unit import ReadUnit, WriteUnit

log = logging.getLogger(__name__)

DEBOUNCE = 0.5
"""Seconds of silence after which what was gathered is submitted."""
LONGEST = 3.0
"""Seconds after which it is submitted although nobody is silent."""
AGAIN = 5.0
"""Seconds after which what a busy database refused is tried again."""
COPY_EVERY = 60.0
"""Seconds between two copies that are made after ballots alone."""
FORECAST_EVERY = 20.0
"""Seconds between two forecasts of one tournament: each takes the processor from who is typing."""
SNAPSHOT, FORECAST = "maintenance.snapshot", "break.forecast"


class Automation:
    """Hears the bus of one open database and submits what follows. Any thread may call it.

    Hearing costs the thread that publishes nothing but a note: a thread of its own reads and
    submits. A job that this program does not have is passed over. Stop it before its queue.
    """

    def __init__(
        self, queue: JobQueue[ReadUnit, WriteUnit], database: Database, bus: EventBus,
        clock: Clock, *, debounce: float = DEBOUNCE, longest: float = LONGEST,
        copy_every: float = COPY_EVERY,
    ) -> None:
        self._queue = queue
        self._database = database
        self._bus = bus
        self._clock = clock
        self._debounce, self._longest = debounce, longest
        self._every = {SNAPSHOT: copy_every, FORECAST: FORECAST_EVERY}
        self._changed = threading.Condition()
        self._sending = threading.Lock()
        self._bursts: dict[int, Burst] = {}
        self._look = False
        self._owed: list[Call] = []
        self._again = float("-inf")
        self._planned: dict[tuple[str, int | None], tuple[float, Call]] = {}
        self._taken: dict[tuple[str, int | None], float] = {}
        self._busy = 0
        self._stopping = False
        self._thread: threading.Thread | None = None
        self._leave: list[Callable[[], None]] = []

    def start(self) -> None:
        """Begin to hear, and queue what a program that ended left undone."""
        with self._changed:
            if self._thread is not None:
                return
            self._stopping, self._look = False, True
            self._thread = threading.Thread(target=self._work, name="automation", daemon=True)
        self._leave = [
            self._bus.subscribe(DomainEvent, self._hear), self._bus.subscribe(Changed, self._hear)]
        self._thread.start()

    def stop(self) -> None:
        """Submit what is gathered and hear no more."""
        for leave in self._leave:
            leave()
        self._leave = []
        with self._changed:
            thread, self._thread = self._thread, None
            self._stopping = True
            self._changed.notify_all()
        if thread is not None:
            thread.join()
            self.flush()

    def flush(self) -> None:
        """Submit what is gathered now, as a test or a closing program wants it."""
        self._send(whole=True)

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing waits to be submitted."""
        with self._changed:
            return not (
                self._bursts or self._look or self._owed or self._planned or self._busy)

    # --- gathering ---

    def _hear(self, event: DomainEvent | Changed) -> None:
        if event.tournament is not None and follow_ups.is_concerned(event):
            self._gather(event.tournament, event)

    def _gather(self, tournament: int, event: Event) -> None:
        now = self._clock.monotonic()
        with self._changed:
            burst = self._bursts.setdefault(tournament, Burst(now, now))
            burst.add(event, now)
            self._changed.notify_all()

    def _due_at(self, burst: Burst) -> float:
        return min(burst.last + self._debounce, burst.first + self._longest)

    def _pause(self) -> float | None:
        """Return the seconds until something is due; None while nothing is gathered."""
        times = [self._due_at(burst) for burst in self._bursts.values()]
        if self._look or self._owed:
            times.append(self._again)
        times += [at for at, _call in self._planned.values()]
        return max(0.0, min(times) - self._clock.monotonic()) if times else None

    def _work(self) -> None:
        while True:
            with self._changed:
                while not self._stopping and (pause := self._pause()) != 0.0:
                    self._changed.wait(pause)
                if self._stopping:
                    return
            try:
                self._send(whole=False)
            except Exception:  # the last line of this thread: later events need it
                log.exception("what follows from a change could not be submitted")

    def _take(self, *, whole: bool) -> tuple[Mapping[int, Burst], bool, Sequence[Call]]:
        """Take what is due: bursts, whether to look for what is undone, and calls to try again."""
        with self._changed:
            now = self._clock.monotonic()
            bursts = {
                owner: burst for owner, burst in self._bursts.items()
                if whole or self._due_at(burst) <= now}
            for owner in bursts:
                del self._bursts[owner]
            look, owed = False, list[Call]()
            if whole or self._again <= now:
                look, self._look = self._look, False
                owed, self._owed = self._owed, []
            self._busy += 1
        return bursts, look, owed

    def _take_planned(self, *, whole: bool) -> list[Call]:
        """Take what was planned and is due."""
        with self._changed:
            now = self._clock.monotonic()
            due = [key for key, (at, _call) in self._planned.items() if whole or at <= now]
            self._taken |= dict.fromkeys(due, now)
            return [self._planned.pop(key)[1] for key in due]

    # --- submitting ---

    def _send(self, *, whole: bool) -> None:
        with self._sending:
            bursts, look, owed = self._take(whole=whole)
            try:
                if look:
                    self._submit_undone(whole=whole)
                for call in owed:
                    self._submit(call, whole=whole)
                for owner, burst in bursts.items():
                    self._submit_burst(owner, burst, whole=whole)
                for call in self._take_planned(whole=whole):
                    self._submit(call, whole=whole)
            finally:
                with self._changed:
                    self._busy -= 1

    def _submit_undone(self, *, whole: bool) -> None:
        try:
            with self._database.read() as unit:
                stale = stale_tournaments(unit)
        except TabappError as error:
            log.info("what was left undone cannot be seen yet: %s", error)
            with self._changed:
                self._look = not whole
                self._again = self._clock.monotonic() + AGAIN
            return
        for owner in stale:
            self._submit(Call(
                "standings.recalculate", owner, {"tournament_id": owner}, actors.PROGRAM),
                whole=whole)

    def _submit_burst(self, owner: int, burst: Burst, *, whole: bool) -> None:
        try:
            with self._database.read() as unit:
                found = follow_ups.calls(unit, owner, burst)
                reason = follow_ups.reason(unit, owner, burst)
        except TabappError as error:
            self._put_back(owner, burst, error, whole=whole)
            return
        for call in found:
            if call.job in self._every:
                self._plan(call)
            else:
                self._submit(call, whole=whole)
        if reason and self._may_copy():
            copy = Call(SNAPSHOT, None, {"reason": reason}, burst.by)
            self._plan(copy, at_once=bool(burst.rounds))

    def _put_back(
        self, owner: int, burst: Burst, error: TabappError, *, whole: bool
    ) -> None:
        """Try again later; what a closing program cannot read its successor finds."""
        log.info("what follows from a change has to wait: %s", error)
        if whole:
            return
        burst.first = burst.last = self._clock.monotonic()
        with self._changed:
            later = self._bursts.get(owner)
            self._bursts[owner] = burst if later is None else burst.and_then(later)

    def _submit(self, call: Call, *, whole: bool) -> None:
        """Submit a job; one that is refused is told in the log, and the others go on.

        What a busy database does not take is tried again until it does.
        """
        if call.job not in self._queue.registry:
            return
        try:
            self._queue.submit(
                call.job, tournament=call.tournament, submitted_by=call.by, about=call.about,
                **call.params)
        except TabappError as error:
            log.warning("%s was not submitted: %s", call.job, error)
            if isinstance(error, TransientError) and not whole:
                with self._changed:
                    if call not in self._owed:
                        self._owed.append(call)
                    self._again = self._clock.monotonic() + AGAIN

    # --- what is not done too often ---

    def _may_copy(self) -> bool:
        if SNAPSHOT not in self._queue.registry:
            return False
        try:
            return self._queue.resources.get(Snapshots).available
        except JobConfigurationError:
            return False

    def _plan(self, call: Call, *, at_once: bool = False) -> None:
        """Submit a job with the others if it is long since the last time, else when it is."""
        key = call.job, call.tournament
        with self._changed:
            now = self._clock.monotonic()
            last = self._taken.get(key, float("-inf"))
            at = now if at_once else max(now, last + self._every[call.job])
            before = self._planned.get(key)
            self._planned[key] = (at if before is None else min(at, before[0]), call)
