"""The queue with real threads: who runs when, who joins whom, cancel and shut-down."""

from __future__ import annotations

import threading

import pytest

from tabapp.core.errors import UserError
from tabapp.core.events import Event
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.events import JobFinished, JobProgressed, JobQueued, JobStarted, JobWaited
from tabapp.jobs.run import RISE_SECONDS
from tabapp.jobs.spec import db_job, simple_job
from tests.jobs.world import Ctx, Gate, World, add, held


def test_a_job_runs_and_its_result_is_the_row_that_the_command_line_prints(world: World) -> None:
    result = world.queue(add).submit("test.add", n=1, submitted_by="Ada").wait(10)
    row = result.as_json()
    assert row.pop("seconds") == 0.0
    assert row == {
        "id": 1, "name": "test.add", "status": "success", "value": 2, "stats": {"sums": 1},
        "attempts": 1, "error": None,
    }


def test_the_history_holds_the_run_from_start_to_end(world: World) -> None:
    world.queue(add).submit(add, n=1, submitted_by="Ada").wait(10)
    row = world.runs.get(1)
    assert row is not None
    assert (row.state, row.title, row.submitted_by, row.params) == (
        "success", "Add 1", "Ada", {"n": 1},
    )
    assert (row.value, row.progress, row.stats) == (2, 1.0, {"sums": 1})
    assert row.started_at is not None
    assert row.finished_at is not None


def test_the_events_of_a_run_come_in_order(world: World) -> None:
    world.queue(add).submit(add, n=1).wait(10)
    assert [type(event) for event in world.heard] == [JobQueued, JobStarted, JobFinished]


def test_a_wrong_call_fails_in_the_caller_and_queues_nothing(world: World) -> None:
    queue = world.queue(add)
    with pytest.raises(JobValidationError):
        queue.submit(add, n="one")
    assert world.runs.history() == []


def test_text_from_a_command_line_is_taken_by_its_own_door(world: World) -> None:
    assert world.queue(add).submit_text("test.add", {"n": "41"}).wait(10).value == 42


# --- duplicates ---


def test_an_equal_call_joins_the_run_that_is_there(world: World, gate: Gate) -> None:
    spec = held(gate, dedup="n-{n}")
    queue = world.queue(spec)
    first = queue.submit(spec, n=1)
    gate.wait_for_entry()
    second = queue.submit(spec, n=1)
    other = queue.submit(spec, n=2)
    gate.open()
    assert (first.joined, second.joined, other.joined) == (False, True, False)
    assert (first.id, second.wait(10).id, other.wait(10).id) == (1, 1, 2)


def test_runs_of_two_tournaments_do_not_join(world: World, gate: Gate) -> None:
    spec = held(gate, dedup="standings")
    queue = world.queue(spec)
    one, two = queue.submit(spec, tournament=1), queue.submit(spec, tournament=2)
    gate.open()
    assert one.wait(10).id != two.wait(10).id


def test_ten_calls_while_a_run_works_cost_one_further_run(world: World, gate: Gate) -> None:
    counted: list[int] = []
    ballots = [0]

    @db_job("test.standings", dedup="standings", on_duplicate="rerun")
    def standings(ctx: Ctx) -> int:
        seen = ballots[0]
        counted.append(seen)
        gate.pass_through()
        return seen

    queue = world.queue(standings)
    queue.submit(standings)
    gate.wait_for_entry()
    handles = []
    for _ in range(10):
        ballots[0] += 1
        handles.append(queue.submit(standings))
    assert gate.nobody_enters()
    gate.open()
    assert {handle.wait(10).id for handle in handles} == {2}
    assert counted == [0, 10]
    assert len(world.runs.history()) == 2


