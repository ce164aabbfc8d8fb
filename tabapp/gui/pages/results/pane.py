"""The table on the screen: columns that stay, a cell cursor, what stands there instead of it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.results.sheet import STAYING, explained
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column, Row
from tabapp.gui.tables.frozen import FrozenTableView
from tabapp.gui.tables.model import Index, TableModel

_NAME = 1
"""The column on which the cursor is at first."""


class StandingsPane(QWidget):
    """A table of other columns is a new one; one of the same columns changes row by row."""

    opened = Signal(object)
    """Enter or a double click: the key of the row."""
    pointed = Signal()
    """A click on a number."""
    scrolled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[Column, ...] | None = None
        self._instead: QWidget | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._make(())

    def _make(self, columns: tuple[Column, ...]) -> None:
        self.rows = TableModel(columns)
        self.table = FrozenTableView(self.rows, tr("Results"), count=min(STAYING, len(columns)))
        self.table.opened.connect(self.opened)
        self.table.clicked.connect(self._on_clicked)
        for bar in (self.table.verticalScrollBar(), self.table.horizontalScrollBar()):
            bar.valueChanged.connect(self.scrolled)
        self.card = TableCard(self.table)
        self._box.addWidget(self.card)
        self.setFocusProxy(self.table)

    def show_rows(self, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
        """Show these rows; the place in the table stays where it was."""
        if columns != self._columns:
            had_focus, before = self.table.hasFocus(), self.card
            chosen = self.table.column_widths()
            at = self.table.currentIndex()
            key = self.table.current_key()
            column = self.rows.columns[at.column()].key if at.isValid() else ""
            self._columns, self._instead = columns, None  # which goes with its card
            self._make(columns)
            self._box.removeWidget(before)
            before.deleteLater()
            self.rows.set_rows(rows)
            self.table.set_column_widths(chosen)
            self._put_cursor(key, column)
            if had_focus:
                self.card.show()  # only what is on the screen takes the focus
                self.table.setFocus()
            return
        key = self.table.current_key()
        self.rows.set_rows(rows)
        if key is None or self.rows.row_of(key) is None:  # else Qt takes a row near by
            self._put_cursor(None, "")

    def _put_cursor(self, key: Hashable, column: str) -> None:
        """Put the cursor back where it was, else on the name in the first row."""
        keys = [one.key for one in self.rows.columns]
        row = self.rows.row_of(key) if key is not None else None
        if self.rows.shown and keys:
            at = keys.index(column) if column in keys else _NAME
            self.table.go_to_cell(row or 0, at)

    def show_instead(self, instead: QWidget | None) -> None:
        """Show something in the place of the table, or the table again for None."""
        before, self._instead = self._instead, instead
        self.card.show_empty(instead)
        if before is not None:
            before.deleteLater()

    def on_number(self) -> bool:
        """Tell whether the cursor is on a number."""
        at = self.table.currentIndex()
        return at.isValid() and bool(explained(self.rows.columns[at.column()].key))

    def _on_clicked(self, index: Index) -> None:
        if self.rows.shown[index.row()].line:
            return
        if explained(self.rows.columns[index.column()].key):
            self.pointed.emit()
