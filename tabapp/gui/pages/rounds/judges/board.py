"""The board of judges: a cursor that arrows move, keys, and judges who are dragged."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication

from tabapp.domain.allocation.board import BoardDebate
from tabapp.domain.types import Role
from tabapp.gui.pages.rounds.judges.data import JudgesData
from tabapp.gui.pages.rounds.judges.grid import BoardGrid
from tabapp.gui.pages.rounds.judges.slots import Slot, slots_of
from tabapp.gui.tokens import Height

_ROLES = {Qt.Key.Key_C: Role.CHAIR, Qt.Key.Key_P: Role.PANELLIST, Qt.Key.Key_T: Role.TRAINEE}
_IMPORTANCE = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class BoardView(BoardGrid):
    """Has the cursor; knows the judge on the way, and reports what a person wants with it."""

    moved = Signal()
    """The cursor, or the place that a judge would be dropped at, is another."""
    lifted = Signal(str)
    dropped = Signal(object)
    """Put the judge on the way into this ``Slot``."""
    put_back = Signal()
    best_wanted = Signal()
    taken_out = Signal(str)
    role_wanted = Signal(str, object)
    importance_wanted = Signal(str, int)
    pick_wanted = Signal()
    """A judge of the pool is wanted for the empty place at the cursor."""
    drag_started = Signal(str)
    drag_moved = Signal(QPoint)
    drag_ended = Signal(QPoint)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._at = (0, 0)
        self._column = 0
        self._pressed: tuple[QPoint, str] | None = None
        self._dragging = False

    # What is shown

    def show_rows(self, data: JudgesData, rows: Sequence[BoardDebate]) -> None:
        """Show these rooms; the cursor stays with its judge, else with its room."""
        here = self.current
        self.set_rows(data, rows)
        if here is not None and not (here.judge and self.go_to_judge(here.judge)):
            self.go_to_debate(here.debate, self._at[1])
        self._set_at(*self._at)

    def show_history(self, on: bool) -> None:
        """Tint whom judges have met before, or only those they clash with."""
        self.look.history = on
        self.viewport().update()

    def carry(self, judge: str | None) -> None:
        """Show ``judge`` on the way; None: nobody is any more."""
        self.look.carried = judge
        self.look.target = self.current if judge is not None else None
        self.viewport().update()
        self._tell()

    def aim(self, slot: Slot | None) -> None:
        """Mark the place below the pointer as the one that a judge would be dropped at."""
        if slot != self.look.target:
            self.look.target = slot
            self.viewport().update()
            self.moved.emit()

    # The cursor

    @property
    def current(self) -> Slot | None:
        """Return the place with the cursor."""
        row, column = self._at
        if not 0 <= row < len(self.rows):
            return None
        slots = slots_of(self.rows[row])
        return slots[min(column, len(slots) - 1)]

    @property
    def current_debate(self) -> BoardDebate | None:
        """Return the room with the cursor."""
        return self.rows[self._at[0]] if 0 <= self._at[0] < len(self.rows) else None

    def go_to_judge(self, judge: str) -> bool:
        """Put the cursor on a judge who sits in a room that is shown."""
        for row, debate in enumerate(self.rows):
            for column, slot in enumerate(slots_of(debate)):
                if slot.judge == judge:
                    self._set_at(row, column)
                    return True
        return False

    def go_to_debate(self, debate: str, column: int = 0) -> bool:
        """Put the cursor on a room that is shown."""
        for row, one in enumerate(self.rows):
            if one.id == debate:
                self._set_at(row, column)
                return True
        return False

    def _set_at(self, row: int, column: int) -> None:
        row = max(0, min(row, len(self.rows) - 1))
        if self.rows:
            column = max(0, min(column, len(slots_of(self.rows[row])) - 1))
        self._at = (row, column)
        self.look.cursor = self.current
        if self.look.carried is not None and not self._dragging:
            self.look.target = self.current
        self._scroll_to(row)
        self.viewport().update()
        self._tell()
        self.moved.emit()

    def _scroll_to(self, row: int) -> None:
        if not self.rows:
            return
        bar, page = self.verticalScrollBar(), self.viewport().height()
        top, bottom = self._tops[row], self._tops[row + 1]
        if top < bar.value():
            bar.setValue(top)
        elif bottom > bar.value() + page:
            bar.setValue(bottom - page)

    def _tell(self) -> None:
        """Say to screen readers what is at the cursor."""
        self.setAccessibleDescription(self.words_of(self.current))
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    # Focus

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the cursor on the screen, and tell that every place stands elsewhere now."""
        super().resizeEvent(event)
        self._scroll_to(self._at[0])
        self.moved.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.viewport().update()

    # Keys

    def focusNextPrevChild(self, next: bool) -> bool:
        """Let Tab take the best alternative while a judge is on the way."""
        if self.look.carried is not None:
            self.best_wanted.emit()
            return True
        return super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the cursor, lift, drop, put back, or change what is at the cursor."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if plain and self._move(key):
            return
        slot = self.current
        if not plain or slot is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._lift_or_drop(slot)
        elif key == Qt.Key.Key_Escape and self.look.carried is not None:
            self.put_back.emit()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            judge = self.look.carried or slot.judge
            if judge is not None:
                self.taken_out.emit(judge)
        elif key in _ROLES and slot.judge is not None and self.look.carried is None:
            self.role_wanted.emit(slot.judge, _ROLES[key])
        elif key in _IMPORTANCE and self.look.carried is None:
            self.importance_wanted.emit(slot.debate, _IMPORTANCE[key])
        else:
            super().keyPressEvent(event)

    def _lift_or_drop(self, slot: Slot) -> None:
        if self.look.carried is not None:
            self.dropped.emit(slot)
        elif slot.judge is not None:
            self.lifted.emit(slot.judge)
        else:
            self.pick_wanted.emit()

    def _move(self, key: Qt.Key) -> bool:
        row, column = self._at
        page = max(1, self.viewport().height() // Height.ROW_TALL - 1)
        rows = {
            Qt.Key.Key_Up: row - 1, Qt.Key.Key_Down: row + 1, Qt.Key.Key_PageUp: row - page,
            Qt.Key.Key_PageDown: row + page, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self.rows) - 1,
        }.get(key)
        if rows is not None:
            self._set_at(rows, self._column)
            return True
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._set_at(row, column + (1 if key == Qt.Key.Key_Right else -1))
            self._column = self._at[1]
            return True
        return False

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor where the pointer is, and remember that a drag may begin."""
        point = event.position().toPoint()
        slot = self.slot_at(point)
        if event.button() != Qt.MouseButton.LeftButton or slot is None:
            return
        row = self._row_at(point.y()) or 0
        self._set_at(row, slots_of(self.rows[row]).index(slot))
        self._column = self._at[1]
        self._pressed = (point, slot.judge) if slot.judge is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the judge who was pressed, or tint the row below the pointer."""
        point = event.position().toPoint()
        if self._pressed is not None:
            away = (point - self._pressed[0]).manhattanLength()
            if not self._dragging and away >= QApplication.startDragDistance():
                self._dragging = True
                self.drag_started.emit(self._pressed[1])
            if self._dragging:
                self.drag_moved.emit(event.globalPosition().toPoint())
            return
        row = self._row_at(point.y())
        hovered = self.rows[row].id if row is not None else None
        if hovered != self.look.hovered:
            self.look.hovered = hovered
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged."""
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self.drag_ended.emit(event.globalPosition().toPoint())

    def leaveEvent(self, event: QEvent) -> None:
        """Tint nothing any more."""
        self.look.hovered = None
        self.viewport().update()

