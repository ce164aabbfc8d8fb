"""The balance report: each team's sides before the round and after it, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from tabapp.domain.draw.balance import TeamBalance, lean_of, spread_of
from tabapp.domain.side_names import side_short
from tabapp.domain.types import TWO_SIDES, Stage
from tabapp.gui.dialogs.base import Dialog
from tabapp.gui.messages import tr
from tabapp.gui.names import MINUS
from tabapp.gui.page import Page
from tabapp.gui.pages.rounds.draw.balance_plot import MEANINGS, TONES, WORDS, Head
from tabapp.gui.pages.rounds.draw.rows import chip_of
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row, Value
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.services.balance_report import RoundBalance, read_balance
from tabapp.services.draw_sheet import DrawSheet

_SIZE = (1120, 640)
_FIGURE, _LEAN = 48, 62


class BalanceDialog(Dialog):
    """The figures, the bars and the table; Enter goes to the room of a team."""

    def __init__(
        self, parent: QWidget, found: RoundBalance, go: Callable[[str], None]
    ) -> None:
        report = found.report
        title = (
            tr("Balance after {round}", round=found.title) if report.is_placed
            else tr("Balance before {round}", round=found.title))
        super().__init__(parent, title, tr("Show its room"), width=_SIZE[0])
        self.found, self._go = found, go
        self.cancel.set_words(tr("Close"))
        self.filter = SearchField(tr("Filter teams"))
        self.uneven = QCheckBox(tr("Only what is not balanced"))
        self.model = TableModel(_columns(found), self)
        self.table = TableView(self.model, title)
        self.card = TableCard(self.table)
        self.filter.textChanged.connect(self._on_filtered)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.filter.returnPressed.connect(self.table.setFocus)
        self.uneven.toggled.connect(lambda _on: self._fill())
        self.table.opened.connect(lambda _key: self.act())
        self.table.chosen.connect(lambda _key: self._show_what_can_be_done())
        self._lay_out()
        self.resize(self.room(*_SIZE))
        self._fill()
        self.table.setFocus()

    def _lay_out(self) -> None:
        self.body.setSpacing(Space.UNIT)
        self.body.addWidget(Head(self.found.report))
        tools = QHBoxLayout()
        tools.setSpacing(Space.GAP)
        tools.addWidget(self.filter)
        tools.addWidget(self.uneven)
        tools.addStretch(1)
        tools.addWidget(label(_about(self.found), "small", role="hint"))
        self.body.addLayout(tools)
        self.body.addWidget(self.card, 1)
        self.setTabOrder(self.filter, self.uneven)
        self.setTabOrder(self.uneven, self.table)

    def _fill(self) -> None:
        shown = [
            one for one in self.found.report.teams
            if not self.uneven.isChecked() or _is_uneven(one)]
        self.model.set_rows([_row(one, self.found) for one in shown])
        self._on_filtered(self.filter.text())

    def _on_filtered(self, words: str) -> None:
        self.model.filter_by(words)
        rows = self.model.shown
        if rows:
            self.card.show_empty(None)
            if self.table.current_key() is None:
                self.table.go_to(rows[0].key)
        elif words.strip():
            self.card.show_empty(EmptyState(
                tr('Nothing matches "{words}".', words=words.strip()),
                tr("Clear the filter to see the teams.")))
        else:
            self.card.show_empty(EmptyState(
                tr("Every team is balanced."),
                tr("Switch the filter off to see all of them.")))
        self._show_what_can_be_done()

    def _show_what_can_be_done(self) -> None:
        reason = ""
        if not self.found.report.is_placed:
            reason = tr("{round} is not drawn yet.", round=self.found.title)
        elif self.table.current_key() is None or not self.model.shown:
            reason = tr("Choose a team first.")
        self.do.setEnabled(not reason)
        self.do.setToolTip(reason)

    def act(self) -> None:
        """Close, and show the room of the chosen team."""
        key = self.table.current_key()
        if isinstance(key, str) and self.do.isEnabled():
            self.accept()
            self._go(key)


class Balance(QObject):
    """Opens the report for a stage: of the draw that it shows, or of the record so far."""

    def __init__(
        self, stage: Page[object], sheet: Callable[[], DrawSheet | None],
        go: Callable[[str], None],
    ) -> None:
        super().__init__(stage)
        self._stage, self._sheet, self._go = stage, sheet, go
        stage.on("draw.balance", self.open, self.why_not)

    def why_not(self) -> str:
        """Return why there is no report, "" where there is one."""
        sheet = self._sheet()
        if sheet is None:
            return tr("The round is being read.")
        if sheet.round.stage == Stage.ELIMINATION:
            return tr("Elimination rounds do not count for the balance.")
        return ""

    def open(self) -> None:
        """Read the report and show it."""
        sheet = self._sheet()
        if sheet is None:
            return
        round_id = sheet.round.id
        self._stage.session.read(
            self, lambda unit: read_balance(unit, round_id),
            lambda found: BalanceDialog(self._stage, found, self._go).open())


def _about(found: RoundBalance) -> str:
    if found.report.sides == TWO_SIDES:
        return tr("Balanced: neither side is more than one ahead of the other.")
    return tr("Balanced: no position is more than one ahead of another.")


def _is_uneven(team: TeamBalance) -> bool:
    return not team.is_balanced or spread_of(team.kind_after) > 1


def _columns(found: RoundBalance) -> list[Column]:
    report, names = found.report, found.owner.settings.side_names
    shorts = [side_short(side, names) for side in report.sides]
    two = report.sides == TWO_SIDES

    def band(key: str, title: str) -> list[Column]:
        made = [
            Column(f"{key}_{side}", short, Kind.NUMBER, _FIGURE, band=title, strong=key == "after")
            for side, short in zip(report.sides, shorts, strict=True)]
        if two:
            lean = f"{shorts[0]} {MINUS} {shorts[1]}"
            made.append(Column(
                f"{key}_lean", "±", Kind.NUMBER, _LEAN, band=title, strong=True, tip=lean))
        return made

    columns = [Column("team", tr("Team"), Kind.IDENTITY, stretch=True)]
    if not report.is_placed:
        columns += band("before", tr("So far"))
    else:
        columns.append(Column("side", tr("Side"), Kind.SIDE, 64))
        columns += band("before", tr("Before"))
        columns += band("after", tr("After"))
    if two and report.kind:
        kind = tr("In {kind} rounds", kind=report.kind)
        word = tr("before") if report.is_placed else tr("so far")
        columns.append(Column("kind_before", word, Kind.NUMBER, 70, band=kind))
        if report.is_placed:
            columns.append(Column("kind_after", tr("after"), Kind.NUMBER, 70, band=kind))
    columns.append(Column("change", tr("Balance"), Kind.VERDICT, 130))
    columns.append(Column(
        "trend", tr("Lead after each round"), Kind.SPARK, 160,
        tip=tr("By how much the most frequent side led the rarest")))
    return columns


def _row(team: TeamBalance, found: RoundBalance) -> Row:
    report, names = found.report, found.owner.settings.side_names
    two = report.sides == TWO_SIDES
    cells: list[Value] = [team.name]

    def add(counts: Sequence[int], gone: Sequence[int]) -> None:
        for now, before in zip(counts, gone, strict=True):
            cells.append(Cell(str(now), sort=now, tone="accent" if now != before else ""))
        if two:
            cells.append(_lean(tuple(counts)))

    if report.is_placed:
        cells.append(Cell(chip_of(team.side, names)) if team.side is not None else "")
    add(team.before, team.before)
    if report.is_placed:
        add(team.after, team.before)
    if two and report.kind:
        cells.append(_lean(team.kind_before))
        if report.is_placed:
            cells.append(_lean(team.kind_after))
    words, tone = tr(WORDS[team.change]), TONES[team.change]
    if not report.is_placed and team.change == "still_bad":
        words = tr("Not balanced")
    cells.append(Cell(words, tone=tone, tip=tr(MEANINGS[team.change]) if report.is_placed else ""))
    said = ", ".join(map(str, team.trend))
    cells.append(Cell(
        said, tip=tr("After each round: {said}", said=said) if said else "",
        points=tuple(map(float, team.trend))))
    return Row(team.id, tuple(cells))


def _lean(counts: tuple[int, ...]) -> Cell:
    lean = lean_of(counts)
    words = f"+{lean}" if lean > 0 else f"{MINUS}{-lean}" if lean else "0"
    return Cell(words, sort=lean, tone="attention" if abs(lean) > 1 else "")