def test_calls_from_many_threads_at_once_join_one_run(world: World, gate: Gate) -> None:
    spec = held(gate, dedup="draw")
    queue = world.queue(spec)
    ids: list[int] = []
    threads = [
        threading.Thread(target=lambda: ids.append(queue.submit(spec).id)) for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    gate.open()
    assert ids == [1] * 12


# --- workers, priorities, locks ---


def test_one_worker_is_always_free_for_those_who_wait(world: World, gate: Gate) -> None:
    slow = held(gate, "test.slow")
    quick = simple_job("test.quick", queue="high_priority")(lambda ctx: "done")
    queue = world.queue(slow, quick, workers=3)
    for n in range(5):
        queue.submit(slow, n=n)
    gate.wait_for_entry()
    gate.wait_for_entry()
    assert queue.submit(quick).wait(10).value == "done"
    assert gate.nobody_enters()


def test_work_that_holds_the_interpreter_is_kept_to_one_worker(world: World, gate: Gate) -> None:
    heavy = held(gate, "test.heavy", heavy=True, queue="high_priority")
    queue = world.queue(heavy, add)
    first, second = queue.submit(heavy, n=1), queue.submit(heavy, n=2)
    gate.wait_for_entry()
    queue.submit(add, n=1).wait(10)
    assert gate.nobody_enters()
    gate.open()
    assert (first.wait(10).value, second.wait(10).value) == (1, 2)


def order_of_turns(world: World, *, low_waits: float) -> list[str]:
    """Return which queue is served first when the low one has waited alone for a while."""
    low = simple_job("test.low", queue="low_priority")(lambda ctx: None)
    default = simple_job("test.default")(lambda ctx: None)
    high = simple_job("test.high", queue="high_priority")(lambda ctx: None)
    queue = world.queue(low, default, high, start=False)
    queue.submit(low)
    world.clock.advance(low_waits)
    queue.submit(default)
    queue.submit(high)
    return [handle.name.removeprefix("test.") for handle in queue.active()]


def test_queues_are_served_by_priority(world: World) -> None:
    assert order_of_turns(world, low_waits=0.0) == ["high", "default", "low"]


def test_a_run_that_waits_long_rises_in_priority(world: World) -> None:
    turns = order_of_turns(world, low_waits=1.5 * RISE_SECONDS)
    assert turns == ["high", "low", "default"]


def test_runs_of_one_tournament_follow_one_another_and_block_nobody_else(
    world: World, gate: Gate
) -> None:
    locked = held(gate, "test.locked", lock="tournament", title="Draw")
    queue = world.queue(locked, add, workers=4)
    first = queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    second = queue.submit(locked, tournament=1)
    queue.submit(locked, tournament=2)
    gate.wait_for_entry()
    queue.submit(add, n=1).wait(10)
    assert gate.nobody_enters()
    assert (second.state, second.waiting_for) == ("waiting", "Draw")
    assert [event.waiting_for for event in world.of(JobWaited)] == ["Draw"]
    gate.open()
    assert first.wait(10).status == second.wait(10).status == "success"


def test_the_lock_of_the_database_keeps_every_tournament_out(world: World, gate: Gate) -> None:
    cleanup = held(gate, "test.cleanup", lock="database")
    locked = held(gate, "test.locked", lock="tournament")
    queue = world.queue(cleanup, locked, add)
    queue.submit(cleanup)
    gate.wait_for_entry()
    waiting = queue.submit(locked, tournament=1)
    queue.submit(add, n=1).wait(10)
    assert gate.nobody_enters()
    gate.open()
    assert waiting.wait(10).status == "success"


def test_two_programs_exclude_one_another_on_one_tournament(world: World, gate: Gate) -> None:
    locked = held(gate, "test.locked", lock="tournament")
    here, there = world.queue(locked), world.queue(locked)
    world.alive |= {here.owner, there.owner}
    heard = threading.Event()
    world.bus.subscribe(JobWaited, lambda event: heard.set())
    first = here.submit(locked, tournament=1)
    gate.wait_for_entry()
    second = there.submit(locked, tournament=1)
    assert heard.wait(10)
    assert (second.state, second.waiting_for) == ("waiting", "another program")
    world.clock.advance(100)
    assert gate.nobody_enters()
    gate.open()
    assert first.wait(10).status == "success"
    world.clock.advance(1)
    there.poke()
    assert second.wait(10).status == "success"


# --- cancel ---


def test_a_waiting_run_is_cancelled_at_once(world: World, gate: Gate) -> None:
    locked = held(gate, "test.locked", lock="tournament")
    queue = world.queue(locked)
    queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    second = queue.submit(locked, tournament=1)
    assert second.cancel()
    assert second.wait(0.1).status == "cancelled"
    assert not second.cancel()
    row = world.runs.get(second.id)
    assert row is not None
    assert row.state == "cancelled"


def test_a_running_job_ends_at_its_next_look(world: World, gate: Gate) -> None:
    spec = held(gate)
    queue = world.queue(spec)
    handle = queue.submit(spec)
    gate.wait_for_entry()
    assert handle.cancellable
    assert handle.cancel()
    assert handle.state == "running"
    gate.open()
    assert handle.wait(10).status == "cancelled"
    assert not handle.cancellable


def test_after_the_commit_point_cancel_is_greyed_out(world: World, gate: Gate) -> None:
    @db_job("test.committed")
    def committed(ctx: Ctx) -> str:
        ctx.commit_point()
        gate.pass_through()
        ctx.check_cancelled()
        return "stored"

    handle = world.queue(committed).submit(committed)
    gate.wait_for_entry()
    assert not handle.cancellable
    assert not handle.cancel()
    gate.open()
    assert handle.wait(10).value == "stored"


def test_a_cancelled_job_emits_nothing(world: World, gate: Gate) -> None:
    class Told(Event):
        pass

    @db_job("test.teller")
    def teller(ctx: Ctx) -> None:
        ctx.emit(Told())
        ctx.submit_after_commit(add, n=1)
        gate.pass_through()
        with ctx.write() as unit:
            unit.data["told"] = True

    handle = world.queue(teller, add).submit(teller)
    gate.wait_for_entry()
    handle.cancel()
    gate.open()
    assert handle.wait(10).status == "cancelled"
    assert (world.of(Told), world.units.data, len(world.runs.history())) == ([], {}, 1)


# --- what a handle shows ---


def test_a_wait_that_takes_too_long_says_so(world: World, gate: Gate) -> None:
    spec = held(gate, title="Long work")
    handle = world.queue(spec).submit(spec)
    with pytest.raises(UserError, match="Long work has not ended"):
        handle.wait(0.01)


def test_progress_is_seen_from_outside(world: World, gate: Gate) -> None:
    @simple_job("test.stepper")
    def stepper(ctx: Ctx) -> None:
        with ctx.step("half", total=2):
            ctx.advance()
        gate.pass_through()

    handle = world.queue(stepper).submit(stepper)
    gate.wait_for_entry()
    assert (handle.progress.step, handle.progress.fraction) == ("half", 1.0)
    assert [event.progress.fraction for event in world.of(JobProgressed)] == [0.0, 1.0]
    row = world.runs.get(handle.id)
    assert row is not None
    assert row.progress == 1.0
    gate.open()
    handle.wait(10)
    assert [line.message for line in world.runs.logs(handle.id)] == ["half"]
