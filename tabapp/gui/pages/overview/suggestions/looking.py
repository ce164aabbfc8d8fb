"""Looking for suggestions again: the job, and how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tabapp.gui.job_strip import JobStrip
from tabapp.gui.messages import tr
from tabapp.gui.session import Session
from tabapp.jobs.outcome import JobResult

JOB = "recommendations.refresh"


class Looking(JobStrip):
    """Queues the job, and shows its step while it runs."""

    found = Signal(int)
    """A run ended well: so many suggestions wait now."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        super().__init__(session, owner, JOB, tr("Looking for suggestions"))
        self.ended.connect(self._on_ended)

    def start(self) -> None:
        """Look at the tournament that is open."""
        self.begin(tournament_id=self._session.tournament)

    def _on_ended(self, result: JobResult) -> None:
        value = result.value
        self.found.emit(value["open"] if isinstance(value, dict) else 0)
