"""The crash log: reports of errors that nobody caught, and of runs that ended without goodbye."""

from __future__ import annotations

import faulthandler
import json
import logging
import os
import platform
import sqlite3
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tabapp.core.clock import Clock, SystemClock
from tabapp.core.events import Event
from tabapp.core.files import lock_file

log = logging.getLogger(__name__)

_LIBRARIES = ("PySide6-Essentials", "SQLAlchemy", "numpy", "scipy", "rustworkx", "pydantic")
_KEPT = 20


@dataclass(frozen=True, slots=True)
class ErrorReported(Event):
    """An error that nobody caught was written down; ``file`` is None where the disk refused."""

    text: str
    file: Path | None


@dataclass(frozen=True, slots=True)
class UncleanEnd:
    """An earlier run that ended without being told to: power, a kill, or a crash in a library.

    ``trace`` is what the interpreter could still write down; empty for power and kill. ``opened``
    is the tournament file that was open last, if one was; ``seen`` when it last told that it runs.
    """

    started: str
    version: str
    trace: str
    file: Path
    opened: str = ""
    seen: str = ""


def report_text(error: BaseException, *, app_version: str, at: str, thread: str) -> str:
    """Return a report that a person can copy into a message: what, where, on what machine."""
    libraries = ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)
    trace = "".join(traceback.format_exception(error))
    return (
        f"tabapp {app_version}, {at}, thread {thread}\n"
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.platform()}\n{libraries}\n\n{trace}"
    )


def _version(distribution: str) -> str:
    from importlib.metadata import (  # noqa: PLC0415 - 20 ms that only a report needs
        PackageNotFoundError,
        version,
    )

    try:
        return version(distribution)
    except PackageNotFoundError:
        return "?"


class CrashLog:
    """Writes ``crash-….txt`` for every uncaught error, and knows whether the last run ended well.

    While it runs, a file ``run-….log`` is open and locked; Python's fault handler writes into it
    when a library takes the process down. A clean stop deletes the file, so a file that nobody
    locks belongs to a run that did not stop. Other programs on the same folder are no trouble.
    The marks that a ``window`` left are for the next window to tell; commands leave them alone.
    """

    def __init__(
        self,
        folder: Path,
        *,
        app_version: str,
        clock: Clock | None = None,
        publish: Callable[[Event], None] | None = None,
        window: bool = False,
    ) -> None:
        self._folder = folder
        self._window = window
        self._version = app_version
        self._clock = clock or SystemClock()
        self._publish = publish
        self._run: IO[str] | None = None
        self._lock = threading.Lock()
        self._count = 0
        self._hooks = (sys.excepthook, threading.excepthook)

    def start(self) -> tuple[UncleanEnd, ...]:
        """Take over uncaught errors of all threads; return the runs that ended without goodbye.

        A folder that cannot be written costs the reports, not the program.
        """
        ends: tuple[UncleanEnd, ...] = ()
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            ends = tuple(self._unclean_ends())
            self._open_run()
        except OSError as error:
            log.warning("no crash log is kept in %s (%s)", self._folder, error.strerror)
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_error
        threading.excepthook = self._on_thread_error
        return ends

    def stop(self) -> None:
        """Say goodbye: give the hooks back and remove the mark of a running program."""
        sys.excepthook, threading.excepthook = self._hooks
        if self._run is not None:
            path = Path(self._run.name)
            faulthandler.disable()
            self._run.close()
            self._run = None
            path.unlink(missing_ok=True)

    def note_open(self, target: str) -> None:
        """Write down which tournament is open, "" for none, so that the next start can tell."""
        if self._run is not None:
            now = self._clock.now().isoformat(timespec="seconds")
            self._run.write(json.dumps({"opened": target, "at": now}) + "\n")
            self._run.flush()

    def note_alive(self) -> None:
        """Leave the time at which this run was still well."""
        if self._run is not None:
            with suppress(OSError):
                os.utime(self._run.name)

    def report(self, error: BaseException, *, thread: str | None = None) -> ErrorReported:
        """Write the report of ``error``, log it and publish it. May be called from any thread."""
        now = self._clock.now()
        name = thread or threading.current_thread().name
        text = report_text(
            error, app_version=self._version, at=now.isoformat(timespec="seconds"), thread=name
        )
        with self._lock:
            self._count += 1
            file = self._write(f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}-{self._count:03}", text)
        log.critical(
            "an unexpected error: %s: %s. The report is in %s",
            type(error).__name__, error, file or "the log",
            exc_info=(type(error), error, error.__traceback__),
        )
        reported = ErrorReported(text, file)
        if self._publish is not None:
            self._publish(reported)
        return reported

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
        else:
            self.report(error.with_traceback(trace))

    def _on_thread_error(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is None or issubclass(args.exc_type, SystemExit):
            return
        name = args.thread.name if args.thread is not None else "?"
        self.report(args.exc_value.with_traceback(args.exc_traceback), thread=name)

    def _write(self, stem: str, text: str) -> Path | None:
        try:
            path = self._folder / f"{stem}.txt"
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
            for old in sorted(self._folder.glob("crash-*.txt"))[:-_KEPT]:
                old.unlink(missing_ok=True)
        except OSError:
            return None
        return path

    def _open_run(self) -> None:
        now = self._clock.now()
        path = self._folder / f"run-{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
        self._run = path.open("a", encoding="utf-8")
        lock_file(self._run)
        header = {
            "started": now.isoformat(timespec="seconds"), "version": self._version,
            "window": self._window,
        }
        self._run.write(json.dumps(header) + "\n")
        self._run.flush()
        faulthandler.enable(self._run, all_threads=True)

    def _unclean_ends(self) -> list[UncleanEnd]:
        ends = []
        for path in sorted(self._folder.glob("run-*.log")):
            try:
                with path.open("r+", encoding="utf-8", errors="replace") as file:
                    lock_file(file)
                    text = file.read()
                    seen = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            except OSError:  # locked: another program runs; or another one took it just now
                continue
            if not self._window and _header(text)[0].get("window"):
                continue
            kept = self._write(path.stem.replace("run-", "crash-", 1) + "-000", text)
            path.unlink(missing_ok=True)
            ends.append(_unclean_end(text, kept or path, seen.isoformat(timespec="seconds")))
        return ends


def _header(text: str) -> tuple[dict[str, Any], str]:
    """Return the first line as an object and what follows; power may have taken the line."""
    first, _, rest = text.partition("\n")
    try:
        header = json.loads(first)
    except ValueError:
        header = None
    return (header, rest) if isinstance(header, dict) else ({}, text)


def _unclean_end(text: str, file: Path, seen: str) -> UncleanEnd:
    header, rest = _header(text)
    opened = ""
    while header and rest.startswith('{"opened":'):
        note, rest = _header(rest)
        if not note:  # half a line is all that was written
            break
        opened = str(note.get("opened", ""))
    return UncleanEnd(
        started=str(header.get("started", "")), version=str(header.get("version", "")),
        trace=rest.strip("\0\n "), file=file, opened=opened, seen=seen,
    )
