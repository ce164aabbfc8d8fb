"""One list of the page: its table, what was typed and refused in it, what stands there empty."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.pages.people.lists import ListSpec, kind_of
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Row, text_of
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Banner, EmptyState

_SHORTCUT = Qt.FocusReason.ShortcutFocusReason


@dataclass(frozen=True, slots=True)
class Refusal:
    """What somebody typed in a cell that the store did not take, and why."""

    text: str
    sentence: str


class ListPane(QWidget):
    """A list. What is typed stays in its cell until it is stored; what is refused stays longer."""

    edited = Signal(object, str, str, str)
    """Key of the row, key of the column, the text, what it was typed over."""
    opened = Signal(object)
    """Enter: the key of the row."""
    wanted = Signal(str)
    """Something for an empty list: ``paste``, ``add`` or ``import``."""
    moved = Signal()
    """Another row has the cursor, or other rows are selected."""

    def __init__(self, spec: ListSpec) -> None:
        super().__init__()
        self.spec = spec
        self._rows: list[Row] = []
        self._typed: dict[tuple[Hashable, str], str] = {}
        self._refused: dict[tuple[Hashable, str], Refusal] = {}
        self._words = ""
        columns = [replace(one, title=tr(one.title), tip=tr(one.tip)) for one in spec.columns]
        self.model = TableModel(columns)
        self.table = TableView(self.model, tr(spec.title))
        self.card = TableCard(self.table)
        self._banner: Banner | None = None
        self._empty: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.UNIT)
        self._column.addWidget(self.card, 1)
        self.setFocusProxy(self.table)
        self.model.edited.connect(self._on_edited)
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(lambda _key: self._on_chosen())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self.moved.emit())

    # What is shown

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows as they are stored, over them what was refused."""
        self._rows = list(rows)
        self._typed.clear()
        keys = {row.key for row in rows}
        self._refused = {at: one for at, one in self._refused.items() if at[0] in keys}
        self._refresh()

    def filter_by(self, words: str) -> None:
        """Show the rows that hold every word."""
        self._words = words
        self.model.filter_by(words)
        self._show_empty()

    def _refresh(self) -> None:
        marked = {row for row, _column in (*self._typed, *self._refused)}
        self.model.set_rows([
            self._marked(row) if row.key in marked else row for row in self._rows])
        self._show_empty()
        self._show_banner()

    def _marked(self, row: Row) -> Row:
        cells = list(row.cells)
        for i, column in enumerate(self.spec.columns):
            at = (row.key, column.key)
            if at in self._typed:
                cells[i] = self._typed[at]
            elif at in self._refused:
                one = self._refused[at]
                cells[i] = Cell(one.text, tone="problem", icon="octagon-x", tip=one.sentence)
        return replace(row, cells=tuple(cells))

    def _show_empty(self) -> None:
        if self.model.shown:
            self.card.show_empty(None)
            return
        old, self._empty = self._empty, self._nothing_found() if self._rows else self._nobody()
        self.card.show_empty(self._empty)
        if old is not None:
            old.deleteLater()

    def _nothing_found(self) -> EmptyState:
        spec = self.spec
        return EmptyState(
            tr('Nothing matches "{words}".', words=self._words),
            tr("Clear the filter to see {all}.", all=count(len(self._rows), spec.one, spec.many)))

    def _nobody(self) -> EmptyState:
        """Return what stands where nobody is registered: paste, add or import."""
        spec = self.spec
        pasted = bool(spec.hint)
        line = tr("Paste them from a spreadsheet: {columns}.", columns=tr(spec.hint))
        made = EmptyState(
            tr("No {things} yet.", things=tr(spec.many)), line if pasted else "",
            action=tr("Paste…") if pasted else tr("Add…"), primary=False)
        made.acted.connect(lambda: self.wanted.emit("paste" if pasted else "add"))
        if pasted:
            more = QHBoxLayout()
            more.setSpacing(Space.UNIT)
            more.addStretch(1)
            for key, words in (("add", tr("Add…")), ("import", tr("Import…"))):
                button = Button(words)
                button.clicked.connect(lambda _on=False, key=key: self.wanted.emit(key))
                more.addWidget(button)
            more.addStretch(1)
            column = made.layout()
            assert isinstance(column, QVBoxLayout)
            column.insertLayout(column.count() - 1, more)
        return made

    def give_keys(self) -> None:
        """Give the keys to the table, or to what stands in its place."""
        empty = self._empty if not self.model.shown else None
        if self.model.shown and not self.table.selected_rows():
            here = self.table.current_key()
            self.table.go_to(self.model.shown[0].key if here is None else here)
        (empty or self.table).setFocus(_SHORTCUT)

    # Which rows

    def go_to(self, key: Hashable) -> bool:
        """Select a row, without a filter that would hide it."""
        return self.table.go_to(key)

    def chosen_keys(self) -> list[Hashable]:
        """Return the selected rows, else the one with the cursor."""
        shown = self.model.shown
        keys = [shown[i].key for i in self.table.selected_rows() if i < len(shown)]
        here = self.table.current_key()
        return keys or ([here] if here is not None else [])

    def row(self, key: Hashable) -> Row | None:
        """Return a row as it is stored."""
        return next((row for row in self._rows if row.key == key), None)

    def name_of(self, key: Hashable) -> str:
        """Return what a row is called."""
        row = self.row(key)
        return text_of(row.cells[0], self.spec.columns[0]) if row is not None else ""

    def _on_chosen(self) -> None:
        self._show_banner()
        self.moved.emit()

    # Typing in cells

    def _on_edited(self, key: Hashable, column: str, text: str) -> None:
        stored = self._stored_text(key, column)
        was_refused = self._refused.pop((key, column), None) is not None
        if stored == text:
            self._refresh()  # back to what is stored
            return
        # a refused cell shows what was typed; the reason beside it tells what is stored
        seen = stored or "" if was_refused else self.model.typed_over
        self._typed[key, column] = text
        self._refresh()
        self.edited.emit(key, column, text, seen)

    def _stored_text(self, key: Hashable, column: str) -> str | None:
        row = self.row(key)
        at = next((i for i, one in enumerate(self.spec.columns) if one.key == column), None)
        if row is None or at is None:
            return None
        return text_of(row.cells[at], self.spec.columns[at])

    def refuse(self, key: Hashable, column: str, text: str, sentence: str) -> None:
        """Keep in its cell what was not stored, with the reason."""
        self._typed.pop((key, column), None)
        self._refused[key, column] = Refusal(text, sentence)
        self._refresh()

    def put_back(self) -> None:
        """Show in all cells what is stored."""
        self._refused.clear()
        self._refresh()
        self.table.setFocus(_SHORTCUT)

    def next_problem(self) -> bool:
        """Go to the next cell that was refused."""
        places = [
            (i, c) for i, row in enumerate(self.model.shown)
            for c, column in enumerate(self.spec.columns) if (row.key, column.key) in self._refused
        ]
        if not places:
            return False
        now = self.table.currentIndex()
        here = (now.row(), now.column())
        at = next((one for one in places if one > here), places[0])
        self.table.setCurrentIndex(self.model.index(*at))
        self.table.setFocus(_SHORTCUT)
        return True

    def _show_banner(self) -> None:
        """Say above the table why a cell was refused: that of the row with the cursor first."""
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if not self._refused:
            return
        here = self.table.current_key()
        at = next((one for one in self._refused if one[0] == here), next(iter(self._refused)))
        title = next(c.title for c in self.spec.columns if c.key == at[1])
        self._banner = Banner(
            tr("{name}, {column}: {sentence}", name=self.name_of(at[0]), column=tr(title).lower(),
               sentence=self._refused[at].sentence),
            tone="problem", action=tr("Put back"), keys=("F7",))
        self._banner.answered.connect(self.put_back)
        self._column.insertWidget(0, self._banner)

    def can_edit(self, key: Hashable, column: str) -> bool:
        """Tell whether a kind of record has this field: one list may hold two kinds."""
        kind = kind_of(self.spec, key)
        if kind is None:
            return False
        missing = {"speaker_category": "description", "venue_category": "slug"}
        return missing.get(kind) != column

