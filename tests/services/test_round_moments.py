"""The moments of rounds by which schedules go are those by which ballots are late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest

from tabapp.jobs.triggers import Anchor, AroundRound
from tabapp.services import deadlines, rounds, schedules
from tabapp.services.schedule_plans import read_timetable
from tabapp.store.schema import round_, tournament
from tests.services.clock_world import MONDAY, ClockWorld, Program, clock_world
from tests.services.late_world import TOOK, Late, open_late


@pytest.fixture
def late(tmp_path: Path) -> Iterator[Late]:
    with open_late(tmp_path) as world:
        yield world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ClockWorld]:
    with clock_world(tmp_path) as made:
        yield made


@pytest.fixture
def here(world: ClockWorld) -> Program:
    return world.open()


def moments(late: Late, anchor: Anchor) -> dict[int, str]:
    """Return round -> when, as the clock's core is told it."""
    with late.work.database.read() as unit:
        table = read_timetable(unit, [AroundRound(anchor)])
    found = table.anchors(late.owner, late.clock.now())(anchor)
    return {one.seq: f"{one.at:%H:%M}" for one in found}


def test_an_end_that_nobody_set_is_worked_out_as_for_deadlines(late: Late) -> None:
    nine = late.clock.now()
    ends = f"{nine + timedelta(minutes=TOOK['bp']):%H:%M}"
    assert moments(late, "end") == {1: ends}
    with late.work.database.read() as unit:
        held = deadlines.read_deadlines(unit, late.round(), nine)
    assert held.end is not None
    assert f"{held.end:%H:%M}" == ends
    late.write(lambda unit: deadlines.set_deadlines(
        unit, late.round(), deadlines.DeadlineEntry(expected_end="10:05")))
    assert moments(late, "end") == {1: "10:05"}


def test_a_release_that_was_undone_is_no_moment(late: Late) -> None:
    assert moments(late, "release") == {}  # it came from a file: nobody knows when
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    late.after(30)
    late.write(lambda unit: rounds.release_draw(unit, late.round()))
    assert moments(late, "release") == {1: "09:30"}
    late.work.database.undo(late.owner, actor="Ann")
    late.work.database.undo(late.owner, actor="Ann")
    assert moments(late, "release") == {}
    late.work.database.redo(late.owner, actor="Ann")
    late.work.database.redo(late.owner, actor="Ann")
    assert moments(late, "release") == {1: "09:30"}


def test_a_time_of_day_stays_on_the_day_of_the_release(late: Late) -> None:
    late.after(5)
    late.write(lambda unit: rounds.unrelease_draw(unit, late.round()))
    late.write(lambda unit: rounds.release_draw(unit, late.round()))
    day = late.clock.now().date()
    late.clock.advance(86400)
    with late.work.database.read() as unit:
        table = read_timetable(unit, [AroundRound("start")])
    (start,) = table.anchors(late.owner, late.clock.now())("start")
    assert start.at.date() == day


def test_a_completed_round_begins_at_no_time_of_which_nobody_knows_the_day(
    world: ClockWorld, here: Program
) -> None:
    owner = here.tournament("a", starts_at="10:00")
    assert here.read(lambda unit: schedules.preview(
        unit, AroundRound("start"), owner, MONDAY)) == [MONDAY + timedelta(hours=1)]
    here.write(lambda unit: unit.update(round_, {1: {"completed": True}}))
    assert here.read(lambda unit: [
        schedules.preview(unit, AroundRound(anchor), owner, MONDAY)
        for anchor in get_args(Anchor)]) == [[], [], []]
    here.write(lambda unit: unit.update(round_, {1: {"starts_at": "2026-03-02T10:00"}}))
    assert here.read(lambda unit: schedules.preview(
        unit, AroundRound("start"), owner, MONDAY)) == [MONDAY + timedelta(hours=1)]


def test_a_schedule_runs_around_an_end_that_was_worked_out(
    world: ClockWorld, here: Program
) -> None:
    owner = here.tournament("a", starts_at="09:00")
    here.add("test.round", AroundRound("end", 4), tournament=owner)
    world.advance(here, (TOOK["bp"] + 3) * 60)
    assert world.notes.of("test.round") == []
    world.advance(here, 60)
    assert len(world.notes.of("test.round")) == 1


def test_settings_that_cannot_be_read_keep_only_their_own_rounds_from_the_clock(
    here: Program,
) -> None:
    good = here.tournament("a", starts_at="10:00")
    broken = here.tournament("b", starts_at="10:00")
    here.write(lambda unit: unit.update(tournament, {broken: {"preset": "of tomorrow"}}))
    table = here.read(lambda unit: read_timetable(unit, [AroundRound("start")]))
    assert [one.tournament for one in table.anchors(None, MONDAY)("start")] == [good]
