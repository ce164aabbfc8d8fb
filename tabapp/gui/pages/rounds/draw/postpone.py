"""Postponing the room with the cursor, resuming it, and when the round starts."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLineEdit, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.rounds.draw.boards import Boards
from tabapp.gui.session import Session
from tabapp.gui.widgets.fields import Field
from tabapp.services import postponing, rounds
from tabapp.services.draw_sheet import DrawSheet, SheetRoom
from tabapp.services.postponing import POSTPONED, MovedRoom
from tabapp.store.unit import ReadUnit


class Waiting(QObject):
    """Works on the draw that is shown, and there on the room with the cursor."""

    def __init__(self, session: Session, stage: QWidget, boards: Boards) -> None:
        super().__init__(stage)
        self._session, self._stage, self._boards = session, stage, boards
        self._sheet: DrawSheet | None = None

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Work on this draw from now on."""
        self._sheet = sheet

    def turn(self) -> None:
        """Postpone the room, or resume it where it is postponed."""
        room = self._room()
        if room is None:
            return
        debate = room.id
        resumes = room.status == POSTPONED
        change = postponing.resume if resumes else postponing.postpone

        def done(moved: MovedRoom) -> None:
            self._session.tell_undoable(moved.sentence)

        self._session.write(
            self, "resume" if resumes else "postpone", lambda unit: change(unit, debate),
            subject=room.name, done=done)

    def why_not_turn(self) -> str:
        """Return why the room is neither postponed nor resumed now, "" where it can be."""
        sheet, room = self._sheet, self._room()
        if sheet is None or not sheet.rooms:
            return tr("Nothing is drawn yet.")
        if room is None:
            return tr("Choose a room first.")
        if sheet.round.completed:
            return tr("{round} is completed. Reopen it first.", round=sheet.title)
        if room.status == POSTPONED:
            return ""
        if room.is_bye:
            return tr("Nobody has to debate a bye.")
        return postponing.cannot_postpone(sheet.owner.settings)

    def ask_start(self) -> None:
        """Ask when the round starts."""
        sheet = self._sheet
        if sheet is None:
            return
        round_id, title = sheet.round.id, sheet.title

        def read(unit: ReadUnit) -> str:
            return rounds.start_words(rounds.round_facts(unit, round_id).starts_at)

        self._session.read(
            self, read,
            lambda start: StartDialog(
                self._stage, self._session, round_id, title, start).open())

    def why_not_start(self) -> str:
        """Return why no start can be set, "" where it can."""
        return "" if self._sheet is not None else tr("The round is being read.")

    def _room(self) -> SheetRoom | None:
        debate = self._boards.current_room_id()
        return self._sheet.room(debate) if self._sheet and debate is not None else None


class StartDialog(Dialog):
    """One field with the start of a round; nothing in it takes the start out."""

    def __init__(
        self, parent: QWidget, session: Session, round_id: int, title: str, start: str
    ) -> None:
        super().__init__(
            parent, tr("When does {round} start?", round=title), tr("Set start"), width=420)
        self._session, self._round, self._title = session, round_id, title
        self.start = QLineEdit(start)
        self.form = Form()
        self.form.add("start", Field(
            tr("Start"), self.start, hint=tr("A time such as 14:30. Empty: none is set.")))
        self.body.addWidget(self.form)
        self.start.returnPressed.connect(self.act)
        self.start.selectAll()
        self.start.setFocus()

    def act(self) -> None:
        """Store the start; say at the field what is wrong with it."""
        given = self.start.text()
        self._session.write(
            self, "set the start of", lambda unit: rounds.set_start(unit, self._round, given),
            subject=self._title, done=lambda _start: self.accept(), failed=self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.form.fields["start"].show_problem(sentence_of(error))
        self.start.setFocus()
