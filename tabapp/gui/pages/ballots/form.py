"""The sheets of one room: quarters as on the paper, typed by the number pad alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.gui.pages.ballots.button_row import ButtonRow
from tabapp.gui.pages.ballots.heading import Heading
from tabapp.gui.pages.ballots.panel_form import PanelForm
from tabapp.gui.pages.ballots.past import Past
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.pages.ballots.sides_card import SidesCard
from tabapp.gui.sounds import Sound
from tabapp.gui.tokens import Space
from tabapp.services.ballot_bundle import (
    Bundle,
    ballot_of_bundle,
    begin_sheet,
    blank_bundle,
    bundle_of,
    bundle_problems,
    fit_bundle,
    questions,
    split_where,
)
from tabapp.services.ballot_fields import Asks
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_merge import merged_motion, merged_vetoes
from tabapp.services.ballot_questions import ASKED_WHEN_SAVED
from tabapp.services.ballot_typed import running
from tabapp.services.ballot_votes import PanelStands, panel_stands


class Mode(StrEnum):
    """What is being done with a ballot."""

    ENTER = "enter"
    SECOND = "second"
    """Typed once more by another person, who sees nothing of the first entry."""
    CHECK = "check"
    DECIDE = "decide"
    """Two entries differ; the sheet shows nothing, a table beside it both."""
    CORRECT = "correct"
    OWN = "own"
    """What this person entered and somebody else has to check."""
    SHUT = "shut"
    """Nothing of it is shown to this person, and nothing is typed."""
    LOOK = "look"


BLANK = (Mode.ENTER, Mode.SECOND, Mode.DECIDE, Mode.SHUT)
"""Modes whose sheet holds nothing of an earlier entry."""
TYPED = (Mode.ENTER, Mode.SECOND, Mode.CORRECT)
"""Modes in which the sheet is typed; in the others it is looked at."""
_FIELDS = {"motion_of_other_round": "motion", "motion_unknown": "motion"}
"""Where what only the service can know is told; the rest stands above the sheet."""


@dataclass(frozen=True, slots=True)
class Said:
    """A banner: a sentence, and what its action does."""

    sentence: str
    tone: str = "attention"
    action: str = ""
    run: Callable[[], None] | None = None
    fades: bool = False
    """It has been read when somebody types on."""


class BallotForm(PanelForm):
    """Shows a ``DeskForm`` and holds what is typed; stores nothing itself."""

    sides_decided = Signal(bool)
    """Somebody says who stood where: as drawn, or swapped (True)."""

    def __init__(self) -> None:
        super().__init__()
        self.mode = Mode.ENTER
        self.base: Ballot | None = None
        self.notices: list[Said] = []
        self.heading = Heading()
        self.sides = SidesCard()
        self.sides.decided.connect(self.sides_decided)
        self.sides.refused.connect(self._asks_sides_first)
        self._tried = False
        self.button_row = ButtonRow()
        self.buttons = self.button_row.row
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.GAP, 10, Space.GAP, Space.UNIT)
        whole.setSpacing(Space.UNIT)
        for one in (self.heading, self.top, self.bar):
            whole.addWidget(one)
        whole.addWidget(self.sides, 100, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.box, 100)
        whole.addWidget(self.bottom)
        self.column = whole
        whole.addWidget(self.button_row)
        whole.addStretch(1)

    # Opening

    def open(self, desk: DeskForm, mode: Mode, bundle: Bundle | None = None) -> None:
        """Show a room: what is typed, else the ballot that is corrected or looked at."""
        self.past = Past(touched=bundle is not None)
        self.desk, self.mode, self._tried, self._extra = desk, mode, False, []
        self.asked = set()
        found = desk.waiting or desk.confirmed
        self.base = found[1] if found is not None and mode not in BLANK else None
        if bundle is None:
            bundle = (
                blank_bundle(desk.sheet) if self.base is None
                else bundle_of(desk.sheet, self.base))
        fit_bundle(desk.sheet, bundle)
        self.bundle = bundle
        self.bundle.based_on = [list(one) for one in desk.seen.versions]
        self.bundle.drawn = [list(one) for one in desk.seen.sides]
        self.judge = desk.sheet.sheet_refs[0]
        self.notices = []
        if self.shape_like(desk.sheet):
            self.connect_fields()
        self.heading.show_form(desk)
        self.sides.show_seats(desk.sheet)
        for seat in desk.sheet.seats:
            self.quarters[seat.side.value].show_seat(seat)
        if self.panel is not None:
            self.panel.show_form(
                desk.sheet, fixed=self.is_fixed,
                corrects=mode is Mode.CORRECT and desk.confirmed is not None)
            self.panel.show_entries(desk.room.versions)
        self._begin_where_marks_are_missing()
        self.refresh()
        self.take_as_heard()

    def _begin_where_marks_are_missing(self) -> None:
        if self.desk is not None and self.desk.sheet.judges and not self.is_fixed:
            stands = panel_stands(self.desk.sheet, self.bundle)
            self.judge = next(
                (one.ref for one in stands.judges if not one.is_done), self.judge)
            begin_sheet(self.desk.sheet, self.bundle, self.judge)

    @property
    def is_fixed(self) -> bool:
        """Tell whether the ballot is only looked at."""
        return super().is_fixed or self.mode not in TYPED

    @property
    def asks_sides(self) -> bool:
        """Tell whether somebody has to say first who stood where."""
        return self.desk is not None and self.desk.sheet.asks_sides and not self.is_fixed

    def _asks_sides_first(self) -> bool:
        """Say what is wanted where nobody said who stood where; tell whether that is so."""
        if self.asks_sides:
            self.sides.ask()
            self.sounds.play(Sound.QUESTION)
        return self.asks_sides

    def turn_iron(self) -> None:
        """Let the speaker at the cursor speak twice, once the sides are known."""
        if not self._asks_sides_first():
            super().turn_iron()

    def turn_forfeit(self) -> None:
        """Let the team at the cursor forfeit, or stand again, once the sides are known."""
        if not self._asks_sides_first():
            super().turn_forfeit()

    def focus_first(self) -> None:
        """Give the keys to what comes first: the sides, else the first mark that is missing."""
        if self.asks_sides:
            self.sides.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().focus_first()

    # Showing

    def on_typed(self) -> None:
        """Show what was typed; what was refused before may be right by now."""
        self._extra = []
        super().on_typed()

    def refresh(self) -> None:
        """Show what is typed, what it makes and what is wrong with it."""
        if self.desk is None or self.panel is None:
            return
        sheet, typed, fixed = self.desk.sheet, self.typed, self.is_fixed
        self.problems, self.questions = list(self._extra), []
        if not fixed and not self.asks_sides:
            at = self._partial()
            self.problems += [
                one for one in bundle_problems(
                    sheet, self.bundle, complete=self._tried, at=at, base=self.base)
                if not at or split_where(one.where)[1] != "order"]  # half a number makes no total
            self.questions = [
                one for one in questions(sheet, self.bundle, at=at)
                if self._tried or one.code not in ASKED_WHEN_SAVED]
        at_fields: dict[str, list[Problem]] = defaultdict(list)
        for key, one in self.here([*self.problems, *self.questions]):
            at_fields[key].append(one)
        stands = running(sheet, typed)
        panel = panel_stands(sheet, self.bundle)
        mine = next((one for one in panel.judges if one.ref == self.judge), None)
        for seat in sheet.seats:
            quarter = self.quarters[seat.side.value]
            quarter.show_typed(sheet, seat, typed, fixed=fixed)
            quarter.show_running(sheet, typed, stands, mine)
            quarter.show_problems(at_fields)
        self._show_bar(panel)
        self.sides.setVisible(self.asks_sides)
        self.box.setVisible(not self.asks_sides and self.mode is not Mode.DECIDE)
        self.panel.show_typed(
            self.bundle, typed, merged_motion(self.bundle.sheets),
            merged_vetoes(sheet, self.bundle.sheets), fixed=fixed)
        self.panel.show_running(sheet, stands, panel, self.judge)
        self.panel.show_problems(at_fields)
        self._show_banners(at_fields[""])

    def _show_bar(self, panel: PanelStands) -> None:
        desk = self.desk
        if desk is None:
            return
        refs = desk.sheet.sheet_refs
        self.is_last = self.judge == refs[-1]
        wrong = {split_where(one.where)[0] for one in self.problems if one.level == "error"}
        hidden = self.mode in (Mode.SHUT, Mode.DECIDE) or self.asks_sides
        self.bar.show_judges([] if hidden else [
            (one, side_word(desk.sheet, one.vote) if one.vote is not None else "")
            for one in panel.judges], self.judge, frozenset(wrong))

    def _partial(self) -> str:
        """Return the field that is being typed: half a number is not yet wrong."""
        here = self.current
        if here is None or not here.is_partial:
            return ""
        return f"{self.judge}/{here.key}" if self.judge else here.key

    def _show_banners(self, elsewhere: list[Problem]) -> None:
        top = self.notices[0] if self.notices else None
        errors = [one.message for one in elsewhere if one.level == "error"]
        if errors:
            self.top.show_one("\n".join(errors), "problem")
        elif top is not None:
            made = self.top.show_one(top.sentence, top.tone, top.action)
            if made is not None and top.run is not None:
                made.answered.connect(top.run)
        else:
            self.top.show_one("")
        self.show_question()

    def say(self, *notices: Said) -> None:
        """Put banners before those that wait."""
        self.notices = [*notices, *self.notices]
        self.refresh()

    def fade(self) -> None:
        """Take away what has been read; there is room for one banner."""
        if any(one.fades for one in self.notices):
            self.notices = [one for one in self.notices if not one.fades]
            self.refresh()

    # Saving

    def to_go(self) -> int:
        """Return how many marks are missing, of a panel on the sheet on the screen."""
        if self.desk is None or self.desk.sheet.asks is not Asks.SCORES:
            return 0
        return running(self.desk.sheet, self.typed).to_go

    def ballot(self) -> Ballot | None:
        """Return the ballot, or None after everything that is wrong was shown at its field."""
        if self.desk is None or self._asks_sides_first():
            return None
        self._tried, self._extra = True, []
        if self.mode is Mode.CORRECT and self.desk.confirmed and not self.bundle.reason.strip():
            self._extra = [Problem.of("error", "reason", "reason_missing")]
        self.refresh()
        if any(one.level == "error" for one in self.problems):
            self.take_as_heard()
            self.sounds.play(Sound.PROBLEM)
            self.next_problem(first=True)
            return None
        if self.ask_once():
            self.fade()  # there is room for one banner, and this one was read
            return None
        return ballot_of_bundle(self.desk.sheet, self.bundle, self.base)

    def show_problems(self, problems: list[Problem]) -> None:
        """Show what the service refused beside what is known here."""
        known = {one.message for one in self.problems}
        self._tried = True
        self._extra = [
            one if one.where == "reason" else replace(one, where=_FIELDS.get(one.code, ""))
            for one in problems if one.message not in known]
        self.sounds.play(Sound.PROBLEM)
        self.refresh()
        self.take_as_heard()

    def next_problem(self, *, first: bool = False) -> bool:
        """Go to the next field with a problem, on the next sheet too; tell whether there is one."""
        if self._go_to_problem(first=first):
            return True
        refs = [split_where(one.where)[0] for one in self.problems if one.level == "error"]
        other = next((ref for ref in refs if ref and ref != self.judge), None)
        if other is None:
            return self._go_to_problem(first=True) or self.next_question()
        self.judge = other
        self.refresh()
        return self._go_to_problem(first=True)

    def _go_to_problem(self, *, first: bool) -> bool:
        places = [self.place_of(key) for key, _one in self.here(self.problems)]
        stops = self.stops()
        if self.panel is not None and self.panel.reason not in stops:
            stops.append(self.panel.reason)  # Enter comes to it on the last sheet alone
        found = [one for one in stops if one in places]
        here = QApplication.focusWidget()
        at = -1 if first or here not in stops else stops.index(here)
        after = [one for one in found if stops.index(one) > at]
        if not after:
            return False
        after[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True
