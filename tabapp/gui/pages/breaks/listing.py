"""The table in its card: the break, the outlook before it is made, or why there is neither."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.breaks import outlook_rows
from tabapp.gui.pages.breaks.notices import missing_words
from tabapp.gui.pages.breaks.rows import LINE, columns, rows
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import as_table_text
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.break_outlook import Outlook
from tabapp.services.break_views import BreakLine, BreakView
from tabapp.services.elimination import Bracket


class Listing(QWidget):
    """All teams of a category in standings order, with the break line."""

    chosen = Signal()
    """Another team has the cursor."""
    opened = Signal()
    """Enter or a double click on a team."""
    wanted = Signal()
    """The break shall be made, whatever is missing."""
    people_wanted = Signal()
    """Teams shall be made eligible."""

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

    def show_view(self, view: BreakView, outlook: Outlook | None = None) -> None:
        """Show a break or what lies ahead of it; the cursor stays at its team.

        In another category it stands on the first.
        """
        is_other = view.category is not None and (
            self._view.category is None or self._view.category.slug != view.category.slug)
        self._view = view
        ahead = not view.made
        outlook = outlook or _nothing(view)
        wanted = outlook_rows.columns(view, outlook) if ahead else columns(view)
        now = QApplication.focusWidget()
        had_keys = now is not None and self.isAncestorOf(now)
        at = self.table.current_key()
        if wanted != self._columns:  # another precedence: a table of other columns
            old = self.card
            self._place.removeWidget(old)
            self._set_up(wanted)
            self.card.show()  # only what is on the screen takes the keys
            old.deleteLater()
        empty = self._why_empty()
        if empty is not None:
            self.model.set_rows([])
            self._show_empty(empty)
        else:
            self.model.set_rows(
                outlook_rows.rows(view, outlook) if ahead else rows(view))
            self._show_teams(None if is_other else at, from_top=is_other)
        if had_keys:
            self.setFocus()

    def _show_teams(self, at: object, *, from_top: bool) -> None:
        self.card.show_empty(None)
        self.setFocusProxy(self.table)
        if from_top and self.model.shown:
            self.table.go_to(self.model.shown[0].key)
            self.table.scrollToTop()
        elif self.table.current_key() is None and self.model.shown and not (
            isinstance(at, str) and self.table.go_to(at)
        ):
            self.table.go_to(self.model.shown[0].key)

    def _show_empty(self, instead: EmptyState) -> None:
        old, self._empty = self._empty, instead
        self.card.show_empty(self._empty)
        self.setFocusProxy(self._empty)
        if old is not None:
            old.deleteLater()

    def _why_empty(self) -> EmptyState | None:
        view, category = self._view, self._view.category
        if category is None or view.made:
            return None
        if not view.eligible:
            empty = EmptyState(
                tr("Nobody can break in {category}.", category=category.name),
                tr("Make teams eligible for it: F2 on a team in People."),
                action=tr("Open people"), primary=False)
            empty.acted.connect(self.people_wanted)
            return empty
        if view.played:
            return None
        waits = missing_words(view)
        if waits:
            return EmptyState(
                tr("No results yet."),
                tr("When the first are in, the chances of all teams stand here."))
        empty = EmptyState(
            tr("The break of {category} has not been made.", category=category.name),
            tr("There is no round whose results could decide it."),
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
        if key is None or key == LINE:
            return None
        return next((line for line in self._view.lines if line.team == key), None)

    def copy(self) -> None:
        """Put all teams that are shown on the clipboard, as a spreadsheet pastes them."""
        QGuiApplication.clipboard().setText(
            as_table_text(self.model.shown, self.model.columns))


def _nothing(view: BreakView) -> Outlook:
    """Return an outlook of which nothing is known yet."""
    return Outlook(view.category.slug if view.category else "", {}, Bracket((), None), 1)
