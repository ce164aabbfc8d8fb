"""An open file with its folders of copies."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tabapp.core.clock import ManualClock
from tabapp.core.events import EventBus
from tabapp.services.events import SnapshotFailed, SnapshotMade
from tabapp.services.snapshots import Snapshots
from tabapp.store import schema
from tabapp.store.database import Database

START = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)


@dataclass
class Room:
    """An open file with its folders of copies."""

    path: Path
    database: Database
    clock: ManualClock
    folder: Path
    stick: Path
    snapshots: Snapshots
    made: list[SnapshotMade]
    failed: list[SnapshotFailed]

    def write(self) -> None:
        """Write something."""
        with self.database.write(verb="add") as unit:
            unit.insert(schema.tournament, [
                {"slug": f"{self.clock.now()}", "name": "", "created_at": ""}])
        self.clock.advance(60)

    def names(self, folder: Path | None = None) -> list[str]:
        """Return what lies in a folder, nothing hidden left out."""
        where = folder or self.folder
        return sorted(one.name for one in where.iterdir()) if where.is_dir() else []


@contextmanager
def open_room(tmp_path: Path) -> Iterator[Room]:
    """Open a new file, with a folder for copies that is made later and a stick."""
    clock, bus = ManualClock(START), EventBus()
    path, folder, stick = tmp_path / "Worlds.tabapp", tmp_path / "copies", tmp_path / "stick"
    stick.mkdir()
    database = Database.open(path, create=True, clock=clock, bus=bus)
    made: list[SnapshotMade] = []
    failed: list[SnapshotFailed] = []
    bus.subscribe(SnapshotMade, made.append)
    bus.subscribe(SnapshotFailed, failed.append)
    yield Room(
        path, database, clock, folder, stick,
        Snapshots(database, folder, stick, clock, bus), made, failed)
    database.close()
