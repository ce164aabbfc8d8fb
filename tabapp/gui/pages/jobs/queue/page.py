"""The queue: the clock of the next hours, what runs and waits, the history, and one run's log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.latest import Latest
from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.queue.clock_strip import ClockStrip
from tabapp.gui.pages.jobs.queue.commands import COMMANDS
from tabapp.gui.pages.jobs.queue.heading import HistoryHeading
from tabapp.gui.pages.jobs.queue.now import NowCard
from tabapp.gui.pages.jobs.queue.panel import NARROW_PANEL, WIDTH, RunPanel
from tabapp.gui.pages.jobs.queue.rows import COLUMNS, KINDS, run_row
from tabapp.gui.pages.jobs.words import (
    ENDED_BADLY,
    LOW,
    NARROW,
    WENT_WRONG,
    summary,
    who_of,
)
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.cells import Row
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.order import known_again
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import EmptyState
from tabapp.gui.widgets.fields import SearchField
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.jobs.events import JobEvent, JobLogged, JobProgressed
from tabapp.jobs.ports import LogLine, RunRecord
from tabapp.store.unit import ReadUnit

MOST = 500
"""Runs that the history shows at first, and that each look at older ones adds."""
_MERGED = 120
"""Milliseconds in which events of jobs are gathered before the history is read again."""


@dataclass(frozen=True, slots=True)
class QueueView:
    """The latest runs with their rows. ``more``: there are older ones."""

    runs: dict[int, RunRecord]
    rows: dict[int, Row]
    facts: str
    failed: int
    more: bool
    now: datetime


class QueuePane(Page[QueueView]):
    """The queue and its history. Every change of a run arrives as an event, progress at once."""

    place = "jobs/queue"
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("/",), "filter"), (("Del",), "cancel"), (("Ctrl", "⏎"), "start again, retry now"),
        (("Ctrl", "R"), "run a job"), (("Ctrl", "PgDn"), "schedules"),
        (("F6",), "next part"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: QueueView | None = None
        self._wanted: int | None = None
        self._logs = Latest()
        self._most = MOST
        self._merge = QTimer(self, singleShot=True, interval=_MERGED)
        self._merge.timeout.connect(self.mark_stale)
        self.head = label("", role="secondary")
        self.strip = ClockStrip(session)
        self.now = NowCard()
        self.model = TableModel(COLUMNS)
        self.table = TableView(self.model, tr("History of jobs"))
        self.card = TableCard(self.table)
        self.heading = HistoryHeading()
        self.card.body.insertWidget(0, self.heading)
        self.panel = RunPanel(
            self.button("jobs.again", role=Role.PRIMARY, keys=False),
            self.button("jobs.cancel", keys=False), self.button("jobs.copy", keys=False))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(self.strip)
        column.addWidget(self.now)
        lower = QHBoxLayout()
        lower.setSpacing(Space.GAP)
        lower.addWidget(self.card, 1)
        lower.addWidget(self.panel)
        column.addLayout(lower, 1)
        self._connect()

    def _connect(self) -> None:
        self.on("jobs.again", self.start_again, self._why_not_again)
        self.on("jobs.cancel", self.cancel, self._why_not_cancel)
        self.on("jobs.copy", self._copy, self._why_not_chosen)
        self.on("jobs.older", self._show_older, self._why_no_older)
        self.on("jobs.filter", self.filter.setFocus)
        self.session.job_event.connect(self._on_job_event)
        self.now.cancelled.connect(self._cancel_run)
        self.now.retried.connect(self._retry_run)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _key: self.panel.log.setFocus())
        self.filter.textChanged.connect(self._on_filter)
        self.filter.left_downwards.connect(self.table.setFocus)
        self.heading.changed.connect(self._fill)
        self.setFocusProxy(self.table)
        self.refresh_commands()

    @property
    def filter(self) -> SearchField:
        """Return the field whose words filter the history."""
        return self.heading.filter

    @property
    def runs(self) -> dict[int, RunRecord]:
        """Return the runs that were read, by id."""
        return self.view.runs if self.view is not None else {}

    # Data

    def query(self) -> Callable[[ReadUnit], QueueView]:
        """Return what reads the latest runs of this tournament and of none."""
        work, tournament, most = self.session.workspace, self.session.tournament, self._most
        runs, now, known = work.runs, work.clock.now(), self.model.all_rows

        def read(_unit: ReadUnit) -> QueueView:
            latest = runs.history(limit=most)
            ours = {one.id: one for one in latest if one.tournament in (None, tournament)}
            rows = known_again((run_row(one) for one in ours.values()), known)
            failed = sum(one.state in WENT_WRONG for one in ours.values())
            return QueueView(
                ours, dict(zip(ours, rows, strict=True)), summary(ours.values(), now), failed,
                len(latest) == most, now)

        return read

    def show_data(self, data: QueueView) -> None:
        """Show the runs; the cursor stays where it was."""
        self.view = data
        self.head.setText(data.facts)
        self.heading.say_failed(data.failed)
        self.heading.say_extent(self._most if data.more else 0)
        self._show_now()
        self._fill()
        chosen = self._chosen()
        if chosen is not None:
            self._on_chosen(chosen)
        elif self.model.shown:
            self.table.go_to(self.model.shown[0].key)

    def _show_now(self) -> None:
        work = self.session.workspace
        handles = [one for one in work.queue.active() if one.id in self.runs or not self.runs]
        self.now.show_handles(handles, self.runs, work.clock.now())

    def _fill(self) -> None:
        if self.view is None:
            return
        fits, who = KINDS[self.heading.kinds.key], self.heading.who.currentData()
        self.model.set_rows(
            self.view.rows[run.id] for run in self.runs.values()
            if fits(run) and who in ("", who_of(run)))
        if self._wanted is not None and self.table.go_to(self._wanted):
            self._wanted = None
        self._tell_empty()

    def _on_filter(self, words: str) -> None:
        self.model.filter_by(words)
        self._tell_empty()

    def _tell_empty(self) -> None:
        heading = self.heading
        if self.model.shown:
            self.card.show_empty(None)
        elif heading.filter.text():
            self.card.show_empty(EmptyState(
                tr('Nothing matches "{words}".', words=heading.filter.text()),
                tr("Clear the filter to see {n} jobs.", n=len(self.runs))))
        elif heading.kinds.key != "all" or heading.who.currentIndex():
            self.card.show_empty(EmptyState(
                tr("No such jobs."),
                tr("Choose All, by anybody, to see {n} jobs.", n=len(self.runs))))
        else:
            self.card.show_empty(EmptyState(
                tr("No jobs yet."), tr("Draws, judges, rooms and standings run as jobs.")))

    def open_at(self, target: object) -> None:
        """Show one run by its id, or those of one job by its name."""
        if isinstance(target, str):
            self.heading.show_all()
            self.heading.filter.setText(target)
        elif isinstance(target, int):
            self.heading.show_all()
            self._wanted = target
            self._fill()
        self.table.setFocus()

    def panes(self) -> Sequence[QWidget]:
        """Return the clock, what runs, the history and the log."""
        first = next(iter(self.now.rows.values()), None)
        return tuple(
            one for one in (self.strip, first, self.table, self.panel.log)
            if one is not None and not one.isHidden())

    def next_problem(self) -> bool:
        """Go to the next run that went wrong."""
        shown = self.model.shown
        here = self.table.currentIndex().row()
        order = [*range(here + 1, len(shown)), *range(here + 1)]
        for at in order:
            run = self.runs.get(int(str(shown[at].key))) if at < len(shown) else None
            if run is not None and run.state in WENT_WRONG:
                self.table.setFocus()
                return self.table.go_to(run.id)
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the history room on a small screen: no clock on a low one, a narrower panel."""
        super().resizeEvent(event)
        self.strip.setVisible(self.height() >= LOW)
        self.now.fit_into(self.height())
        narrow = self.width() < NARROW
        self.panel.setFixedWidth(NARROW_PANEL if narrow else WIDTH)
        self.heading.fit(narrow=narrow)

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

        self.session.call(self, lambda: list(runs.logs(wanted)), self._logs.ask().only(show))

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

    def _why_no_older(self) -> str:
        if self.view is not None and self.view.more:
            return ""
        return tr("These are all the jobs that are kept.")

    def _show_older(self) -> None:
        self._most += MOST
        self.mark_stale()

    def start_again(self) -> None:
        """Queue a run anew, or let one that waits for its next try start now."""
        run = self._run()
        if run is None:
            return
        queue = self.session.workspace.queue
        if queue.handle(run.id) is not None:
            self._retry_run(run.id)
            return
        run_id = run.id
        self.session.call(self, lambda: queue.requeue(run_id), lambda _handle: None)

    def _retry_run(self, run_id: int) -> None:
        handle = self.session.workspace.queue.handle(run_id)
        if handle is None or not handle.retry_now():
            self.session.tell(tr("That job does not wait for a retry any more."))

    def cancel(self) -> None:
        """Cancel the chosen run."""
        run = self._run()
        if run is not None:
            self._cancel_run(run.id)

    def _cancel_run(self, run_id: int) -> None:
        handle = self.session.workspace.queue.handle(run_id)
        if handle is None:
            self.session.tell(tr("That job has ended."))
        else:
            self.session.cancel(self, handle)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.panel.details())
        self.session.tell(tr("The details are on the clipboard."))
