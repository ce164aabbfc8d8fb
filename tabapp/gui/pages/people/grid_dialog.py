"""Who is in which category: a grid of ticks, set by Space."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import count, sentence_of, tr
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import label
from tabapp.services.people_categories import Grid, GridKind, GridRow, set_eligibility

_NAMES = 2
"""Columns before the ticks."""
_SIZE = QSize(820, 640)
_WORDS: dict[GridKind, tuple[str, str, str]] = {
    "team": ("Which teams may break", "Team", "Institution"),
    "speaker": ("Categories of speakers", "Speaker", "Team"),
    "venue": ("Categories of rooms", "Room", "Barcode"),
}


class TickTable(TableView):
    """A table in which Space ticks the cell of every selected row."""

    def __init__(self, model: TableModel, name: str, dialog: GridDialog) -> None:
        super().__init__(model, name)
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick by Space or Enter; the rest is as in every table."""
        ticking = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in ticking and plain and not self._is_typing():
            self._tick(self.currentIndex().column())
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Tick the cell below the pointer."""
        self._tick(self.indexAt(event.position().toPoint()).column())

    def _tick(self, column: int) -> None:
        if column >= _NAMES:
            keys = [self.rows.shown[at].key for at in self.selected_rows()]
            self._dialog.tick(keys or [self.current_key()], column - _NAMES)


class GridDialog(Dialog):
    """All of a kind against their categories; what was ticked is stored as one action."""

    def __init__(
        self, parent: QWidget, session: Session, kind: GridKind, grid: Grid
    ) -> None:
        title, who, of = _WORDS[kind]
        super().__init__(parent, tr(title), tr("Save"), width=560)
        self.session, self.kind, self.grid = session, kind, grid
        self._rows = {row.id: row for row in grid.rows}
        self.wanted = {row.id: row.members for row in grid.rows}
        self.filter = SearchField(tr("Filter by name"))
        columns = [
            Column("name", tr(who), Kind.IDENTITY, stretch=True),
            Column("of", tr(of), stretch=True),
            *(Column(str(one), name, Kind.BADGE) for one, name in grid.categories),
        ]
        self.model = TableModel(columns, self)
        self.model.set_rows([self._row(row) for row in grid.rows])
        self.table = TickTable(self.model, tr(title), self)
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(self.filter, 1)
        self.body.addLayout(head)
        self.body.addWidget(TableCard(self.table), 1)
        hints = KeyHints([
            (("←", "→"), tr("category")), (("Space",), tr("tick, all selected rows at once")),
            (("Ctrl", "A"), tr("select all"))])
        self.body.addWidget(hints)
        self.said = label(self._counts(), role="secondary")
        self.body.addWidget(self.said)
        self.filter.textChanged.connect(self.model.filter_by)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.resize(_SIZE.boundedTo(parent.window().size() - QSize(40, 40)))
        if grid.rows and grid.categories:
            self.table.setCurrentIndex(self.model.index(0, _NAMES))
        self.table.setFocus()

    def _row(self, row: GridRow) -> Row:
        members = self.wanted[row.id]
        return Row(row.id, (row.name, row.aside, *(
            Cell(tr("yes"), tone="done") if one in members else Cell("")
            for one, _name in self.grid.categories
        )))

    def _counts(self) -> str:
        return ", ".join(
            f"{name}: {sum(one in ids for ids in self.wanted.values())}"
            for one, name in self.grid.categories)

    def tick(self, keys: list[Hashable | None], at: int) -> None:
        """Tick a category for rows; where all have it already, take it from them."""
        category = self.grid.categories[at][0]
        ids = [key for key in keys if isinstance(key, int)]
        take = all(category in self.wanted[one] for one in ids)
        for one in ids:
            now = self.wanted[one]
            self.wanted[one] = now - {category} if take else now | {category}
        self.model.change_rows([self._row(self._rows[one]) for one in ids])
        self.said.setText(self._counts())

    def act(self) -> None:
        """Store the rows that changed."""
        changed = {
            one: ids for one, ids in self.wanted.items() if ids != self._rows[one].members}
        if not changed:
            self.reject()
            return
        owner, kind = self.session.tournament, self.kind
        self.do.setEnabled(False)
        self.session.write(
            self, tr("set the categories of"),
            lambda unit: set_eligibility(unit, owner, kind, changed),
            done=self._on_stored, failed=self._on_refused)

    def _on_stored(self, ticks: int) -> None:
        self.session.tell_undoable(tr("{ticks} stored.", ticks=count(ticks, "tick", "ticks")))
        self.accept()

    def _on_refused(self, error: Exception) -> None:
        self.do.setEnabled(True)
        self.body.insertWidget(0, Banner(sentence_of(error), tone="problem"))
