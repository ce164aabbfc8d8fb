"""The sheet of one room: quarters as on the paper, typed by the number pad alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.chooser import ELSE
from tabapp.gui.pages.ballots.heading import Heading, Notices
from tabapp.gui.pages.ballots.past import Past
from tabapp.gui.pages.ballots.sheet import Sheet
from tabapp.gui.pages.ballots.tick import Tick
from tabapp.gui.tokens import Space
from tabapp.services import ballot_sheet
from tabapp.services.ballot_form import DeskForm
from tabapp.services.ballot_problems import problems_of, unusual_marks
from tabapp.services.ballot_sheet import Asks, Typed, ballot_of, blank, running, typed_from


class Mode(StrEnum):
    """What is being done with a ballot."""

    ENTER = "enter"
    CHECK = "check"
    CORRECT = "correct"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Said:
    """A banner: a sentence, and what its action does."""

    sentence: str
    tone: str = "attention"
    action: str = ""
    run: Callable[[], None] | None = None
    fades: bool = False
    """It has been read when somebody types on."""


class BallotForm(Sheet):
    """Shows a ``DeskForm`` and holds what is typed; stores nothing itself."""

    changed = Signal()
    """Something was typed."""
    else_wanted = Signal(str)
    """Somebody who is not of the team gives the speech with this key."""

    def __init__(self) -> None:
        super().__init__()
        self.desk: DeskForm | None = None
        self.typed = Typed()
        self.mode = Mode.ENTER
        self.base: Ballot | None = None
        self.notices: list[Said] = []
        self.past = Past()
        self.held = False
        self.heading = Heading()
        self.top, self.bottom = Notices(), Notices()
        self._tried = False
        self._extra: list[Problem] = []
        self._problems: list[Problem] = []
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(Space.UNIT)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.GAP, 10, Space.GAP, Space.UNIT)
        whole.setSpacing(Space.UNIT)
        whole.addWidget(self.heading)
        whole.addWidget(self.top)
        whole.addWidget(self.box, 100)
        whole.addWidget(self.bottom)
        self.column = whole
        whole.addLayout(self.buttons)
        whole.addStretch(1)

    # Opening

    def open(self, desk: DeskForm, mode: Mode, typed: Typed | None = None) -> None:
        """Show a room: what is ``typed``, else the ballot that is corrected or looked at."""
        self.past = Past(touched=typed is not None)
        self.desk, self.mode, self._tried, self._extra = desk, mode, False, []
        found = desk.waiting or desk.confirmed
        self.base = found[1] if found is not None and mode is not Mode.ENTER else None
        if typed is None:
            typed = blank(desk.sheet) if self.base is None else typed_from(desk.sheet, self.base)
        self.typed = typed
        self.typed.based_on = [list(one) for one in desk.seen.versions]
        self.typed.drawn = [list(one) for one in desk.seen.sides]
        if self.base is not None:  # what an earlier version says was answered for then
            old = typed_from(desk.sheet, self.base).scores
            self.typed.kept += [f"{key}={text}" for key, text in old.items()]
        self.notices = []
        if self.shape_like(desk.sheet):
            self._connect_all()
        self.heading.show_form(desk)
        for seat in desk.sheet.seats:
            self.quarters[seat.side.value].show_seat(seat)
        if self.panel is not None:
            self.panel.show_form(
                desk.sheet, fixed=self.is_fixed,
                corrects=mode is Mode.CORRECT and desk.confirmed is not None)
            self.panel.show_entries(desk.room.versions)
        self.refresh()

    @property
    def is_fixed(self) -> bool:
        """Tell whether the ballot is only looked at."""
        refused = self.desk is None or bool(self.desk.refused)
        return refused or self.mode in (Mode.CHECK, Mode.LOOK)

    def _connect_all(self) -> None:
        """Hear what new quarters and a new panel report."""
        for quarter in self.quarters.values():
            quarter.speaker_chosen.connect(self._on_speaker)
            quarter.ticked.connect(self._on_ticked)
            if quarter.place is not None:
                quarter.place.textEdited.connect(
                    lambda text, side=quarter.side.value: self._on_place(side, text))
            for key, line in quarter.lines.items():
                line.field.textEdited.connect(lambda text, key=key: self._on_score(key, text))
        for field in self.fields.values():
            field.swapped.connect(self.swap)
            field.editingFinished.connect(self.refresh)
            field.editingFinished.connect(self._end_step)
        if self.panel is not None:
            for words in (self.panel.comment, self.panel.reason):
                words.editingFinished.connect(self._end_step)
            self.panel.paper_typed.connect(self._on_paper)
            self.panel.motion_chosen.connect(lambda ref: self._on_text("motion", ref))
            self.panel.comment_typed.connect(lambda text: self._on_text("comment", text))
            self.panel.reason_typed.connect(lambda text: self._on_text("reason", text))

    # What is typed

    def _type(self, key: str, change: Callable[[Typed], object]) -> None:
        """Let somebody type in the field ``key``, unless what was typed is being saved."""
        if self.held:
            self.refresh()
            return
        self.past.note(key, self.typed)
        change(self.typed)
        self._on_typed()

    def _on_score(self, key: str, text: str) -> None:
        self._type(key, lambda typed: typed.scores.update({key: text}))

    def _on_place(self, side: str, text: str) -> None:
        self._type(f"{side}.place", lambda typed: typed.places.update({side: text}))

    def _on_paper(self, side: str, text: str) -> None:
        self._type(f"{side}.paper", lambda typed: typed.paper.update({side: text}))

    def _on_text(self, name: str, value: object) -> None:
        self._type(name, lambda typed: setattr(typed, name, value))
        if str(value).endswith(" "):  # a text is taken back word by word
            self._end_step()

    def _on_ticked(self, side: str, on: bool) -> None:
        if self.desk is not None:
            sheet = self.desk.sheet
            self._end_step()
            self._type(
                f"{side}.tick", lambda typed: ballot_sheet.turn_winner(sheet, typed, side, on))

    def _on_speaker(self, key: str, ref: str) -> None:
        if self.desk is None:
            return
        if ref == ELSE:
            self.refresh()
            self.else_wanted.emit(key)
            return
        sheet = self.desk.sheet
        self._end_step()
        self._type(key, lambda typed: ballot_sheet.choose_speaker(sheet, typed, key, ref))
        self._end_step()

    def substitute(self, key: str, ref: str, replaced: str) -> None:
        """Let somebody stand in for a member of the team."""
        def change(typed: Typed) -> None:
            typed.speakers[key], typed.substitutes[key] = ref, replaced

        self._end_step()
        self._type(key, change)
        self._end_step()

    def _end_step(self) -> None:
        self.past.end_step()

    def _on_typed(self) -> None:
        self._extra = []
        self.refresh()
        self.changed.emit()

    # Taking back

    def back(self) -> bool:
        """Take back what was typed last in this form; False if there is nothing."""
        return self._turn_to(self.past.back(self.typed))

    def forth(self) -> bool:
        """Type again what was taken back last; False if there is nothing."""
        return self._turn_to(self.past.forth(self.typed))

    def _turn_to(self, step: tuple[str, Typed] | None) -> bool:
        if step is None:
            return False
        key, self.typed = step
        self.forget_move()
        self._on_typed()
        place = self._place_of(key)
        if place is not None:
            place.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def refresh(self) -> None:
        """Show what is typed, what it makes and what is wrong with it."""
        if self.desk is None or self.panel is None:
            return
        sheet, stands = self.desk.sheet, running(self.desk.sheet, self.typed)
        if not self.is_fixed:
            self._problems = self._extra + problems_of(
                sheet, self.typed, complete=self._tried, at=self._partial(), base=self.base)
        else:
            self._problems = list(self._extra)
        unusual = [] if self.is_fixed else unusual_marks(sheet, self.typed)
        at_fields: dict[str, list[Problem]] = defaultdict(list)
        for one in (*self._problems, *unusual):
            at_fields[one.where].append(one)
        for seat in sheet.seats:
            quarter = self.quarters[seat.side.value]
            quarter.show_typed(sheet, seat, self.typed, fixed=self.is_fixed)
            quarter.show_running(sheet, self.typed, stands)
            quarter.show_problems(at_fields)
        self.panel.show_typed(self.typed, fixed=self.is_fixed)
        self.panel.show_running(sheet, stands)
        self.panel.show_problems(at_fields)
        self._show_banners(at_fields[""], unusual)

    def _partial(self) -> str:
        """Return the field that is being typed: half a number is not yet wrong."""
        here = self.current
        return here.key if here is not None and here.is_partial else ""

    def _show_banners(self, elsewhere: list[Problem], unusual: list[Problem]) -> None:
        top = self.notices[0] if self.notices else None
        errors = [one.message for one in elsewhere]
        if errors:
            self.top.show_one("\n".join(errors), "problem")
        elif top is not None:
            made = self.top.show_one(top.sentence, top.tone, top.action)
            if made is not None and top.run is not None:
                made.answered.connect(top.run)
        else:
            self.top.show_one("")
        if not unusual or self.top.sentence:
            self.bottom.show_one("")
            return
        first = unusual[0]
        key, text = first.where, self.typed.scores.get(first.where, "").strip()
        made = self.bottom.show_one(
            first.message, "attention", tr("Yes, keep {score}", score=text))
        if made is not None:
            made.answered.connect(lambda: self._keep(key, text))

    def _keep(self, key: str, text: str) -> None:
        self.typed.kept.append(f"{key}={text}")
        self._on_typed()

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
        """Return how many marks are missing."""
        if self.desk is None or self.desk.sheet.asks is not Asks.SCORES:
            return 0
        return running(self.desk.sheet, self.typed).to_go

    def ballot(self) -> Ballot | None:
        """Return the ballot, or None after everything that is wrong was shown at its field."""
        if self.desk is None:
            return None
        self._tried, self._extra = True, []
        if self.mode is Mode.CORRECT and self.desk.confirmed and not self.typed.reason.strip():
            self._extra = [Problem.of("error", "reason", "reason_missing")]
        self.refresh()
        if any(one.level == "error" for one in self._problems):
            self.next_problem(first=True)
            return None
        return ballot_of(self.desk.sheet, self.typed, self.base)

    def show_problems(self, problems: list[Problem]) -> None:
        """Show what the service refused beside what is known here."""
        known = {one.message for one in self._problems}
        self._tried = True
        self._extra = [
            one if one.where in ("reason", "") else Problem(one.level, "", one.code, one.message)
            for one in problems if one.message not in known]
        self.refresh()

    def next_problem(self, *, first: bool = False) -> bool:
        """Go to the next field with a problem; tell whether there is one."""
        places = [self._place_of(one.where) for one in self._problems]
        found = [one for one in self.stops() if one in places]
        if not found:
            return False
        here = QApplication.focusWidget()
        stops = self.stops()
        at = stops.index(here) if here in stops else -1
        after = [] if first else [one for one in found if stops.index(one) > at]
        (after or found)[0].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def _place_of(self, where: str) -> QWidget | None:
        """Return the widget at which a problem is told."""
        field = self.fields.get(where.removesuffix(".speaker"))
        if field is not None or self.panel is None:
            return field
        if where in ("winners", "places", "order"):
            ticks = [one for one in self.stops() if isinstance(one, Tick) and where == "winners"]
            return next(iter((*ticks, *self.stops())), None)
        quarter = self.quarters.get(where.removesuffix(".tick"))
        if quarter is not None:
            return quarter.tick
        return {
            "motion": self.panel.motion, "reason": self.panel.reason,
            "comment": self.panel.comment}.get(where)

    # Commands

    def swap(self) -> None:
        """Let the two speakers of the team that has the keys change places."""
        self._turn(ballot_sheet.swap_speakers)

    def turn_iron(self) -> None:
        """Let the speaker at the cursor speak twice, and back again."""
        self._turn(ballot_sheet.turn_iron_person)

    def _turn(self, how: Callable[[ballot_sheet.SheetForm, Typed, str], None]) -> None:
        key = self.key_here()
        if key and self.desk is not None and not self.is_fixed:
            sheet = self.desk.sheet
            self._end_step()
            self._type(key, lambda typed: how(sheet, typed, key))
            self._end_step()

    def turn_forfeit(self) -> None:
        """Let the team at the cursor forfeit, or stand again."""
        side = self.side_here()
        if side and not self.is_fixed:
            self._end_step()
            self._type(
                self.key_here(), lambda typed: ballot_sheet.turn_forfeit(typed, side))
            self._end_step()
            self.focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick a team by the number of its quarter."""
        number = event.text()
        ticks = [one.tick for one in self.quarters.values() if isinstance(one.tick, Tick)]
        at = int(number) - 1 if number.isdigit() and number.isascii() else -1
        fits = self.desk is not None and (
            self.desk.sheet.asks is Asks.ADVANCING or isinstance(QApplication.focusWidget(), Tick))
        if fits and not self.is_fixed and 0 <= at < len(ticks) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):  # fmt: skip
            ticks[at].toggle()
            ticks[at].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)
