"""The three tables of a draw, one of which is shown, and what happens in any of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.rounds.draw.rows import (
    Order,
    columns,
    place_of,
    room_at,
    rows,
    team_at,
)
from tabapp.gui.pages.rounds.draw.table import DrawTable
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.widgets.cards import EmptyState
from tabapp.services.draw_sheet import DrawSheet


class Boards(QWidget):
    """By bracket, by room and by team: tables with one selection, made when they are shown."""

    row_chosen = Signal(object)
    """Row id of the debate with the cursor, or None."""
    opened = Signal()
    wanted = Signal(str)
    carried = Signal(str, str)
    dropped = Signal(str, str)
    left = Signal()
    best_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.order: Order = "bracket"
        self._sheet: DrawSheet | None = None
        self._kind: object = None
        self._flags_only = False
        self._words = ""
        self._cards: dict[Order, TableCard] = {}
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)

    @property
    def table(self) -> DrawTable | None:
        """Return the table that is shown."""
        card = self._cards.get(self.order)
        return card.view if card is not None and isinstance(card.view, DrawTable) else None

    @property
    def lifted(self) -> str:
        """Return the team that is in the air, or nothing."""
        return self.table.lifted if self.table is not None else ""

    # What is shown

    def show_sheet(self, sheet: DrawSheet) -> None:
        """Show another draw, or the same one as it is now."""
        settings = sheet.owner.settings
        kind = (settings.sides, settings.side_names, sheet.is_elimination)
        if kind != self._kind:
            for card in self._cards.values():
                self._stack.removeWidget(card)
                card.deleteLater()
            self._cards.clear()
            self._kind = kind
        self._sheet = sheet

    def known_rows(self, order: Order) -> list[Row]:
        """Return the rows that the table of an order has now."""
        card = self._cards.get(order)
        return card.view.rows.all_rows if card is not None else []

    def show_order(
        self, order: Order, *, flags_only: bool, made: Sequence[Row] | None = None
    ) -> None:
        """Show the draw in this order; the cursor stays on its team or its room.

        ``made`` are its rows, where somebody has made them already.
        """
        if self._sheet is None:
            return
        team, room = self.current_team(), self.current_room_id()
        changed = order != self.order
        had_keys = self.table is not None and self.table.hasFocus()
        self.order, self._flags_only = order, flags_only
        if order not in self._cards:
            self._make(order)
        card = self._cards[order]
        card.view.rows.set_rows(
            rows(self._sheet, order, flags_only=flags_only) if made is None else made)
        self._stack.setCurrentWidget(card)
        self.setFocusProxy(card.view)
        self._show_empty(card)
        if changed and team:
            self.go_to(team)
        elif changed and isinstance(room, int):
            self.go_to(room)
        if card.view.current_key() is None and card.view.rows.shown:
            card.view.go_to(card.view.rows.shown[0].key)
        if had_keys:
            card.view.setFocus()

    def _make(self, order: Order) -> None:
        sheet = self._sheet
        assert sheet is not None  # show_order
        model = TableModel(columns(sheet, order), self)
        name = {
            "bracket": tr("Draw by bracket"), "room": tr("Draw by room"),
            "team": tr("Draw by team"),
        }[order]

        def find(key: Hashable, column: str) -> str | None:
            return team_at(self._sheet, order, key, column) if self._sheet is not None else None

        table = DrawTable(model, name, find)
        table.chosen.connect(lambda _key: self.row_chosen.emit(self.current_room_id()))
        table.opened.connect(lambda _key: self.opened.emit())
        for mine, signal in (
            (self.wanted, table.wanted), (self.carried, table.carried),
            (self.dropped, table.dropped), (self.left, table.left),
            (self.best_wanted, table.best_wanted),
        ):
            signal.connect(mine)
        self._cards[order] = TableCard(table)
        self._stack.addWidget(self._cards[order])

    def _show_empty(self, card: TableCard) -> None:
        sheet = self._sheet
        if sheet is None or card.view.rows.shown or not sheet.rooms:
            card.show_empty(None)
        elif self._words:
            card.show_empty(EmptyState(
                tr('Nothing matches "{words}".', words=self._words),
                tr("Clear the filter to see {n} rooms.", n=len(sheet.rooms))))
        elif self._flags_only:
            card.show_empty(EmptyState(
                tr("No room has a flag."), tr("Switch Flags only off to see all rooms.")))

    def filter_by(self, words: str) -> None:
        """Show the rows that hold every word."""
        self._words = words.strip()
        card = self._cards.get(self.order)
        if card is not None:
            card.view.rows.filter_by(words)
            self._show_empty(card)

    # The cursor

    def current_team(self) -> str:
        """Return the team of the cell with the cursor, or nothing."""
        return self.table.current_team() if self.table is not None else ""

    def current_room_id(self) -> int | None:
        """Return the debate of the row with the cursor."""
        if self._sheet is None or self.table is None:
            return None
        room = room_at(self._sheet, self.order, self.table.current_key())
        return room.id if room is not None else None

    def go_to(self, target: int | str) -> None:
        """Put the cursor on a debate (row id) or a team (archive id)."""
        table, sheet = self.table, self._sheet
        if table is None or sheet is None:
            return
        if isinstance(target, int):
            room = sheet.room(target)
            if room is not None:
                table.go_to(room.teams[0].id if self.order == "team" else room.id)
            return
        place = place_of(sheet, self.order, target)
        if place is not None:
            table.show_cell(*place)

    def next_flag(self) -> bool:
        """Go to the next row with a flag, around the end; False where there is none."""
        table, sheet = self.table, self._sheet
        if table is None or sheet is None:
            return False
        shown = table.rows.shown
        here = table.currentIndex().row()
        for step in range(1, len(shown) + 1):
            row = shown[(here + step) % len(shown)]
            room = room_at(sheet, self.order, row.key)
            if room is not None and room.flags:
                table.go_to(row.key)
                table.setFocus()
                return True
        return False

    # Lifting

    def lift(self, team: str) -> None:
        """Lift the team of the cell with the cursor."""
        if self.table is not None:
            self.table.lift(team)

    def put_back(self) -> None:
        """Let the lifted team stand where it stood."""
        if self.table is not None:
            self.table.put_back()

    def target_rect(self, within: QWidget) -> QRect:
        """Return where the cell with the cursor stands inside ``within``."""
        if self.table is None:
            return QRect()
        cell = self.table.target_rect()
        corner = self.table.viewport().mapTo(within, QPoint(cell.x(), cell.y()))
        return QRect(corner, cell.size())


