"""Verified copies of the open file: taken, listed, thinned out.

They go to a folder of this computer and, where one is set, to a second folder or drive. Whatever
happens to the second one, the first has its copy.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from tabapp.core.clock import Clock
from tabapp.core.errors import TabappError, UserError
from tabapp.core.events import EventBus
from tabapp.core.files import at_home
from tabapp.core.settings import AppSettings, Folders
from tabapp.jobs.context import JobContext
from tabapp.jobs.errors import JobConfigurationError
from tabapp.services.events import SnapshotFailed, SnapshotMade
from tabapp.services.snapshot_files import (
    BEFORE,
    Label,
    SnapshotInfo,
    abandoned_in,
    copies_in,
    free_name,
    outlived,
)
from tabapp.store.database import Database
from tabapp.store.snapshots import Copy, copy_database, fingerprint

__all__ = ["SnapshotInfo", "Snapshots", "Taken", "before_destroying", "folders_of", "listed_in"]

log = logging.getLogger(__name__)
T = TypeVar("T")

BREAKER = "second_folder"
"""The name of the circuit breaker in front of the second folder."""

REFUSALS = {
    "disk_full": "snapshot_disk_full",
    "database_unreachable": "snapshot_not_written",
    "database_readonly": "snapshot_not_written",
    "database_io": "snapshot_not_written",
    "database_damaged": "snapshot_not_sound",
}
"""What the store says of the place of a copy, in words about the copy."""


class Guard(Protocol):
    """A circuit breaker: calls, or refuses at once while what it guards is known to be away."""

    def call(self, name: str, function: Callable[..., T], /, *args: Any) -> T:
        """Call the function, and count what comes of it."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What a snapshot made. ``second_problem`` says why the second folder has none, else ""."""

    path: Path
    bytes: int
    verified: bool
    second: Path | None
    second_problem: str


def folders_of(settings: AppSettings, folders: Folders) -> tuple[Path, Path | None]:
    """Return where this computer keeps copies, and the second place if one is set."""
    second = settings.second_snapshot_folder
    return (
        at_home(settings.snapshot_folder or folders.snapshots),
        at_home(second) if second is not None else None,
    )


def listed_in(database: Path, folder: Path, second: Path | None) -> list[SnapshotInfo]:
    """Return the copies of the database at a path, the newest first, whether it is there or not.

    A folder that cannot be read counts as empty.
    """
    label = Label.of(database)
    found: list[SnapshotInfo] = []
    for place, is_second in ((folder, False), (second, True)):
        if place is None or (is_second and place == folder):
            continue
        try:
            found += copies_in(place, label, second=is_second)
        except OSError as error:
            log.warning("the copies in %s cannot be listed: %s", place, error)
    return sorted(found, key=lambda one: (one.at, one.path.name, not one.second), reverse=True)


