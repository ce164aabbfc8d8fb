"""A running job: its thin bar, and the row with its steps, its time and the way to stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button

_ICON = 18
_AFTER_ICON = 14
_GAP = 4
_TIME_WIDTH = 168
_STEPS_SHARE = 0.4


@dataclass(frozen=True)
class Step:
    """A part of a job: its words, and how much of it is done, 0 to 1."""

    words: str
    done: float = 0.0


def paint_bar(painter: QPainter, x: float, y: float, width: float, done: float) -> None:
    """Paint a track, 6 high, filled up to ``done`` of 1."""
    ink.box(painter, x, y, width, Height.TRACK, radius=Height.TRACK / 2, fill="sunken")
    filled = width * min(1.0, max(0.0, done))
    if filled >= 1:
        filled = max(filled, Height.TRACK)
        ink.box(painter, x, y, filled, Height.TRACK, radius=Height.TRACK / 2, fill="accent")


class ProgressBar(QWidget):
    """A thin bar."""

    def __init__(self, name: str, done: float = 0.0) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(Height.TRACK)
        self.set_done(done)

    def set_done(self, done: float) -> None:
        """Show how much is done, 0 to 1."""
        self._done = done
        self.setAccessibleDescription(f"{done:.0%}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the track and what is filled of it."""
        with QPainter(self) as painter:
            paint_bar(painter, 0, 0, self.width(), self._done)


class ProgressRow(QWidget):
    """One job: title and origin, steps as segments, time left, Cancel (Del does the same)."""

    cancelled = Signal()

    def __init__(self, title: str, origin: str, *, cancel: str) -> None:
        super().__init__()
        self._title, self._origin, self._time = title, origin, ""
        self._steps: tuple[Step, ...] = ()
        self._waits = False
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(Height.PROGRESS_ROW)
        self.button = Button(cancel)
        self.button.setAccessibleName(f"{cancel}: {title}")
        self.button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.button)

    def show_steps(self, steps: Sequence[Step], time: str) -> None:
        """Show how far it is, and its time in words."""
        self._steps, self._time, self._waits = tuple(steps), time, False
        now = next((s.words for s in steps if s.done < 1), "")
        self.setAccessibleDescription(" ".join(filter(None, (now, time))))
        self.setToolTip(now)
        self.update()

    def show_origin(self, origin: str) -> None:
        """Say below the title where it comes from."""
        if origin != self._origin:
            self._origin = origin
            self.update()

    def show_waiting(self, reason: str) -> None:
        """Show what it waits for."""
        self._steps, self._time, self._waits = (), reason, True
        self.setAccessibleDescription(reason)
        self.setToolTip("")
        self.update()

    def buttons_left(self) -> int:
        """Return where the buttons begin: a row that has more than one overrides this."""
        return self.button.x()

    def sizeHint(self) -> QSize:
        """Ask for a row as wide as there is room."""
        return QSize(720, Height.PROGRESS_ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel by Del."""
        if event.key() == Qt.Key.Key_Delete and self.button.isEnabled():
            self.cancelled.emit()
        else:
            super().keyPressEvent(event)

    def _steps_rect(self) -> QRect:
        time = max(round(fonts.width("note", self._time)), min(_TIME_WIDTH, self.width() // 6))
        right = self.buttons_left() - 2 * Space.MARGIN - time
        if not self._steps:
            return QRect(right, 0, 0, self.height())
        words = max(fonts.width("identity", self._title), fonts.width("small", self._origin))
        left = _ICON + _AFTER_ICON + min(round(words) + Space.MARGIN, right // 2)
        width = min(right - left, round(self.width() * _STEPS_SHARE))
        return QRect(right - width, 0, width, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words in two lines, the segments and the time."""
        with QPainter(self) as painter:
            mark = ("hourglass", "text2") if self._waits else ("loader-circle", "accent")
            icons.draw(painter, mark[0], _ICON, mark[1], 0, (self.height() - _ICON) / 2)
            steps = self._steps_rect()
            left = _ICON + _AFTER_ICON
            room = max(0, steps.x() - left - Space.GAP)
            self._line(painter, self._title, "identity", "text", left, 8, 20, room)
            self._line(painter, self._origin, "small", "text2", left, 29, 16, room)
            self._paint_steps(painter, steps)
            width = fonts.width("note", self._time)
            painter.setPen(ink.pen("text2"))
            at = self.buttons_left() - Space.MARGIN - width
            chips.text_at(painter, "note", self._time, at, 0, self.height())
            if self.hasFocus():
                ink.box(
                    painter, 0, 2, self.width(), self.height() - 4,
                    radius=4, edge="accent", edge_width=2,
                )  # fmt: skip

    @staticmethod
    def _line(
        painter: QPainter, text: str, style: str, token: str,
        x: float, top: float, height: int, room: int,
    ) -> None:  # fmt: skip
        shown, shape, _ = names.fit(text, style, room)
        painter.setPen(ink.pen(token))
        chips.text_at(painter, shape, shown, x, top, height)

    def _paint_steps(self, painter: QPainter, place: QRect) -> None:
        if not self._steps:
            return
        shares = self._shares(place.width() - _GAP * (len(self._steps) - 1))
        x = place.x()
        current = next((i for i, s in enumerate(self._steps) if s.done < 1), None)
        for i, step in enumerate(self._steps):
            width = shares[i]
            style, token = ("note", "text") if i == current else ("small", "text2")
            self._line(painter, step.words, style, token, x, 10, 16, width - 4)
            paint_bar(painter, x, 32, width, step.done)
            x += width + _GAP

    def _shares(self, room: int) -> list[int]:
        """Return the width of each segment: equal, or by the words if some would be cut."""
        wanted = [fonts.width("note", step.words) + 6 for step in self._steps]
        if max(wanted) <= room / len(wanted):
            wanted = [1.0] * len(wanted)
        return [int(room * width / sum(wanted)) for width in wanted]
