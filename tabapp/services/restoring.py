"""Putting a snapshot back in the place of a tournament file that nobody has open."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tabapp.core.clock import Clock
from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.core.files import at_home, lock_file, window_lock_of
from tabapp.jobs.leases import is_alive
from tabapp.jobs.ports import LeaseHolder, may_take_over
from tabapp.services.snapshot_files import BEFORE, SUFFIX, Label, SnapshotInfo, free_name
from tabapp.store.replacing import (
    bring,
    incoming_of,
    is_sqlite,
    keep_counting,
    looks_like_ours,
    owners_in,
    replace_database,
)
from tabapp.store.snapshots import Copy, drop
from tabapp.store.times import readable

log = logging.getLogger(__name__)

_SAID = {
    "database_missing": "snapshot_missing",
    "database_foreign": "snapshot_foreign",
    "database_damaged": "snapshot_damaged",
    "database_newer": "snapshot_newer",
    "database_unreachable": "snapshot_unreadable",
    "database_io": "snapshot_unreadable",
}
"""What the store says of a source, in words about a snapshot that a person chose."""

_TIME = re.compile(r"\d{4}-?\d{2}-?\d{2}[ T]?[\d:]*(?:\.\d+)?(?:Z|\+00:?00)?")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. ``kept`` is the copy of what was there, None where nothing was.

    ``kept_sound``: else the file was damaged and is kept as it was, byte for byte.
    """

    path: Path
    bytes: int
    verified: bool
    kept: Path | None
    kept_sound: bool


def choose(given: str, copies: Sequence[SnapshotInfo], file: Path) -> Path:
    """Return the copy that a person means: a number of the list from 1, a time, a name, a path.

    ``UserError`` where none or several are meant.
    """
    facts = {"given": given, "count": len(copies), "file": str(file)}
    if given.isdecimal() and len(given) < 5:
        if not 1 <= int(given) <= len(copies):
            raise UserError("snapshot_unknown", **facts)
        return copies[int(given) - 1].path
    path = at_home(Path(given))
    if path.exists():
        return path
    digits = re.sub(r"\D", "", re.sub(r"(\.\d+)?(Z|\+00:?00)?$", "", given))
    meant = [
        one for one in copies
        if one.path.name == given
        or (_TIME.fullmatch(given) and one.at.strftime("%Y%m%d%H%M%S").startswith(digits))
    ]
    names = {one.path.name for one in meant}
    if len(names) > 1:
        raise UserError("snapshot_ambiguous", **{**facts, "count": len(names)})
    if meant:
        return min(meant, key=lambda one: one.second).path
    if path.suffix or len(path.parts) > 1:
        raise UserError("snapshot_missing", file=given)
    raise UserError("snapshot_unknown", **facts)


def bring_plainly(source: Path, to: Path) -> Copy:
    """Copy a snapshot or another tournament file, verified; what is wrong is said of ``source``."""
    try:
        return bring(source, to)
    except UserError as error:
        facts = dict(error.facts)
        said = _SAID.get(error.code)
        at_source = str(facts.pop("where", "")) == str(source)
        about_copy = error.code in ("database_foreign", "database_damaged", "database_newer")
        if said is None or not (at_source or about_copy):
            raise
        raise UserError(said, file=str(source), **facts) from error


def restore(
    target: Path, snapshot: Path, *, folder: Path, cache: Path, clock: Clock
) -> Restored:
    """Put a verified copy of ``snapshot`` in the place of ``target``: the old file or the new one.

    What was there is kept first, as a snapshot in ``folder``. Works where ``target`` is damaged or
    not there. Close the file before: ``UserError`` ``restore_in_use`` while a window, another
    program or this one has it open. ``cache`` is the folder of the windows' locks.
    """
    target = at_home(target).resolve()
    if snapshot.exists() and target.exists() and snapshot.samefile(target):
        raise UserError("restore_itself", file=str(target))
    _check_target(target)
    incoming = incoming_of(target)
    with _no_window(target, cache):
        _check_owners(target, clock.now())
        try:
            made = bring_plainly(snapshot, incoming)
            keep_counting(incoming, target)
            kept = free_name(folder, Label.of(target), clock.now(), _reason(snapshot, target))
            was, sound = replace_database(incoming, target, kept)
        except DatabaseBusy as error:
            raise UserError("restore_in_use", file=str(target), pid="unknown") from error
        except UserError as error:
            if error.code not in ("database_unreachable", "database_readonly", "database_io"):
                raise
            raise UserError(
                "restore_not_written", file=str(target), detail=error.facts.get("detail", "")
            ) from error
        finally:
            drop(incoming)
    return Restored(target, made.bytes, made.verified, was, sound)


def _reason(snapshot: Path, target: Path) -> str:
    read = Label.of(target).read(snapshot.name)
    what = read[0].strftime("the snapshot of %Y-%m-%d %H%M%S") if read else snapshot.stem
    return f"{BEFORE}restoring {what}"


def _check_target(target: Path) -> None:
    """Refuse to overwrite what is somebody else's; a damaged tournament file is none of that."""
    try:
        if not target.exists() or (target.is_file() and not target.stat().st_size):
            return
        ours = target.is_file() and looks_like_ours(target)
        with_magic = target.is_file() and is_sqlite(target)
    except OSError as error:
        raise UserError(
            "restore_not_written", file=str(target), detail=error.strerror or str(error)
        ) from error
    if not ours and (with_magic or target.is_dir() or target.suffix != SUFFIX):
        raise UserError("restore_target_foreign", file=str(target))


@contextmanager
def _no_window(target: Path, cache: Path) -> Iterator[None]:
    """Keep windows from the file as long as the block lasts; they have it if they came first."""
    lock = window_lock_of(target, cache)
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a+", encoding="utf-8")
    except OSError as error:  # then no window can open it either
        log.warning("the lock of windows cannot be looked at: %s", error)
        yield
        return
    with file:
        try:
            lock_file(file)
        except OSError as held:
            file.seek(0)
            raise UserError(
                "restore_in_use", file=str(target), pid=_pid_in(file.read())) from held
        yield


def _pid_in(text: str) -> object:
    try:
        return json.loads(text).get("pid", "unknown")
    except (ValueError, AttributeError):
        return "unknown"


def _check_owners(target: Path, now: datetime) -> None:
    """Refuse while a living program works on the file's queue, even one between two looks."""
    if not target.is_file():
        return
    for owner, expires in owners_in(target):
        holder = LeaseHolder("", owner, 0, readable(expires) or now)
        if not may_take_over(holder, now, is_alive(owner)):
            pid = "".join(owner.split(":")[1:2]) or "unknown"
            raise UserError("restore_in_use", file=str(target), pid=pid)
