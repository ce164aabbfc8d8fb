"""What becomes of the open form: each step is one write, and a refused one loses no typing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Signal

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import Difference
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.pages.ballots.form import BallotForm, Mode, Said
from tabapp.gui.pages.ballots.keeper import DraftKeeper, Kept
from tabapp.gui.pages.ballots.notices import difference_words
from tabapp.gui.pages.ballots.opening import Opened
from tabapp.gui.pages.ballots.typed_ahead import TypedAhead
from tabapp.gui.session import Session
from tabapp.gui.sounds import Sound
from tabapp.services import ballots, double_entry, sides
from tabapp.services.ballot_bundle import ballot_of_bundle, bundle_problems
from tabapp.services.ballot_decision import says
from tabapp.services.ballot_desk import State
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_words import refusal_at_the_desk
from tabapp.services.double_entry import Second
from tabapp.services.drafts import drop_drafts_of
from tabapp.store.tournaments import TournamentRow, get_tournament
from tabapp.store.unit import WriteUnit

T = TypeVar("T")
SOON = 0.6
"""Seconds in which nobody reads a sentence: what saves again sooner is a key that bounced."""


class SavingForm(BallotForm):
    """A form that stores: entries, second entries, confirmations and what was discarded."""

    finished = Signal(int, str, bool)
    """A debate, what it is now ("" as before), and whether it was a check."""
    reload_wanted = Signal(str)
    """The ballot of this debate shall be shown as it is now."""
    moved_on = Signal()
    """Other commands can be given."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.sounds = session.sounds
        self.keeper = DraftKeeper(session, self)
        self.opened: Opened | None = None
        self.waited_for = 0
        self.ahead = TypedAhead(session, self, lambda: self.busy)
        self.leaving = False
        """The next ballot is being opened: this one is stored and takes nothing more."""
        self._saving: set[int] = set()
        self._unread_until = self._begun = 0.0
        self._told: dict[str, Any] | None = None
        self._marks: list[tuple[Difference, object]] = []
        self.sides_decided.connect(self._decide_sides)

    @property
    def busy(self) -> bool:
        """Tell whether the open ballot is being saved; another room can be typed meanwhile."""
        return self.desk is not None and (self.leaving or self.desk.room.id in self._saving)

    @property
    def is_slow(self) -> bool:
        """Tell whether a save takes so long that who presses Ctrl+Enter again wonders."""
        now = self.session.workspace.clock.monotonic()
        return self.busy and not self.leaving and now > self._begun + SOON

    @property
    def is_unread(self) -> bool:
        """Tell whether what stopped a save is only just there: nobody can have answered it."""
        return self.session.workspace.clock.monotonic() < self._unread_until

    def _let_be_read(self) -> None:
        self._unread_until = self.session.workspace.clock.monotonic() + SOON

    def on_typed(self) -> None:
        """Let a save count at once: a key that bounced does not type something before."""
        self._unread_until = 0.0
        super().on_typed()

    def ask_once(self) -> bool:
        """Stop a save for what was not asked yet, and let it be read before it is answered."""
        asks = super().ask_once()
        if asks:
            self._let_be_read()
        return asks

    @property
    def is_blank(self) -> bool:
        """Tell whether a ballot is to be typed here of which nothing is typed yet."""
        return self.mode in (Mode.ENTER, Mode.SECOND) and not (
            self.is_fixed or self.asks_sides or self.busy or self.bundle.is_touched)

    def lead_on(self) -> None:
        """Take nothing more in this form, since the next ballot is being opened."""
        self.leaving = self.held = True

    def arrive(self) -> None:
        """Take keys again: the next ballot is here, or none came."""
        self.leaving = False
        self.held = self.busy

    def in_hand(self) -> Kept | None:
        """Return what would be lost if it were not stored."""
        return None if self.is_fixed else self.bundle.copy()

    def sound_ballot(self) -> Ballot | None:
        """Return the ballot as it is typed, None while anything is missing or wrong in it.

        A reason, which changes no result, may be missing; nothing is shown.
        """
        if self.desk is None:
            return None
        sheet = self.desk.sheet
        found = bundle_problems(sheet, self.bundle, complete=True, base=self.base)
        if any(one.level == "error" for one in found):
            return None
        return ballot_of_bundle(sheet, self.bundle, self.base)

    def store(self) -> None:
        """Save what is typed, confirm what is looked at, or go on: what comes next here."""
        form, opened = self.desk, self.opened
        if form is None or opened is None:
            return
        if self.mode is Mode.CHECK:
            self._confirm(form, opened)
        elif self.is_fixed:
            self.finished.emit(form.room.id, "", self.mode is not Mode.LOOK)
        else:
            self._save(form, opened)

    # Entries

    def _save(self, form: DeskForm, opened: Opened) -> None:
        ballot = self.ballot()
        if ballot is None:
            return
        if self.mode is Mode.SECOND or opened.differs:
            self._save_again(form, opened)
            return
        entry = ballots.Entry(form.round.seq, form.room.ref, ballot)

        def change(unit: WriteUnit, owner: TournamentRow) -> None:
            ballots.save_ballot(unit, owner, entry, seen=form.seen)
            self._drop_draft(unit, form)

        counts = opened.rules.direct
        verb = "correct the ballot of" if form.confirmed else "enter the ballot of"
        self._write(
            form, verb, change,
            lambda _none: self._tell_end(form, "confirmed" if counts else "check"))

    def _save_again(self, form: DeskForm, opened: Opened) -> None:
        """Compare with the entries of others; who saves the same once more insists on it."""
        base = opened.entries[0][1] if opened.entries else None
        ballot = ballot_of_bundle(form.sheet, self.bundle, base)
        entry = ballots.Entry(form.round.seq, form.room.ref, ballot)
        typed, role = self.bundle.as_json(), opened.person.role
        insist = self._told == typed

        def change(unit: WriteUnit, owner: TournamentRow) -> Second:
            found = double_entry.save_second(
                unit, owner, entry, seen=form.seen, role=role, insist=insist)
            if found.outcome != "differs":
                self._drop_draft(unit, form)
            return found

        def done(found: Second) -> None:
            if found.outcome == "differs":
                self._told = typed
                self._tell_differences(form, found)
            elif found.outcome == "stored":
                self._tell_end(form, "differs", is_check=True)
            else:
                counts = found.outcome in ("same", "decided")
                self._tell_end(form, "confirmed" if counts else "check", is_check=True)

        self._write(
            form, "enter a second time the ballot of", change, done,
            keeps=lambda found: found.outcome == "differs")

    def _tell_differences(self, form: DeskForm, found: Second) -> None:
        """Mark the fields in question, once and aloud; what the other entry says stays hidden."""
        if self.desk is not form:
            return
        self._marks = [(one, says(self.bundle, one.judge, one.key)) for one in found.differences]
        self._let_be_read()
        self.sounds.play(Sound.PROBLEM)
        self.notices = [one for one in self.notices if one.tone != "problem"]
        self.say(Said(f"{difference_words(form, found.differences)}\n{_insist()}", "problem"))
        self.show_marks()
        self.next_problem(first=True)
        self.moved_on.emit()

    def show_marks(self) -> None:
        """Mark what differs from another entry; a field that was typed again is not judged."""
        self._marks = [
            (one, told) for one, told in self._marks
            if says(self.bundle, one.judge, one.key) == told]
        self._extra = [
            Problem.of("error", f"{one.judge}/{one.key}" if one.judge else one.key, "field_differs")
            for one, _told in self._marks]
        self.refresh()

    def _decide_sides(self, swapped: bool) -> None:
        """Store who stood where in a room that decided it itself; then its ballot can be typed."""
        form = self.desk
        if form is None or self.busy:
            return
        round_id, ref = form.round.id, form.room.ref
        self.session.write(
            self, "decide the sides of",
            lambda unit: sides.decide_sides(unit, round_id, ref, swapped=swapped),
            subject=form.name, done=lambda _none: self.reload_wanted.emit(ref),
            failed=self.on_refused)

    # Checks

    def _confirm(self, form: DeskForm, opened: Opened) -> None:
        if form.waiting is None:
            return
        chosen, ref, role = form.waiting[0], form.room.ref, opened.person.role

        def change(unit: WriteUnit, owner: TournamentRow) -> None:
            double_entry.confirm(unit, owner, ref, chosen, seen=form.seen, role=role)

        self._write(
            form, "confirm the ballot of", change,
            lambda _none: self._tell_end(form, "confirmed", is_check=True))

    def decide(self, ballot: Ballot) -> None:
        """Let a ballot count in the place of the entries that differ."""
        form, opened = self.desk, self.opened
        if form is None or opened is None:
            return
        entry = ballots.Entry(form.round.seq, form.room.ref, ballot)
        role = opened.person.role

        def change(unit: WriteUnit, owner: TournamentRow) -> None:
            double_entry.decide(unit, owner, entry, seen=form.seen, role=role)
            self._drop_draft(unit, form)

        self._write(
            form, "decide the ballot of", change,
            lambda _none: self._tell_end(form, "confirmed", is_check=True))

    # Writing

    def _drop_draft(self, unit: WriteUnit, form: DeskForm) -> None:
        drop_drafts_of(unit, form.owner.id, form.room.id)

    def _write(
        self, form: DeskForm, verb: str, change: Callable[[WriteUnit, TournamentRow], T],
        then: Callable[[T], None], *, keeps: Callable[[T], bool] | None = None,
    ) -> None:
        """Write, and tell the end where the person is by then: perhaps in another room.

        Somebody else may sit at the keyboard by then, to whom nothing of it is told. ``keeps``:
        whether what came of it leaves the draft as it is.
        """
        debate, owner_id = form.room.id, form.owner.id
        typed = self.in_hand()
        if typed is not None:
            self.keeper.hold(debate, typed)
        actor, visit = self.session.actor, self.session.who.visit
        self._saving.add(debate)
        self.held = True
        self._begun = self.session.workspace.clock.monotonic()
        self.ahead.begin()

        def done(value: T) -> None:
            self._end_saving(debate)
            if keeps is not None and keeps(value):
                self._keep_again(debate, typed, actor)
            else:
                self.keeper.forget(debate, actor)
            if visit == self.session.who.visit:
                then(value)
            if not self.leaving:
                self.ahead.drop()

        def failed(error: Exception) -> None:
            self._end_saving(debate)
            self._keep_again(debate, typed, actor)
            self.ahead.drop()
            if visit != self.session.who.visit:
                return
            if self.desk is form:
                self.on_refused(error)
            else:
                self._tell_refused(form, error)

        subject = f"{form.name}, {form.round.name or form.round.seq}"
        self.session.write(
            self, verb, lambda unit: change(unit, get_tournament(unit, owner_id)),
            subject=subject, done=done, failed=failed)

    def _keep_again(self, debate: int, typed: Kept | None, actor: str) -> None:
        """Keep what was typed and not stored, for whoever typed it."""
        if typed is not None:
            self.keeper.keep(debate, typed, actor)

    def _end_saving(self, debate: int) -> None:
        self._saving.discard(debate)
        self.held = self.busy

    def _tell_end(self, form: DeskForm, state: State, *, is_check: bool = False) -> None:
        """Say what became of a room where that is not to be seen in the list at once."""
        if state == "confirmed":
            left = max(0, self.waited_for - 1)
            self.session.tell_undoable(
                tr("{room} confirmed. {n} to come.", room=form.name, n=left))
        elif state == "differs":
            self.session.tell_undoable(tr(
                "{room}: two entries differ. Somebody else decides between them.",
                room=form.name), "attention")
        elif is_check:
            self.session.tell_undoable(tr(
                "{room}: both entries say the same. It waits to be confirmed.", room=form.name))
        self.finished.emit(form.room.id, state, is_check)

    def _tell_refused(self, form: DeskForm, error: Exception) -> None:
        """Tell of a room that was left meanwhile; the form of another one is not touched."""
        error = refusal_at_the_desk(form.sheet, error)
        self.session.tell(
            tr("{room}: {sentence}", room=form.name, sentence=sentence_of(error)), "problem",
            tr("Show it"), lambda: self.session.go("ballots", form.room.ref))
        if self.desk is not None and self.desk.room.id == form.room.id:
            self.reload_wanted.emit(form.room.ref)

    def on_refused(self, error: Exception) -> None:
        """Show what is wrong at its fields; what was typed stays, and stays kept."""
        if self.desk is not None:
            error = refusal_at_the_desk(self.desk.sheet, error)
        if isinstance(error, ProblemsFound):
            self.show_problems(list(error.problems))
            self.look_again()
        else:
            self.say(Said(sentence_of(error), "problem", tr("Show it"), self._on_show_it))
        self.moved_on.emit()

    def look_again(self) -> None:
        """Find out whether a save was refused because the form asks what it no longer should."""

    def _on_show_it(self) -> None:
        if self.desk is not None:
            self.reload_wanted.emit(self.desk.room.ref)

    # Discarding

    def discard(self) -> None:
        """Put the entry that waits aside, after a question."""
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
                failed=self.on_refused, snapshot=f"before discarding the entry of {form.name}"),
            danger=True)


def _insist() -> str:
    """Return what to do where the paper says what was typed."""
    return tr("Where the paper says it, save once more: somebody else then decides.")
