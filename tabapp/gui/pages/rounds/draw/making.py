"""What stands where the draw will be: the button that makes it, and how far it is."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.parts import take_turns
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.jobs.events import JobProgressed
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult
from tabapp.services.draw_sheet import DrawSheet

SEEDS = 10**6
"""Seeds are drawn below this, so that a person can read one aloud; all of chance is in the lot."""
_WIDTH = 320


class Making(Card):
    """Queues the job that draws, with a fresh seed, and shows its progress."""

    made = Signal()
    refused = Signal(str, str)
    """The code and the sentence of what keeps the round from being drawn."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__()
        self._session, self._owner = session, owner
        self._sheet: DrawSheet | None = None
        self._run: int | None = None
        self.sentence = label("", "card")
        self.line = label("", role="secondary")
        self.button = Button(tr("Draw"), role=Role.PRIMARY, keys=("Ctrl", "⏎"))
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._on_pressed)
        self.bar = ProgressBar(tr("Draw"))
        self.bar.setFixedWidth(_WIDTH)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.body.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(Space.UNIT)
        for one in (self.sentence, self.line, self.button, self.bar):
            column.addWidget(one, 0, middle)
        self.body.addLayout(column)
        self.body.addStretch(1)
        self.setFocusProxy(self.button)
        session.job_event.connect(self._on_event)

    @property
    def runs(self) -> bool:
        """Tell whether a draw is being made."""
        return self._run is not None

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Say what would be drawn."""
        self._sheet = sheet
        self._refresh()

    def _refresh(self) -> None:
        sheet = self._sheet
        if self.runs:
            take_turns(self.bar, self.button)
        else:
            take_turns(self.button, self.bar)
        if sheet is None:
            return
        if self.runs:
            self.sentence.setText(tr("{round} is being drawn.", round=sheet.title))
            return
        self.sentence.setText(tr("{round} is not drawn yet.", round=sheet.title))
        size = sheet.owner.settings.teams_in_debate
        said = [tr("{teams} are here.", teams=count(sheet.teams_here, "team", "teams"))]
        if sheet.waits_for is not None:
            earlier, missing = sheet.waits_for
            said.append(tr(
                "{round} misses {ballots}.", ballots=count(missing, "ballot", "ballots"),
                round=earlier))
        elif sheet.is_elimination:
            said = [tr("The teams come from the break.")]
        elif sheet.teams_here >= size and not sheet.teams_here % size:
            rooms = count(sheet.teams_here // size, "room", "rooms")
            said = [tr(
                "{teams} are here: {rooms}.",
                teams=count(sheet.teams_here, "team", "teams"), rooms=rooms)]
        self.line.setText(" ".join(said))

    def _on_pressed(self) -> None:
        self.draw()

    def draw(self, *, replace: DrawSheet | None = None, ignore_missing: bool = False) -> None:
        """Queue the draw of the round that is shown, unless one is being made.

        ``replace`` is the draw that a person agreed to lose, as it was then.
        """
        sheet = replace or self._sheet
        if sheet is None or self.runs:
            return

        def done(_result: JobResult) -> None:
            self._ended()
            self.made.emit()

        def failed(result: JobResult) -> None:
            self._ended()
            if result.error is not None and result.status != "cancelled":
                self.refused.emit(result.error.code, result.error.message)

        self.bar.set_done(0.0)
        self.line.setText(tr("Reading results"))
        self._run = 0  # not the run's id yet
        self._session.submit(
            self._owner, "draw.generate", about=sheet.title, started=self._on_started, done=done,
            failed=failed,
            round_id=sheet.round.id, seed=secrets.randbelow(SEEDS), ignore_missing=ignore_missing,
            replace=replace is not None, seen=replace.standing if replace is not None else "")
        self._refresh()

    def _on_started(self, handle: JobHandle) -> None:
        self._run = handle.id

    def _ended(self) -> None:
        self._run = None
        self._refresh()

    def _on_event(self, event: object) -> None:
        if isinstance(event, JobProgressed) and event.run_id == self._run:
            self.bar.set_done(event.progress.fraction)
            self.line.setText(event.progress.step or event.progress.message)
