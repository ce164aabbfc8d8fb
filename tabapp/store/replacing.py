"""Putting a sound copy in the place of a tournament file, so that it is the old or the new one.

The danger is the log beside the old file: SQLite would replay it into the new one. So it is moved
into the old file first, under a lock that no other program gets past.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tabapp.core.errors import DatabaseBusy, TabappError, UserError
from tabapp.store.code_rows import COUNTER
from tabapp.store.engine import APPLICATION_ID
from tabapp.store.snapshots import (
    BESIDE,
    Copy,
    check_schema,
    connect,
    copy_database,
    copy_open,
    drop,
    flush,
    said_plainly,
    verify,
)

_UNKNOWN = 1000
"""How many codes may have been given by a file that cannot be read any more."""

DAMAGED = ".damaged"
"""Ends the name of what is kept of a file that cannot be read; it is no snapshot."""
_MAGIC = b"SQLite format 3\x00"


def incoming_of(target: Path) -> Path:
    """Return where a copy waits, beside ``target``, to take its place."""
    return target.with_name(f".{target.name}.restoring")


def bring(source: Path, target: Path) -> Copy:
    """Copy ``source``, read it back and leave it beside ``target``; ``source`` stays as it is.

    A file with a log beside it is copied as SQLite sees it, any other byte for byte, which works
    on a write-protected stick too. ``UserError`` ``database_missing``, ``_foreign``, ``_damaged``,
    ``_newer``, ``_unreachable`` or ``disk_full``.
    """
    with said_plainly(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        drop(target)
        target.touch()
    with said_plainly(source):
        if not source.is_file():
            raise UserError("database_missing", where=str(source))
        if not looks_like_ours(source):
            raise UserError("database_foreign", where=str(source))
        if any(Path(f"{source}{end}").exists() for end in BESIDE):
            copy_database(source, target)
        else:
            shutil.copyfile(source, target)
    with said_plainly(target):
        with closing(connect(target, "rw")) as driver:
            driver.execute("PRAGMA journal_mode=DELETE")
        verify(target)
        check_schema(target)
        flush(target)
        flush(target.parent)
        return Copy(target, target.stat().st_size)


def keep_counting(incoming: Path, target: Path) -> None:
    """Let a copy give no code that was given by the file in whose place it comes.

    Paper with these codes is in the hands of judges, and would pass for that of other rooms.
    """
    read = "SELECT table_name, next_id FROM id_counter WHERE substr(table_name, 1, ?) = ?"
    which = (len(COUNTER), COUNTER)
    with said_plainly(incoming), closing(connect(incoming, "rw")) as driver:
        own = dict(driver.execute(read, which))
        given = _codes_given(target, read, which)
        if given is None:
            given = {name: following + _UNKNOWN for name, following in own.items()}
        driver.executemany(
            "INSERT INTO id_counter (table_name, next_id) VALUES (?, ?)"
            " ON CONFLICT (table_name) DO UPDATE SET next_id = excluded.next_id",
            [(name, following) for name, following in given.items()
             if following > own.get(name, 0)])
        driver.commit()
    flush(incoming)


def _codes_given(
    target: Path, read: str, which: tuple[int, str]
) -> dict[str, int] | None:
    """Return how far each tournament's codes went, None where the file does not say."""
    if not target.exists():
        return None
    try:
        with said_plainly(target), closing(connect(target, "rw", patience=0.5)) as driver:
            return dict(driver.execute(read, which))
    except (TabappError, sqlite3.Error):
        return None


def is_sqlite(path: Path) -> bool:
    """Tell by the first bytes whether a file is a database of any program."""
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def looks_like_ours(path: Path) -> bool:
    """Tell by the first bytes whether a file is a database of this program, sound or not."""
    with path.open("rb") as file:
        header = file.read(100)
    mark = int.from_bytes(header[68:72], "big")
    beside = Path(f"{path}-wal").exists()  # then the header may be older than what SQLite reads
    return header.startswith(_MAGIC) and (mark == APPLICATION_ID or (beside and not mark))


def replace_database(incoming: Path, target: Path, kept: Path) -> tuple[Path | None, bool]:
    """Put ``incoming`` in the place of ``target``, after a copy of what was there to ``kept``.

    Return where that copy is, None where there was no file, and whether it is sound: a damaged
    file is kept byte for byte, under a name of its own. ``DatabaseBusy`` while another program has
    the file open; ``UserError`` where a disk refuses. Either way the old file is untouched.
    """
    if not target.exists():
        _set_aside_logs(target, kept)
        _swap(incoming, target)
        return None, True
    try:
        with _alone(target) as driver:
            with said_plainly(kept):
                kept.parent.mkdir(parents=True, exist_ok=True)
                copy_open(driver, kept)
            if os.name == "nt":  # which does not replace a file that is open
                driver.close()
            _swap(incoming, target)
        return kept, True
    except UserError as error:
        if error.code not in ("database_damaged", "database_foreign"):
            raise
    aside = kept.with_name(kept.name + DAMAGED)
    with said_plainly(kept):
        aside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(target, aside)
        flush(aside)
    _set_aside_logs(target, aside)
    _swap(incoming, target)
    return aside, False


@contextmanager
def _alone(target: Path) -> Iterator[sqlite3.Connection]:
    """Have the file for oneself, with its log moved into it; ``DatabaseBusy`` where others do."""
    with said_plainly(target), closing(connect(target, "rw", patience=0.5)) as driver:
        driver.execute("PRAGMA locking_mode=EXCLUSIVE")
        if driver.execute("PRAGMA journal_mode=DELETE").fetchone()[0] != "delete":
            raise DatabaseBusy(where=str(target))
        driver.execute("BEGIN EXCLUSIVE")
        driver.execute("COMMIT")  # in this mode the lock stays
        yield driver


def _set_aside_logs(target: Path, kept: Path) -> None:
    """Move what SQLite left beside a file that it cannot read to where that file is kept."""
    for end in BESIDE:
        log = Path(f"{target}{end}")
        with said_plainly(kept):
            if not log.exists():
                continue
            if end != "-shm":
                kept.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(log, f"{kept}{end}")
                flush(Path(f"{kept}{end}"))
            log.unlink()


def _swap(incoming: Path, target: Path) -> None:
    with suppress(OSError):  # there was none, or the disk knows no rights
        shutil.copymode(target, incoming)
    with said_plainly(target):
        incoming.replace(target)
        flush(target.parent)


def owners_in(path: Path) -> list[tuple[str, str]]:
    """Return owner and expiry of each lock that stands in a file; none where it cannot be read."""
    try:
        with said_plainly(path), closing(connect(path, "rw", patience=0.5)) as driver:
            return list(driver.execute(
                "SELECT owner, expires_at FROM lease WHERE owner IS NOT NULL"))
    except TabappError:
        return []
    except sqlite3.Error:  # tables are missing
        return []
