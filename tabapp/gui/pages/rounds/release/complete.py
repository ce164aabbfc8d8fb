"""The stage complete: what is looked at before, then the round is closed and the next one comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.parts import AcceptDialog, Checks
from tabapp.gui.pages.rounds.release.commands import COMPLETE_COMMANDS
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.services import rounds
from tabapp.services.round_checks import Checklist, completion_checks
from tabapp.services.stages import current_round
from tabapp.store.unit import ReadUnit, WriteUnit

CARD = 720


class CompleteStage(Page[Checklist]):
    """Shows what is looked at before a round is completed."""

    place = "rounds/complete"
    of_round = acts_on_round = True
    watches = frozenset({"rounds", "draws", "results", "venues", "panels"})
    commands = COMPLETE_COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Ctrl", "Enter"), "complete the round"), (("Tab",), "next"), (("Enter",), "do it"))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.list: Checklist | None = None
        self.head = QWidget()
        self.checks = Checks(tr("Before the round is completed"))
        self.checks.fixed.connect(session.go)
        self.lead = label("", role="secondary", wrap=True)
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.UNIT)
        self.reopen = self.button("complete.reopen")
        self.complete = self.button("complete.step", role=Role.PRIMARY)
        head.addWidget(self.reopen)
        head.addWidget(self.complete)
        card = Card(tr("Before the round is completed"))
        card.body.addWidget(self.lead)
        card.body.addWidget(self.checks)
        card.setMaximumWidth(CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.UNIT, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.complete)
        self.on("complete.step", self._step, self._why_no_step)
        self.on("complete.round", self._ask, self._why_not_complete)
        self.on("complete.reopen", self._reopen, self._why_not_reopen)

    def query(self) -> Callable[[ReadUnit], Checklist]:
        """Return what reads the checklist of the round that is looked at."""
        wanted = self.session.round_id
        if wanted is None:
            raise RuntimeError("a stage is shown without a round")
        return lambda unit: completion_checks(unit, wanted)

    def may_reload(self) -> bool:
        """Tell whether there is a round."""
        return self.session.round_id is not None

    def show_data(self, data: Checklist) -> None:
        """Show the checklist."""
        self.list = data
        self.checks.show_items(data.items)
        if not data.drawn:
            words = tr("{round} is not drawn yet.", round=data.title)
        elif data.completed:
            words = tr("{round} is completed. Its results count.", round=data.title)
        elif data.blocked:
            words = tr("Put right what is marked first.")
        elif data.missing:
            words = tr("The round can be completed without these ballots, with a reason.")
        elif data.warnings:
            words = tr("What needs a look does not block.")
        else:
            words = tr("All is ready.")
        self.lead.setText(words)
        self.complete.set_words(
            tr("See what comes next") if data.completed else tr("Complete round"))
        if not data.completed and self.reopen.window().focusWidget() is self.reopen:
            self.complete.setFocus()
        self.reopen.setVisible(data.completed)

    # Completing

    def _step(self) -> None:
        if self._found().completed:
            self.session.go("overview/now")
        else:
            self._ask()

    def _why_no_step(self) -> str:
        completed = self.list is not None and self.list.completed
        return "" if completed else self._why_not_complete()

    def _ask(self) -> None:
        found = self._found()
        if not found.warnings:
            self._complete(found, "")
            return
        AcceptDialog(
            self, tr("Complete {round}?", round=found.title),
            tr("Its results count, and the next round can be drawn. You can reopen it."),
            tr("Complete round"), found.warnings, partial(self._complete, found),
            needs_reason=bool(found.missing)).open()

    def _complete(self, found: Checklist, reason: str) -> None:
        session = self.session

        def change(unit: WriteUnit) -> int | None:
            rounds.complete_round(unit, found.round_id, reason=reason)
            return current_round(unit, session.tournament)

        def done(following: int | None) -> None:
            session.submit(
                self, "standings.recalculate", about=tr("after {round}", round=found.title),
                tournament_id=session.tournament)
            session.tell_undoable(tr("{round} is completed.", round=found.title))
            if not self.isVisible() or session.round_id != found.round_id:
                return  # the person is elsewhere by now, and stays there
            if following is not None and following != found.round_id:
                session.set_round(following)
                session.go("rounds/availability")
            else:
                session.go("overview/now")  # which knows what comes after the last round

        session.write(
            self, "complete", change, subject=found.title, done=done,
            failed=lambda error: session.tell(sentence_of(error), "problem"))

    def _reopen(self) -> None:
        found = self._found()
        self.session.write(
            self, "reopen", lambda unit: rounds.reopen_round(unit, found.round_id),
            subject=found.title)

    def _found(self) -> Checklist:
        if self.list is None:
            raise RuntimeError("asked before anything was read")
        return self.list

    def _why_not_complete(self) -> str:
        if self.list is None or not self.list.drawn:
            return tr("Nothing is drawn yet.")
        if self.list.completed:
            return tr("{round} is completed already.", round=self.list.title)
        return tr("Put right what is marked first.") if self.list.blocked else ""

    def _why_not_reopen(self) -> str:
        if self.list is None or not self.list.completed:
            return tr("The round is not completed.")
        return ""
