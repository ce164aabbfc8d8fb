"""Plots of balance: means with their intervals beside usual ones, and places as stacked bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tabapp.domain.fairness import Interval
from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import tr
from tabapp.gui.tokens import SIDES

ROW = 30
_AXIS, _LEGEND, _PAD, _DOT, _CAP, _MARK = 20, 24, 12, 4, 5, 5
_SEGMENTS = (("accent", "on_accent"), ("soft_line", "text"), ("soft", "text"), ("sunken", "text2"))
"""Ground and letters of first to fourth places; each says its number too."""
_BAR = 20


@dataclass(frozen=True, slots=True)
class PlotRow:
    """A line of a plot: a side's chip or words, an estimate, what is usual, figures, a tip."""

    name: str
    interval: Interval | None
    figures: str
    usual: float | None = None
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis: its ends, its ticks with their words, and where even is."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    even: float


POINTS = Scale(0.5, 2.5, tuple((n / 2, f"{n / 2:.1f}") for n in range(1, 6)), 1.5)
WIDE_POINTS = Scale(0.0, 3.0, tuple((float(n), str(n)) for n in range(4)), 1.5)
SHARES = Scale(0.0, 1.0, tuple((n / 4, f"{25 * n} %") for n in range(5)), 0.5)


def _name_width(names: Sequence[str]) -> int:
    return max((
        chips.side_width(one) if one in SIDES else round(fonts.width("small", one) + 1)
        for one in names), default=0)


def _draw_name(painter: QPainter, name: str, top: int, height: int) -> None:
    if name in SIDES:
        chips.draw_side(painter, name, 0, top + (height - 20) / 2)
        return
    painter.setPen(ink.pen("text"))
    chips.text_at(painter, "small", name, 0, top, height)


def _diamond(painter: QPainter, x: float, y: float, token: str) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
    painter.setPen(ink.pen(token, 1.6))
    painter.setBrush(ink.brush("surface"))
    painter.drawPolygon(QPolygonF([
        QPointF(x, y - _MARK), QPointF(x + _MARK, y), QPointF(x, y + _MARK),
        QPointF(x - _MARK, y)]))


