"""Failures: what is retried at once, later, or never, and what a person is told."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.errors import (
    DatabaseBusy,
    Problem,
    ProblemsFound,
    StaleInput,
    TabappError,
    UserError,
)
from tabapp.core.events import Event
from tabapp.jobs.events import JobFinished, JobRetried
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.policies import POLICIES, RetryPolicy, delay_before_retry
from tabapp.jobs.spec import AnySpec, db_job, simple_job
from tests.jobs.world import Ctx, Gate, Queue, World


def failing(*errors: BaseException | None, retry: str | RetryPolicy = "standard") -> AnySpec:
    """Make a job that raises these errors in turn, and succeeds where None stands and after."""
    left = list(errors)

    @db_job("test.failing", retry=retry, title="The work")
    def work(ctx: Ctx) -> str:
        error = left.pop(0) if left else None
        if error is not None:
            raise error
        return "done"

    return work


def submitted(world: World, spec: AnySpec) -> tuple[Queue, JobHandle]:
    queue = world.queue(spec, synchronous=True, start=False)
    return queue, queue.submit(spec)


def after(world: World, queue: Queue, *delays: float) -> None:
    for delay in delays:
        world.clock.advance(delay)
        queue.poke()


@pytest.mark.parametrize("error", [StaleInput(topic="results"), DatabaseBusy()])
def test_what_passes_by_itself_is_retried_at_once_up_to_five_times(
    world: World, error: Exception
) -> None:
    _, handle = submitted(world, failing(*[error] * 5))
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts) == ("success", 1)


def test_the_sixth_time_the_policy_counts(world: World) -> None:
    queue, handle = submitted(world, failing(*[DatabaseBusy()] * 6))
    assert (handle.state, handle.result) == ("waiting", None)
    after(world, queue, 60)
    assert handle.state == "success"


def test_a_stale_job_reads_fresh_input_and_leaves_only_the_last_events(world: World) -> None:
    @dataclass(frozen=True, slots=True)
    class Written(Event):
        value: int

    @db_job("test.fresh")
    def fresh(ctx: Ctx) -> int:
        with ctx.read() as unit:
            seen = unit.revision(1, "results")
            value = int(unit.data.get("results", 0))
        if value == 0:
            with world.units.write() as other:
                other.data["results"] = 7
                other.bump("results")
        ctx.emit(Written(value))
        with ctx.write(expected=seen) as unit:
            unit.data["standings"] = value
        return value

    _, handle = submitted(world, fresh)
    assert handle.result is not None
    assert handle.result.value == world.units.data["standings"] == 7
    assert world.of(Written) == [Written(7)]


def test_a_retry_waits_for_its_time_and_not_longer(world: World) -> None:
    queue, handle = submitted(world, failing(TimeoutError("slow"), ConnectionError("down")))
    after(world, queue, 59.9)
    assert handle.state == "waiting"
    after(world, queue, 0.1)
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.attempts, row.error_code) == (2, "job_connection_failed")
    assert row.next_at is not None
    assert (row.next_at - world.clock.now()).total_seconds() == 120
    after(world, queue, 120)
    assert handle.wait(0.1).status == "success"


def test_the_first_failure_is_told_at_once(world: World) -> None:
    submitted(world, failing(TimeoutError("slow")))
    (event,) = world.of(JobRetried)
    assert (event.attempt, event.error.code) == (1, "job_timed_out")
    assert (event.next_at - world.clock.now()).total_seconds() == 60


def test_a_policy_that_is_used_up_ends_the_run(world: World) -> None:
    queue, handle = submitted(world, failing(*[TimeoutError("slow")] * 9))
    after(world, queue, 60, 120, 240)
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts) == ("failed", 4)
    told = [type(event) for event in world.heard if isinstance(event, JobRetried | JobFinished)]
    assert told == [JobRetried, JobRetried, JobRetried, JobFinished]


def test_a_policy_of_ones_own_sees_the_attempt_and_the_error(world: World) -> None:
    asked: list[tuple[int, str]] = []

    def own(failed: int, error: BaseException) -> float | None:
        asked.append((failed, str(error)))
        return 5.0 if failed < 2 else None

    queue, handle = submitted(world, failing(*[TimeoutError("slow")] * 3, retry=own))
    after(world, queue, 5)
    assert handle.state == "failed"
    assert asked == [(1, "slow"), (2, "slow")]


@given(seed=st.integers(), failed=st.integers(1, 40))
def test_full_jitter_draws_between_nothing_and_the_delay(seed: int, failed: int) -> None:
    policy = POLICIES["critical"]
    longest = policy(failed, TimeoutError())
    drawn = delay_before_retry(policy, failed, TimeoutError(), random.Random(seed))
    assert longest is not None
    assert drawn is not None
    assert 0 <= drawn <= longest <= 60


def test_jitter_spreads_the_retries_of_many_programs() -> None:
    rng = random.Random(1)
    policy = POLICIES["network"]
    drawn = [delay_before_retry(policy, 1, TimeoutError(), rng) or 0.0 for _ in range(100)]
    assert min(drawn) < 10
    assert max(drawn) > 50


@pytest.mark.parametrize(
    ("build", "code"),
    [
        (lambda ctx: ctx.not_found("round_missing", seq=4), "round_missing"),
        (lambda ctx: ctx.invalid("bad_seed"), "bad_seed"),
        (lambda ctx: ctx.misconfigured("no_rule"), "no_rule"),
        (lambda ctx: UserError("round_drawn"), "round_drawn"),
    ],
)
def test_what_a_person_has_to_fix_is_never_retried(
    world: World, build: Callable[[Ctx], Exception], code: str
) -> None:
    @db_job("test.refused", retry="critical")
    def refused(ctx: Ctx) -> None:
        raise build(ctx)

    _, handle = submitted(world, refused)
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts) == ("failed", 1)
    assert handle.result.error is not None
    assert (handle.result.error.code, handle.result.error.details) == (code, None)


def test_all_the_problems_found_are_in_the_details(world: World) -> None:
    problems = [Problem("error", "teams", "a", "One."), Problem("error", "teams", "b", "Two.")]
    _, handle = submitted(world, failing(ProblemsFound(problems)))
    assert handle.result is not None
    assert handle.result.error is not None
    assert handle.result.error.details == "One.\nTwo."


def test_our_own_fault_is_retried_once_and_told_in_plain_words(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    @simple_job("test.broken", title="The draw")
    def broken(ctx: Ctx) -> float:
        return 1 / 0

    queue, handle = submitted(world, broken)
    assert handle.state == "waiting"
    after(world, queue, 60)
    assert handle.result is not None
    error = handle.result.error
    assert error is not None
    assert (handle.result.attempts, error.code) == (2, "job_broken")
    assert error.message.startswith("The draw stopped because of a fault in the program.")
    assert "ZeroDivisionError" in (error.details or "")
    assert "ZeroDivisionError" in caplog.text


def test_another_fault_at_another_place_is_retried_again(world: World) -> None:
    @simple_job("test.unlucky")
    def unlucky(ctx: Ctx) -> str:
        match len(world.of(JobRetried)):
            case 0:
                raise KeyError("one")
            case 1:
                raise IndexError("two")
        return "done"

    queue, handle = submitted(world, unlucky)
    after(world, queue, 60, 120)
    assert handle.state == "success"


def test_critical_work_never_gives_up(world: World) -> None:
    @simple_job("test.standings", retry="critical")
    def standings(ctx: Ctx) -> str:
        if len(world.of(JobRetried)) < 12:
            raise RuntimeError("again")
        return "done"

    queue, handle = submitted(world, standings)
    after(world, queue, *[60.0] * 12)
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts) == ("success", 13)


def test_no_retry_ends_at_the_first_failure(world: World) -> None:
    _, handle = submitted(world, failing(TimeoutError("slow"), retry="no_retry"))
    assert handle.state == "failed"


def test_retry_now_does_not_wait(world: World) -> None:
    _, handle = submitted(world, failing(TimeoutError("slow")))
    assert handle.retry_now()
    assert handle.state == "success"
    assert not handle.retry_now()


def test_a_retry_that_is_given_up_keeps_what_it_failed_with(world: World) -> None:
    queue, handle = submitted(world, failing(TimeoutError("slow")))
    assert handle.cancel()
    after(world, queue, 600)
    row = world.runs.get(handle.id)
    assert handle.result is not None
    assert handle.result.error is not None
    assert row is not None
    assert (row.state, row.error_code) == ("cancelled", "job_timed_out")
    assert handle.result.error.code == "job_timed_out"
    assert handle.result.error.message == row.error_message
    assert "slow" in (row.error_details or "")


def test_a_cancel_in_a_later_attempt_is_not_told_as_the_old_failure(world: World) -> None:
    @simple_job("test.second")
    def second(ctx: Ctx) -> None:
        if not world.of(JobRetried):
            raise TimeoutError("slow")
        row = world.runs.get(1)
        assert row is not None
        seen.append(row.error_code)
        handle.cancel()
        ctx.check_cancelled()

    seen: list[str | None] = []
    queue, handle = submitted(world, second)
    after(world, queue, 60)
    assert handle.result is not None
    assert (handle.result.status, handle.result.error) == ("cancelled", None)
    assert seen == [None]


def test_what_was_refused_on_purpose_is_our_fault_and_never_retried(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    class AuditFailed(TabappError):
        """The same seed and input fail the same way."""

    _, handle = submitted(world, failing(AuditFailed("debates overlap"), retry="critical"))
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts) == ("failed", 1)
    assert handle.result.error is not None
    assert handle.result.error.code == "job_broken"
    assert "debates overlap" in (handle.result.error.details or "")
    assert "debates overlap" in caplog.text


def test_a_failed_job_does_not_harm_its_worker(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    @simple_job("test.exits", retry="no_retry")
    def exits(ctx: Ctx) -> None:
        raise SystemExit(3)

    fine = simple_job("test.fine")(lambda ctx: "fine")
    queue = world.queue(exits, fine, workers=2)
    with caplog.at_level(logging.CRITICAL, "tabapp.jobs"):
        for _ in range(4):
            assert queue.submit(exits).wait(10).status == "failed"
    assert queue.submit(fine).wait(10).value == "fine"


def test_a_retry_in_a_thread_starts_when_the_clock_says_so(world: World, gate: Gate) -> None:
    spec = failing(TimeoutError("slow"))
    queue = world.queue(spec)
    world.bus.subscribe(JobRetried, lambda event: gate.open())
    handle = queue.submit(spec)
    gate.pass_through()
    world.clock.advance(60)
    queue.poke()
    assert handle.wait(10).attempts == 2


def test_follow_up_work_after_a_failure_is_not_submitted(world: World) -> None:
    @db_job("test.parent", retry="no_retry")
    def parent(ctx: Ctx) -> None:
        ctx.submit_after_commit("test.failing")
        raise UserError("no")

    queue = world.queue(parent, failing(), synchronous=True, start=False)
    queue.submit(parent)
    assert [row.name for row in world.runs.history()] == ["test.parent"]
