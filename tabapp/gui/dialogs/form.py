"""Fields of a dialog by key, and what is wrong with them, each at its field."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.gui.messages import sentence_of
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import Field


def in_a_row(*fields: Field) -> tuple[QWidget, QHBoxLayout]:
    """Return a row with fields of the same width, and its layout for what comes after them."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.GAP)
    for one in fields:
        row.addWidget(one, 1)
    return made, row


class Form(QWidget):
    """A column of fields. ``Problem.where`` names a field by its key; the rest stands on top."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Field] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.GAP)
        self._banner: Banner | None = None

    def add(self, key: str, field: Field) -> Field:
        """Put a field at the end."""
        self.fields[key] = field
        self._column.addWidget(field)
        return field

    def adopt(self, key: str, field: Field) -> Field:
        """Know a field that stands elsewhere, as in a row of several."""
        self.fields[key] = field
        return field

    def add_row(self, row: QWidget) -> None:
        """Put something else between the fields."""
        self._column.addWidget(row)

    def clear_problems(self) -> None:
        """Say that all is right again."""
        for field in self.fields.values():
            field.show_nothing()
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.deleteLater()
            self._banner = None

    def show_problems(self, problems: Iterable[Problem], *, focus: bool = True) -> None:
        """Show all problems at once, each at its field, the errors first; go to the first.

        Without ``focus`` the keys stay where they are, as while somebody is typing.
        """
        self.clear_problems()
        told: dict[str, str] = {}
        elsewhere: list[Problem] = []
        for one in sorted(problems, key=lambda one: one.level != "error"):
            field = self.fields.get(one.where)
            if field is None:
                elsewhere.append(one)
                continue
            if one.where in told:  # one sentence a field
                continue
            told[one.where] = one.level
            if one.level == "error":
                field.show_problem(one.message)
            else:
                field.show_attention(one.message)
        if elsewhere:
            worst = "problem" if any(one.level == "error" for one in elsewhere) else "attention"
            self._banner = Banner("\n".join(one.message for one in elsewhere), tone=worst)
            self._column.insertWidget(0, self._banner)
        first = min(
            told, key=lambda key: (told[key] != "error", list(self.fields).index(key)),
            default="")
        if focus and first:
            self.fields[first].field.setFocus()

    def show_error(self, error: Exception) -> None:
        """Show what a service or the store said."""
        if isinstance(error, ProblemsFound):
            self.show_problems(error.problems)
        else:
            code = error.code if isinstance(error, UserError) else "error"
            self.show_problems([Problem("error", "", code, sentence_of(error))])
