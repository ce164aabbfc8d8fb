"""How connections are made: pragmas, who says BEGIN, and errors in our own words.

Writers to one database stand in line for one process-wide lock before they say BEGIN IMMEDIATE,
since SQLite's busy handler is not fair; its time-out is for other processes.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from weakref import WeakValueDictionary

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.core.precedence import PEOPLE
from tabapp.store.faults import translate
from tabapp.store.schema.base import tell_postgresql

LOG_PAGES = 16_000
"""Pages of the log, 64 MB, at which a commit moves them into the file: see ``Database.write``."""

BUSY_MS = 5000
"""How long SQLite or PostgreSQL waits for another process."""

APPLICATION_ID = 0x54414250  # "TABP": SQLite keeps it in the file's header
PROGRAM = "tabapp"
"""The value of ``application`` in ``meta``, by which a file or server database is known as ours."""

ADVISORY_KEY = APPLICATION_ID
"""The advisory lock that PostgreSQL's writers hold until their transaction ends."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


class Encoded(str):
    """JSON that was written ahead of the unit that stores it, so that nobody waits for that."""

    __slots__ = ()


def dumps(value: Any) -> str:
    """Return JSON as it is stored: no NaN, which PostgreSQL and other readers refuse."""
    if value == {}:  # most of what is stored, and asked for ten times as fast
        return "{}"
    return str(value) if type(value) is Encoded else _encode(value)


def loads(text: str | bytes) -> Any:
    """Return what ``dumps`` wrote."""
    if text == "{}":
        return {}
    return [] if text == "[]" else json.loads(text)


def parse_url(where: str) -> URL:
    """Return a SQLAlchemy URL for SQLite files or PostgreSQL; ``UserError`` for anything else."""
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise UserError("database_url", where=where) from error
    backend = url.get_backend_name()
    if backend == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if backend != "sqlite" or url.database in (None, "", ":memory:"):
        raise UserError("database_url", where=where)
    return url


def open_engine(
    url: URL, *, where: str, durable: bool = True, foreign_keys: bool = True
) -> Engine:
    """Return an engine on ``url``; nothing is opened yet.

    With ``durable`` a commit returns when it is on the disk. Without, the next durable commit
    carries it along: for what a lost power line may take back. ``where`` names the database in
    errors. ``foreign_keys=False`` is for migrations, which rebuild tables.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url, json_serializer=dumps, json_deserializer=loads, pool_size=8, max_overflow=24,
            connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
        )
        _prepare_sqlite(engine, durable=durable, foreign_keys=foreign_keys)
    else:
        tell_postgresql()
        options = f"-c lock_timeout={BUSY_MS} -c synchronous_commit={'on' if durable else 'off'}"
        engine = create_engine(
            url, json_serializer=dumps, json_deserializer=loads, pool_size=8, max_overflow=24,
            pool_pre_ping=True, connect_args={"options": options},
        )

    @event.listens_for(engine, "before_cursor_execute")
    def _(*_args: object) -> None:
        PEOPLE.give_way()

    @event.listens_for(engine, "handle_error", retval=True)
    def _(context: Any) -> BaseException | None:
        return translate(context.original_exception, where)

    return engine


def _prepare_sqlite(engine: Engine, *, durable: bool, foreign_keys: bool) -> None:
    pragmas = (
        f"busy_timeout={BUSY_MS}", "journal_mode=WAL",
        f"synchronous={'FULL' if durable else 'NORMAL'}",
        f"foreign_keys={'ON' if foreign_keys else 'OFF'}", f"wal_autocheckpoint={LOG_PAGES}",
    )

    @event.listens_for(engine, "connect")
    def _(driver: sqlite3.Connection, _record: object) -> None:
        driver.isolation_level = None  # the driver never says BEGIN
        try:
            for pragma in pragmas:
                driver.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            driver.close()
            raise

    @event.listens_for(engine, "begin")
    def _(connection: Connection) -> None:
        writes = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN DEFERRED")


class WriterLock:
    """One writer at a time; knows its holder, so that a nested write is an error and no wait.

    Who is ``urgent``, a person who waits, goes before all that are not, however long those wait:
    a ballot stands behind at most the one job that is writing already.
    """

    def __init__(self) -> None:
        self._free = threading.Condition()
        self._holder: int | None = None
        self._urgent = 0
        self.waiting = 0
        """How many stand in line."""

    def held_here(self) -> bool:
        """Tell whether this thread is the writer."""
        return self._holder == threading.get_ident()

    @contextmanager
    def hold(self, patience: float, where: str, *, urgent: bool = False) -> Iterator[None]:
        """Hold the lock; ``DatabaseBusy`` after ``patience`` seconds of waiting."""
        if not self._take(patience, urgent):
            raise DatabaseBusy(where=where)
        try:
            yield
        finally:
            with self._free:
                self._holder = None
                self._free.notify_all()

    def _take(self, patience: float, urgent: bool) -> bool:
        with self._free:
            self._urgent += urgent
            self.waiting += 1
            try:
                taken = self._free.wait_for(
                    lambda: self._holder is None and (urgent or not self._urgent), patience)
            finally:
                self._urgent -= urgent
                self.waiting -= 1
            if taken:
                self._holder = threading.get_ident()
            else:  # those that let an urgent one go first wait for nobody now
                self._free.notify_all()
            return taken


_locks: WeakValueDictionary[str, WriterLock] = WeakValueDictionary()
_guard = threading.Lock()


def writer_lock(database: str) -> WriterLock:
    """Return the one lock of this process for ``database``, a resolved path or a URL."""
    with _guard:
        lock = _locks.get(database)
        if lock is None:
            lock = _locks[database] = WriterLock()
        return lock


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a write transaction; commits, or rolls back on any exception.

    The caller holds the ``WriterLock``.
    """
    with engine.connect() as plain:
        connection = plain.execution_options(write=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ADVISORY_KEY})")
            yield connection


@contextmanager
def read_transaction(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment of the database, whatever is written meanwhile."""
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        with connection.begin():
            yield connection


def checkpoint(engine: Engine, mode: Literal["PASSIVE", "TRUNCATE"] = "TRUNCATE") -> bool:
    """Move a SQLite log into its file; return False where somebody or something is in the way.

    ``PASSIVE`` moves what it can beside readers and writers and keeps nobody waiting.
    """
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        try:
            return not driver.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[0]
        except sqlite3.Error:
            return False
