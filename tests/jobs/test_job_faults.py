"""Faults around a job: nothing that a database refuses may keep a run, a lock or a thread."""

from __future__ import annotations

import threading

import pytest

from tabapp.core.actors import CLOCK
from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.core.revisions import LeaseToken
from tabapp.jobs.leases import own_key
from tabapp.jobs.ports import RunChanges, RunRecord
from tabapp.jobs.spec import db_job
from tests.jobs.world import Ctx, Gate, World, held

GONE = "far:9:-:gone"


def no_room(*_given: object, **_more: object) -> None:
    raise UserError("disk_full", where="a file", detail="full")


@db_job("test.locked", lock="tournament", retry="no_retry")
def locked(ctx: Ctx, n: int = 0) -> int:
    return n


@db_job("test.safe")
def safe(ctx: Ctx, n: int = 0) -> int:
    return n


def left_behind(world: World, state: str, **more: object) -> int:
    given = RunRecord(
        name=safe.name, title=safe.name, submitted_at=world.clock.now(), owner=GONE,
        state=state, **more)  # type: ignore[arg-type]
    return world.runs.create(given).id


# --- a full disk ---


def test_a_lock_that_cannot_be_taken_ends_the_run_and_holds_up_nobody(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = world.queue(locked)
    with monkeypatch.context() as patch:
        patch.setattr(world.leases, "acquire", no_room)
        result = queue.submit(locked, tournament=1, n=1).wait(10)
    assert (result.status, result.error and result.error.code) == ("failed", "disk_full")
    assert queue.submit(locked, tournament=1, n=2).wait(10).status == "success"


def test_a_lock_that_cannot_be_given_back_does_not_undo_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue = world.queue(locked)
    with monkeypatch.context() as patch:
        patch.setattr(world.leases, "release", no_room)
        assert queue.submit(locked, tournament=1, n=1).wait(10).value == 1
    assert queue.submit(locked, tournament=1, n=2).wait(10).value == 2


def test_one_lock_that_cannot_be_renewed_does_not_cost_the_others(
    world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = held(gate, lock="tournament")
    queue = world.queue(spec)
    queue.submit(spec, tournament=1)
    gate.wait_for_entry()
    renewed, beat = list[str](), world.leases.heartbeat

    def refuse_one(token: LeaseToken, *more: object) -> bool:
        if token.key == "tournament:1":
            no_room()
        renewed.append(token.key)
        return beat(token, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(world.leases, "heartbeat", refuse_one)
    queue._keeper.beat()
    assert renewed == [own_key(queue.owner)]


def test_a_quiet_run_that_could_not_be_stored_is_stored_when_there_is_room(
    world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    @db_job("test.quiet", quiet=True)
    def quiet(ctx: Ctx) -> None:
        with ctx.step("looks"):
            ctx.log.warning("there is something")
        gate.pass_through()
        ctx.stats["found"] += 1

    queue = world.queue(quiet)
    with monkeypatch.context() as patch:
        patch.setattr(world.runs, "create", no_room)
        handle = queue.submit(quiet, submitted_by=CLOCK)
        gate.wait_for_entry()
    gate.open()
    assert handle.wait(10).status == "success"
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.state, row.stats) == ("success", {"found": 1})
    assert "there is something" in [line.message for line in world.runs.logs(handle.id)]


# --- a busy database ---


def test_a_queue_that_could_not_start_takes_over_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy() -> None:
        raise DatabaseBusy

    queue = world.queue(safe, start=False)
    with monkeypatch.context() as patch:
        patch.setattr(world.runs, "unfinished", busy)
        with pytest.raises(DatabaseBusy):
            queue.start()
    assert "job-heartbeat" not in [thread.name for thread in threading.enumerate()]
    assert world.leases.holder(own_key(queue.owner)) is None


@pytest.mark.parametrize("state", ["queued", "running"])
@pytest.mark.parametrize("refused", ["the first", "the second"])
def test_a_take_over_that_was_cut_short_is_finished_at_the_next_look(
    world: World, monkeypatch: pytest.MonkeyPatch, state: str, refused: str
) -> None:
    first, second = left_behind(world, state), left_behind(world, state)
    cut = first if refused == "the first" else second
    update = world.runs.update

    def busy(run_id: int, changes: RunChanges, **more: object) -> bool:
        if run_id == cut:
            raise DatabaseBusy
        return update(run_id, changes, **more)  # type: ignore[arg-type]

    queue = world.queue(safe, start=False, synchronous=True)
    with monkeypatch.context() as patch:
        patch.setattr(world.runs, "update", busy)
        assert queue.recover_interrupted() == (0 if refused == "the first" else 1)
    queue.recover_interrupted()
    states = [run.state for run in world.runs.history()]
    assert states == ["success", "success"]
    assert queue.recover_interrupted() == 0


# --- a cancel ---


def test_an_equal_call_does_not_join_a_run_that_ends_as_cancelled(
    world: World, gate: Gate
) -> None:
    spec = held(gate, dedup="one")
    queue = world.queue(spec)
    first = queue.submit(spec, n=1)
    gate.wait_for_entry()
    assert first.cancel()
    again = queue.submit(spec, n=2)
    gate.open()
    assert (first.wait(10).status, again.wait(10).value) == ("cancelled", 2)
    assert not again.joined
