"""The header: titles with chips, the mark of the order, and bands over neighbouring columns."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tables.cell_painter import PAD
from tabapp.gui.tables.cells import Column
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tokens import Height

_MARK = 12
_CHIP_GAP = 7


class TableHeader(QHeaderView):
    """Paints all its sections itself."""

    def __init__(self, model: TableModel, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = model
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(28)
        self.setFixedHeight(self.full_height)

    @property
    def has_bands(self) -> bool:
        """Tell whether any column belongs to a band."""
        return any(column.band for column in self._rows.columns)

    @property
    def full_height(self) -> int:
        """Return 34, or a band over sections."""
        return 2 * Height.BAND if self.has_bands else Height.HEADER

    def sizeHint(self) -> QSize:
        """Ask for the height of titles and bands."""
        return QSize(self.length(), self.full_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground, the titles, the bands and the rule below."""
        with QPainter(self.viewport()) as painter:
            width, height = self.viewport().width(), self.viewport().height()
            painter.fillRect(event.rect(), ink.color("zebra"))
            top = Height.BAND if self.has_bands else 0
            for i, column in enumerate(self._rows.columns):
                if not self.isSectionHidden(i):
                    x, wide = self.sectionViewportPosition(i), self.sectionSize(i)
                    if x + wide >= 0 and x <= width:
                        self._paint_title(painter, i, column, x, wide, top, height - top)
            if top:
                self._paint_bands(painter)
            painter.fillRect(0, height - 1, width, 1, ink.color("line2"))

    def _paint_title(
        self, painter: QPainter, i: int, column: Column, x: int, width: int, top: int, height: int
    ) -> None:
        room = width - 2 * PAD
        sorting = self._rows.sorting
        is_sorted = sorting is not None and sorting.column == i
        chip = chips.side_width(column.side) + _CHIP_GAP if column.side else 0
        mark = _MARK + 3 if is_sorted else 0
        title, style, _ = names.fit(column.title, "header", max(0, room - chip - mark))
        words = fonts.width(style, title)
        left: float = x + PAD
        if column.is_right:
            left = x + width - PAD - words - chip
        if column.side:
            chips.draw_side(painter, column.side, left, top + (height - Height.CHIP) // 2)
            left += chip
        painter.setPen(ink.pen("text" if is_sorted else "text2"))
        chips.text_at(painter, style, title, left, top, height)
        note = fonts.width("small", column.note)
        if column.note and not is_sorted and left + words + 2 * PAD + note < x + width - PAD:
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, "small", column.note, x + width - PAD - note, top, height)
        if is_sorted and sorting is not None:
            at = left - _MARK - 3 if column.is_right else left + words + 3
            name = "arrow-down" if sorting.descending else "arrow-up"
            icons.draw(painter, name, _MARK, "accent", at, top + (height - _MARK) // 2)

    def _paint_bands(self, painter: QPainter) -> None:
        visible = [
            (column.band, i)
            for i, column in enumerate(self._rows.columns)
            if not self.isSectionHidden(i)
        ]
        for band, members in groupby(visible, key=lambda pair: pair[0]):
            if not band:
                continue
            sections = [i for _, i in members]
            x = self.sectionViewportPosition(sections[0])
            last = sections[-1]
            width = self.sectionViewportPosition(last) + self.sectionSize(last) - x
            painter.setPen(ink.pen("text2"))
            shown, style, _ = names.fit(band, "note", width - PAD)
            left = x + (width - fonts.width(style, shown)) / 2
            chips.text_at(painter, style, shown, left, 0, Height.BAND)
            painter.fillRect(x + PAD, Height.BAND - 1, width - 2 * PAD, 1, ink.color("line2"))
