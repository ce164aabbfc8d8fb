"""Schedules: what runs by itself, when, and what came of it; each can be paused or re-timed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.lanes import clock_words
from tabapp.gui.pages.jobs.schedules.chosen import WIDTH, ChosenCard
from tabapp.gui.pages.jobs.schedules.commands import COMMANDS
from tabapp.gui.pages.jobs.schedules.dialog import ScheduleDialog, ScheduleValues
from tabapp.gui.pages.jobs.schedules.reading import SchedulesView, Where, read_view
from tabapp.gui.pages.jobs.schedules.rows import AHEAD, COLUMNS
from tabapp.gui.pages.jobs.timeline import Timeline
from tabapp.gui.pages.jobs.words import LOW, WENT_WRONG
from tabapp.gui.session import Session
from tabapp.gui.tables.card import TableCard
from tabapp.gui.tables.model import TableModel
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.buttons import Role
from tabapp.gui.widgets.cards import Card, EmptyState
from tabapp.gui.widgets.hints import Hint
from tabapp.gui.widgets.painted import label
from tabapp.jobs.handle import JobHandle
from tabapp.services import schedules
from tabapp.services.schedules import ScheduleRow
from tabapp.store.unit import ReadUnit, WriteUnit

_AGAIN = 60_000


class ScheduleTable(TableView):
    """A table whose Space holds the schedule with the cursor, or lets it go on."""

    def __init__(self, model: TableModel, name: str, pause: Callable[[], None]) -> None:
        super().__init__(model, name)
        self._pause = pause

    def _on_space(self) -> None:
        if self._is_typing():
            self.keyboardSearch(" ")
        else:
            self._pause()


class SchedulesPane(Page[SchedulesView]):
    """The week as a strip, all schedules as a table, the chosen one and the coming runs beside."""

    place = "jobs/schedules"
    watches = frozenset({"schedule", "rounds", "settings"})
    commands = COMMANDS
    hints: ClassVar[tuple[Hint, ...]] = (
        (("Space",), "pause, go on"), (("F2",), "change"), (("Ctrl", "⏎"), "run now"),
        (("Ins",), "add"), (("Del",), "delete"), (("F6",), "next part"), (("F1",), "all keys"),
    )

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.view: SchedulesView | None = None
        self._wanted = ""
        self.head = QWidget()
        head = QHBoxLayout(self.head)
        head.setContentsMargins(0, 0, 0, 0)
        self.facts = label("", role="secondary")
        head.addWidget(self.facts, 1)
        head.addStretch(0)
        head.addWidget(self.button("schedules.add", keys=False))
        self.week = Timeline(
            tr("The next seven days"), tr("Nothing is due in the next seven days."))
        self.model, self.ahead = TableModel(COLUMNS), TableModel(AHEAD)
        self.table = ScheduleTable(
            self.model, tr("Schedules"), lambda: self.run("schedules.pause"))
        self.card = TableCard(self.table)
        self.list = TableView(self.ahead, tr("Coming runs"))
        self.list.horizontalHeader().hide()
        self.list_card = TableCard(self.list)
        self.chosen = ChosenCard([
            self.button("schedules.edit", keys=False), self.button("schedules.run", keys=False),
            self.button("schedules.pause", role=Role.NORMAL, keys=False)])
        self._lay_out()
        self._again = QTimer(self, interval=_AGAIN)
        self._again.timeout.connect(self.mark_stale)
        self._again.start()
        self._connect()

    def _lay_out(self) -> None:
        strip = self._strip = Card(padding=0)
        strip.body.setContentsMargins(12, 8, 12, 4)
        strip.body.addWidget(self.week)
        right = QVBoxLayout()
        right.setSpacing(Space.GAP)
        right.addWidget(self.chosen)
        right.addWidget(self.list_card, 1)
        self.list_card.setFixedWidth(WIDTH)
        lower = QHBoxLayout()
        lower.setSpacing(Space.GAP)
        lower.addWidget(self.card, 1)
        lower.addLayout(right)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.GAP)
        column.addWidget(strip)
        column.addLayout(lower, 1)
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.on("schedules.add", self.add)
        self.on("schedules.edit", self.edit, self._why_not_edit)
        self.on("schedules.run", self.run_now, self._why_not_run)
        self.on("schedules.pause", self.pause, self._why_not_chosen)
        self.on("schedules.reset", self.reset, self._why_not_reset)
        self.on("schedules.delete", self.delete, self._why_not_delete)
        self.table.chosen.connect(lambda _key: self._show_chosen())
        self.table.opened.connect(lambda _key: self.run("schedules.edit"))
        self.week.opened.connect(self.open_at)
        self.list.opened.connect(self._on_listed)

    # Data

    def query(self) -> Callable[[ReadUnit], SchedulesView]:
        """Return what reads all schedules and the next seven days."""
        work = self.session.workspace
        now, registry, clockwork = work.clock.now(), work.queue.registry, work.clockwork
        where = Where(
            self.session.tournament, self.session.round_id, self.model.all_rows,
            self.ahead.all_rows)
        return lambda unit: read_view(unit, registry, clockwork, now, where)

    def show_data(self, data: SchedulesView) -> None:
        """Show the schedules; the cursor stays where it was."""
        self.view = data
        words, _tone = clock_words(data.schedules.values(), data.clock)
        self.facts.setText(words)
        self.week.show_view(data.span, data.lanes, (), data.now)
        self.model.set_rows(data.rows)
        self.ahead.set_rows(data.ahead)
        self.card.show_empty(None if data.rows else EmptyState(
            tr("No schedules."), tr("Add one: any job, at any time, again and again or once.")))
        self.list_card.show_empty(None if data.ahead else EmptyState(
            tr("Nothing is due."), tr("What runs more than hourly is not listed.")))
        if self._wanted and self.table.go_to(self._wanted):
            self._wanted = ""
        elif self.table.current_key() is None and data.rows:
            self.table.go_to(data.rows[0].key)
        self._show_chosen()

    def open_at(self, target: object) -> None:
        """Show one schedule by its name."""
        if isinstance(target, str) and not self.table.go_to(target):
            self._wanted = target
        self.table.setFocus()

    def panes(self) -> Sequence[QWidget]:
        """Return the week, the table and the coming runs."""
        return (*(() if self._strip.isHidden() else (self.week,)), self.table, self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the table room on a low screen: the coming runs say what the week does."""
        super().resizeEvent(event)
        self._strip.setVisible(self.height() >= LOW)

    def next_problem(self) -> bool:
        """Go to the next schedule that cannot run, or whose last run failed."""
        rows = list(self.view.schedules.values()) if self.view is not None else []
        names = [one.name for one in rows]
        here = names.index(str(self.table.current_key())) if self._row() is not None else -1
        for one in (*rows[here + 1 :], *rows[: here + 1]):
            if one.problem or one.last_status in WENT_WRONG:
                self.table.setFocus()
                return self.table.go_to(one.name)
        return False

    def _row(self) -> ScheduleRow | None:
        key = self.table.current_key()
        return self.view.schedules.get(key) if self.view and isinstance(key, str) else None

    def _show_chosen(self) -> None:
        if self.view is not None:
            registry = self.session.workspace.queue.registry
            self.chosen.show_schedule(self._row(), registry, self.view.things, self.view.now)
        self.refresh_commands()

    def refresh_commands(self) -> None:
        """Dim what cannot be done; the button to pause says what it does now."""
        super().refresh_commands()
        row = self._row()
        for name, button in self._buttons:
            if name == "schedules.pause":
                paused = row is not None and row.paused
                button.icon_name = "play" if paused else "pause"
                button.set_words(tr("Go on") if paused else tr("Pause"))

    def _on_listed(self, key: object) -> None:
        if isinstance(key, tuple):
            self.open_at(key[0])

    # Why not

    def _why_not_chosen(self) -> str:
        return "" if self._row() is not None else tr("Choose a schedule first.")

    def _why_not_edit(self) -> str:
        row = self._row()
        if row is not None and row.job not in self.session.workspace.queue.registry:
            return tr("This version has no job {job}. Delete the schedule.", job=row.job)
        return self._why_not_chosen()

    def _why_not_run(self) -> str:
        row = self._row()
        if row is not None and self.session.workspace.clockwork is None:
            return tr("No clock runs in this window.")
        return row.problem if row is not None else tr("Choose a schedule first.")

    def _why_not_reset(self) -> str:
        row = self._row()
        if row is None or (row.builtin and row.changed):
            return self._why_not_chosen()
        return tr("Only the time of a schedule of the program that was changed can be reset.")

    def _why_not_delete(self) -> str:
        row = self._row()
        if row is not None and row.builtin:
            return tr("{title} belongs to the program. Pause it instead.", title=row.title)
        return self._why_not_chosen()

    # What is done

    def _write(
        self, verb: str, change: Callable[[WriteUnit], object], title: str, told: str
    ) -> None:
        self.session.write(
            self, verb, change, subject=title,
            done=lambda _value: self.session.tell_undoable(told))

    def add(self) -> None:
        """Ask for a new schedule."""
        self._ask(None)

    def edit(self) -> None:
        """Ask for another time, or other parameters."""
        self._ask(self._row())

    def _ask(self, row: ScheduleRow | None) -> None:
        if self.view is None:
            return
        registry = self.session.workspace.queue.registry
        ScheduleDialog(
            self.window(), self.session, registry, self.view.things, self._save, row=row).open()

    def _save(self, dialog: ScheduleDialog, values: ScheduleValues) -> None:
        registry, row = self.session.workspace.queue.registry, dialog.row

        def change(unit: WriteUnit) -> str:
            if row is None:
                return schedules.add_schedule(
                    unit, registry, title=values.title, job=values.job, trigger=values.trigger,
                    params=values.params, tournament=values.tournament)
            own = not row.builtin
            schedules.change_schedule(
                unit, registry, row.name, title=values.title if own else None,
                trigger=values.trigger, params=values.params,
                tournament=values.tournament if own else schedules.KEEP)
            return row.name

        def done(name: str) -> None:
            self._wanted = name
            told = tr("{title} is added.") if row is None else tr("{title} is changed.")
            self.session.tell_undoable(told.format(title=values.title))
            dialog.accept()

        verb = schedules.ADD if row is None else schedules.CHANGE
        self.session.write(
            dialog, verb, change, subject=values.title, done=done, failed=dialog.refuse)

    def pause(self) -> None:
        """Hold the chosen schedule, or let it go on."""
        row = self._row()
        if row is None:
            return
        registry, name, paused = self.session.workspace.queue.registry, row.name, not row.paused
        told = tr("{title} is paused.") if paused else tr("{title} goes on.")
        self._write(
            schedules.PAUSE if paused else schedules.RESUME,
            lambda unit: schedules.pause_schedule(unit, registry, name, paused=paused),
            row.title, told.format(title=row.title))

    def reset(self) -> None:
        """Give a schedule of the program its own time again."""
        row = self._row()
        if row is not None:
            registry, name = self.session.workspace.queue.registry, row.name
            self._write(
                schedules.RESET,
                lambda unit: schedules.reset_schedule(unit, registry, name), row.title,
                tr("{title} is as the program has it.", title=row.title))

    def delete(self) -> None:
        """Delete a schedule that somebody made."""
        row = self._row()
        if row is not None:
            name = row.name
            self._write(
                schedules.DELETE, lambda unit: schedules.delete_schedule(unit, name),
                row.title, tr("{title} is deleted.", title=row.title))

    def run_now(self) -> None:
        """Run the chosen schedule's job at once."""
        row, clockwork = self._row(), self.session.workspace.clockwork
        if row is None or clockwork is None:
            return
        name, title, actor = row.name, row.title, self.session.actor

        def show(handles: list[JobHandle]) -> None:
            target = handles[0].id if handles else None
            words = tr("{title} is queued.", title=title) if handles else tr(
                "{title} found nothing to run for.", title=title)
            self.session.tell(
                words, "", tr("Show") if handles else "",
                lambda: self.session.go("jobs", target))

        self.session.call(self, lambda: clockwork.run_now(name, submitted_by=actor), show)
