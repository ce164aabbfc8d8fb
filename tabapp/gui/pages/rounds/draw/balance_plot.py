"""What stands above the balance report: how many teams are in each category, now and before."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tabapp.domain.draw.balance import BalancePoint, BalanceReport
from tabapp.domain.draw.positions import Change
from tabapp.gui import chips, fonts, ink
from tabapp.gui.messages import count, tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label

WORDS: dict[Change, str] = {
    "regression": "Regression", "still_bad": "Still bad", "improving": "Improving",
    "resolved": "Resolved", "none": "Balanced",
}
MEANINGS: dict[Change, str] = {
    "regression": "Was balanced, and is not any more",
    "still_bad": "Was not balanced, and came no nearer",
    "improving": "Was not balanced, and came nearer",
    "resolved": "Was not balanced, and is now",
    "none": "Was balanced, and still is",
}
TONES: dict[Change, str] = {
    "regression": "problem", "still_bad": "attention", "improving": "", "resolved": "done",
    "none": "",
}
_INKS: tuple[tuple[Change, str], ...] = (
    ("still_bad", "attention_mark"), ("improving", "accent"), ("regression", "problem_mark"))
"""What a bar is made of, from its foot up."""
_MARKS = {**dict(_INKS), "resolved": "done_mark", "none": "line2"}
_LINE, _MARK = 16, 8
_BAR, _APART = 28, 12


class Figure(QWidget):
    """A number with its word; the mark has the colour of its part of the bars."""

    def __init__(self, change: Change, words: str, number: int) -> None:
        super().__init__()
        self._token = _MARKS[change]
        self.setAccessibleName(f"{words}: {number}")
        self.setToolTip(tr(MEANINGS[change]))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(label(str(number), "title"))
        name = label(words, "small", role="secondary")
        name.setContentsMargins(_MARK + 6, 0, 0, 0)
        self._name = name
        column.addWidget(name)
        column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the mark before the word."""
        with QPainter(self) as painter:
            top = self._name.y() + (self._name.height() - _MARK) / 2
            ink.box(painter, 0, round(top), _MARK, _MARK, radius=2, fill=self._token)


class Trend(QWidget):
    """A bar a round: how many teams were not balanced after it, by category."""

    def __init__(self, points: tuple[BalancePoint, ...]) -> None:
        super().__init__()
        self._points = points
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        said = ", ".join(tr("round {seq}: {n}", seq=one.seq, n=one.uneven) for one in points)
        self.setAccessibleName(tr("Not balanced after each round: {said}", said=said))
        self.setToolTip(tr("Teams that were not balanced after each round"))

    def sizeHint(self) -> QSize:
        """Ask for the room of all bars."""
        return QSize(max(1, len(self._points)) * (_BAR + _APART), 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bars, their figures, and the numbers of the rounds below."""
        most = max((one.uneven for one in self._points), default=0) or 1
        floor, room = self.height() - _LINE - 2, self.height() - 2 * _LINE - 4
        with QPainter(self) as painter:
            painter.fillRect(0, floor, self.width(), 1, ink.color("line2"))
            for at, point in enumerate(self._points):
                left = at * (_BAR + _APART) + _APART // 2
                top = floor
                for change, token in _INKS:
                    number = point.counts.get(change, 0)
                    height = max(2, round(room * number / most)) if number else 0
                    top -= height
                    painter.fillRect(left, top, _BAR, height, ink.color(token))
                painter.setPen(ink.pen("text" if point.uneven else "text3"))
                self._middle(painter, str(point.uneven), left, top - _LINE)
                painter.setPen(ink.pen("text2"))
                self._middle(painter, str(point.seq), left, floor + 2)

    @staticmethod
    def _middle(painter: QPainter, words: str, left: int, top: int) -> None:
        x = left + (_BAR - fonts.width("small", words)) / 2
        chips.text_at(painter, "small", words, x, top, _LINE)


class Head(Card):
    """The figures at the left, the bars at the right."""

    def __init__(self, report: BalanceReport) -> None:
        super().__init__(padding=Space.GAP)
        self.setAccessibleName(tr("Balance of {teams}", teams=count(
            len(report.teams), "team", "teams")))
        row = QHBoxLayout()
        row.setSpacing(2 * Space.CARD)
        counts = report.counts
        if report.is_placed:
            shown = [(change, tr(words), counts.get(change, 0)) for change, words in WORDS.items()]
        else:
            uneven = counts.get("still_bad", 0)
            shown = [
                ("still_bad", tr("Not balanced"), uneven),
                ("none", tr("Balanced"), len(report.teams) - uneven)]
        for change, words, number in shown:
            row.addWidget(Figure(change, words, number))
        row.addStretch(1)
        if report.points:
            words_of_bars = label(tr("Not balanced\nafter round"), "small", role="secondary")
            words_of_bars.setAlignment(
                Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            row.addWidget(words_of_bars)
            row.addWidget(Trend(report.points))
        self.body.addLayout(row)
