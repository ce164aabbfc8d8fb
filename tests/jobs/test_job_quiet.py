"""Runs of the clock that have nothing to tell leave no row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tabapp.core.actors import CLOCK
from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.jobs.events import JobEvent, JobFinished
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.spec import AnySpec, db_job
from tests.jobs.world import Ctx, Gate, Queue, World, add, held


def quiet(work: Callable[[Ctx], object]) -> AnySpec:
    return db_job("test.look", quiet=True)(work)


def here(world: World, spec: AnySpec) -> Queue:
    return world.queue(spec, synchronous=True, start=False)


def nothing(ctx: Ctx) -> None:
    ctx.log.info("looked")
    with ctx.step("look"):
        assert ctx.identity.run_id > 0


def count(ctx: Ctx) -> None:
    ctx.stats["flags"] += 1


def warn(ctx: Ctx) -> None:
    ctx.log.info("looked")
    ctx.log.warning("late")


def test_a_look_of_the_clock_that_finds_nothing_leaves_no_row(world: World) -> None:
    spec = quiet(nothing)
    handle = here(world, spec).submit(spec, submitted_by=CLOCK)
    assert handle.wait(0).status == "success"
    assert world.runs.history() == []
    assert list(world.runs.logs(handle.id)) == []
    assert [type(event) for event in world.heard if isinstance(event, JobEvent)] == [JobFinished]
    assert [event.run_id for event in world.of(JobFinished)] == [handle.id]


def test_a_person_who_starts_it_sees_it(world: World) -> None:
    spec = quiet(nothing)
    here(world, spec).submit(spec, submitted_by="Ada")
    assert len(world.runs.history()) == 1


def test_what_is_not_quiet_leaves_its_row(world: World) -> None:
    here(world, add).submit(add, n=1, submitted_by=CLOCK)
    assert len(world.runs.history()) == 1


def test_what_was_counted_is_told(world: World) -> None:
    spec = quiet(count)
    handle = here(world, spec).submit(spec, submitted_by=CLOCK)
    (row,) = world.runs.history()
    assert (row.id, row.state, row.stats, row.attempts) == (handle.id, "success", {"flags": 1}, 1)
    assert row.started_at is not None
    assert row.finished_at is not None


def test_a_warning_is_told_with_the_lines_before_it(world: World) -> None:
    spec = quiet(warn)
    handle = here(world, spec).submit(spec, submitted_by=CLOCK)
    assert [line.message for line in world.runs.logs(handle.id)] == ["looked", "late"]
    assert [row.state for row in world.runs.history()] == ["success"]


def test_a_failure_is_told(world: World) -> None:
    def refuse(ctx: Ctx) -> None:
        raise UserError("round_drawn")

    spec = quiet(refuse)
    here(world, spec).submit(spec, submitted_by=CLOCK)
    assert [(row.state, row.error_code) for row in world.runs.history()] == [
        ("failed", "round_drawn")]


def test_a_retry_is_told_as_soon_as_it_waits(world: World) -> None:
    def slow(ctx: Ctx) -> None:
        if ctx.identity.attempt == 1:
            raise TimeoutError("slow")

    spec = quiet(slow)
    queue = here(world, spec)
    queue.submit(spec, submitted_by=CLOCK)
    assert [row.state for row in world.runs.history()] == ["waiting"]
    world.clock.advance(60)
    queue.poke()
    assert [row.state for row in world.runs.history()] == ["success"]


def test_a_quiet_run_never_flashes_up_while_it_works(world: World, gate: Gate) -> None:
    spec = held(gate, "test.look", quiet=True)
    queue = world.queue(spec)
    handle = queue.submit(spec, submitted_by=CLOCK)
    gate.wait_for_entry()
    assert (handle.state, world.runs.history(), world.heard) == ("running", [], [])
    gate.open()
    handle.wait(10)
    assert world.runs.history() == []


def test_a_quiet_run_that_a_person_joins_leaves_a_row(world: World, gate: Gate) -> None:
    spec = held(gate, "test.look", quiet=True, dedup="one")
    queue = world.queue(spec)
    queue.submit(spec, submitted_by=CLOCK)
    gate.wait_for_entry()
    joined = queue.submit(spec, submitted_by="Ann")
    gate.open()
    assert joined.joined
    assert joined.wait(10).status == "success"
    row = world.runs.get(joined.id)
    assert row is not None
    assert row.state == "success"


def test_a_closing_program_forgets_quiet_runs(world: World, gate: Gate) -> None:
    spec = held(gate, "test.look", quiet=True, lock="tournament", retry="critical")
    queue = world.queue(spec)
    queue.submit(spec, submitted_by=CLOCK, tournament=1)
    gate.wait_for_entry()
    waiting = queue.submit(spec, submitted_by=CLOCK, tournament=1)
    assert queue.stop(timeout=10, on_wait=lambda _titles: gate.open())
    assert waiting.wait(0.1).status == "cancelled"
    assert world.runs.history() == []


def test_ids_of_quiet_runs_are_never_given_to_others(world: World) -> None:
    spec = quiet(nothing)
    queue = world.queue(spec, add, synchronous=True, start=False)
    ids = [queue.submit(spec, submitted_by=CLOCK).id, queue.submit(add, n=1).id,
           queue.submit(spec, submitted_by=CLOCK).id]
    assert len(set(ids)) == 3


def test_a_row_that_a_busy_database_refused_is_stored_by_a_later_heartbeat(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(run: RunRecord) -> RunRecord:
        raise DatabaseBusy

    spec = quiet(count)
    queue = here(world, spec)
    with monkeypatch.context() as patch:
        patch.setattr(world.runs, "create", busy)
        queue.submit(spec, submitted_by=CLOCK)
    assert world.runs.history() == []
    queue._look_after_runs()
    assert [row.state for row in world.runs.history()] == ["success"]
