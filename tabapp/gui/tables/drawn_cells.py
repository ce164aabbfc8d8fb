"""Cells that are drawn more than written: icons, lines, dots, places."""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter

from tabapp.gui import chips, fonts, icons, ink
from tabapp.gui.tables.cell_painter import PAD, CellPainter, Place
from tabapp.gui.tables.cells import Cell, Column, Value, text_of
from tabapp.gui.tokens import Radius

_GAP = 6
_MARK = 16
_SPARK = 120
_SPARK_EDGE = 6
_DOT, _DOT_STEP = 7, 10
_TREND = 72
_TREND_EDGE = 8
_END = 2.5
"""Radius of the dot at the end of a trend."""
_CHIP = 20
"""Width and height of the chip of a place."""


class MarkPainter(CellPainter):
    """Paints an icon alone, in the colour of its meaning."""

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of the icon."""
        return _MARK + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether nobody can know the word of the icon: it is in the tooltip then."""
        return bool(text_of(value, column))

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the icon in the middle of the height."""
        if isinstance(value, Cell) and value.icon:
            plain = "accent" if value.tone == "accent" else "text2"
            token = f"{value.tone}_mark" if value.tone in chips.TONE_ICONS else plain
            top = at.y + (at.height - _MARK) // 2
            icons.draw(painter, value.icon, _MARK, token, at.x + PAD, top)


class SparkPainter(CellPainter):
    """Paints a line through points, over the line of zero."""

    def natural(self, value: Value, column: Column) -> int:
        """Return a width in which a line can be read."""
        return _SPARK + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether there are words for what the line shows."""
        return bool(text_of(value, column))

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the line as high as the row allows; one point alone is a dot."""
        points = value.points if isinstance(value, Cell) else ()
        if not points:
            return
        left, width = at.x + PAD, at.width - 2 * PAD
        floor, height = at.y + at.height - _SPARK_EDGE, at.height - 2 * _SPARK_EDGE
        painter.fillRect(left, floor, width, 1, ink.color("line2"))
        most, step = max(points) or 1.0, width / max(1, len(points) - 1)
        line = [
            QPointF(left + i * step, floor - height * point / most)
            for i, point in enumerate(points)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(ink.pen("text3" if at.dim else "accent", 1.5))
        if len(line) == 1:
            painter.drawEllipse(line[0], 1.5, 1.5)
        else:
            painter.drawPolyline(line)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class DotsPainter(CellPainter):
    """Paints dots, some of them filled, and the words of a cell after them."""

    @staticmethod
    def _dots(value: Value) -> tuple[int, int]:
        filled, whole = value.points if isinstance(value, Cell) and value.points else (0.0, 0.0)
        return round(filled), round(whole)

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of dots and words."""
        words = fonts.width("body", text_of(value, column))
        return round(words + 0.5) + self._dots(value)[1] * _DOT_STEP + _GAP + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell whether the words do not fit."""
        return self.natural(value, column) > width

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint discs and rings in the middle of the height, then the words."""
        filled, whole = self._dots(value)
        token = "text3" if at.dim else "text2"
        top, left = at.y + (at.height - _DOT) // 2, at.x + PAD
        for number in range(whole):
            ink.box(
                painter, left + number * _DOT_STEP, top, _DOT, _DOT, radius=_DOT / 2,
                fill=token if number < filled else None, edge=token)
        left += whole * _DOT_STEP + _GAP
        self._text(painter, text_of(value, column), at, left, at.x + at.width - PAD - left)


class TrendPainter(SparkPainter):
    """Paints how points went, none of them near zero: a line alone, with a dot at its end.

    Points run from 0, the least of the table, to 1; a point below 0 is missing.
    """

    def natural(self, value: Value, column: Column) -> int:
        """Return a width in which a line can be read."""
        return _TREND + 2 * PAD

    narrow = natural

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the line as high as the row allows; missing points are passed over."""
        points = value.points if isinstance(value, Cell) else ()
        if not points:
            return
        left, width = at.x + PAD, at.width - 2 * PAD - _END
        floor, height = at.y + at.height - _TREND_EDGE, at.height - 2 * _TREND_EDGE
        step = width / max(1, len(points) - 1)
        line = [
            QPointF(left + i * step, floor - height * point)
            for i, point in enumerate(points) if point >= 0]
        if not line:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(ink.pen("text3", 1.25))
        painter.drawPolyline(line)
        painter.setPen(ink.pen("accent"))
        painter.setBrush(ink.brush("accent"))
        painter.drawEllipse(line[-1], _END, _END)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)


class PlacePainter(CellPainter):
    """Paints the place in a debate as a chip, the best in the tone of what is done, and a score.

    The text of the cell is the place, its note the score at the right edge.
    """

    def natural(self, value: Value, column: Column) -> int:
        """Return the width of chip and score."""
        note = value.note if isinstance(value, Cell) else ""
        return _CHIP + _GAP + round(fonts.width("body", note) + 0.5) + 2 * PAD

    narrow = natural

    def is_cut(self, value: Value, column: Column, width: int) -> bool:
        """Tell that nothing is left out."""
        return False

    def paint(self, painter: QPainter, value: Value, column: Column, at: Place) -> None:
        """Paint the chip at the left and the score at the right."""
        if not isinstance(value, Cell):
            return
        if value.text:
            ground, letters = ("done_bg", "done") if value.tone == "done" else ("sunken", "text2")
            top = at.y + (at.height - _CHIP) // 2
            ink.box(
                painter, at.x + PAD, top, _CHIP, _CHIP, radius=Radius.CHIP, fill=ground)
            painter.setPen(ink.pen(letters))
            wide = fonts.width("header", value.text)
            chips.text_at(
                painter, "header", value.text, at.x + PAD + (_CHIP - wide) / 2, top, _CHIP)
        if value.note:
            painter.setPen(ink.pen("text3" if at.dim else "text"))
            wide = fonts.width("body", value.note)
            chips.text_at(
                painter, "body", value.note, at.x + at.width - PAD - wide, at.y, at.height)
