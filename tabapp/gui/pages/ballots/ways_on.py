"""The keys by which whatever is no field of text goes on along the stops of a sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_BACK = (Qt.Key.Key_Up, Qt.Key.Key_Left)
_ON = (Qt.Key.Key_Down, Qt.Key.Key_Right)


def way_on(event: QKeyEvent) -> int:
    """Return 1 where a key goes on, -1 where it goes back, 0 for any other."""
    key = Qt.Key(event.key())
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        return -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
    return -1 if key in _BACK else 1 if key in _ON else 0
