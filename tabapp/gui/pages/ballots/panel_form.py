"""The sheets of a panel in one form: going between judges, and what is asked about their marks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication

from tabapp.core.errors import Problem
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.heading import Notices
from tabapp.gui.pages.ballots.judge_bar import JudgeBar
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.pages.ballots.typing_form import TypingForm
from tabapp.gui.sounds import Sound, Sounds
from tabapp.services.ballot_agreement import agree, is_difference
from tabapp.services.ballot_bundle import begin_sheet, keep, split_where

_LINES = 4
"""Questions that stand below one another; more of them follow one another."""
_LISTED = 12
_IN_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


def _said(found: list[Problem]) -> set[tuple[str, str]]:
    """Return where each one stands and what it says."""
    return {(one.where, one.message) for one in found}


class PanelForm(TypingForm):
    """Shows one sheet at a time; what is wrong or asked is told where it stands, and aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.sounds = Sounds(self)
        self.top, self.bottom = Notices(), Notices()
        self.bar = JudgeBar()
        self.bar.chosen.connect(self._on_judge)
        self.heard.connect(self._let_hear)
        self.problems: list[Problem] = []
        self.questions: list[Problem] = []
        self.asked: set[tuple[str, str]] = set()
        """Where a question stood and what it said, of those that stopped a save."""
        self._extra: list[Problem] = []
        self._heard: set[tuple[str, str]] = set()
        self._waits = ""
        """The mark that was left and may get a half yet, of which nothing was told."""

    # What is to be heard

    def connect_fields(self) -> None:
        """Hear also when a field is left."""
        super().connect_fields()
        for one in self.fields.values():
            one.editingFinished.connect(lambda one=one: self._on_left(one))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell what is wrong or unusual when its field is left; say of a field what is asked."""
        found = super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent) and event.reason() not in _IN_PASSING:
            if event.type() is QEvent.Type.FocusOut:
                self._on_left(watched)
            elif len(self.questions) > 1:
                self.show_question()
        return found

    def _on_left(self, left: object) -> None:
        """Tell what is new, but let a mark that a point may follow wait for the next key."""
        open_ = ""
        if isinstance(left, ScoreField) and left.allows_half and left.key == self._moved_from:
            open_ = left.key
        if not open_ or self._waits not in ("", open_):
            self._tell_new()
        self._waits = open_

    def on_typed(self) -> None:
        """Tell what waited for the next key, and show what was typed."""
        if self._waits:
            self._tell_new()
        super().on_typed()

    def _half(self, field: ScoreField) -> None:
        """Put a half to a mark, and judge the mark by it."""
        self._waits = ""
        super()._half(field)
        self._tell_new()

    def _let_hear(self, sound: Sound) -> None:
        self.sounds.play(sound)

    def _tell_new(self) -> None:
        """Let be heard, once, what is wrong or unusual since a field was left before.

        What was put there by a refusal was told with it.
        """
        self._waits = ""
        if self.is_fixed:
            return
        wrong = _said([
            one for one in self.problems if one.level == "error" and one not in self._extra])
        found = wrong | _said(self.questions)
        new, self._heard = found - self._heard, found
        if new:
            self.sounds.play(Sound.PROBLEM if new & wrong else Sound.QUESTION)

    def take_as_heard(self) -> None:
        """Let nothing be heard of what stands here: it is told in another way, or was before."""
        self._waits = ""
        self._heard = _said([*self.problems, *self.questions])

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
        self._tell_left()
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
            self._tell_left()
            self.show_judge(refs[at], to)

    def go_past(self, to: int) -> None:
        """Go to the next judge's sheet, or stay where this one is wrong."""
        if self.desk is None or self.is_fixed or len(self.desk.sheet.sheet_refs) < 2:
            return
        wrong = [one for one in self.here(self.problems) if one[1].level == "error"]
        if to > 0 and wrong:
            self.sounds.play(Sound.PROBLEM)
            place = self.place_of(wrong[0][0])
            if place is not None:
                place.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.turn_sheet(to)

    def here(self, found: list[Problem]) -> list[tuple[str, Problem]]:
        """Return what concerns the sheet on the screen, with the key of its field."""
        parts = [(*split_where(one.where), one) for one in found]
        return [(key, one) for judge, key, one in parts if judge in ("", self.judge)]

    def _tell_left(self) -> None:
        """Let be heard that a sheet is left with something wrong, or with what was not told yet."""
        if not self.is_fixed and any(
            one.level == "error" for _key, one in self.here(self.problems)
        ):  # fmt: skip
            self.take_as_heard()
            self.sounds.play(Sound.PROBLEM)
        else:
            self._tell_new()

    # What is asked

    def ask_once(self) -> bool:
        """Stop a save for questions that stopped none before; tell whether there are any.

        All of them are listed then, those of other sheets too, until they are answered.
        """
        new = _said(self.questions) - self.asked
        if not new:
            return False
        self.asked |= new
        self.take_as_heard()
        self.sounds.play(Sound.QUESTION)
        self._go_to_question(next(
            one for one in self.questions if (one.where, one.message) in new))
        return True

    def _go_to_question(self, question: Problem) -> None:
        judge, key = split_where(question.where)
        if judge and judge != self.judge:
            self.judge = judge
        self.refresh()
        place = self.place_of(key)
        if place is not None:
            place.setFocus(Qt.FocusReason.TabFocusReason)

    def next_question(self) -> bool:
        """Go to what is asked next, on the next sheet too; tell whether anything is."""
        if not self.questions:
            return False
        here = QApplication.focusWidget()
        at = [
            n for n, one in enumerate(self.questions)
            if one in self._asked_here() and self.place_of(split_where(one.where)[1]) is here]
        self._go_to_question(self.questions[(at[-1] + 1 if at else 0) % len(self.questions)])
        return True

    def _asked_here(self) -> list[Problem]:
        return [one for _key, one in self.here(self.questions)]

    def show_question(self) -> None:
        """Show what sheets say differently, else what is asked, while no banner is above."""
        differs = [one for _key, one in self.here(self.problems) if is_difference(one)]
        stopped = bool(_said(self.questions) & self.asked)
        asked = self.questions if stopped else self._asked_here()
        if self.desk is None or self._is_covered(stopped=stopped) or not (differs or asked):
            self.bottom.show_one("")
        elif differs:
            one = differs[0]
            made = self.bottom.show_one(
                one.message, "problem", tr("On all sheets as on this one"))
            if made is not None:
                made.answered.connect(lambda: self._agree(one))
        else:
            self._show_asked(asked, stopped=stopped)

    def _is_covered(self, *, stopped: bool) -> bool:
        """Tell whether a banner above comes first: there is room for one, but for a save."""
        return bool(self.top.sentence) and not (stopped and self.top.tone != "problem")

    def _show_asked(self, found: list[Problem], *, stopped: bool) -> None:
        """Show one question, or how many there are; what the keys stand at comes first."""
        here = QApplication.focusWidget()
        first = next((
            one for key, one in self.here(found) if here is not None and (
                self.place_of(key) is here)), found[0])
        if stopped:
            words = self._listed([first, *(one for one in found if one is not first)])
        elif len(found) > 1:
            words = tr(
                "{n} things look unusual, F8 goes to each. {first}", n=len(found),
                first=first.message)
        else:
            words = first.message
        answer = "" if self.top.can_be_answered else self._answer_to(first)
        made = self.bottom.show_one(words, "attention", answer)
        if made is not None:
            made.answered.connect(lambda: self._keep(first))

    def _listed(self, found: list[Problem]) -> str:
        """List everything that stopped a save, and say how it goes on."""
        told = [self._with_judge(one) for one in found[:_LISTED]]
        more = len(found) - _LISTED
        if more > 0:
            told.append(tr("{n} more.", n=more))
        if len(found) == 1:
            return tr("{question} Then save once more.", question=told[0])
        head = tr("{n} things look unusual. Where the paper says so, save once more.", n=len(found))
        return "\n".join([head, ("\n" if len(told) <= _LINES else "  ").join(told)])

    def _with_judge(self, question: Problem) -> str:
        judge = split_where(question.where)[0]
        if not judge or self.desk is None:
            return question.message
        return tr(
            "{judge}: {sentence}", judge=self.desk.sheet.judge_name(judge),
            sentence=question.message)

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
        judge, key = split_where(question.where)
        line = self.line_of(key) if judge in ("", self.judge) else None
        if question.code == "ranks_not_typed":
            return tr("Yes, it gives none")
        if line is None or question.code not in ("score_unusual", "score_turned"):
            return tr("Yes, the paper says so")
        return tr("Yes, keep {score}", score=line.value.text())
