"""What keys do to the sheets of a room: each step can be taken back, and nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.chooser import ELSE
from tabapp.gui.pages.ballots.past import Past
from tabapp.gui.pages.ballots.sheet import Sheet
from tabapp.gui.pages.ballots.tick import Tick
from tabapp.gui.sounds import Sound
from tabapp.services import ballot_bundle, ballot_sheet
from tabapp.services.ballot_bundle import Bundle, split_where
from tabapp.services.ballot_fields import Asks, SheetForm
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_typed import Typed

_NO_DIGITS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class TypingForm(Sheet):
    """Holds what is typed of a room: ``bundle``, of which ``typed`` is the sheet on the screen."""

    changed = Signal()
    """Something was typed."""
    else_wanted = Signal(str)
    """Somebody who is not of the team gives the speech with this key."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: DeskForm | None = None
        self.bundle = Bundle({"": Typed()})
        self.judge = ""
        self.past = Past()
        self.held = False
        self._asked_of = ""

    @property
    def typed(self) -> Typed:
        """Return the sheet on the screen; of a panel that of the chosen judge."""
        return self.bundle.sheet(self.judge)

    @property
    def is_fixed(self) -> bool:
        """Tell whether the ballot is only looked at."""
        return self.desk is None or bool(self.desk.refused)

    def refresh(self) -> None:
        """Show what is typed."""

    # What is typed

    def connect_fields(self) -> None:
        """Hear what new quarters and a new panel report."""
        for quarter in self.quarters.values():
            quarter.speaker_chosen.connect(self._on_speaker)
            quarter.ticked.connect(self._on_ticked)
            for key, line in quarter.lines.items():
                line.field.textEdited.connect(
                    lambda text, key=key: self._on_text("scores", key, text))
                for ref, field in line.criteria.items():
                    field.textEdited.connect(
                        lambda text, ref=ref: self._on_text("criteria", ref, text))
                if line.rank is not None:
                    line.rank.textEdited.connect(
                        lambda text, key=key: self._on_text("ranks", key, text, ".rank"))
            if quarter.place is not None:
                quarter.place.textEdited.connect(
                    lambda text, side=quarter.side.value: self._on_text(
                        "places", side, text, ".place"))
        for one in self.fields.values():
            one.swapped.connect(self.swap)
            one.editingFinished.connect(self.refresh)
            one.editingFinished.connect(self.end_step)
        panel = self.panel
        if panel is None:
            return
        for words in (panel.comment, panel.reason):
            words.editingFinished.connect(self.end_step)
        panel.paper_typed.connect(
            lambda side, text: self._on_text("paper", side, text, ".paper"))
        panel.paper_place_typed.connect(
            lambda side, text: self._on_text("paper_places", side, text, ".paper_place"))
        panel.motion_chosen.connect(self._on_motion)
        panel.vetoed.connect(self._on_veto)
        panel.comment_typed.connect(lambda text: self._on_words("comment", text))
        panel.reason_typed.connect(lambda text: self._on_words("reason", text))

    def type_at(self, key: str, change: Callable[[Typed], object]) -> None:
        """Let somebody type in the field ``key``, unless what was typed is being saved."""
        if self.held:
            self.refresh()
            return
        self.past.note(f"{self.judge}/{key}" if key else "", self.bundle)
        change(self.typed)
        if self.desk is not None:
            ballot_sheet.follow_marks(self.desk.sheet, self.typed)
        self.on_typed()

    def _type_whole(self, key: str, change: Callable[[Typed], object]) -> None:
        """Do to the sheet what is a step of its own."""
        self.end_step()
        self.type_at(key, change)
        self.end_step()

    def _on_text(self, name: str, key: str, text: str, field: str = "") -> None:
        self.type_at(key + field, lambda typed: getattr(typed, name).update({key: text}))

    def _on_words(self, name: str, text: str) -> None:
        self.type_at(name, lambda _typed: setattr(self.bundle, name, text))
        if text.endswith(" "):  # a text is taken back word by word
            self.end_step()

    def _on_motion(self, ref: str | None) -> None:
        self._type_whole("motion", lambda typed: setattr(typed, "motion", ref))

    def _on_veto(self, side: str, ref: str | None) -> None:
        self._type_whole(f"{side}.veto", lambda typed: ballot_sheet.veto(typed, side, ref))

    def _on_ticked(self, side: str, on: bool) -> None:
        if self.desk is not None:
            sheet = self.desk.sheet
            self.end_step()
            self.type_at(
                f"{side}.tick", lambda typed: ballot_sheet.turn_winner(sheet, typed, side, on))

    def _on_speaker(self, key: str, ref: str) -> None:
        if self.desk is None:
            return
        if ref == ELSE:
            self.refresh()
            self.else_wanted.emit(key)
            return
        sheet = self.desk.sheet
        self._type_whole(key, lambda typed: ballot_sheet.choose_speaker(sheet, typed, key, ref))

    def substitute(self, key: str, ref: str, replaced: str) -> None:
        """Let somebody stand in for a member of the team."""
        def change(typed: Typed) -> None:
            typed.speakers[key], typed.substitutes[key] = ref, replaced

        self._type_whole(key, change)
        place = self.place_of(key)
        if place is not None:
            place.setFocus(Qt.FocusReason.TabFocusReason)

    def end_step(self) -> None:
        """Let what is typed next be taken back by itself."""
        self.past.end_step()

    def on_typed(self) -> None:
        """Show what was typed, and tell of it."""
        self.refresh()
        self.changed.emit()

    # Taking back

    def back(self) -> bool:
        """Take back what was typed last in this form; False if there is nothing."""
        return self._turn_to(self.past.back(self.bundle))

    def forth(self) -> bool:
        """Type again what was taken back last; False if there is nothing."""
        return self._turn_to(self.past.forth(self.bundle))

    def _turn_to(self, step: tuple[str, Bundle] | None) -> bool:
        if step is None:
            return False
        where, self.bundle = step
        self.forget_move()
        judge, key = split_where(where)
        if judge in self.bundle.sheets and key:
            self.judge = judge
        self.on_typed()
        place = self.place_of(key)
        if place is not None:
            place.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def moment(self) -> Callable[[], None]:
        """Return what makes the sheets again what they are now, as if nothing had been typed."""
        bundle, judge, past = self.bundle.copy(), self.judge, self.past.copy()

        def put_back() -> None:
            self.bundle, self.judge, self.past = bundle, judge, past
            self.forget_move()
            self.on_typed()

        return put_back

    # Keys and commands

    def swap(self) -> None:
        """Let the two speakers of the team that has the keys change places."""
        self._turn(ballot_sheet.swap_speakers, tr(
            "A reply swaps with no speech."))

    def turn_iron(self) -> None:
        """Let the speaker at the cursor speak twice, and back again."""
        self._turn(ballot_sheet.turn_iron_person, tr(
            "A reply makes nobody an iron person."))

    def _turn(self, how: Callable[[SheetForm, Typed, str], None], of_reply: str) -> None:
        key = self.key_here()
        if not key or self.desk is None or self.is_fixed:
            return
        sheet = self.desk.sheet
        if ballot_sheet.has_pair(sheet, key):
            self._type_whole(key, lambda typed: how(sheet, typed, key))
        elif sheet.settings.substantive_speakers == 1:
            self.hint(key, tr("Each side has one speech here."))
        else:
            self.hint(key, of_reply)

    def turn_forfeit(self) -> None:
        """Let the team at the cursor forfeit, or stand again; ask once before nobody stands."""
        side, desk = self.side_here(), self.desk
        if not side or self.is_fixed or desk is None:
            return
        gone = self.bundle.forfeits
        others = {seat.side.value for seat in desk.sheet.seats} - {side}
        if side not in gone and others <= set(gone) and self._asked_of != side:
            self.hint(side, tr(
                "Nobody is left then. F5 again: all forfeit."), Sound.QUESTION)
            self._asked_of = side
            return
        self.take_back_hint()
        self._type_whole(
            self.key_here(), lambda _typed: ballot_bundle.turn_forfeit(self.bundle, side))
        self._give_keys_to(side)

    def _give_keys_to(self, side: str) -> None:
        """Leave the keys in a quarter whose team forfeits, or stands again."""
        quarter = self.quarters[side]
        stops = [one for one in self.stops() if quarter.isAncestorOf(one)]
        for one in stops[:1]:
            one.setFocus(Qt.FocusReason.TabFocusReason)

    def take_back_hint(self) -> None:
        """Say nothing any more that was said until the next key, and ask anew."""
        super().take_back_hint()
        self._asked_of = ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick a team by the number of its quarter."""
        number = event.text()
        ticks = [one.tick for one in self.quarters.values() if isinstance(one.tick, Tick)]
        at = int(number) - 1 if number.isdecimal() and number.isascii() else -1
        fits = self.desk is not None and (
            self.desk.sheet.asks is Asks.ADVANCING or isinstance(QApplication.focusWidget(), Tick))
        if fits and not self.is_fixed and 0 <= at < len(ticks) and not (
            event.modifiers() & _NO_DIGITS
        ):  # fmt: skip
            ticks[at].toggle()
            ticks[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
