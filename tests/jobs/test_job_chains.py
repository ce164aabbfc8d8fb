"""Chains and groups: checked whole, stopped by a failure that is named, resumed after an end."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.core.errors import DatabaseBusy, UserError
from tabapp.jobs.compose import call
from tabapp.jobs.errors import JobNotFoundError, JobValidationError
from tabapp.jobs.events import JobFinished
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.spec import AnySpec, simple_job
from tests.jobs.world import Ctx, Gate, Queue, World, add, held


@simple_job("test.fails", title="Draw", retry="no_retry")
def fails(ctx: Ctx) -> None:
    raise UserError("round_drawn")


def here(world: World, *specs: AnySpec, **options: Any) -> Queue:
    return world.queue(*specs, synchronous=True, start=False, **options)


def rows(world: World) -> list[RunRecord]:
    return list(reversed(world.runs.history()))


def sums(*numbers: int) -> list[Any]:
    return [call(add, n=n) for n in numbers]


def test_the_steps_of_a_chain_follow_one_another(world: World) -> None:
    chain = world.queue(add).submit_chain(sums(1, 2, 3), submitted_by="Ada")
    assert [result.value for result in chain.wait(10)] == [2, 3, 4]
    assert chain.state == "success"
    assert [(row.parent, row.submitted_by) for row in rows(world)] == [
        (None, "Ada"), (1, "Ada"), (2, "Ada")]
    times = [(row.started_at, row.finished_at) for row in rows(world)]
    assert None not in times
    assert [event.run_id for event in world.of(JobFinished)] == [1, 2, 3]


def test_a_later_step_waits_and_says_for_what(world: World, gate: Gate) -> None:
    first = held(gate, "test.first", title="Draw")
    queue = world.queue(first, add)
    chain = queue.submit_chain([call(first), *sums(1, 2)])
    gate.wait_for_entry()
    assert [(one.state, one.waiting_for) for one in chain.handles] == [
        ("running", ""), ("waiting", "Draw"), ("waiting", "Add 1")]
    assert chain.state == "running"
    gate.open()
    chain.wait(10)


@pytest.mark.parametrize("calls", [
    [call(add, n=1), call(add, n="two")], [call(add, n="one"), call("test.add", n=2)],
])
def test_a_chain_is_checked_whole_before_anything_is_queued(
    world: World, calls: list[Any]
) -> None:
    queue = here(world, add)
    with pytest.raises(JobValidationError, match="'n' cannot be"):
        queue.submit_chain(calls)
    with pytest.raises(JobValidationError):
        queue.submit_group(calls)
    assert world.runs.history() == []


def test_everything_that_is_wrong_with_a_chain_is_listed_at_once(world: World) -> None:
    with pytest.raises(JobValidationError) as caught:
        here(world, add).submit_chain([call(add, n="one"), call(add), call(add, n=3, m=4)])
    assert [problem.code for problem in caught.value.problems] == [
        "job_param_wrong", "job_param_missing", "job_param_unknown"]


def test_an_unknown_job_in_a_chain_queues_nothing(world: World) -> None:
    with pytest.raises(JobNotFoundError):
        here(world, add).submit_chain([call(add, n=1), call("test.nothing")])
    assert world.runs.history() == []


def test_a_failed_step_ends_all_that_follow_and_is_named(world: World) -> None:
    chain = here(world, add, fails).submit_chain([*sums(1), call(fails), *sums(2, 3)])
    assert [result.status for result in chain.results] == [
        "success", "failed", "cancelled", "cancelled"]
    assert chain.state == "failed"
    for result in chain.results[2:]:
        assert result.error is not None
        assert result.error.code == "job_chain_stopped"
        assert "'Draw'" in result.error.message
    assert world.runs.unfinished() == []


def test_a_step_that_is_cancelled_while_it_waits_ends_those_after_it(
    world: World, gate: Gate
) -> None:
    first = held(gate)
    chain = world.queue(first, add).submit_chain([call(first), *sums(1, 2)])
    gate.wait_for_entry()
    assert chain.handles[1].cancel()
    gate.open()
    assert [result.status for result in chain.wait(10)] == ["success", "cancelled", "cancelled"]
    error = chain.results[2].error
    assert error is not None
    assert "'Add 1'" in error.message


def test_a_cancelled_chain_ends_at_its_running_step(world: World, gate: Gate) -> None:
    first = held(gate)
    chain = world.queue(first, add).submit_chain([call(first), *sums(1)])
    gate.wait_for_entry()
    assert chain.cancel()
    gate.open()
    assert [result.status for result in chain.wait(10)] == ["cancelled", "cancelled"]
    assert (chain.cancel(), chain.state) == (False, "cancelled")


def test_a_chain_whose_step_has_committed_is_cancelled_behind_it(
    world: World, gate: Gate
) -> None:
    @simple_job("test.committed")
    def committed(ctx: Ctx) -> None:
        ctx.commit_point()
        gate.pass_through()

    chain = world.queue(committed, add).submit_chain([call(committed), *sums(1)])
    gate.wait_for_entry()
    assert chain.cancel()
    gate.open()
    assert [result.status for result in chain.wait(10)] == ["success", "cancelled"]


def test_a_first_step_joins_an_equal_run_and_later_ones_join_none(
    world: World, gate: Gate
) -> None:
    spec = held(gate, dedup="one")
    queue = world.queue(spec, add)
    alone = queue.submit(spec)
    gate.wait_for_entry()
    chain = queue.submit_chain([call(spec), call(add, n=1), call(spec)])
    again = queue.submit(spec)
    assert [one.joined for one in chain.handles] == [True, False, False]
    assert again.id == chain.handles[0].id == alone.id
    gate.open()
    assert {result.status for result in chain.wait(10)} == {"success"}


def test_a_retry_of_a_step_keeps_its_chain_waiting(world: World) -> None:
    left = [TimeoutError("slow")]

    @simple_job("test.unsure")
    def unsure(ctx: Ctx) -> None:
        if left:
            raise left.pop()

    queue = here(world, unsure, add)
    chain = queue.submit_chain([call(unsure), *sums(1)])
    assert [one.state for one in chain.handles] == ["waiting", "waiting"]
    world.clock.advance(60)
    queue.poke()
    assert chain.state == "success"


def test_a_busy_database_leaves_no_half_of_a_chain(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = world.runs.create

    def busy_at_the_third(run: RunRecord) -> RunRecord:
        if len(world.runs.history()) == 2:
            raise DatabaseBusy
        return create(run)

    monkeypatch.setattr(world.runs, "create", busy_at_the_third)
    with pytest.raises(DatabaseBusy):
        here(world, add).submit_chain(sums(1, 2, 3))
    assert [row.state for row in rows(world)] == ["cancelled", "cancelled"]


def test_a_chain_of_nothing_is_over(world: World) -> None:
    assert here(world).submit_chain([]).state == "success"


# --- the end of the program ---


def test_a_chain_goes_on_in_the_next_program(world: World, gate: Gate) -> None:
    first = held(gate, "test.first")
    queue = world.queue(first, add)
    queue.submit_chain([call(first), *sums(1, 2)])
    gate.wait_for_entry()
    world.dead.add(queue.owner)  # killed inside the first step
    again = here(world, simple_job("test.first")(lambda ctx, n=0: n), add)
    assert again.recover_interrupted() == 3
    assert [row.state for row in rows(world)] == ["success"] * 3
    gate.open()


def test_a_closing_program_leaves_its_chains_to_the_next(world: World, gate: Gate) -> None:
    first = held(gate, "test.first")
    queue = world.queue(first, add)
    queue.submit_chain([call(first), *sums(1, 2)])
    gate.wait_for_entry()
    assert queue.stop(timeout=10, on_wait=lambda _titles: gate.open())
    assert [(row.state, row.owner) for row in rows(world)][1:] == [
        ("waiting", None), ("waiting", None)]
    here(world, first, add).recover_interrupted()
    assert [row.state for row in rows(world)] == ["success"] * 3


def test_a_chain_that_failed_as_the_program_ended_is_stopped_by_the_next(world: World) -> None:
    chain = {"submitted_at": world.clock.now(), "title": "Draw", "owner": "gone:1:1:x"}
    before = world.runs.create(RunRecord(name="test.fails", state="failed", **chain))  # type: ignore[arg-type]
    world.dead.add("gone:1:1:x")
    for parent in (before.id, before.id + 1):
        world.runs.create(RunRecord(
            name="test.add", state="waiting", parent=parent, params={"n": 1}, **chain))  # type: ignore[arg-type]
    queue = here(world, add, fails)
    for _ in range(2):  # the second step is stopped by the first at the latest at the next look
        queue.recover_interrupted()
    assert [(row.state, row.error_code) for row in rows(world)][1:] == [
        ("cancelled", "job_chain_stopped")] * 2
    assert [event.run_id for event in world.of(JobFinished)] == [2, 3]


def test_a_step_waits_while_another_living_program_works_on_the_one_before(
    world: World, gate: Gate
) -> None:
    first = held(gate, "test.first", queue="low_priority")
    low = world.queue(first, add, queues=frozenset({"low_priority"}))
    high = world.queue(first, add, queues=frozenset({"default"}))
    world.alive |= {low.owner, high.owner}
    chain = low.submit_chain([call(first), *sums(1)])
    gate.wait_for_entry()
    assert high.recover_interrupted() == 0
    assert [row.state for row in rows(world)] == ["running", "waiting"]
    gate.open()
    chain.handles[0].wait(10)
    assert high.recover_interrupted() == 1
    handle = high.handle(2)
    if handle is not None:
        handle.wait(10)
    assert [row.state for row in rows(world)] == ["success", "success"]


def test_a_stopped_step_that_a_person_queues_again_is_on_its_own(world: World) -> None:
    queue = here(world, add, fails)
    queue.submit_chain([call(fails), *sums(1)])
    assert queue.requeue(2).state == "success"
    row = world.runs.get(2)
    assert row is not None
    assert row.parent is None


# --- groups ---


def test_a_group_ends_when_all_have_ended_and_says_which_failed(world: World) -> None:
    group = here(world, add, fails).submit_group([*sums(1), call(fails), *sums(2)])
    assert [result.status for result in group.wait(10)] == ["success", "failed", "success"]
    assert group.state == "failed"
    assert [one.title for one in group.failed] == ["Draw"]
    assert group.problem.startswith("1 of 3 did not end well: Draw.")
    with pytest.raises(UserError, match="Draw"):
        group.require()


def test_the_members_of_a_group_run_at_once(world: World, gate: Gate) -> None:
    spec = held(gate, queue="high_priority")
    group = world.queue(spec).submit_group([call(spec, n=n) for n in (1, 2)])
    gate.wait_for_entry()
    gate.wait_for_entry()
    assert (group.state, group.problem, group.results) == ("running", "", ())
    gate.open()
    assert [result.value for result in group.require()] == [1, 2]
    assert (group.state, group.cancel()) == ("success", False)
