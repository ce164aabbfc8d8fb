"""Copies of a database file that is in use: whole, verified, and on the disk when they say so.

Never copy the file itself: what was committed last stands in its write-ahead log.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tabapp.core.errors import UserError
from tabapp.store import migrations
from tabapp.store.engine import APPLICATION_ID, BUSY_MS
from tabapp.store.faults import translate

BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a file while it is open, or after a crash."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
"""What the system says where a disk, or a user's share of it, is full."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy that was read back and found sound."""

    path: Path
    bytes: int
    verified: bool = True


def copy_database(source: Path, target: Path) -> Copy:
    """Copy the live file ``source`` to ``target``, which appears whole or not at all.

    One step of the backup API: a stepped copy starts again at each write. Writers go on.
    An existing ``target`` is replaced. ``UserError`` when the copy is not sound or has no room.
    """
    part = part_of(target)
    try:
        with said_plainly(target):
            if not source.is_file():
                raise UserError("database_missing", where=str(source))
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            with closing(connect(source, "rw")) as live:
                return copy_open(live, target)
    finally:
        drop(part)


def copy_open(live: sqlite3.Connection, target: Path) -> Copy:
    """Copy what an open connection sees to ``target``; the same promises, raises as SQLite does."""
    part = part_of(target)
    try:
        with closing(connect(part, "rwc")) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
        verify(part)
        flush(part)
        part.replace(target)
        flush(target.parent)
        return Copy(target, target.stat().st_size)
    finally:
        drop(part)


def part_of(target: Path) -> Path:
    """Return where a copy grows until it is whole."""
    return target.with_name(f".{target.name}.part")


def drop(part: Path) -> None:
    """Remove a copy that did not come to its end, with what SQLite keeps beside it."""
    for end in ("", *BESIDE):
        with suppress(OSError):  # the disk may be gone; what happened is already being said
            Path(f"{part}{end}").unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Read the whole file and every reference in it; ``UserError`` when anything is wrong."""
    with said_plainly(path), closing(connect(path, "ro")) as driver:
        if driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UserError("database_foreign", where=str(path))
        finding = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if finding != "ok":
            raise UserError("database_damaged", where=str(path), detail=finding)
        orphan = driver.execute("PRAGMA foreign_key_check").fetchone()
        if orphan is not None:
            detail = f"{orphan[0]} refers to a missing {orphan[2]}"
            raise UserError("database_damaged", where=str(path), detail=detail)


def check_schema(path: Path) -> None:
    """Refuse a file of ours that this version cannot read: a newer one, or one without marks."""
    with said_plainly(path), closing(connect(path, "ro")) as driver:
        if driver.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'"
                          ).fetchone() is None:
            raise UserError("database_foreign", where=str(path))
        found = driver.execute("SELECT version_num FROM alembic_version").fetchone()
        if found is None or found[0] not in migrations.REVISIONS:
            raise UserError(
                "database_newer", where=str(path), revision=found[0] if found else "unknown")


Fingerprint: TypeAlias = tuple[object, ...]
"""What two states of one database have in common when nothing was written between them."""


def fingerprint(path: Path) -> Fingerprint:
    """Return what moves with each write that the journal or a revision knows of.

    Runs, leases and drafts are not among them. The time of the last action tells two histories
    apart that went on from one copy. ``UserError`` where the file cannot be read.
    """
    with said_plainly(path), closing(connect(path, "ro")) as driver:
        last = driver.execute(
            "SELECT id, at, undone_by_id FROM action ORDER BY id DESC LIMIT 1").fetchone()
        moved = driver.execute("SELECT count(*), total(revision) FROM revision").fetchone()
        return (last, moved)


def connect(path: Path, mode: str, *, patience: float = BUSY_MS / 1000) -> sqlite3.Connection:
    """Open a file as SQLite's ``ro``, ``rw`` or ``rwc``, without a word of SQLAlchemy."""
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=patience, isolation_level=None)


def flush(path: Path) -> None:
    """Have a file or a folder written to the disk; Windows cannot do so for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def said_plainly(path: Path) -> Iterator[None]:
    """Turn what SQLite or the system says of ``path`` into the program's own errors."""
    try:
        yield
    except sqlite3.Error as error:
        if (ours := translate(error, str(path))) is not None:
            raise ours from error
        raise
    except OSError as error:
        detail = error.strerror or str(error)
        if error.errno in NO_ROOM:
            raise UserError("disk_full", where=str(path), detail=detail) from error
        raise UserError("database_unreachable", where=str(path), detail=detail) from error
