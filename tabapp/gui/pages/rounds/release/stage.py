"""The stage release: what is looked at before, the start time, the draw and the motions."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from tabapp.gui.dialogs.round_deadlines import ask_deadlines
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.parts import AcceptDialog, Checks, take_turns
from tabapp.gui.pages.rounds.release.commands import RELEASE_COMMANDS
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.services import motions, rounds
from tabapp.services.round_checks import Checklist, release_checks
from tabapp.store.unit import ReadUnit, WriteUnit

SIDE = 360
CARD = 720


class ReleaseStage(Page[Checklist]):
    """Shows what is looked at before the hall sees a draw."""

    place = "rounds/release"
    of_round = acts_on_round = True
    watches = frozenset({
        "rounds", "draws", "panels", "people", "venues", "settings", "motions", "results"})
    commands = RELEASE_COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Ctrl", "Enter"), "release"), (("F2",), "start time"), (("Ctrl", "D"), "deadlines"),
        (("Tab",), "next"), (("Enter",), "do it"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.list: Checklist | None = None
        self.head = QWidget()
        self.checks = Checks(tr("Before the release"))
        self.checks.fixed.connect(session.go)
        self.start = QLineEdit()
        self.start.setPlaceholderText("14:30")
        self.start.editingFinished.connect(self._on_start)
        self.start_field = Field(tr("Starts at"), self.start, hint=tr("Shown with the draw."))
        self._build()
        self.on("release.step", self._step, self._why_no_step)
        self.on("release.draw", self._release, self._why_not_release)
        self.on("release.back", self._take_back, self._why_not_back)
        self.on("release.motions", self._release_motions, self._why_not_motions)
        self.on("release.motions_back", self._motions_back, self._why_not_motions_back)
        self.on("release.start", self._to_start)
        self.on("release.deadlines", self._ask_deadlines, self._why_no_deadlines)

    def _build(self) -> None:
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(Space.UNIT)
        self.back = self.button("release.back")
        self.release = self.button("release.step", role=Role.PRIMARY)
        head.addWidget(self.back)
        head.addWidget(self.release)
        left = Card(tr("Before the release"))
        self.lead = label("", role="secondary", wrap=True)
        left.body.addWidget(self.lead)
        left.body.addWidget(self.checks)
        left.setMaximumWidth(CARD)
        right = QVBoxLayout()
        right.setSpacing(Space.GAP)
        time = Card(tr("Start and deadlines"))
        time.body.addWidget(self.start_field)
        self.deadlines = self.button("release.deadlines")
        row = QHBoxLayout()
        row.addWidget(self.deadlines)
        row.addStretch(1)
        time.body.addLayout(row)
        right.addWidget(time)
        motion = Card(tr("Motions"))
        self.motion_words = label("", role="secondary", wrap=True)
        motion.body.addWidget(self.motion_words)
        self.to_motions = self.button("release.motions")
        self.from_motions = self.button("release.motions_back")
        for one in (self.to_motions, self.from_motions):
            row = QHBoxLayout()
            row.addWidget(one)
            row.addStretch(1)
            motion.body.addLayout(row)
        right.addWidget(motion)
        right.addStretch(1)
        side = QWidget()
        side.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        side.setFixedWidth(SIDE)
        column = QVBoxLayout()
        column.addWidget(left)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.UNIT, 0, 0)
        row.setSpacing(Space.GAP)
        row.addLayout(column, 1)
        row.addWidget(side)
        row.addStretch(0)
        self.setFocusProxy(self.release)

    # Data

    def query(self) -> Callable[[ReadUnit], Checklist]:
        """Return what reads the checklist of the round that is looked at."""
        wanted = self.session.round_id
        if wanted is None:
            raise RuntimeError("a stage is shown without a round")
        return lambda unit: release_checks(unit, wanted)

    def may_reload(self) -> bool:
        """Tell whether nobody is typing a time."""
        typing = self.start.hasFocus() and self.start.isModified()
        return self.session.round_id is not None and not typing

    def let_go(self) -> None:
        """Drop a time that was being typed for the round before."""
        self.start.setText(self.list.start if self.list is not None else "")
        self.start.setModified(False)
        self.start_field.show_nothing()

    def show_data(self, data: Checklist) -> None:
        """Show the checklist, the time and the motions."""
        self.list = data
        released = data.status == "released"
        self.checks.show_items(data.items)
        warnings = len(data.warnings)
        if not data.drawn:
            words = tr("{round} is not drawn yet.", round=data.title)
        elif released:
            words = tr("The hall can see the draw of {round}.", round=data.title)
        elif data.blocked:
            words = tr("The draw has to be confirmed first.")
        elif warnings:
            words = tr("What needs a look does not block. You can accept it with a reason.")
        else:
            words = tr("All is ready.")
        self.lead.setText(words)
        self.start.setText(data.start)
        self.start.setModified(False)
        self.start_field.show_nothing()
        self.release.set_words(tr("Go on to the ballots") if released else tr("Release draw"))
        if not released and self.back.window().focusWidget() is self.back:
            self.release.setFocus()
        self.back.setVisible(released and not data.completed)
        known = data.facts.motions_released
        if known:
            take_turns(self.from_motions, self.to_motions)
        else:
            take_turns(self.to_motions, self.from_motions)
        if not data.facts.motions:
            said = tr("No motion is set for {round}.", round=data.title)
        elif known:
            said = tr("Released: everybody may know them.")
        else:
            said = tr("Kept to the tab room. They are released apart from the draw.")
        self.motion_words.setText(said)

    # Start

    def _to_start(self) -> None:
        self.start.setFocus()
        self.start.selectAll()

    def _ask_deadlines(self) -> None:
        ask_deadlines(self, self.session, self._found().round_id)

    def _why_no_deadlines(self) -> str:
        return "" if self.list is not None else tr("The round is being read.")

    def _on_start(self) -> None:
        found = self.list
        if found is None or not self.start.isModified():
            self.catch_up()
            return
        given = self.start.text()
        self.start.setModified(False)

        def is_shown() -> bool:
            return self.list is not None and self.list.round_id == found.round_id

        def failed(error: Exception) -> None:
            if not is_shown():
                self.session.tell(sentence_of(error), "problem")
                return
            self.start_field.show_problem(sentence_of(error))
            self.start.setModified(True)

        def done(start: str | None) -> None:
            if not is_shown():
                return
            self.start_field.show_nothing()
            self.start.setText(start or "")
            self.mark_stale()

        self.session.write(
            self, "set the start of",
            lambda unit: rounds.set_start(unit, found.round_id, given),
            subject=found.title, done=done, failed=failed)

    # Release

    def _step(self) -> None:
        if self._found().status == "released":
            self.session.go("ballots")
        else:
            self._release()

    def _release(self) -> None:
        found = self._found()

        def go(reason: str) -> None:
            self._write(
                "release the draw of",
                lambda unit: rounds.release_draw(unit, found.round_id, reason=reason))

        AcceptDialog(
            self, tr("Release {round}?", round=found.title),
            tr("The hall can see it from now on."), tr("Release draw"), found.warnings, go,
            needs_reason=False).open()

    def _take_back(self) -> None:
        found = self._found()
        self._write(
            "take back the draw of", lambda unit: rounds.unrelease_draw(unit, found.round_id))

    def _release_motions(self) -> None:
        found = self._found()
        self._write(
            "release the motions of", lambda unit: motions.release_motions(unit, found.round_id))

    def _motions_back(self) -> None:
        found = self._found()
        self._write(
            "take back the motions of",
            lambda unit: motions.unrelease_motions(unit, found.round_id))

    def _write(self, verb: str, change: Callable[[WriteUnit], object]) -> None:
        self.session.write(self, verb, change, subject=self._found().title)

    def _found(self) -> Checklist:
        if self.list is None:
            raise RuntimeError("asked before anything was read")
        return self.list

    # Why not

    def _why_not_drawn(self) -> str:
        if self.list is None or not self.list.drawn:
            return tr("Nothing is drawn yet.")
        if self.list.completed:
            return tr("{round} is completed. Reopen it first.", round=self.list.title)
        return ""

    def _why_no_step(self) -> str:
        released = self.list is not None and self.list.status == "released"
        return "" if released else self._why_not_release()

    def _why_not_release(self) -> str:
        reason = self._why_not_drawn()
        if not reason and self._found().status == "released":
            return tr("The draw is released already.")
        if not reason and self._found().blocked:
            return tr("The draw is a draft. Confirm it first.")
        return reason

    def _why_not_back(self) -> str:
        reason = self._why_not_drawn()
        if not reason and self._found().status != "released":
            return tr("The draw is not released.")
        return reason

    def _why_not_motions(self) -> str:
        if self.list is None or not self.list.facts.motions:
            return tr("No motion is set for this round. Set one in Settings.")
        return tr("They are released already.") if self.list.facts.motions_released else ""

    def _why_not_motions_back(self) -> str:
        if self.list is None or not self.list.facts.motions_released:
            return tr("The motions are not released.")
        return ""
