"""The frame of every dialog, and the question before something risky."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label

MARGIN = 24
_AROUND = 40
"""How much wider and higher a window is, at least, than a dialog over it."""


class Dialog(QDialog):
    """A title, a body, and buttons at the right: what it does, then Cancel.

    Opened with ``open()``. ``act`` decides whether it closes: a dialog that stores something
    calls ``accept`` when it is stored, and shows what is wrong until then. Ctrl+Enter acts from
    anywhere in it.
    """

    def __init__(
        self, parent: QWidget | None, title: str, verb: str, *, width: int = 560,
        role: Role = Role.PRIMARY,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(self.room(width, 0).width())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN - 8, MARGIN, MARGIN - 4)
        whole.setSpacing(Space.GAP)
        self.heading = label(title, "title")
        whole.addWidget(self.heading)
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.GAP)
        whole.addLayout(self.body, 1)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.UNIT)
        self.buttons.addStretch(1)
        self.cancel = Button(tr("Cancel"), keys=("Esc",))
        self.cancel.clicked.connect(self.reject)
        self.do = Button(verb, role=role, keys=("Ctrl", "⏎"))
        self.do.clicked.connect(self.act)
        self.buttons.addWidget(self.cancel)
        self.buttons.addWidget(self.do)
        whole.addLayout(self.buttons)

    def room(self, width: int, height: int) -> QSize:
        """Return the size that is wanted, or as much of it as the window has room for."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        wanted = QSize(width, height)
        if window is None or not window.isVisible():
            return wanted
        return wanted.boundedTo(window.size() - QSize(_AROUND, _AROUND))

    def act(self) -> None:
        """Do what the dialog is for; the plain one only closes with Accepted."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on Ctrl+Enter; Enter alone belongs to the field or button that has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.do.isEnabled():
                self.act()
            event.accept()
            return
        super().keyPressEvent(event)


class Question(Dialog):
    """Says what a risky action takes with it; may want a word typed that cannot be typed by chance.

    The snapshot and the undo are what makes it safe: the sentence says so, no "are you sure".
    """

    def __init__(
        self, parent: QWidget | None, title: str, sentence: str, verb: str,
        yes: Callable[[], None], *, type_this: str = "", danger: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(
            parent, title, verb, width=480, role=Role.DANGER if danger else Role.PRIMARY)
        self.body.addWidget(label(sentence, wrap=True))
        self._wanted = type_this
        self.typed: QLineEdit | None = None
        if type_this:
            self.typed = QLineEdit()
            self.body.addWidget(Field(tr('Type "{word}"', word=type_this), self.typed))
            self.typed.textChanged.connect(self._on_typed)
            self.do.setEnabled(False)
            self.typed.setFocus()
        else:
            self.do.setFocus()
        self.accepted.connect(yes)

    def _on_typed(self, text: str) -> None:
        self.do.setEnabled(text.strip().casefold() == self._wanted.casefold())


def ask(
    parent: QWidget | None, title: str, sentence: str, verb: str, yes: Callable[[], None], *,
    type_this: str = "", danger: bool = False,
) -> Question:  # fmt: skip
    """Open a question; ``yes`` is called when the verb is chosen."""
    made = Question(
        parent, title, sentence, verb, yes, type_this=type_this, danger=danger)
    made.open()
    return made
