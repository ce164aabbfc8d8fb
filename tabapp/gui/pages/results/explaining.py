"""Explains the number that has the cursor: reads its terms, opens and moves the popover."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.results.popover import NumberPopover
from tabapp.gui.pages.results.sheet import explained
from tabapp.gui.session import Session
from tabapp.gui.tables.view import TableView
from tabapp.services.result_terms import Explanation, explain
from tabapp.services.results import ResultsTable


class Explainer(QObject):
    """Belongs to a page; ``look`` gives the table on the screen and what it was made of."""

    def __init__(
        self, page: QWidget, session: Session,
        look: Callable[[], tuple[TableView, ResultsTable | None]],
    ) -> None:
        super().__init__(page)
        self._page, self._session, self._look = page, session, look
        self._wanted = 0
        self.popover: NumberPopover | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether a number is explained now."""
        return self.popover is not None and self.popover.isVisible()

    def column(self) -> str:
        """Return what the cursor stands on: ``rank``, a column, a round, "" where no number is."""
        table, _data = self._look()
        at = table.currentIndex()
        if not at.isValid() or table.rows.shown[at.row()].line:
            return ""
        return explained(table.rows.columns[at.column()].key)

    def explain(self) -> None:
        """Explain the number with the cursor; nothing happens on a name."""
        table, data = self._look()
        key, column = table.current_key(), self.column()
        if data is None or not column or not isinstance(key, str):
            return
        self._wanted += 1
        wanted = self._wanted

        def show(found: Explanation | None) -> None:
            if wanted == self._wanted and self._page.isVisible():
                self._show(found, key)

        self._session.read(self, lambda unit: explain(unit, data, key, column), show)

    def again(self) -> None:
        """Explain the same cell from the new table, or close where it is gone."""
        if not self.is_open:
            return
        if self.column():
            self.explain()
        else:
            self.close()

    def close(self) -> None:
        """Explain nothing."""
        self._wanted += 1
        if self.popover is not None:
            self.popover.dismiss()

    def _show(self, found: Explanation | None, key: Hashable) -> None:
        table, _data = self._look()
        if found is None or table.current_key() != key:
            self.close()
            return
        table.mark_cell(True)
        self._made().show_beside(found, table.viewport(), table.visualRect(table.currentIndex()))

    def _made(self) -> NumberPopover:
        window = self._page.window()
        if self.popover is None or self.popover.below is not window:
            self.popover = NumberPopover(window)
            self.popover.moved.connect(self._move)
            self.popover.ballot_wanted.connect(self._open_ballot)
            self.popover.closed.connect(lambda: self._look()[0].mark_cell(False))
            self.popover.copied.connect(
                lambda: self._session.tell(tr("The terms are on the clipboard.")))
        return self.popover

    def follow(self) -> None:
        """Stay beside the number when its table is scrolled."""
        table, _data = self._look()
        if self.popover is not None and self.popover.isVisible():
            self.popover.place(table.viewport(), table.visualRect(table.currentIndex()))

    def _move(self, down: int, right: int) -> None:
        """Go to the next number in a row or a column; at the edge nothing happens."""
        table, _data = self._look()
        at, rows = table.currentIndex(), table.rows
        row, column = at.row() + down, at.column() + right
        while 0 <= row < len(rows.shown) and rows.shown[row].line:
            row += down
        while 0 <= column < len(rows.columns) and not explained(rows.columns[column].key):
            column += right
        if 0 <= row < len(rows.shown) and 0 <= column < len(rows.columns):
            table.go_to_cell(row, column)
            self.explain()

    def _open_ballot(self, debate: object) -> None:
        self.close()
        self._session.go("ballots", debate)
