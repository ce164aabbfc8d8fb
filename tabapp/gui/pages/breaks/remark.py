"""The dialog in which a person says why a team does not break, and sees who moves up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.dialogs.form import Form
from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.rows import REMARKS
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services import break_edits
from tabapp.services.break_edits import HAND_REMARKS, Moving, Remade
from tabapp.services.break_views import BreakLine

_MEANINGS = {
    "withdrawn": "It does not want to debate on, or cannot.",
    "absent": "It is not here.",
    "disqualified": "It may not debate on.",
    "capped": "Its institution has enough better teams in this break.",
    "ineligible": "It may not break here, whatever its registration says.",
    "different_break": "It takes its place in another break.",
    "lost_coin_toss": "Another team that was level with it goes through.",
}


class RemarkDialog(Dialog):
    """Asks for a remark and a reason; the break is made anew with it."""

    def __init__(
        self, parent: QWidget, session: Session, category: str, line: BreakLine,
        done: Callable[[Remade], None],
    ) -> None:  # fmt: skip
        super().__init__(parent, tr("Remark on {team}", team=line.name), tr("Set remark"))
        self._session, self._category, self._line = session, category, line
        self._done = done
        self.form = Form()
        self.remark = QComboBox()
        self.remark.setFixedHeight(Height.CONTROL)
        for one in HAND_REMARKS:
            self.remark.addItem(tr(REMARKS[one.value]), one.value)
        self.words = QLineEdit()
        self.words.setMaxLength(200)
        self._meaning = self.form.add("remark", Field(tr("Remark"), self.remark, hint=" "))
        self.form.add("words", Field(
            tr("Reason, in your words"), self.words,
            hint=tr("Stands beside the remark; may stay empty")))
        self.effect = label("", role="secondary", wrap=True)
        self.body.addWidget(self.form)
        self.body.addWidget(self.effect)
        if line.said is not None:
            self.remark.setCurrentIndex(self.remark.findData(line.said.remark))
            self.words.setText(line.said.words)
        self.remark.currentIndexChanged.connect(self._tell_meaning)
        self._tell_meaning()
        self.remark.setFocus()
        self._ask_who_moves()

    def _tell_meaning(self) -> None:
        self._meaning.show_hint(tr(_MEANINGS[str(self.remark.currentData())]))

    def _ask_who_moves(self) -> None:
        if self._line.break_rank is None:
            self.effect.setText(tr("It does not break now, so nobody moves up."))
            return
        tournament, category, team = self._session.tournament, self._category, self._line.team
        self._session.read(
            self, lambda unit: break_edits.who_moves(unit, tournament, category, team),
            self._show_who_moves)

    def _show_who_moves(self, moving: Moving) -> None:
        if moving.up:
            words = tr("{names} moves up.", names=", ".join(moving.up))
        elif moving.tied:
            words = tr("Its place goes to the {n} teams level at the line.", n=len(moving.tied))
        else:
            words = tr("Nobody is left to move up; its place stays empty.")
        self.effect.setText(words)

    def act(self) -> None:
        """Set the remark and make the break anew."""
        tournament, category, team = self._session.tournament, self._category, self._line.team
        remark, words = str(self.remark.currentData()), self.words.text()
        self.form.clear_problems()
        self.do.setEnabled(False)
        self._session.write(
            self, "set the remark of",
            lambda unit: break_edits.set_remark(unit, tournament, category, team, remark, words),
            subject=self._line.name, done=self._on_stored, failed=self._on_failed)

    def _on_stored(self, made: Remade) -> None:
        self._done(made)
        self.accept()

    def _on_failed(self, error: Exception) -> None:
        self.do.setEnabled(True)
        self.form.show_error(error)
