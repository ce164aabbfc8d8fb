"""Which tournament of a file that has several."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.widgets.painted import label
from tabapp.store.tournaments import TournamentRow


class ChooseTournament(Dialog):
    """The tournaments of a file; Enter opens one, Esc opens none."""

    chosen = Signal(str)
    """The slug."""

    def __init__(self, parent: QWidget | None, rows: Sequence[TournamentRow]) -> None:
        super().__init__(parent, tr("Choose a tournament"), tr("Open"))
        self.body.addWidget(label(tr("This file has {n} tournaments.", n=len(rows))))
        model = TableModel((
            Column("name", tr("Name"), Kind.IDENTITY, stretch=True),
            Column("slug", tr("Short name")), Column("preset", tr("Format")),
        ))
        model.set_rows(Row(one.slug, (one.name, one.slug, one.preset)) for one in rows)
        self.table = TableView(model, tr("Tournaments"))
        self.table.go_to(rows[0].slug)
        self.table.opened.connect(lambda _slug: self.act())
        card = TableCard(self.table)
        card.setMinimumHeight(200)
        self.body.addWidget(card)
        self.table.setFocus()

    def act(self) -> None:
        """Open the tournament with the cursor."""
        slug = self.table.current_key()
        if isinstance(slug, str):
            self.accept()
            self.chosen.emit(slug)
