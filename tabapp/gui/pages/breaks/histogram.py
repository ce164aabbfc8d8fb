"""The points of the last breaking team: in which share of the simulated tournaments."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.domain.forecast import PointsShare, Threshold
from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.outlook_rows import percent
from tabapp.gui.tokens import Radius, Ring
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.services.break_outlook import Outlook

_FOOT = 24
_ABOVE = 20
_MOST_BAR = 44
_LEAST = 96
_SHOWN = 0.001
"""Shares below are left out at the ends."""


class Histogram(QWidget):
    """Bars over points, the tallest in the accent. Arrows read them one by one."""

    def __init__(self) -> None:
        super().__init__()
        self.bars: tuple[PointsShare, ...] = ()
        self._at: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(_LEAST)
        self.setAccessibleName(tr("Points of the last breaking team"))

    def show_line(self, line: Threshold | None) -> None:
        """Show the points at which the last team broke."""
        bars = line.by_points if line is not None else ()
        seen = [place for place, one in enumerate(bars) if one.share >= _SHOWN]
        self.bars = bars[seen[0]: seen[-1] + 1] if seen else bars
        self._at = None
        self.setAccessibleDescription(self.text())
        self.update()

    def text(self) -> str:
        """Return all bars in words, a line each."""
        return "\n".join(map(self._words, self.bars))

    @staticmethod
    def _words(bar: PointsShare) -> str:
        words = tr("{points} points: {share}", points=bar.points, share=_share(bar.share))
        if bar.breaking is None:
            return words
        return tr("{words}; of the teams that end there {n} % break", words=words,
                  n=round(100 * bar.breaking))

    def sizeHint(self) -> QSize:
        """Ask for a picture that can be read."""
        return QSize(240, 140)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, their shares above, their points below."""
        with QPainter(self) as painter:
            floor = self.height() - _FOOT
            painter.fillRect(0, floor, self.width(), 1, ink.color("line2"))
            if not self.bars:
                return
            step = self.width() / len(self.bars)
            most = max(one.share for one in self.bars)
            for place, one in enumerate(self.bars):
                self._paint_bar(painter, one, step * place, step, floor, most)
            if self.hasFocus() and self._at is not None:
                ink.box(
                    painter, step * self._at + 1, 1, step - 2, self.height() - 2,
                    radius=Radius.CHIP, edge="accent", edge_width=Ring.WIDTH)

    def _paint_bar(
        self, painter: QPainter, one: PointsShare, left: float, step: float, floor: int,
        most: float,
    ) -> None:
        tallest = one.share == most
        wide = int(min(_MOST_BAR, step * 0.72))
        height = max(1, round((floor - _ABOVE) * one.share / most))
        x = int(left + (step - wide) / 2)
        token = "accent" if tallest else "soft_line"
        ink.box(painter, x, floor - height, wide, height, radius=min(3, height / 2), fill=token)
        painter.fillRect(x, floor - height // 2, wide, height // 2, ink.color(token))
        words, style = _share(one.share), "header" if tallest else "small"
        if fonts.width(style, words) <= step - 2:
            self._centred(painter, words, style, "text" if tallest else "text2",
                          left, step, floor - height - 18)
        self._centred(painter, str(one.points), style, "text" if tallest else "text2",
                      left, step, floor + 4)

    @staticmethod
    def _centred(
        painter: QPainter, words: str, style: str, token: str, left: float, step: float, top: float
    ) -> None:
        painter.setPen(ink.pen(token))
        chips.text_at(
            painter, style, words, left + (step - fonts.width(style, words)) / 2, top, 18)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with the tallest bar."""
        super().focusInEvent(event)
        if self._at is None and self.bars:
            self._go(max(range(len(self.bars)), key=lambda place: self.bars[place].share))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read the bars by arrows, copy all in words."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.text())
        elif step is None or self._at is None:
            super().keyPressEvent(event)
        else:
            self._go(min(len(self.bars) - 1, max(0, self._at + step)))

    def _go(self, place: int) -> None:
        self._at = place
        words = self._words(self.bars[place])
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.update()


def _share(share: float) -> str:
    return tr("100 %") if share >= 1 else percent(share)


class HistogramCard(Card):
    """The histogram under its title, or why there is none."""

    def __init__(self) -> None:
        super().__init__(padding=16)
        self.setAccessibleName(tr("Points of the last breaking team"))
        self.body.setSpacing(0)
        self.title = label(tr("Points of the last breaking team"), "card")
        self.body.addWidget(self.title)
        self.under = label("", "small", role="secondary", wrap=True)
        self.body.addWidget(self.under)
        self.picture = Histogram()
        self.body.addWidget(self.picture, 1)

    def show_outlook(self, outlook: Outlook | None, title: str) -> None:
        """Show the line of a forecast; ``title`` says what is counted."""
        self.title.setText(title)
        line = outlook.threshold if outlook is not None else None
        self.picture.show_line(line)
        self.picture.setVisible(line is not None)
        words = tr("being read") if outlook is None else tr("No forecast yet. F5 makes one.")
        if outlook is not None and outlook.runs:
            words = tr("share of {n} simulated tournaments", n=f"{outlook.runs:,}")
            if line is None:
                words = tr("Nobody can break in this category.")
            if outlook.outdated:
                words = tr("{words}; older than the results", words=words)
        self.under.setText(words)
        self.body.setAlignment(self.under, Qt.AlignmentFlag.AlignTop)
