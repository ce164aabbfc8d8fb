"""The right side of the desk: the form of one room, how it is stored, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.core.errors import ProblemsFound
from tabapp.domain.archive import Ballot
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.ballots.form import BallotForm, Mode, Said
from tabapp.gui.pages.ballots.keeper import DraftKeeper
from tabapp.gui.pages.ballots.notices import Ways, how_overtaken, notices_of
from tabapp.gui.pages.ballots.substitute import SubstituteDialog
from tabapp.gui.pages.ballots.versions import VersionsDialog
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.services import ballots
from tabapp.services.ballot_desk import Desk, State
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_problems import problems_of
from tabapp.services.ballot_sheet import Asks, Typed, ballot_of
from tabapp.services.drafts import ballot_form, drop_draft
from tabapp.services.timelines import read_timeline
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

    finished = Signal(int, str, tuple)
    """A debate, what it is now, and groups of states: where the next room is looked for."""
    reload_wanted = Signal(str)
    """The ballot of this debate shall be shown as it is now."""
    moved_on = Signal()
    """Other commands can be given."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.keeper = DraftKeeper(session, self)
        self._saving: set[int] = set()
        self._overtaken: Said | None = None
        self.taken_back: DeskForm | None = None  # shown anew as soon as it is another ballot
        self.waited_for = 0
        self.to_go_words = label("", role="secondary")
        self.changed.connect(self._on_changed)
        self.else_wanted.connect(self._on_else)

    @property
    def busy(self) -> bool:
        """Tell whether the open ballot is being saved; another room can be typed meanwhile."""
        return self.desk is not None and self.desk.room.id in self._saving

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

    def lay_above_buttons(self, widget: QWidget) -> None:
        """Put something between the sheet and the buttons."""
        self.column.insertWidget(self.column.indexOf(self.buttons), widget)

    # Opening

    def show_desk(self, desk: DeskForm, mode: Mode | None = None) -> None:
        """Show a ballot as it stands, or as it was being typed when it was left."""
        kept = self.keeper.take(desk.room.id)
        if kept is None and desk.draft is not None:
            kept = Typed.from_json(desk.draft.content)
        strange = kept is not None and kept.drawn != [list(one) for one in desk.seen.sides]
        if strange:
            kept = None  # marks of other teams are nobody's here
        versions = desk.seen.versions
        fresh = kept is not None and kept.based_on == [list(one) for one in versions]
        if mode is None:
            mode = Mode.CHECK if desk.waiting else Mode.LOOK if desk.confirmed else Mode.ENTER
            if fresh and versions and mode is not Mode.ENTER:
                mode = Mode.CORRECT
        use = kept if kept is not None and mode in (Mode.ENTER, Mode.CORRECT) else None
        self.open(desk, mode, use)
        self.held, self._overtaken, self.taken_back = self.busy, None, None
        self._show_mode(desk, mode)
        self.say(*notices_of(
            desk, mode, self.session.actor, Ways(self.start_over, self.correct),
            kept=kept is not None))
        if strange and not desk.refused:
            self.say(Said(
                tr("The teams of this room changed since you typed a draft. It is not filled in."),
                "attention", tr("Discard draft"), self.start_over, fades=True))
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

    def compare(self, rooms: Desk) -> None:
        """Tell of a ballot that is not any more what it was when its form was opened."""
        form = self.desk
        if form is None or self.busy or rooms.round is None or rooms.round.id != form.round.id:
            return
        room = next((one for one in rooms.rooms if one.id == form.room.id), None)
        if room is not None and room.seen == form.seen:
            self._take_back_overtaken()
            return
        if room is not None and self.taken_back is form:
            self.reload_wanted.emit(form.room.ref)
            return
        again = room or next((one for one in rooms.rooms if one.row.ref == form.room.ref), None)
        said = Said(
            how_overtaken(form, room), "attention", tr("Show it") if again else "",
            lambda: self.reload_wanted.emit(form.room.ref))
        if not self.notices or self.notices[0].sentence != said.sentence:
            self._take_back_overtaken()
            self._overtaken = said
            self.say(said)

    def _take_back_overtaken(self) -> None:
        """Say no more that a ballot was changed: it was taken back, or is told in other words."""
        if self._overtaken is not None:
            self.notices = [one for one in self.notices if one is not self._overtaken]
            self._overtaken = None
            self.refresh()

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
        mode, past = self.mode, self.past
        past.end_step()
        past.note("", self.typed)
        self.open(form, mode)
        self.past = past
        self._show_mode(form, mode)
        self.moved_on.emit()

    # Saving

    def sound_ballot(self) -> Ballot | None:
        """Return the ballot as it is typed, None while anything is missing or wrong in it.

        A reason, which changes no result, may be missing; nothing is shown.
        """
        if self.desk is None:
            return None
        sheet = self.desk.sheet
        found = problems_of(sheet, self.typed, complete=True, base=self.base)
        if any(one.level == "error" for one in found):
            return None
        return ballot_of(sheet, self.typed, self.base)

    def store(self) -> None:
        """Save what is typed, confirm what is looked at, or go on: what comes next here."""
        form = self.desk
        if form is None:
            return
        if self.mode is Mode.LOOK:
            self.finished.emit(form.room.id, "confirmed", (OUT,))
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
        self.keeper.hold(form.room.id, self.typed)

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
        """Write, and tell the end where the person is by then: perhaps in another room."""
        debate = form.room.id
        typed = None if self.is_fixed else self.typed.copy()
        confirms = self.mode is Mode.CHECK or form.owner.settings.disable_ballot_confirms
        self._saving.add(debate)
        self.held = True

        def done(_value: None) -> None:
            self._end_saving(debate)
            self.keeper.forget(debate)
            self._tell_done(form, confirms)
            self.finished.emit(debate, "confirmed" if confirms else "check", then)

        def failed(error: Exception) -> None:
            self._end_saving(debate)
            if typed is not None:
                self.keeper.keep(debate, typed)
                self.keeper.flush()
            if self.desk is form:
                self._on_refused(error)
            else:
                self._tell_refused(form, error)

        subject = f"{form.name}, {form.round.name or form.round.seq}"
        self.session.write(self, verb, change, subject=subject, done=done, failed=failed)

    def _end_saving(self, debate: int) -> None:
        self._saving.discard(debate)
        self.held = self.busy

    def _tell_refused(self, form: DeskForm, error: Exception) -> None:
        """Tell of a room that was left meanwhile; the form of another one is not touched."""
        self.session.tell(
            tr("{room}: {sentence}", room=form.name, sentence=sentence_of(error)), "problem",
            tr("Show it"), lambda: self.session.go("ballots", form.room.ref))
        if self.desk is not None and self.desk.room.id == form.room.id:
            self.reload_wanted.emit(form.room.ref)

    def _tell_done(self, form: DeskForm, confirms: bool) -> None:
        if confirms:
            left = self.waited_for - 1
            self.session.tell_undoable(
                tr("{room} confirmed. {n} to come.", room=form.name, n=max(0, left)))

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

    # Taking back

    def take_back(self) -> bool:
        """Take back typing; True also where none is left: the journal is not meant then."""
        return self._is_meant(self.back, tr(
            "Nothing typed here to take back. Ctrl+H shows what was stored."))

    def take_forth(self) -> bool:
        """Type again what was taken back; True also where nothing is left of it."""
        return self._is_meant(self.forth, tr(
            "Nothing was taken back here. Ctrl+H shows what was stored."))

    def _is_meant(self, turn: Callable[[], bool], nothing: str) -> bool:
        if self.busy:
            self.session.tell(tr("The ballot is being saved."), "attention")
            return True
        if self.is_fixed or not self.past.touched:
            return False
        if not turn():
            self.session.tell(nothing)
        return True

    # Versions

    def correct(self) -> None:
        if self.desk is not None:
            self.show_desk(self.desk, Mode.CORRECT)
            self.take_keys()

    def show_versions(self) -> None:
        form = self.desk
        if form is not None:
            self.session.read(
                self, lambda unit: read_timeline(unit, form.room.id),
                lambda moments: VersionsDialog(self, form, moments).open())

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
                failed=self._on_refused, snapshot=f"before discarding the entry of {form.name}"),
            danger=True)
