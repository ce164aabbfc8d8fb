"""How the ballots of a round came in, painted: two steps and the pace of the round before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink, names
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Ring
from tabapp.services.chase import Progress

_LEFT, _TOP, _BOTTOM, _RIGHT = 28, 28, 36, 84
_LEAST = 10.0
"""Minutes that are shown at least."""
_AFTER = 15.0
"""Minutes shown beyond the last ballot while others are out."""
_TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 720, 1440)
_LINE = 16
_DOT = 7
_TICK_APART = 44
"""Pixels that a number below needs."""


@dataclass(frozen=True, slots=True)
class Series:
    """A line: its word, its colour and the minutes at which it rises by one."""

    word: str
    token: str
    ink: str
    times: tuple[float, ...]

    def at(self, minute: float) -> int:
        """Return how many there were at a minute."""
        return bisect_right(self.times, minute)


def series_of(found: Progress) -> tuple[Series, Series]:
    """Return what came to the desk and what is confirmed."""
    return (
        Series(tr("in"), "accent", "accent", found.here.received),
        Series(tr("confirmed"), "done_mark", "done", found.here.confirmed))


def minute_words(found: Progress, minute: float) -> str:
    """Return a minute as a person says it."""
    whole = floor(minute + 0.001)
    if not found.is_end:
        return tr("{n} min after the first", n=whole)
    return (
        tr("{n} min after the end", n=whole) if whole >= 0
        else tr("{n} min before the end", n=-whole))


class PacePlot(QWidget):
    """Minutes below, rooms at the left, a word at each line; arrows read the points, T the table.
    """

    table_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._found: Progress | None = None
        self._now = 0.0
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(140)

    def show_progress(self, found: Progress, now: datetime) -> None:
        """Show a round as it is at a moment."""
        self._found, self._now = found, (now - found.start).total_seconds() / 60
        points = self.points()
        if self._at is not None:
            self._at = min(self._at, len(points) - 1) if points else None
        here = found.here
        self.setAccessibleName(tr(
            "How ballots of {round} came in: {n} of {m} in, {k} confirmed", round=here.round,
            n=len(here.received), m=here.rooms, k=len(here.confirmed)))
        self._tell()

    def sizeHint(self) -> QSize:
        """Ask for a plot that can be read."""
        return QSize(520, 220)

    # Reading it

    def points(self) -> list[float]:
        """Return the minutes at which anything changed."""
        if self._found is None:
            return []
        here = self._found.here
        return sorted({*here.received, *here.confirmed})

    def reading(self) -> str:
        """Return what is known at the point that is read, "" for none."""
        if self._found is None or self._at is None:
            return ""
        minute = self.points()[self._at]
        first, second = series_of(self._found)
        words = tr(
            "{time}: {n} in, {k} confirmed", time=minute_words(self._found, minute),
            n=first.at(minute), k=second.at(minute))
        before = self._found.before
        if before is None:
            return words
        there = bisect_right(before.received, minute)
        return tr("{words}; {round}: {n}", words=words, round=before.round, n=there)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the points by arrows, the table by T."""
        last = len(self.points()) - 1
        here = self._at
        steps = {
            Qt.Key.Key_Left: last if here is None else max(0, here - 1),
            Qt.Key.Key_Right: 0 if here is None else min(last, here + 1),
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }  # fmt: skip
        key = Qt.Key(event.key())
        if key in steps and last >= 0:
            self._at = steps[key]
            self._tell()
        elif key == Qt.Key.Key_T and not event.modifiers():
            self.table_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin to read at the last point."""
        super().focusInEvent(event)
        if self._at is None and self.points():
            self._at = len(self.points()) - 1
        self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Stop reading."""
        super().focusOutEvent(event)
        self._at = None
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleDescription(self.reading())
        self.update()

    # Places

    def span(self) -> tuple[float, float]:
        """Return the first and the last minute that is shown."""
        assert self._found is not None
        here, before = self._found.here, self._found.before
        times = [*here.received, *here.confirmed]
        start, end = min(0.0, *times), max(times)
        if len(here.confirmed) < here.rooms:
            end = max(end, min(self._now, end + _AFTER))
        if before is not None and before.received:
            end = max(end, min(before.received[-1], 2 * max(end, _LEAST)))
            start = min(start, max(before.received[0], 2 * start))
        return start, max(end, start + _LEAST)

    def _until(self) -> float:
        """Return the minute up to which the lines go: now, while it is on the plot."""
        return max(self.points()[-1], min(self._now, self.span()[1]))

    def _x(self, minute: float) -> float:
        start, end = self.span()
        share = min(1.0, max(0.0, (minute - start) / (end - start)))
        return _LEFT + (self.width() - _LEFT - _RIGHT) * share

    def _y(self, n: float) -> float:
        assert self._found is not None
        room = self.height() - _TOP - _BOTTOM
        return self.height() - _BOTTOM - room * min(1.0, n / max(1, self._found.here.rooms))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, the round before, the two lines, their words and the point that is read."""
        if self._found is None:
            return
        with QPainter(self) as painter:
            self._paint_axes(painter)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            self._paint_before(painter)
            lines = series_of(self._found)
            for one in lines:
                self._paint_line(painter, one, self._until())
            self._paint_words(painter)
            self._paint_reading(painter, lines)
            if self.hasFocus():
                ink.box(
                    painter, 0, 0, self.width(), self.height(), radius=4, edge="accent",
                    edge_width=Ring.WIDTH)

    def _paint_axes(self, painter: QPainter) -> None:
        assert self._found is not None
        right, rooms = self.width() - _RIGHT, self._found.here.rooms
        for n in sorted({0, rooms // 2, rooms}):
            y = round(self._y(n))
            painter.fillRect(_LEFT, y, right - _LEFT, 1, ink.color("line2" if n == 0 else "line"))
            painter.setPen(ink.pen("text2"))
            chips.text_at(
                painter, "small", str(n), _LEFT - 6 - fonts.width("small", str(n)), y - 8, 16)
        start, end = self.span()
        most = max(2, (right - _LEFT) // _TICK_APART)
        apart = next((one for one in _TICKS if (end - start) / one <= most), _TICKS[-1])
        base = self.height() - _BOTTOM
        for minute in range(ceil(start / apart) * apart, floor(end) + 1, apart):
            words = str(minute).replace("-", names.MINUS)
            x = self._x(minute)
            if minute == 0 and start < 0:
                painter.fillRect(round(x), _TOP, 1, base - _TOP, ink.color("line2"))
            chips.text_at(painter, "small", words, x - fonts.width("small", words) / 2,
                          base + 2, _LINE)
        words = (
            tr("minutes from the expected end") if self._found.is_end
            else tr("minutes from the first ballot"))
        painter.setPen(ink.pen("text3"))
        chips.text_at(painter, "small", words, _LEFT, base + _LINE + 2, _LINE)

    def _steps(
        self, times: Sequence[float], until: float, scale: float = 1.0
    ) -> QPolygonF:
        points = [QPointF(self._x(self.span()[0]), self._y(0))]
        for n, minute in enumerate(times, start=1):
            x = self._x(minute)
            points += [QPointF(x, self._y((n - 1) * scale)), QPointF(x, self._y(n * scale))]
        points.append(QPointF(self._x(until), self._y(len(times) * scale)))
        return QPolygonF(points)

    def _before_scale(self) -> float:
        assert self._found is not None
        before = self._found.before
        return self._found.here.rooms / max(1, before.rooms) if before is not None else 1.0

    def _paint_before(self, painter: QPainter) -> None:
        assert self._found is not None
        before = self._found.before
        if before is not None and before.received:
            end = self.span()[1]
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(ink.pen("text3", 1.0, dashed=True))
            shown = [one for one in before.received if one <= end]
            painter.drawPolyline(self._steps(shown, end, self._before_scale()))

    def _paint_line(self, painter: QPainter, one: Series, until: float) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(ink.pen(one.token, 2.0))
        painter.drawPolyline(self._steps(one.times, until))
        self._dot(painter, until, len(one.times), one.token)

    def _dot(self, painter: QPainter, minute: float, n: int, token: str) -> None:
        ink.box(
            painter, self._x(minute) - _DOT / 2, self._y(n) - _DOT / 2, _DOT, _DOT,
            radius=_DOT / 2, fill=token)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)

    def words(self) -> list[tuple[str, str, QRectF]]:
        """Return the words at the lines, their colour and place; none lies on another."""
        assert self._found is not None
        x = self._x(self._until()) + 8
        found = [
            (f"{one.word} {len(one.times)}", one.ink, x, self._y(len(one.times)))
            for one in series_of(self._found)]
        before = self._found.before
        if before is not None and before.received:
            end = self.span()[1]
            shown = bisect_right(before.received, end)
            at = self._x(end) + 8
            found.append((
                before.round, "text3", at if at > x + 1 else x,
                self._y(shown * self._before_scale())))
        placed: list[tuple[str, str, QRectF]] = []
        bottom = _TOP - _LINE / 2
        for text, token, left, y in sorted(found, key=lambda one: one[3]):
            top = max(y - _LINE / 2, bottom)
            bottom = top + _LINE
            shown_text, _style = _cut(text, self.width() - left)
            placed.append((shown_text, token, QRectF(
                left, top, fonts.width("small", shown_text), _LINE)))
        over = bottom - (self.height() - _BOTTOM + _LINE / 2)
        if over > 0:
            placed = [(text, token, one.translated(0, -over)) for text, token, one in placed]
        return placed

    def _paint_words(self, painter: QPainter) -> None:
        for text, token, place in self.words():
            painter.setPen(ink.pen(token))
            chips.text_at(painter, "small", text, place.x(), place.y(), _LINE)

    def _paint_reading(self, painter: QPainter, lines: Sequence[Series]) -> None:
        if self._at is None:
            return
        minute = self.points()[self._at]
        x = round(self._x(minute))
        painter.fillRect(x, _TOP, 1, self.height() - _TOP - _BOTTOM, ink.color("control"))
        for one in lines:
            self._dot(painter, minute, one.at(minute), one.token)
        words, style = _cut(self.reading(), self.width() - 16)
        painter.setPen(ink.pen("text"))
        chips.text_at(painter, style, words, 8, 3, _LINE)


def _cut(text: str, room: float) -> tuple[str, str]:
    shown, style, _is_cut = names.fit(text, "small", max(8, floor(room)))
    return shown, style