class Snapshots:
    """The snapshots of one open database. Any thread may call it; a copy takes its time."""

    def __init__(
        self, database: Database, folder: Path, second: Path | None, clock: Clock, bus: EventBus,
        breakers: Guard | None = None,
    ) -> None:
        self._database = database
        self._folder = folder
        self._second = None if second == folder else second
        self._clock = clock
        self._bus = bus
        self._breakers = breakers
        self._label = None if database.path is None else Label.of(database.path)
        self._lock = threading.Lock()
        self._is_pulled = False

    @property
    def folder(self) -> Path:
        """Where copies go."""
        return self._folder

    @property
    def second_folder(self) -> Path | None:
        """Where each copy goes too, such as a stick; None where none is set."""
        return self._second

    def use(self, folder: Path, second: Path | None) -> None:
        """Let copies go elsewhere from now on; those that are there stay where they are."""
        with self._lock:
            self._folder = folder
            self._second = None if second == folder else second

    @property
    def available(self) -> bool:
        """Whether copies can be made: a server has its own."""
        return self._label is not None

    def take(self, reason: str, *, to: Path | None = None) -> Taken:
        """Copy the file now, verified, to the folder and to the second one.

        With ``to`` there and nowhere else. ``UserError`` where the first folder refuses. The
        second one is behind a circuit breaker and never keeps the first from its copy.
        """
        with self._lock:
            return self._take(reason, to)

    def take_if_changed(self, reason: str, *, to: Path | None = None) -> Taken | None:
        """Take a copy unless nothing was written since the newest one that is there.

        A second folder that lacks the newest one, as a stick that is back, is given it.
        """
        with self._lock:
            last = self._newest(to or self._folder)
            if last is None or not self._has_all(last):
                return self._take(reason, to)
            if to is None and self._second and _lacks(self._second / last.path.name):
                self._take_second(last.path)
            return None

    def before(self, reason: str) -> Taken | None:
        """Take a copy ahead of something destructive, such as "before deleting Round 5".

        None where nothing was written since the last copy, or none can be taken. What keeps it
        from being taken is logged and told (``SnapshotFailed``), and never raised: the work that
        a person asked for goes on, and undo is there.
        """
        if not self.available:
            return None
        words = reason if reason.startswith(BEFORE) else BEFORE + reason
        try:
            return self.take_if_changed(words)
        except TabappError as error:
            log.warning("no snapshot was taken: %s", error)
            self._bus.publish(SnapshotFailed(None, words, str(error)))
            return None

    def listed(self) -> Sequence[SnapshotInfo]:
        """Return the copies of both folders, the newest first."""
        if self._database.path is None:
            return []
        return listed_in(self._database.path, self._folder, self._second)

    def latest(self) -> SnapshotInfo | None:
        """Return the newest copy of the first folder; cheap enough for a status bar."""
        return self._newest(self._folder)

    def thin_out(self, now: datetime) -> int:
        """Delete old copies by the rotation and return how many files that were.

        In each folder by itself; also what is left of copies whose program was killed. A file
        that cannot be deleted stays and is not counted.
        """
        if self._label is None:
            return 0
        with self._lock:
            count = self._thin_out(self._folder, now)
            if self._second is not None and self._second.is_dir():
                try:
                    count += self._guarded(self._thin_out, self._second, now)
                except TabappError as error:
                    log.info("the second folder is not thinned out: %s", error)
            return count

    def _newest(self, folder: Path) -> SnapshotInfo | None:
        if self._label is None:
            return None
        try:
            return next(iter(copies_in(folder, self._label)), None)
        except OSError as error:
            log.warning("the copies in %s cannot be listed: %s", folder, error)
            return None

    def _has_all(self, copy: SnapshotInfo | None) -> bool:
        """Tell whether a copy holds all that was written so far."""
        path = self._database.path
        if copy is None or path is None:
            return False
        try:
            return fingerprint(copy.path) == fingerprint(path)
        except TabappError as error:
            log.info("the last copy cannot be compared: %s", error)
            return False

    def _take(self, reason: str, to: Path | None) -> Taken:
        label, source = self._label, self._database.path
        if label is None or source is None:
            raise UserError("snapshot_of_server", where=self._database.name)
        folder = to or self._folder
        target = free_name(folder, label, self._clock.now(), reason)
        made = _copy(source, target)
        second, problem = (None, "") if to is not None else self._take_second(made.path)
        self._bus.publish(SnapshotMade(None, str(made.path), second is not None))
        return Taken(made.path, made.bytes, made.verified, second, problem)

    def _take_second(self, first: Path) -> tuple[Path | None, str]:
        if self._second is None:
            return None, ""
        try:
            if self._is_pulled and self._second.is_dir():
                self._is_pulled = False  # it is back, whatever its circuit breaker remembers
                copy = _copy_to_second(first, self._second)
            else:
                copy = self._guarded(_copy_to_second, first, self._second)
        except TabappError as error:
            self._is_pulled = self._is_pulled or (
                isinstance(error, UserError) and error.code == "snapshot_second_gone")
            log.warning("the second folder has no copy: %s", error)
            return None, str(error)
        return copy.path, ""

    def _guarded(self, function: Callable[..., T], *args: object) -> T:
        if self._breakers is None:
            return function(*args)
        return self._breakers.call(BREAKER, function, *args)

    def _thin_out(self, folder: Path, now: datetime) -> int:
        assert self._label is not None
        try:
            gone = [
                *(one.path for one in outlived(copies_in(folder, self._label), now)),
                *abandoned_in(folder, self._label, now),
            ]
        except OSError as error:
            raise UserError(
                "snapshot_folder_unreadable", folder=str(folder),
                detail=error.strerror or str(error)) from error
        count = 0
        for path in gone:
            try:
                path.unlink()
            except OSError as error:
                log.warning("%s cannot be deleted: %s", path, error)
            else:
                count += 1
        return count


def _lacks(path: Path) -> bool:
    """Tell whether a file is not there, or cannot be asked for."""
    try:
        return not path.exists()
    except OSError:
        return True


def _copy(source: Path, target: Path) -> Copy:
    """Copy a database; what the place of the copy refuses is said of the copy."""
    try:
        return copy_database(source, target)
    except UserError as error:
        code = REFUSALS.get(error.code)
        if code is None:
            raise
        raise UserError(
            code, file=source.name, folder=str(target.parent),
            detail=error.facts.get("detail", "")) from error


def _copy_to_second(first: Path, folder: Path) -> Copy:
    """Copy a copy to the second folder, which is never made: a stick that is not there is not."""
    if not folder.is_dir():
        raise UserError("snapshot_second_gone", folder=str(folder))
    return _copy(first, folder / first.name)


def before_destroying(ctx: JobContext[Any, Any], reason: str) -> None:
    """Take a copy ahead of what a job destroys; a program without snapshots goes on."""
    try:
        snapshots = ctx.need(Snapshots)
    except JobConfigurationError:
        return
    taken = snapshots.before(reason)
    if taken is not None:
        ctx.log.info("snapshot taken", file=str(taken.path))
