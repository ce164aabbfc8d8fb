"""The judges without a place, at the right of the board: who may vote, then trainees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip

from tabapp.domain.allocation.board import BoardJudge
from tabapp.domain.types import Role
from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.judges.chip import paint_chip, score_text
from tabapp.gui.pages.rounds.judges.data import NO_MARK, Mark
from tabapp.gui.pages.rounds.judges.slots import CHIP, CHIP_GAP
from tabapp.gui.tokens import Radius, Ring

_HEADING = 36
_PAD = 10
_AFTER = 10


@dataclass(frozen=True, slots=True)
class _Line:
    """A judge, or the heading of a group, and its top."""

    top: int
    judge: BoardJudge | None = None
    heading: str = ""
    count: int = 0


class PoolView(QAbstractScrollArea):
    """Lists judges; arrows move, Space lifts one. Marks are those for the room at the cursor."""

    lifted = Signal(str)
    put_back = Signal()
    left = Signal()
    """The person goes back to the board."""
    moved = Signal()
    drag_started = Signal(str)
    drag_moved = Signal(QPoint)
    drag_ended = Signal(QPoint)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._lines: list[_Line] = []
        self._judges: list[BoardJudge] = []
        self._marks: Mapping[str, Mark] = {}
        self._at = 0
        self._height = 0
        self._carried: str | None = None
        self._is_target = False
        self._pressed: tuple[QPoint, str] | None = None
        self._dragging = False
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().setSingleStep(CHIP)

    @property
    def current(self) -> str | None:
        """Return the judge at the cursor."""
        return self._judges[self._at].id if self._at < len(self._judges) else None

    @property
    def names(self) -> list[str]:
        """Return the names as they are listed."""
        return [one.name for one in self._judges]

    def show_judges(self, judges: Sequence[BoardJudge]) -> None:
        """List judges, those who may vote first."""
        here = self.current
        self._judges = sorted(judges, key=lambda one: not one.may_vote)
        self._lines, top = [], 0
        groups = ((tr("Not placed"), True), (tr("Trainees"), False))
        for heading, votes in groups:
            group = [one for one in self._judges if one.may_vote is votes]
            if not group and not votes:
                continue
            self._lines.append(_Line(top, heading=heading, count=len(group)))
            top += _HEADING
            for one in group:
                self._lines.append(_Line(top, one))
                top += CHIP + CHIP_GAP
            top += _AFTER
        self._height = top
        at = next((i for i, one in enumerate(self._judges) if one.id == here), self._at)
        self._at = max(0, min(at, len(self._judges) - 1))
        self._measure()
        self._tell()

    def show_marks(self, marks: Mapping[str, Mark]) -> None:
        """Mark who clashes with the room at the cursor of the board, and who has met it."""
        if marks != self._marks:
            self._marks = marks
            self.viewport().update()

    def carry(self, judge: str | None) -> None:
        """Show ``judge`` on the way; None: nobody is any more."""
        self._carried, self._is_target = judge, False
        self.viewport().update()

    def aim(self, on: bool) -> None:
        """Show that the judge on the way would come back here."""
        if on != self._is_target:
            self._is_target = on
            self.viewport().update()

    def _measure(self) -> None:
        page = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, self._height - page))
        self.verticalScrollBar().setPageStep(page)
        self.viewport().update()

    def _place(self, line: _Line) -> QRect:
        top = line.top - self.verticalScrollBar().value()
        return QRect(_PAD, top, self.viewport().width() - 2 * _PAD, CHIP)

    def _judge_at(self, point: QPoint) -> BoardJudge | None:
        found = (one for one in self._lines if one.judge and self._place(one).contains(point))
        line = next(found, None)
        return line.judge if line is not None else None

    def _set_at(self, at: int) -> None:
        if not self._judges:
            return
        self._at = max(0, min(at, len(self._judges) - 1))
        line = next(one for one in self._lines if one.judge is self._judges[self._at])
        bar, page = self.verticalScrollBar(), self.viewport().height()
        # the heading above the first of a group comes into sight with it
        if line.top - _HEADING < bar.value():
            bar.setValue(line.top - _HEADING)
        elif line.top + CHIP + _AFTER > bar.value() + page:
            bar.setValue(line.top + CHIP + _AFTER - page)
        self.viewport().update()
        self._tell()
        self.moved.emit()

    def _tell(self) -> None:
        self.setAccessibleDescription(
            self._words(self._judges[self._at]) if self._judges else tr("Nobody"))
        changed = QAccessibleEvent(self, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def _words(self, judge: BoardJudge) -> str:
        said = [judge.name, score_text(judge.score)]
        said += [] if judge.may_vote else [tr("trainee")]
        return ", ".join([*said, *self._marks.get(judge.id, NO_MARK).words])

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll no further than needed."""
        super().resizeEvent(event)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the groups."""
        part, offset = event.rect(), self.verticalScrollBar().value()
        with QPainter(self.viewport()) as painter:
            for line in self._lines:
                top = line.top - offset
                if top > part.bottom() or top + _HEADING < part.top():
                    continue
                if line.judge is None:
                    self._paint_heading(painter, line, top)
                else:
                    self._paint_judge(painter, line, line.judge)
            if self._is_target:
                ink.box(
                    painter, 1, 1, self.viewport().width() - 2, self.viewport().height() - 2,
                    radius=Radius.CONTROL, edge="accent", edge_width=Ring.WIDTH,
                )  # fmt: skip

    def _paint_heading(self, painter: QPainter, line: _Line, top: int) -> None:
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, "identity", line.heading, _PAD + 4, top, _HEADING)
        count = str(line.count)
        painter.setPen(ink.pen("text2"))
        left = self.viewport().width() - _PAD - 4 - fonts.width("body", count)
        chips.text_at(painter, "body", count, left, top, _HEADING)

    def _paint_judge(self, painter: QPainter, line: _Line, judge: BoardJudge) -> None:
        state = ""
        if judge.id == self._carried:
            state = "hollow"
        elif self.hasFocus() and judge.id == self.current:
            state = "current"
        paint_chip(
            painter, self._place(line), judge, None, self._marks.get(judge.id, NO_MARK),
            state=state)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the cursor."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the cursor."""
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, lift, or go back to the board."""
        key = Qt.Key(event.key())
        to = {
            Qt.Key.Key_Up: self._at - 1, Qt.Key.Key_Down: self._at + 1, Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(self._judges) - 1,
            Qt.Key.Key_PageUp: self._at - 10, Qt.Key.Key_PageDown: self._at + 10,
        }.get(key)
        if to is not None:
            self._set_at(to)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current is not None:
                self.lifted.emit(self.current)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Escape):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the cursor where the pointer is, and remember that a drag may begin."""
        point = event.position().toPoint()
        judge = self._judge_at(point)
        if event.button() == Qt.MouseButton.LeftButton and judge is not None:
            self._set_at(self._judges.index(judge))
            self._pressed = (point, judge.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the judge who was pressed."""
        if self._pressed is None:
            return
        away = (event.position().toPoint() - self._pressed[0]).manhattanLength()
        if not self._dragging and away >= QApplication.startDragDistance():
            self._dragging = True
            self.drag_started.emit(self._pressed[1])
        if self._dragging:
            self.drag_moved.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Drop what was dragged."""
        self._pressed = None
        if self._dragging:
            self._dragging = False
            self.drag_ended.emit(event.globalPosition().toPoint())

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a chip has to say."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            judge = self._judge_at(event.pos())
            text = self._words(judge) if judge is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().viewportEvent(event)


def role_in(role: Role, judge: BoardJudge) -> Role:
    """Return the role that a judge takes in a further place: who may not vote learns there."""
    return role if judge.may_vote else Role.TRAINEE


_WIDTHS = ((1000, 150), (1500, 208))
"""Below so many pixels of the stage the pool is so wide."""
_WIDEST = 280


def pool_width(stage: int) -> int:
    """Return how wide the pool is in a stage of some width."""
    return next((width for below, width in _WIDTHS if stage < below), _WIDEST)
