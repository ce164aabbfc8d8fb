"""The jobs that look after health and size of a database, and what of a look is news."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tabapp.domain.health import Finding, HealthReport
from tabapp.jobs.resources import Resources
from tabapp.jobs.testing import JobTestContext
from tabapp.services import health_checks as checks
from tabapp.services.compacting import plan
from tabapp.services.health import differs, newly_wrong
from tabapp.services.health_checks import Surroundings
from tabapp.store import soundness
from tabapp.tasks.maintenance import health_check, optimize
from tests.services.health_room import NOW, Room, open_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as made:
        yield made


# --- the jobs ----------------------------------------------------------------------------------


def test_the_health_check_counts_only_what_is_new(room: Room) -> None:
    context = JobTestContext(
        room.work.database, clock=room.clock, resources=Resources(room.desk))
    context.run(health_check)
    context.assert_progress_complete()
    assert context.stats == {}
    room.around["free"] = checks.MB
    told = context.run(health_check)
    assert context.stats == {"findings": 1}
    assert (told["status"], told["findings"][0]["name"]) == ("problem", "disk")
    context.run(health_check)
    assert context.stats == {}


def fill_and_empty(room: Room) -> None:
    """Leave a file of which most is free."""
    with closing(sqlite3.connect(room.path)) as connection:
        connection.execute("CREATE TABLE ballast (x)")
        connection.executemany("INSERT INTO ballast VALUES (?)", [("x" * 1000,)] * 4000)
        connection.execute("DROP TABLE ballast")
        connection.commit()


def test_a_file_that_is_mostly_free_is_made_small_and_stays_whole(room: Room) -> None:
    fill_and_empty(room)
    context = JobTestContext(
        room.work.database, clock=room.clock, resources=Resources(room.desk))
    told = context.run(optimize)
    context.assert_progress_complete()
    assert told["bytes_won"] == context.stats["bytes"] > 3_000_000
    assert soundness.faults(room.path) == []
    assert room.work.tournament().slug == "small"
    again = context.run(optimize)
    assert (again["bytes_won"], context.stats) == (0, {})


def test_a_file_is_not_made_small_where_the_disk_has_no_room_for_it(room: Room) -> None:
    fill_and_empty(room)
    found = plan(room.work.database, Surroundings(free=lambda _p: checks.MB))
    assert (found.is_worth_it, "only 1 MB" in found.sentence) == (False, True)
    assert plan(room.work.database).is_worth_it


def test_a_file_without_much_free_in_it_is_left_alone(room: Room) -> None:
    assert not plan(room.work.database).is_worth_it


# --- comparing reports -------------------------------------------------------------------------


def report(**states: Any) -> HealthReport:
    return HealthReport(NOW, tuple(Finding(name, state, "x") for name, state in states.items()))


def test_only_what_stands_worse_than_before_is_new() -> None:
    before = report(a="attention", b="passed", c="problem")
    after = report(a="problem", b="attention", c="attention")
    assert [one.name for one in newly_wrong(before, after)] == ["a", "b"]
    assert [one.name for one in newly_wrong(None, after)] == ["a", "b", "c"]
    assert differs(before, after)
    assert not differs(after, report(a="problem", b="attention", c="attention"))
