"""The rows that Qt sees: a plain list, changed by key and never reset."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QModelRoleData,
    QModelRoleDataSpan,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from tabapp.gui.tables import order
from tabapp.gui.tables.cells import Cell, Column, Row, Value, text_of, whole_text
from tabapp.gui.tables.order import Sorting

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_MOST_RUNS = 12
"""Above so many stretches, rows are gathered at the end and go, or come, in one piece."""


def _alignment(_value: Value, column: Column) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if column.is_right else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter


def _tip(value: Value, _column: Column) -> str | None:
    return (value.tip or None) if isinstance(value, Cell) else None


_ANSWERS: dict[int, Callable[[Value, Column], object]] = {
    Qt.ItemDataRole.DisplayRole: text_of,
    Qt.ItemDataRole.EditRole: text_of,
    Qt.ItemDataRole.AccessibleTextRole: whole_text,
    Qt.ItemDataRole.ToolTipRole: _tip,
    Qt.ItemDataRole.TextAlignmentRole: _alignment,
}


class TableModel(QAbstractTableModel):
    """A table of ``Row`` values under ``Column`` values. Belongs to the thread of the window."""

    about_to_update = Signal()
    updated = Signal()
    """The rows that are shown have changed, moved, come or gone."""
    edited = Signal(object, str, str)
    """A person typed: key of the row, key of the column, the text. The page stores it."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._all: dict[Hashable, Row] = {}
        self._shown: list[Row] = []
        self._sorting: Sorting | None = None
        self._needles: tuple[str, ...] = ()
        self._texts: dict[Hashable, tuple[Row, str]] = {}
        self.typed_over = ""
        """What stood in the cell when a person began to type what ``edited`` reports."""
        self.fillings = 0
        """How often rows were given anew: what was measured before may be measured again."""

    # What is shown

    @property
    def shown(self) -> Sequence[Row]:
        """Return the rows as they stand on the screen."""
        return self._shown

    @property
    def all_rows(self) -> list[Row]:
        """Return the rows in the order given, those that a filter hides too."""
        return list(self._all.values())

    @property
    def sorting(self) -> Sorting | None:
        """Return the order chosen, or None for the order given."""
        return self._sorting

    @property
    def is_grouped(self) -> bool:
        """Tell whether neighbours of one group stand together, as in the order given."""
        return self._sorting is None

    @property
    def is_filtered(self) -> bool:
        """Tell whether rows are hidden by a filter."""
        return bool(self._needles)

    def row_of(self, key: Hashable) -> int | None:
        """Return where the row with this key stands, or None if it is not shown."""
        return next((i for i, row in enumerate(self._shown) if row.key == key), None)

    def begins_group(self, at: int) -> bool:
        """Tell whether the row above belongs to another group."""
        if at == 0 or not self.is_grouped:
            return True
        above, here = self._shown[at - 1], self._shown[at]
        return above.group != here.group or bool(above.line)

    # What changes it

    def set_rows(self, rows: Iterable[Row]) -> None:
        """Show these rows (ValueError if two have one key); those there already are kept.

        Rows that are the very same objects in the same order change nothing: ``order.known_again``
        finds them in the thread that made the rows.
        """
        given = order.unique_keys(rows)
        if order.are_same(given.values(), self._all.values()):
            return
        self._all = given
        self._texts = {k: t for k, t in self._texts.items() if k in self._all}
        self.fillings += 1
        self._refresh()

    def change_rows(self, rows: Iterable[Row]) -> None:
        """Change rows that are there (KeyError for one that is not)."""
        for row in rows:
            self._all[self._all[row.key].key] = row
        self._refresh()

    def remove_rows(self, keys: Iterable[Hashable]) -> None:
        """Take rows out; a key that is not there is as if it had been taken out before."""
        for key in keys:
            self._all.pop(key, None)
            self._texts.pop(key, None)
        self._refresh()

    def sort_by(self, sorting: Sorting | None) -> None:
        """Sort by a column, or show the order given."""
        self._sorting = sorting
        self._refresh()

    def filter_by(self, words: str) -> None:
        """Show the rows that hold every word, without regard to case and marks."""
        wanted = order.needles(words)
        if wanted != self._needles:
            self._needles = wanted
            self._refresh()

    def _matches(self, row: Row) -> bool:
        if row.line:
            return False
        kept = self._texts.get(row.key)
        if kept is None or kept[0] is not row:
            kept = self._texts[row.key] = (row, order.haystack(row, self.columns))
        return all(needle in kept[1] for needle in self._needles)

    def _refresh(self) -> None:
        rows: Iterable[Row] = self._all.values()
        if self._needles:
            rows = [row for row in rows if self._matches(row)]
        self.about_to_update.emit()
        self._become(order.sorted_rows(rows, self._sorting))
        self.updated.emit()

    def _become(self, wanted: list[Row]) -> None:
        """Reach ``wanted`` by removals, one move of all, insertions and changes."""
        coming = {row.key for row in wanted}
        self._remove([i for i, row in enumerate(self._shown) if row.key not in coming])
        here = {row.key: row for row in self._shown}
        self._arrange([here[row.key] for row in wanted if row.key in here])
        self._insert(wanted, [i for i, row in enumerate(wanted) if row.key not in here])
        self._change(wanted)

    def _remove(self, positions: list[int]) -> None:
        stretches = order.runs(positions)
        if len(stretches) > _MOST_RUNS:
            gone = set(positions)
            stay = [row for i, row in enumerate(self._shown) if i not in gone]
            self._arrange(stay + [self._shown[i] for i in positions])
            stretches = [(len(stay), len(self._shown) - 1)]
        for first, last in reversed(stretches):
            self.beginRemoveRows(_ROOT, first, last)
            del self._shown[first : last + 1]
            self.endRemoveRows()

    def _insert(self, wanted: list[Row], positions: list[int]) -> None:
        stretches = order.runs(positions)
        whole = len(stretches) > _MOST_RUNS
        if whole:
            stretches = [(len(self._shown), len(wanted) - 1)]
            new = [wanted[i] for i in positions]
        for first, last in stretches:
            self.beginInsertRows(_ROOT, first, last)
            self._shown[first:first] = new if whole else wanted[first : last + 1]
            self.endInsertRows()
        if whole:
            here = {row.key: row for row in self._shown}
            self._arrange([here[row.key] for row in wanted])

    def _arrange(self, rows: list[Row]) -> None:
        """Put the rows that are shown in another order; what points at a row goes with it."""
        if order.are_same(self._shown, rows):
            return
        self.layoutAboutToBeChanged.emit()
        place = {row.key: i for i, row in enumerate(rows)}
        held = self.persistentIndexList()
        moved = [self.index(place[self._shown[i.row()].key], i.column()) for i in held]
        self._shown = rows
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _change(self, wanted: list[Row]) -> None:
        """Replace what differs. Order and keys are those of ``wanted`` already."""
        last_column = len(self.columns) - 1
        changed = []
        for i, (old, new) in enumerate(zip(self._shown, wanted, strict=True)):
            if old is not new and old != new:
                changed.append(i)
        self._shown = wanted
        for first, last in order.runs(changed):
            self.dataChanged.emit(self.index(first, 0), self.index(last, last_column))

    # What Qt asks: screen readers, editors, tests. Painting does not come here.

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def value(self, row: int, column: int) -> Value:
        """Return the value of a cell; nothing in a line between rows."""
        cells = self._shown[row].cells
        return cells[column] if cells else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, all its words, its tip or its alignment."""
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        shown = self._shown[index.row()]
        if shown.line:
            return shown.line if role == Qt.ItemDataRole.DisplayRole else None
        answer = _ANSWERS.get(role)
        return answer(shown.cells[index.column()], column) if answer else None

    def multiData(
        self, index: Index, roleDataSpan: QModelRoleDataSpan | QModelRoleData
    ) -> None:
        """Answer all roles of a cell in one call."""
        # Qt's own description of the span leaves out that it can be walked
        for wanted in cast("Iterable[QModelRoleData]", roleDataSpan):
            found = self.data(index, wanted.role())
            if found is None:
                wanted.clearData()
            else:
                wanted.setData(found)

    def setData(
        self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        """Report what a person typed; the cell changes when the page shows the new row."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        column = self.columns[index.column()]
        if str(value) != text_of(self.value(index.row(), index.column()), column):
            self.edited.emit(self._shown[index.row()].key, column.key, str(value))
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a column's title or its tip."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return " ".join(filter(None, (column.side, column.title)))
        return (column.tip or None) if role == Qt.ItemDataRole.ToolTipRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let every row be chosen but a line between rows."""
        if not index.isValid() or self._shown[index.row()].line:
            return Qt.ItemFlag.NoItemFlags
        flags = (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemNeverHasChildren
        )
        if self.columns[index.column()].editable:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags
