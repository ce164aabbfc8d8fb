"""A job that a page starts, and how far it is: a bar and the words of its step."""

from __future__ import annotations

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

_BAR = 120


class JobStrip(QWidget):
    """Queues one job at a time, and shows its step while it runs."""

    changed = Signal()
    """A run began or ended."""
    ended = Signal(object)
    """The ``JobResult`` of a run that succeeded."""

    def __init__(self, session: Session, owner: QWidget, job: str, name: str) -> None:
        """``owner``: the page that hears the end; ``name`` is for screen readers."""
        super().__init__()
        self._session, self._owner, self._job = session, owner, job
        self._run: int | None = None
        self.words = label("", role="secondary")
        self.bar = ProgressBar(name)
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

    def begin(self, about: str = "", **params: object) -> None:
        """Queue the job, unless it runs already; ``about`` completes its title."""
        if self.runs:
            return
        self.bar.set_done(0.0)
        self.words.setText(tr("Reading"))
        self._run = 0  # not the run's id yet
        self.show()
        self._session.submit(
            self._owner, self._job, about=about, started=self._on_started, done=self._on_done,
            failed=self._on_failed, **params)
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
