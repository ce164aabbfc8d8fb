"""Copies of a database file that is in use: whole, verified, and on the disk when they say so.

Never copy the file itself: what was committed last stands in its write-ahead log.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tabapp.core.errors import UserError
from tabapp.store.engine import APPLICATION_ID, BUSY_MS
from tabapp.store.faults import translate


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
    part = target.with_name(f".{target.name}.part")
    try:
        with _said_plainly(target):
            if not source.is_file():
                raise UserError("database_missing", where=str(source))
            target.parent.mkdir(parents=True, exist_ok=True)
            part.unlink(missing_ok=True)
            _back_up(source, part)
            verify(part)
            _flush(part)
            part.replace(target)
            _flush(target.parent)
            return Copy(target, target.stat().st_size)
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):  # the disk may be gone; what happened is already being said
                Path(f"{part}{end}").unlink(missing_ok=True)


def verify(path: Path) -> None:
    """Read the whole file and every reference in it; ``UserError`` when anything is wrong."""
    with _said_plainly(path), closing(_connect(path, "ro")) as driver:
        if driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise UserError("database_foreign", where=str(path))
        finding = driver.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if finding != "ok":
            raise UserError("database_damaged", where=str(path), detail=finding)
        orphan = driver.execute("PRAGMA foreign_key_check").fetchone()
        if orphan is not None:
            detail = f"{orphan[0]} refers to a missing {orphan[2]}"
            raise UserError("database_damaged", where=str(path), detail=detail)


def _back_up(source: Path, part: Path) -> None:
    with closing(_connect(source, "rw")) as live, closing(_connect(part, "rwc")) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=BUSY_MS / 1000, isolation_level=None)


def _flush(path: Path) -> None:
    """Have a file or a folder written to the disk; Windows cannot do so for folders."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        if (ours := translate(error, str(path))) is not None:
            raise ours from error
        raise
    except OSError as error:
        detail = error.strerror or str(error)
        raise UserError("database_unreachable", where=str(path), detail=detail) from error
