"""Somebody who is not of the team speaks for it: who, and in whose place."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QWidget

from tabapp.gui import names
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.fields import Field
from tabapp.services.ballot_desk import all_speakers
from tabapp.services.ballot_fields import SheetForm

_NAMED = 4


class SubstituteDialog(Dialog):
    """Type a part of a name, choose; the mark then counts for nobody of the team."""

    chosen = Signal(str, str, str)
    """The key of the speech, the substitute, and who is replaced, by archive id."""

    def __init__(
        self, parent: QWidget | None, session: Session, sheet: SheetForm, key: str,
        speaks: str | None = None,
    ) -> None:  # fmt: skip
        """``speaks`` is who is down for the speech now: most likely the one who is replaced."""
        super().__init__(parent, tr("Somebody else speaks"), tr("Choose"), width=440)
        self._key = key
        self._refs: dict[str, str] = {}
        seat = next(one for one in sheet.seats if one.side.value == key.partition(".")[0])
        self.who = QLineEdit()
        self.who.returnPressed.connect(self.act)  # the list of names keeps Enter from the dialog
        self.replaces = QComboBox()
        self.replaces.setFixedHeight(Height.CONTROL)
        for ref, name in seat.speakers:
            self.replaces.addItem(name, ref)
        self.replaces.setCurrentIndex(max(0, self.replaces.findData(speaks)))
        self.form = Form()
        self.form.add("who", Field(
            tr("Speaker"), self.who, hint=tr("Anybody who is registered as a speaker.")))
        self.form.add("replaces", Field(tr("In place of"), self.replaces))
        self.body.addWidget(self.form)
        self.who.setFocus()
        tournament = session.tournament
        session.read(self, lambda unit: all_speakers(unit, tournament), self._show)

    def _show(self, people: list[tuple[str, str]]) -> None:
        shared = Counter(name for _ref, name in people)
        self._refs = {
            name if shared[name] == 1 else f"{name} ({ref})": ref for ref, name in people}
        completer = QCompleter(QStringListModel(sorted(self._refs), self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.who.setCompleter(completer)

    def _found(self, text: str) -> list[str]:
        """Return the names that are meant: the same one, else those a part of which begins so."""
        if text in self._refs:
            return [text]
        wanted = names.fold(text)
        return sorted(name for name in self._refs if wanted and any(
            part.startswith(wanted) for part in (names.fold(name), *names.fold(name).split())))

    def act(self) -> None:
        """Choose whoever is meant, or say who is not known."""
        if not self.isVisible():
            return
        self.form.clear_problems()
        text = self.who.text().strip()
        found = self._found(text)
        if len(found) != 1:
            self.form.fields["who"].show_problem(
                tr("Several names begin so: {names}. Type more of the name.",
                   names=", ".join(found[:_NAMED])) if found else
                tr('No speaker is called "{name}". Type a name from the list.', name=text))
            self.who.setFocus()
            return
        if self.replaces.currentIndex() < 0:
            self.form.fields["replaces"].show_problem(
                tr("This team has no speakers. Add them under People."))
            return
        self.accept()
        self.chosen.emit(self._key, self._refs[found[0]], str(self.replaces.currentData()))
