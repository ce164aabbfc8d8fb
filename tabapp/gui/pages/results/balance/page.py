"""The balance of motions, and of sides or positions: two parts of the place results."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.results.balance import cards, sentences
from tabapp.gui.pages.results.balance.cards import FourCards, TwoCards
from tabapp.gui.pages.results.balance.commands import MOTIONS, POSITIONS
from tabapp.gui.pages.results.balance.details import MotionDetails
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.painted import label
from tabapp.services.fairness import FairnessView, MotionBalance, read_fairness
from tabapp.services.fairness_tables import Table, motion_rows, position_rows
from tabapp.store.unit import ReadUnit

_LEAST_MOTION = 190
"""A motion stays readable; then the table scrolls."""
_WATCHED = frozenset({"results", "rounds", "settings", "draws", "motions"})


class BalancePane(Page[FairnessView]):
    """What both parts share: they read the same, and show it or say why there is nothing.

    ``head`` holds the facts, for whoever hosts the part. ``until`` is the last round that counts.
    """

    watches = _WATCHED

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.until: int | None = None
        self.data: FairnessView | None = None
        self.head = label("", role="secondary")
        self._form: tuple[object, ...] = ()
        self._content = QStackedLayout(self)
        self._content.setContentsMargins(0, 0, 0, 0)
        self.model = TableModel(())
        self.table: TableView | None = None

    def show_until(self, seq: int | None) -> None:
        """Count the rounds up to one, or all of them."""
        if seq != self.until:
            self.until = seq
            self.mark_stale()

    def query(self) -> Callable[[ReadUnit], FairnessView]:
        """Return what counts the debates."""
        owner, until = self.session.tournament, self.until
        return lambda unit: read_fairness(unit, owner, until)

    def show_data(self, data: FairnessView) -> None:
        """Show the counts, in widgets that fit the format."""
        self.data = data
        self.head.setText(_facts(data))
        empty = self.empty(data)
        if empty is not None:
            self._form = ()
            self._show(empty)
            return
        form = (data.sides, data.side_names, data.vetoes_recorded)
        if form != self._form:
            self._form = form
            self._show(self.build(data))
        self.fill(data)

    def _show(self, widget: QWidget) -> None:
        had_keys = self._has_keys()
        old = self._content.currentWidget()
        self._content.addWidget(widget)
        self._content.setCurrentWidget(widget)
        if old is not None:
            self._content.removeWidget(old)
            old.deleteLater()
        target = self.table if self._form and self.table is not None else widget
        self.setFocusProxy(target)
        if had_keys:
            target.setFocus()

    def _has_keys(self) -> bool:
        focused = QGuiApplication.focusObject()
        return focused is self or (isinstance(focused, QWidget) and self.isAncestorOf(focused))

    def new_table(self, columns: Sequence[Column], name: str) -> TableCard:
        """Return a table of these columns in its card, and keep it as that of the part."""
        self.model = TableModel(columns)
        self.table = TableView(self.model, name)
        return TableCard(self.table)

    def empty(self, data: FairnessView) -> EmptyState | None:
        """Return what stands there where nothing can be shown."""
        if not data.sides:
            return EmptyState(
                tr("This format has no sides."),
                tr("Balance is counted for two sides and for the four positions of BP."))
        if not data.rounds:
            return EmptyState(
                tr("No results yet."), tr("The balance appears with the first confirmed ballot."))
        return None

    def build(self, data: FairnessView) -> QWidget:
        """Make the widgets of a format."""
        raise NotImplementedError

    def fill(self, data: FairnessView) -> None:
        """Show the counts in the widgets."""
        raise NotImplementedError

    def as_table(self) -> Table:
        """Return titles and rows for files and for the clipboard; empty before it was read."""
        raise NotImplementedError

    def copy_text(self) -> str:
        """Return all of it to be pasted into a spreadsheet."""
        return cards.as_text(*self.as_table())

    def copy(self) -> None:
        """Put all of it on the clipboard."""
        QGuiApplication.clipboard().setText(self.copy_text())
        self.session.tell(tr("The balance is on the clipboard."))

    def why_no_copy(self) -> str:
        """Return why there is nothing to copy, "" if there is."""
        return "" if self._form else tr("There is nothing to copy yet.")


class MotionsPane(BalancePane):
    """A row a motion; below it what is known of the chosen one."""

    place = "results/motions"
    commands = MOTIONS
    hints = (
        (("↑↓",), "another motion"), (("Alt", "↑↓"), "sort"), (("Ctrl", "C"), "copy rows"),
        (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.details: MotionDetails | None = None
        self.on("motions.copy", self.copy, self.why_no_copy)
        self.on("motions.settings", lambda: session.go("settings", "motions"))

    def empty(self, data: FairnessView) -> EmptyState | None:
        """Say that there are no motions, or that no ballot tells which was debated."""
        if not data.motions:
            made = EmptyState(
                tr("No motions yet."), tr("Write them under Settings, and set them in rounds."),
                action=tr("Go to motions"))
        elif data.sides and data.rounds and not any(one.balance.debates for one in data.motions):
            made = EmptyState(
                tr("No ballot says which motion was debated."),
                tr("Set one motion a round, or choose the motion on each ballot.")
                if data.motions_recorded else
                tr("Ballots record no motion here. Switch that on under Settings, or set one "
                   "motion a round."), action=tr("Go to motions"))
        else:
            return super().empty(data)
        made.acted.connect(lambda: self.run("motions.settings"))
        return made

    def build(self, data: FairnessView) -> QWidget:
        """Make the table and the card below it."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD)
        card = self.new_table(_motion_columns(data), tr("Balance of motions"))
        if self.table is not None:
            self.table.chosen.connect(self._show_motion)
        self.details = MotionDetails(data)
        column.addWidget(card, 1)
        column.addWidget(self.details)
        return made

    def fill(self, data: FairnessView) -> None:
        """Show a row a motion; the cursor stays on its motion."""
        self.model.set_rows([_motion_row(data, one) for one in data.motions])
        table = self.table
        if table is None:
            return
        if table.current_key() is None:
            first = next((one for one in data.motions if one.balance.debates), data.motions[0])
            table.go_to(first.id)
        self._show_motion(table.current_key())

    def _show_motion(self, key: object) -> None:
        if self.data is None or self.details is None:
            return
        found = next((one for one in self.data.motions if one.id == key), None)
        if found is not None:
            self.details.show_motion(found)

    def as_table(self) -> Table:
        """Return a row a motion."""
        return motion_rows(self.data) if self.data is not None else ([], [])

    def open_at(self, target: object) -> None:
        """Show a motion, given by its row id."""
        if self.table is not None:
            self.table.go_to(target)


