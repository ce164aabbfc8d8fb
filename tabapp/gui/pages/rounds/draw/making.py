"""What stands where the draw will be: the button that makes it, and how far it is."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.rounds.draw.guard import Guard
from tabapp.gui.pages.rounds.draw.manual_rooms import is_by_hand
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
from tabapp.services.draw_guard import DrawGuard, MissingResult
from tabapp.services.draw_sheet import DrawSheet

SEEDS = 10**6
"""Seeds are drawn below this, so that a person can read one aloud; all of chance is in the lot."""
_WIDTH = 320
_GUARD = 40
"""Of the height that is left over, against 1 each above and below all."""


def fresh_seed() -> int:
    """Return a seed that nobody has chosen."""
    return secrets.randbelow(SEEDS)


class Making(Card):
    """Queues the job that draws, with a fresh seed, and shows its progress."""

    made = Signal(int)
    """The round that was drawn."""
    by_hand = Signal()
    """A draw was wanted of a round whose rooms a person puts together."""
    refused = Signal(int, str, str)
    """The round, and the code and the sentence of what keeps it from being drawn."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__()
        self._session, self._owner = session, owner
        self._sheet: DrawSheet | None = None
        self._run: int | None = None
        self._drawn = ""
        self.sentence = label("", "card")
        self.line = label("", role="secondary")
        self.button = Button(tr("Draw"), role=Role.PRIMARY, keys=("Ctrl", "⏎"))
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._on_pressed)
        self.beside: Button | None = None
        self.bar = ProgressBar(tr("Draw"))
        self.bar.setFixedWidth(_WIDTH)
        self.bar.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        middle = Qt.AlignmentFlag.AlignHCenter
        self.guard = Guard()
        self.guard.opened.connect(self._to_ballot)
        self.body.addStretch(1)
        self._column = column = QVBoxLayout()
        column.setSpacing(Space.UNIT)
        for one in (self.sentence, self.line, self.button, self.bar):
            column.addWidget(one, 0, middle)
        self.body.addLayout(column)
        self.body.addWidget(self.guard, _GUARD)
        self.body.addStretch(1)
        self.setFocusProxy(self.button)
        session.job_event.connect(self._on_event)

    def offer(self, button: Button) -> None:
        """Offer another way to draw, below the button that draws."""
        self.beside = button
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def put_below(self, button: Button) -> None:
        """Put what prepares the draw below the buttons that draw; its owner shows and hides it."""
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def runs(self) -> bool:
        """Tell whether a draw is being made."""
        return self._run is not None

    def show_sheet(self, sheet: DrawSheet, guard: DrawGuard | None = None) -> None:
        """Say what would be drawn, and what that would leave out."""
        self._sheet = sheet
        had_keys = self.guard.table.hasFocus()
        self.guard.show_guard(guard)
        if had_keys and self.guard.isHidden():
            self.button.setFocus()
        self._refresh()

    def _to_ballot(self, one: MissingResult) -> None:
        self._session.set_round(one.round_id)  # or the list beside it would be of another
        self._session.go("ballots", one.debate_id)

    def _refresh(self) -> None:
        sheet = self._sheet
        if self.runs:
            take_turns(self.bar, self.button)
        else:
            take_turns(self.button, self.bar)
        if self.beside is not None and self.runs:
            take_turns(self.bar, self.beside)
        elif self.beside is not None:
            self.beside.show()
        if sheet is None:
            return
        if self.runs:
            self.sentence.setText(tr("{round} is being drawn.", round=self._drawn))
            return
        by_hand = is_by_hand(sheet)
        self.button.set_words(tr("Add a room…") if by_hand else tr("Draw"))
        if self.beside is not None and by_hand:
            take_turns(self.button, self.beside)
        self.sentence.setText(
            tr("{round} is drawn by hand, and has no room yet.", round=sheet.title) if by_hand
            else tr("{round} is not drawn yet.", round=sheet.title))
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
        elif sheet.teams_here > size and sheet.owner.settings.bye_team_selection != "off":
            said = [tr(
                "{teams} are here: {rooms} and {byes}.",
                teams=count(sheet.teams_here, "team", "teams"),
                rooms=count(sheet.teams_here // size, "room", "rooms"),
                byes=count(sheet.teams_here % size, "bye", "byes"))]
        self.line.setText(" ".join(said))

    def _on_pressed(self) -> None:
        self.draw()

    def draw(
        self, *, replace: DrawSheet | None = None, ignore_missing: bool = False,
        seed: int | None = None,
    ) -> None:
        """Queue the draw of the round that is shown, unless one is being made.

        ``replace`` is the draw that a person agreed to lose, as it was then. Without a ``seed`` a
        fresh one is taken.
        """
        sheet = replace or self._sheet
        if sheet is None or self.runs:
            return
        if is_by_hand(sheet):
            self.by_hand.emit()
            return

        def done(_result: JobResult) -> None:
            self._ended()
            self.made.emit(sheet.round.id)

        def failed(result: JobResult) -> None:
            self._ended()
            if result.error is not None and result.status != "cancelled":
                self.refused.emit(
                    sheet.round.id, result.error.code, result.error.message)

        self.bar.set_done(0.0)
        self.line.setText(tr("Reading results"))
        self._run, self._drawn = 0, sheet.title  # not the run's id yet
        self._session.submit(
            self._owner, "draw.generate", about=sheet.title, started=self._on_started, done=done,
            failed=failed,
            round_id=sheet.round.id, seed=fresh_seed() if seed is None else seed,
            ignore_missing=ignore_missing,
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
