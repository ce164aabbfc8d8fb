"""The one door to a tournament file or server: open, read, write, undo, close."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import Connection, Engine

from tabapp.core.clock import Clock, SystemClock
from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.core.events import Changed, EventBus
from tabapp.core.precedence import PEOPLE
from tabapp.core.revisions import LeaseToken, Revision
from tabapp.store import blockers, journal, undo
from tabapp.store.engine import (
    WriterLock,
    checkpoint,
    open_engine,
    read_transaction,
    write_transaction,
    writer_lock,
)
from tabapp.store.journal import Action, Header
from tabapp.store.opening import Place, prepare
from tabapp.store.times import to_text
from tabapp.store.topics import touch_topics
from tabapp.store.unit import ReadUnit, WriteUnit

log = logging.getLogger(__name__)

BUDGET = 0.05
"""Seconds that a write unit may take; it holds no computation."""

PATIENCE = 30.0
"""Seconds that a writer waits for the other writers of this process."""

MOVE_LOG_EVERY = 1.0
"""Seconds between two times that a run moves the log into the file."""

IsAlive: TypeAlias = Callable[[str], bool | None]
"""Whether the program behind an owner of leases runs; None where nobody can tell."""

Hook: TypeAlias = Callable[[WriteUnit], None]


class Database:
    """A tournament database. All methods may be called from any thread.

    ``hooks`` run in order at the end of each write unit, inside its transaction.
    """

    def __init__(self, place: Place, clock: Clock, bus: EventBus, is_alive: IsAlive | None) -> None:
        self.clock = clock
        self.bus = bus
        self.is_alive = is_alive
        self.hooks: list[Hook] = []
        self.path: Path | None = place.path
        self.url: str = place.url.render_as_string(hide_password=False)
        self.name = place.name
        self.patience = PATIENCE
        self._closed = False
        self._moved = float("-inf")
        self._lock: WriterLock = writer_lock(self.url)
        self._engine = open_engine(place.url, where=place.name)
        self._quick = open_engine(place.url, where=place.name, durable=False)

    @classmethod
    def open(
        cls,
        where: str | Path,
        *,
        create: bool = False,
        clock: Clock | None = None,
        bus: EventBus | None = None,
        is_alive: IsAlive | None = None,
    ) -> Database:
        """Open the file at a path or the database at a SQLAlchemy URL.

        ``create`` makes what is not there. An older schema is brought up to date, after a verified
        copy beside the file. ``UserError`` ``database_missing``, ``_foreign``, ``_damaged``,
        ``_newer``, ``_unreachable`` or ``_url``.
        """
        place = Place.of(where)
        clock = clock or SystemClock()
        with writer_lock(place.url.render_as_string(hide_password=False)).hold(
            PATIENCE, place.name
        ):
            prepare(place, create=create, clock=clock)
        return cls(place, clock, bus or EventBus(), is_alive)

    def close(self) -> None:
        """Give everything back; the last user leaves one file, without a log beside it.

        A second call does nothing.
        """
        if self._closed:
            return
        self._closed = True
        try:
            if self.path is not None and self.path.exists():
                checkpoint(self._engine)
        except UserError as error:
            log.warning("the log could not be moved into the file: %s", error)
        finally:
            self._quick.dispose()
            self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        """Open a view of one moment; close it soon, since the log grows as long as it lasts."""
        with read_transaction(self._engine) as connection:
            unit = ReadUnit(connection, self.name)
            try:
                yield unit
            finally:
                unit.close()

    @contextmanager
    def write(
        self,
        *,
        actor: str = "",
        verb: str = "",
        subject: str = "",
        tournament: int | None = None,
        expected: Revision | None = None,
        lease: LeaseToken | None = None,
        run_id: int | None = None,
        trail: bool = True,
        undoable: bool = True,
    ) -> Iterator[WriteUnit]:
        """Open a unit that commits when its ``with`` ends and rolls back on any exception.

        Its journaled changes are one action; all units of one ``run_id`` are one too, in each
        tournament. ``StaleInput`` when ``expected`` does not hold any more, ``LeaseLost`` when
        ``lease`` has another holder. Events and ``Changed`` are published in this thread after
        the commit. A write within a write of the same thread is a RuntimeError. Writes of people
        go before those of runs that wait, and only runs move the log into the file, which takes
        longer than any ballot.
        """
        if self._lock.held_here():
            raise RuntimeError("a write unit inside a write unit of the same thread")
        header = Header(
            at="", actor=actor, verb=verb, subject=subject, tournament=tournament,
            run_id=run_id, trail=trail, undoable=undoable,
        )
        with self._first(run_id), self._transaction(
            self._engine, urgent=run_id is None
        ) as connection:
            header.at = to_text(self.clock.now())
            if lease is not None:
                journal.check_lease(connection, lease)
            if expected is not None:
                journal.check_expected(connection, expected)
            unit = WriteUnit(connection, self.name, header)
            try:
                yield unit
                self._finish(unit)
            finally:
                unit.close()
        if run_id is not None:
            self._move_log()
        self._publish(unit)

    def _move_log(self) -> None:
        now = self.clock.monotonic()
        if self.path is not None and now - self._moved >= MOVE_LOG_EVERY:
            self._moved = now
            checkpoint(self._quick, "PASSIVE")

    def _finish(self, unit: WriteUnit) -> None:
        for hook in self.hooks:
            hook(unit)
        touch_topics(unit)
        if unit.failed:
            raise RuntimeError("a write failed and the unit went on; half of it may be missing")
        unit.action_id = journal.record(
            unit.connection, unit.ids, unit.header, unit.changes, unit.topics
        )
        journal.bump(unit.connection, unit.topics)
        unit.ids.keep()

    def _publish(self, unit: WriteUnit) -> None:
        for owner in sorted({owner for owner, _ in unit.topics}):
            topics = frozenset(topic for other, topic in unit.topics if other == owner)
            self.bus.publish(Changed(owner or None, topics))
        for event in unit.events:
            self.bus.publish(event)

    @contextmanager
    def housekeeping(self) -> Iterator[Connection]:
        """Write tables that keep themselves (runs, leases), without journal or event.

        A lost power line may take the last of these back; a durable commit carries them along.
        ``DatabaseBusy`` at once in a thread that has a write unit open.
        """
        if self._lock.held_here():
            raise DatabaseBusy(where=self.name)
        with self._transaction(self._quick) as connection:
            yield connection

    @staticmethod
    def _first(run_id: int | None) -> AbstractContextManager[None]:
        """Let runs stand still while somebody waits until this is on the disk."""
        return PEOPLE.first() if run_id is None else nullcontext()

    @contextmanager
    def _transaction(self, engine: Engine, *, urgent: bool = False) -> Iterator[Connection]:
        if self.path is not None and not self.path.exists():
            raise UserError("database_missing", where=self.name)
        with self._lock.hold(self.patience, self.name, urgent=urgent), PEOPLE.in_the_way():
            began = self.clock.monotonic()
            with write_transaction(engine) as connection:
                yield connection
            took = self.clock.monotonic() - began
        if took > BUDGET:
            log.info("a write unit took %.0f ms, its budget is %.0f", took * 1e3, BUDGET * 1e3)

    def undo(
        self, tournament: int | None, *, actor: str, action_id: int | None = None,
        trail_only: bool = False, check: Callable[[Action], None] | None = None,
    ) -> Action:
        """Take back the last action that can be undone, or the given one; return the new action.

        None as ``tournament`` stands for all of them. ``trail_only`` leaves alone what the trail
        does not show: the import that made the tournament. ``check`` may refuse what was found by
        an error of its own. ``UserError`` ``nothing_to_undo``,
        ``not_undoable``, ``already_undone``, or ``undo_blocked`` by a later action.
        """

        def pick(unit: WriteUnit) -> Action:
            found = undo.pick_undo(unit, tournament, action_id, trail_only=trail_only)
            if check is not None:
                check(found)
            return found

        return self._invert(actor, pick)

    def redo(self, tournament: int | None, *, actor: str) -> Action:
        """Take back the last undo; ``nothing_to_redo`` when somebody did anything else since."""
        return self._invert(actor, lambda unit: undo.pick_redo(unit, tournament))

    def _invert(self, actor: str, pick: Callable[[WriteUnit], Action]) -> Action:
        target: Action | None = None
        try:
            with self.write(actor=actor) as unit:
                target = pick(unit)
                undo.invert(unit, target)
        except UserError as error:
            if error.code != "integrity" or target is None:
                raise
            with self.read() as view:
                raise undo.Overtaken(blockers.blocker(view, target)) from error
        with self.read() as view:
            done = journal.read_action(view.connection, unit.action_id or 0)
        assert done is not None
        return done

    def history(self, tournament: int | None, *, limit: int = 100) -> list[Action]:
        """Return the newest actions first; None stands for all tournaments."""
        with self.read() as unit:
            return journal.read_history(unit.connection, tournament, limit)
