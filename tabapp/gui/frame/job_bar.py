"""The bottom bar: the first running job, how the program does, the file, who is at the keyboard."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui import icons, ink
from tabapp.gui.frame.health_facts import HealthFacts
from tabapp.gui.frame.plain_bar import HEIGHT, WhoButton, file_fact, paint_bar
from tabapp.gui.messages import count, tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.waiting_words import waits_for
from tabapp.gui.widgets.buttons import Button, Role
from tabapp.gui.widgets.keycaps import Rule
from tabapp.gui.widgets.painted import Name
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.jobs.handle import JobHandle

PATIENCE = 150
"""Milliseconds between two looks at the queue; what ends sooner is never shown."""
_BAR = 140
_ICON = 16
_TURN = 30
_LEAST_DONE = 0.05
_LEAST_SECONDS = 0.5


class _Picture(QWidget):
    """A tick, or a circle that turns while a job runs."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_ICON, _ICON)
        self.name, self.token, self.angle = "check", "done_mark", 0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it at its angle."""
        with QPainter(self) as painter:
            painter.translate(_ICON / 2, _ICON / 2)
            painter.rotate(self.angle)
            icons.draw(painter, self.name, _ICON, self.token, -_ICON / 2, -_ICON / 2)


@dataclass(slots=True)
class _Estimate:
    """Since when a step runs, and how far it was then."""

    step: str
    since: float
    done: float


class JobBar(QWidget):
    """What runs now. Looks at the queue a moment after it spoke, so that short runs never flash."""

    jobs_asked = Signal()
    """The person wants to see the list of jobs."""
    running_changed = Signal(bool)
    """A job began to be shown, or the last one ended."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._estimates: dict[int, _Estimate] = {}
        self._shown: JobHandle | None = None
        self._running = False
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Jobs"))
        self._picture = _Picture()
        self.title = Name("", "note")
        self.bar = ProgressBar(tr("Progress"))
        self.bar.setFixedWidth(_BAR)
        self.step = Name("", "small", "text2")
        self.cancel = Button(tr("Cancel"), role=Role.QUIET, icon="x", height=26)
        self.cancel.clicked.connect(self._cancel)
        self.more = Button("", role=Role.LINK, height=26)
        self.more.clicked.connect(self.jobs_asked)
        self.file, self.who = file_fact(session), WhoButton(session)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 1, 14, 0)
        row.setSpacing(Space.UNIT + 2)
        for part in (self._picture, self.title, self.bar, self.step, self.cancel, self.more):
            row.addWidget(part)
        row.addStretch(1)
        self.health = HealthFacts(session)
        row.addWidget(self.health)
        rule = Rule(upright=True)
        rule.setFixedHeight(14)
        for fact in (self.file, rule, self.who):
            row.addWidget(fact)
        self._look = QTimer(self, singleShot=True, interval=PATIENCE)
        self._look.timeout.connect(self.refresh)
        self._turn = QTimer(self, interval=_TURN)
        self._turn.timeout.connect(self._on_turn)
        session.job_event.connect(self._on_job_event)
        self.refresh()

    def ring(self) -> tuple[QWidget, ...]:
        """Return what Tab goes through, in order."""
        return (
            self.cancel, self.more, self.health.copies, self.health.health, self.who)

    def _on_job_event(self, event: object) -> None:
        if not self._look.isActive():
            self._look.start()

    def refresh(self) -> None:
        """Show what the queue does now."""
        active = self._session.workspace.queue.active()
        running = [one for one in active if one.state == "running"]
        first = next(iter(running or active), None)
        known = {one.id for one in active}
        self._estimates = {k: v for k, v in self._estimates.items() if k in known}
        self._shown = first
        self._show(first, len(active) - 1)
        if bool(running) != self._running:
            self._running = bool(running)
            self.running_changed.emit(self._running)
        if active:
            self._look.start()

    def _show(self, job: JobHandle | None, more: int) -> None:
        for part in (self.bar, self.step, self.cancel):
            part.setVisible(job is not None)
        self.more.setVisible(more > 0)
        self.more.set_words(tr("and {n} more", n=more))
        runs = job is not None and job.state == "running"
        waits = "hourglass" if job is not None else "check"
        self._picture.name = "loader-circle" if runs else waits
        self._picture.token = "accent" if runs else "text2" if job else "done_mark"
        self._picture.angle = self._picture.angle if runs else 0
        moves = runs and ink.active().motion.popup > 0
        if moves != self._turn.isActive():
            (self._turn.start if moves else self._turn.stop)()
        self._picture.update()
        if job is None:
            self.title.set_text(tr("No jobs running"))
            return
        self.title.set_text(job.title)
        self.bar.setVisible(runs)
        self.bar.set_done(job.progress.fraction)
        self.step.set_text(self._words(job))
        self.cancel.setEnabled(job.cancellable)
        self.cancel.setAccessibleName(tr("Cancel {job}", job=job.title))

    def _words(self, job: JobHandle) -> str:
        if job.state != "running":
            return waits_for(job.waiting_for)
        left = self._time_left(job)
        return ", ".join(filter(None, (job.progress.message or job.progress.step, left)))

    def _time_left(self, job: JobHandle) -> str:
        """Return how long the step will take at its pace so far; "" while nobody can tell."""
        now, progress = self._session.workspace.clock.monotonic(), job.progress
        known = self._estimates.get(job.id)
        if known is None or known.step != progress.step or progress.fraction < known.done:
            self._estimates[job.id] = _Estimate(progress.step, now, progress.fraction)
            return ""
        gained, spent = progress.fraction - known.done, now - known.since
        if gained < _LEAST_DONE or spent < _LEAST_SECONDS:
            return ""
        seconds = round(spent * (1 - progress.fraction) / gained)
        if seconds < 60:
            return tr("about {n} s left", n=max(1, seconds))
        return tr("about {time} left", time=count(round(seconds / 60), "minute", "minutes"))

    def _on_turn(self) -> None:
        self._picture.angle = (self._picture.angle + 12) % 360
        self._picture.update()

    def _cancel(self) -> None:
        if self._shown is not None:
            self.cancel.setEnabled(False)
            self._session.cancel(self, self._shown)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground and the line above."""
        paint_bar(self)
