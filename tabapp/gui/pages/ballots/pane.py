"""The right side of the desk: the form of one room, as the person at the keyboard may see it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.ballots.decide import DecidePanel
from tabapp.gui.pages.ballots.form import Mode, Said
from tabapp.gui.pages.ballots.keeper import Kept
from tabapp.gui.pages.ballots.notices import Ways, how_overtaken, notices_of
from tabapp.gui.pages.ballots.opening import MODES, VERBS, Opened
from tabapp.gui.pages.ballots.overtaken import FormWatch
from tabapp.gui.pages.ballots.saving import SavingForm
from tabapp.gui.pages.ballots.substitute import SubstituteDialog
from tabapp.gui.pages.ballots.versions import VersionsDialog
from tabapp.gui.session import Session
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_bundle import (
    Bundle,
    ballot_of_bundle,
    bundle_of,
    bundle_problems,
    fit_motions,
)
from tabapp.services.ballot_decision import Decision
from tabapp.services.ballot_desk import Desk
from tabapp.services.ballot_fields import Asks
from tabapp.services.ballot_form import DeskForm
from tabapp.services.timelines import read_timeline


class EntryPane(SavingForm):
    """Opens rooms, tells what should be known of them, and offers what this person may do."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._overtaken: Said | None = None
        self._otherwise: Said | None = None
        self.asks_still = FormWatch(session, self, lambda: self.desk, self._on_asks_otherwise)
        self.taken_back: DeskForm | None = None  # shown anew as soon as it is another ballot
        self.to_go_words = label("", role="secondary")
        self.decision = DecidePanel()
        self.decision.hide()
        self.column.insertWidget(self.column.indexOf(self.box) + 1, self.decision, 100)
        self.decision.moved.connect(self._on_decided)
        self.changed.connect(self._on_changed)
        self.else_wanted.connect(self._on_else)

    def lay_buttons(
        self, turns: list[Button], versions: Button, correct: Button, save: Button
    ) -> None:
        """Put the page's buttons below the sheet."""
        self.turns, self.correct_button, self.save_button = turns, correct, save
        self.versions_button = versions
        for one in turns:
            one.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys at the team
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
        self.column.insertWidget(self.column.indexOf(self.button_row), widget)

    # Opening

    def show_opened(self, opened: Opened, mode: Mode | None = None) -> None:
        """Show a ballot as it stands, or as it was being typed when it was left."""
        self.opened = opened
        desk = opened.desk
        found = self.keeper.take(desk.room.id) or opened.kept
        strange = found is not None and found.drawn != [list(one) for one in desk.seen.sides]
        if strange:
            found = None  # marks of other teams are nobody's here
        decided = found if isinstance(found, Decision) else None
        kept = found if isinstance(found, Bundle) else None
        fresh = kept is not None and opened.is_fresh(kept)
        if mode is None:
            mode = opened.mode(kept=fresh)
        use = kept if mode in (Mode.ENTER, Mode.SECOND, Mode.CORRECT) else None
        if mode is Mode.SECOND and not fresh:
            use = None  # it was typed as something else, perhaps with the first entry in sight
        if use is not None:
            fit_motions(desk.sheet, use)
        self._open_sheet(opened, mode, use)
        self.held, self._overtaken, self.taken_back = self.busy, None, None
        self._otherwise = None
        self._told, self._marks = None, []
        outdated = decided is not None and not opened.is_fresh(decided)
        if mode is Mode.DECIDE:
            self.decision.show_entries(
                desk, opened.entries, decided if not outdated else None)
        self._show_mode(desk, mode)
        self.say(*notices_of(
            opened, mode, Ways(self.start_over, self.correct), kept=kept is not None and (
                use is not None or mode in (Mode.CHECK, Mode.LOOK, Mode.OWN)),
            decided=decided is not None and mode is Mode.DECIDE and not outdated))
        if outdated and mode is Mode.DECIDE:
            self.say(Said(
                tr("The entries changed since you began to decide. Decide anew."), "attention",
                fades=True))
        if strange and not desk.refused:
            self.say(Said(
                tr("The teams of this room changed since you typed a draft. It is not filled in."),
                "attention", tr("Discard draft"), self.start_over, fades=True))
        self.moved_on.emit()

    def _open_sheet(self, opened: Opened, mode: Mode, typed: Bundle | None) -> None:
        """Open the sheet, of two entries that differ on the one of this person, or the first."""
        own = [one for _id, one in opened.entries if opened.is_own(one)]
        base = None
        if opened.differs and mode in (Mode.OWN, Mode.CORRECT):
            base = (own or [one for _id, one in opened.entries])[0]
            typed = typed or bundle_of(opened.desk.sheet, base)
        self.open(opened.desk, mode, typed)
        if base is not None:
            self.base = base
            self.refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Pass the keys on to where they are needed."""
        super().focusInEvent(event)
        if self.desk is not None:
            self.take_keys()

    def take_keys(self) -> None:
        """Take the keys: at the first empty field, or where the ballot is confirmed."""
        if self.mode is Mode.DECIDE:
            self.decision.take_keys()
        elif self.is_fixed:
            first = self.save_button if self.save_button.isEnabled() else self.versions_button
            first.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focus_first()

    def _show_mode(self, desk: DeskForm, mode: Mode) -> None:
        words, tone, icon = MODES[mode]
        if desk.refused:
            words, tone, icon = "No entry", "problem", "ban"
        elif self.opened is not None and self.opened.differs and self.is_fixed:
            words, tone, icon = MODES[Mode.DECIDE]
        self.heading.show_mode(tr(words), tone, icon)
        direct = desk.owner.settings.disable_ballot_confirms
        verb = "Save and confirm" if direct and not self.is_fixed else VERBS[mode]
        self.save_button.set_words(tr(verb))
        self.correct_button.set_words(tr({
            Mode.CHECK: "Back to correction", Mode.OWN: "Type it again",
            Mode.DECIDE: "Whole sheet"}.get(mode, "Correct…")))
        self.correct_button.setVisible(not desk.refused and mode in (
            Mode.CHECK, Mode.LOOK, Mode.OWN, Mode.DECIDE))
        for one in self.turns:
            one.setVisible(not self.is_fixed and not self.asks_sides)
        if desk.sheet.asks is not Asks.SCORES or desk.owner.settings.substantive_speakers == 1:
            self.turns[-1].hide()  # nobody speaks twice where no speeches are entered
        self.box.setVisible(mode is not Mode.DECIDE and not self.asks_sides)
        self.decision.setVisible(mode is Mode.DECIDE)
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

    def look_again(self) -> None:
        """Offer the form as it is asked now, where a save was refused because it is another."""
        self.asks_still.look(self._on_asks_otherwise)

    def _on_asks_otherwise(self, words: str) -> None:
        """Say that the panel, the motions or the rules changed, and offer the form as it is now.

        Without a way out no save of this form would ever be taken; what is typed goes along.
        """
        form, before = self.desk, self._otherwise
        if form is None or self.busy:
            return
        self.notices = [one for one in self.notices if one is not before]
        self._otherwise = None
        if not words:
            if before is not None:
                self.refresh()
            return
        if not self.is_fixed:
            words = tr("{words} What you typed is kept.", words=words)
        self._otherwise = Said(
            words, "attention", tr("Show it"), lambda: self.reload_wanted.emit(form.room.ref))
        # what was refused by the form of before would cover the way out
        self._extra = [one for one in self._extra if one.where]
        self.say(self._otherwise)
        self.moved_on.emit()

    # Typing

    def _on_changed(self) -> None:
        if self.desk is not None:
            self.keeper.keep(self.desk.room.id, self.bundle)
            self.fade()
            if self._marks:
                self.show_marks()
        self._show_to_go()

    def _show_to_go(self) -> None:
        n = 0 if self.is_fixed or self.asks_sides else self.to_go()
        self.to_go_words.setText(
            tr("1 score to go") if n == 1 else tr("{n} scores to go", n=n) if n else "")

    def _on_else(self, key: str) -> None:
        if self.desk is not None:
            speaks = self.typed.speakers.get(key)
            dialog = SubstituteDialog(self, self.session, self.desk.sheet, key, speaks)
            dialog.chosen.connect(self.substitute)
            dialog.open()

    def start_over(self) -> None:
        """Forget what was typed, which undo brings back."""
        form, opened = self.desk, self.opened
        if form is None or opened is None:
            return
        self.keeper.drop(form.room.id)
        if self.mode is Mode.DECIDE:
            self.decision.start_over()
            return
        mode, past = self.mode, self.past
        past.end_step()
        past.note("", self.bundle)
        self._open_sheet(opened, mode, None)
        self.past = past
        self._told, self._marks = None, []
        self._show_mode(form, mode)
        self.moved_on.emit()

    # Deciding

    def _on_decided(self) -> None:
        """Keep what was decided, as typing is kept."""
        if self.desk is not None and not self.busy:
            decided = self.in_hand()
            if decided is not None:
                self.keeper.keep(self.desk.room.id, decided)
            else:
                self.keeper.drop(self.desk.room.id)
            self.fade()
        self.moved_on.emit()

    def in_hand(self) -> Kept | None:
        """Return what would be lost if it were not stored: what is typed, or what was decided."""
        if self.mode is not Mode.DECIDE:
            return super().in_hand()
        decided = self.decision.decision()
        return decided if decided.chosen else None

    def store(self) -> None:
        """Do what comes next; where entries differ, decide as soon as every field is decided."""
        if self.mode is Mode.DECIDE:
            self._decide(self.decision.bundle())
        elif self.mode is Mode.CORRECT and self._is_decided_here:
            if self.ballot() is not None:
                self._decide(self.bundle)
        else:
            super().store()

    @property
    def _is_decided_here(self) -> bool:
        """Tell whether this person may decide between the entries of the open room."""
        return self.opened is not None and self.opened.differs and (
            self.opened.step[0] == "decide")

    def _decide(self, bundle: Bundle | None) -> None:
        form, opened = self.desk, self.opened
        if form is None or opened is None:
            return
        if bundle is None:
            self.session.tell(count(
                self.decision.to_go, "field is not decided yet.", "fields are not decided yet."),
                "attention")
            self.decision.take_keys()
            return
        found = [
            one.message for one in bundle_problems(form.sheet, bundle, complete=True)
            if one.level == "error"]
        if found:
            self.say(Said("\n".join(found), "problem"))
            self.decision.take_keys()
        else:
            self.decide(ballot_of_bundle(form.sheet, bundle, opened.entries[0][1]))

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
        if self.mode is Mode.DECIDE:
            return self.decision.take_back()
        if self.is_fixed or not self.past.touched:
            return False
        if not turn():
            self.session.tell(nothing)
        return True

    # Versions

    def correct(self) -> None:
        """Type the ballot that is looked at: as a correction, or once more."""
        opened = self.opened
        if opened is None:
            return
        settled = self.decision.so_far() if self.mode is Mode.DECIDE else None
        if settled is not None:
            self._told, self._marks = None, []
            self._open_sheet(opened, Mode.CORRECT, settled)
            self._show_mode(opened.desk, Mode.CORRECT)
            self.moved_on.emit()
        else:
            self.show_opened(opened, Mode.CORRECT)
        self.take_keys()

    def show_versions(self) -> None:
        """Show who entered what, and when the ballot was where."""
        form, opened = self.desk, self.opened
        if form is None or opened is None:
            return
        shown = not opened.person.is_volunteer and self.mode is not Mode.SECOND
        self.session.read(
            self, lambda unit: read_timeline(unit, form.room.id),
            lambda moments: VersionsDialog(self, form, moments, values=shown).open())
