"""The stage ballots: how many are in, and the way to the place where they are entered."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.parts import Checks
from tabapp.gui.pages.rounds.release.commands import BALLOTS_COMMANDS
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.services.round_checks import Checklist, completion_checks
from tabapp.store.unit import ReadUnit

CARD = 720
_SHOWN = ("ballots", "drafts", "postponed")


class BallotsStage(Page[Checklist]):
    """Says how many ballots are in and how many are out."""

    place = "rounds/ballots"
    of_round = True
    watches = frozenset({"rounds", "draws", "results", "venues"})
    commands = BALLOTS_COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = ((("Ctrl", "Enter"), "ballots, then completion"),)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.list: Checklist | None = None
        self.figure = label("", "figure")
        self.words = label("", role="secondary", wrap=True)
        self.bar = ProgressBar(tr("Ballots"))
        self.checks = Checks(tr("Ballots"))
        self.checks.fixed.connect(session.go)
        self.open = self.button("round.ballots", role=Role.PRIMARY)
        card = Card(tr("Ballots"))
        for one in (self.figure, self.bar, self.words, self.checks):
            card.body.addWidget(one)
        row = QHBoxLayout()
        row.addWidget(self.open)
        row.addStretch(1)
        card.body.addLayout(row)
        card.setMaximumWidth(CARD)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.UNIT, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.setFocusProxy(self.open)
        self.on("round.ballots", self._step, self._why_not)

    def query(self) -> Callable[[ReadUnit], Checklist]:
        """Return what counts the ballots of the round that is looked at."""
        wanted = self.session.round_id
        if wanted is None:
            raise RuntimeError("a stage is shown without a round")
        return lambda unit: completion_checks(unit, wanted)

    def may_reload(self) -> bool:
        """Tell whether there is a round."""
        return self.session.round_id is not None

    def show_data(self, data: Checklist) -> None:
        """Show the counts."""
        self.list = data
        out = data.missing
        self.figure.setText(tr("{n} of {m}", n=data.ballots_in, m=data.ballots_due))
        self.bar.set_done(data.ballots_in / data.ballots_due if data.ballots_due else 0.0)
        if not data.drawn:
            words = tr("No ballots yet. They appear when {round} is released.", round=data.title)
        elif not out:
            words = tr("All ballots are in and confirmed.")
        else:
            words = tr(
                "{ballots} to come, {drafts} of them entered and not confirmed.",
                ballots=count(out, "ballot", "ballots"), drafts=data.drafts)
        self.words.setText(words)
        self.open.set_words(
            tr("Open the ballots") if out or not data.drawn else tr("Go on to completion"))
        self.checks.show_items([one for one in data.items if one.key in _SHOWN])

    def _step(self) -> None:
        done = self.list is not None and not self.list.missing
        self.session.go("rounds/complete" if done else "ballots")

    def _why_not(self) -> str:
        if self.list is None or not self.list.drawn:
            return tr("Nothing is drawn yet.")
        return ""
