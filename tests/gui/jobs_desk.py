"""The place of jobs on a real file with a clock that stands still, for tests of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar, cast

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabapp.core.clock import ManualClock
from tabapp.gui.notice import Notice
from tabapp.gui.session import Session
from tabapp.jobs.context import JobContext
from tabapp.jobs.registry import Registry
from tabapp.jobs.spec import simple_job
from tabapp.jobs.triggers import Cron, Every
from tabapp.services.clockwork import Clockwork
from tabapp.services.household import Household
from tests.gui.desk import Desk, open_desk

P = TypeVar("P", bound=QWidget)


@simple_job(
    "test.look", title="Late ballots", labels=("results",), retry="no_retry", schedule=Every(300))
def look(ctx: JobContext[Any, Any], minutes: int = 10, action: str = "flag") -> int:
    """Look for ballots that are late. Nothing else is done."""
    ctx.stats["late"] += minutes
    return minutes


@simple_job("test.tidy", title="Tidying", labels=("maintenance",), schedule=Cron("30 3 * * *"))
def tidy(ctx: JobContext[Any, Any]) -> None:
    """Tidy up."""


class JobsDesk:
    """A desk whose workspace has a clock, with two scheduled jobs of its own."""

    def __init__(self, desk: Desk, clock: ManualClock) -> None:
        queue = desk.workspace.queue
        queue.registry = Registry([look, tidy, *map(
            queue.registry.get, ("draw.generate", "standings.recalculate"))])
        work = desk.workspace
        self.clock = clock
        self.clockwork = Clockwork(work.database, queue, clock, work.bus)
        house = SimpleNamespace(
            clockwork=self.clockwork, snapshots=None, health=None, automation=None)
        self.work = replace(work, household=cast("Household", house))
        self.session = Session(self.work, desk.owner.id)
        self.desk = Desk(self.work, self.session, desk.owner, desk.qtbot)
        self.told: list[Notice] = []
        self.went: list[tuple[str, object]] = []
        self.session.told.connect(self.told.append)
        self.session.went.connect(lambda place, target: self.went.append((place, target)))

    def show(self, page: P) -> P:
        """Put a page on the screen and wait until it shows what it reads."""
        self.desk.qtbot.addWidget(page)
        page.resize(1310, 690)
        page.show()
        page.activateWindow()
        self.desk.settle()
        return page

    def dialog(self, kind: type[P]) -> P:
        """Return the dialog of a kind that is open."""
        self.desk.settle()
        found = [
            one for one in QApplication.topLevelWidgets()
            if isinstance(one, kind) and one.isVisible()]
        assert len(found) == 1
        return found[0]


@contextmanager
def open_jobs(qtbot: QtBot, folder: Path) -> Iterator[JobsDesk]:
    """Open a new file with a tournament of three rounds, two scheduled jobs and a clock."""
    clock = ManualClock()
    with open_desk(qtbot, folder, teams=8, rounds=3, clock=clock, actor="Ingrid") as desk:
        made = JobsDesk(desk, clock)
        try:
            yield made
            made.desk.settle()
        finally:
            made.session.close()
            made.clockwork.stop()
