"""The question for the reason of a clash, in place, with what the clash is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.judges.price import beside
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.floating import SHADOW, Floating
from tabapp.gui.widgets.painted import label

_WIDTH = 388
_PAD = 16


class ReasonBox(Floating):
    """Asks why a judge sits with somebody it clashes with: Enter seats, Esc leaves."""

    given = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("Reason"))
        self._anchor = QRect()
        margin = SHADOW + _PAD
        self.body.setContentsMargins(margin, margin - 4, margin, margin - 4)
        self.body.setSpacing(Space.UNIT)
        self._title = label("", "identity", wrap=True)
        self._clash = label("", wrap=True)
        self.field = QLineEdit()
        self.reason = Field(tr("Reason"), self.field, hint=tr("It is kept with the room."))
        self.field.setMaxLength(200)
        self.seat = Button(tr("Seat"), role=Role.PRIMARY, keys=("⏎",))
        self.leave = Button(tr("Leave"), keys=("Esc",))
        self.seat.clicked.connect(self._on_seat)
        self.leave.clicked.connect(self.left)
        self.field.returnPressed.connect(self._on_seat)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.leave)
        row.addWidget(self.seat)
        for part in (self._title, self._clash, self.reason):
            self.body.addWidget(part)
        self.body.addLayout(row)

    def ask(self, title: str, clashes: Sequence[str], anchor: QRect) -> None:
        """Open beside ``anchor``, in the parent's coordinates."""
        self._title.setText(title)
        self._clash.setText("\n".join(clashes))
        self.setAccessibleDescription(f"{title} {'. '.join(clashes)}")
        self.field.clear()
        self.reason.show_nothing()
        self._anchor = anchor
        self._fit(anchor)
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _fit(self, anchor: QRect) -> None:
        width = _WIDTH + 2 * SHADOW
        size = QSize(width, self.body.totalHeightForWidth(width))
        self.setGeometry(beside(anchor, size, self.below.rect()))

    def _on_seat(self) -> None:
        text = self.field.text().strip()
        if text:
            self.given.emit(text)
            return
        self.reason.show_problem(tr("Say why in a few words, such as: no other judge is free."))
        self._fit(self._anchor)
        self.field.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc; nothing else reaches the board."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        event.accept()
