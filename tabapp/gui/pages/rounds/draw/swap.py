"""The dialog that finds the team with which another one changes places, each with its price."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from tabapp.domain.draw.swaps import SwapPrice, signed
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.names import fold
from tabapp.gui.pages.rounds.draw.rows import chip_of, points_text
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.services.draw_sheet import DrawSheet

_COLUMNS = (
    Column("team", "Team", Kind.IDENTITY, stretch=True),
    Column("points", "Pts", Kind.NUMBER, width=50),
    Column("room", "Room"),
    Column("side", "Side", Kind.SIDE, width=60),
    Column("change", "Cost", Kind.NUMBER, width=78, strong=True),
    Column("notes", "What to know", stretch=True),
)


class SwapDialog(Dialog):
    """Lists every team with the price of a swap, the best first; Enter takes the chosen one.

    It opens empty, since the prices of a large draw take a while; see ``swap_rows``.
    """

    def __init__(
        self, parent: QWidget, sheet: DrawSheet, team: str, take: Callable[[str], None]
    ) -> None:
        book = sheet.book
        assert book is not None  # opened from a drawn table only
        super().__init__(
            parent, tr("Swap {team} with …", team=book.name(team)), tr("Swap"), width=760)
        self._take = take
        self.filter = SearchField(tr("Filter teams and rooms"))
        self.filter.textChanged.connect(self._on_filtered)
        self.filter.left_downwards.connect(self._on_down)
        self.filter.returnPressed.connect(self.act)
        self.body.addWidget(self.filter)
        self.model = TableModel(
            [Column(c.key, tr(c.title), c.kind, c.width, c.stretch, strong=c.strong)
             for c in _COLUMNS])
        self.table = TableView(self.model, tr("Swaps with their price"))
        self.table.opened.connect(lambda _key: self.act())
        self.table.chosen.connect(lambda key: self.do.setEnabled(key is not None))
        card = TableCard(self.table)
        card.setMinimumHeight(360)
        self.body.addWidget(card, 1)
        about = (
            tr("The cost is that of the pairs. Best first; what breaks the rule comes last.")
            if book.by_pairs else
            tr("The cost is that of the positions. Best first; what breaks the rule comes last."))
        self.body.addWidget(label(about, "small", role="hint"))
        self.do.setEnabled(False)
        self.filter.setFocus()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """List the swaps; what was typed meanwhile holds."""
        self.model.set_rows(rows)
        self._on_filtered(self.filter.text())

    def _on_filtered(self, text: str) -> None:
        self.model.filter_by(text)
        self._choose_first()

    def _choose_first(self) -> None:
        shown, typed = self.model.shown, fold(self.filter.text().strip())
        if shown:
            named = (row for row in shown if fold(str(row.cells[0])).startswith(typed))
            self.table.go_to(next(named, shown[0]).key)
        self.do.setEnabled(bool(shown))

    def _on_down(self) -> None:
        self.table.setFocus()

    def act(self) -> None:
        """Swap with the chosen team."""
        key = self.table.current_key()
        if isinstance(key, str):
            self.accept()
            self._take(key)


def swap_rows(sheet: DrawSheet, team: str) -> list[Row]:
    """Price all swaps of a team; to be worked out in another thread."""
    return [_row(sheet, price) for price in sheet.book.prices(team)] if sheet.book else []


def _row(sheet: DrawSheet, price: SwapPrice) -> Row:
    book = sheet.book
    assert book is not None  # made from its prices
    seat = book.seats[price.other]
    room = sheet.rooms[seat.room]
    tone = "attention" if price.change > 0 else ""
    bad = [line.sentence for line in price.lines if not line.good and line.kind != "cost"]
    cells: tuple[Value, ...] = (
        book.name(price.other),
        Cell(points_text(book.points(price.other)), sort=book.points(price.other)),
        room.name, chip_of(seat.side, sheet.owner.settings.side_names),
        Cell(signed(price.change), sort=price.change, tone=tone),
        Cell(
            bad[0] if bad else tr("nothing"), tip="\n".join(bad),
            aside=f"+{len(bad) - 1}" if len(bad) > 1 else "",
            icon=None if price.legal else "triangle-alert", tone="attention"),
    )
    return Row(price.other, cells)
