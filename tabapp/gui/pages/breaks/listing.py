"""The table of a break in its card, or what stands there before the break is made."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks.notices import missing_words
from tabapp.gui.pages.breaks.rows import LINE, columns, rows
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import as_table_text
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.break_views import BreakLine, BreakView


class Listing(QWidget):
    """All teams of a category in standings order, with the break line."""

    chosen = Signal()
    """Another team has the cursor."""
    opened = Signal()
    """Enter or a double click on a team."""
    wanted = Signal()
    """The break shall be made, whatever is missing."""

    def __init__(self) -> None:
        super().__init__()
        self._view = BreakView(())
        self._words = ""
        self._empty: EmptyState | None = None
        self._columns: tuple[Column, ...] = ()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._set_up((Column("team", tr("Team")),))

    def _set_up(self, wanted: tuple[Column, ...]) -> None:
        self._columns = wanted
        self.model = TableModel(wanted, self)
        self.model.filter_by(self._words)
        self.table = TableView(self.model, tr("Teams of the break"))
        self.table.chosen.connect(lambda _key: self.chosen.emit())
        self.table.opened.connect(lambda _key: self.opened.emit())
        self.card = TableCard(self.table)
        self._place.addWidget(self.card)

    def show_view(self, view: BreakView) -> None:
        """Show a break; the cursor stays at its team."""
        self._view = view
        wanted, now = columns(view), QApplication.focusWidget()
        had_keys = now is not None and self.isAncestorOf(now)
        if wanted != self._columns:  # another precedence: a table of other columns
            old = self.card
            self._place.removeWidget(old)
            self._set_up(wanted)
            self.card.show()  # only what is on the screen takes the keys
            old.deleteLater()
        self.model.set_rows(rows(view))
        if view.made:
            self._show_teams()
        else:
            self._show_empty()
        if had_keys:
            self.setFocus()

    def _show_teams(self) -> None:
        self.card.show_empty(None)
        self.setFocusProxy(self.table)
        if self.table.current_key() is None and self.model.shown:
            self.table.go_to(self.model.shown[0].key)

    def _show_empty(self) -> None:
        old, self._empty = self._empty, self._not_made()
        self.card.show_empty(self._empty)
        self.setFocusProxy(self._empty)
        if old is not None:
            old.deleteLater()

    def _not_made(self) -> EmptyState:
        category, waits = self._view.category, missing_words(self._view)
        assert category is not None
        if waits:
            empty = EmptyState(
                tr("Not all results are in: {missing}", missing=waits),
                tr("A break made now may change when they come in."),
                action=tr("Make break all the same"), primary=False)
        else:
            eligible = self._view.eligible
            empty = EmptyState(
                tr("The break of {category} has not been made.", category=category.name),
                tr("All results are in. {n} of {eligible} teams can break.",
                   n=min(category.size, eligible), eligible=eligible),
                action=tr("Make break"), primary=False)
        empty.acted.connect(self.wanted)
        return empty

    def filter_by(self, words: str) -> None:
        """Show the teams that hold every word."""
        self._words = words
        self.model.filter_by(words)

    def current(self) -> BreakLine | None:
        """Return the team with the cursor."""
        key = self.table.current_key()
        if not self._view.made or key is None or key == LINE:
            return None
        return next((line for line in self._view.lines if line.team == key), None)

    def copy(self) -> None:
        """Put all teams that are shown on the clipboard, as a spreadsheet pastes them."""
        QGuiApplication.clipboard().setText(
            as_table_text(self.model.shown, self.model.columns))
