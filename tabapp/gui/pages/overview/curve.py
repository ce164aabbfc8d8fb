"""How ballots came in: two steps, and those of the round before for comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import tr
from tabapp.services.overview import Curve

_LEFT, _TOP, _BOTTOM, _RIGHT = 34, 24, 22, 92
_LEAST = timedelta(minutes=10)
_TICKS = (1, 2, 5, 10, 15, 30, 60, 120, 240)
"""Minutes between two times on the axis."""
_DOT = 7
_LINE = 16
_NOW = 2
"""The top of the word at the line of now."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something written in the plot."""

    text: str
    style: str
    token: str
    place: QRect


def _word(text: str, style: str, token: str, left: float, top: float) -> Word:
    width = ceil(fonts.width(style, text))
    return Word(text, style, token, QRect(round(left), round(top), width, _LINE))


class BallotCurve(QWidget):
    """Ballots in and confirmed over the time of a round, from what the journal has."""

    def __init__(self) -> None:
        super().__init__()
        self._curve: Curve | None = None
        self._before: Curve | None = None
        self._now = datetime.now().astimezone()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(120)

    def show_curves(self, curve: Curve, before: Curve | None, now: datetime) -> None:
        """Show a round, and the one before if it was played at one go like this one."""
        self._curve, self._before, self._now = curve, before, now
        self.setAccessibleName(tr(
            "Ballots in, {round}: {entered} of {rooms} in, {confirmed} confirmed",
            round=curve.round, entered=len(curve.entered), rooms=curve.rooms,
            confirmed=len(curve.confirmed)))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a plot that can be read."""
        return QSize(480, 200)

    def _span(self) -> tuple[datetime, datetime]:
        """Return the first and the last moment that is shown."""
        assert self._curve is not None
        times = [*self._curve.entered, *self._curve.confirmed]
        start = min(times, default=self._now)
        done = len(self._curve.confirmed) >= self._curve.rooms
        end = max([*times, *([] if done else [self._now])], default=self._now)
        length = max(end - start, _LEAST)
        if self._before is not None and self._before.confirmed:
            took = self._before.confirmed[-1] - self._before.entered[0]
            length = max(length, min(took, 2 * length))
        start -= length / 20
        return start, start + length * 1.1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes, the round before, the two steps and their words."""
        if self._curve is None or not self._curve.rooms:
            return
        start, end = self._span()
        with QPainter(self) as painter:
            self._paint_axes(painter, start, end)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)
            self._paint_before(painter, start, end)
            until = min(max(self._now, start), end)
            self._paint_steps(painter, self._curve.entered, "accent", start, end, until, fill=True)
            self._paint_steps(painter, self._curve.confirmed, "done_mark", start, end, until)
            self._paint_words(painter, start, end)

    # Places

    def _x(self, at: datetime, start: datetime, end: datetime) -> float:
        share = (at - start) / (end - start)
        return _LEFT + (self.width() - _LEFT - _RIGHT) * min(1.0, max(0.0, share))

    def _y(self, n: float) -> float:
        assert self._curve is not None
        room = self.height() - _TOP - _BOTTOM
        return self.height() - _BOTTOM - room * n / max(1, self._curve.rooms)

    def _paint_axes(self, painter: QPainter, start: datetime, end: datetime) -> None:
        assert self._curve is not None
        right = self.width() - _RIGHT
        rooms = self._curve.rooms
        for n in sorted({0, rooms // 2, rooms}):
            y = round(self._y(n))
            painter.fillRect(_LEFT, y, right - _LEFT, 1, ink.color("line2" if n == 0 else "line"))
            painter.setPen(ink.pen("text2"))
            words = str(n)
            left = _LEFT - 8 - fonts.width("small", words)
            chips.text_at(painter, "small", words, left, y - 8, 16)
        minutes = (end - start).total_seconds() / 60
        apart = next((one for one in _TICKS if minutes / one <= 6), _TICKS[-1])
        at = start.astimezone().replace(second=0, microsecond=0)
        at -= timedelta(minutes=(at.hour * 60 + at.minute) % apart)
        while at <= end:
            if at >= start:
                words = f"{at:%H:%M}"
                left = self._x(at, start, end) - fonts.width("small", words) / 2
                chips.text_at(painter, "small", words, left, self.height() - 16, 16)
            at += timedelta(minutes=apart)

    def _paint_before(self, painter: QPainter, start: datetime, end: datetime) -> None:
        """Paint the round before as though it had begun when this one did."""
        before, curve = self._before, self._curve
        if before is None or curve is None or not (before.confirmed and curve.entered):
            return
        shift = curve.entered[0] - before.entered[0]
        scale = curve.rooms / max(1, before.rooms)
        times = [at + shift for at in before.confirmed]
        points = self._points(times, start, end, end, scale)
        painter.setPen(ink.pen("text3", 1.0, dashed=True))
        painter.drawPolyline(points)

    def _points(
        self, times: Sequence[datetime], start: datetime, end: datetime, until: datetime,
        scale: float = 1.0,
    ) -> QPolygonF:  # fmt: skip
        points = [QPointF(_LEFT, self._y(0))]
        for n, at in enumerate(times, start=1):
            x = self._x(at, start, end)
            points += [QPointF(x, self._y((n - 1) * scale)), QPointF(x, self._y(n * scale))]
        points.append(QPointF(self._x(until, start, end), self._y(len(times) * scale)))
        return QPolygonF(points)

    def _paint_steps(
        self, painter: QPainter, times: Sequence[datetime], token: str, start: datetime,
        end: datetime, until: datetime, *, fill: bool = False,
    ) -> None:  # fmt: skip
        points = self._points(times, start, end, until)
        last = points.at(points.size() - 1)
        if fill and times:
            ground = QPolygonF(points)
            ground.append(QPointF(last.x(), self._y(0)))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink.brush("hover"))
            painter.drawPolygon(ground)
        painter.setPen(ink.pen(token, 2.0))
        painter.drawPolyline(points)
        ink.box(
            painter, last.x() - _DOT / 2, last.y() - _DOT / 2, _DOT, _DOT,
            radius=_DOT / 2, fill=token)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=True)

    def words(self) -> list[Word]:
        """Return the words in the plot and where they stand: none lies on another."""
        assert self._curve is not None
        start, end = self._span()
        x = round(self._x(min(max(self._now, start), end), start, end)) + 10
        entered, confirmed = len(self._curve.entered), len(self._curve.confirmed)
        upper, lower = self._y(entered) - _LINE / 2, self._y(confirmed) - _LINE / 2
        if lower - upper < _LINE:  # one above the other, whatever the figures
            middle = (upper + lower) / 2
            upper, lower = middle - _LINE / 2, middle + _LINE / 2
        upper = max(upper, _NOW + _LINE)
        lower = min(max(lower, upper + _LINE), self.height() - _BOTTOM - _LINE + 2)
        upper = min(upper, lower - _LINE)
        found = [
            _word(tr("in {n}", n=entered), "header", "accent", x, upper),
            _word(tr("confirmed {n}", n=confirmed), "header", "done", x, lower),
        ]
        if start <= self._now <= end:
            now = tr("now {time}", time=f"{self._now.astimezone():%H:%M}")
            width = fonts.width("note", now)
            left = self._x(self._now, start, end) - width / 2
            left = min(max(0, left), self.width() - width - 1)
            found.append(_word(now, "note", "text2", left, _NOW))
        return found

    def _paint_words(self, painter: QPainter, start: datetime, end: datetime) -> None:
        if start <= self._now <= end:
            at = round(self._x(self._now, start, end))
            painter.fillRect(at, _TOP, 1, self.height() - _TOP - _BOTTOM, ink.color("line2"))
        for one in self.words():
            painter.fillRect(one.place.adjusted(-2, 0, 2, 0), ink.color("surface"))
            painter.setPen(ink.pen(one.token))
            chips.text_at(painter, one.style, one.text, one.place.x(), one.place.y(), _LINE)
