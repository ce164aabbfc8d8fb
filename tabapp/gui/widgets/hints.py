"""The line that says which keys do what: at most seven."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink
from tabapp.gui.tokens import Height

MOST = 7
_GAP = 16
_AFTER_KEY = 7
_CAP = 18

Hint = tuple[tuple[str, ...], str]
"""The keys and what they do."""


class KeyHints(QWidget):
    """Caps of keys with words; what does not fit is left out from the end, never cut."""

    def __init__(self, hints: Sequence[Hint]) -> None:
        super().__init__()
        self.setFixedHeight(Height.HINTS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_hints(hints)

    def set_hints(self, hints: Sequence[Hint]) -> None:
        """Show other keys (ValueError for more than seven)."""
        if len(hints) > MOST:
            raise ValueError(f"{len(hints)} key hints, at most {MOST} are read")
        self._hints = list(hints)
        self.setAccessibleName(", ".join(f"{' '.join(keys)} {words}" for keys, words in hints))
        self.update()

    def _width(self, hint: Hint) -> int:
        keys, words = hint
        return round(chips.key_width(keys) + _AFTER_KEY + fonts.width("small", words))

    def sizeHint(self) -> QSize:
        """Ask for all of them in one line."""
        return QSize(sum(self._width(h) + _GAP for h in self._hints), Height.HINTS)

    def minimumSizeHint(self) -> QSize:
        """Show at least the first."""
        return QSize(self._width(self._hints[0]) if self._hints else 0, Height.HINTS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as many as fit."""
        with QPainter(self) as painter:
            left, top = 0, (self.height() - _CAP) / 2
            for keys, words in self._hints:
                if left + self._width((keys, words)) > self.width():
                    break
                caps = chips.draw_keys(painter, keys, left, top)
                painter.setPen(ink.pen("text2"))
                chips.text_at(
                    painter, "small", words, left + caps + _AFTER_KEY, 0, self.height()
                )
                left += self._width((keys, words)) + _GAP
