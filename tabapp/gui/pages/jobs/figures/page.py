"""Figures of jobs: how often each kind ran, how well, how long it waited and worked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tabapp.gui.messages import count, tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.figures.commands import COMMANDS
from tabapp.gui.pages.jobs.parameters import title_of_job
from tabapp.gui.pages.jobs.words import took_in_words
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Cell, Column, Kind, Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import known_again
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Height
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.jobs.events import JobEvent, JobFinished
from tabapp.jobs.metrics import JobMetrics, metrics
from tabapp.jobs.registry import Registry
from tabapp.store.unit import ReadUnit

MOST = 2000
"""Runs that the figures are about: the latest."""
_MERGED = 1000
_GOOD = 0.9
"""Share of good ends below which a job needs a look."""
COLUMNS = (
    Column("job", "Job", Kind.IDENTITY, stretch=True),
    Column("name", "Name", Kind.VERDICT, width=230),
    Column("runs", "Runs", Kind.NUMBER, width=76),
    Column("success", "Success", Kind.NUMBER, width=92),
    Column("wait", "Waits", Kind.NUMBER, width=92, tip="Mean time in the queue"),
    Column("wait_p95", "Waits, 95 %", Kind.NUMBER, width=112, tip="19 of 20 waited no longer"),
    Column("mean", "Takes", Kind.NUMBER, width=92, tip="Mean time at work"),
    Column("p95", "Takes, 95 %", Kind.NUMBER, width=112, tip="19 of 20 took no longer"),
    Column("recent", "Last 60 runs", Kind.SPARK, width=260, tip="Time at work, oldest first"),
)


@dataclass(frozen=True, slots=True)
class FiguresView:
    """The rows, and what they are about."""

    rows: list[Row]
    words: str


def _time(seconds: float) -> Cell:
    return Cell(took_in_words(seconds), sort=seconds)


def figures_row(one: JobMetrics, registry: Registry) -> Row:
    """Return the row of one kind of job."""
    title = title_of_job(registry.get(one.name)) if one.name in registry else one.name
    poor = one.success_rate < _GOOD
    recent = tr(
        "{least} to {most}", least=took_in_words(min(one.recent, default=0.0)),
        most=took_in_words(max(one.recent, default=0.0)))
    return Row(one.name, (
        title, one.name, one.runs,
        Cell(f"{one.success_rate:.0%}", sort=one.success_rate, tone="attention" if poor else "",
             tip=count(one.failures, "failure", "failures")),
        _time(one.wait_mean), _time(one.wait_p95), _time(one.mean), _time(one.p95),
        Cell(recent, points=one.recent, tip=recent),
    ))  # fmt: skip


class FiguresPane(Page[FiguresView]):
    """One table; what a job's runs were, the history says."""

    place = "jobs/figures"
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Enter",), "show its runs"), (("Alt", "Up", "Down"), "sort"), (("F1",), "all keys"))

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.head = label("", role="secondary")
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("Figures of jobs"), row_height=Height.ROW_WIDE)
        self.card = TableCard(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        self.setFocusProxy(self.table)
        self._merge = QTimer(self, singleShot=True, interval=_MERGED)
        self._merge.timeout.connect(self.mark_stale)
        session.job_event.connect(self._on_job_event)
        self.table.opened.connect(lambda _key: self.run("figures.history"))
        self.table.chosen.connect(lambda _key: self.refresh_commands())
        self.on("figures.history", self._show_runs, self._why_not)

    def query(self) -> Callable[[ReadUnit], FiguresView]:
        """Return what reads the latest runs and measures them."""
        work, known, tournament = (
            self.session.workspace, self.model.all_rows, self.session.tournament)

        def read(_unit: ReadUnit) -> FiguresView:
            runs = [
                one for one in work.runs.history(limit=MOST)
                if one.tournament in (None, tournament)]
            found = (figures_row(one, work.queue.registry) for one in metrics(runs))
            words = tr("of the last {runs}", runs=count(len(runs), "run", "runs")) if runs else ""
            return FiguresView(known_again(found, known), words)

        return read

    def show_data(self, data: FiguresView) -> None:
        """Show the figures."""
        self.head.setText(data.words)
        self.model.set_rows(data.rows)
        if data.rows:
            self.card.show_empty(None)
            if self.table.current_key() is None:
                self.table.go_to(data.rows[0].key)
        else:
            self.card.show_empty(EmptyState(
                tr("No figures yet."), tr("They appear when the first job has run.")))

    def _on_job_event(self, event: JobEvent) -> None:
        if isinstance(event, JobFinished) and not self._merge.isActive():
            self._merge.start()

    def _why_not(self) -> str:
        return "" if self.table.current_key() is not None else tr("Choose a job first.")

    def _show_runs(self) -> None:
        key = self.table.current_key()
        title = next((row.cells[0] for row in self.model.shown if row.key == key), "")
        self.session.go("jobs/queue", str(title))
