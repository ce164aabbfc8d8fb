"""Caps of keys on their own, and the thin line between two parts."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, ink

_HEIGHT = 18


class KeyCaps(QWidget):
    """The caps of one shortcut."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__()
        self._keys = keys
        self.setAccessibleName(" ".join(keys))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Ask for all caps."""
        return QSize(chips.key_width(self._keys), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the caps."""
        with QPainter(self) as painter:
            chips.draw_keys(painter, self._keys, 0, (self.height() - _HEIGHT) / 2)


class Rule(QWidget):
    """A line of one pixel between two parts."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        fixed, grows = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if upright else grows, grows if upright else fixed)
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("line"))
