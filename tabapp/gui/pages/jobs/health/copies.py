"""The copies of the file: the folders that they go to, and the copies that are there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.pages.jobs.health.reading import COLUMNS, HealthView, copy_row
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.snapshots import SnapshotInfo

_TITLE = 92


class FolderLine(QWidget):
    """What a folder is for, where it is, and what can be done about it."""

    def __init__(self, title: str, buttons: Sequence[Button]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        name = label(title, role="secondary")
        name.setFixedWidth(_TITLE)
        row.addWidget(name)
        self.path = Name("", "body")
        row.addWidget(self.path, 1)
        for one in buttons:
            row.addWidget(one, 0, Qt.AlignmentFlag.AlignVCenter)


class CopiesPart(QWidget):
    """Folders and copies. The table reports which copy is chosen."""

    def __init__(
        self, take: Button, restore: Button, change: Button, second: Button, without: Button
    ) -> None:
        super().__init__()
        self.copies: dict[str, SnapshotInfo] = {}
        self.without = without
        for button, words in ((change, tr("Change…")), (second, tr("Choose…")),
                              (without, tr("None"))):
            button.setAccessibleDescription(button.text())
            button.set_words(words)
        widest = max(one.sizeHint().width() for one in (change, second))
        for button in (change, second):
            button.setMinimumWidth(widest)
        self.first = FolderLine(tr("Copies go to"), [change])
        self.second = FolderLine(tr("and also to"), [without, second])
        folders = Card(tr("Copies"), padding=16)
        folders.body.addWidget(self.first)
        folders.body.addWidget(self.second)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.UNIT)
        buttons.addWidget(take)
        buttons.addWidget(restore)
        buttons.addStretch(1)
        folders.body.addLayout(buttons)
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("Copies of this file"))
        self.card = TableCard(self.table)
        self._empty = EmptyState(
            tr("There is no copy of this file yet."),
            tr("One is taken by itself after each confirmed ballot."))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(folders)
        column.addWidget(self.card, 1)

    def show_view(self, view: HealthView) -> None:
        """Show folders and copies; the chosen copy stays chosen."""
        self.copies = view.copies
        server = tr("This database is on a server, which keeps its own copies.")
        self.first.path.set_text(str(view.folder) if view.folder is not None else server)
        self.second.path.set_text(
            str(view.second) if view.second is not None else tr("nowhere else"))
        self.without.setVisible(view.second is not None)
        self.model.set_rows([copy_row(one) for one in view.copies.values()])
        if view.copies and self.chosen() is None:  # the newest is what a person wants to have back
            self.table.go_to(next(iter(view.copies)))
        self.card.show_empty(None if view.copies else self._empty)

    def chosen(self) -> SnapshotInfo | None:
        """Return the copy with the cursor."""
        key = self.table.current_key()
        return self.copies.get(key) if isinstance(key, str) else None
