"""Lines of the first page: what needs attention, and what was done."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from tabapp.gui import chips, fonts, icons, ink, names
from tabapp.gui.pages.overview.words import alert_in_words, entry_in_words, since, state_of_entry
from tabapp.gui.tokens import Radius
from tabapp.services.activity import Entry
from tabapp.services.overview import Alert

_ALERT = 38
_ENTRY = 30
_ICON = 18
_TIME = 48


class AlertLine(QAbstractButton):
    """One thing to look at; Enter goes there."""

    def __init__(self, alert: Alert, now: datetime) -> None:
        super().__init__()
        self.alert = alert
        self.sentence, self._verb = alert_in_words(alert)
        self._since = since(alert.at, now)
        self.setAccessibleName(self.sentence)
        self.setAccessibleDescription(self._verb)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring_inside", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ALERT)

    def sizeHint(self) -> QSize:
        """Ask for a line."""
        return QSize(320, _ALERT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go there by Enter, to the next by the arrows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Paint the ring."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint icon, sentence, since when, and the word that leads there."""
        option = QStyleOptionButton()
        option.initFrom(self)
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, ink.color("line"))
            if bool(option.state & QStyle.StateFlag.State_MouseOver):
                painter.fillRect(0, 1, self.width(), self.height() - 1, ink.color("hover"))
            if self.hasFocus():
                ink.box(
                    painter, 0, 2, self.width(), self.height() - 3, radius=Radius.CHIP,
                    edge="accent", edge_width=2)
            level = self.alert.level
            icons.draw(
                painter, chips.TONE_ICONS[level], _ICON, f"{level}_mark", 4,
                (self.height() - _ICON) / 2)
            right = self.width() - 6 - fonts.width("identity", self._verb)
            painter.setPen(ink.pen("accent"))
            chips.text_at(painter, "identity", self._verb, right, 0, self.height())
            right -= 24 + fonts.width("small", self._since)
            painter.setPen(ink.pen("text3"))
            chips.text_at(painter, "small", self._since, right, 0, self.height())
            left = 4 + _ICON + 10
            shown, style, cut = names.fit(self.sentence, "control", int(right - left - 12))
            painter.setPen(ink.pen("text"))
            chips.text_at(painter, style, shown, left, 0, self.height())
            self.setToolTip(self.sentence if cut else "")


class ActivityLines(QWidget):
    """The last things that were done: as many as fit."""

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Entry] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(2 * _ENTRY)

    def show_entries(self, entries: list[Entry]) -> None:
        """Show these, the newest first."""
        self._entries = entries
        self.setAccessibleName("; ".join(
            f"{one.actor} {entry_in_words(one)}" for one in entries[:5]))
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for five."""
        return QSize(280, 5 * _ENTRY)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint time, who and what; struck out in words where it was taken back."""
        with QPainter(self) as painter:
            for i, one in enumerate(self._entries[: self.height() // _ENTRY]):
                self._paint_entry(painter, i * _ENTRY, one)

    def _paint_entry(self, painter: QPainter, y: int, one: Entry) -> None:
        painter.setPen(ink.pen("text3"))
        if one.at is not None:
            chips.text_at(painter, "small", f"{one.at.astimezone():%H:%M}", 0, y, _ENTRY)
        room = self.width() - _TIME
        who, style, _ = names.fit(one.actor, "control", room // 3, person=True)
        painter.setPen(ink.pen("text3" if one.is_undone else "text"))
        chips.text_at(painter, style, who, _TIME, y, _ENTRY)
        left = _TIME + fonts.width(style, who) + 8
        what = entry_in_words(one)
        if one.is_undone:
            what = f"{what} ({state_of_entry(one)})"
        words, shape, _ = names.fit(what, "body", int(self.width() - left))
        painter.setPen(ink.pen("text3" if one.is_undone else "text2"))
        chips.text_at(painter, shape, words, left, y, _ENTRY)
