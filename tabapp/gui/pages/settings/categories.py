"""The break categories: who can break where, and how many do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from tabapp.domain.breaks.values import BREAK_RULES
from tabapp.gui.dialogs.base import ask
from tabapp.gui.messages import tr
from tabapp.gui.pages.settings.category_dialog import CategoryDialog
from tabapp.gui.pages.settings.commands import CATEGORIES, CATEGORIES_COMMANDS
from tabapp.gui.pages.settings.listing import ListPane
from tabapp.gui.session import Session
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services import categories
from tabapp.services.categories import CategoryBoard, CategoryEntry
from tabapp.store.category_rows import CategoryRow
from tabapp.store.unit import ReadUnit

_COLUMNS = (
    Column("name", "Category", Kind.IDENTITY, stretch=True),
    Column("slug", "Short name"),
    Column("size", "Break", Kind.NUMBER, strong=True),
    Column("reserve_size", "Reserves", Kind.NUMBER),
    Column("eligible", "Can break", Kind.NUMBER, tip="Teams that can break, swing teams left out"),
    Column("rule", "Rule"),
    Column("priority", "Priority", Kind.NUMBER, tip="The higher one breaks first"),
    Column("limit", "Shown", Kind.NUMBER, tip="Teams on published tabs; 0 for all"),
    Column("general", "Who", tip="A general category ranks every team"),
    Column("state", "State", Kind.BADGE),
)


class CategoriesPane(ListPane[CategoryBoard]):
    """Enter edits a category."""

    place = CATEGORIES
    watches = frozenset({"break", "people", "rounds", "settings"})
    commands = CATEGORIES_COMMANDS
    title: ClassVar[str] = "Break categories"
    hints = ((("Ins",), tr("add")), (("Enter",), tr("edit")), (("Del",), tr("delete")))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _COLUMNS, tr(
            "Each breaks by itself. Which teams can break in it is said on the page People."),
            parent)
        self.add_buttons(
            "settings.category_add", "settings.category_delete", primary="settings.category_add")
        self.on("settings.category_add", self._add)
        self.on("settings.category_edit", self._edit, self._why_no_row)
        self.on("settings.category_delete", self._delete, self._why_no_delete)
        self.table.opened.connect(lambda _key: self._edit())

    def query(self) -> Callable[[ReadUnit], CategoryBoard]:
        tournament = self.session.tournament
        return lambda unit: categories.read_board(unit, tournament)

    def show_data(self, data: CategoryBoard) -> None:
        self.data = data
        self.rows.set_rows(_row(one) for one in data.categories)
        empty = None
        if not data.categories:
            empty = EmptyState(
                tr("No break categories."), tr("Without one there is no break."),
                action=tr("Add category…"), primary=False)
            empty.acted.connect(lambda: self.run("settings.category_add"))
        self.card.show_empty(empty)
        self.go_to_wanted()

    def _here(self) -> CategoryRow | None:
        key = self.table.current_key()
        rows = self.data.categories if self.data is not None else ()
        return next((one for one in rows if one.id == key), None)

    def _add(self) -> None:
        if self.data is not None:
            CategoryDialog(self, self.data, partial(self._save, None)).open()

    def _edit(self) -> None:
        board, here = self.data, self._here()
        if board is not None and here is not None:
            CategoryDialog(
                self, board, partial(self._save, here), category_id=here.id).open()

    def _save(
        self, here: CategoryRow | None, dialog: CategoryDialog, entry: CategoryEntry
    ) -> None:
        tournament = self.session.tournament
        self.session.write(
            dialog, "change" if here else "add", lambda unit: categories.save_category(
                unit, tournament, entry, here.id if here else None),
            subject=tr("break category {name}", name=here.title if here else entry.name.strip()),
            done=partial(self._done, dialog), failed=dialog.refuse)

    def _done(self, dialog: CategoryDialog, category_id: int) -> None:
        self.show_words("")
        dialog.accept()
        self.want(category_id)

    def _delete(self) -> None:
        here = self._here()
        if here is None:
            return
        tournament = self.session.tournament

        def delete() -> None:
            self.session.write(
                self, "delete", lambda unit: categories.delete_category(
                    unit, tournament, here.id),
                subject=tr("break category {name}", name=here.title),
                done=lambda _none: self.show_words(""), failed=self.show_error,
                snapshot=f"before deleting the break category {here.title}")

        broken = tr("Its break goes too. ") if here.is_made else ""
        ask(
            self, tr("Delete {category}", category=here.title), tr(
                "{n} teams can break in it; that is forgotten. {more}Ctrl+Z brings it back.",
                n=here.eligible, more=broken),
            tr("Delete category"), delete, danger=True)

    def _why_no_row(self) -> str:
        return "" if self._here() is not None else tr("Choose a category first.")

    def _why_no_delete(self) -> str:
        here = self._here()
        if here is None:
            return self._why_no_row()
        return categories.why_not_deleted(here)


def _row(one: CategoryRow) -> Row:
    rule = BREAK_RULES.get(one.rule)
    state = Cell(tr("made"), tone="neutral") if one.is_made else ""
    few = one.size > one.eligible
    size = Cell(
        str(one.size), sort=one.size, icon="triangle-alert" if few else None,
        tone="attention" if few else "",
        tip=tr("{n} teams can break, {size} are to", n=one.eligible, size=one.size) if few else "")
    return Row(one.id, (
        one.title, one.slug, size if one.size else Cell(tr("not decided"), sort=0),
        one.reserve_size, one.eligible, rule.name if rule else one.rule, one.priority, one.limit,
        tr("all teams") if one.general else tr("its own"), state,
    ))
