"""The table on the screen: paints its rows from plain lists, and what keys and pointer do in it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from time import monotonic

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QToolTip, QWidget

from tabapp.gui.tables import order, widths
from tabapp.gui.tables.cells import NAMED, Cell, text_of
from tabapp.gui.tables.editing import CellEditor
from tabapp.gui.tables.header import TableHeader
from tabapp.gui.tables.model import Index, TableModel
from tabapp.gui.tables.order import Sorting
from tabapp.gui.tables.painters import PAINTERS
from tabapp.gui.tables.rows import PaintedTable
from tabapp.gui.tokens import Height

_TYPING_PAUSE = 1.2
"""Seconds after which typing begins a new search."""


class TableView(PaintedTable):
    """Shows a ``TableModel``: type to find, arrows, Enter, F2, Ctrl+C, Alt+arrows."""

    opened = Signal(object)
    """Enter or a double click: the key of the row."""
    chosen = Signal(object)
    """Another row has the cursor: its key, or None."""

    def __init__(
        self, model: TableModel, name: str, *, row_height: int = Height.ROW,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(model, parent)
        self.row_height = row_height
        self._widths: dict[str, int] = {}
        self._natural: list[int] = []
        self._measured = -1
        self._low: set[int] = set()
        self._typed, self._typed_at = "", 0.0
        self._anchor: tuple[Hashable, int] | None = None
        self._sharing = False
        self.partner: TableView | None = None
        self._is_marked = False
        self.setAccessibleName(name)
        self._set_up(model)
        model.about_to_update.connect(self._on_about_to_update)
        model.updated.connect(self._on_updated)
        self._on_updated()

    def _set_up(self, model: TableModel) -> None:
        # before the rows come, or Qt would measure the number of every row
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self.row_height)
        self.setHorizontalHeader(TableHeader(model, self))
        self.setModel(model)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.setItemDelegate(CellEditor(self))
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.horizontalHeader().sectionClicked.connect(self._on_title_clicked)
        self.horizontalHeader().sectionResized.connect(self._on_section_resized)
        self.doubleClicked.connect(self._on_double_clicked)

    def has_keys(self) -> bool:
        """Tell whether typing comes to this table, or to what explains its cell."""
        return self.hasFocus() or self._is_marked

    def mark_cell(self, marked: bool) -> None:
        """Show which cell is meant although the keys are elsewhere."""
        self._is_marked = marked
        for one in (self, self.partner):
            if one is not None:
                one.viewport().update()

    # Widths

    def column_widths(self) -> dict[str, int]:
        """Return the widths that a person chose, by the columns' keys, to be remembered."""
        return dict(self._widths)

    def set_column_widths(self, chosen: Mapping[str, int]) -> None:
        """Give columns the widths that a person chose before."""
        self._widths = dict(chosen)
        self.share_out()

    def share_out(self) -> None:
        """Give every column its width in the table as wide as it is now."""
        if self._measured != self.rows.fillings:
            # not at each filter or change: columns that jump while somebody types cannot be read
            self._natural = widths.natural_widths(self.rows.columns, self.rows.all_rows)
            self._measured = self.rows.fillings
        room = self.viewport().width()
        shared = widths.shared_out(self.rows.columns, self._natural, room, self._widths)
        self._sharing = True
        for i, width in enumerate(shared):
            if self.columnWidth(i) != width:
                self.setColumnWidth(i, width)
        self._sharing = False

    def _on_section_resized(self, section: int, _old: int, new: int) -> None:
        if not self._sharing and new:
            self._widths[self.rows.columns[section].key] = new
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out again."""
        super().resizeEvent(event)
        self.share_out()

    # Updates keep the place

    def _on_about_to_update(self) -> None:
        top = self.rowAt(0)
        at_start = self.verticalScrollBar().value() == 0
        if top < 0 or at_start:
            self._anchor = None
        else:
            self._anchor = (self.rows.shown[top].key, self.rowViewportPosition(top))

    def _on_updated(self) -> None:
        self._set_heights()
        if self._anchor is not None:
            at = self.rows.row_of(self._anchor[0])
            if at is not None:
                bar = self.verticalScrollBar()
                self.updateGeometries()
                bar.setValue(bar.value() + self.rowViewportPosition(at) - self._anchor[1])
            self._anchor = None
        self.hovered = -1
        self.share_out()
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def _set_heights(self) -> None:
        low = {i for i, row in enumerate(self.rows.shown) if row.line}
        # Qt lets heights travel with their rows, so what was low may be anywhere now
        places = range(len(self.rows.shown)) if low or self._low else ()
        for i in places:
            wanted = Height.LINE_ROW if i in low else self.row_height
            if self.rowHeight(i) != wanted:
                self.setRowHeight(i, wanted)
        self._low = low

    # Order

    def sort_by(self, sorting: Sorting | None) -> None:
        """Sort by a column, and keep the row with the cursor on the screen."""
        self.rows.sort_by(sorting)
        current = self.currentIndex()
        if current.isValid():
            self.scrollTo(current)

    def _on_title_clicked(self, section: int) -> None:
        now = self.rows.sorting
        if now is None or now.column != section:
            self.sort_by(Sorting(section))
        else:
            self.sort_by(None if now.descending else Sorting(section, descending=True))

    # Rows

    def current_key(self) -> Hashable | None:
        """Return the key of the row with the cursor."""
        at = self.currentIndex().row()
        return self.rows.shown[at].key if 0 <= at < len(self.rows.shown) else None

    def go_to(self, key: Hashable) -> bool:
        """Select the row with this key and show it; tell whether there is one."""
        at = self.rows.row_of(key)
        if at is None:
            return False
        self._select(self.rows.index(at, self._column()))
        return True

    def go_to_cell(self, row: int, column: int) -> None:
        """Put the cursor on a cell, by where it stands."""
        self._select(self.rows.index(row, column))

    def _column(self) -> int:
        """Return the column of the cursor, at first that of the rows' names."""
        at = self.currentIndex().column()
        named = (i for i, c in enumerate(self.rows.columns) if c.kind in NAMED)
        return at if at >= 0 else next(named, 0)

    def _select(self, index: QModelIndex) -> None:
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Report that another row has the cursor."""
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.chosen.emit(self.current_key())
        self.viewport().update()

    def copy_text(self) -> str:
        """Return the selected rows, or all, under their titles: tabs and lines."""
        chosen = self.selected_rows()
        shown = self.rows.shown
        rows = [shown[i] for i in chosen] if chosen else list(shown)
        return order.as_table_text(rows, self.rows.columns)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, copy, sort or find; the rest is Qt's."""
        key = event.key()
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copy_text())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                event.ignore()  # the page or the dialog does its main step
            elif self.current_key() is not None and not self._is_editing():
                self.opened.emit(self.current_key())
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in _SORTS:
            column = self.currentIndex().column()
            if column >= 0:
                self.sort_by(Sorting(column, descending=_SORTS[key]))
        elif key == Qt.Key.Key_Space:
            self._on_space()
        elif key == Qt.Key.Key_Slash and not self._is_typing():
            event.ignore()  # the page goes to its filter
        elif key == Qt.Key.Key_Escape and self._is_typing():
            self._typed = ""
        else:
            super().keyPressEvent(event)

    def _on_space(self) -> None:
        """Take the row with the cursor to the selected ones, or out; a space in a name is typed."""
        if self._is_typing():
            self.keyboardSearch(" ")
        elif self.currentIndex().isValid():
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(self.currentIndex(), flags.Toggle | flags.Rows)
            self.viewport().update()

    def _is_typing(self) -> bool:
        return bool(self._typed) and monotonic() - self._typed_at < _TYPING_PAUSE

    def _is_editing(self) -> bool:
        """Tell whether a cell is typed in; the Enter that ends it comes to the table too."""
        return self.state() == QAbstractItemView.State.EditingState

    def keyboardSearch(self, search: str) -> None:
        """Go to the row whose name begins with what is typed without a pause."""
        again = self._is_typing()
        self._typed = self._typed + search if again else search
        self._typed_at = monotonic()
        here = max(0, self.currentIndex().row())
        start = here if again else here + 1
        shown = self.rows.shown
        if not shown:
            return
        found = order.find_row(shown, self.rows.columns, self._typed, start % len(shown))
        if found is not None:
            self._select(self.rows.index(found, self._column()))

    # Pointer

    def _on_double_clicked(self, index: QModelIndex) -> None:
        if not self.rows.columns[index.column()].editable:
            self.opened.emit(self.rows.shown[index.row()].key)

    def set_hovered(self, row: int) -> None:
        """Tint another row, in the frozen columns too."""
        if row == self.hovered:
            return
        old, self.hovered = self.hovered, row
        for at in (old, row):
            if at >= 0:
                self.viewport().update(
                    0, self.rowViewportPosition(at), self.viewport().width(), self.rowHeight(at)
                )
        if self.partner is not None:
            self.partner.set_hovered(row)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tint the row below the pointer."""
        super().mouseMoveEvent(event)
        self.set_hovered(self.rowAt(round(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        """Tint nothing any more."""
        super().leaveEvent(event)
        self.set_hovered(-1)

    def tip_at(self, index: QModelIndex) -> str:
        """Return what the tooltip of a cell says: its tip, else its text if that is cut."""
        if not index.isValid() or self.rows.shown[index.row()].line:
            return ""
        value = self.rows.value(index.row(), index.column())
        column = self.rows.columns[index.column()]
        if isinstance(value, Cell) and value.tip:
            return value.tip
        cut = PAINTERS[column.kind].is_cut(value, column, self.columnWidth(index.column()))
        return text_of(value, column) if cut else ""

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tooltip of a cell."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.tip_at(index), self)
            return True
        return super().viewportEvent(event)


_SORTS: dict[int, bool] = {Qt.Key.Key_Up: False, Qt.Key.Key_Down: True}
