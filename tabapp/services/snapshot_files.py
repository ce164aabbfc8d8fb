"""The names of snapshots, which copies lie in a folder, and which of them time lets go.

A copy is known by its name alone, so the copies outlive the database that they are of:
``Worlds 2026-11-23 061500 before deleting the draw of Round 5 ~3f2a9c.tabapp``, in UTC. The mark
at the end stands for the path of the database: two files of one name share a folder of copies.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tabapp.core.files import at_home

SUFFIX = ".tabapp"
BEFORE = "before "
"""How the reasons of copies begin that were taken before something destructive."""

_LONGEST = 80
"""Bytes of a stem or of a reason; file systems allow 255 for the whole."""
_STAMP = "%Y-%m-%d %H%M%S"
_NAME = re.compile(
    r" (?P<at>\d{4}-\d{2}-\d{2} \d{6})(?:-(?P<n>\d{1,3}))?"
    r"(?: (?P<reason>.+?))? ~(?P<mark>[0-9a-f]{6})\.tabapp", re.DOTALL)
_FORBIDDEN = frozenset('<>:"/\\|?*~')
_PART = re.compile(r"\.(?P<name>.+)\.part(?:-journal|-wal|-shm)?", re.DOTALL)

ALL, HOURLY, DAILY = timedelta(hours=2), timedelta(days=1), timedelta(days=30)
CAREFUL = timedelta(days=7)
ABANDONED = timedelta(days=1)
"""Age of a copy that never came to its end, and whose program is gone for certain."""


@dataclass(frozen=True, slots=True)
class SnapshotInfo:
    """One copy in a folder, as its name tells. ``second``: in the second folder or drive."""

    path: Path
    at: datetime
    reason: str
    bytes: int
    second: bool


@dataclass(frozen=True, slots=True)
class Label:
    """What the copies of one database have in common: its name and the mark of its path."""

    stem: str
    mark: str

    @classmethod
    def of(cls, database: Path) -> Label:
        """Return the label of the database at a path, whether it is there or not."""
        real = at_home(database).resolve()
        mark = hashlib.sha256(os.fsencode(real)).hexdigest()[:6]
        return cls(_safe(real.stem) or "database", mark)

    def name(self, at: datetime, reason: str, n: int = 1) -> str:
        """Return the name of a copy; ``n`` counts those of one second."""
        words = _safe(reason)
        time = at.astimezone(UTC).strftime(_STAMP) + (f"-{n}" if n > 1 else "")
        return " ".join(filter(None, (self.stem, time, words, f"~{self.mark}"))) + SUFFIX

    def read(self, name: str) -> tuple[datetime, int, str] | None:
        """Return time, number in its second and reason of a copy; None of a name not ours."""
        if not name.startswith(self.stem):
            return None
        found = _NAME.fullmatch(name, len(self.stem))
        if found is None or found["mark"] != self.mark:
            return None
        try:
            at = datetime.strptime(found["at"], _STAMP).replace(tzinfo=UTC)
        except ValueError:  # no such day
            return None
        return at, int(found["n"] or 1), found["reason"] or ""


def _safe(text: str) -> str:
    """Return ``text`` as FAT, NTFS and people take it in a name, cut where it is too long."""
    plain = "".join(
        " " if one in _FORBIDDEN or unicodedata.category(one)[0] in "CZ" else one
        for one in unicodedata.normalize("NFC", text))
    short = " ".join(plain.split()).encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    return short.strip(" .")


def copies_in(folder: Path, label: Label, *, second: bool = False) -> list[SnapshotInfo]:
    """Return the copies of one database in a folder, the newest first.

    None in a folder that is not there. ``OSError`` where it cannot be read.
    """
    found: list[tuple[tuple[datetime, int], SnapshotInfo]] = []
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    for entry in entries:
        read = label.read(entry.name)
        if read is None or not entry.is_file(follow_symlinks=False):
            continue
        at, n, reason = read
        try:
            size = entry.stat(follow_symlinks=False).st_size
        except FileNotFoundError:  # somebody thinned them out just now
            continue
        found.append(((at, n), SnapshotInfo(Path(entry.path), at, reason, size, second)))
    return [one for _key, one in sorted(found, key=lambda pair: pair[0], reverse=True)]


def free_name(folder: Path, label: Label, now: datetime, reason: str) -> Path:
    """Return the path of the next copy in a folder; those of one second are numbered."""
    try:
        known = [label.read(one.name) for one in folder.iterdir()]
    except OSError:  # there is no such folder yet, or the copy will tell what is wrong with it
        known = []
    second = now.replace(microsecond=0)
    numbers = [one[1] for one in known if one is not None and one[0] == second]
    return folder / label.name(now, reason, max(numbers, default=0) + 1)


def abandoned_in(folder: Path, label: Label, now: datetime) -> Iterator[Path]:
    """Yield what is left of copies of this database that never came to their end."""
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        part = _PART.fullmatch(entry.name)
        read = label.read(part["name"]) if part else None
        if read is not None and now - read[0] > ABANDONED:
            yield Path(entry.path)


def outlived(copies: Sequence[SnapshotInfo], now: datetime) -> list[SnapshotInfo]:
    """Return the copies of one folder, newest first, that the rotation lets go.

    It keeps all of the last two hours, the last of each hour of a day, the last of each day of
    thirty, those taken before something destructive for a week, and the newest whatever its age.
    """
    kept: set[datetime] = set()
    gone = []
    for place, one in enumerate(copies):
        age = now - one.at
        period = one.at.replace(minute=0, second=0)
        if age > HOURLY:
            period = period.replace(hour=0)
        careful = one.reason.startswith(BEFORE) and age <= CAREFUL
        outdated = age > DAILY or (age > ALL and period in kept)
        if place and outdated and not careful:
            gone.append(one)
        else:
            kept.add(period)
    return gone
