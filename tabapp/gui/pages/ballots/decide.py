"""Two entries of one ballot side by side: what differs is decided, what agrees is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tabapp.domain.archive import Ballot
from tabapp.gui.messages import tr
from tabapp.gui.pages.ballots.decide_row import DecideRow
from tabapp.gui.pages.ballots.notices import field_words
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import Card
from tabapp.gui.widgets.hints import KeyHints
from tabapp.gui.widgets.painted import Name, label
from tabapp.services.ballot_bundle import Bundle, bundle_of
from tabapp.services.ballot_decision import Chosen, Decision, agreed, disputes, settle
from tabapp.services.ballot_form import DeskForm

_ORDINALS = ("First entry", "Second entry", "Third entry", "Fourth entry")
_BESIDE = 800
"""A panel that is less wide has its cards below each other."""


class DecidePanel(QWidget):
    """Holds what is decided of each field; stores nothing itself."""

    moved = Signal()
    """Something was decided, or taken back."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[DecideRow] = []
        self.agreed: list[tuple[str, str]] = []
        """What all entries say alike: field and value."""
        self._desk: DeskForm | None = None
        self._entries: tuple[tuple[int, Ballot], ...] = ()
        self._before: list[tuple[DecideRow, Chosen | None]] = []
        self._cards: list[QWidget] = []
        self._area = QScrollArea()
        self._middle = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.setSpacing(Space.GAP)

    def show_entries(
        self, desk: DeskForm, entries: tuple[tuple[int, Ballot], ...],
        decided: Decision | None = None,
    ) -> None:
        """Show entries that differ, with what this person ``decided`` of them before."""
        before = self.decision()
        same = self._desk is not None and self._desk.seen == desk.seen and (
            self._entries == entries)
        if same and before.chosen == (decided.chosen if decided is not None else {}):
            return  # which leaves what can be taken back
        self._desk, self._entries, self._before = desk, entries, []
        for old in self._cards:
            self._middle.removeWidget(old)
            old.hide()
            old.deleteLater()
        ballots = [one for _id, one in entries]
        self.rows = [
            DecideRow(desk.sheet, one, field_words(desk, one.judge, one.what), self)
            for one in disputes(desk, ballots)]
        for row in self.rows:
            row.decided.connect(lambda chosen, row=row: self._on_decided(row, chosen))
            row.went.connect(lambda to, row=row: self._go(row, to))
            if decided is not None:
                row.show_chosen(decided.of(row.dispute))
        self.agreed = [
            (field_words(desk, judge, what), value) for judge, what, value in agreed(desk, ballots)]
        self._cards = [self._differing(desk), _agreeing(self.agreed)]
        self._middle.addWidget(self._cards[0], 3)
        self._middle.addWidget(self._cards[1], 2)

    def _differing(self, desk: DeskForm) -> Card:
        card = Card(tr("What differs"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, Space.UNIT, 0)
        grid.setHorizontalSpacing(Space.UNIT)
        grid.setVerticalSpacing(Space.UNIT)
        last = len(self._entries) + 1
        for n, (row_id, ballot) in enumerate(self._entries):
            grid.addWidget(_head(desk, n, row_id, ballot), 0, n + 1)
            grid.setColumnStretch(n + 1, 3)
        grid.addWidget(
            label(tr("Another value"), "header", role="secondary"), 0, last,
            Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 4)
        people = dict(self.agreed)
        for at, row in enumerate(self.rows, 1):
            grid.addWidget(_field(row.words, people.get(f"{row.words}, name", "")), at, 0)
            for n, one in enumerate(row.choices, 1):
                grid.addWidget(one, at, n)
            grid.addWidget(row.third, at, last, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowStretch(len(self.rows) + 1, 1)
        area = _scrolled(holder)
        self._area = area
        card.body.addWidget(area, 1)
        keys = [((str(n + 1),), tr(words).lower()) for n, words in enumerate(
            _ORDINALS[:len(self._entries)])]
        keys += [((str(last),), tr("another value")), (("F2",), tr("the whole sheet"))]
        card.body.addWidget(KeyHints(keys))
        return card

    # What is decided

    def bundle(self) -> Bundle | None:
        """Return the sheet as it was decided, None while a field is open."""
        return None if any(row.chosen is None for row in self.rows) else self.so_far()

    def so_far(self) -> Bundle | None:
        """Return the first entry with what was decided; None where nothing is shown."""
        if self._desk is None:
            return None
        sheet = self._desk.sheet
        return settle(
            [bundle_of(sheet, one) for _id, one in self._entries],
            [(row.dispute, row.chosen) for row in self.rows if row.chosen is not None])

    def decision(self) -> Decision:
        """Return what was decided so far, to be kept."""
        seen = self._desk.seen if self._desk is not None else None
        return Decision(
            {(row.dispute.judge or "", row.dispute.key): row.chosen
             for row in self.rows if row.chosen is not None},
            [list(one) for one in seen.versions] if seen is not None else [],
            [list(one) for one in seen.sides] if seen is not None else [])

    def start_over(self) -> None:
        """Let everything be open, which undo takes back field by field."""
        for row in self.rows:
            if row.chosen is not None:
                self._before.append((row, row.chosen))
                row.show_chosen(None)
        self.take_keys()
        self.moved.emit()

    @property
    def to_go(self) -> int:
        """Return how many fields are open."""
        return sum(row.chosen is None for row in self.rows)

    def take_back(self) -> bool:
        """Take back what was decided last; False where nothing was."""
        if not self._before:
            return False
        row, chosen = self._before.pop()
        row.show_chosen(chosen)
        self._give_keys(row)
        self.moved.emit()
        return True

    def _on_decided(self, row: DecideRow, chosen: Chosen | None) -> None:
        typing = chosen is not None and chosen.entry is None and row.chosen is not None and (
            row.chosen.entry is None)
        if not typing:  # a value is one step, however many digits it has
            self._before.append((row, row.chosen))
        row.show_chosen(chosen)
        self.moved.emit()

    # Where the keys are

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below each other where both would be cut beside each other."""
        super().resizeEvent(event)
        narrow = self.width() < _BESIDE
        self._middle.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        QTimer.singleShot(0, self, self._bring_into_sight)  # parts get their places before

    def _bring_into_sight(self) -> None:
        here = QApplication.focusWidget()
        if here is not None and self._area.isAncestorOf(here):
            self._area.ensureWidgetVisible(here)

    def take_keys(self) -> None:
        """Take the keys: at the first field that is open, else at the first of all."""
        row = next((one for one in self.rows if one.chosen is None), None)
        for one in (row, *self.rows[:1]):
            if one is not None:
                self._give_keys(one)
                return

    def _go(self, row: DecideRow, to: int) -> None:
        at = self.rows.index(row) + to
        if 0 <= at < len(self.rows):
            self._give_keys(self.rows[at])

    def _give_keys(self, row: DecideRow) -> None:
        row.first.setFocus(Qt.FocusReason.TabFocusReason)
        self._area.ensureWidgetVisible(row.first)


def _head(desk: DeskForm, n: int, row_id: int, ballot: Ballot) -> QWidget:
    """Return who entered a version, and when."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    at = desk.version(row_id).entered_at
    time = f", {at.astimezone():%H:%M}" if at is not None else ""
    title = _ORDINALS[n] if n < len(_ORDINALS) else f"{n + 1}"
    column.addWidget(label(tr(title), "header", role="secondary"))
    column.addWidget(Name(f"{ballot.entered_by or tr('Unknown')}{time}", "identity"))
    return made


def _field(words: str, speaker: str) -> QWidget:
    """Return what a field is called, and who spoke where all entries say so."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(label(words, "identity", wrap=True))
    if speaker:
        column.addWidget(label(speaker, role="secondary"))
    column.addStretch(1)
    return made


def _agreeing(found: Sequence[tuple[str, str]]) -> Card:
    card = Card(tr("What agrees"))
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, Space.UNIT, 0)
    grid.setHorizontalSpacing(Space.GAP)
    grid.setVerticalSpacing(6)
    for at, (what, value) in enumerate(found):
        grid.addWidget(label(what, role="secondary", wrap=True), at, 0)
        words = label(value)
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(words, at, 1)
    grid.setColumnStretch(0, 1)
    grid.setRowStretch(len(found), 1)
    if not found:
        grid.addWidget(label(tr("Nothing."), role="secondary"), 0, 0)
    card.body.addWidget(_scrolled(holder), 1)
    return card


def _scrolled(holder: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidget(holder)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