class RowsPlot(QWidget):
    """What plots of lines share: a name at the left, a tip for each line."""

    def __init__(self, name: str, height: int) -> None:
        super().__init__()
        self._name, self._extra = name, height
        self.row_height = ROW
        self.names: list[str] = []
        self.tips: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def take(self, names: Sequence[str], tips: Sequence[str]) -> None:
        """Show other lines."""
        self.names, self.tips = list(names), list(tips)
        self.setAccessibleDescription("; ".join(tips))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for the room of all lines."""
        return QSize(320, len(self.names) * self.row_height + self._extra)

    def minimumSizeHint(self) -> QSize:
        """Be content with half the width."""
        return QSize(220, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Show the tip of the line below the pointer."""
        if isinstance(event, QHelpEvent):
            at = int(event.pos().y() // self.row_height)
            QToolTip.showText(
                event.globalPos(), self.tips[at] if 0 <= at < len(self.tips) else "", self)
            return True
        return super().event(event)


class IntervalPlot(RowsPlot):
    """A dot with its interval in each line, a diamond for what is usual, a dashed line for even."""

    def __init__(self, name: str, scale: Scale, *, legend: str = "") -> None:
        """``legend`` says what the diamond is; "" where no line has one."""
        super().__init__(name, _AXIS + _LEGEND)
        self.scale, self._legend = scale, legend
        self.rows: list[PlotRow] = []

    def set_rows(self, rows: Sequence[PlotRow], scale: Scale | None = None) -> None:
        """Show other estimates, on another scale if one is given."""
        self.rows = list(rows)
        self.scale = scale or self.scale
        self.take(
            [one.name for one in rows],
            [one.tip or f"{one.name}: {one.figures}" for one in rows])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, the axis below them and the legend."""
        left = _name_width(self.names) + _PAD
        figures = max((fonts.width("small", one.figures) for one in self.rows), default=0.0)
        room = max(40.0, self.width() - left - figures - 2 * _PAD)
        floor = len(self.rows) * self.row_height
        with QPainter(self) as painter:
            painter.setPen(ink.pen("line"))
            for value, words in self.scale.ticks:
                x = round(self._x(value, left, room))
                painter.fillRect(x, 0, 1, floor, ink.color("line"))
                painter.setPen(ink.pen("text2"))
                middle = x - fonts.width("small", words) / 2
                chips.text_at(painter, "small", words, middle, floor + 2, _AXIS - 4)
            even = self._x(self.scale.even, left, room)
            painter.setPen(ink.pen("text3", 1.0, dashed=True))
            painter.drawLine(QPointF(even, 0), QPointF(even, floor))
            for at, row in enumerate(self.rows):
                top = at * self.row_height
                _draw_name(painter, row.name, top, self.row_height)
                self._paint_estimate(painter, row, top + self.row_height / 2, left, room)
                painter.setPen(ink.pen("text"))
                chips.text_at(
                    painter, "small", row.figures,
                    self.width() - fonts.width("small", row.figures), top, self.row_height)
            self._paint_legend(painter, floor + _AXIS, left)

    def _x(self, value: float, left: float, room: float) -> float:
        part = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return left + room * min(1.0, max(0.0, part))

    def _paint_estimate(
        self, painter: QPainter, row: PlotRow, y: float, left: float, room: float
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        if row.interval is not None:
            low, high = (self._x(one, left, room) for one in (row.interval.low, row.interval.high))
            painter.setPen(ink.pen("accent", 2.0))
            painter.drawLine(QPointF(low, y), QPointF(high, y))
            for x in (low, high):
                painter.drawLine(QPointF(x, y - _CAP), QPointF(x, y + _CAP))
            painter.setBrush(ink.brush("accent"))
            x = self._x(row.interval.estimate, left, room)
            painter.drawEllipse(QPointF(x, y), _DOT, _DOT)
        if row.usual is not None:
            _diamond(painter, self._x(row.usual, left, room), y, "text")
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)

    def _paint_legend(self, painter: QPainter, top: int, left: float) -> None:
        y = top + _LEGEND / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
        painter.setPen(ink.pen("accent", 2.0))
        painter.drawLine(QPointF(left, y), QPointF(left + 24, y))
        painter.setBrush(ink.brush("accent"))
        painter.drawEllipse(QPointF(left + 12, y), _DOT, _DOT)
        x = left + 30
        words = tr("here, 95 % interval")
        painter.setPen(ink.pen("text2"))
        chips.text_at(painter, "small", words, x, top, _LEGEND)
        x += fonts.width("small", words) + 14
        if self._legend:
            _diamond(painter, x + _MARK, y, "text")
            x += 2 * _MARK + 5
            painter.setPen(ink.pen("text2"))
            chips.text_at(painter, "small", self._legend, x, top, _LEGEND)
            x += fonts.width("small", self._legend) + 14
        painter.setPen(ink.pen("text3", 1.0, dashed=True))
        painter.drawLine(QPointF(x, top + 4), QPointF(x, top + _LEGEND - 4))
        painter.setPen(ink.pen("text2"))
        chips.text_at(painter, "small", tr("even"), x + 7, top, _LEGEND)


class StackPlot(RowsPlot):
    """A bar in each line, parted by places; a diamond where first places end elsewhere."""

    def __init__(self, name: str, words: Sequence[str]) -> None:
        """``words``: what the parts are called, in the order in which they stand."""
        super().__init__(name, _LEGEND)
        self._words = list(words)
        self.counts: list[tuple[int, ...]] = []
        self.marks: list[float] = []

    def set_counts(
        self, names: Sequence[str], counts: Sequence[tuple[int, ...]], marks: Sequence[float],
        notes: Sequence[str],
    ) -> None:
        """Show other bars; ``marks`` are shares, ``notes`` end the tips."""
        self.counts, self.marks = list(counts), list(marks)
        self.take(names, [
            f"{name}: " + ", ".join(
                f"{n} {words}" for n, words in zip(one, self._words, strict=True))
            + f". {note}"
            for name, one, note in zip(names, counts, notes, strict=True)])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars and what their parts are."""
        left = _name_width(self.names) + _PAD
        room = self.width() - left
        with QPainter(self) as painter:
            for at, name in enumerate(self.names):
                top = at * self.row_height
                _draw_name(painter, name, top, self.row_height)
                self._paint_bar(painter, at, top + (self.row_height - _BAR) // 2, left, room)
            x = float(left)
            top = len(self.names) * self.row_height
            for words, (ground, _letters) in zip(self._words, _SEGMENTS, strict=True):
                ink.box(painter, x, top + 6, 12, 12, radius=2, fill=ground, edge="line2")
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, "small", words, x + 18, top, _LEGEND)
                x += 18 + fonts.width("small", words) + 16

    def _paint_bar(self, painter: QPainter, at: int, top: int, left: int, room: int) -> None:
        total = sum(self.counts[at])
        if not total:
            return
        done = 0
        for number, (ground, letters) in zip(self.counts[at], _SEGMENTS, strict=True):
            start = left + round(room * done / total)
            done += number
            width = left + round(room * done / total) - start
            painter.fillRect(start, top, width, _BAR, ink.color(ground))
            words = str(number)
            if width > fonts.width("small", words) + 4:
                painter.setPen(ink.pen(letters))
                chips.text_at(
                    painter, "small", words,
                    start + (width - fonts.width("small", words)) / 2, top, _BAR)
        ink.box(painter, left, top, room, _BAR, edge="line2")
        if at < len(self.marks):
            _diamond(painter, left + room * self.marks[at], top + _BAR, "text")
