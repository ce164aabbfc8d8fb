"""The rooms of the board laid out and painted: where each place stands, and what it says."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from tabapp.domain.allocation.board import BoardDebate
from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.judges.chip import score_text
from tabapp.gui.pages.rounds.judges.data import NO_MARK, JudgesData
from tabapp.gui.pages.rounds.judges.row import Look, paint_row
from tabapp.gui.pages.rounds.judges.slots import PAD, Columns, Slot, slots_of
from tabapp.gui.tokens import Height

_EDGE = 28
"""So near the edge a dragged judge scrolls the board."""
_STEP = 14


class _Titles(QWidget):
    """The titles of the columns."""

    def __init__(self, board: BoardGrid) -> None:
        super().__init__(board)
        self._board = board

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint them over the header's ground."""
        columns = self._board.look.columns
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), ink.color("zebra"))
            painter.fillRect(0, self.height() - 1, self.width(), 1, ink.color("line2"))
            painter.setPen(ink.pen("text2"))
            for text, right in ((tr("Pts"), columns.room), (tr("Cost"), columns.width - 4)):
                left = right - PAD - fonts.width("header", text)
                chips.text_at(painter, "header", text, left, 0, self.height())
            for text, at in (
                (tr("Room"), columns.room), (tr("Teams"), columns.teams),
                (tr("Chair"), columns.chair), (tr("Panellists and trainees"), columns.panel),
            ):  # fmt: skip
                chips.text_at(painter, "header", text, at + PAD, 0, self.height())


class BoardGrid(QAbstractScrollArea):
    """Paints the rooms that are on the screen, and knows where their places stand."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.look = Look(Columns.of(800))
        self.data: JudgesData | None = None
        self.rows: tuple[BoardDebate, ...] = ()
        self._tops: list[int] = [0]
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, Height.HEADER, 0, 0)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(Height.ROW_TALL // 2)
        self._titles = _Titles(self)

    def set_rows(self, data: JudgesData, rows: Sequence[BoardDebate]) -> None:
        """Show these rooms."""
        self.data, self.rows = data, tuple(rows)
        tones: dict[str, str] = {}
        for one in data.stops:
            if tones.get(one.debate) != "problem":
                tones[one.debate] = one.level
        self.look.tones = tones
        self._measure()

    def _measure(self) -> None:
        self.look.columns = Columns.of(self.viewport().width())
        heights = [self.look.columns.height(one) for one in self.rows]
        self._tops = list(accumulate(heights, initial=0))
        page = self.viewport().height()
        self.verticalScrollBar().setRange(0, max(0, self._tops[-1] - page))
        self.verticalScrollBar().setPageStep(page)
        self.viewport().update()
        self._titles.update()

    def words_of(self, slot: Slot | None) -> str:
        """Return a place in words: room, role, judge, score, marks."""
        if slot is None or self.data is None:
            return ""
        board = self.data.board
        said = [board.debate[slot.debate].label, tr(slot.role.value)]
        if slot.judge is None:
            said.append(tr("empty"))
        else:
            who = board.judges[slot.judge]
            said += [who.name, score_text(who.score)]
            said += self.data.marks.get(slot.judge, NO_MARK).words
        if self.look.carried is not None:
            name = board.judges[self.look.carried].name
            said.append(tr("{name} is lifted", name=name))
        return ", ".join(said)

    # Geometry

    def rect_of(self, slot: Slot) -> QRect:
        """Return where a place stands in the viewport; nothing for one that is not shown."""
        for row, debate in enumerate(self.rows):
            if debate.id == slot.debate:
                slots = slots_of(debate)
                if slot in slots:
                    place = self.look.columns.place(debate, slots, slots.index(slot))
                    return place.translated(0, self._tops[row] - self.verticalScrollBar().value())
        return QRect()

    def is_in_sight(self, slot: Slot) -> bool:
        """Tell whether some of a place is on the screen."""
        return self.rect_of(slot).intersects(self.viewport().rect())

    def _row_at(self, y: int) -> int | None:
        at = y + self.verticalScrollBar().value()
        if not self.rows or not 0 <= at < self._tops[-1]:
            return None
        return bisect_right(self._tops, at) - 1

    def slot_at(self, point: QPoint, *, near: bool = False) -> Slot | None:
        """Return the place at a point of the viewport; ``near``: or the next of its row."""
        row = self._row_at(point.y())
        if row is None or not self.viewport().rect().contains(point):
            return None
        debate = self.rows[row]
        slots = slots_of(debate)
        top = self._tops[row] - self.verticalScrollBar().value()
        places = [
            self.look.columns.place(debate, slots, at).translated(0, top)
            for at in range(len(slots))
        ]
        for slot, place in zip(slots, places, strict=True):
            if place.contains(point):
                return slot
        if not near or point.x() < self.look.columns.chair:
            return None
        gaps = [(place.center() - point).manhattanLength() for place in places]
        return slots[gaps.index(min(gaps))]

    def scroll_near(self, point: QPoint) -> None:
        """Scroll when a judge is dragged near an edge."""
        bar = self.verticalScrollBar()
        if point.y() < _EDGE:
            bar.setValue(bar.value() - _STEP)
        elif point.y() > self.viewport().height() - _EDGE:
            bar.setValue(bar.value() + _STEP)

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out again."""
        super().resizeEvent(event)
        self._titles.setGeometry(0, 0, self.viewport().width(), Height.HEADER)
        self._measure()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rooms that a part of the viewport shows."""
        if self.data is None:
            return
        self.look.has_keys = self.hasFocus()
        part, offset = event.rect(), self.verticalScrollBar().value()
        first = max(0, bisect_right(self._tops, part.top() + offset) - 1)
        with QPainter(self.viewport()) as painter:
            for row in range(first, len(self.rows)):
                y = self._tops[row] - offset
                if y > part.bottom():
                    break
                here = self.rows[row]
                above = self.rows[row - 1] if row else None
                below = self.rows[row + 1] if row + 1 < len(self.rows) else None
                paint_row(
                    painter, self.data, here, y, self.look,
                    begins=above is None or above.bracket != here.bracket,
                    ends=below is None or below.bracket != here.bracket,
                )  # fmt: skip

    def viewportEvent(self, event: QEvent) -> bool:
        """Show what a chip, or a room's cost, has to say."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos()), self)
            return True
        return super().viewportEvent(event)

    def tip_at(self, point: QPoint) -> str:
        """Return the tooltip of a point of the viewport."""
        slot = self.slot_at(point)
        if slot is not None and slot.judge is not None:
            return self.words_of(slot)
        row = self._row_at(point.y())
        if row is None or self.data is None or point.x() < self.look.columns.cost:
            return ""
        debate = self.rows[row].id
        said = [one.text for one in self.data.findings if one.debate == debate]
        return "\n".join(said) or tr(
            "Cost of this panel; 1.0 is what it costs to meet somebody again.")
