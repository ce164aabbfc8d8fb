"""The line of keys below the ballot: what they do depends on what is open above it."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui import ink
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.hints import Hint, KeyHints

FORM: tuple[Hint, ...] = (
    (("Enter",), "next field"), (("Shift", "Enter"), "field before"),
    (("Up", "Down"), "same speaker, other team"), (("/",), "swap speakers"),
    (("F3",), "find a room"), (("Esc",), "back to the list"), (("F1",), "all keys"),
)
_LIST: tuple[Hint, ...] = (
    (("Up", "Down"), "choose a room"), (("Enter",), "open it"), (("F3",), "find a room"),
    (("Ins",), "its paper is here"), (("F1",), "all keys"),
)
_LOCK: Hint = (("Ctrl", "L"), "lock, or let somebody else sign in")
_FIXED = FORM[4:]


class Foot(QWidget):
    """A line under a rule."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.keys = KeyHints(())
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.GAP, 1, Space.GAP, 0)
        row.addWidget(self.keys)

    def show_mode(self, mode: Mode | None, *, fixed: bool = False) -> None:
        """Tell what the keys do at a ballot, or with None where none is open.

        ``fixed``: nothing can be typed there.
        """
        if mode is None:
            signed_in = self._session.who.operator is not None
            found = (*_LIST, _LOCK) if signed_in else _LIST
        else:
            found = _FIXED if fixed or mode is Mode.DECIDE else FORM
        self.keys.set_hints([(keys, tr(words)) for keys, words in found])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rule."""
        with QPainter(self) as painter:
            painter.fillRect(0, 0, self.width(), 1, ink.color("line"))
