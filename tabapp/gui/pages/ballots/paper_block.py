"""What the paper says itself of totals and places; both are optional and catch mistyped marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from tabapp.core.errors import Problem
from tabapp.gui import theme
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.number_chooser import NumberChooser
from tabapp.gui.pages.ballots.quarter import side_word
from tabapp.gui.pages.ballots.score_field import ScoreField
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.painted import label
from tabapp.services.ballot_fields import SheetForm
from tabapp.services.ballot_typed import Typed

_TOTAL = 56
_PLACE = 30
_SAID = 2


class PaperBlock(QWidget):
    """A field for the total of each side, and one for its place; of two sides, which one won.

    Where the winner is ticked anyway, nothing more is asked of it here.
    """

    total_typed = Signal(str, str)
    """A side, and its total as the paper has it."""
    place_typed = Signal(str, str)
    """A side, and its place as the paper has it."""

    def __init__(self, form: SheetForm) -> None:
        super().__init__()
        self.totals: dict[str, ScoreField] = {}
        self.places: dict[str, ScoreField] = {}
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, Space.HALF, 0, 0)
        whole.setSpacing(Space.HALF)
        two = len(form.seats) == 2
        self.winner: NumberChooser | None = None
        asks_places = form.is_contest and not two
        words = tr("Totals and places on the paper") if asks_places else tr("Totals on the paper")
        whole.addWidget(label(words, "header", role="secondary"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.HALF)
        grid.setVerticalSpacing(Space.HALF)
        whole.addLayout(grid)
        for i, seat in enumerate(form.seats):
            side, word = seat.side.value, side_word(form, seat.side)
            row, column = divmod(i, 2)
            grid.addWidget(label(word, "chip", role="secondary"), row, 3 * column)
            grid.addWidget(self._total(form, side, word), row, 3 * column + 1)
            if asks_places:
                grid.addWidget(self._place(form, side, word), row, 3 * column + 2)
        if two and form.is_contest and not form.asks_winners:
            self.winner = self._winner(form)
            grid.addWidget(self.winner, 0, 6)
        grid.setColumnStretch(6, 1)
        self.problem = label("", "small", wrap=True)
        theme.mark(self.problem, state="problem")
        whole.addWidget(self.problem)
        self.problem.hide()

    def _total(self, form: SheetForm, side: str, word: str) -> ScoreField:
        limits = [form.limits(position) for position in form.positions]
        made = ScoreField(
            f"{side}.paper", tr("Total of {side} on the paper", side=word), width=_TOTAL,
            height=Height.CONTROL)
        made.set_limits(
            sum(one.low for one in limits), sum(one.high for one in limits),
            min(one.step for one in limits))
        made.textEdited.connect(lambda text: self.total_typed.emit(side, text))
        self.totals[side] = made
        return made

    def _place(self, form: SheetForm, side: str, word: str) -> ScoreField:
        made = ScoreField(
            f"{side}.paper_place", tr("Place of {side} on the paper", side=word), width=_PLACE,
            height=Height.CONTROL)
        made.set_limits(1, len(form.seats), 1)
        made.textEdited.connect(lambda text: self.place_typed.emit(side, text))
        self.places[side] = made
        return made

    def _winner(self, form: SheetForm) -> NumberChooser:
        sides = [seat.side.value for seat in form.seats]
        made = NumberChooser("paper.winner", tr("Winner on the paper"))
        made.setPlaceholderText(tr("Won"))
        made.offer([(seat.side.value, side_word(form, seat.side)) for seat in form.seats])

        def pick(chosen: object) -> None:
            for side in sides:
                place = "" if chosen is None else "1" if side == chosen else "2"
                self.place_typed.emit(side, place)

        made.picked.connect(pick)
        return made

    @property
    def stops(self) -> list[ScoreField | NumberChooser]:
        """Return what Enter visits."""
        return [*self.fields, *filter(None, [self.winner])]

    @property
    def fields(self) -> list[ScoreField]:
        """Return the fields side by side as the paper has them: totals, then places."""
        return [*self.totals.values(), *self.places.values()]

    def show_typed(self, typed: Typed, *, fixed: bool) -> None:
        """Show what is typed."""
        for fields, texts in ((self.totals, typed.paper), (self.places, typed.paper_places)):
            for side, field in fields.items():
                text = texts.get(side, "")
                if field.text() != text:
                    field.setText(text)
                field.setEnabled(not fixed and side not in typed.forfeits)
        if self.winner is not None:
            self.winner.show_choice(next(
                (side for side, place in typed.paper_places.items() if place == "1"), None))
            self.winner.setEnabled(not fixed and not typed.forfeits)

    def show_problems(self, problems: Mapping[str, Sequence[Problem]]) -> None:
        """Edge the fields in question; say below what is wrong, else what is asked."""
        said: list[str] = []
        asked: list[str] = []
        for field in self.fields:
            here = problems.get(field.key, ())
            wrong = [one.message for one in here if one.level == "error"]
            field.show_state("problem" if wrong else "attention" if here else "")
            field.setAccessibleDescription(" ".join(one.message for one in here))
            said += wrong
            asked += [one.message for one in here if one.level != "error"]
        if self.winner is not None:
            here = [one for key in self.totals for one in problems.get(f"{key}.paper_place", ())]
            self.winner.show_state("attention" if here else "")
            asked += [one.message for one in here]
        self.problem.setText("\n".join((said or asked)[:_SAID]))
        self.problem.setVisible(bool(said or asked))
        state = "problem" if said else "attention"
        if self.problem.property("state") != state:
            theme.mark(self.problem, state=state)
