"""Files that the system hands over to the running program."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

HANDS_OVER = sys.platform == "darwin"
"""Whether this system does so; elsewhere a filter of all events would be asked for nothing."""


class HandedFiles(QObject):
    """Opens what is double-clicked while the program runs."""

    def __init__(self, app: QApplication, open_file: Callable[[str], None]) -> None:
        super().__init__()
        self._app, self._open = app, open_file
        if HANDS_OVER:
            app.installEventFilter(self)

    def end(self) -> None:
        """Open nothing more."""
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the file out of the event that brings it."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self._open(event.file())
            return True
        return False
