"""What ``doctor`` looks at besides a database: the program, its libraries, folders and clock."""

from __future__ import annotations

import platform
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tabapp import __version__
from tabapp.core.errors import UserError
from tabapp.core.resources import resource_path
from tabapp.core.settings import Folders
from tabapp.domain.health import Finding
from tabapp.services.health_checks import Surroundings, disk, finding

WANTED: Mapping[str, tuple[int, ...]] = {
    "SQLAlchemy": (2, 0), "alembic": (1, 13), "APScheduler": (3, 10), "numpy": (1, 26),
    "scipy": (1, 12), "rustworkx": (0, 14), "pydantic": (2, 6), "typer": (0, 12),
}
"""Libraries without which nothing runs, and the oldest that do."""
WINDOW = "PySide6-Essentials"
LOSES_NONE = (6, 12)
"""From here on PySide6 gives a reference to None away in nearly every call on Python 3.11."""
PYTHON = (3, 11)
SQLITE = (3, 35)
"""The first SQLite that answers RETURNING."""
BORN = datetime(2025, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
ZONES = ("UTC", "Europe/Vienna", "Asia/Kolkata", "America/Sao_Paulo")


def check_program(
    folders: Folders, now: datetime, *, around: Surroundings | None = None,
    display: UserError | None = None,
) -> list[Finding]:
    """Check everything that needs no database. ``display``: why no window can come up, if so."""
    disks = around or Surroundings()
    return [
        python(sys.version_info[:3], sqlite3.sqlite_version_info),
        libraries(installed((*WANTED, WINDOW))),
        window_library(installed((WINDOW,)), sys.version_info[:2]),
        display_libraries(display),
        fonts(),
        *folders_of_the_program(folders, disks),
        time_zones(ZONES),
        wall_clock(now),
    ]


def installed(names: Sequence[str]) -> dict[str, tuple[int, ...]]:
    """Return the versions of the distributions that are there."""
    found = {}
    for name in names:
        try:
            found[name] = numbers(version(name))
        except PackageNotFoundError:
            continue
    return found


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with.

    >>> numbers("6.11.3"), numbers("2.0.0rc1")
    ((6, 11, 3), (2, 0, 0))
    """
    found = []
    for part in text.split("."):
        digits = ""
        for letter in part:
            if not letter.isdecimal():
                break
            digits += letter
        if not digits:
            break
        found.append(int(digits))
        if digits != part:
            break
    return tuple(found)


def _dotted(parts: Sequence[int]) -> str:
    return ".".join(map(str, parts))


def python(running: Sequence[int], sqlite: Sequence[int]) -> Finding:
    """Tell which Python and SQLite run the program."""
    facts = {
        "version": __version__, "python": _dotted(running), "sqlite": _dotted(sqlite),
        "system": platform.platform(terse=True)}
    if tuple(running[:2]) < PYTHON or tuple(sqlite[:2]) < SQLITE:
        return finding("program", "problem", "doctor_program_old", facts, fix="program_old")
    return finding("program", "passed", "doctor_program", facts)


def libraries(found: Mapping[str, tuple[int, ...]]) -> Finding:
    """Tell whether all libraries are there and new enough; a frozen build has brought its own."""
    shown = ", ".join(f"{name} {_dotted(found[name])}" for name in sorted(found, key=str.lower))
    if getattr(sys, "frozen", False):  # of most it does not know the version
        return finding("libraries", "passed", "doctor_libraries_frozen")
    lacking = [name for name in WANTED if name not in found]
    old = [name for name, least in WANTED.items() if name in found and found[name] < least]
    if lacking or old:
        return finding(
            "libraries", "problem", "doctor_libraries_lacking",
            {"names": ", ".join([*lacking, *old])}, fix="libraries")
    return finding("libraries", "passed", "doctor_libraries", {"shown": shown})


def window_library(found: Mapping[str, tuple[int, ...]], running: Sequence[int]) -> Finding:
    """Tell whether the library of the window is one that works with this Python."""
    has = found.get(WINDOW)
    if has is None:
        frozen = getattr(sys, "frozen", False)
        return finding("window_library", "passed", "doctor_window_frozen") if frozen else finding(
            "window_library", "attention", "doctor_window_none", {"name": WINDOW},
            fix="window_none")
    facts = {"name": WINDOW, "found": _dotted(has), "limit": _dotted(LOSES_NONE)}
    if tuple(running) <= PYTHON and has >= LOSES_NONE:
        return finding(
            "window_library", "problem", "doctor_window_crashes", facts, fix="window_crashes")
    return finding("window_library", "passed", "doctor_window", facts)


def display_libraries(error: UserError | None) -> Finding:
    """Tell whether a window can come up; without a display nobody wants one."""
    if error is None:
        return finding("display", "passed", "doctor_display")
    sentence, _, fix = error.message.partition(". ")
    missing = error.code == "display_missing"
    return Finding(
        "display", "attention" if missing else "problem", f"{sentence.rstrip('.')}.", fix)


def fonts() -> Finding:
    """Tell whether the fonts that are shipped are there."""
    try:
        folder = resource_path("fonts")
    except FileNotFoundError as error:
        return finding("fonts", "problem", "doctor_fonts_none", {"folder": error.filename},
                       fix="install_again")
    shipped = [one for one in folder.iterdir() if one.suffix.lower() in (".ttf", ".otf")]
    empty = [one.name for one in shipped if one.stat().st_size == 0]
    if not shipped or empty:
        return finding(
            "fonts", "problem", "doctor_fonts_none", {"folder": folder}, fix="install_again")
    return finding("fonts", "passed", "doctor_fonts", {"count": len(shipped)})


def folders_of_the_program(folders: Folders, around: Surroundings) -> list[Finding]:
    """Tell whether settings, tournaments, logs and copies can be written, and for how long."""
    each = {
        "settings": folders.config, "tournaments": folders.data, "logs": folders.log,
        "copies": folders.snapshots}
    refused = {
        what: folder for what, folder in each.items()
        if not around.writable(_nearest(folder))}
    if refused:
        what, folder = next(iter(refused.items()))
        first = finding(
            "folders", "problem", "doctor_folder_readonly", {"what": what, "folder": folder},
            fix="folder")
    else:
        first = finding("folders", "passed", "doctor_folders", {"folder": folders.data})
    return [first, disk(_nearest(folders.data), 0, around)]


def _nearest(folder: Path) -> Path:
    """Return the folder, or the one in which it would be made."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def time_zones(names: Sequence[str]) -> Finding:
    """Tell whether the data of time zones is there."""
    for name in names:
        try:
            ZoneInfo(name)
        except ZoneInfoNotFoundError:
            return finding(
                "time_zones", "problem", "doctor_zones_none", {"zone": name}, fix="zones")
    return finding("time_zones", "passed", "doctor_zones")


def wall_clock(now: datetime) -> Finding:
    """Tell whether the computer's clock shows a time that can be right."""
    facts = {"time": f"{now.astimezone():%d.%m.%Y %H:%M %Z}"}
    if not BORN <= now < LATEST:
        return finding("clock", "problem", "doctor_clock_wrong", facts, fix="clock_wrong")
    return finding("clock", "passed", "doctor_clock", facts)
