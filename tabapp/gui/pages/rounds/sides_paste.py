"""The field into which lines of a team and its side are pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from tabapp.domain.types import Side
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.widgets.fields import Field
from tabapp.services.side_plan import PlannedRound, SidePlan, read_lines

_MOST = 5
"""Lines that are told at once of what is wrong."""


class PasteDialog(Dialog):
    """Takes the sides of one round; all that is wrong is said, and then nothing is taken."""

    def __init__(
        self, parent: QWidget, plan: SidePlan, to: PlannedRound,
        take: Callable[[dict[str, Side]], None],
    ) -> None:
        super().__init__(
            parent, tr("Paste the sides of {round}", round=to.title), tr("Take the sides"),
            width=520)
        self._plan, self._take = plan, take
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(220)
        aff, neg = plan.side_names
        self.field = Field(
            tr("Lines"), self.text,
            hint=tr("A team and its side a line, such as: Team A, {aff}. Also {neg}.",
                    aff=aff, neg=neg))
        self.body.addWidget(self.field, 1)
        self.text.textChanged.connect(self.field.show_nothing)
        self.text.setFocus()

    def act(self) -> None:
        """Take the sides if all lines can be read."""
        sides, problems = read_lines(self._plan, self.text.toPlainText())
        if problems:
            told = [f"{one.where}: {one.message}" for one in problems[:_MOST]]
            if len(problems) > _MOST:
                told.append(tr("And {n} more.", n=len(problems) - _MOST))
            self.field.show_problem("\n".join(told))
            return
        if not sides:
            self.field.show_problem(tr("Nothing stands here. Paste a team and its side a line."))
            return
        self.accept()
        self._take(sides)
