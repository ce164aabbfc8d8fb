"""One speech on the sheet: who gives it, and the fields of its mark, its criteria and its rank."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from tabapp.core.errors import Problem
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.chooser import HEIGHT, SpeakerChooser
from tabapp.gui.pages.ballots.score_field import WIDTH, ScoreField
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_sheet import Limits

_LINE = 16
_TITLE = 18
_SMALL = 48
_SUM = 52
_RANK = 36
_NAME = 128
"""A name beside its marks is not to be narrower."""
BESIDE = 3
"""As many criteria stand beside the name where there is room; more stand below it."""
CAPTION = 16
"""Height of what criteria are called, once above those that stand below the names."""
_LOW = 28
"""Least height of a mark that stands below the name."""
STACKED = HEIGHT + _LOW + _LINE
"""Height of a speech whose marks stand below the name."""


@dataclass(frozen=True, slots=True)
class SmallField:
    """A criterion of a speech: the key of its field, what it is called, and its marks."""

    key: str
    name: str
    low: float
    high: float
    step: float


class SpeechLine:
    """The widgets of one speech; they stand in ``grid``."""

    def __init__(
        self, key: str, title: str, side: str, limits: Limits, criteria: Sequence[SmallField],
        last_rank: int,
    ) -> None:  # fmt: skip
        """``last_rank`` is the lowest rank of a speech, 0 where speeches are not ranked."""
        name = f"{side}, {title}"
        self.key = key
        self.title = Name(title, "small", "text2")
        self.chooser = SpeakerChooser(tr("Speaker: {name}", name=name))
        self.field = ScoreField(key, tr("Score: {name}", name=name))
        self.field.set_limits(limits.low, limits.high, limits.step)
        self.field.chooser_wanted.connect(self.chooser.begin)
        self.chooser.left.connect(self._take_keys)
        self.value = label("", "score" if criteria else "figure")
        self.value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.value.setFixedSize(_SUM if criteria else WIDTH, Height.ROW_TALL)
        self.value.setAccessibleName(tr("Score: {name}", name=name))
        self.sentence = Name("", "small", "problem")
        self.sentence.setFixedHeight(_LINE)
        self.criteria = {one.key: self._criterion(one, name) for one in criteria}
        self.rank: ScoreField | None = None
        if last_rank:
            self.rank = ScoreField(
                f"{key}.rank", tr("Rank: {name}", name=name), width=_RANK, height=Height.CONTROL)
            self.rank.set_limits(1, last_rank, 1)
        self._captions = [_caption(one.name) for one in criteria]
        if self.rank is not None:
            self._captions.append(_caption(tr("Rank")))
        self.is_stacked = False
        self._said = self._hint = ""
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(Space.HALF if criteria else Space.UNIT)
        self.grid.setVerticalSpacing(0)

    def _criterion(self, one: SmallField, name: str) -> ScoreField:
        made = ScoreField(
            one.key, f"{one.name}: {name}", width=_SMALL, height=Height.CONTROL)
        made.set_limits(one.low, one.high, one.step)
        made.chooser_wanted.connect(self.chooser.begin)
        return made

    def stack(self, *, on: bool, captioned: bool) -> None:
        """Let criteria stand below the name; ``captioned``: what they are called above them.

        More of them than fit beside a name always stand below it.
        """
        self.is_stacked = bool(self.criteria) and (on or len(self.criteria) > BESIDE)
        while self.grid.takeAt(0) is not None:
            pass
        for column in range(self.grid.columnCount()):
            self.grid.setColumnStretch(column, 0)
        for one in self._captions:
            one.setFixedHeight(CAPTION if self.is_stacked else _TITLE)
            one.hide()
        if self.criteria:
            self.value.setFixedHeight(_LOW if self.is_stacked else Height.ROW_TALL)
        if self.is_stacked:
            self._lay_below(captioned=captioned)
        else:
            self._lay_beside()
        for one in self._captions:
            if captioned or not self.is_stacked:  # by now each stands in the quarter
                one.show()

    def _lay_beside(self) -> None:
        grid = self.grid
        self.title.setFixedHeight(_TITLE)
        grid.addWidget(self.title, 0, 0)
        grid.addWidget(self.chooser, 1, 0)
        grid.setColumnStretch(0, 1)
        small = [*self.criteria.values(), *filter(None, [self.rank])]
        for column, (words, one) in enumerate(zip(self._captions, small, strict=True), 1):
            grid.addWidget(words, 0, column)
            grid.addWidget(one, 1, column)
        last = 1 + len(small)
        if not self.criteria:
            grid.addWidget(self.field, 0, last, 2, 1)
        grid.addWidget(self.value, 0, last, 2, 1)
        grid.addWidget(self.sentence, 2, 0, 1, last + 1)

    def _lay_below(self, *, captioned: bool) -> None:
        """Put the name and what the speech is called into one line, the marks into the next."""
        grid = self.grid
        small = [*self.criteria.values(), *filter(None, [self.rank])]
        last = len(small) + 1
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        self.title.setFixedHeight(HEIGHT)
        head.addWidget(self.chooser, 3)
        head.addWidget(self.title, 2)
        grid.addLayout(head, 0, 0, 1, last + 1)
        for column, (words, one) in enumerate(zip(self._captions, small, strict=True)):
            if captioned:
                grid.addWidget(words, 1, column)
            grid.addWidget(one, 2, column)
        grid.setColumnStretch(last - 1, 1)
        grid.addWidget(self.value, 2, last)
        grid.addWidget(self.sentence, 3, 0, 1, last + 1)

    def width_wanted(self, *, stacked: bool) -> int:
        """Return the width in which it can be read; 0 where marks are not made of criteria."""
        if not self.criteria:
            return 0
        small = len(self.criteria) * (_SMALL + Space.HALF) + (
            _RANK + Space.HALF if self.rank is not None else 0)
        below = stacked or len(self.criteria) > BESIDE
        return small + _SUM + Space.HALF + (0 if below else _NAME)

    def _take_keys(self, digit: str) -> None:
        """Take the keys back from the chooser, with the digit that was typed there."""
        first = self.marks[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)
        if digit:
            first.type_over(digit)

    @property
    def marks(self) -> list[ScoreField]:
        """Return the fields that make the mark: its criteria, or itself."""
        return list(self.criteria.values()) or [self.field]

    @property
    def fields(self) -> list[ScoreField]:
        """Return every field of the speech."""
        return [*self.marks, *filter(None, [self.rank])]

    def show_texts(self, texts: Mapping[str, str], total: str, *, fixed: bool, gone: bool) -> None:
        """Show what is typed in each field; ``total`` is the mark, large where it is not typed."""
        for one in self.fields:
            text = "" if gone else texts.get(one.key, "")
            if one.text() != text:
                one.setText(text)
            one.setEnabled(not gone)
            if one is not self.field:
                one.show_fixed(fixed)
        self.value.setText(total or "–")
        self.value.setVisible(fixed or bool(self.criteria))
        self.field.setVisible(not fixed and not self.criteria)

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        """Edge the fields in question, and say what is wrong below them."""
        said: list[str] = []
        for one in self.fields:
            own = problems.get(one.key, ())
            wrong = any(each.level == "error" for each in own)
            one.show_state("problem" if wrong else "attention" if own else "")
            here = [*own, *(problems.get(f"{self.key}.speaker", ()) if one is self.marks[0]
                            else ())]
            one.setAccessibleDescription(" ".join(each.message for each in here))
            said += [each.message for each in here if each.level == "error" or each not in own]
        if self.criteria:  # the sum has no field of its own
            said += [each.message for each in problems.get(self.key, ())]
        self._said = " ".join(said)
        self._say()

    def show_hint(self, words: str) -> None:
        """Say what a key did not do in the place of what is wrong; "" takes it back."""
        self._hint = words
        self._say()

    def _say(self) -> None:
        words = self._hint or self._said
        if words != self.sentence.text:
            self.sentence.set_text(words)


def _caption(words: str) -> Name:
    made = Name(words, "small", "text2")
    made.setFixedSize(_SMALL if len(words) > len("Rank") else _RANK, _TITLE)
    return made
