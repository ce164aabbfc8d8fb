"""One award beside the ledger: how it is earned, what keeps it from the hall, all its winners."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from tabapp.gui import fonts, icons
from tabapp.gui.award_words import FAMILIES
from tabapp.gui.messages import tr
from tabapp.gui.pages.awards.rows import WINNER_COLUMNS, counted, note_of, winner_rows
from tabapp.gui.pages.awards.ways import why_no_release
from tabapp.gui.rarity import DOTS, RARITIES, rank
from tabapp.gui.tables.cell_painter import PAD, Place
from tabapp.gui.tables.cells import Cell, Column, Kind
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import needles
from tabapp.gui.tables.painters import PAINTERS
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.buttons import Button
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.award_views import AwardLine, Winner
from tabapp.services.award_waits import AwardWaits

WIDTH = 360
_ICON, _ROW = 24, 62
_RARITY = Column("rarity", "", Kind.DOTS)


class _Mark(QWidget):
    """The icon of an award."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_ICON, _ICON)
        self._icon = "award"

    def show_icon(self, name: str) -> None:
        """Show another one."""
        self._icon = name
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            icons.draw(painter, self._icon, _ICON, "accent", 0, 0)


class _Rarity(QWidget):
    """Dots and words, as in the ledger."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(Height.BADGE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._cell = Cell()

    def show_rarity(self, rarity: str, words: str) -> None:
        """Show how rare it is, and what else is said."""
        self._cell = Cell(words, points=(float(rank(rarity)), float(DOTS)))
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint dots and words."""
        with QPainter(self) as painter:
            place = Place(-PAD, 0, self.width() + PAD, self.height())
            PAINTERS[Kind.DOTS].paint(painter, self._cell, _RARITY, place)


class _Winners(TableView):
    """The winners; Esc goes back to the ledger."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc and by Left."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Left):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class AwardPanel(Card):
    """The award with the cursor; "nothing chosen" without one."""

    opened = Signal(object)
    """Enter on a ``Winner``."""
    left = Signal()
    """The keys go back to the ledger."""

    def __init__(self, show: Button, release: Button) -> None:
        super().__init__(padding=Space.GAP)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(tr("The chosen award"))
        self.line: AwardLine | None = None
        self._words = ""
        self._nothing = EmptyState(
            tr("No award chosen."), tr("Choose one to see who has it."))
        self.body.addWidget(self._nothing)
        self._some = QWidget()
        self.body.addWidget(self._some)
        column = QVBoxLayout(self._some)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.UNIT)
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        self._mark = _Mark()
        self.title = Name("", "card")
        head.addWidget(self._mark)
        head.addWidget(self.title, 1)
        column.addLayout(head)
        self.sentence = label("", wrap=True)
        self.rarity = _Rarity()
        self.note = label("", "small", role="secondary", wrap=True)
        for part in (self.sentence, self.rarity, self.note):
            column.addWidget(part)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.UNIT)
        self._release = release
        buttons.addWidget(show)
        buttons.addWidget(release)
        buttons.addStretch(1)
        column.addLayout(buttons)
        self.model = TableModel(WINNER_COLUMNS, self)
        self.table = _Winners(self.model, tr("Winners"), row_height=_ROW)
        self.table.horizontalHeader().hide()
        self.table.setFont(fonts.font("body"))
        self.table.opened.connect(self._on_opened)
        self.table.left.connect(self.left)
        column.addWidget(self.table, 1)
        self.none = label(tr("Nobody has it yet."), role="secondary")
        column.addWidget(self.none)
        column.addStretch(0)
        self._nothing.show()
        self._some.hide()

    def show_award(
        self, line: AwardLine | None, waits: AwardWaits, now: datetime
    ) -> None:
        """Show an award; the cursor in its winners stays while it is the same one."""
        same = line is not None and self.line is not None and line.key == self.line.key
        self.line = line
        self._nothing.setVisible(line is None)
        self._some.setVisible(line is not None)
        if line is None:
            self.model.set_rows(())
            return
        self._mark.show_icon(line.icon)
        self.title.set_text(tr(line.title))
        self.sentence.setText(tr(line.sentence))
        words = [tr(RARITIES[line.rarity]), counted(line) if line.is_earned else tr(
            "for {family}", family=tr(FAMILIES[line.family]).lower())]
        self.rarity.show_rarity(line.rarity, ", ".join(words))
        note = note_of(line, waits)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._release.setVisible(not why_no_release(waits.lacks.get(line.key, ())))
        self.table.setVisible(line.is_earned)
        self.none.setVisible(not line.is_earned)
        self.model.set_rows(winner_rows(line, now))
        self._filter()
        if not same and self.model.shown:
            self.table.go_to(self.model.shown[0].key)
            self.table.scrollToTop()

    def filter_by(self, words: str) -> None:
        """Show the winners that hold every word; all of them where none does."""
        self._words = words
        self._filter()

    def _filter(self) -> None:
        self.model.filter_by(self._words if needles(self._words) else "")
        if not self.model.shown:
            self.model.filter_by("")

    def winner(self) -> Winner | None:
        """Return the winner with the cursor."""
        key = self.table.current_key()
        if self.line is None or not isinstance(key, int) or key >= len(self.line.winners):
            return None
        return self.line.winners[key]

    def _on_opened(self, _key: object) -> None:
        winner = self.winner()
        if winner is not None:
            self.opened.emit(winner)
