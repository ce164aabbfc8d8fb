"""What stands on a page: cards, banners in the flow, and what fills an empty place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui import chips, icons, ink
from tabapp.gui.tokens import Radius, Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.painted import label

_ICON = 18


class Card(QFrame):
    """A rounded surface with a thin edge. Whoever fills it adds to ``body``."""

    def __init__(
        self, title: str = "", *, padding: int = Space.CARD, aside: QWidget | None = None
    ) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(Space.UNIT)
        if title:
            self.setAccessibleName(title)
            head = QHBoxLayout()
            head.addWidget(label(title, "card"))
            head.addStretch(1)
            if aside is not None:
                head.addWidget(aside)
            self.body.addLayout(head)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and edge."""
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(),
                radius=Radius.CARD, fill="surface", edge="line",
            )  # fmt: skip


class Banner(QWidget):
    """A sentence in the flow with at most one action; F7 answers it (the page's shortcut)."""

    answered = Signal()

    def __init__(
        self,
        sentence: str,
        *,
        tone: str = "attention",
        action: str = "",
        keys: tuple[str, ...] = (),
        icon: str | None = None,
    ) -> None:
        super().__init__()
        self.tone = tone
        self._icon = icon or chips.TONE_ICONS.get(tone, "info")
        self.setAccessibleName(sentence)
        self.button: Button | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16 + _ICON + 12, 7, Space.UNIT + 4, 7)
        row.setSpacing(Space.GAP)
        self._words = label(sentence, "control", wrap=True)
        row.addWidget(self._words, 1)
        if action:
            self.button = Button(action, role=Role.NORMAL, keys=keys)
            self.button.clicked.connect(self.answered)
            row.addWidget(self.button)
        self.setMinimumHeight(46)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground, edge and the shape of the meaning."""
        with QPainter(self) as painter:
            meant = self.tone in chips.TONE_ICONS
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CARD,
                fill=f"{self.tone}_bg" if meant else "surface",
                edge=f"{self.tone}_line" if meant else "line2",
            )  # fmt: skip
            token = f"{self.tone}_mark" if meant else "text2"
            icons.draw(painter, self._icon, _ICON, token, 16, (self.height() - _ICON) / 2)


class EmptyState(QWidget):
    """What stands where content will be: a sentence, a line, one button that Enter presses."""

    acted = Signal()

    def __init__(
        self, sentence: str, line: str = "", *, action: str = "",
        keys: tuple[str, ...] = ("Enter",), primary: bool = True,
    ) -> None:  # fmt: skip
        """``primary``: False on a page that has a primary button of its own already."""
        super().__init__()
        self.setAccessibleName(sentence)
        self.button: Button | None = None
        column = QVBoxLayout(self)
        column.setSpacing(Space.UNIT)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(label(sentence, "card"), 0, middle)
        if line:
            column.addWidget(label(line, role="secondary"), 0, middle)
        if action:
            self.button = Button(
                action, role=Role.PRIMARY if primary else Role.NORMAL, keys=keys)
            self.button.setAutoDefault(True)
            self.button.clicked.connect(self.acted)
            column.addSpacing(Space.UNIT)
            column.addWidget(self.button, 0, middle)
            self.setFocusProxy(self.button)
        column.addStretch(1)
