"""What becomes of the runs of a program that is gone, or closed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tabapp.core.errors import UserError
from tabapp.jobs.errors import JobNotFoundError
from tabapp.jobs.events import JobFinished, JobInterrupted, JobRetried
from tabapp.jobs.leases import EXPIRY, own_key
from tabapp.jobs.ports import RunRecord, RunState
from tabapp.jobs.recovery import INTERRUPTIONS_FORGIVEN
from tabapp.jobs.spec import AnySpec, db_job, simple_job
from tests.jobs.world import Ctx, Gate, World

GONE = "elsewhere:1:1:gone"


@db_job("test.safe", lock="tournament")
def safe(ctx: Ctx, n: int = 0) -> int:
    return n


@db_job("test.once", idempotent=False)
def once(ctx: Ctx) -> str:
    return "done"


def left_behind(
    world: World, spec: AnySpec, state: RunState, *, owner: str | None = GONE, **more: object
) -> int:
    """Leave the row of a run as a program that ended would."""
    row = RunRecord(
        name=spec.name, title=spec.name, submitted_at=world.clock.now(), state=state,
        idempotent=spec.idempotent, owner=owner, tournament=1,
    )
    return world.runs.create(replace(row, **more)).id  # type: ignore[arg-type]


def state_of(world: World, run_id: int) -> str:
    row = world.runs.get(run_id)
    assert row is not None
    return row.state


# --- after a crash ---


def test_a_running_idempotent_job_is_interrupted_and_queued_again(world: World) -> None:
    run_id = left_behind(
        world, safe, "running", params={"n": 4}, attempts=1, title="test.safe: Round 3")
    queue = world.queue(safe, start=False, synchronous=True)
    assert queue.recover_interrupted() == 1
    row = world.runs.get(run_id)
    assert row is not None
    assert (row.state, row.value, row.attempts, row.error_code) == ("success", 4, 2, None)
    assert [event.queued_again for event in world.of(JobInterrupted)] == [True]
    assert [event.title for event in world.of(JobFinished)] == ["test.safe: Round 3"]
    assert [line.level for line in world.runs.logs(run_id)] == ["warning"]


def test_a_running_job_that_is_not_idempotent_waits_for_a_person(world: World) -> None:
    run_id = left_behind(world, once, "running", attempts=1)
    queue = world.queue(once, start=False, synchronous=True)
    assert queue.recover_interrupted() == 0
    assert state_of(world, run_id) == "interrupted"
    result = queue.requeue(run_id).result
    assert result is not None
    assert (result.id, result.status, result.attempts) == (run_id, "success", 1)
    with pytest.raises(JobNotFoundError):
        queue.requeue(run_id)


def test_what_never_started_goes_on_whatever_it_is(world: World) -> None:
    run_id = left_behind(world, once, "queued")
    world.queue(once, start=False, synchronous=True).recover_interrupted()
    assert state_of(world, run_id) == "success"
    assert world.of(JobInterrupted) == []


@pytest.mark.parametrize("how", ["its process is alive", "its lease is fresh"])
def test_the_runs_of_a_live_owner_are_never_touched(world: World, how: str) -> None:
    run_id = left_behind(world, safe, "running")
    before = world.runs.get(run_id)
    if how == "its process is alive":
        world.alive.add(GONE)
    else:
        world.leases.acquire(own_key(GONE), GONE, world.clock.now(), EXPIRY)
    queue = world.queue(safe, start=False, synchronous=True)
    assert queue.recover_interrupted() == 0
    assert world.runs.get(run_id) == before
    world.alive.clear()
    world.clock.advance(EXPIRY.total_seconds())
    assert queue.recover_interrupted() == 1


def test_a_dead_process_is_found_before_its_lease_expires(world: World) -> None:
    run_id = left_behind(world, safe, "running")
    world.leases.acquire(own_key(GONE), GONE, world.clock.now(), EXPIRY)
    world.dead.add(GONE)
    world.queue(safe, start=False, synchronous=True).recover_interrupted()
    assert state_of(world, run_id) == "success"


def test_the_heartbeat_finds_what_was_interrupted_later(world: World) -> None:
    done = threading.Event()
    finishing = simple_job("test.finishing")(lambda ctx: done.set())
    queue = world.queue(finishing)
    left_behind(world, finishing, "running")
    world.clock.advance(EXPIRY.total_seconds())
    queue._look_after_runs()
    assert done.wait(10)


def test_two_programs_do_not_both_take_over_one_run(world: World) -> None:
    run_id = left_behind(world, safe, "running")
    here = world.queue(safe, start=False, synchronous=True)
    assert world.runs.claim(run_id, {"owner": "b"}, previous=GONE)
    world.alive.add("b")
    assert not world.runs.claim(run_id, {"owner": here.owner}, previous=GONE)
    assert here.recover_interrupted() == 0


def test_a_run_that_keeps_ending_the_program_is_left_to_a_person(world: World) -> None:
    @db_job("test.deadly", retry="critical")
    def deadly(ctx: Ctx) -> None: ...

    run_id = left_behind(world, deadly, "running")
    for crash in range(INTERRUPTIONS_FORGIVEN + 1):
        queue = world.queue(deadly, start=False)
        assert queue.recover_interrupted() == (1 if crash < INTERRUPTIONS_FORGIVEN else 0)
        world.dead.add(queue.owner)
        if crash < INTERRUPTIONS_FORGIVEN:
            world.runs.update(run_id, {"state": "running"})
    assert state_of(world, run_id) == "interrupted"


def test_a_run_of_a_job_that_is_no_more_is_left_with_a_reason(world: World) -> None:
    run_id = left_behind(world, safe, "queued", params={"colour": "red"})
    other = left_behind(world, once, "queued")
    assert world.queue(safe, start=False, synchronous=True).recover_interrupted() == 0
    for row in (world.runs.get(run_id), world.runs.get(other)):
        assert row is not None
        assert (row.state, row.error_code) == ("interrupted", "job_unreadable")
        assert row.error_details


def test_a_program_that_was_taken_for_dead_leaves_its_run_alone(world: World) -> None:
    @db_job("test.slept")
    def slept(ctx: Ctx) -> None:
        world.runs.claim(ctx.identity.run_id, {"owner": "b"}, previous=queue.owner)
        with ctx.step("wakes up"):
            pass
        with ctx.write() as unit:
            unit.data["twice"] = True

    queue = world.queue(slept, synchronous=True, start=False)
    handle = queue.submit(slept)
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.owner, row.state) == ("b", "running")
    assert world.units.data == {}


# --- restarts ---


def test_a_waiting_retry_survives_a_restart(world: World, gate: Gate) -> None:
    fails = [True]

    @simple_job("test.patient")
    def patient(ctx: Ctx) -> str:
        if fails:
            raise TimeoutError("slow")
        return "done"

    before = world.queue(patient)
    world.bus.subscribe(JobRetried, lambda event: gate.open())
    handle = before.submit(patient)
    gate.pass_through()
    assert before.stop()
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.state, row.owner) == ("waiting", None)
    fails.clear()

    world.clock.advance(30)
    again = world.queue(patient, synchronous=True, start=False)
    assert again.recover_interrupted() == 1
    (taken,) = again.active()
    assert (taken.id, taken.state) == (handle.id, "waiting")
    world.clock.advance(29)
    again.poke()
    assert taken.state == "waiting"
    world.clock.advance(1)
    again.poke()
    assert taken.result is not None
    assert (taken.result.status, taken.result.attempts) == ("success", 2)


def test_a_retry_of_a_killed_program_is_taken_over_with_its_time(world: World) -> None:
    due = world.clock.now() + timedelta(seconds=40)
    run_id = left_behind(world, once, "waiting", attempts=1, next_at=due)
    queue = world.queue(once, start=False, synchronous=True)
    queue.recover_interrupted()
    assert state_of(world, run_id) == "waiting"
    world.clock.advance(40)
    queue.poke()
    assert state_of(world, run_id) == "success"


def test_a_retry_that_was_taken_over_and_is_given_up_keeps_what_it_failed_with(
    world: World,
) -> None:
    due = world.clock.now() + timedelta(seconds=40)
    run_id = left_behind(
        world, once, "waiting", attempts=1, next_at=due, error_code="slow", error_message="Slow.")
    queue = world.queue(once, start=False, synchronous=True)
    queue.recover_interrupted()
    handle = queue.handle(run_id)
    assert handle is not None
    handle.cancel()
    row = world.runs.get(run_id)
    assert row is not None
    assert (row.state, row.error_code, row.error_message) == ("cancelled", "slow", "Slow.")


def test_a_run_that_is_queued_anew_forgets_what_it_failed_with(world: World) -> None:
    run_id = left_behind(world, once, "failed", attempts=4, error_code="slow")
    gone = world.queue(once, start=False)  # without workers that start, the run stays queued
    gone.requeue(run_id).cancel()
    row = world.runs.get(run_id)
    assert row is not None
    assert (row.state, row.error_code) == ("cancelled", None)


def test_a_clock_that_was_set_back_does_not_delay_a_retry_for_hours(world: World) -> None:
    due = world.clock.now() + timedelta(hours=30)
    run_id = left_behind(world, once, "waiting", attempts=1, next_at=due)
    queue = world.queue(once, start=False, synchronous=True)
    queue.recover_interrupted()
    world.clock.advance(3600)
    queue.poke()
    assert state_of(world, run_id) == "success"


def test_standings_that_the_closing_program_did_not_reach_are_done_by_the_next(
    world: World, gate: Gate
) -> None:
    @db_job("test.standings", retry="critical", lock="tournament")
    def standings(ctx: Ctx) -> None:
        gate.pass_through()
        ctx.check_cancelled()

    @db_job("test.ballot", lock="tournament", retry="critical")
    def ballot(ctx: Ctx) -> None:
        gate.pass_through()
        ctx.submit_after_commit(standings)

    queue = world.queue(standings, ballot)
    queue.submit(ballot, tournament=1)
    gate.wait_for_entry()
    waiting = queue.submit(standings, tournament=1)
    stopper = threading.Thread(target=queue.stop)
    stopper.start()
    with pytest.raises(UserError, match="closing"):
        waiting.wait(10)
    gate.open()
    stopper.join(10)
    left = world.runs.unfinished()
    assert [(row.name, row.owner) for row in left] == [("test.standings", None)] * 2
    again = world.queue(standings, ballot, synchronous=True, start=False)
    assert again.recover_interrupted() == 2
    assert world.runs.unfinished() == []
