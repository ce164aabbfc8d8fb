"""The line above the ledger: which family, earned or not, and the words of a filter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui.award_words import FAMILIES
from tabapp.gui.messages import tr
from tabapp.gui.pages.awards.ledger import ALL, EARNED, OPEN, Ledger, Wanted
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.segments import Segments

FAMILY_COMMANDS = {
    "all": ALL, "teams": "teams", "speakers": "speakers", "judges": "adjudicators",
    "tournament": "tournament",
}
"""What each command that chooses a family shows."""


class FilterBar(QWidget):
    """Reports every change of what a person wants to see."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.families = Segments(tr("Awards of"), [
            (ALL, tr("All")), *((key, tr(words)) for key, words in FAMILIES.items())])
        self.states = Segments(tr("Which awards"), [
            (ALL, tr("All")), (EARNED, tr("Earned")), (OPEN, tr("Nobody yet"))])
        self.filter = SearchField(tr("Filter awards and winners"), keys=("/",))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        for part in (self.families, self.states, self.filter):
            row.addWidget(part)
        row.addStretch(1)
        for heard in (self.families.chosen, self.states.chosen, self.filter.textChanged):
            heard.connect(self._tell)

    def _tell(self, _value: str) -> None:
        self.changed.emit()

    @property
    def wanted(self) -> Wanted:
        """What a person asked to see."""
        return Wanted(self.families.key, self.states.key, self.filter.text())

    def show_counts(self, ledger: Ledger) -> None:
        """Say how many awards are earned, and how many not."""
        earned = ledger.view.earned
        self.states.set_words(EARNED, tr("Earned {n}", n=earned))
        self.states.set_words(OPEN, tr("Nobody yet {n}", n=len(ledger.lines) - earned))

    def choose_family(self, family: str) -> None:
        """Show the awards of one family, or of all."""
        self.families.choose(family)
        self.changed.emit()

    def toggle_earned(self) -> None:
        """Show only what is earned, or all again."""
        self.states.choose(ALL if self.states.key == EARNED else EARNED)
        self.changed.emit()

    def show_everything(self) -> None:
        """Leave nothing out."""
        self.families.choose(ALL)
        self.states.choose(ALL)
        self.filter.clear()
        self.changed.emit()
