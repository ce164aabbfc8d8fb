"""The place results: tables with any metrics whose numbers explain themselves, and balances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.results.choosers import (
    chooser,
    fill_all,
    open_list,
    tables_and_parts,
    why_no_choice,
)
from tabapp.gui.pages.results.commands import PAGE
from tabapp.gui.pages.results.explaining import Explainer
from tabapp.gui.pages.results.export import export_table
from tabapp.gui.pages.results.metrics_dialog import MetricsDialog
from tabapp.gui.pages.results.pane import StandingsPane
from tabapp.gui.pages.results.parts import PARTS, Parts
from tabapp.gui.pages.results.sheet import columns_of, rows_of
from tabapp.gui.pages.results.words import facts_words, instead, ranking_words, why_no_metrics
from tabapp.gui.session import Session
from tabapp.gui.tables.cells import Column, Row
from tabapp.gui.tables.frozen import FrozenTableView
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import known_again
from tabapp.gui.tokens import Height, Space
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.painted import Name, label
from tabapp.gui.widgets.segments import Segments
from tabapp.services import results as service
from tabapp.services.results import ResultsTable, TableRequest
from tabapp.services.standings import KINDS
from tabapp.store.unit import ReadUnit

_THINGS = {
    "teams": "team", "speakers": "speaker", "replies": "speaker", "adjudicators": "adjudicator"}
_REPLIES = "replies"


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A table with its columns and rows, made in the thread that computed it."""

    table: ResultsTable
    columns: tuple[Column, ...]
    rows: list[Row]
    at: datetime


