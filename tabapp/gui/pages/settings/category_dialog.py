"""A break category: its name, how many break, by which rule, and who goes first."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QWidget

from tabapp.core.errors import Problem
from tabapp.domain.breaks.values import BREAK_RULES
from tabapp.gui.dialogs.entry import EntryDialog
from tabapp.gui.messages import tr
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.fields import Field
from tabapp.gui.widgets.painted import label
from tabapp.services.categories import CategoryBoard, CategoryEntry, check_category

Save = Callable[["CategoryDialog", CategoryEntry], None]


class CategoryDialog(EntryDialog):
    """Adds a break category, or changes the category ``category_id``."""

    def __init__(
        self, parent: QWidget | None, board: CategoryBoard, save: Save, *,
        category_id: int | None = None,
    ) -> None:  # fmt: skip
        verb = tr("Add category") if category_id is None else tr("Save category")
        entry, title = CategoryEntry(name="", priority=_next_priority(board)), verb
        if category_id is not None:
            row = board.category(category_id)
            entry, title = CategoryEntry.of(row), tr("Edit {category}", category=row.title)
        super().__init__(parent, title, verb, width=600)
        self._board, self._save, self._category_id = board, save, category_id
        self.name, self.slug = QLineEdit(entry.name), QLineEdit(entry.slug)
        self.size_, self.reserve_size = QLineEdit(entry.size), QLineEdit(entry.reserve_size)
        self.priority, self.limit = QLineEdit(entry.priority), QLineEdit(entry.limit)
        self.rule = QComboBox()
        self.general = QCheckBox(tr("General: every team is ranked in it and can break"))
        for one in BREAK_RULES.values():  # one that cannot work says so when it is chosen
            self.rule.addItem(f"{one.name}: {one.definition}", one.key)
        if self.rule.findData(entry.rule) < 0:
            self.rule.addItem(entry.rule, entry.rule)
        self.rule.setCurrentIndex(self.rule.findData(entry.rule))
        self.general.setChecked(entry.general)
        self._lay_out()
        for key, line in (
            ("name", self.name), ("slug", self.slug), ("size", self.size_),
            ("reserve_size", self.reserve_size), ("priority", self.priority),
            ("limit", self.limit),
        ):
            self.watch(key, line.textEdited)
        self.watch("rule", self.rule.currentIndexChanged)
        self.name.textEdited.connect(self._show_slug)
        self._show_slug()
        self.name.setFocus()
        self.name.selectAll()

    def _lay_out(self) -> None:
        self._row(("name", tr("Name"), self.name, "", 2), ("slug", tr("Short name"), self.slug,
                  tr("Empty: made of the name"), 1))
        four = tr("4, 8, 16, 32 … or 6, 12, 24 …; 0: not decided")
        size = four if self._board.teams_in_debate == 4 else tr("2 or more; 0: not decided")
        self._row(
            ("size", tr("Teams that break"), self.size_, size, 1),
            ("reserve_size", tr("Reserves"), self.reserve_size, "", 1))
        self._row(("rule", tr("Rule"), self.rule, tr(
            "Ties, the strict Easters reading and a minimum of rounds stand under Break rules"), 1))
        self._row(
            ("priority", tr("Priority"), self.priority, tr("The higher one breaks first"), 1),
            ("limit", tr("Shown teams"), self.limit, tr("On published tabs; 0 for all"), 1))
        self.form.add_row(self.general)
        self.form.add_row(label(tr(
            "A category that becomes general takes in every team but swing teams."), "small",
            role="hint", wrap=True))
        self.body.addWidget(self.form)

    def _row(self, *parts: tuple[str, str, QWidget, str, int]) -> None:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.GAP)
        for key, title, field, hint, share in parts:
            row.addWidget(self.form.adopt(key, Field(title, field, hint=hint)), share)
        self.form.add_row(both)

    def _show_slug(self) -> None:
        """Show what the short name will be made of while nobody types one."""
        entry = self.entry()
        self.slug.setPlaceholderText("" if entry.slug.strip() else entry.short)

    def entry(self) -> CategoryEntry:
        """Return what stands in the fields."""
        return CategoryEntry(
            name=self.name.text(), slug=self.slug.text(), size=self.size_.text(),
            reserve_size=self.reserve_size.text(), rule=self.rule.currentData(),
            priority=self.priority.text(), limit=self.limit.text(),
            general=self.general.isChecked(),
        )

    def problems(self) -> list[Problem]:
        """Return everything that is wrong with it."""
        return check_category(self._board, self.entry(), self._category_id)

    def save(self) -> None:
        """Hand it to the pane, which stores it."""
        self._save(self, self.entry())


def _next_priority(board: CategoryBoard) -> str:
    """Return a priority below those there are: who comes later breaks later."""
    lowest = min((one.priority for one in board.categories), default=110)
    return str(max(0, lowest - 10))
