"""Rates, which delay and never drop; time-outs, which are retried; the kinds that carry them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.actors import CLOCK
from tabapp.jobs import kinds
from tabapp.jobs.policies import Backoff
from tabapp.jobs.rates import Rate, Windows, parse_rate
from tabapp.jobs.spec import AnySpec, db_job, simple_job
from tests.jobs.world import Ctx, Queue, World


def limited(rate: str, **options: Any) -> AnySpec:
    return simple_job("test.limited", rate=rate, **options)(lambda ctx: None)


def states(queue: Queue, spec: AnySpec, n: int, by: str = "Ada") -> list[str]:
    return [queue.submit(spec, submitted_by=by).state for _ in range(n)]


@pytest.mark.parametrize(("text", "rate"), [
    ("10/min", Rate(10, 60)), ("1/hour", Rate(1, 3600)), ("2/s", Rate(2, 1)),
    ("3/day", Rate(3, 86400)),
])
def test_a_rate_is_read_from_words(text: str, rate: Rate) -> None:
    assert parse_rate(text) == rate


@pytest.mark.parametrize("text", ["ten/min", "0/min", "10", "10/week", "-1/min", "10 / min", "/h"])
def test_a_rate_that_is_none_is_found_at_import(text: str) -> None:
    with pytest.raises(ValueError, match=r"'test\.limited'.*is no rate"):
        limited(text)


def test_a_rate_delays_runs_and_drops_none(world: World) -> None:
    spec = limited("2/min")
    queue = world.queue(spec, synchronous=True, start=False)
    assert states(queue, spec, 5) == ["success", "success", "waiting", "waiting", "waiting"]
    row = world.runs.get(3)
    assert row is not None
    assert row.waiting_for == "its rate of 2 in any minute"
    world.clock.advance(59)
    queue.poke()
    assert len(queue.active()) == 3
    world.clock.advance(1)
    queue.poke()
    assert len(queue.active()) == 1
    world.clock.advance(60)
    queue.poke()
    assert {run.state for run in world.runs.history()} == {"success"}


@given(count=st.integers(1, 5), waits=st.lists(st.floats(0, 40), max_size=60))
def test_no_window_of_a_minute_sees_more_starts_than_the_rate(
    count: int, waits: list[float]
) -> None:
    windows, rate, now, starts = Windows(), Rate(count, 60), 0.0, []
    for wait in waits:
        now += wait
        now = max(now, windows.free_at("a", rate) or 0.0)
        windows.start("a", rate, now)
        starts.append(now)
    pairs = zip(starts, starts[count:], strict=False)
    assert all(later - first > 60 - 1e-6 for first, later in pairs)


def test_a_rate_of_one_job_holds_up_no_other(world: World) -> None:
    spec = limited("1/hour")
    other = simple_job("test.other")(lambda ctx: "done")
    queue = world.queue(spec, other)
    queue.submit(spec).wait(10)
    late = queue.submit(spec)
    assert queue.submit(other).wait(10).value == "done"
    assert late.result is None


def test_a_retry_is_not_a_start_and_waits_for_no_rate(world: World) -> None:
    fails = [TimeoutError("slow")]

    @simple_job("test.limited", rate="1/hour")
    def once(ctx: Ctx) -> None:
        if fails:
            raise fails.pop()

    queue = world.queue(once, synchronous=True, start=False)
    handle = queue.submit(once)
    world.clock.advance(60)
    queue.poke()
    assert handle.state == "success"


def test_threads_start_a_delayed_run_when_its_time_has_come(world: World) -> None:
    spec = limited("1/min")
    queue = world.queue(spec)
    queue.submit(spec).wait(10)
    late = queue.submit(spec)
    world.clock.advance(60)
    queue.poke()
    assert late.wait(10).status == "success"


# --- kinds ---


@pytest.mark.parametrize(("kind", "rate", "retries"), [
    (kinds.people_job, "10/min", 3), (kinds.results_job, "30/min", 5),
    (kinds.timeline_job, "20/min", 3), (kinds.recovery_job, "5/min", 2),
    (kinds.maintenance_job, "1/hour", 1),
])
def test_each_kind_has_its_label_its_rate_and_its_retries(
    kind: Any, rate: str, retries: int
) -> None:
    spec = kind("test.kind", title="Kind", labels=("own",))(lambda ctx: None)
    label = kind.__name__.removesuffix("_job")
    assert (spec.labels, spec.rate, spec.title) == ((label, "own"), rate, "Kind")
    assert isinstance(spec.retry, Backoff)
    assert spec.retry.retries == retries
    assert kind("test.kind", retry="critical", rate="")(lambda ctx: None).limit is None


def test_a_person_does_not_wait_for_the_rate_of_upkeep_and_the_clock_does(world: World) -> None:
    spec = kinds.maintenance_job("test.upkeep")(lambda ctx: None)
    queue = world.queue(spec, synchronous=True, start=False)
    assert states(queue, spec, 2, by=CLOCK) == ["success", "waiting"]
    assert states(queue, spec, 2, by="Ada") == ["success", "success"]


def test_upkeep_without_a_rate_is_never_delayed(world: World) -> None:
    spec = kinds.maintenance_job("test.health", rate="")(lambda ctx: None)
    queue = world.queue(spec, synchronous=True, start=False)
    assert states(queue, spec, 3, by=CLOCK) == ["success"] * 3


# --- time-outs ---


def test_an_attempt_that_takes_too_long_ends_at_its_next_look_and_is_retried(
    world: World,
) -> None:
    tries: list[int] = []

    @db_job("test.slow", timeout=30, title="The draw")
    def slow(ctx: Ctx) -> str:
        tries.append(1)
        for _ in range(4 if len(tries) == 1 else 2):
            world.clock.advance(10)
            ctx.advance()
        return "done"

    queue = world.queue(slow, synchronous=True, start=False)
    handle = queue.submit(slow)
    assert handle.state == "waiting"
    row = world.runs.get(handle.id)
    assert row is not None
    assert row.error_code == "job_took_too_long"
    assert (row.error_message or "").startswith("The draw took longer than 30 s")
    world.clock.advance(60)
    queue.poke()
    assert handle.result is not None
    assert (handle.result.value, handle.result.attempts) == ("done", 2)


def test_what_is_committed_is_not_timed_out(world: World) -> None:
    @db_job("test.late", timeout=5)
    def late(ctx: Ctx) -> str:
        ctx.commit_point()
        world.clock.advance(60)
        ctx.check_cancelled()
        return "stored"

    handle = world.queue(late, synchronous=True, start=False).submit(late)
    assert handle.wait(0).value == "stored"


@pytest.mark.parametrize("timeout", [0, -1.0])
def test_a_timeout_of_nothing_is_found_at_import(timeout: float) -> None:
    with pytest.raises(ValueError, match="ends every attempt"):
        simple_job("test.hasty", timeout=timeout)(lambda ctx: None)
