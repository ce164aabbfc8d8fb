"""What comes from outside the console: the keys of a clicker, and minutes that count up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

CLICKER = {
    Qt.Key.Key_PageDown: "projector.next", Qt.Key.Key_Space: "projector.next",
    Qt.Key.Key_PageUp: "projector.back", Qt.Key.Key_B: "projector.blank",
    Qt.Key.Key_Z: "projector.freeze", Qt.Key.Key_F12: "projector.take",
}  # fmt: skip
"""What a clicker presses while the slides are in a window that has the keys."""
LOOK = 30_000
"""Milliseconds between two looks."""


class Minutes(QTimer):
    """Reads anew from time to time while a slide shows how late something is."""

    def __init__(
        self, parent: QObject, is_shown: Callable[[], bool], read: Callable[[], None]
    ) -> None:
        super().__init__(parent, interval=LOOK)
        self._is_shown, self._read = is_shown, read
        self.timeout.connect(self.look)
        self.start()

    def look(self) -> None:
        """Read anew where the slide is shown."""
        if self._is_shown():
            self._read()
