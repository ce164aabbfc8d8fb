"""A small painted table of figures that need no cursor: places, marks, thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink
from tabapp.gui.tokens import SIDES

_ROW, _HEAD, _GAP, _EDGE = 26, 22, 20, 6


@dataclass(frozen=True, slots=True)
class GridRow:
    """A line: a side's chip or words, and its figures. ``here``: the line that applies."""

    name: str
    figures: tuple[str, ...]
    here: bool = False


class Grid(QWidget):
    """Paints its lines below the titles; figures stand at the right of their columns."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.titles: tuple[str, ...] = ()
        self.rows: tuple[GridRow, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_rows(self, titles: Sequence[str], rows: Sequence[GridRow]) -> None:
        """Show other figures; the first title is that of the names."""
        self.titles, self.rows = tuple(titles), tuple(rows)
        self.setAccessibleDescription(self.text().replace("\t", " ").replace("\n", "; "))
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return it for a spreadsheet: tabs and lines."""
        lines = [self.titles, *((row.name, *row.figures) for row in self.rows)]
        return "\n".join("\t".join(line) for line in lines)

    def _widths(self) -> list[int]:
        first = max((
            chips.side_width(row.name) if row.name in SIDES
            else round(fonts.width("small", row.name) + 1) for row in self.rows), default=0)
        first = max(first, round(fonts.width("header", self.titles[0])) if self.titles else 0)
        widths = [first + _EDGE]
        for at, title in enumerate(self.titles[1:]):
            texts = [row.figures[at] for row in self.rows]
            widths.append(round(max(
                fonts.width("header", title), *(fonts.width("small", one) for one in texts), 1))
                + _GAP)
        return widths

    def sizeHint(self) -> QSize:
        """Ask for the room of all figures."""
        return QSize(sum(self._widths()) + 2 * _EDGE, _HEAD + _ROW * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint titles and lines; the line that applies is tinted, and has an arrow."""
        widths = self._widths()
        with QPainter(self) as painter:
            painter.setPen(ink.pen("text2"))
            right = _EDGE + widths[0] if widths else 0
            if self.titles:
                chips.text_at(painter, "header", self.titles[0], _EDGE, 0, _HEAD)
            for title, width in zip(self.titles[1:], widths[1:], strict=True):
                right += width
                chips.text_at(
                    painter, "header", title, right - fonts.width("header", title), 0, _HEAD)
            for at, row in enumerate(self.rows):
                self._paint_row(painter, row, _HEAD + at * _ROW, widths)

    def _paint_row(self, painter: QPainter, row: GridRow, top: int, widths: list[int]) -> None:
        whole = sum(widths) + 2 * _EDGE
        painter.fillRect(0, top, whole, 1, ink.color("line"))
        if row.here:
            ink.box(painter, 0, top + 2, whole, _ROW - 3, radius=4, fill="soft", edge="accent")
        painter.setPen(ink.pen("text"))
        if row.name in SIDES:
            chips.draw_side(painter, row.name, _EDGE, top + (_ROW - 20) / 2)
        else:
            chips.text_at(painter, "small", row.name, _EDGE, top, _ROW)
        painter.setPen(ink.pen("text"))
        right = _EDGE + widths[0]
        for figure, width in zip(row.figures, widths[1:], strict=True):
            right += width
            chips.text_at(
                painter, "small", figure, right - fonts.width("small", figure), top, _ROW)
