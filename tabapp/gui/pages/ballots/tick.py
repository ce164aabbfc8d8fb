"""The tick of a team that advances or has won: a wide button with a box and the key of its side."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tabapp.gui import chips, fonts, icons, ink, theme
from tabapp.gui.pages.ballots.ways_on import way_on
from tabapp.gui.tokens import Height, Radius

_BOX = 18
_PAD = 12


class Tick(QAbstractButton):
    """Checked by Space, a click, or the key that it shows; Enter goes on."""

    went = Signal(int)
    """The person goes on (1) or back (-1)."""

    def __init__(self, words: str, name: str, key: str) -> None:
        super().__init__()
        self._key = key
        self.setText(words)
        self.setAccessibleName(name)
        self.setCheckable(True)
        self.setFixedHeight(Height.ROW_TALL)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_state(self, state: str) -> None:
        """Edge it: problem or nothing."""
        if (self.property("state") or "") != state:
            theme.mark(self, state=state)

    def sizeHint(self) -> QSize:
        """Ask for the box, the words and the key."""
        words = round(fonts.width("card", self.text()))
        return QSize(_BOX + words + 4 * _PAD + 24, Height.ROW_TALL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter and the arrows."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif to := way_on(event):
            self.went.emit(to)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, the words and the cap of the key."""
        on, state = self.isChecked(), str(self.property("state") or "")
        edge = f"{state}_mark" if state else "accent" if on else "control"
        with QPainter(self) as painter:
            ink.box(
                painter, 0, 0, self.width(), self.height(), radius=Radius.CONTROL,
                fill="soft" if on else "surface", edge=edge, edge_width=2 if state else 1,
            )  # fmt: skip
            top = (self.height() - _BOX) // 2
            ink.box(
                painter, _PAD, top, _BOX, _BOX, radius=Radius.CHIP,
                fill="accent" if on else "surface", edge="accent" if on else "control",
            )  # fmt: skip
            if on:
                icons.draw(painter, "check", 14, "on_accent", _PAD + 2, top + 2)
            painter.setPen(ink.pen("text" if on or self.isEnabled() else "text3"))
            chips.text_at(
                painter, "card", self.text(), 2 * _PAD + _BOX, 0, self.height())
            if self.isEnabled() and self._key:
                caps = (self._key,)
                left = self.width() - _PAD - chips.key_width(caps)
                chips.draw_keys(painter, caps, left, (self.height() - 18) / 2)
