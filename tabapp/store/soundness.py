"""Whether a database is whole, how large it is, and making it small again.

All of it goes past the pool, on connections of its own, so that a damaged file can be looked at
and no transaction stands in the way of VACUUM.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import text

from tabapp.core.errors import UserError
from tabapp.store.database import Database
from tabapp.store.engine import open_engine, parse_url, writer_lock
from tabapp.store.faults import translate

_MOST = 5
"""Faults that are told of one file."""
_PATIENCE = 2.0
_ROWS_LOOKED_AT = 1000
"""What ANALYZE reads of each index."""


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that is there, able to write: who only may read leaves the log's files behind."""
    uri = f"{path.resolve().as_uri()}?mode=rw"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if (ours := translate(error, str(path))) is not None:
            raise ours from error
        raise


# --- is it whole? ------------------------------------------------------------------------------


def tables_of(path: Path) -> list[str]:
    """Return the names of the tables of a file."""
    with _said_plainly(path), closing(_connect(path)) as driver:
        return [name for (name,) in driver.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            " ORDER BY name")]


def faults(path: Path, tables: Sequence[str] | None = None) -> list[str]:
    """Return what is wrong with a file, at most a few lines; [] where it is sound.

    ``tables`` are looked over quickly, one after the other; without them the whole file is read,
    its indexes compared with their tables.
    """
    with _said_plainly(path), closing(_connect(path)) as driver:
        try:
            if tables is None:
                found = driver.execute(f"PRAGMA integrity_check({_MOST})").fetchall()
            else:
                found = [
                    row for one in tables
                    for row in driver.execute(f"PRAGMA quick_check({_quoted(one)})")]
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise UserError(
                    "database_unreachable", where=str(path), detail=str(error)) from error
            return [str(error)]
    return [line for (line,) in found if line != "ok"][:_MOST]


def orphans(path: Path) -> list[str]:
    """Return which rows refer to rows that are not there, at most a few."""
    with _said_plainly(path), closing(_connect(path)) as driver:
        try:
            rows = driver.execute("PRAGMA foreign_key_check").fetchmany(_MOST)
        except sqlite3.OperationalError as error:
            raise UserError(
                "database_unreachable", where=str(path), detail=str(error)) from error
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return [f"{table} {row_id} refers to a missing {parent}" for table, row_id, parent, _ in rows]


def schema_revision(path: Path) -> str:
    """Return the revision of the schema of a file, "" where none is written."""
    with _said_plainly(path), closing(_connect(path)) as driver:
        row = driver.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


# --- how large is it? --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FileState:
    """Bytes of a file, how many of them are free inside, and those of its write-ahead log."""

    bytes: int
    free: int
    log: int

    @property
    def free_share(self) -> float:
        """How much of the file is free, 0 to 1."""
        return self.free / self.bytes if self.bytes else 0.0


def file_state(path: Path) -> FileState:
    """Look at the sizes of a file and of the log beside it."""
    with _said_plainly(path), closing(_connect(path)) as driver:
        (page,) = driver.execute("PRAGMA page_size").fetchone()
        (pages,) = driver.execute("PRAGMA page_count").fetchone()
        (free,) = driver.execute("PRAGMA freelist_count").fetchone()
    return FileState(page * pages, page * free, log_bytes(path))


def log_bytes(path: Path) -> int:
    """Return the size of the write-ahead log; 0 where there is none."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size
    except OSError:
        return 0


def server_bytes(database: Database) -> int:
    """Return what a server keeps of a database."""
    with database.read() as unit:
        size: Any = unit.connection.execute(
            text("SELECT pg_database_size(current_database())")).scalar()
    return int(size or 0)


# --- making it small ---------------------------------------------------------------------------


def analyse(database: Database) -> None:
    """Let the database learn how its rows are spread, so that it finds them the short way."""
    if database.path is None:
        _on_server(database, "ANALYZE")
        return
    with _alone(database, database.path) as driver:
        driver.execute(f"PRAGMA analysis_limit={_ROWS_LOOKED_AT}")
        driver.execute("ANALYZE")
        driver.execute("PRAGMA optimize")


def move_log(database: Database) -> bool:
    """Move the write-ahead log into the file and cut it; False where a reader is in the way."""
    if database.path is None:
        return True
    with _alone(database, database.path) as driver:
        try:
            (busy, _pages, _moved) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError:
            return False
    return not busy


def compact(database: Database) -> None:
    """Write the file anew without what is free in it; needs twice its size on the disk.

    Writers wait meanwhile. ``UserError`` or ``DatabaseBusy`` leave the file as it was.
    """
    if database.path is None:
        _on_server(database, "VACUUM")
        return
    with _alone(database, database.path) as driver:
        driver.execute("VACUUM")


@contextmanager
def _alone(database: Database, path: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection while no other writer of this process is in the file."""
    with writer_lock(database.url).hold(database.patience, database.name), _said_plainly(path), \
            closing(_connect(path)) as driver:
        yield driver


def _on_server(database: Database, statement: str) -> None:
    """Run what may stand in no transaction."""
    engine = open_engine(parse_url(database.url), where=database.name)
    try:
        with engine.connect() as plain:
            plain.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(statement)
    finally:
        engine.dispose()
