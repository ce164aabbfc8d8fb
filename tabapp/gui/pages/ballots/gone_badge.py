"""What takes the keys in the quarter of a team that forfeits, so that it can be taken back."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from tabapp.gui import chips
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.ways_on import way_on
from tabapp.gui.tokens import Height, Space

_KEYS = ("F5",)
_CAP = 18


class GoneBadge(QAbstractButton):
    """The badge of a forfeit and its key. Space takes it back, Enter and the arrows go on.

    A digit belongs to the next mark that is missing, and is passed on; where there are no marks it
    ticks a team, as anywhere on the sheet.
    """

    went = Signal(int)
    """The person goes on (1) or back (-1)."""
    digit = Signal(str)

    def __init__(self, key: str, side: str) -> None:
        """``key`` names it among the fields of the sheet."""
        super().__init__()
        self.key = key
        self.passes_digits = True
        self.setText(tr("Forfeit"))
        self.setAccessibleName(tr("{side}: forfeit. F5 takes it back.", side=side))
        self.setToolTip(tr("F5 takes the forfeit back."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedSize(self.sizeHint())
        self.hide()

    def sizeHint(self) -> QSize:
        """Ask for the badge and the cap of the key."""
        badge = chips.badge_width(self.text(), None)
        return QSize(
            round(badge + chips.key_width(_KEYS)) + Space.UNIT + Space.HALF, Height.BADGE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on by Enter and the arrows; pass digits on."""
        text = event.text()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif to := way_on(event):
            self.went.emit(to)
        elif self.passes_digits and text.isdecimal() and text.isascii():
            self.digit.emit(text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the badge, and the cap of the key."""
        with QPainter(self) as painter:
            wide = chips.draw_badge(painter, self.text(), 0, 0, tone="attention", icon=None)
            chips.draw_keys(painter, _KEYS, wide + Space.UNIT, (self.height() - _CAP) / 2)
