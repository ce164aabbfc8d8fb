"""A view that paints its rows: grounds, rules, cells, and the mark of the cell with the keys."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QItemSelectionRange, QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QTableView, QWidget

from tabapp.gui import chips, ink
from tabapp.gui.tables.cell_painter import PAD, Place
from tabapp.gui.tables.cells import NAMED, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.painters import PAINTERS
from tabapp.gui.tokens import Radius, Ring

_BAR = 3
"""Width of the bar at the left of a selected row."""


class PaintedTable(QTableView):
    """Paints what its model shows from plain lists, in one go, without asking for each cell."""

    def __init__(self, model: TableModel, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.rows = model
        self.hovered = -1
        self._place = Place()

    def has_keys(self) -> bool:
        """Tell whether typing comes to this table."""
        return self.hasFocus()

    def selected_rows(self) -> list[int]:
        """Return where the selected rows stand, rising."""
        ranges = cast("list[QItemSelectionRange]", self.selectionModel().selection())
        return sorted({i for r in ranges for i in range(r.top(), r.bottom() + 1)})

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows that a part of the viewport shows."""
        with QPainter(self.viewport()) as painter:
            self._paint_rows(painter, event.rect())

    def _paint_rows(self, painter: QPainter, part: QRect) -> None:
        shown = self.rows.shown
        first = self.rowAt(part.top())
        if first < 0 or not shown:
            return
        last = self.rowAt(part.bottom())
        columns = self._columns(part)
        selected = set(self.selected_rows())
        y = self.rowViewportPosition(first)
        for at in range(first, (last if last >= 0 else len(shown) - 1) + 1):
            height = self.rowHeight(at)
            if shown[at].line:
                self._paint_line(painter, shown[at], y, height)
            else:
                self._paint_ground(painter, at, y, height, is_selected=at in selected)
                self._paint_cells(painter, at, y, height, columns)
            y += height
        self._paint_focus(painter)

    def _columns(self, part: QRect) -> list[tuple[int, int, int]]:
        """Return position, left edge and width of the columns that ``part`` shows."""
        found = []
        for i in range(len(self.rows.columns)):
            if self.isColumnHidden(i):
                continue
            x, width = self.columnViewportPosition(i), self.columnWidth(i)
            if x <= part.right() and x + width >= part.left():
                found.append((i, x, width))
        return found

    def _paint_ground(
        self, painter: QPainter, at: int, y: int, height: int, *, is_selected: bool
    ) -> None:
        width = self.viewport().width()
        if is_selected:
            painter.fillRect(0, y, width, height, ink.color("soft"))
        elif at == self.hovered:
            painter.fillRect(0, y, width, height, ink.color("hover"))
        rule = "line"
        shown = self.rows.shown
        if self.rows.is_grouped and at + 1 < len(shown) and self.rows.begins_group(at + 1):
            rule = "line2"
        painter.fillRect(0, y + height - 1, width, 1, ink.color(rule))
        if is_selected:
            painter.fillRect(0, y, _BAR, height, ink.color("accent"))

    def _paint_cells(
        self, painter: QPainter, at: int, y: int, height: int, columns: list[tuple[int, int, int]]
    ) -> None:
        rows = self.rows
        cells = rows.shown[at].cells
        begins = rows.begins_group(at)
        place = self._place
        place.y, place.height, place.dim = y, height - 1, rows.shown[at].dim
        for i, x, width in columns:
            column = rows.columns[i]
            if begins or not column.once_per_group:
                place.x, place.width = x, width
                PAINTERS[column.kind].paint(painter, cells[i], column, place)

    def _paint_line(self, painter: QPainter, row: Row, y: int, height: int) -> None:
        width = self.viewport().width()
        painter.fillRect(0, y, width, height, ink.color("soft"))
        painter.fillRect(0, y - 1, width, 2, ink.color("accent"))
        named = (i for i, c in enumerate(self.rows.columns) if c.kind in NAMED)
        left = self.columnViewportPosition(next(named, 0)) + PAD
        painter.setPen(ink.pen("accent"))
        chips.text_at(painter, "header", row.line, left, y, height)

    def _paint_focus(self, painter: QPainter) -> None:
        index = self.currentIndex()
        if not index.isValid() or not self.has_keys() or self.isColumnHidden(index.column()):
            return
        cell = self.visualRect(index)
        ink.box(
            painter, cell.x() + 2, cell.y() + 2, cell.width() - 4, cell.height() - 5,
            radius=Radius.CHIP, edge="accent", edge_width=Ring.WIDTH,
        )  # fmt: skip
