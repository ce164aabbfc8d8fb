"""One window for each tournament file: a lock of the system, and a call to the window that has it.

The lock lies in the folder of caches, under a name made from the file's real path, and is the
system's own: it goes with its process, however that ends. A second window leaves a mark beside it,
by which the first comes to the front. Commands of the terminal work on the file all the same; the
store keeps them apart.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import IO

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from tabapp.core.errors import UserError
from tabapp.core.files import lock_file, window_lock_of

log = logging.getLogger(__name__)


class WindowLock:
    """Holds the lock of one tournament file. Any thread may take it and give it back."""

    def __init__(self, target: str, cache: Path) -> None:
        """Take the lock of ``target``; a database on a server has none, several may work there.

        ``UserError`` ``window_file_in_use``, after calling the window that has it; or
        ``window_lock_failed``.
        """
        self._file: IO[str] | None = None
        self.mark: Path | None = None
        if "://" in target:
            return
        path = Path(target).expanduser().resolve()
        lock = window_lock_of(path, cache)
        folder = lock.parent
        self.mark = lock.with_suffix(".raise")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._take(lock, path)
        except OSError as error:
            raise UserError(
                "window_lock_failed", file=path, folder=folder,
                reason=error.strerror or str(error)) from error

    def _take(self, lock: Path, path: Path) -> None:
        file = lock.open("a+", encoding="utf-8")
        try:
            lock_file(file)
        except OSError as held:
            file.seek(0)
            pid = _pid_in(file.read())
            file.close()
            self._call()
            raise UserError("window_file_in_use", file=path, pid=pid or "?") from held
        file.seek(0)
        file.truncate()
        json.dump({"pid": os.getpid(), "file": str(path)}, file)
        file.flush()
        self._file = file

    def _call(self) -> None:
        """Ask the window that has the file to come to the front."""
        assert self.mark is not None
        try:
            self.mark.touch()
        except OSError as error:
            log.info("the other window cannot be called: %s", error)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _pid_in(text: str) -> int | None:
    try:
        found = json.loads(text).get("pid")
    except (ValueError, AttributeError):  # its holder writes it just now
        return None
    return found if isinstance(found, int) else None


class Calls(QObject):
    """Hears another window that wanted this file."""

    called = Signal()

    def __init__(self, lock: WindowLock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mark = lock.mark
        self._watcher = QFileSystemWatcher(self)
        if self._mark is not None:
            self._mark.unlink(missing_ok=True)
            self._watcher.addPath(str(self._mark.parent))
        self._watcher.directoryChanged.connect(self._on_changed)
        QTimer.singleShot(0, self, self._on_changed)

    def _on_changed(self, _folder: str = "") -> None:
        if self._mark is not None and self._mark.exists():
            self._mark.unlink(missing_ok=True)
            self.called.emit()
