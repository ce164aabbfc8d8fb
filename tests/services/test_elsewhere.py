"""What another program writes to the open file is told, and our own writes are not."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.core.events import Changed, EventBus
from tabapp.services.elsewhere import Elsewhere
from tabapp.store.database import Database
from tabapp.store.unit import WriteUnit


class Desk:
    """Two programs on one file, and what the first is told."""

    def __init__(self, path: Path) -> None:
        self.bus = EventBus()
        self.here = Database.open(path, create=True, bus=self.bus)
        self.there = Database.open(path)
        self.told: list[Changed] = []
        self.bus.subscribe(Changed, self.told.append)
        self.elsewhere = Elsewhere(self.here, self.bus)
        self.elsewhere.begin()

    def write(self, database: Database, *topics: str, tournament: int = 1) -> None:
        def touch(unit: WriteUnit) -> None:
            unit.touch(*topics, tournament=tournament)

        with database.write(actor="x", verb="touch", tournament=tournament) as unit:
            touch(unit)

    def heard(self) -> list[tuple[int | None, frozenset[str]]]:
        """Return what came from elsewhere."""
        return [(one.tournament, one.topics) for one in self.told if one.origin == "elsewhere"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "a.tabapp")
    yield made
    made.elsewhere.stop()
    made.there.close()
    made.here.close()


def test_what_others_write_is_told_by_tournament_and_topic(desk: Desk) -> None:
    desk.write(desk.there, "results", "people")
    desk.write(desk.there, "draws", tournament=2)
    desk.elsewhere.look()
    assert desk.heard() == [(1, frozenset({"results", "people"})), (2, frozenset({"draws"}))]


def test_nothing_is_told_twice(desk: Desk) -> None:
    desk.write(desk.there, "results")
    desk.elsewhere.look()
    desk.elsewhere.look()
    assert len(desk.heard()) == 1


def test_our_own_writes_are_not_told_again(desk: Desk) -> None:
    for _ in range(3):
        desk.write(desk.here, "results")
    desk.elsewhere.look()
    assert desk.heard() == []


def test_a_topic_that_both_wrote_is_told(desk: Desk) -> None:
    desk.write(desk.here, "results", "people")
    desk.write(desk.there, "results")
    desk.write(desk.here, "people")
    desk.elsewhere.look()
    assert desk.heard() == [(1, frozenset({"results"}))]


def test_the_thread_looks_by_itself_until_it_is_stopped(desk: Desk) -> None:
    told = threading.Event()
    desk.bus.subscribe(Changed, lambda one: told.set() if one.origin == "elsewhere" else None)
    looking = Elsewhere(desk.here, desk.bus)
    looking.start()
    desk.write(desk.there, "people")
    assert told.wait(20)
    looking.stop()


def test_a_file_that_is_gone_costs_nothing(desk: Desk, tmp_path: Path) -> None:
    desk.elsewhere.stop()
    fresh = Elsewhere(desk.here, desk.bus)
    desk.here.close()
    desk.there.close()
    (tmp_path / "a.tabapp").unlink()
    fresh.begin()
    fresh.look()
    assert desk.heard() == []
    fresh.stop()
