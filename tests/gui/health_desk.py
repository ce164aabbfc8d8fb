"""A tournament with everything that works by itself, for tests of its health and its copies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.clock import Clock
from tabapp.domain.archive import Archive
from tabapp.domain.health import Finding, HealthReport
from tabapp.gui.notice import Notice
from tabapp.gui.session import Session
from tabapp.services import exchange
from tabapp.services.events import HealthChanged
from tabapp.services.health import HealthDesk
from tabapp.services.snapshots import Snapshots
from tests.builders import small_archive
from tests.gui.desk import Desk


@dataclass(frozen=True)
class HealthRoom:
    """A desk whose program has copies and looks after its health."""

    desk: Desk
    health: HealthDesk
    snapshots: Snapshots
    told: list[Notice]
    went: list[tuple[str, object]]

    @property
    def session(self) -> Session:
        return self.desk.session

    def find(self, monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
        """Let every look find this and nothing else."""
        work = self.desk.workspace

        def look(*_tick: object) -> HealthReport:
            report = HealthReport(work.clock.now(), findings)
            self.health._last = report
            work.bus.publish(HealthChanged(None, report))
            return report

        monkeypatch.setattr(self.health, "look", look)
        look()


@contextmanager
def open_health(
    qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock | None = None,
) -> Iterator[HealthRoom]:
    """Open a new file; nothing is started that works by itself, so a test starts what it wants."""
    monkeypatch.setenv("TABAPP_HOME", str(folder / "home"))
    document: Any = small_archive(8, 2, results=False)
    with open_workspace(
        folder / "open.tabapp", create=True, threads=True, household=True, clock=clock
    ) as work:
        slug = exchange.add(
            work.database, Archive.model_validate(document), now=work.clock.now(), actor="Ann")
        owner = work.tournament(slug)
        session = Session(work, owner.id)
        told: list[Notice] = []
        went: list[tuple[str, object]] = []
        session.told.connect(told.append)
        session.went.connect(lambda place, target: went.append((place, target)))
        assert work.health is not None
        assert work.snapshots is not None
        try:
            yield HealthRoom(
                Desk(work, session, owner, qtbot), work.health, work.snapshots, told, went)
        finally:
            session.close()
