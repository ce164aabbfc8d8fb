"""Bulk work in batches that are skipped once they are done, and results that are taken again."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.jobs.errors import JobCancelled
from tabapp.jobs.memory import MemoryUnit, MemoryUnits
from tabapp.jobs.spec import AnySpec, db_job, simple_job
from tabapp.jobs.testing import JobTestContext
from tests.jobs.world import Ctx, Gate, World

Probe = JobTestContext[MemoryUnit, MemoryUnit]


@db_job("test.bulk")
def bulk(ctx: Ctx, count: int = 7, size: int = 3) -> int:
    with ctx.step("bulk"):
        for batch in ctx.batches(range(count), size):
            with ctx.write() as unit:
                unit.data.setdefault("done", []).extend(batch)
            ctx.stats["items"] += len(batch)
    return count


@pytest.fixture
def units() -> MemoryUnits:
    return MemoryUnits(EventBus())


def test_bulk_work_is_committed_batch_by_batch(units: MemoryUnits) -> None:
    test: Probe = JobTestContext(units)
    test.run(bulk)
    assert units.data["done"] == list(range(7))
    assert len(units.actions) == 3
    assert list(test.batches.values()) == [3]
    assert [shown.done for shown in test.progress] == [0, 0, 3, 6, 7, 7]
    test.assert_progress_complete()


def points_of_bulk() -> int:
    test: Probe = JobTestContext(MemoryUnits(EventBus()))
    test.run(bulk)
    return test.points


@pytest.mark.parametrize("how", ["cancelled", "failed"])
@pytest.mark.parametrize("point", range(1, points_of_bulk() + 1))
def test_an_end_anywhere_keeps_whole_batches_and_a_retry_does_the_rest(
    units: MemoryUnits, point: int, how: str
) -> None:
    test: Probe = JobTestContext(units)
    if how == "cancelled":
        test.cancel_at(point)
    else:
        test.fail_at(point, OSError("disk"))
    with pytest.raises((JobCancelled, OSError)):
        test.run(bulk)
    done = units.data.get("done", [])
    assert done in ([], [0, 1, 2], [0, 1, 2, 3, 4, 5])
    assert sum(test.batches.values()) == len(done) // 3
    test.run(bulk)
    assert units.data["done"] == list(range(7))


def test_a_new_run_does_all_batches_and_so_does_one_with_other_items(
    units: MemoryUnits,
) -> None:
    test: Probe = JobTestContext(units)
    test.run(bulk, count=3)
    test.run(bulk, count=3)
    assert units.data["done"] == [0, 1, 2] * 2
    test.fail_at(test.points, OSError("disk"))
    with pytest.raises(OSError, match="disk"):
        test.run(bulk, count=6)
    test.run(bulk, count=6, size=2)
    assert units.data["done"][-6:] == list(range(6))


def test_two_loops_over_the_same_items_are_told_apart(units: MemoryUnits) -> None:
    @db_job("test.twice")
    def twice(ctx: Ctx) -> None:
        for name in ("one", "two"):
            for batch in ctx.batches("abcd", 2):
                with ctx.write() as unit:
                    unit.data.setdefault(name, []).extend(batch)

    test: Probe = JobTestContext(units)
    test.fail_at(8, OSError("disk"))  # in the second loop
    with pytest.raises(OSError, match="disk"):
        test.run(twice)
    test.run(twice)
    assert units.data == {"one": list("abcd"), "two": list("abcd")}


def test_a_loop_that_is_left_early_has_not_done_its_last_batch(units: MemoryUnits) -> None:
    @simple_job("test.early")
    def early(ctx: Ctx) -> None:
        for _ in ctx.batches(range(4), 2):
            break
        for _ in ctx.batches(range(2), 2):
            ctx.commit_batch()
            ctx.commit_batch()

    test: Probe = JobTestContext(units)
    test.run(early)
    assert list(test.batches.values()) == [1]


def test_loops_over_batches_do_not_nest() -> None:
    @simple_job("test.nested")
    def nested(ctx: Ctx) -> None:
        for _ in ctx.batches([1]):
            next(ctx.batches([2]))

    with pytest.raises(RuntimeError, match="do not nest"):
        JobTestContext[MemoryUnit, MemoryUnit]().run(nested)


def bulk_that_stops(world: World, at: int, error: Exception) -> tuple[AnySpec, list[Exception]]:
    left = [error]

    @db_job("test.stops")
    def stops(ctx: Ctx) -> None:
        for batch in ctx.batches(range(6), 2):
            if batch[0] == at and left:
                raise left.pop()
            with ctx.write() as unit:
                unit.data.setdefault("done", []).extend(batch)

    return stops, left


def test_in_the_queue_a_retry_skips_what_is_done(world: World) -> None:
    spec, _ = bulk_that_stops(world, 4, TimeoutError("slow"))
    queue = world.queue(spec, synchronous=True, start=False)
    handle = queue.submit(spec)
    row = world.runs.get(handle.id)
    assert row is not None
    assert list(row.batches.values()) == [2]
    world.clock.advance(60)
    queue.poke()
    assert handle.state == "success"
    assert world.units.data["done"] == list(range(6))


def test_a_run_of_a_killed_program_goes_on_behind_its_last_batch(
    world: World, gate: Gate
) -> None:
    @db_job("test.killed")
    def killed(ctx: Ctx) -> None:
        for batch in ctx.batches(range(6), 2):
            if batch == [4, 5] and queue.owner not in world.dead:
                gate.pass_through()
            with ctx.write() as unit:
                unit.data.setdefault("done", []).extend(batch)

    queue = world.queue(killed)
    handle = queue.submit(killed)
    gate.wait_for_entry()
    world.dead.add(queue.owner)
    world.queue(killed, synchronous=True, start=False).recover_interrupted()
    assert world.units.data["done"] == list(range(6))
    gate.open()
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.state, list(row.batches.values())) == ("success", [3])


def test_a_cancel_between_two_batches_is_obeyed(world: World, gate: Gate) -> None:
    @db_job("test.long")
    def long(ctx: Ctx) -> None:
        for batch in ctx.batches(range(6), 2):
            with ctx.write() as unit:
                unit.data.setdefault("done", []).extend(batch)
            ctx.commit_batch()
            if batch == [2, 3]:
                gate.pass_through()

    handle = world.queue(long).submit(long)
    gate.wait_for_entry()
    assert handle.cancellable
    assert handle.cancel()
    gate.open()
    assert handle.wait(10).status == "cancelled"
    assert world.units.data["done"] == [0, 1, 2, 3]


# --- pure jobs ---


def counting(calls: list[Any], **options: Any) -> AnySpec:
    @db_job("test.forecast", pure=True, **options)
    def forecast(ctx: Ctx, seed: int, snapshot: str = "a") -> dict[str, int]:
        ctx.fingerprint({"snapshot": snapshot})
        calls.append(seed)
        ctx.stats["rounds"] += 2
        return {"seed": seed}

    return forecast


def test_a_pure_job_gives_the_stored_result_of_equal_input(world: World) -> None:
    calls: list[int] = []
    spec = counting(calls)
    queue = world.queue(spec, synchronous=True, start=False)
    first = queue.submit(spec, seed=1, tournament=1).wait(0)
    again = queue.submit(spec, seed=1, tournament=1).wait(0)
    assert calls == [1]
    assert (again.value, again.stats, again.id) == (first.value, first.stats, 2)
    assert [line.message for line in world.runs.logs(2)] == ["the stored result was taken"]
    for other in ({"seed": 2, "tournament": 1}, {"seed": 1, "tournament": 2},
                  {"seed": 1, "tournament": 1, "snapshot": "b"}):
        queue.submit(spec, **other)  # type: ignore[arg-type]
    assert calls == [1, 2, 1, 1]


def test_a_new_version_of_a_pure_job_forgets_the_old_results(world: World) -> None:
    calls: list[int] = []
    for version in (1, 2):
        spec = counting(calls, version=version)
        world.queue(spec, synchronous=True, start=False).submit(spec, seed=1)
    assert calls == [1, 1]


def test_what_failed_is_not_taken_for_a_result(world: World) -> None:
    @simple_job("test.unsure", pure=True)
    def unsure(ctx: Ctx) -> None:
        ctx.fingerprint("same")
        raise UserError("round_drawn")

    queue = world.queue(unsure, synchronous=True, start=False)
    assert [queue.submit(unsure).state for _ in range(2)] == ["failed", "failed"]


def test_a_job_that_is_not_pure_has_no_fingerprint() -> None:
    @simple_job("test.impure")
    def impure(ctx: Ctx) -> None:
        ctx.fingerprint(1)

    with pytest.raises(RuntimeError, match="not pure"):
        JobTestContext[MemoryUnit, MemoryUnit]().run(impure)


def test_the_test_context_shows_the_fingerprints(units: MemoryUnits) -> None:
    test: Probe = JobTestContext(units)
    test.run(counting([]), seed=1)
    assert test.fingerprints == [{"snapshot": "a"}]
