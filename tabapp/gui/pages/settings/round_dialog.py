"""A round of the plan: its name, how it is drawn, what it weighs, when it starts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.types import TWO_SIDES, DrawType, Stage
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.services.round_setup import RoundBoard, RoundEntry, check_place, check_round

DRAW_WORDS = {
    DrawType.RANDOM: "Random", DrawType.POWER: "Power-paired", DrawType.ROUND_ROBIN: "Round-robin",
    DrawType.SEEDED: "Seeded", DrawType.MANUAL: "By hand", DrawType.ELIMINATION: "Elimination",
}
DRAW_ABOUT = {
    DrawType.RANDOM: "By lot: points are not looked at",
    DrawType.POWER: "Teams on equal points meet, by the rules of the draw",
    DrawType.ROUND_ROBIN: "Everybody meets everybody in turn, over all rounds of this type",
    DrawType.SEEDED: "By the seeds of the teams, paired by the pairing method",
    DrawType.MANUAL: "You put the rooms together one by one",
    DrawType.ELIMINATION: "By the bracket of the break: winners go on",
}
STAGE_WORDS = {Stage.PRELIMINARY: "Preliminary", Stage.ELIMINATION: "Elimination"}

Save = Callable[["RoundDialog", RoundEntry], None]


class RoundDialog(EntryDialog):
    """Adds a round at ``place`` (from 0), or changes the round ``round_id``."""

    def __init__(
        self, parent: QWidget | None, board: RoundBoard, save: Save, *,
        round_id: int | None = None, place: int = 0,
    ) -> None:  # fmt: skip
        new = round_id is None
        verb = tr("Add round") if new else tr("Save round")
        entry = board.customary(place) if round_id is None else RoundEntry.of(board.round(round_id))
        title = verb if round_id is None else tr("Edit {round}", round=board.round(round_id).title)
        super().__init__(parent, title, verb, width=600)
        self._board, self._save = board, save
        self._round_id, self.place_wanted = round_id, place
        self.name, self.abbreviation = QLineEdit(entry.name), QLineEdit(entry.abbreviation)
        self.stage, self.draw_type, self.category = QComboBox(), QComboBox(), QComboBox()
        self.weight = QLineEdit(entry.weight)
        self.feedback_weight = QLineEdit(entry.feedback_weight)
        self.starts_at = QLineEdit(entry.starts_at)
        self.kind = QLineEdit(entry.kind)
        self.silent = QCheckBox(tr("Silent: results are kept back until the break"))
        self._fill(entry)
        self._lay_out(new)
        for key in ("name", "abbreviation", "weight", "feedback_weight", "starts_at", "kind"):
            self.watch(key, getattr(self, key).textEdited)
        for box in (self.stage, self.draw_type, self.category):
            # they go together: one that changes may put another wrong, or right
            box.currentIndexChanged.connect(
                lambda _at: self.judge("stage", "draw_type", "category"))
        self.draw_type.currentIndexChanged.connect(lambda _at: self._explain())
        self._explain()
        self.name.setFocus()
        self.name.selectAll()
        self.judge("draw_type")

    def _fill(self, entry: RoundEntry) -> None:
        for stage in Stage:
            self.stage.addItem(tr(STAGE_WORDS[stage]), stage.value)
        for draw in DrawType:
            if self._round_id is not None or draw is not DrawType.ELIMINATION:
                self.draw_type.addItem(tr(DRAW_WORDS[draw]), draw.value)
        self.category.addItem(tr("None"), None)
        for one in self._board.categories:
            self.category.addItem(one.title, one.id)
        self.stage.setCurrentIndex(self.stage.findData(entry.stage))
        self.draw_type.setCurrentIndex(self.draw_type.findData(entry.draw_type))
        self.category.setCurrentIndex(max(0, self.category.findData(entry.category)))
        self.silent.setChecked(entry.silent)

    def _lay_out(self, new: bool) -> None:
        zone = self._board.timezone
        self._row(("name", tr("Name"), "", 2), ("abbreviation", tr("Abbreviation"), "", 1))
        self._row(("draw_type", tr("Draw"), "", 1), *self._of_two())
        if not new:
            self._row(
                ("stage", tr("Stage"), "", 1), ("category", tr("Break category"), "", 1))
        self._row(
            ("weight", tr("Weight"), tr("Whole number; 1 counts once"), 1),
            ("feedback_weight", tr("Weight of feedback"), tr("0 to 1"), 1),
            ("starts_at", tr("Starts"), tr("14:30 or 2026-01-31 14:30, {zone}", zone=zone), 1))
        self.form.add_row(self.silent)
        self.body.addWidget(self.form)

    def _of_two(self) -> tuple[tuple[str, str, str, int], ...]:
        """Return the field of the kind: only the sides of two teams are balanced by it."""
        if self._board.sides != TWO_SIDES:
            return ()
        hint = tr("Such as impromptu; sides are balanced within it too")
        return (("kind", tr("Kind"), hint, 1),)

    def _explain(self) -> None:
        """Say below the draw what is done in it."""
        self.form.fields["draw_type"].show_hint(
            tr(DRAW_ABOUT[DrawType(self.draw_type.currentData())]))

    def _row(self, *parts: tuple[str, str, str, int]) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for key, title, hint, share in parts:
            field = Field(title, getattr(self, key), hint=hint)
            row.addWidget(self.form.adopt(key, field), share)
        self.form.add_row(both)

    def entry(self) -> RoundEntry:
        """Return what stands in the fields."""
        return RoundEntry(
            name=self.name.text(), abbreviation=self.abbreviation.text(),
            stage=self.stage.currentData(), draw_type=self.draw_type.currentData(),
            category=self.category.currentData(), weight=self.weight.text(),
            feedback_weight=self.feedback_weight.text(), starts_at=self.starts_at.text(),
            silent=self.silent.isChecked(), kind=self.kind.text(),
        )

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with it."""
        entry = self.entry()
        if self._round_id is not None:
            return check_round(self._board, entry, self._round_id)
        return [
            *check_round(self._board, entry, place=self.place_wanted),
            *check_place(self._board, entry, self.place_wanted)]

    def save(self) -> None:
        """Hand it to the pane, which stores it."""
        self._save(self, self.entry())