class ResultsPage(Page[ResultsView]):
    """Tables are computed from what is stored at each look, so they are never behind.

    What each kind of table was asked to rank by is remembered as long as the window is open.
    """

    place = "results"
    watches = frozenset({"results", "people", "settings", "rounds", "break", "feedback", "draws"})
    commands = PAGE
    hints = (
        (("Enter",), "explain or open"), (("Alt", "↑↓"), "sort"), (("/",), "filter"),
        (("Ctrl", "C"), "copy rows"), (("F4",), "metrics"), (("F5",), "category"),
        (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.request = TableRequest()
        self._asked: dict[str, TableRequest] = {}
        self._found: ResultsTable | None = None
        self._target = ""
        self.kinds = Segments(tr("Table of"), tables_and_parts(replies=False))
        self.kinds.chosen.connect(self.show_kind)
        self.facts = label("", role="secondary")
        self.filter = SearchField(tr("Filter"), keys=("/",))
        self.until = chooser(tr("Results after"))
        self.category = chooser(tr("Category"))
        self.ranked = Name("", "small", "text3")
        self.pane_of_table = StandingsPane()
        self.body = QStackedWidget()
        self.body.addWidget(self.pane_of_table)
        self._heads = QHBoxLayout()
        self.parts = Parts(self, session, self.body, self._heads)
        self.explainer = Explainer(self, session, lambda: (self.table, self._found))
        self.setFocusProxy(self.pane_of_table)  # the keys wait for it while it is read
        self._lay_out()
        self._connect()

    @property
    def rows(self) -> TableModel:
        """Return the rows of the table."""
        return self.pane_of_table.rows

    @property
    def table(self) -> FrozenTableView:
        """Return the table."""
        return self.pane_of_table.table

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.UNIT)
        head.addWidget(label(tr("Results"), "title"))
        head.addWidget(self.facts)
        head.addLayout(self._heads)
        head.addStretch(1)
        head.addStrut(Height.CONTROL)  # nothing jumps where a part has no buttons
        self._of_tables: list[QWidget] = [
            self.button("results.project", keys=False), self.button("results.export", keys=False)]
        for one in self._of_tables:
            head.addWidget(one)
        bar = QHBoxLayout()
        bar.setSpacing(Space.UNIT)
        bar.addWidget(self.kinds)
        self.filter.setMaximumWidth(200)
        metrics = self.button("results.metrics", keys=False)
        for part in (self.filter, self.category, self.until, metrics):
            bar.addWidget(part)
        bar.addStretch(1)
        bar.addWidget(self.ranked)
        self._of_tables += [self.facts, self.filter, metrics, self.ranked]
        column = QVBoxLayout(self)
        column.setContentsMargins(
            Space.MARGIN, Space.MARGIN_TIGHT, Space.MARGIN, Space.MARGIN_TIGHT)
        column.setSpacing(Space.GAP - 4)
        column.addLayout(head)
        column.addLayout(bar)
        column.addWidget(self.body, 1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(lambda _words: self._on_filter())
        self.filter.left_downwards.connect(self.pane_of_table.setFocus)
        self.until.activated.connect(self._on_chosen)
        self.category.activated.connect(self._on_chosen)
        self.pane_of_table.opened.connect(lambda _key: self._on_opened())
        self.pane_of_table.pointed.connect(self.explainer.explain)
        self.pane_of_table.scrolled.connect(self.explainer.follow)
        for kind in ("teams", "speakers", "motions", "positions"):
            self.on(f"results.{kind}", partial(self.show_kind, kind))
        self.on("results.judges", lambda: self.show_kind("adjudicators"))
        self.on("results.replies", lambda: self.show_kind(_REPLIES), self._has_replies)
        self.on("results.next", lambda: self._step(1))
        self.on("results.previous", lambda: self._step(-1))
        self.on("results.explain", self.explainer.explain, self._has_number)
        self.on("results.metrics", self._on_metrics,
                lambda: self._no_table() or why_no_metrics(self._found))
        self.on("results.category", lambda: open_list(self.category),
                lambda: why_no_choice(self.category, tr("There are no categories here.")))
        self.on("results.until", lambda: open_list(self.until),
                lambda: why_no_choice(self.until, tr("There is no earlier round to end with.")))
        self.on("results.project", lambda: self.session.go("projector", "standings"))
        self.on("results.export", self._on_export, self._has_lines)
        self.on("results.copy", self._on_copy, self._has_lines)
        self.on("results.person", self._on_person, self._has_lines)
        self.on("results.filter", lambda: self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason),
                self._no_table)

    # Data

    def query(self) -> Callable[[ReadUnit], ResultsView]:
        """Compute the table that is asked for, and make its rows."""
        owner, request, clock = self.session.tournament, self.request, self.session.workspace.clock
        known = self.rows.all_rows

        def read(unit: ReadUnit) -> ResultsView:
            table = service.read_table(unit, owner, request)
            return ResultsView(
                table, columns_of(table), known_again(rows_of(table), known), clock.now())

        return read

    def may_reload(self) -> bool:
        """Tell whether a table is looked at; a part reads for itself."""
        return self.parts.current is None

    def show_data(self, view: ResultsView) -> None:
        """Show a table; the place in it stays where it was."""
        data = self._found = view.table
        self.kinds.set_choices(tables_and_parts(replies=data.choices.has_replies))
        self.pane_of_table.show_rows(view.columns, view.rows)
        self._show_found()
        self.facts.setText(facts_words(data, view.at))
        self.ranked.set_text(ranking_words(data))
        fill_all(self.until, self.category, data)
        self._show_choosers()
        if self._target:
            self.table.go_to(self._target)
            self._target = ""
        self.explainer.again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Take what floats over the window along."""
        super().hideEvent(event)
        self.explainer.close()

    # Which table

    def pane(self) -> Page[object] | None:
        """Return the part that is on the screen, if it is no table."""
        return self.parts.current

    def panes(self) -> Sequence[QWidget]:
        """Return the choice of the table, and what it has."""
        inner = self.pane()
        return (self.kinds, *(inner.panes() if inner is not None else (self.table,)))

    def open_at(self, target: object) -> None:
        """Show a table or a part by its key, or ("team", id) and ("speaker", id) in its table."""
        if isinstance(target, tuple) and len(target) == 2:
            kind = next((k for k, v in _THINGS.items() if v == target[0]), "teams")
            self._target = str(target[1])
            self.show_kind(kind)
        elif target in [key for key, _words in self.kinds.choices]:
            self.show_kind(str(target))

    def show_kind(self, kind: str) -> None:
        """Show a table, as it was asked for before, or a part."""
        self.explainer.close()
        self.kinds.choose(kind)
        is_table = kind not in PARTS
        for one in self._of_tables:
            one.setVisible(is_table)
        if not is_table:
            page = self.parts.show(kind, self.request.until)
            self._show_choosers()
            self.setFocusProxy(page)
            self.refresh_commands()
            return
        self.parts.hide(self.pane_of_table)
        self.setFocusProxy(self.pane_of_table)
        wanted = next(one for one in KINDS if one == kind)
        self._asked[self.request.kind] = self.request
        before = self._asked.get(kind, TableRequest(kind=wanted))
        self.request = replace(before, until=self.request.until)
        self.reload()

    def _show_choosers(self) -> None:
        """Leave out the choosers that a part has no use for; a table says itself what it has."""
        if self.parts.current is not None:
            self.category.hide()
            self.until.setVisible(self.until.count() > 1)

    def _step(self, step: int) -> None:
        keys = [key for key, _words in self.kinds.choices]
        self.show_kind(keys[(keys.index(self.kinds.key) + step) % len(keys)])

    def _on_chosen(self) -> None:
        self.request = replace(
            self.request, until=self.until.currentData(), category=self.category.currentData())
        if self.parts.current is None:
            self.reload()
        else:
            self.parts.show(self.kinds.key, self.request.until)

    def _on_metrics(self) -> None:
        if self._found is None:
            return
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

    def _on_filter(self) -> None:
        self.explainer.close()
        self._show_found()

    def _show_found(self) -> None:
        """Show the rows that match the filter, or why there are none."""
        words = self.filter.text()
        self.rows.filter_by(words)
        if self._found is not None:
            self.pane_of_table.show_instead(
                instead(self._found, self.session, "" if self.rows.shown else words))

    # What can be done now

    def _no_table(self) -> str:
        if self.parts.current is not None:
            return tr("That is for tables. Show teams, speakers or judges first.")
        return ""

    def _has_lines(self) -> str:
        if self._no_table():
            return self._no_table()
        if self._found is None or not self._found.lines:
            return tr("The table is empty.")
        return ""

    def _has_replies(self) -> str:
        if self._found is None or not self._found.choices.has_replies:
            return tr("This format has no replies.")
        return ""

    def _has_number(self) -> str:
        return self._no_table() or (
            "" if self.explainer.column() else tr("Go to a number first."))

    # What is done

    def _on_opened(self) -> None:
        if self.pane_of_table.on_number():
            self.explainer.explain()
        else:
            self.run("results.person")

    def _on_person(self) -> None:
        key = self.table.current_key()
        if key is not None:
            self.session.go("people", (_THINGS[self.request.kind], str(key)))

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.table.copy_text())
        self.session.tell(tr("The table is on the clipboard."))

    def _on_export(self) -> None:
        if self._found is not None:
            export_table(self, self._found)

