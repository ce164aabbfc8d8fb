"""What several stages of a round show: badges, lines of a checklist, and the acceptance of both."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.gui import icons
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services.round_checks import CheckItem

_ICON = 18
_FIXES = {
    "rounds/draw": "Open the draw", "rounds/judges": "Seat judges", "rounds/rooms": "Place rooms",
    "rounds/release": "Open the release", "rounds/availability": "Open availability",
    "ballots": "Open ballot", "settings": "Set a motion",
}  # fmt: skip
_MARKS = {
    "done": ("circle-check", "done_mark"), "attention": ("triangle-alert", "attention_mark"),
    "problem": ("octagon-x", "problem_mark"),
}  # fmt: skip


def fix_words(place: str) -> str:
    """Return the words on the button that goes where something is put right."""
    return tr(_FIXES[place])


def take_turns(shown: QWidget, hidden: QWidget) -> None:
    """Show one of two that stand in one place; the keys stay there."""
    shown.show()
    if hidden.window().focusWidget() is hidden:  # also while a dialog has the keys
        shown.setEnabled(True)  # its page says in a moment whether that is so
        shown.setFocus()
    hidden.hide()


class Statement(QWidget):
    """An icon and a few words on one line."""

    def __init__(self) -> None:
        super().__init__()
        self._mark, self._token = "", "text2"
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + 6, 0, 0, 0)
        self._words = label("", "control")
        row.addWidget(self._words)

    @property
    def text(self) -> str:
        """Return the words."""
        return self._words.text()

    def show_words(self, text: str, icon: str = "", token: str = "text2") -> None:
        """Say something else, or nothing."""
        self._mark, self._token = icon, token
        self._words.setText(text)
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        if self._mark:
            with QPainter(self) as painter:
                icons.draw(
                    painter, self._mark, _ICON, self._token, 0, (self.height() - _ICON) / 2)


class _Mark(QWidget):
    def __init__(self, status: str) -> None:
        super().__init__()
        self._name, self._token = _MARKS[status]
        self.setFixedSize(_ICON, _ICON)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            icons.draw(painter, self._name, _ICON, self._token, 0, 0)


class CheckRow(QWidget):
    """One line of a checklist: its mark, its sentence, and the button that puts it right."""

    fixed = Signal(str, object)
    """The place and what to show there."""

    def __init__(self, item: CheckItem) -> None:
        super().__init__()
        self.item = item
        self.setAccessibleName(item.sentence)
        self.setMinimumHeight(Height.ROW_TALL)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.HALF, 0, Space.HALF)
        row.setSpacing(Space.UNIT + Space.HALF)
        row.addWidget(_Mark(item.status))
        row.addWidget(label(item.sentence, wrap=True), 1)
        self.button: Button | None = None
        if item.place and item.status != "done":
            self.button = Button(fix_words(item.place))
            self.button.setAccessibleName(f"{fix_words(item.place)}: {item.sentence}")
            self.button.clicked.connect(lambda: self.fixed.emit(item.place, item.target))
            row.addWidget(self.button)


class Checks(QWidget):
    """A checklist; its lines are made anew only when one of them says something else."""

    fixed = Signal(str, object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.rows: list[CheckRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_items(self, items: Sequence[CheckItem]) -> None:
        """Show these lines."""
        if [row.item for row in self.rows] == list(items):
            return
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = [CheckRow(item) for item in items]
        for row in self.rows:
            row.fixed.connect(self.fixed)
            self._column.addWidget(row)


class AcceptDialog(Dialog):
    """Says what a step does; lists warnings, which are accepted with a reason that is kept."""

    def __init__(
        self, parent: QWidget, title: str, sentence: str, verb: str, warnings: Sequence[str],
        yes: Callable[[str], None], *, needs_reason: bool,
    ) -> None:  # fmt: skip
        super().__init__(parent, title, verb, width=520)
        self._yes, self._needs = yes, needs_reason
        self.body.addWidget(label(sentence, wrap=True))
        for one in warnings:
            self.body.addWidget(Banner(one))
        self.reason: Field | None = None
        if warnings:
            hint = "" if needs_reason else tr("May stay empty. It is kept in the history.")
            self.reason = Field(
                tr("Why it goes on all the same"), QLineEdit(),
                hint=hint or tr("It is kept in the history."))
            self.body.addWidget(self.reason)
            self.reason.field.setFocus()
        else:
            self.do.setFocus()

    def act(self) -> None:
        """Go on, if the reason is there where one is needed."""
        field = self.reason.field if self.reason is not None else None
        text = field.text().strip() if isinstance(field, QLineEdit) else ""
        if self._needs and self.reason is not None and not text:
            self.reason.show_problem(tr("Say why in a few words, such as: the paper was lost."))
            self.reason.field.setFocus()
            return
        self.accept()
        self._yes(text)
