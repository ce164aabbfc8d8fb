"""A real file for every test, and the smallest tournament that has a debate in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import tabapp
from tabapp.core.clock import ManualClock
from tabapp.core.events import Event
from tabapp.store.database import Database
from tabapp.store.schema import adjudicator, debate, debate_side, round_, team, tournament


@dataclass(frozen=True)
class House:
    """Row ids of a small tournament: one round, two debates of two teams, two adjudicators."""

    tournament: int
    round: int
    debates: tuple[int, ...]
    teams: tuple[int, ...]
    sides: tuple[int, ...]
    adjudicators: tuple[int, ...]


def build_house(database: Database, slug: str = "house") -> House:
    """Write a small tournament that cannot be undone."""
    with database.write(actor="Ann", verb="make", subject=slug, undoable=False) as unit:
        (owner,) = unit.insert(tournament, [{"slug": slug, "name": slug.title()}])
        own = {"tournament_id": owner}
        teams = unit.insert(team, [own | {"ref": f"T{n}", "name": f"Team {n}"} for n in range(4)])
        judges = unit.insert(
            adjudicator, [own | {"ref": f"A{n}", "name": f"Judge {n}"} for n in range(2)]
        )
        number = unit.ids.take("round")[0]
        unit.insert(round_, [own | {"id": number, "seq": 1, "name": "Round 1", "slot_id": number}])
        place = {"round_id": number, "slot_id": number}
        debates = unit.insert(debate, [own | place | {"ref": f"D{n}"} for n in range(2)])
        sides = unit.insert(debate_side, [
            place | {"debate_id": debates[n // 2], "side": ("aff", "neg")[n % 2], "team_id": one}
            for n, one in enumerate(teams)
        ])
        unit.touch("people", "draw:1", tournament=owner)
        return House(
            owner, number, tuple(debates), tuple(teams), tuple(sides), tuple(judges)
        )


@pytest.fixture
def environment() -> dict[str, str]:
    """The environment in which a process of a test finds the program."""
    return dict(os.environ) | {"PYTHONPATH": str(Path(tabapp.__file__).parents[1])}


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "test.tabapp"


@pytest.fixture
def opened(clock: ManualClock) -> Iterator[Callable[[Path], Database]]:
    """Open databases that are closed when the test ends."""
    bases: list[Database] = []

    def open_one(where: Path) -> Database:
        bases.append(Database.open(where, create=True, clock=clock))
        return bases[-1]

    yield open_one
    for one in bases:
        one.close()


@pytest.fixture
def database(opened: Callable[[Path], Database], path: Path) -> Database:
    return opened(path)


@pytest.fixture
def house(database: Database) -> House:
    return build_house(database)


@pytest.fixture
def heard(database: Database) -> list[Event]:
    """All events that the database publishes."""
    events: list[Event] = []
    database.bus.subscribe(Event, events.append)
    return events
