"""Above the rooms of the list: how many are where, paused deadlines, and what a scan came to."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tabapp.gui import chips, fonts, icons, ink
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services.ballot_desk import Desk

_ICON = 16
_STYLE = "small_condensed"
_FIRST, _LINE = 14, 18
_DOT, _APART = 12, 12
_PARTS = (
    ("confirmed", "done_mark", "Confirmed"), ("check", "accent", "To check"),
    ("differs", "problem_mark", "Differs"), ("draft", "attention_mark", "Draft"),
    ("received", "soft_line", "Received"), ("out", "line2", "Out"),
)
_ALWAYS = ("confirmed", "out")
_TONES = {"done": "check", "attention": "triangle-alert", "problem": "octagon-alert"}


class StateBar(QWidget):
    """The states of all rooms as one bar with its words; those that no room is in are left out."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[tuple[str, str, int]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_FIRST + _LINE + 2)

    def show_desk(self, desk: Desk) -> None:
        """Show the counts."""
        counts = {str(state): n for state, n in desk.counts.items()}
        self._parts = [
            (token, f"{tr(word)} {counts.get(key, 0)}", counts.get(key, 0))
            for key, token, word in _PARTS if counts.get(key, 0) or key in _ALWAYS]
        self.setAccessibleName(", ".join(words for _token, words, _n in self._parts))
        self._fit()
        self.update()

    def _places(self) -> list[tuple[float, int]]:
        """Return where each word stands: in a second line where one is too short."""
        places, x, top = [], 0.0, _FIRST
        for _token, words, _n in self._parts:
            wide = _DOT + fonts.width(_STYLE, words)
            if x and x + wide > self.width():
                x, top = 0.0, top + _LINE
            places.append((x, top))
            x += wide + _APART
        return places

    def _fit(self) -> None:
        last = max((top for _x, top in self._places()), default=_FIRST)
        self.setFixedHeight(last + _LINE + 2)

    def resizeEvent(self, event: object) -> None:
        """Break the words anew."""
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the bar and the words."""
        with QPainter(self) as painter:
            total = sum(n for _token, _words, n in self._parts)
            ink.box(painter, 0, 0, self.width(), 8, radius=4, fill="sunken")
            left = 0.0
            for token, _words, n in self._parts[:-1]:
                if n and total:
                    width = self.width() * n / total
                    ink.box(painter, left, 0, max(3.0, width - 1), 8, radius=3, fill=token)
                    left += width
            for (token, words, _n), (x, top) in zip(self._parts, self._places(), strict=True):
                ink.box(painter, x, top + 5, 8, 8, radius=2, fill=token)
                painter.setPen(ink.pen("text2"))
                chips.text_at(painter, _STYLE, words, x + _DOT, top, _LINE)


class Paused(QWidget):
    """Says that nothing is done about late ballots; no banner, since F7 is for the open one."""

    def __init__(self) -> None:
        super().__init__()
        words = tr("Deadlines paused")
        self.setAccessibleName(words)
        self.button = Button(tr("Resume"))
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + Space.UNIT, 0, 0, 0)
        row.addWidget(label(words, "identity"))
        row.addStretch(1)
        row.addWidget(self.button)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        with QPainter(self) as painter:
            icons.draw(
                painter, "pause", _ICON, "attention_mark", 0, (self.height() - _ICON) / 2)


class ScanChoice(QWidget):
    """What a scan does: it marks the sheet as received in any case, and opens its form or not."""

    def __init__(self) -> None:
        super().__init__()
        self.way = Segments(
            tr("What a scan does"),
            [("open", tr("Opens")), ("receive", tr("Marks as received"))], height=28)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        row.addWidget(label(tr("A scan"), "small", role="secondary"))
        row.addWidget(self.way)
        row.addStretch(1)

    @property
    def opens(self) -> bool:
        """Tell whether a scan opens the form."""
        return self.way.key == "open"


class Said(QWidget):
    """What the last scan came to, in words with a shape; nothing until there was one."""

    def __init__(self) -> None:
        super().__init__()
        self._tone = "done"
        self._words = label("", "small", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + Space.UNIT, 0, 0, 0)
        row.addWidget(self._words)
        self.hide()

    @property
    def sentence(self) -> str:
        """Return what stands there, "" for nothing."""
        return self._words.text()

    @property
    def tone(self) -> str:
        """Return done, attention or problem."""
        return self._tone

    def say(self, sentence: str, tone: str = "done") -> None:
        """Say something else, "" for nothing."""
        self._tone = tone
        self._words.setText(sentence)
        self.setAccessibleName(sentence)
        self.setVisible(bool(sentence))
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Keep the icon whole."""
        return super().minimumSizeHint().expandedTo(QSize(0, _ICON + 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape of the meaning."""
        with QPainter(self) as painter:
            icons.draw(painter, _TONES[self._tone], _ICON, f"{self._tone}_mark", 0, 1)
