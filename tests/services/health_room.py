"""A database and its health desk in a world that a test may break."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from tabapp.app import open_workspace
from tabapp.core.clock import ManualClock
from tabapp.domain.health import Finding
from tabapp.jobs.queue import JobQueue
from tabapp.services import health_checks as checks
from tabapp.services.events import HealthChanged
from tabapp.services.health import HealthDesk
from tabapp.services.health_checks import Surroundings
from tabapp.services.snapshots import SnapshotInfo, Snapshots
from tabapp.services.workspace import Workspace
from tabapp.store.unit import ReadUnit, WriteUnit
from tests.reliability.scenes import add
from tests.services.desk_scenes import document

NOW = datetime.fromisoformat("2026-01-01T09:00:00+00:00")


@dataclass
class Pool:
    """A queue that says of itself what a test wants."""

    workers: int = 3
    alive: int = 3
    waiting: int = 0
    longest_wait_seconds: float = 0.0
    requeued: list[int] = field(default_factory=list)

    def state(self) -> Pool:
        return self

    def requeue(self, run_id: int) -> None:
        self.requeued.append(run_id)


@dataclass
class Copies:
    """Snapshots that are where a test wants them."""

    folder: Path
    second_folder: Path | None = None
    at: datetime | None = None
    available: bool = True

    def latest(self) -> SnapshotInfo | None:
        return None if self.at is None else SnapshotInfo(
            self.folder / "copy.tabapp", self.at, "by hand", 1, False)


@dataclass
class Room:
    """A database, its desk, and the world around them, which a test may break."""

    work: Workspace
    clock: ManualClock
    path: Path
    pool: Pool
    copies: Copies
    desk: HealthDesk
    heard: list[HealthChanged]
    around: dict[str, Any]

    def find(self, name: str) -> Finding:
        return next(one for one in self.desk.look().findings if one.name == name)


@contextmanager
def open_room(folder: Path) -> Iterator[Room]:
    """Open a new file with a desk whose surroundings are made up."""
    clock, path = ManualClock(NOW), folder / "t.tabapp"
    with open_workspace(path, create=True, clock=clock) as work:
        add(work, document())
        pool, copies = Pool(), Copies(folder)
        world: dict[str, Any] = {"free": 50 * checks.GB, "writable": True, "kind": "ext4"}
        around = Surroundings(
            free=lambda _p: world["free"], writable=lambda _p: world["writable"],
            kind=lambda _p: world["kind"])
        desk = HealthDesk(
            work.database, cast(JobQueue[ReadUnit, WriteUnit], pool), work.runs, work.bus, clock,
            snapshots=cast(Snapshots, copies), around=around)
        heard: list[HealthChanged] = []
        work.bus.subscribe(HealthChanged, heard.append)
        yield Room(work, clock, path, pool, copies, desk, heard, world)
