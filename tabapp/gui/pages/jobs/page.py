"""Jobs: what runs and waits, the history of what ran, and the log of one run."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.commands import COMMANDS
from tabapp.gui.pages.jobs.now import NowCard
from tabapp.gui.pages.jobs.panel import RunPanel
from tabapp.gui.pages.jobs.words import COLUMNS, ENDED_BADLY, run_row, summary
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.jobs.events import JobEvent, JobLogged, JobProgressed
from tabapp.jobs.ports import UNFINISHED, LogLine, RunRecord
from tabapp.store.unit import ReadUnit

MOST = 500
"""Runs that the history shows."""
_MERGED = 120
"""Milliseconds in which events of jobs are gathered before the history is read again."""


class JobsPage(Page[list[RunRecord]]):
    """The queue and its history. Every change of a run arrives as an event, progress at once."""

    place = "jobs"
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("/",), "filter"), (("Del",), "cancel"), (("Ctrl", "Enter"), "start again"),
        (("F6",), "next part"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.runs: dict[int, RunRecord] = {}
        self._wanted: int | None = None
        self._merge = QTimer(self, singleShot=True, interval=_MERGED)
        self._merge.timeout.connect(self.mark_stale)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, 16, Space.MARGIN, Space.GAP)
        column.setSpacing(Space.GAP)
        head = QHBoxLayout()
        head.setSpacing(Space.GAP)
        head.addWidget(label(tr("Jobs"), "title"))
        self.facts = label("", role="secondary")
        head.addWidget(self.facts)
        head.addStretch(1)
        self.filter = SearchField(tr("Filter jobs"), keys=("/",))
        self.filter.setMinimumWidth(240)
        self.kinds = Segments(tr("Which jobs"), [
            ("all", tr("All")), ("open", tr("Open")), ("failed", tr("Gone wrong"))])
        head.addWidget(self.kinds)
        head.addWidget(self.filter)
        column.addLayout(head)
        self.now = NowCard()
        column.addWidget(self.now)
        lower = QHBoxLayout()
        lower.setSpacing(Space.GAP)
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("History of jobs"))
        self.card = TableCard(self.table)
        lower.addWidget(self.card, 1)
        self.panel = RunPanel(
            self.button("jobs.again", role=Role.PRIMARY, keys=False),
            self.button("jobs.cancel", keys=False), self.button("jobs.copy", keys=False))
        lower.addWidget(self.panel)
        column.addLayout(lower, 1)
        self._connect()

    def _connect(self) -> None:
        self.on("jobs.again", self.start_again, self._why_not_again)
        self.on("jobs.cancel", self.cancel, self._why_not_cancel)
        self.on("jobs.copy", self._copy, self._why_not_chosen)
        self.on("jobs.filter", self.filter.setFocus)
        self.session.job_event.connect(self._on_job_event)
        self.now.cancelled.connect(self._cancel_run)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _key: self.panel.log.setFocus())
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.kinds.chosen.connect(lambda _key: self._fill())
        self.setFocusProxy(self.table)
        self.refresh_commands()

    # Data

    def query(self) -> Callable[[ReadUnit], list[RunRecord]]:
        """Return what reads the latest runs of this tournament and of none."""
        runs, tournament = self.session.workspace.runs, self.session.tournament

        def read(_unit: ReadUnit) -> list[RunRecord]:
            return [
                one for one in runs.history(limit=MOST) if one.tournament in (None, tournament)]

        return read

    def show_data(self, data: list[RunRecord]) -> None:
        """Show the runs; the cursor stays where it was."""
        self.runs = {one.id: one for one in data}
        self.facts.setText(summary(data))
        self._show_now()
        self._fill()
        chosen = self._chosen()
        if chosen is not None:
            self._on_chosen(chosen)
        elif self.model.shown:
            self.table.go_to(self.model.shown[0].key)

    def _show_now(self) -> None:
        handles = [
            one for one in self.session.workspace.queue.active()
            if one.id in self.runs or not self.runs]
        self.now.show_handles(handles, self.runs)

    def _fill(self) -> None:
        kinds: dict[str, Callable[[RunRecord], bool]] = {
            "all": lambda _run: True,
            "open": lambda run: run.state in UNFINISHED,
            "failed": lambda run: run.state in ENDED_BADLY,
        }
        fits = kinds[self.kinds.key]
        self.model.set_rows(run_row(one) for one in self.runs.values() if fits(one))
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None
        self._tell_empty()

    def _on_filter(self, words: str) -> None:
        self.model.filter_by(words)
        self._tell_empty()

    def _tell_empty(self) -> None:
        if self.model.shown:
            self.card.show_empty(None)
        elif self.filter.text():
            self.card.show_empty(EmptyState(
                tr('Nothing matches "{words}".', words=self.filter.text()),
                tr("Clear the filter to see {n} jobs.", n=len(self.runs))))
        elif self.kinds.key != "all":
            self.card.show_empty(EmptyState(
                tr("No such jobs."), tr("Choose All to see {n} jobs.", n=len(self.runs))))
        else:
            self.card.show_empty(EmptyState(
                tr("No jobs yet."), tr("Draws, judges, rooms and standings run as jobs.")))

    def open_at(self, target: object) -> None:
        """Show one run by its id."""
        if isinstance(target, int):
            self.kinds.choose("all")
            self.filter.clear()
            self._wanted = target
            self._fill()
            self.table.setFocus()

    # Events

    def _on_job_event(self, event: JobEvent) -> None:
        if event.tournament not in (None, self.session.tournament):
            return
        if isinstance(event, JobProgressed):
            self.now.show_progress(event.run_id, event.progress)
        elif isinstance(event, JobLogged):
            if event.run_id == self._chosen():
                self._merge.start()
        else:
            self._show_now()
            self._merge.start()

    # One run

    def _chosen(self) -> int | None:
        in_now = self.now.chosen()
        if in_now is not None:
            return in_now
        key = self.table.current_key()
        return key if isinstance(key, int) else None

    def _on_chosen(self, key: object) -> None:
        run = self.runs.get(key) if isinstance(key, int) else None
        if run is None:
            self.panel.show_run(None, ())
            self.refresh_commands()
            return
        same = self.panel.run is not None and self.panel.run.id == run.id
        self.panel.show_run(run, self.panel.lines if same else ())
        self.refresh_commands()
        runs, wanted = self.session.workspace.runs, run.id

        def show(lines: list[LogLine]) -> None:
            if self.panel.run is not None and self.panel.run.id == wanted:
                self.panel.show_run(self.panel.run, lines)

        self.session.call(self, lambda: list(runs.logs(wanted)), show)

    def _run(self) -> RunRecord | None:
        return self.runs.get(self._chosen() or 0)

    def _why_not_chosen(self) -> str:
        return "" if self._run() is not None else tr("Choose a job first.")

    def _why_not_again(self) -> str:
        run = self._run()
        if run is None:
            return tr("Choose a job first.")
        if run.state == "waiting" and run.next_at is not None:
            return ""
        if run.state not in ENDED_BADLY:
            return tr("Only a job that went wrong or was cancelled can be started again.")
        return ""

    def _why_not_cancel(self) -> str:
        run = self._run()
        if run is None:
            return tr("Choose a job first.")
        handle = self.session.workspace.queue.handle(run.id)
        if handle is None:
            return tr("{title} has ended.", title=run.title)
        return "" if handle.cancellable else tr("{title} is storing its result.", title=run.title)

    def start_again(self) -> None:
        """Queue a run anew, or let one that waits for its next try start now."""
        run = self._run()
        if run is None:
            return
        queue = self.session.workspace.queue
        handle = queue.handle(run.id)
        if handle is not None:
            handle.retry_now()
            return
        run_id = run.id
        self.session.call(self, lambda: queue.requeue(run_id), lambda _handle: None)

    def cancel(self) -> None:
        """Cancel the chosen run."""
        run = self._run()
        if run is not None:
            self._cancel_run(run.id)

    def _cancel_run(self, run_id: int) -> None:
        handle = self.session.workspace.queue.handle(run_id)
        if handle is None or not handle.cancel():
            self.session.tell(tr("That job is past the point at which it can be cancelled."))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.panel.details())
        self.session.tell(tr("The details are on the clipboard."))
