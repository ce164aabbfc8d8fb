"""Closing the queue, and the mode without threads."""

from __future__ import annotations

import threading

import pytest

from tabapp.core.actors import BALLOT, ROUND
from tabapp.core.errors import UserError
from tabapp.jobs.spec import db_job, simple_job
from tests.jobs.world import Ctx, Gate, World, add, held


def job_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("job-")]


def test_a_stop_leaves_no_thread_and_cancels_what_waits(world: World, gate: Gate) -> None:
    locked = held(gate, "test.locked", lock="tournament")
    queue = world.queue(locked)
    running = queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    waiting = queue.submit(locked, tournament=1)
    gate.open()
    assert queue.stop(timeout=10)
    assert (running.wait(0.1).status, waiting.wait(0.1).status) == ("success", "cancelled")
    assert job_threads() == []
    with pytest.raises(UserError, match="closing"):
        queue.submit(locked, tournament=1)


@pytest.mark.parametrize("actor", [BALLOT, ROUND])
def test_a_stop_leaves_what_follows_from_a_ballot_to_the_next_program(
    world: World, gate: Gate, actor: str
) -> None:
    locked = held(gate, "test.locked", lock="tournament")
    queue = world.queue(locked)
    queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    waiting = queue.submit(locked, tournament=1, submitted_by=actor)
    assert [one.fate for one in queue.leaving()] == ["ends", "is left to the next start"]
    gate.open()
    assert queue.stop(timeout=10)
    row = world.runs.get(waiting.id)
    assert row is not None
    assert (row.state, row.owner) in [("queued", None), ("waiting", None)]


def test_a_stop_cancels_what_does_not_end_by_itself(world: World) -> None:
    entered = threading.Event()

    @simple_job("test.endless")
    def endless(ctx: Ctx) -> None:
        entered.set()
        while True:
            ctx.check_cancelled()

    queue = world.queue(endless)
    handle = queue.submit(endless)
    assert entered.wait(10)
    assert queue.stop(timeout=0.05)
    assert handle.wait(0.1).status == "cancelled"
    assert job_threads() == []


def test_a_queue_without_a_spare_worker_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="two workers"):
        world.queue(add, workers=1)


# --- the synchronous mode ---


def test_the_synchronous_mode_runs_in_the_calling_thread(world: World) -> None:
    @db_job("test.parent")
    def parent(ctx: Ctx) -> int:
        ctx.submit_after_commit(add, n=1)
        with ctx.write() as unit:
            unit.data["thread"] = threading.get_ident()
        return len(world.runs.history())

    queue = world.queue(parent, add, synchronous=True, start=False)
    handle = queue.submit(parent, submitted_by="Ada")
    assert handle.result is not None
    assert handle.result.value == 2
    assert world.units.data == {"thread": threading.get_ident()}
    assert [(row.name, row.state, row.submitted_by) for row in world.runs.history()] == [
        ("test.add", "success", "Ada"), ("test.parent", "success", "Ada"),
    ]
    assert job_threads() == []


def test_an_interrupt_from_the_keyboard_is_a_cancel(world: World) -> None:
    @db_job("test.interrupted", lock="tournament")
    def interrupted(ctx: Ctx) -> None:
        with ctx.write() as unit:
            unit.data["half"] = True
            raise KeyboardInterrupt

    queue = world.queue(interrupted, synchronous=True, start=False)
    with pytest.raises(KeyboardInterrupt):
        queue.submit(interrupted, tournament=1)
    row = world.runs.get(1)
    assert row is not None
    assert row.state == "cancelled"
    assert world.units.data == {}
    assert world.leases.holder("tournament:1") is None
