"""The cached tables: what is written when they change, and that it is enough."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import event

from tabapp.core.clock import ManualClock
from tabapp.domain.types import StandingRow, Standings
from tabapp.store.database import Database
from tabapp.store.refs import Refs
from tabapp.store.standing_rows import (
    Cached,
    StandingChanges,
    compare_standings,
    read_cached,
    write_standings,
)


def table(*rows: tuple[str, float]) -> Standings:
    """Return a table of teams, the best first."""
    return Standings("teams", ("points",), (), tuple(
        StandingRow(name, name, place, False, {"points": points})
        for place, (name, points) in enumerate(rows, start=1)))


def read(database: Database) -> Cached:
    with database.read() as unit:
        found = read_cached(unit, 1)
    refs = Refs()
    refs.add("team", {"A": 1, "B": 2, "C": 3})
    return Cached(1, refs, found.rows)


def write(database: Database, changes: StandingChanges) -> list[str]:
    """Write changes; return the statements on the cache that this took, by their first word."""
    said: list[str] = []

    def hear(*given: object) -> None:
        if "standing" in str(given[2]):
            said.append(str(given[2]).split()[0])

    with database.write(actor="Ann", verb="change") as unit:
        event.listen(unit.connection, "before_cursor_execute", hear)
        write_standings(unit, 1, changes)
    return said


def test_who_only_moved_keeps_the_figures_and_no_write_looks_first(tmp_path: Path) -> None:
    database = Database.open(tmp_path / "t.tabapp", create=True, clock=ManualClock())
    first = compare_standings(read(database), [table(("A", 3.0), ("B", 2.0))])
    assert write(database, first) == ["INSERT"]
    then = [table(("C", 9.0), ("B", 2.0), ("A", 1.0))]
    changes = compare_standings(read(database), then)
    assert (len(changes.new), len(changes.moved), len(changes.gone), changes.count) == (2, 0, 1, 2)
    assert write(database, changes) == ["DELETE", "INSERT"]
    moved = compare_standings(read(database), [table(("B", 2.0), ("C", 9.0))])
    assert (len(moved.new), len(moved.moved), len(moved.gone), moved.count) == (0, 2, 1, 3)
    assert write(database, moved) == ["DELETE", "UPDATE"]
    assert compare_standings(read(database), [table(("B", 2.0), ("C", 9.0))]).count == 0
    database.close()
