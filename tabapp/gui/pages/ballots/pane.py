"""The right side of the desk: the form of one room, how it is stored, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from tabapp.core.errors import ProblemsFound
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.ballots.form import BallotForm, Mode, Said
from tabapp.gui.pages.ballots.keeper import DraftKeeper
from tabapp.gui.pages.ballots.substitute import SubstituteDialog
from tabapp.gui.pages.ballots.versions import VersionsDialog
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.services import ballots
from tabapp.services.ballot_desk import Desk, DeskForm, State
from tabapp.services.ballot_sheet import Asks, Typed
from tabapp.services.drafts import ballot_form, drop_draft
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import WriteUnit

OUT: tuple[State, ...] = ("draft", "out")
CHECK: tuple[State, ...] = ("check",)
_MODES = {
    Mode.ENTER: ("First entry", "accent", "pencil"),
    Mode.CHECK: ("Second look", "accent", "list-checks"),
    Mode.CORRECT: ("Correction", "attention", "pencil"),
    Mode.LOOK: ("Confirmed", "done", "check"),
}
_VERBS = {
    Mode.ENTER: "Save and next", Mode.CHECK: "Confirm", Mode.CORRECT: "Save and next",
    Mode.LOOK: "Next room",
}


class EntryPane(BallotForm):
    """A form that stores: each step is one write, and a refused one leaves all that was typed."""

    finished = Signal(str, tuple)
    """What the room is now, and groups of states: where the next room is looked for."""
    reload_wanted = Signal(str)
    """The ballot of this debate shall be shown as it is now."""
    moved_on = Signal()
    """Other commands can be given."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.keeper = DraftKeeper(session, self)
        self.busy = False
        self.waited_for = 0
        self.to_go_words = label("", role="secondary")
        self.changed.connect(self._on_changed)
        self.else_wanted.connect(self._on_else)

    def lay_buttons(
        self, turns: list[Button], versions: Button, correct: Button, save: Button
    ) -> None:
        """Put the page's buttons below the sheet."""
        self.turns, self.correct_button, self.save_button = turns, correct, save
        for one in turns:
            self.buttons.addWidget(one)
        self.buttons.addStrut(Height.BALLOT_BUTTON)
        self.buttons.addSpacing(Space.UNIT)
        self.buttons.addWidget(self.to_go_words)
        self.buttons.addStretch(1)
        for one in (versions, correct, save):
            self.buttons.addWidget(one)
        for one in (*turns, versions, correct, save):
            one.setMaximumHeight(Height.BALLOT_BUTTON)
            one.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)

    # Opening

    def show_desk(self, desk: DeskForm, mode: Mode | None = None) -> None:
        """Show a ballot as it stands, or as it was being typed when it was left."""
        kept = self.keeper.take(desk.room.id)
        if kept is None and desk.draft is not None:
            kept = Typed.from_json(desk.draft.content)
        fresh = kept is not None and kept.based_on == [list(one) for one in desk.seen]
        if mode is None:
            mode = Mode.CHECK if desk.waiting else Mode.LOOK if desk.confirmed else Mode.ENTER
            if fresh and desk.seen and mode is not Mode.ENTER:
                mode = Mode.CORRECT
        use = kept if kept is not None and mode in (Mode.ENTER, Mode.CORRECT) else None
        self.open(desk, mode, use)
        self._show_mode(desk, mode)
        self.say(*self._notices(desk, mode, kept))
        self.moved_on.emit()

    def take_keys(self) -> None:
        """Take the keys: at the first empty field, or where the ballot is confirmed."""
        if self.is_fixed:
            self.save_button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_first()

    def _show_mode(self, desk: DeskForm, mode: Mode) -> None:
        words, tone, icon = _MODES[mode]
        if desk.refused:
            words, tone, icon = "No entry", "problem", "ban"
        self.heading.show_mode(tr(words), tone, icon)
        direct = desk.owner.settings.disable_ballot_confirms
        verb = "Save and confirm" if direct and not self.is_fixed else _VERBS[mode]
        self.save_button.set_words(tr(verb))
        self.correct_button.set_words(
            tr("Back to correction") if mode is Mode.CHECK else tr("Correct…"))
        self.correct_button.setVisible(mode in (Mode.CHECK, Mode.LOOK) and not desk.refused)
        for one in self.turns:
            one.setVisible(not self.is_fixed)
        if desk.sheet.asks is not Asks.SCORES:
            self.turns[-1].hide()  # nobody speaks twice where no speeches are entered
        self._show_to_go()

    def _notices(self, desk: DeskForm, mode: Mode, kept: Typed | None) -> list[Said]:
        """Return what should be known of this ballot, the most pressing first."""
        found = []
        if desk.refused:
            found.append(Said(desk.refused, "problem"))
        if kept is not None and not desk.refused:
            at = desk.draft.saved_at if desk.draft is not None else None
            time = f"{at.astimezone():%H:%M}" if at is not None else ""
            if mode in (Mode.ENTER, Mode.CORRECT):
                found.append(Said(
                    tr("Your draft of {time} was kept.", time=time) if time
                    else tr("Your draft was kept."),
                    "neutral", tr("Start over"), self.start_over, fades=True))
            else:
                found.append(Said(
                    tr("Another window changed this ballot. Yours is kept as a draft."),
                    "attention", tr("Open my draft"), self.correct))
        if mode is Mode.CHECK and desk.waiting and (
            desk.waiting[1].entered_by == self.session.actor
        ):  # fmt: skip
            found.append(Said(
                tr("You entered this ballot yourself. Let somebody else look, if you can."),
                "attention"))
        if desk.warning and not desk.refused:
            found.append(Said(desk.warning, "attention", fades=True))
        return found

    def compare(self, rooms: Desk) -> None:
        """Tell of a ballot that is not any more what it was when its form was opened."""
        form = self.desk
        if form is None:
            return
        row = next((one.row for one in rooms.rooms if one.id == form.room.id), None)
        now = tuple((one.id, one.status) for one in row.versions) if row is not None else ()
        if self.busy or now == form.seen:
            return
        moved = [one.moved_at for one in row.versions if one.moved_at] if row is not None else []
        said = self._overtaken(form, max(moved, default=None))
        if not self.notices or self.notices[0].sentence != said.sentence:
            self.say(said)

    def _overtaken(self, form: DeskForm, at: datetime | None) -> Said:
        time = tr(" at {time}", time=f"{at.astimezone():%H:%M}") if at is not None else ""
        sentence = tr(
            "This ballot was changed elsewhere{time}. What you see is what it was before.",
            time=time)
        return Said(
            sentence, "attention", tr("Show it"),
            lambda: self.reload_wanted.emit(form.room.ref))

    # Typing

    def _on_changed(self) -> None:
        if self.desk is not None:
            self.keeper.keep(self.desk.room.id, self.typed)
            self.fade()
        self._show_to_go()

    def _show_to_go(self) -> None:
        n = 0 if self.is_fixed else self.to_go()
        self.to_go_words.setText(
            tr("1 score to go") if n == 1 else tr("{n} scores to go", n=n) if n else "")

    def _on_else(self, key: str) -> None:
        if self.desk is not None:
            dialog = SubstituteDialog(self, self.session, self.desk.sheet, key)
            dialog.chosen.connect(self.substitute)
            dialog.open()

    def start_over(self) -> None:
        form = self.desk
        if form is None:
            return
        self.keeper.drop(form.room.id)
        mode = self.mode
        self.open(form, mode)
        self._show_mode(form, mode)
        self.moved_on.emit()

    # Saving

    def store(self) -> None:
        """Save what is typed, confirm what is looked at, or go on: what comes next here."""
        form = self.desk
        if form is None:
            return
        if self.mode is Mode.LOOK:
            self.finished.emit("confirmed", (OUT,))
        elif self.mode is Mode.CHECK:
            self._confirm(form)
        else:
            self._save(form)

    def _save(self, form: DeskForm) -> None:
        ballot = self.ballot()
        if ballot is None:
            return
        entry = ballots.Entry(form.round.seq, form.room.ref, ballot)
        name = ballot_form(self.session.tournament, form.room.id)
        owner_id = form.owner.id
        self.keeper.hold()

        def change(unit: WriteUnit) -> None:
            owner = get_tournament(unit, owner_id)
            ballots.save_ballot(unit, owner, entry, seen=form.seen)
            drop_draft(unit, name)

        verb = "correct the ballot of" if form.confirmed else "enter the ballot of"
        self._write(form, verb, change, (OUT,))

    def _confirm(self, form: DeskForm) -> None:
        if form.waiting is None:
            return
        chosen, owner_id, ref = form.waiting[0], form.owner.id, form.room.ref

        def change(unit: WriteUnit) -> None:
            owner = get_tournament(unit, owner_id)
            ballots.confirm_ballot(unit, owner, ref, chosen, seen=form.seen)

        self._write(form, "confirm the ballot of", change, (CHECK, OUT))

    def _write(
        self, form: DeskForm, verb: str, change: Callable[[WriteUnit], None],
        then: tuple[tuple[State, ...], ...],
    ) -> None:  # fmt: skip
        self.busy = True
        confirms = self.mode is Mode.CHECK or form.owner.settings.disable_ballot_confirms

        def done(_value: None) -> None:
            self.busy = False
            self.keeper.forget(form.room.id)
            self._tell_done(form, confirms)
            self.finished.emit("confirmed" if confirms else "check", then)

        def failed(error: Exception) -> None:
            self.busy = False
            if not self.is_fixed:
                self.keeper.keep(form.room.id, self.typed)
                self.keeper.flush()
            self._on_refused(error)

        subject = f"{form.name}, {form.round.name or form.round.seq}"
        self.session.write(self, verb, change, subject=subject, done=done, failed=failed)

    def _tell_done(self, form: DeskForm, confirms: bool) -> None:
        if confirms:
            left = self.waited_for - 1
            self.session.tell(
                tr("{room} confirmed. {n} to come.", room=form.name, n=max(0, left)), "done",
                tr("Undo"), self.session.undo)

    def _on_refused(self, error: Exception) -> None:
        """Show what is wrong at its fields; what was typed stays, and stays kept."""
        if isinstance(error, ProblemsFound):
            self.show_problems(list(error.problems))
        else:
            self.say(Said(sentence_of(error), "problem", tr("Show it"), self._on_show_it))
        self.moved_on.emit()

    def _on_show_it(self) -> None:
        if self.desk is not None:
            self.reload_wanted.emit(self.desk.room.ref)

    # Versions

    def correct(self) -> None:
        if self.desk is not None:
            self.show_desk(self.desk, Mode.CORRECT)
            self.take_keys()

    def show_versions(self) -> None:
        if self.desk is not None:
            VersionsDialog(self, self.desk).open()

    def discard(self) -> None:
        form = self.desk
        if form is None or form.waiting is None:
            return
        chosen, owner_id, ref = form.waiting[0], form.owner.id, form.room.ref

        def change(unit: WriteUnit) -> None:
            owner = get_tournament(unit, owner_id)
            ballots.discard_ballot(unit, owner, ref, chosen, seen=form.seen)

        def done(_value: None) -> None:
            self.keeper.drop(form.room.id)
            self.reload_wanted.emit(ref)

        ask(
            self, tr("Discard this entry?"),
            tr("What was entered for {room} does not count any more; it stays among the versions,"
               " and undo brings it back.", room=form.name),
            tr("Discard entry"),
            lambda: self.session.write(
                self, "discard the entry of", change, subject=form.name, done=done,
                failed=self._on_refused),
            danger=True)
