"""Allocating judges or rooms: the job with a fresh seed, and how far it is."""

from __future__ import annotations

import secrets

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.gui.tokens import Space
from tabapp.gui.widgets.painted import label
from tabapp.gui.widgets.progress import ProgressBar
from tabapp.jobs.events import JobProgressed
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.outcome import JobResult

SEEDS = 10**6
"""Seeds stay below this, so that a person can read one aloud."""
_BAR = 120


class Allocating(QWidget):
    """Queues one job at a time, and shows its step while it runs."""

    ended = Signal(object)
    """The ``JobResult`` of a run that succeeded."""
    changed = Signal()
    """A run began or ended."""

    def __init__(self, session: Session, owner: QWidget, job: str, title: str) -> None:
        super().__init__()
        self._session, self._owner, self._job = session, owner, job
        self._run: int | None = None
        self.words = label("", role="secondary")
        self.bar = ProgressBar(title)
        self.bar.setFixedWidth(_BAR)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.UNIT)
        row.addWidget(self.bar)
        row.addWidget(self.words)
        self.hide()
        session.job_event.connect(self._on_event)

    @property
    def runs(self) -> bool:
        """Tell whether the job is waiting or working."""
        return self._run is not None

    def why_not(self) -> str:
        """Return why nothing else can be done to the round now; "" when nothing runs."""
        return tr("The program is at it. Wait a moment, or cancel it.") if self.runs else ""

    def start(self, round_id: int, about: str) -> None:
        """Queue the job for a round, unless it runs already."""
        if self.runs:
            return
        self.bar.set_done(0.0)
        self.words.setText(tr("Reading"))
        self._run = 0  # not the run's id yet
        self.show()
        self._session.submit(
            self._owner, self._job, about=about, started=self._on_started,
            done=self._on_done, failed=self._on_failed,
            round_id=round_id, seed=secrets.randbelow(SEEDS))
        self.changed.emit()

    def _on_started(self, handle: JobHandle) -> None:
        self._run = handle.id

    def _on_done(self, result: JobResult) -> None:
        self._stop()
        self.ended.emit(result)

    def _on_failed(self, result: JobResult) -> None:
        self._stop()
        if result.error is not None and result.status != "cancelled":
            self._session.tell(result.error.message, "problem")

    def _stop(self) -> None:
        self._run = None
        self.hide()
        self.changed.emit()

    def _on_event(self, event: object) -> None:
        if isinstance(event, JobProgressed) and event.run_id == self._run:
            self.bar.set_done(event.progress.fraction)
            self.words.setText(event.progress.step or event.progress.message)
