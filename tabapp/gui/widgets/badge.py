"""A badge that stands alone: an icon and a word on a tinted ground."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips
from tabapp.gui.tokens import Height


class Badge(QWidget):
    """An icon and a word on a tinted ground."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._tone = "", "neutral"
        self._icon: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """Return its word."""
        return self._text

    def show_words(self, text: str, tone: str = "neutral", icon: str | None = None) -> None:
        """Say something else, or nothing."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the whole badge, or for nothing."""
        width = chips.badge_width(self._text, self._icon) if self._text else 0
        return QSize(width, Height.BADGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        if not self._text:
            return
        with QPainter(self) as painter:
            chips.draw_badge(painter, self._text, 0, 0, tone=self._tone, icon=self._icon)
