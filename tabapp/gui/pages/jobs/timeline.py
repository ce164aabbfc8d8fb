"""Times to come on a line: a lane for each thing that happens, and bands across all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.words import moment_in_words, until_in_words
from tabapp.gui.tokens import Radius, Ring

LANE = 24
_HEAD, _AXIS = 26, 20
_PAD = 8
"""Room for the mark of the focus."""
_LABELS, _RIGHT = 200, 22
_BAND = 15
_NEAR = 9
_TICK = 7
_SMALL, _BIG = 7, 10
_LABEL_GAP = 8

Shape = Literal["tick", "dot", "mark", "band"]
"""How a lane is painted: thin ticks, small dots, large ones, or one band that says it all."""


@dataclass(frozen=True, slots=True)
class Lane:
    """One thing that happens again and again. ``words`` stand in a band, and are read aloud."""

    key: str
    title: str
    rhythm: str
    at: tuple[datetime, ...]
    shape: Shape = "mark"
    words: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens once and that all lanes are seen against."""

    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Span:
    """What the line shows: from when to when, and the times below it with their words."""

    start: datetime
    end: datetime
    axis: tuple[tuple[datetime, str], ...] = ()
    between: bool = False
    """The words of the axis stand between its lines, as those of days do."""


class Timeline(QWidget):
    """Lanes under a title. Left and Right go from mark to mark, Up and Down from lane to lane.

    Painted in one go from plain values; a mark that is chosen says its time beside it.
    """

    opened = Signal(str)
    """Enter or a double click on a lane: its key."""

    def __init__(self, title: str, nothing: str) -> None:
        super().__init__()
        self._title, self._nothing = title, nothing
        self._aside, self._aside_tone = "", "text2"
        self.lanes: tuple[Lane, ...] = ()
        self._events: tuple[Event, ...] = ()
        self._span: Span | None = None
        self._now: datetime | None = None
        self._lane, self._mark = 0, -1
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_inside", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_view(
        self, span: Span, lanes: Sequence[Lane], events: Sequence[Event], now: datetime
    ) -> None:
        """Show other times; the lane that was chosen stays chosen."""
        chosen = self.lanes[self._lane].key if self.lanes else ""
        self._span, self.lanes, self._events, self._now = span, tuple(lanes), tuple(events), now
        self._lane = next((i for i, one in enumerate(lanes) if one.key == chosen), 0)
        self._mark = min(self._mark, len(self._marks()) - 1)
        self.updateGeometry()
        self._tell()

    def say_aside(self, words: str, tone: str = "text2") -> None:
        """Say something at the right of the title."""
        self._aside, self._aside_tone = words, tone
        self._tell()

    # What is chosen

    def _marks(self) -> tuple[datetime, ...]:
        return self.lanes[self._lane].at if self.lanes else ()

    def chosen_words(self) -> str:
        """Return what the chosen mark says: its time, its lane, how far off it is."""
        if not self.lanes or self._now is None:
            return ""
        lane, marks = self.lanes[self._lane], self._marks()
        if lane.shape == "band" or not 0 <= self._mark < len(marks):
            return self._lane_words(lane)
        at = marks[self._mark]
        return tr(
            "{time} {title}, {until}", time=moment_in_words(at, self._now), title=lane.title,
            until=until_in_words(at, self._now))

    def _lane_words(self, lane: Lane) -> str:
        if lane.words or not lane.at or self._now is None:
            return f"{lane.title}, {lane.words or lane.rhythm}"
        return tr(
            "{title}, {rhythm}, next {time}", title=lane.title, rhythm=lane.rhythm,
            time=moment_in_words(lane.at[0], self._now))

    def _tell(self) -> None:
        parts = [self.chosen_words()] if self._mark >= 0 else [
            *(self._lane_words(lane) for lane in self.lanes)]
        said = [*parts, *(event.words for event in self._events), self._aside]
        self.setAccessibleDescription(". ".join(filter(None, said)) or self._nothing)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from mark to mark and from lane to lane; Enter opens."""
        key, marks = event.key(), self._marks()
        last = len(marks) - 1
        moves = {
            Qt.Key.Key_Left: max(0, self._mark - 1), Qt.Key.Key_Right: min(last, self._mark + 1),
            Qt.Key.Key_Home: min(0, last), Qt.Key.Key_End: last,
        }
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and self.lanes:
            self._change_lane(1 if key == Qt.Key.Key_Down else -1)
        elif key in moves and self.lanes:
            self._mark = moves[Qt.Key(key)]
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.lanes and not event.modifiers():
            self.opened.emit(self.lanes[self._lane].key)
        else:
            super().keyPressEvent(event)
            return
        self._tell()

    def _change_lane(self, step: int) -> None:
        """Go to another lane, there to the mark nearest in time."""
        marks = self._marks()
        at = marks[self._mark] if 0 <= self._mark < len(marks) else None
        self._lane = min(max(0, self._lane + step), len(self.lanes) - 1)
        marks = self._marks()
        if not marks:
            self._mark = -1
        else:
            near = bisect_left(marks, at) if at is not None else 0
            self._mark = min(near, len(marks) - 1)

    # Where things are

    def sizeHint(self) -> QSize:
        """Ask for all lanes."""
        return QSize(640, _HEAD + LANE * max(1, len(self.lanes)) + _AXIS + _PAD // 2)

    def minimumSizeHint(self) -> QSize:
        """Be as high as that, and content with little width."""
        return QSize(_LABELS + 160, self.sizeHint().height())

    def x_of(self, at: datetime) -> int:
        """Return where a time stands."""
        assert self._span is not None
        whole = (self._span.end - self._span.start) / timedelta(seconds=1)
        gone = (at - self._span.start) / timedelta(seconds=1)
        return round(_LABELS + (self.width() - _LABELS - _RIGHT) * gone / whole)

    @staticmethod
    def y_of(lane: int) -> int:
        """Return the top of a lane."""
        return _HEAD + lane * LANE

    def _at(self, point: QPoint) -> tuple[int, int] | None:
        """Return the lane below the pointer, and the mark near it or -1."""
        lane = (point.y() - _HEAD) // LANE
        if not 0 <= lane < len(self.lanes) or point.y() < _HEAD:
            return None
        marks = self.lanes[lane].at
        places = [self.x_of(at) for at in marks]
        near = bisect_left(places, point.x())
        around = [i for i in (near - 1, near) if 0 <= i < len(places)]
        best = min(around, key=lambda i: abs(places[i] - point.x()), default=-1)
        return lane, best if best >= 0 and abs(places[best] - point.x()) <= _NEAR else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is below the pointer."""
        found = self._at(event.position().toPoint())
        if found is not None:
            self._lane, self._mark = found
            self._tell()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the lane below the pointer."""
        if self._at(event.position().toPoint()) is not None:
            self.opened.emit(self.lanes[self._lane].key)

    def event(self, event: QEvent) -> bool:
        """Tell of the mark below the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(event.pos())
            before, words = (self._lane, self._mark), ""
            if found is not None:
                self._lane, self._mark = found
                words = self.chosen_words()
                self._lane, self._mark = before
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint title, lanes, bands, the line of now, and the chosen mark."""
        with QPainter(self) as painter:
            self._paint_head(painter)
            if self._span is None or not self.lanes:
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "body", self._nothing, _PAD, _HEAD, LANE)
            else:
                self._paint_axis(painter, self._span)
                self._paint_events(painter)
                for i, lane in enumerate(self.lanes):
                    self._paint_lane(painter, i, lane)
                self._paint_now(painter, self._span)
                if self.hasFocus() and self._mark >= 0:
                    self._paint_chosen(painter)
            if self.hasFocus():
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                    edge="accent", edge_width=Ring.WIDTH)

    def _paint_head(self, painter: QPainter) -> None:
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, "identity", self._title, _PAD, 3, 20)
        painter.setPen(ink.pen(self._aside_tone))
        width = fonts.width("small", self._aside)
        chips.text_at(painter, "small", self._aside, self.width() - width - _PAD, 3, 20)

    def _paint_axis(self, painter: QPainter, span: Span) -> None:
        bottom = _HEAD + LANE * len(self.lanes)
        free = 0.0
        for i, (at, words) in enumerate(span.axis):
            x = self.x_of(at)
            painter.fillRect(x, _HEAD, 1, bottom - _HEAD + 2, ink.color("line"))
            width = fonts.width("small", words)
            left = min(x - width / 2, self.width() - width - 2)
            if span.between:
                following = span.axis[i + 1][0] if i + 1 < len(span.axis) else span.end
                left = (x + self.x_of(following) - width) / 2
            if left >= free:
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "small", words, left, bottom + 2, _AXIS - 2)
                free = left + width + _LABEL_GAP

    def _paint_events(self, painter: QPainter) -> None:
        height = LANE * len(self.lanes)
        aside = self.width() - fonts.width("small", self._aside) - 2 * _LABEL_GAP
        free = fonts.width("identity", self._title) + 2 * _LABEL_GAP
        for one in self._events:
            x = self.x_of(one.at)
            ink.box(
                painter, x - _BAND // 2, _HEAD, _BAND, height, radius=Radius.CHIP,
                fill="soft", edge="soft_line")
            width = fonts.width("note", one.words)
            left = max(free, min(x - width / 2, aside - width))
            if left + width <= aside and abs(left + width / 2 - x) < width:
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "note", one.words, left, 3, 20)
                free = left + width + _LABEL_GAP

    def _paint_lane(self, painter: QPainter, i: int, lane: Lane) -> None:
        top = self.y_of(i)
        rhythm = round(fonts.width("small", lane.rhythm))
        room = _LABELS - rhythm - _PAD - 2 * _LABEL_GAP
        shown, style, _ = names.fit(lane.title, "control", room)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, shown, _PAD, top, LANE)
        painter.setPen(ink.pen("text3"))
        left = _PAD + fonts.width(style, shown) + _LABEL_GAP
        chips.text_at(painter, "small", lane.rhythm, left, top, LANE)
        middle = top + LANE // 2
        if lane.shape == "band":
            self._paint_band(painter, lane, top)
        for at in lane.at if lane.shape != "band" else ():
            self._paint_mark(painter, lane.shape, self.x_of(at), middle)

    def _paint_band(self, painter: QPainter, lane: Lane, top: int) -> None:
        assert self._span is not None
        left = self.x_of(max(self._span.start, self._now or self._span.start))
        width = self.x_of(self._span.end) - left
        ink.box(painter, left, top + 3, width, LANE - 6, radius=Radius.CHIP, fill="sunken")
        painter.setPen(ink.pen("text2"))
        shown, style, _ = names.fit(lane.words, "small", max(0, width - 2 * _LABEL_GAP))
        chips.text_at(painter, style, shown, left + _LABEL_GAP, top, LANE)

    @staticmethod
    def _paint_mark(painter: QPainter, shape: Shape, x: int, middle: int) -> None:
        if shape == "tick":
            painter.fillRect(x, middle - _TICK // 2, 1, _TICK, ink.color("text3"))
            return
        size, token = (_SMALL, "done_mark") if shape == "dot" else (_BIG, "accent")
        ink.box(painter, x - size // 2, middle - size // 2, size, size, radius=size / 2, fill=token)

    def _paint_now(self, painter: QPainter, span: Span) -> None:
        if self._now is not None and span.start <= self._now <= span.end:
            height = LANE * len(self.lanes)
            painter.fillRect(self.x_of(self._now), _HEAD - 3, 2, height + 5, ink.color("accent"))

    def _paint_chosen(self, painter: QPainter) -> None:
        marks = self._marks()
        x, words = (self.x_of(marks[self._mark]) if marks else _LABELS), self.chosen_words()
        top = self.y_of(self._lane)
        if self.lanes[self._lane].shape != "band":
            ink.box(
                painter, x - 8, top + LANE // 2 - 8, 16, 16, radius=8, edge="accent",
                edge_width=Ring.WIDTH)
        width = round(fonts.width("note", words)) + 2 * _LABEL_GAP
        left = min(max(2, x - width // 2), self.width() - width - 2)
        above = top - 20 if self._lane else top + LANE - 1
        place = QRect(left, above, width, 20)
        ink.box(
            painter, place.x(), place.y(), place.width(), place.height(), radius=Radius.CHIP,
            fill="tip")
        painter.setPen(ink.pen("tip_text"))
        chips.text_at(painter, "note", words, place.x() + _LABEL_GAP, place.y(), 20)
