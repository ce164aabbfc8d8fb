"""The place results: tables of teams, speakers and judges with any metrics."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.results.commands import COMMANDS
from tabapp.gui.pages.results.metrics_dialog import MetricsDialog
from tabapp.gui.pages.results.sheet import columns_of, rows_of
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Column, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import known_again
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import results as service
from tabapp.services.results import ResultsTable, TableRequest
from tabapp.services.standings import KINDS
from tabapp.services.table_files import write_table_file
from tabapp.store.unit import ReadUnit

_WORDS = {"teams": "teams", "speakers": "speakers", "replies": "speakers", "adjudicators": "judges"}
_THINGS = {"teams": "team", "speakers": "speaker", "adjudicators": "adjudicator"}


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A table with its columns and rows, made in the thread that computed it."""

    table: ResultsTable
    columns: tuple[Column, ...]
    rows: list[Row]


class ResultsPage(Page[ResultsView]):
    """Tables are computed from what is stored at each look, so they are never behind."""

    place = "results"
    watches = frozenset({"results", "people", "settings", "rounds", "break", "feedback", "draws"})
    commands = COMMANDS
    hints = (
        (("Alt", "↑↓"), "sort"), (("/",), "filter"), (("Ctrl", "C"), "copy rows"),
        (("F4",), "metrics"), (("Enter",), "open under People"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.request = TableRequest()
        self._found: ResultsTable | None = None
        self._columns: tuple[Column, ...] = ()
        self._target = ""
        self.kinds = Segments(tr("Table of"), [
            ("teams", tr("Teams")), ("speakers", tr("Speakers")), ("adjudicators", tr("Judges"))])
        self.kinds.chosen.connect(self.show_kind)
        self.facts = label("", role="secondary")
        self.filter = SearchField(tr("Filter by name"), keys=("/",))
        self.until = _chooser(tr("Results after"))
        self.category = _chooser(tr("Category"))
        self.rows = TableModel(())
        self.table = TableView(self.rows, tr("Results"))
        self.card = TableCard(self.table)
        self.setFocusProxy(self.table)  # the keys wait for it while it is read
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(label(tr("Results"), "title"))
        head.addSpacing(Space.UNIT)
        head.addWidget(self.facts)
        head.addStretch(1)
        head.addWidget(self.button("results.metrics"))
        head.addWidget(self.button("results.export"))
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        for part in (self.kinds, self.filter, self.until, self.category):
            bar.addWidget(part)
        bar.addStretch(1)
        self.ranked = label("", "small", role="hint")
        bar.addWidget(self.ranked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(
            Space.MARGIN, Space.MARGIN_TIGHT, Space.MARGIN, Space.MARGIN_TIGHT)
        self._column.setSpacing(Space.GAP - 4)
        self._column.addLayout(head)
        self._column.addLayout(bar)
        self._column.addWidget(self.card, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left_downwards.connect(self._to_table)
        self.until.activated.connect(self._on_chosen)
        self.category.activated.connect(self._on_chosen)
        self.on("results.teams", lambda: self.show_kind("teams"))
        self.on("results.speakers", lambda: self.show_kind("speakers"))
        self.on("results.judges", lambda: self.show_kind("adjudicators"))
        self.on("results.metrics", self._on_metrics, self._has_metrics)
        self.on("results.export", self._on_export, self._has_lines)
        self.on("results.copy", self._on_copy, self._has_lines)
        self.on("results.person", self._on_person, self._has_lines)
        self.on("results.filter", lambda: self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason))

    # Data

    def query(self) -> Callable[[ReadUnit], ResultsView]:
        """Compute the table that is asked for, and make its rows."""
        owner, request = self.session.tournament, self.request
        known = self.rows.all_rows

        def read(unit: ReadUnit) -> ResultsView:
            table = service.read_table(unit, owner, request)
            return ResultsView(table, columns_of(table), known_again(rows_of(table), known))

        return read

    def show_data(self, view: ResultsView) -> None:
        """Show a table; the place in it stays where it was."""
        data = self._found = view.table
        if view.columns != self._columns:
            self._new_table(view.columns)
        self.rows.set_rows(view.rows)
        self.rows.filter_by(self.filter.text())
        self.card.show_empty(None if data.lines and data.after else self._empty(data))
        self.facts.setText(self._facts(data))
        ranking = ", ".join(one.title.lower() for one in data.columns if one.ranks)
        self.ranked.setText(tr("Rank by {metrics}", metrics=ranking) if ranking else "")
        self._fill_choosers(data)
        if self._target:
            self.table.go_to(self._target)
            self._target = ""

    def _new_table(self, columns: tuple[Column, ...]) -> None:
        """Make a table of other columns in place of the present one."""
        had_focus = self.table.hasFocus()
        self._columns = columns
        self.rows = TableModel(columns)
        self.table = TableView(self.rows, tr("Results"))
        self.table.opened.connect(lambda _key: self.run("results.person"))
        card = TableCard(self.table)
        self._column.replaceWidget(self.card, card)
        self.card.deleteLater()
        self.card = card
        self.setFocusProxy(self.table)
        if had_focus:
            card.show()  # only what is on the screen takes the focus
            self.table.setFocus()

    def _facts(self, data: ResultsTable) -> str:
        kind = data.request.kind
        word = _WORDS[kind]
        parts = [count(len(data.lines), word.removesuffix("s"), word)]
        if data.after:
            parts.insert(0, tr("after {round}", round=data.after))
        if data.missing:
            parts.append(tr(
                "{ballots} still out", ballots=count(data.missing, "ballot", "ballots")))
        if data.silent:
            parts.append(tr("silent: {rounds}", rounds=", ".join(data.silent)))
        return " · ".join(parts)

    def _empty(self, data: ResultsTable) -> EmptyState:
        if not data.lines:
            made = EmptyState(
                tr("Nobody is listed here."), tr("Add, paste or import them under People."),
                action=tr("Go to People"))
            made.acted.connect(lambda: self.session.go("people"))
            return made
        made = EmptyState(
            tr("No results yet."), tr("They appear when ballots are confirmed."),
            action=tr("Go to the round"))
        made.acted.connect(lambda: self.session.go("rounds"))
        return made

    def _fill_choosers(self, data: ResultsTable) -> None:
        rounds: list[tuple[str, object]] = [(tr("After all rounds"), None)]
        rounds += [(tr("After {round}", round=name), seq) for seq, name in data.choices.rounds]
        _fill(self.until, rounds, data.request.until)
        everybody: list[tuple[str, object]] = [(tr("Everybody"), None)]
        found = [(name, slug) for slug, name in data.choices.categories]
        _fill(self.category, [*everybody, *found], data.request.category)
        self.category.setVisible(bool(found))

    # Choices

    def open_at(self, target: object) -> None:
        """Show ("team", id) or ("speaker", id) in its table."""
        if isinstance(target, tuple) and len(target) == 2:
            wanted = next((k for k, v in _THINGS.items() if v == target[0]), "teams")
            self._target = str(target[1])
            self.show_kind(wanted)

    def show_kind(self, kind: str) -> None:
        """Show the table of teams, speakers or judges."""
        self.kinds.choose(kind)
        wanted = next(one for one in KINDS if one == kind)
        self.request = TableRequest(kind=wanted, until=self.request.until)
        self.reload()

    def _on_chosen(self) -> None:
        self.request = replace(
            self.request, until=self.until.currentData(), category=self.category.currentData())
        self.reload()

    def _on_metrics(self) -> None:
        assert self._found is not None
        chosen = self._found.choices
        dialog = MetricsDialog(
            self.window(), self.request.kind,
            self.request.metrics if self.request.metrics is not None else chosen.metrics,
            self.request.extra if self.request.extra is not None else chosen.extra)
        dialog.chose.connect(self._on_metrics_chosen)
        dialog.open()

    def _on_metrics_chosen(self, metrics: tuple[str, ...], extra: tuple[str, ...]) -> None:
        self.request = replace(self.request, metrics=metrics, extra=extra)
        self.reload()

    def _on_filter(self, words: str) -> None:
        self.rows.filter_by(words)

    def _to_table(self) -> None:
        self.table.setFocus()

    # What can be done now

    def _has_lines(self) -> str:
        if self._found is None or not self._found.lines:
            return tr("The table is empty.")
        return ""

    def _has_metrics(self) -> str:
        if self._found is None:
            return tr("Nothing is loaded yet.")
        if self.request.kind == "adjudicators":
            return tr("The table of judges has one ranking: their score.")
        return ""

    def _on_person(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.session.go("people", (_THINGS[self.request.kind], str(key)))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.copy_text())
        self.session.tell(tr("The table is on the clipboard."))

    def _on_export(self) -> None:
        dialog = QFileDialog(
            self.window(), tr("Export the table"), f"{self.request.kind}.csv",
            tr("Spreadsheet (*.csv);;Data for programs (*.json)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.export_to(Path(path)))
        dialog.open()

    def export_to(self, path: Path) -> None:
        """Write the whole table, as it is computed, into a file; say what was written."""
        table = self._found
        if table is None:
            return
        output = path if path.suffix else path.with_suffix(".csv")
        self.session.call(
            self, lambda: write_table_file(table, output),
            lambda rows: self.session.tell(tr(
                "Wrote {rows} to {file}.", rows=count(rows, "row", "rows"), file=output)))


def _chooser(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setFixedHeight(Height.CONTROL)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _fill(chooser: QComboBox, choices: list[tuple[str, object]], chosen: object) -> None:
    """Give a chooser its choices, unless it has them, and show which is in force."""
    if [chooser.itemText(i) for i in range(chooser.count())] != [words for words, _ in choices]:
        chooser.clear()
        for words, value in choices:
            chooser.addItem(words, value)
    at = next((i for i, (_, value) in enumerate(choices) if value == chosen), 0)
    chooser.setCurrentIndex(at)
