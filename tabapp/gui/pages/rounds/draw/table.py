"""The table of a draw, in which a team is lifted, carried by arrows or pointer, and dropped."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication

from tabapp.gui import chips, ink, names
from tabapp.gui.tables.cell_painter import PAD
from tabapp.gui.tables.cells import text_of
from tabapp.gui.tables.model import Index, TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Radius, Ring

TeamAt = Callable[[Hashable, str], str | None]
"""Returns the team of a cell, by the keys of its row and its column."""


class DrawTable(TableView):
    """Space lifts the team of a cell, arrows carry it, Enter drops, Esc leaves it, Tab asks."""

    wanted = Signal(str)
    """Somebody wants to lift this team; the page answers with ``lift``."""
    carried = Signal(str, str)
    """The lifted team is over this other one, "" where it can be dropped on none."""
    dropped = Signal(str, str)
    """The lifted team is to change places with this other one."""
    left = Signal()
    """The lifted team was put back."""
    best_wanted = Signal(str)
    """Somebody takes the best place for the lifted team."""

    lifted = ""
    """The team that is in the air, or nothing."""

    def __init__(self, model: TableModel, name: str, team_at: TeamAt) -> None:
        super().__init__(model, name)
        self._team_at = team_at
        self._source: tuple[Hashable, str] | None = None
        self._pressed: QPoint | None = None
        self._dragging = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)

    # Cells and teams

    def team_of(self, index: Index) -> str:
        """Return the team of a cell, or nothing."""
        if not index.isValid():
            return ""
        row, column = self.rows.shown[index.row()], self.rows.columns[index.column()]
        return self._team_at(row.key, column.key) or ""

    def current_team(self) -> str:
        """Return the team of the cell with the cursor, or nothing."""
        return self.team_of(self.currentIndex())

    def target_rect(self) -> QRect:
        """Return where the cell with the cursor stands, as the viewport counts."""
        return self.visualRect(self.currentIndex())

    def show_cell(self, key: Hashable, column: str) -> None:
        """Put the cursor on a cell."""
        at = self.rows.row_of(key)
        places = [i for i, one in enumerate(self.rows.columns) if one.key == column]
        if at is not None and places:
            self._select(self.rows.index(at, places[0]))

    # Lifting

    def lift(self, team: str) -> None:
        """Lift the team of the cell with the cursor."""
        index = self.currentIndex()
        row, column = self.rows.shown[index.row()], self.rows.columns[index.column()]
        self.lifted, self._source = team, (row.key, column.key)
        self.carried.emit(team, "")
        self.viewport().update()

    def put_back(self) -> None:
        """Let the lifted team stand where it stood."""
        if not self.lifted:
            return
        self.lifted, self._source, self._dragging, self._pressed = "", None, False, None
        self.unsetCursor()
        self.viewport().update()
        self.left.emit()

    def _drop(self) -> None:
        other = self.current_team()
        if other and other != self.lifted:
            self.dropped.emit(self.lifted, other)
        elif other == self.lifted:
            self.put_back()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell over which team the lifted one is."""
        super().currentChanged(current, previous)
        if self.lifted:
            other = self.team_of(current)
            self.carried.emit(self.lifted, "" if other == self.lifted else other)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lift, drop or put back; the rest is the table's."""
        key = event.key()
        if self.lifted:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._drop()
                return
            if key == Qt.Key.Key_Escape:
                self.put_back()
                return
            if key in _CARRIES:
                before = self.currentIndex()
                super().keyPressEvent(event)
                if not self.current_team():  # nothing can be dropped there
                    self._select(QModelIndex(before))
            return
        if key == Qt.Key.Key_Space and not self._is_typing() and self.current_team():
            self.wanted.emit(self.current_team())
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Take the best place by Tab while a team is lifted."""
        if self.lifted:
            if next:
                self.best_wanted.emit(self.lifted)
            return True
        return super().focusNextPrevChild(next)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the lifted team back when the keys go elsewhere."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.put_back()

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag would begin."""
        if self.lifted:
            self.put_back()
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        index = self.indexAt(event.position().toPoint())
        self._pressed = event.position().toPoint() if left and self.team_of(index) else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Lift after a few pixels, then carry."""
        at = event.position().toPoint()
        if self._pressed is not None and not self._dragging:
            if (at - self._pressed).manhattanLength() < QApplication.startDragDistance():
                return
            self._dragging = True
            self.wanted.emit(self.team_of(self.indexAt(self._pressed)))
            if self.lifted:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        if self._dragging:
            index = self.indexAt(at)
            if self.lifted and self.team_of(index):
                self._select(QModelIndex(index))
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged."""
        dragged, self._dragging, self._pressed = self._dragging, False, None
        if dragged and self.lifted:
            over = self.team_of(self.indexAt(event.position().toPoint()))
            self.unsetCursor()
            if over and over == self.current_team():
                self._drop()
            else:
                self.put_back()
            return
        super().mouseReleaseEvent(event)

    # Painting

    def _paint_rows(self, painter: QPainter, part: QRect) -> None:
        super()._paint_rows(painter, part)
        if self._source is None:
            return
        at = self.rows.row_of(self._source[0])
        places = [i for i, one in enumerate(self.rows.columns) if one.key == self._source[1]]
        if at is None or not places:
            return
        cell = self.visualRect(self.rows.index(at, places[0]))
        ink.box(
            painter, cell.x() + 2, cell.y() + 2, cell.width() - 4, cell.height() - 5,
            radius=Radius.CHIP, fill="surface", edge="control", dashed=True,
        )  # fmt: skip
        value = self.rows.value(at, places[0])
        column = self.rows.columns[places[0]]
        shown, style, _ = names.fit(text_of(value, column), "body", cell.width() - 2 * PAD)
        painter.setPen(ink.pen("disabled"))
        chips.text_at(painter, style, shown, cell.x() + PAD, cell.y(), cell.height() - 1)
        if self.current_team() not in ("", self.lifted):
            self._paint_target(painter)

    def _paint_target(self, painter: QPainter) -> None:
        """Show both names in the place where the team would be dropped."""
        cell = self.visualRect(self.currentIndex())
        ink.box(
            painter, cell.x() + 1, cell.y(), cell.width() - 2, cell.height() - 1,
            radius=Radius.CHIP, fill="soft", edge="accent", edge_width=Ring.WIDTH,
        )  # fmt: skip
        index = self.currentIndex()
        value = self.rows.value(index.row(), index.column())
        column = self.rows.columns[index.column()]
        shown, style, _ = names.fit(text_of(value, column), "identity", cell.width() - 2 * PAD)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, cell.x() + PAD, cell.y(), cell.height() - 1)


_CARRIES = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home,
    Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
})
