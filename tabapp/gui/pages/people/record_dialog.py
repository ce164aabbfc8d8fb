"""Adding one record after the other, and changing one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from tabapp.core.errors import Problem
from tabapp.domain.registration import KIND_WORDS, Kind
from tabapp.gui import theme
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.pages.people.forms import RecordForm
from tabapp.gui.session import Session
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import people
from tabapp.services.people import PeopleLists, Stored

_SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class _RecordDialog(Dialog):
    """Fields, the problems at them, and a line that says what was done."""

    def __init__(
        self, parent: QWidget, session: Session, kind: Kind, lists: PeopleLists, title: str,
        verb: str, *, speakers: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(parent, title, verb, width=600)
        self.session, self.kind, self.lists = session, kind, lists
        self.fields = RecordForm(kind, lists, speakers)
        self.said = label("", "small", role="hint", wrap=True)
        self.body.addWidget(self.fields.form)
        self.body.addWidget(self.said)
        self.body.addStretch(1)
        self.first.setFocus()

    @property
    def first(self) -> QWidget:
        """The field to begin with."""
        return self.fields.inputs["name"]

    def say(self, sentence: str, state: str = "") -> None:
        """Say below the fields what was done."""
        self.said.setText(sentence)
        theme.mark(self.said, state=state)

    def refuse(self, error: Exception) -> None:
        """Show what is wrong; nothing that was typed is lost."""
        self.do.setEnabled(True)
        self.say("")
        self.fields.form.show_error(error)


class AddDialog(_RecordDialog):
    """Adds records of one kind, one after the other, until it is closed.

    ``others``: kinds among which a person may choose.
    """

    def __init__(
        self, parent: QWidget, session: Session, kind: Kind, lists: PeopleLists, *,
        speakers: int = 0, others: Sequence[Kind] = (),
    ) -> None:  # fmt: skip
        title = tr("Add a {kind}", kind=tr(KIND_WORDS[kind]))
        super().__init__(
            parent, session, kind, lists, title, tr("Add and next"), speakers=speakers)
        self.then_close = False
        self.last = Button(tr("Add and close"), keys=("Ctrl", "⇧", "⏎"))
        self.last.clicked.connect(self._on_last)
        self.buttons.insertWidget(self.buttons.count() - 1, self.last)
        self.setTabOrder(self.do, self.last)
        self.added: list[int] = []
        if others:
            words = [(one, _capital(tr(KIND_WORDS[one]))) for one in others]
            self.choice = Segments(tr("Add a"), words)
            self.choice.choose(kind)
            self.choice.chosen.connect(self._on_kind)
            self.body.insertWidget(0, self.choice)
            self.setTabOrder(self.choice, self.first)

    def _on_kind(self, chosen: str) -> None:
        """Show the fields of another kind."""
        self.kind = next(one for one in KIND_WORDS if one == chosen)
        old, self.fields = self.fields, RecordForm(self.kind, self.lists)
        self.body.replaceWidget(old.form, self.fields.form)
        old.form.hide()
        old.form.deleteLater()
        self.choice.setFocus()  # or it would go to whatever comes after the fields that went
        self.heading.setText(tr("Add a {kind}", kind=tr(KIND_WORDS[self.kind])))
        self.setTabOrder(self.choice, self.first)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add and close on Ctrl+Shift+Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & _SHIFT_CTRL == _SHIFT_CTRL
        ):
            self._on_last()
            event.accept()
            return
        super().keyPressEvent(event)

    def _on_last(self) -> None:
        self.then_close = True
        self._add()

    def act(self) -> None:
        """Add what stands in the fields, and make room for the next."""
        self.then_close = False
        self._add()

    def _add(self) -> None:
        if not self.do.isEnabled():
            return
        owner, kind, values = self.session.tournament, self.kind, self.fields.values()
        self.do.setEnabled(False)
        self.session.write(
            self, tr("add {kind}", kind=tr(KIND_WORDS[kind])),
            lambda unit: people.add(unit, owner, kind, values),
            done=self._on_added, failed=self.refuse)

    def _on_added(self, stored: Stored) -> None:
        self.do.setEnabled(True)
        self.added.append(stored.id)
        self.fields.form.clear_problems()
        self.cancel.set_words(tr("Close"))
        warnings = " ".join(one.message for one in stored.warnings)
        if self.then_close:
            if warnings:
                self.session.tell(warnings, "attention")
            self.accept()
            return
        self.say(
            " ".join(filter(None, (tr("{name} added.", name=stored.name), warnings))),
            "attention" if warnings else "done")
        self.fields.clear()
        self.first.setFocus()


class EditDialog(_RecordDialog):
    """Changes the fields of one record; only what was changed is stored."""

    def __init__(
        self, parent: QWidget, session: Session, kind: Kind, lists: PeopleLists, record: int,
        values: Mapping[str, object],
    ) -> None:  # fmt: skip
        name = str(values["name"])
        super().__init__(
            parent, session, kind, lists, tr("Edit {name}", name=name), tr("Save"))
        self.record = record
        self.fields.fill({
            key: _shown(value) for key, value in values.items() if key in self.fields.inputs})
        self._offer_wishes()
        self.before = self.fields.values()

    def _offer_wishes(self) -> None:
        """Ask where a team would rather break, if there is more than one category for it."""
        teams = self.lists.teams if self.kind == "team" else ()
        team = next((one for one in teams if one.id == self.record), None)
        if team is not None and (len(team.categories) > 1 or team.wishes):
            self.fields.add_wishes(team.categories, team.wishes)

    def act(self) -> None:
        """Store what was changed."""
        values = {
            key: value for key, value in self.fields.values().items()
            if value != self.before[key]
        }
        if not values:
            self.reject()
            return
        owner, kind, record = self.session.tournament, self.kind, self.record
        self.do.setEnabled(False)
        self.session.write(
            self, tr("change"), lambda unit: people.edit(unit, owner, kind, record, values),
            done=self._on_stored, failed=self.refuse)

    def _on_stored(self, stored: Stored) -> None:
        tell_warnings(self.session, stored.warnings)
        self.accept()


def tell_warnings(session: Session, warnings: tuple[Problem, ...]) -> None:
    """Say in a toast what is unusual about what was stored."""
    if warnings:
        session.tell(" ".join(one.message for one in warnings), "attention")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _shown(value: object) -> str | bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
