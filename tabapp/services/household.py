"""What works by itself while a file is open: its clock, its copies, its health, what follows."""

from __future__ import annotations

import threading

from tabapp.core.actors import PROGRAM
from tabapp.jobs.queue import JobQueue
from tabapp.services.automation import Automation
from tabapp.services.clockwork import Clockwork
from tabapp.services.health import HealthDesk
from tabapp.services.snapshots import Snapshots
from tabapp.store.unit import ReadUnit, WriteUnit


class Household:
    """Starts and stops these parts together, in the order in which they need each other.

    Any thread may call it. Whoever has something to show first starts it when that is shown.
    """

    def __init__(
        self,
        queue: JobQueue[ReadUnit, WriteUnit],
        snapshots: Snapshots,
        health: HealthDesk,
        clockwork: Clockwork,
        automation: Automation,
    ) -> None:
        self.snapshots = snapshots
        self.health = health
        self.clockwork = clockwork
        self.automation = automation
        self._queue = queue
        self._changing = threading.Lock()
        self._started = self._over = False

    def start(self) -> None:
        """Start what is not started yet; does nothing once it was stopped."""
        with self._changing:
            if self._started or self._over:
                return
            self._started = True
            self.automation.start()
            self.clockwork.start()
            self._queue.submit_later("maintenance.health_check", submitted_by=PROGRAM)

    def stop(self) -> None:
        """Stop for good: nothing is due any more, and what is gathered goes to the queue."""
        with self._changing:
            self._over = True
            if self._started:
                try:
                    self.clockwork.stop()
                finally:
                    self.automation.stop()
