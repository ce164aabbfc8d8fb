"""Below the sheet of a correction: what it would change, worked out while it is typed."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.domain.archive import Ballot
from tabapp.gui import icons
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.ballots.form import Mode
from tabapp.gui.pages.ballots.impact_dialog import ImpactDialog
from tabapp.gui.pages.ballots.pane import EntryPane
from tabapp.gui.roles import may_see_results
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import Name
from tabapp.services import impact
from tabapp.services.ballot_form import DeskForm
from tabapp.services.impact import Impact, ImpactInput

PAUSE = 400
"""Milliseconds without typing after which a correction is looked at."""
_ICON = 16


class ImpactLine(QWidget):
    """One sentence and a button for the tables; only there where a ballot that counts is corrected.

    One computation runs at a time. What was typed meanwhile is looked at when it is done.
    """

    told = Signal()
    """Something else is said."""

    def __init__(self, session: Session, pane: EntryPane, details: Button) -> None:
        super().__init__()
        self._session, self._pane = session, pane
        self.found: Impact | None = None
        self._shown: tuple[str, Ballot] | None = None
        self._running: tuple[str, Ballot] | None = None
        self.words = Name("", "body", "text2")
        row = QHBoxLayout(self)
        row.setContentsMargins(_ICON + Space.UNIT, 0, 0, 0)
        row.setSpacing(Space.GAP)
        row.addWidget(self.words, 1)
        row.addWidget(details)
        self.setFixedHeight(Height.CONTROL)
        self.hide()
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self._look)
        pane.changed.connect(self._on_typed)
        pane.moved_on.connect(self._on_moved)

    def why_not(self) -> str:
        """Return why nothing can be shown, "" if it can."""
        if not may_see_results(self._session) or self._corrected() is None:
            return tr("No ballot that counts is being corrected.")
        return "" if self.found is not None and not self.found.nothing else self.words.text

    def open_details(self) -> None:
        """Show the tables."""
        form = self._pane.desk
        if self.found is not None and form is not None:
            ImpactDialog(self, form.name, self.found).open()

    def mark_stale(self) -> None:
        """Look again soon, since results or draws may be others now."""
        self._shown = None
        self._on_typed()

    # What is looked at

    def _corrected(self) -> DeskForm | None:
        """Return the open ballot where it is about to take the place of one that counts."""
        form = self._pane.desk
        if form is None or form.confirmed is None or form.refused:
            return None
        waits = self._pane.mode is Mode.CHECK and form.waiting is not None
        return form if waits or self._pane.mode is Mode.CORRECT else None

    def _ballot(self, form: DeskForm) -> Ballot | None:
        if self._pane.mode is Mode.CHECK and form.waiting is not None:
            return form.waiting[1]
        return self._pane.sound_ballot()

    def _on_moved(self) -> None:
        form = self._corrected() if may_see_results(self._session) else None
        self.setVisible(form is not None)
        self._timer.stop()
        if form is None:
            self._say("", None)
        elif self._shown is None or self._shown[0] != form.room.ref:
            self._look()
        else:
            self._on_typed()

    def _on_typed(self) -> None:
        if not self.isVisibleTo(self._pane):
            return
        form = self._corrected()
        if form is not None and (form.room.ref, self._ballot(form)) != self._shown:
            self._say(_working(), None)  # what stood there is about other marks
        self._timer.start()

    def _look(self) -> None:
        form = self._corrected()
        if form is None:
            return
        ballot = self._ballot(form)
        if ballot is None:
            self._say(tr(
                "What this correction changes is told when nothing is missing or wrong on the"
                " sheet."), None)
            return
        wanted = form.room.ref, ballot
        if wanted == self._shown or self._running is not None:
            return  # it is looked at again when the running one is done
        self._say(_working(), None)
        self._running = wanted
        tournament = self._session.tournament
        self._session.read(
            self, lambda unit: impact.read_impact(unit, tournament, *wanted), self._compute,
            self._failed)

    def _compute(self, found: ImpactInput) -> None:
        self._session.call(self, lambda: impact.compute(found), self._show, self._failed)

    def _show(self, found: Impact) -> None:
        done, self._running = self._running, None
        form = self._corrected()
        if form is None or done is None or (form.room.ref, self._ballot(form)) != done:
            self._look()
            return
        self._say(found.summary, found, done)

    def _failed(self, error: Exception) -> None:
        self._running = None
        self._say(sentence_of(error), None)

    def _say(
        self, words: str, found: Impact | None, shown: tuple[str, Ballot] | None = None
    ) -> None:
        """Show a sentence, and what it stands for."""
        self.found, self._shown = found, shown
        self.words.set_text(words)
        self.words.setToolTip(words)
        self.update()
        self.told.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon."""
        with QPainter(self) as painter:
            icon = "list-ordered" if self.found is not None else "hourglass"
            icons.draw(painter, icon, _ICON, "text2", 0, (self.height() - _ICON) / 2)


def _working() -> str:
    return tr("Working out what this correction changes…")
