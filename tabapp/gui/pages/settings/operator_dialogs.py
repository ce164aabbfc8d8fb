"""Who is added to the keyboard, is called otherwise, or gets another PIN."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.operators import NAME_LIMIT, PIN_LONGEST, PIN_SHORTEST, OperatorRole
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.locking.words import ROLES, role_words
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services.operators import (
    OperatorEntry,
    Person,
    check_entry,
    check_pins,
    why_not_let_go,
)

_MAY = {
    OperatorRole.VOLUNTEER: "Sees the ballot desk of released rounds and nothing else.",
    OperatorRole.ADJUDICATION_CORE: "Sees everything and sets nothing up.",
    OperatorRole.TAB_DIRECTOR: "May do everything, and lets the others in.",
}


def pin_fields() -> tuple[QLineEdit, QLineEdit]:
    """Return two fields for a PIN that show no digit."""
    both = QLineEdit(), QLineEdit()
    for line in both:
        line.setEchoMode(QLineEdit.EchoMode.Password)
        line.setMaxLength(4 * PIN_LONGEST)
    return both


class PersonDialog(EntryDialog):
    """Adds a person, or changes the name and the role of ``person``."""

    def __init__(
        self, parent: QWidget | None, people: Sequence[Person],
        save: Callable[[PersonDialog, OperatorEntry], None], *, person: Person | None = None,
    ) -> None:  # fmt: skip
        verb = tr("Add person") if person is None else tr("Save")
        title = tr("Add a person") if person is None else tr(
            "Change {name}", name=person.operator.name)
        super().__init__(parent, title, verb, width=480)
        self._people, self._save, self._person = people, save, person
        first = not any(one.operator.active for one in people)
        self.name = QLineEdit(person.operator.name if person is not None else "")
        self.name.setMaxLength(2 * NAME_LIMIT)
        self.role = QComboBox()
        for one in ROLES:
            self.role.addItem(role_words(one), one)
        role = OperatorRole.TAB_DIRECTOR if first else OperatorRole.VOLUNTEER
        self.role.setCurrentIndex(self.role.findData(
            person.operator.role if person is not None else role))
        self.pin, self.again = pin_fields()
        self.form.add("name", Field(tr("Name"), self.name, hint=tr(
            "Stands in the activity trail and on every ballot that is entered")))
        self._role_field = self.form.add("role", Field(tr("Role"), self.role))
        if person is None:
            self._add_pins()
        if first:
            self.form.add_row(label(tr(
                "The first person is a tab director. From then on this file asks for a PIN when "
                "it is opened."), "small", role="hint", wrap=True))
        self.body.addWidget(self.form)
        for key, signal in (
            ("name", self.name.textEdited), ("pin", self.pin.textEdited),
            ("again", self.again.textEdited), ("role", self.role.currentIndexChanged),
        ):
            self.watch(key, signal)
        self.role.currentIndexChanged.connect(lambda _index: self._show_role())
        self._show_role()
        self.name.setFocus()
        self.name.selectAll()

    def _add_pins(self) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.form.adopt("pin", Field(tr("PIN"), self.pin, hint=tr(
            "{n} to {m} digits", n=PIN_SHORTEST, m=PIN_LONGEST))), 1)
        row.addWidget(self.form.adopt("again", Field(tr("The same once more"), self.again)), 1)
        self.form.add_row(both)

    def _show_role(self) -> None:
        self._role_field.show_hint(tr(_MAY[OperatorRole(self.role.currentData())]))

    def entry(self) -> OperatorEntry:
        """Return what stands in the fields."""
        return OperatorEntry(
            self.name.text(), OperatorRole(self.role.currentData()), self.pin.text(),
            self.again.text())

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with it."""
        entry, person = self.entry(), self._person
        found = check_entry(
            self._people, entry, besides=person.operator.id if person is not None else None)
        if person is not None and entry.role is not person.operator.role:
            reason = why_not_let_go(self._people, person.operator.id)
            if reason:
                found.append(Problem("error", "role", "operator_last_director", reason))
        return found

    def save(self) -> None:
        """Hand it to the pane, which stores it."""
        self._save(self, self.entry())


class PinDialog(EntryDialog):
    """Asks for a new PIN, twice."""

    def __init__(
        self, parent: QWidget | None, title: str, verb: str, sentence: str,
        save: Callable[[PinDialog, str], None],
    ) -> None:  # fmt: skip
        super().__init__(parent, title, verb, width=480)
        self._save = save
        self.pin, self.again = pin_fields()
        self.body.addWidget(label(sentence, role="secondary", wrap=True))
        self.form.add("pin", Field(tr("New PIN"), self.pin, hint=tr(
            "{n} to {m} digits", n=PIN_SHORTEST, m=PIN_LONGEST)))
        self.form.add("again", Field(tr("The same once more"), self.again))
        self.body.addWidget(self.form)
        self.watch("pin", self.pin.textEdited)
        self.watch("again", self.again.textEdited)
        self.pin.setFocus()

    def problems(self) -> list[Problem]:
        """Return what is wrong with the PIN."""
        return check_pins(self.pin.text(), self.again.text())

    def save(self) -> None:
        """Hand it to the pane, which stores it."""
        self._save(self, self.pin.text())
