"""Who starts next: age and priority, and locks that nobody waits for in vain."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from tabapp.jobs.events import JobStarted, JobWaited
from tabapp.jobs.leases import Keeper
from tabapp.jobs.run import RISE_SECONDS, RunControl
from tabapp.jobs.spec import AnySpec, db_job, simple_job
from tabapp.jobs.waiting import FAIR_SECONDS
from tests.jobs.world import Gate, Queue, World, add, held


class Steps:
    """Jobs that hold a lock for one second of the clock and write down their turn."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.turns: list[str] = []

    def job(self, name: str, **options: Any) -> AnySpec:
        def work(ctx: Any) -> None:
            self.turns.append(name)
            self.world.clock.advance(1)

        return db_job(f"test.{name}", **options)(work)


def feed(queue: Queue, spec: AnySpec, times: int) -> None:
    """Let each end of a run be followed by another of the same lock, as ballots come in."""
    left = [times]

    def again(_event: Any) -> None:
        if left[0]:
            left[0] -= 1
            queue.submit(spec, tournament=1)

    queue._history._bus.subscribe(JobStarted, again)


def test_a_stream_of_tournament_runs_does_not_starve_the_lock_of_the_database(
    world: World,
) -> None:
    steps = Steps(world)
    ballot = steps.job("ballot", lock="tournament", queue="high_priority")
    cleanup = steps.job("cleanup", lock="database", queue="low_priority")

    @db_job("test.opening", lock="tournament")
    def opening(ctx: Any) -> None:
        queue.submit(cleanup)

    queue = world.queue(ballot, cleanup, opening, synchronous=True, start=False)
    feed(queue, ballot, 300)
    queue.submit(opening, tournament=1)
    assert len(steps.turns) == 301
    assert steps.turns.index("cleanup") == FAIR_SECONDS  # its rank alone would take twice as long


def waiting_behind(world: World, gate: Gate, age: float) -> tuple[Queue, list[Any]]:
    """Hold tournament 1, let the database's lock wait so long, then want tournament 2."""
    locked = held(gate, "test.locked", lock="tournament", title="Draw")
    cleanup = held(gate, "test.cleanup", lock="database", title="Cleanup")
    queue = world.queue(locked, cleanup, add, workers=4)
    first = queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    old = queue.submit(cleanup)
    world.clock.advance(age)
    young = queue.submit(locked, tournament=2)
    return queue, [first, old, young]


def test_a_run_that_waited_long_for_a_lock_is_not_overtaken_any_more(
    world: World, gate: Gate
) -> None:
    queue, handles = waiting_behind(world, gate, FAIR_SECONDS)
    queue.submit(add, n=1).wait(10)  # what needs no lock goes on
    assert gate.nobody_enters()
    assert (handles[2].state, handles[2].waiting_for) == ("waiting", "Cleanup")
    gate.open()
    for handle in handles:
        assert handle.wait(10).status == "success"
    times = [world.runs.get(handle.id) for handle in handles]
    assert [row.state for row in times if row is not None] == ["success"] * 3


def test_a_run_that_has_not_waited_long_is_overtaken(world: World, gate: Gate) -> None:
    _, handles = waiting_behind(world, gate, FAIR_SECONDS - 1)
    gate.wait_for_entry()
    assert (handles[2].state, handles[1].waiting_for) == ("running", "Draw")
    gate.open()
    for handle in handles:
        handle.wait(10)


@pytest.mark.parametrize(("age", "held_up"), [
    (FAIR_SECONDS, False), (5 * FAIR_SECONDS, True),
])
def test_an_old_run_without_a_free_worker_holds_a_person_up_only_in_the_end(
    world: World, gate: Gate, age: float, held_up: bool
) -> None:
    slow = held(gate, "test.slow")
    sync = held(gate, "test.sync", lock="tournament", queue="low_priority", title="Sync")
    draw = held(gate, "test.draw", lock="tournament", queue="high_priority")
    queue = world.queue(slow, sync, draw, workers=2)
    queue.submit(slow)
    gate.wait_for_entry()  # the one worker that is not kept for people
    old = queue.submit(sync, tournament=1)
    world.clock.advance(age)
    told = threading.Event()
    world.bus.subscribe(JobWaited, lambda event: told.set())
    mine = queue.submit(draw, tournament=1)
    if held_up:
        assert told.wait(10)
        assert (mine.state, mine.waiting_for) == ("waiting", "Sync")
    else:
        gate.wait_for_entry()
        assert mine.state == "running"
    gate.open()
    assert (mine.wait(10).status, old.wait(10).status) == ("success", "success")


def test_a_run_that_is_delayed_by_its_rate_claims_no_lock(world: World) -> None:
    slow = simple_job("test.slow", rate="1/hour")(lambda ctx: None)
    steps = Steps(world)
    upkeep = steps.job("upkeep", lock="database", rate="1/hour")
    ballot = steps.job("ballot", lock="tournament")
    queue = world.queue(slow, upkeep, ballot, synchronous=True, start=False)
    for _ in range(2):
        queue.submit(upkeep)
    world.clock.advance(2 * FAIR_SECONDS)
    assert queue.submit(ballot, tournament=1).state == "success"


def test_runs_whose_lock_is_held_hold_up_nobody_behind_them(world: World, gate: Gate) -> None:
    locked = held(gate, "test.locked", lock="tournament", queue="high_priority")
    queue = world.queue(locked, add, workers=3)
    blocked = [queue.submit(locked, tournament=1) for _ in range(20)]
    gate.wait_for_entry()
    assert queue.submit(add, n=1).wait(10).value == 2
    gate.open()
    assert {handle.wait(10).status for handle in blocked} == {"success"}


@pytest.mark.parametrize(("waits", "first"), [(0, "high"), (2.5, "low")])
def test_a_low_run_that_waits_long_rises_above_a_high_one(
    world: World, waits: float, first: str
) -> None:
    steps = Steps(world)
    low = steps.job("low", queue="low_priority")
    high = steps.job("high", queue="high_priority")
    queue = world.queue(low, high, start=False)
    queue.submit(low)
    world.clock.advance(waits * RISE_SECONDS)
    queue.submit(high)
    assert queue.active()[0].name == f"test.{first}"


# --- the lock of the database, over two programs ---


def keeper_of(world: World, owner: str) -> Keeper:
    return Keeper(world.leases, world.clock, owner, world.liveness, lambda: None)


@pytest.mark.parametrize(("held_key", "wanted"), [
    ("tournament:1", "database"), ("database", "tournament:1"), ("database", "database"),
])
def test_the_lock_of_the_database_excludes_those_of_tournaments_elsewhere(
    world: World, held_key: str, wanted: str
) -> None:
    here, there = keeper_of(world, "a"), keeper_of(world, "b")
    world.alive |= {"a", "b"}
    token = here.take(held_key, RunControl())
    assert token is not None
    assert there.take(wanted, RunControl()) is None
    taken = world.leases.holder(wanted)
    assert taken is None or taken.owner == "a"
    here.give_back(token)
    assert there.take(wanted, RunControl()) is not None


def test_a_dead_program_excludes_nobody(world: World) -> None:
    assert keeper_of(world, "a").take("tournament:1", RunControl()) is not None
    world.dead.add("a")
    assert keeper_of(world, "b").take("database", RunControl()) is not None


def test_two_tournaments_do_not_exclude_one_another(world: World) -> None:
    world.alive |= {"a", "b"}
    assert keeper_of(world, "a").take("tournament:1", RunControl()) is not None
    assert keeper_of(world, "b").take("tournament:2", RunControl()) is not None
