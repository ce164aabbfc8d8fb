"""The mark of the program."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from tabapp.gui import ink
from tabapp.gui.tokens import Radius

_LOGO = 48
_BARS = (10, 18, 26)


class Logo(QWidget):
    """Three bars that rise."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_LOGO, _LOGO)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark of the program."""
        with QPainter(self) as painter:
            ink.box(painter, 0, 0, _LOGO, _LOGO, radius=Radius.CARD, fill="accent")
            for i, height in enumerate(_BARS):
                ink.box(
                    painter, 11 + 9 * i, 37 - height, 7, height, radius=2, fill="on_accent")
