"""The place of jobs: its four parts, a job started by hand, and the clock stopped or let go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.page import Page
from tabapp.gui.pages.jobs.commands import PAGE
from tabapp.gui.pages.jobs.run_dialog import RunJobDialog, RunView, read_run_view
from tabapp.gui.pages.jobs.words import NARROW
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.segments import Segments
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.ports import UNFINISHED
from tabapp.services.clockwork import ClockState
from tabapp.store.unit import ReadUnit

_SHORT = 400
"""Milliseconds after which it is told that a job waits or runs."""
_PACKAGE = "tabapp.gui.pages.jobs"
_PARTS: dict[str, tuple[str, str]] = {
    "queue": ("queue.page", "QueuePane"),
    "schedules": ("schedules.page", "SchedulesPane"),
    "figures": ("figures.page", "FiguresPane"),
    "health": ("health.page", "HealthPane"),
}
"""Where each part is: loaded when it is opened first."""


class JobsPage(Page[ClockState | None]):
    """Shows one part below the heading; Ctrl+PgDn and Ctrl+PgUp go to the next.

    A part is a ``Page`` of its own. It may have ``head``, a widget with its facts or its buttons,
    which stands between the choice of the part and the buttons of the page.
    """

    place = "jobs"
    commands = PAGE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.part = ""
        self._parts: dict[str, Page[object]] = {}
        self._clock: ClockState | None = None
        self.choice = Segments(tr("Part"), [
            ("queue", tr("Queue")), ("schedules", tr("Schedules")), ("figures", tr("Figures")),
            ("health", tr("Health"))])
        self.choice.chosen.connect(self.show_part)
        self._heads = QHBoxLayout()
        self.clock_button = self.button("jobs.clock", keys=False)
        self.body = QStackedWidget()
        head = QHBoxLayout()
        head.setSpacing(Space.GAP)
        head.addWidget(label(tr("Jobs"), "title"))
        head.addWidget(self.choice)
        head.addLayout(self._heads, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.UNIT)
        buttons.addWidget(self.clock_button)
        buttons.addWidget(self.button("jobs.run", keys=False))
        head.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MARGIN, 14, Space.MARGIN, Space.GAP)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.body, 1)
        self.on("jobs.run", self.ask_for_job)
        self.on("jobs.clock", self.turn_clock, self._why_no_clock)
        self.on("jobs.next", lambda: self._step(1))
        self.on("jobs.previous", lambda: self._step(-1))
        self.show_part("queue")

    # Data

    def query(self) -> Callable[[ReadUnit], ClockState | None]:
        """Return what asks the clock how it stands."""
        clockwork = self.session.workspace.clockwork
        return lambda _unit: clockwork.state if clockwork is not None else None

    def show_data(self, data: ClockState | None) -> None:
        """Name the button of the clock after what it would do."""
        self._clock = data
        paused = data is not None and data.paused
        self.clock_button.icon_name = "play" if paused else "pause"
        self.clock_button.set_words(tr("Let the clock go on") if paused else tr("Pause the clock"))

    # Parts

    def pane(self) -> Page[object] | None:
        """Return the part that is on the screen."""
        return self._parts.get(self.part)

    def panes(self) -> Sequence[QWidget]:
        """Return the choice of the part, and what the part has."""
        inner = self.pane()
        return (self.choice, *(inner.panes() if inner is not None else ()))

    def show_part(self, key: str) -> Page[object]:
        """Show a part; loads it at the first call."""
        if key not in self._parts:
            module, name = _PARTS[key]
            found: type[Page[object]] = getattr(import_module(f"{_PACKAGE}.{module}"), name)
            made = found(self.session)
            made.loaded.connect(self.loaded)
            made.commands_changed.connect(self.commands_changed)
            self._parts[key] = made
            self.body.addWidget(made)
            head = getattr(made, "head", None)
            if isinstance(head, QWidget):
                self._heads.addWidget(head)
            self._fit_heads()
        page = self._parts[key]
        focused = QApplication.focusWidget()
        had_keys = focused is not None and self.body.isAncestorOf(focused)
        self.part = key
        self.choice.choose(key)
        self.body.setCurrentWidget(page)
        for one in self._parts.values():
            head = getattr(one, "head", None)
            if isinstance(head, QWidget):
                head.setVisible(one is page)
        self.setFocusProxy(page)
        if had_keys:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh_commands()
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave what can be done room in a narrow window: facts beside buttons go."""
        super().resizeEvent(event)
        self._fit_heads()

    def _fit_heads(self) -> None:
        for one in self._parts.values():
            facts = getattr(one, "facts", None)
            if isinstance(facts, QWidget):
                facts.setVisible(self.width() >= NARROW)

    def open_at(self, target: object) -> None:
        """Show a part, given as its key or as a pair of key and what to show in it.

        A number alone is a run, which the queue shows.
        """
        key, inner = target if isinstance(target, tuple) else (target, None)
        if isinstance(target, int):
            key, inner = "queue", target
        if key not in _PARTS:
            return
        fresh = key not in self._parts
        page = self.show_part(key)
        if inner is None:
            return
        if not fresh:
            page.open_at(inner)
            return

        def once() -> None:
            page.loaded.disconnect(once)
            page.open_at(inner)

        page.loaded.connect(once)

    def _step(self, step: int) -> None:
        """Show the next part; the first one follows the last."""
        keys = list(_PARTS)
        page = self.show_part(keys[(keys.index(self.part) + step) % len(keys)])
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    # The clock, and a job by hand

    def _why_no_clock(self) -> str:
        if self.session.workspace.clockwork is None:
            return tr("No clock runs in this window.")
        if self._clock is not None and self._clock.elsewhere:
            return tr("Another program runs the clock. Pause it there.")
        return ""

    def turn_clock(self) -> None:
        """Hold all schedules, or let them go on."""
        clockwork = self.session.workspace.clockwork
        if clockwork is None:
            return

        def turn() -> bool:
            paused = clockwork.state.paused
            (clockwork.resume if paused else clockwork.pause)()
            return not paused

        def show(paused: bool) -> None:
            self.session.tell(
                tr("The clock is paused: nothing runs by itself. Missed runs follow once.")
                if paused else tr("The clock goes on; what was missed runs once."))
            self.mark_stale()
            for part in self._parts.values():
                part.mark_stale()

        self.session.call(self, turn, show)

    def ask_for_job(self) -> None:
        """Ask which job is to run, and with what."""
        work, tournament = self.session.workspace, self.session.tournament
        looked_at = self.session.round_id

        def show(view: RunView) -> None:
            dialog = RunJobDialog(self.window(), self.session, view)
            dialog.started.connect(self._on_started)
            dialog.open()

        self.session.read(
            self, lambda unit: read_run_view(unit, work.queue.registry, tournament, looked_at),
            show)

    def _on_started(self, handle: JobHandle) -> None:
        """Say that it is queued, unless it is over before anybody could read that."""
        def tell() -> None:
            if handle.state in UNFINISHED:
                self.session.tell(
                    tr("{title} is queued.", title=handle.title), "", tr("Show"),
                    lambda: self.session.go("jobs", handle.id))

        QTimer.singleShot(_SHORT, self, tell)
