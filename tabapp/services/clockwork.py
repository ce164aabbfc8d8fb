"""The clock of an open file: submits what is due, as long as no other program does."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from datetime import datetime, tzinfo

from tabapp.core.actors import CLOCK
from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError, TransientError
from tabapp.core.events import Changed, Event, EventBus
from tabapp.core.revisions import LeaseToken
from tabapp.jobs import scheduler
from tabapp.jobs.due import JumpWatch
from tabapp.jobs.events import JobFinished
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.leases import BEAT_SECONDS, EXPIRY
from tabapp.jobs.ports import Leases, OwnerId
from tabapp.jobs.queue import JobQueue
from tabapp.services.clock_book import Book
from tabapp.services.clock_desk import TOPICS, Desk
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases
from tabapp.store.unit import ReadUnit, WriteUnit

log = logging.getLogger(__name__)

LEASE = "clock"
"""The lock whose holder runs the schedules of a database."""

LOOK_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class ClockState:
    """How the clock stands. ``elsewhere``: another program on this database runs it."""

    running: bool
    paused: bool
    elsewhere: bool
    last_look: datetime | None
    jumped: datetime | None
    """When the computer's clock last jumped or the computer last slept."""
    skipped: int = 0
    """Times that were passed over since the run before had not ended."""


@dataclass(frozen=True, slots=True)
class SchedulesRan(Event):
    """What came of runs of these schedules is stored now."""

    names: frozenset[str]


class Clockwork:
    """Runs the schedules of one database. Any thread may call it.

    ``zone`` is that of schedules that belong to no tournament: the computer's unless given.
    """

    def __init__(
        self,
        database: Database,
        queue: JobQueue[ReadUnit, WriteUnit],
        clock: Clock,
        bus: EventBus,
        *,
        leases: Leases | None = None,
        owner: OwnerId | None = None,
        look_seconds: float = LOOK_SECONDS,
        zone: tzinfo | None = None,
    ) -> None:
        self._queue, self._clock, self._bus = queue, clock, bus
        self._leases: Leases = leases or SqlLeases(database)
        self._owner = owner or queue.owner
        self._watch = JumpWatch(clock)
        self._book = Book(database)
        self._desk = Desk(database, queue, self._book, zone)
        self._ticker = scheduler.Ticker(self._wake, look_seconds)
        self._looking = threading.RLock()
        self._woken = threading.Event()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._token: LeaseToken | None = None
        self._asked = False
        """Whether the lease was asked for, so that it is known who runs the clock."""
        self._paused = False
        self._last_look: datetime | None = None
        self._jumped: datetime | None = None
        self._hear_no_changes = bus.subscribe(Changed, self._on_changed)
        bus.subscribe(JobFinished, self._on_finished)

    # --- life ---

    def start(self) -> None:
        """Take the clock, or wait until the program that has it is gone."""
        self._wake()
        self._thread = threading.Thread(target=self._work, name="clockwork", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Submit nothing more and give the clock back.

        How runs end that are still open is stored as long as the database is open.
        """
        self._ended.set()
        self._wake()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        with self._looking:
            self._hear_no_changes()
            token, self._token = self._token, None
            try:
                self._store()
            except TabappError as error:  # a full disk must not keep the program from closing
                log.warning("what came of schedules could not be stored: %s", error)
            try:
                if token is not None:
                    self._leases.release(token)
            except TabappError as error:  # it expires, or is taken from a dead program
                log.warning("the clock could not be given back: %s", error)

    @property
    def state(self) -> ClockState:
        """How the clock stands now."""
        alive = self._thread is not None and self._thread.is_alive()
        elsewhere = alive and self._asked and self._token is None
        return ClockState(
            running=alive and not elsewhere, paused=self._paused,
            elsewhere=elsewhere, last_look=self._last_look,
            jumped=self._jumped, skipped=self._book.skipped.total(),
        )

    def pause(self) -> None:
        """Hold all schedules until ``resume``; for this program, not stored."""
        self._paused = True

    def resume(self) -> None:
        """Let the schedules go on; what was missed runs once."""
        self._paused = False
        self._wake()

    def reload(self) -> None:
        """Read the schedules anew; it also happens by itself when they change."""
        self._desk.reload()
        self._wake()

    def run_now(self, name: str, *, submitted_by: str = CLOCK) -> list[JobHandle]:
        """Submit a schedule's job at once, whether it is paused or not.

        Runs of it that have not ended are returned instead: two never overlap. ``UserError``
        where the schedule is not known, or cannot run.
        """
        return self._desk.run_now(name, self._clock.now(), submitted_by)

    def look(self) -> None:
        """Look at both clocks now, as after a sleep or in a test with its own clock."""
        with self._looking:
            if self._ended.is_set():
                return
            self._notice_jump()
            if self._keep():
                self._submit_due()
            self._store()

    # --- the thread ---

    def _wake(self) -> None:
        self._woken.set()

    def _on_changed(self, event: Changed) -> None:
        if TOPICS & event.topics:
            self.reload()

    def _on_finished(self, event: JobFinished) -> None:
        self._book.on_finished(event)
        if self._ended.is_set():
            self._store()

    def _work(self) -> None:
        self._ticker.start()
        while not self._ended.is_set():
            try:
                self._beat()
            except TabappError as error:
                log.warning("the clock could not look: %s", error)
            except Exception:  # the last line of this thread
                log.exception("the clock could not look")
            self._woken.wait(BEAT_SECONDS)
        self._ticker.stop()

    def _beat(self) -> None:
        """Renew the lease, and look where something woke us or the clock jumped."""
        with self._looking:
            if self._ended.is_set():
                return
            had, woken = self._token, self._woken.is_set()
            self._woken.clear()
            jumped = self._notice_jump()
            if self._keep() and (woken or jumped or had is None):
                self._submit_due()
            self._store()

    def _notice_jump(self) -> bool:
        jump = self._watch.look()
        if not jump:
            return False
        log.warning("the computer's clock jumped by %.0f seconds", jump)
        self._jumped = self._clock.now()
        self._ticker.wake()
        self._queue.poke()
        return True

    def _keep(self) -> bool:
        """Renew the lease or take it; return whether this program runs the clock."""
        now = self._clock.now()
        try:
            if self._token is not None and self._leases.heartbeat(self._token, now, EXPIRY):
                return True
            self._token = self._leases.acquire(LEASE, self._owner, now, EXPIRY)
            self._asked = True
            self._desk.reload()
        except TransientError as error:
            log.info("the clock could not be kept: %s", error)
        return self._token is not None

    def _store(self) -> None:
        names = self._book.store()
        if names:
            self._bus.publish(SchedulesRan(names))

    # --- what is due ---

    def _submit_due(self) -> None:
        if not self._paused:
            now = self._clock.now()
            next_at = self._desk.look(now)
            self._last_look = now
            self._ticker.set(next_at)
