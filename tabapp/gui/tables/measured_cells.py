"""Cells that measure: a share as a bar with its words, a range with its middle and a line."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from tabapp.gui import chips, fonts, ink
from tabapp.gui.tables.cell_painter import PAD, CellPainter, Place
from tabapp.gui.tables.cells import Cell, Column, Value, text_of
from tabapp.gui.tokens import Height

_BAR = 100
_LEAST_BAR = 40
_WORDS = "100 %"
_GAP = 8
_RANGE = 96
_DOT = 3.0
"""Radius of the middle of a range."""


class SharePainter(CellPainter):
    """Paints a bar filled to the first point of a cell, from 0 to 1, and the words at the right.

    A cell with the tone of what is done is painted in its colour; one without points is its words
    alone.
    """

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of a whole bar and its words."""
        return _BAR + _GAP + self._words(value, column) + 2 * PAD

    def narrow(self, value: Value, column: Column) -> int:
        """Return the width of a short bar and its words."""
        return _LEAST_BAR + _GAP + self._words(value, column) + 2 * PAD

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell that the words always have their room; the bar gives way."""
        return False

    @staticmethod
    def _words(value: Value, column: Column) -> int:
        own = fonts.width("identity", text_of(value, column))
        return round(max(own, fonts.width("control", _WORDS)) + 0.5)

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint track, bar and words."""
        if not isinstance(value, Cell):
            return
        done = value.tone == "done"
        words, style = value.text, "identity" if done else "control"
        right = at.x + at.width - PAD
        token = "done" if done else "text3" if at.dim or not value.points else "text"
        painter.setPen(ink.pen(token))
        chips.text_at(
            painter, style, words, right - fonts.width(style, words), at.y, at.height)
        room = at.width - 2 * PAD - _GAP - self._words(value, column)
        if not value.points or room < _LEAST_BAR:
            return
        whole = min(_BAR, room)
        top, height = at.y + (at.height - Height.TRACK) // 2, Height.TRACK
        ink.box(painter, at.x + PAD, top, whole, height, radius=height / 2, fill="sunken")
        filled = whole * min(1.0, max(0.0, value.points[0]))
        if filled >= 1:
            ink.box(
                painter, at.x + PAD, top, max(filled, height), height, radius=height / 2,
                fill="done_mark" if done else "accent")


class RangePainter(CellPainter):
    """Paints a dot with whiskers: low, middle, high, and a line that all rows share.

    The four points of a cell run from 0 to 1; below 0 a line is not known, and a middle does not
    come near it.
    """

    def natural(self, value: Value, column: Column) -> int:
        """Return a width in which ranges can be told apart."""
        return _RANGE + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether there are words for what the range shows."""
        return bool(text_of(value, column))

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the line through the whole row, then whisker and dot."""
        if not isinstance(value, Cell) or len(value.points) != 4:
            return
        low, middle, high, line = value.points
        left, width = at.x + PAD, at.width - 2 * PAD
        if line >= 0:
            painter.fillRect(
                round(left + width * line), at.y, 2, at.height + 1, ink.color("soft_line"))
        if middle < 0:
            return
        y = at.y + at.height / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(ink.pen("text3" if at.dim else "text2", 2))
        painter.drawLine(QPointF(left + width * low, y), QPointF(left + width * high, y))
        painter.setPen(ink.pen("text3" if at.dim else "accent"))
        painter.setBrush(ink.brush("text3" if at.dim else "accent"))
        painter.drawEllipse(QPointF(left + width * middle, y), _DOT, _DOT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
