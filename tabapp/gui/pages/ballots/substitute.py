"""Somebody who is not of the team speaks for it: who, and in whose place."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.fields import Field
from tabapp.services.ballot_desk import all_speakers
from tabapp.services.ballot_sheet import SheetForm


class SubstituteDialog(Dialog):
    """Type a part of a name, choose; the mark then counts for nobody of the team."""

    chosen = Signal(str, str, str)
    """The key of the speech, the substitute, and who is replaced, by archive id."""

    def __init__(
        self, parent: QWidget | None, session: Session, sheet: SheetForm, key: str
    ) -> None:
        super().__init__(parent, tr("Somebody else speaks"), tr("Choose"), width=440)
        self._key = key
        self._refs: dict[str, str] = {}
        seat = next(one for one in sheet.seats if one.side.value == key.partition(".")[0])
        self.who = QLineEdit()
        self.replaces = QComboBox()
        self.replaces.setFixedHeight(Height.CONTROL)
        for ref, name in seat.speakers:
            self.replaces.addItem(name, ref)
        self.form = Form()
        self.form.add("who", Field(
            tr("Speaker"), self.who, hint=tr("Anybody who is registered as a speaker.")))
        self.form.add("replaces", Field(tr("In place of"), self.replaces))
        self.body.addWidget(self.form)
        self.who.setFocus()
        tournament = session.tournament
        session.read(self, lambda unit: all_speakers(unit, tournament), self._show)

    def _show(self, people: list[tuple[str, str]]) -> None:
        self._refs = {name: ref for ref, name in people}
        completer = QCompleter(QStringListModel(sorted(self._refs), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.who.setCompleter(completer)

    def act(self) -> None:
        """Choose, or say who is not known."""
        self.form.clear_problems()
        text = self.who.text().strip()
        ref = self._refs.get(text)
        if ref is None:
            self.form.fields["who"].show_problem(
                tr('No speaker is called "{name}". Type a name from the list.', name=text))
            self.who.setFocus()
            return
        if self.replaces.currentIndex() < 0:
            self.form.fields["replaces"].show_problem(
                tr("This team has no speakers. Add them under People."))
            return
        self.chosen.emit(self._key, ref, str(self.replaces.currentData()))
        self.accept()