class PositionsPane(BalancePane):
    """Plots of all preliminary rounds, and a row a round."""

    place = "results/positions"
    commands = POSITIONS
    hints = (
        (("↑↓",), "another round"), (("Alt", "↑↓"), "sort"), (("Ctrl", "C"), "copy rows"),
        (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.cards: FourCards | TwoCards | None = None
        self.on("positions.copy", self.copy, self.why_no_copy)

    def build(self, data: FairnessView) -> QWidget:
        """Make the plots of two sides, or of four positions, around the table of rounds."""
        card = self.new_table(cards.round_columns(data), tr("Balance of rounds"))
        self.cards = FourCards(card) if data.is_four else TwoCards(card)
        return self.cards

    def fill(self, data: FairnessView) -> None:
        """Show the counts."""
        self.model.set_rows(cards.round_rows(data))
        if self.cards is not None:
            self.cards.show_view(data)
        if self.table is not None and self.table.current_key() is None and data.rounds:
            self.table.go_to(f"round:{data.rounds[0].id}")

    def as_table(self) -> Table:
        """Return a row a round."""
        return position_rows(self.data) if self.data is not None else ([], [])


def _facts(data: FairnessView) -> str:
    if not data.rounds:
        return ""
    number = sum(one.balance.debates for one in data.rounds)
    parts = [
        tr("after {round}", round=data.rounds[-1].name), sentences.debates(number)]
    if data.unnamed:
        parts.append(tr(
            "{debates} without a known motion", debates=sentences.debates(data.unnamed)))
    if data.forfeits:
        parts.append(tr(
            "{forfeits} left out", forfeits=count(data.forfeits, "forfeit", "forfeits")))
    if data.silent:
        parts.append(tr("silent: {rounds}", rounds=", ".join(data.silent)))
    return " · ".join(parts)


def _motion_columns(data: FairnessView) -> list[Column]:
    columns = [
        Column("motion", tr("Motion"), Kind.IDENTITY, stretch=True, least=_LEAST_MOTION),
        Column("rounds", tr("Rounds"), Kind.TEXT, 110),
        Column("debates", tr("Debates"), Kind.NUMBER, 84),
        *cards.side_columns(data), *_share_column(data),
        Column("verdict", tr("Balance"), Kind.VERDICT, 190),
    ]
    if data.vetoes_recorded:
        columns.append(Column("vetoes", tr("Vetoes"), Kind.TEXT, 130))
    return columns


def _share_column(data: FairnessView) -> list[Column]:
    if data.is_four:
        return []
    return [Column(
        "share", tr("{side} share", side=data.shorts[0]), Kind.NUMBER, 150,
        tip=tr("With its 95 % interval"))]


def _share_cell(data: FairnessView, one: MotionBalance) -> list[Cell]:
    share = one.balance.wins.share
    if data.is_four:
        return []
    return [Cell(sentences.bounds(share, share=True), sort=share.estimate) if share else Cell()]


def _motion_row(data: FairnessView, one: MotionBalance) -> Row:
    named = one.title != one.text
    cells = [
        Cell(one.title, aside=one.text if named else "", tip=one.text),
        Cell(", ".join(one.rounds)), Cell(str(one.balance.debates), sort=one.balance.debates),
        *cards.side_cells(data, one.balance), *_share_cell(data, one),
        cards.verdict_cell(one.balance)]
    if data.vetoes_recorded:
        cells.append(Cell(", ".join(
            f"{n} {short}" for n, short in zip(one.vetoes, data.shorts, strict=True) if n),
            sort=sum(one.vetoes)))
    return Row(one.id, tuple(cells), dim=not one.balance.debates)
