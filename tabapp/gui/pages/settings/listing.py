"""What the parts with a table share: a title, buttons, a place for what is wrong, the table."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.core.errors import ProblemsFound
from tabapp.gui.messages import sentence_of, tr
from tabapp.gui.page import Page
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Banner
from tabapp.gui.widgets.painted import label

T = TypeVar("T")


class ListPane(Page[T]):
    """A table of what is set up once. Enter edits the row, an error stands above the table."""

    title: ClassVar[str] = ""

    def __init__(
        self, session: Session, columns: Sequence[Column], about: str,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(session, parent)
        self.rows = TableModel(columns)
        self.table = TableView(self.rows, tr(self.title))
        self.card = TableCard(self.table)
        self.data: T | None = None
        self._banner: Banner | None = None
        self._wanted: Hashable = None
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.UNIT)
        self._above = QVBoxLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.UNIT)
        self._head.addWidget(label(tr(self.title), "title"))
        self._head.addStretch(1)
        whole.addLayout(self._head)
        whole.addWidget(label(tr(about), role="secondary", wrap=True))
        whole.addLayout(self._above)
        whole.addWidget(self.card, 1)
        self.setFocusProxy(self.table)
        self.table.chosen.connect(lambda _key: self.refresh_commands())

    def add_buttons(self, *names: str, primary: str = "") -> None:
        """Put buttons for commands at the right of the title."""
        for name in names:
            role = Role.PRIMARY if name == primary else Role.NORMAL
            self._head.addWidget(self.button(name, role=role))

    # What is wrong

    def show_error(self, error: Exception) -> None:
        """Say above the table why something was not stored."""
        words = sentence_of(error)
        if isinstance(error, ProblemsFound):
            words = "\n".join(one.message for one in error.problems)
        self.show_words(words)

    def show_words(self, words: str, tone: str = "problem") -> None:
        """Say something above the table, or nothing any more."""
        if self._banner is not None:
            self._above.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
        if words:
            self._banner = Banner(words, tone=tone)
            self._above.addWidget(self._banner)

    @property
    def words(self) -> str:
        """Return what is said above the table."""
        return self._banner.accessibleName() if self._banner is not None else ""

    # The row with the keys

    def want(self, key: Hashable) -> None:
        """Go to a row as soon as it is there."""
        self._wanted = key
        self.go_to_wanted()

    def go_to_wanted(self) -> None:
        """Go to the row that is wanted; without one keep a row chosen."""
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None
        elif self.table.current_key() is None and self.rows.shown:
            self.table.go_to(self.rows.shown[0].key)
