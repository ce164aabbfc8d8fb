"""Toasts: what happened, in one sentence at the bottom right, never over what has the keys."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from tabapp.gui import chips, icons
from tabapp.gui.messages import tr
from tabapp.gui.notice import Notice
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, IconButton, Role
from tabapp.gui.widgets.floating import SHADOW, Floating
from tabapp.gui.widgets.painted import label

WIDTH = 360
MOST = 3
KEPT = 50
STAYS = 6000
"""Milliseconds that a toast stays; one of a problem stays until it is dismissed."""
_GAP = 8
_MARGIN = 16
_ICON = 18
FIELDS = (
    QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox, QAbstractButton)
"""What is used by looking at it; a table has room beside a toast."""


@dataclass(frozen=True, slots=True)
class Told:
    """A notice with the time at which it was told."""

    at: datetime
    notice: Notice


class Toast(Floating):
    """One notice. It takes no keys: Alt+N acts on the newest."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, window: QWidget, notice: Notice) -> None:
        super().__init__(window, notice.sentence)
        self.notice = notice
        meant = notice.tone in chips.TONE_ICONS
        self.edge = f"{notice.tone}_line" if meant else "line2"
        mark = QLabel()
        mark.setPixmap(icons.pixmap(
            chips.TONE_ICONS[notice.tone] if meant else "info", _ICON,
            f"{notice.tone}_mark" if meant else "text2"))  # fmt: skip
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 6, 8)
        row.setSpacing(10)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignVCenter)
        words = label(notice.sentence, wrap=True)
        row.addWidget(words, 1)
        if notice.action:
            button = Button(notice.action, role=Role.LINK, keys=("Alt", "N"), height=28)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self.acted)
            row.addWidget(button)
        away = IconButton("x", tr("Dismiss"), size=28)
        away.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        away.clicked.connect(self.dismissed)
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(row)
        self.setFixedWidth(WIDTH + 2 * SHADOW)
        self._time = QTimer(self, singleShot=True, interval=STAYS)
        self._time.timeout.connect(self.dismissed)
        self.restart()

    @property
    def stays(self) -> bool:
        """Tell whether it stays until somebody dismisses it."""
        return self.notice.tone == "problem"

    def restart(self) -> None:
        """Begin its time again."""
        if not self.stays:
            self._time.start()

    def wanted_height(self) -> int:
        """Return how high it is with its sentence in as many lines as it takes."""
        return max(44, self.body.heightForWidth(self.width()) - 2 * SHADOW)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is here."""
        self._time.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the pointer went."""
        self.restart()


class Toasts(QObject):
    """Shows at most three notices and keeps the last fifty."""

    def __init__(
        self, window: QWidget, room: Callable[[], QRect], now: Callable[[], datetime]
    ) -> None:
        """``room``: the part of the window in which toasts may stand."""
        super().__init__(window)
        self._window, self._room, self._now = window, room, now
        self.shown: list[Toast] = []
        """The newest last."""
        self.kept: deque[Told] = deque(maxlen=KEPT)
        window.installEventFilter(self)

    def tell(self, notice: Notice) -> None:
        """Show a notice; one that says the same again takes the place of the first."""
        self.kept.append(Told(self._now(), notice))
        for toast in self.shown:
            if toast.notice.sentence == notice.sentence:
                self._drop(toast)
                break
        while len(self.shown) >= MOST:
            self._drop(next((one for one in self.shown if not one.stays), self.shown[0]))
        toast = Toast(self._window, notice)
        toast.acted.connect(lambda: self._act(toast))
        toast.dismissed.connect(lambda: self._drop(toast))
        self.shown.append(toast)
        self.arrange()
        toast.show()
        toast.raise_()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(toast, notice.sentence))

    def keep(self, notice: Notice) -> None:
        """Put a notice into the list of messages without showing it."""
        self.kept.append(Told(self._now(), notice))

    def act(self) -> None:
        """Do what the newest toast offers; without an offer dismiss the newest."""
        offer = next((one for one in reversed(self.shown) if one.notice.action), None)
        if offer is not None:
            self._act(offer)
        else:
            self.dismiss()

    def dismiss(self) -> bool:
        """Take the newest away; False if there is none."""
        if self.shown:
            self._drop(self.shown[-1])
            return True
        return False

    def _act(self, toast: Toast) -> None:
        run = toast.notice.run
        self._drop(toast)
        if run is not None:
            run()

    def _drop(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self.arrange()

    def arrange(self) -> None:
        """Put the toasts into the first corner where nothing in use lies below them.

        In use are the field or button that has the keys, and what is pressed next on the page.
        """
        if not self.shown:
            return
        room = self._room().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        heights = [one.wanted_height() for one in self.shown]
        size = sum(heights) + _GAP * (len(heights) - 1)
        right, below = room.right() + 1 - WIDTH, room.bottom() + 1 - size
        corners = [(right, below), (right, room.top()), (room.left(), below)]
        used = [self._field_in_use(), *self._next_steps()]
        free = (
            at for at in corners
            if not any(QRect(*at, WIDTH, size).intersects(one) for one in used))
        left, top = next(free, corners[0])
        for toast, height in zip(self.shown, heights, strict=True):
            toast.setGeometry(
                left - SHADOW, top - SHADOW, WIDTH + 2 * SHADOW, height + 2 * SHADOW)
            top += height + _GAP

    def _field_in_use(self) -> QRect:
        now = QApplication.focusWidget()
        if not isinstance(now, FIELDS) or not self._window.isAncestorOf(now):
            return QRect()
        return self._place(now)

    def _next_steps(self) -> list[QRect]:
        """Return where the primary buttons stand, such as "Save and next"."""
        return [
            self._place(one) for one in self._window.findChildren(Button)
            if one.role is Role.PRIMARY and one.isVisible()]

    def _place(self, widget: QWidget) -> QRect:
        space = Space.UNIT
        place = QRect(widget.mapTo(self._window, widget.rect().topLeft()), widget.size())
        return place.adjusted(-space, -space, space, space)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return super().eventFilter(watched, event)
