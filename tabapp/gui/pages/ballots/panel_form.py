"""The sheets of a panel in one form: going between judges, and what is asked about their marks."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tabapp.core.errors import Problem
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.heading import Notices
from tabapp.gui.pages.ballots.judge_bar import JudgeBar
from tabapp.gui.pages.ballots.typing_form import TypingForm
from tabapp.gui.sounds import Sound, Sounds
from tabapp.services.ballot_agreement import agree, is_difference
from tabapp.services.ballot_bundle import begin_sheet, keep, split_where


class PanelForm(TypingForm):
    """Shows one sheet at a time; what is wrong or asked is told where it stands, and aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.sounds = Sounds(self)
        self.top, self.bottom = Notices(), Notices()
        self.bar = JudgeBar()
        self.bar.chosen.connect(self._on_judge)
        self.problems: list[Problem] = []
        self.questions: list[Problem] = []
        self.asked: set[tuple[str, str]] = set()
        """Where a question stood and what it said, of those that somebody was asked."""

    # The sheets of judges

    def show_judge(self, ref: str, to: int = 1) -> None:
        """Show the sheet of a judge, with the keys in its first field, or its last for -1."""
        if self.desk is None or ref not in self.bundle.sheets:
            return
        self.end_step()
        self.judge = ref
        if not self.is_fixed:
            begin_sheet(self.desk.sheet, self.bundle, ref)
        self.forget_move()
        self.refresh()
        self.box.verticalScrollBar().setValue(0)
        if self.is_fixed:
            return
        if to > 0:
            self.focus_first()
        else:
            self.focus_last()

    def _on_judge(self, ref: str) -> None:
        self._tell_aloud()
        self.show_judge(ref)

    def why_one_sheet(self) -> str:
        """Say why there is no sheet of another judge to go to, "" where there is one."""
        several = self.desk is not None and len(self.desk.sheet.sheet_refs) > 1
        return "" if several else tr("No ballot with a sheet from each judge is open.")

    def turn_sheet(self, to: int) -> None:
        """Go to the sheet of the next judge (1) or the one before (-1), if there is one."""
        refs = self.desk.sheet.sheet_refs if self.desk is not None else ()
        at = refs.index(self.judge) + to if self.judge in refs else -1
        if 0 <= at < len(refs):
            self._tell_aloud()
            self.show_judge(refs[at], to)

    def go_past(self, to: int) -> None:
        """Go to the next judge's sheet, or stay once where this one is wrong or asks something."""
        if self.desk is None or self.is_fixed or len(self.desk.sheet.sheet_refs) < 2:
            return
        wrong = [one for one in self.here(self.problems) if one[1].level == "error"]
        if to > 0 and wrong:
            self.sounds.play(Sound.PROBLEM)
            place = self.place_of(wrong[0][0])
            if place is not None:
                place.setFocus(Qt.FocusReason.TabFocusReason)
        elif to < 0 or not self.ask_once([one for _key, one in self.here(self.questions)]):
            self.turn_sheet(to)

    def here(self, found: list[Problem]) -> list[tuple[str, Problem]]:
        """Return what concerns the sheet on the screen, with the key of its field."""
        parts = [(*split_where(one.where), one) for one in found]
        return [(key, one) for judge, key, one in parts if judge in ("", self.judge)]

    def _tell_aloud(self) -> None:
        """Let be heard that the sheet on the screen is left with something wrong, or open."""
        if self.is_fixed:
            return
        if any(one.level == "error" for _key, one in self.here(self.problems)):
            self.sounds.play(Sound.PROBLEM)
        elif self.here(self.questions):
            self.sounds.play(Sound.QUESTION)

    def ask_once(self, found: list[Problem]) -> bool:
        """Stay for questions that nobody was asked; tell whether there are any.

        Asked was what stood below the sheet while somebody typed on, and what stopped a save.
        """
        new = {(one.where, one.message) for one in found} - self.asked
        if not new:
            return False
        self.asked |= new
        self.sounds.play(Sound.QUESTION)
        first = next(one for one in found if (one.where, one.message) in new)
        judge, key = split_where(first.where)
        if judge and judge != self.judge:
            self.judge = judge
        self.refresh()
        place = self.place_of(key)
        if place is not None:
            place.setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def show_question(self) -> None:
        """Show what sheets say differently, else the first question, while no banner is above."""
        differs = [one for _key, one in self.here(self.problems) if is_difference(one)]
        asked = [one for _key, one in self.here(self.questions)]
        if self.top.sentence or not (differs or asked) or self.desk is None:
            self.bottom.show_one("")
        elif differs:
            one = differs[0]
            made = self.bottom.show_one(
                one.message, "problem", tr("On all sheets as on this one"))
            if made is not None:
                made.answered.connect(lambda: self._agree(one))
        else:
            first = asked[0]
            made = self.bottom.show_one(first.message, "attention", self._answer_to(first))
            if made is not None:
                made.answered.connect(lambda: self._keep(first))

    def _keep(self, question: Problem) -> None:
        if self.desk is not None:
            sheet = self.desk.sheet
            self.type_at("", lambda _typed: keep(sheet, self.bundle, question))

    def _agree(self, difference: Problem) -> None:
        """Let every sheet say what this one says of a field."""
        judge, key = split_where(difference.where)
        self.type_at(key, lambda _typed: agree(self.bundle, judge or self.judge, key))
        self.end_step()

    def _answer_to(self, question: Problem) -> str:
        """Return what the button of a question says, with the mark that would be kept."""
        line = self.line_of(split_where(question.where)[1])
        if line is None or question.code not in ("score_unusual", "score_turned"):
            return tr("Yes, the paper says so")
        return tr("Yes, keep {score}", score=line.value.text())
