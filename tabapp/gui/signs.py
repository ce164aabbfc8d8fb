"""Signs that a person is here, heard where the system hands them over."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication, QWindow

_SIGNS = frozenset({
    QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin, QEvent.Type.TabletPress,
})  # fmt: skip
"""By which a person shows to be here; a pointer that a table is bumped against is none."""


class Signs(QObject):
    """Calls ``heed`` at each key and button before anything else; True keeps it from all others.

    It listens at the window that has the keys, dialogs included, as it changes. A filter of the
    application would be asked at every event of every widget, a hundred for a key, and each time
    wait its turn beside a busy thread.
    """

    def __init__(self, heed: Callable[[], bool | None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heed = heed
        self._at: QWindow | None = None
        self._runs = False

    @property
    def runs(self) -> bool:
        """Tell whether it listens."""
        return self._runs

    def begin(self) -> None:
        """Listen from now on."""
        app = QGuiApplication.instance()
        if not self._runs and isinstance(app, QGuiApplication):
            self._runs = True
            app.focusWindowChanged.connect(self._follow)
            self._follow(QGuiApplication.focusWindow())

    def end(self) -> None:
        """Listen no more."""
        app = QGuiApplication.instance()
        if self._runs and isinstance(app, QGuiApplication):
            self._runs = False
            app.focusWindowChanged.disconnect(self._follow)
            self._follow(None)

    def _follow(self, window: QWindow | None) -> None:
        if self._at is not None and shiboken6.isValid(self._at):
            self._at.removeEventFilter(self)
        self._at = window
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Heed the signs of a person."""
        if event.type() not in _SIGNS or not self._heed():
            return False
        event.accept()  # so that no shortcut is looked up for it either
        return True
