"""A clock whose program leaves some queues to another one: what runs there is known here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tabapp.jobs.ports import RunState
from tabapp.jobs.triggers import Every
from tabapp.store.runs import SqlRunLog
from tests.services.clock_world import ClockWorld, Program, clock_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ClockWorld]:
    with clock_world(tmp_path) as world:
        yield world


@pytest.fixture
def here(world: ClockWorld) -> Program:
    """A program that works on nothing but what is urgent, and has looked once."""
    program = world.open()
    program.queue.queues = frozenset({"high_priority"})
    program.tournament("open")
    program.clockwork.look()
    return program


def end(program: Program, state: RunState, **more: object) -> None:
    """Let another program begin or end the only run."""
    runs = SqlRunLog(program.database)
    (run,) = runs.history(name="test.each")
    runs.update(run.id, {"state": state, **more})  # type: ignore[typeddict-item]


@pytest.mark.parametrize("state", ["queued", "running", "waiting"])
def test_a_run_that_has_not_ended_elsewhere_is_not_started_again(
    world: ClockWorld, here: Program, state: RunState
) -> None:
    here.add("test.each", Every(300))
    world.advance(here, 300)
    end(here, state, owner="there:1")
    world.advance(here, 300)
    assert len(SqlRunLog(here.database).history(name="test.each")) == 1
    assert here.clockwork.state.skipped == 1


def test_how_a_run_ended_elsewhere_is_counted_at_the_next_time(
    world: ClockWorld, here: Program
) -> None:
    name = here.add("test.each", Every(300))
    world.advance(here, 300)
    end(here, "failed", owner="there:1", error_message="It broke.", seconds=2.5)
    world.advance(here, 300)
    row = here.rows()[name]
    assert (row.runs, row.successes, row.last_status) == (1, 0, "failed")
    assert (row.last_error, row.mean) == ("It broke.", 2.5)
    assert len(SqlRunLog(here.database).history(name="test.each")) == 2
