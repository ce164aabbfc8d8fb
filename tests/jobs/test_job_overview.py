"""What a queue tells of itself: its state, what becomes of its runs, its figures."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.clock import ManualClock
from tabapp.core.errors import DatabaseBusy, TabappError, UserError
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.events import JobStarted
from tabapp.jobs.metrics import MOST_RECENT, metrics, percentile
from tabapp.jobs.overview import Leaving
from tabapp.jobs.ports import RunRecord, RunState
from tabapp.jobs.spec import db_job, simple_job
from tests.jobs.world import Ctx, Gate, World, add, held

AT = ManualClock().now()


def ended(name: str, state: RunState, seconds: float, wait: float, run_id: int) -> RunRecord:
    return RunRecord(
        id=run_id, name=name, title=name, submitted_at=AT, state=state, seconds=seconds,
        started_at=AT + timedelta(seconds=wait))


# --- state ---


def test_the_state_counts_workers_runs_and_the_longest_wait(world: World, gate: Gate) -> None:
    locked = held(gate, "test.locked", lock="tournament", title="Draw {n}")
    queue = world.queue(locked, add, workers=3)
    assert (queue.state().workers, queue.state().alive, queue.state().running) == (3, 3, 0)
    queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    queue.submit(locked, tournament=1, n=2)
    world.clock.advance(7)
    queue.submit(locked, tournament=1, n=3)
    state = queue.state()
    assert (state.running, state.waiting) == (1, 2)
    assert (state.longest_wait_seconds, state.oldest_waiting_title) == (7.0, "Draw 2")
    gate.open()
    queue.stop(timeout=10)
    state = queue.state()
    assert (state.alive, state.running, state.waiting, state.oldest_waiting_title) == (0, 0, 0, "")


def test_runs_that_wait_for_their_time_are_no_queue(world: World) -> None:
    limited = simple_job("test.limited", rate="1/hour")(lambda ctx: None)

    @simple_job("test.slow")
    def slow(ctx: Ctx) -> None:
        raise TimeoutError("slow")

    queue = world.queue(limited, slow, synchronous=True, start=False)
    for spec in (limited, limited, slow):
        queue.submit(spec)
    world.clock.advance(10)
    state = queue.state()
    assert (state.waiting, state.longest_wait_seconds, state.oldest_waiting_title) == (2, 0.0, "")


# --- leaving ---


def test_what_becomes_of_each_run_is_told_before_the_program_closes(
    world: World, gate: Gate
) -> None:
    locked = held(gate, "test.locked", lock="tournament", title="Draw {n}")
    standings = held(
        gate, "test.standings", lock="tournament", retry="critical", title="Standings")
    queue = world.queue(locked, standings)
    queue.submit(locked, tournament=1)
    gate.wait_for_entry()
    queue.submit(locked, tournament=1, n=2)
    queue.submit(standings, tournament=1)
    told = sorted(queue.leaving(), key=lambda one: one.title)
    assert told == [
        Leaving("Draw 0", "running", "ends"),
        Leaving("Draw 2", told[1].state, "is cancelled"),
        Leaving("Standings", told[2].state, "is left to the next start"),
    ]
    assert queue.stop(timeout=10, on_wait=lambda _titles: gate.open())
    rows = {row.title: row for row in world.runs.history()}
    assert (rows["Draw 0"].state, rows["Draw 2"].state) == ("success", "cancelled")
    assert [row.title for row in world.runs.unfinished()] == ["Standings"]


def test_a_closing_queue_says_for_whom_it_waits(world: World, gate: Gate) -> None:
    spec = held(gate, title="Draw {n}")
    queue = world.queue(spec)
    queue.submit(spec, n=4)
    gate.wait_for_entry()
    heard: list[list[str]] = []

    def on_wait(titles: list[str]) -> None:
        heard.append(titles)
        gate.open()

    assert queue.stop(timeout=10, on_wait=on_wait)
    assert heard == [["Draw 4"]]


def test_a_closing_queue_that_is_hurried_leaves_what_must_not_be_lost(world: World) -> None:
    @simple_job("test.standings", retry="critical")
    def standings(ctx: Ctx) -> None:
        while True:
            ctx.check_cancelled()

    started = threading.Event()
    world.bus.subscribe(JobStarted, lambda event: started.set())
    queue = world.queue(standings)
    queue.submit(standings)
    assert started.wait(10)

    def hurry(_titles: list[str]) -> None:
        queue.hurry()
        queue.hurry()

    assert queue.stop(timeout=10, on_wait=hurry)
    assert [(row.state, row.owner) for row in world.runs.history()] == [("queued", None)]


# --- submit_later ---


def test_a_late_submit_returns_before_the_database_answers(
    world: World, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = world.runs.create
    queue = world.queue(add)

    def slow(run: RunRecord) -> RunRecord:
        gate.pass_through()
        return create(run)

    monkeypatch.setattr(world.runs, "create", slow)
    results: list[object] = []
    done = threading.Semaphore(0)
    for n in (1, 2):
        queue.submit_later(
            add, lambda handle: (results.append(handle.wait(10).value), done.release()), None, n=n)
    assert world.runs.history() == []
    gate.open()
    assert all(done.acquire(timeout=10) for _ in range(2))
    assert results == [2, 3]


def test_a_wrong_late_submit_fails_in_the_caller(world: World) -> None:
    with pytest.raises(JobValidationError):
        world.queue(add).submit_later(add, n="one")


def test_a_late_submit_that_the_database_refuses_is_told(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(run: RunRecord) -> RunRecord:
        raise DatabaseBusy

    monkeypatch.setattr(world.runs, "create", busy)
    heard: list[TabappError] = []
    queue = world.queue(add)
    queue.submit_later(add, None, heard.append, n=1)
    queue.submit_later(add, n=2)
    queue.stop()  # delivers what is left
    assert [type(error) for error in heard] == [DatabaseBusy]
    with pytest.raises(UserError, match="closing"):
        queue.submit_later(add, n=1)


def test_without_threads_a_late_submit_happens_at_once(world: World) -> None:
    states: list[str] = []
    queue = world.queue(add, synchronous=True, start=False)
    queue.submit_later(add, lambda handle: states.append(handle.state), n=1)
    assert states == ["success"]


# --- queues of which a program runs only some ---


def test_a_program_leaves_runs_of_other_queues_to_another(world: World) -> None:
    low = db_job("test.low", queue="low_priority", dedup="one", title="Report")(lambda ctx: "low")
    desk = world.queue(low, add, queues=frozenset({"high_priority", "default"}))
    parked, joined = desk.submit(low), desk.submit(low)
    assert desk.submit(add, n=1).wait(10).value == 2
    assert (parked.state, joined.joined, joined.id) == ("queued", True, parked.id)
    with pytest.raises(UserError, match="Report waits for another program"):
        parked.wait(1)
    assert desk.recover_interrupted() == 0
    helper = world.queue(low, add, start=False, synchronous=True,
                         queues=frozenset({"low_priority"}))
    assert helper.recover_interrupted() == 1
    row = world.runs.get(parked.id)
    assert row is not None
    assert (row.state, row.value) == ("success", "low")


def test_a_program_takes_over_only_what_belongs_to_its_queues(world: World) -> None:
    low = simple_job("test.low", queue="low_priority")(lambda ctx: None)
    for name, queue in (("test.low", "low_priority"), ("test.add", "default")):
        world.runs.create(RunRecord(
            name=name, title=name, queue=queue, submitted_at=AT, params={"n": 1}))  # type: ignore[arg-type]
    helper = world.queue(low, add, start=False, synchronous=True, queues=frozenset({"default"}))
    assert helper.recover_interrupted() == 1
    assert [row.state for row in world.runs.history()] == ["success", "queued"]


def test_a_program_with_all_queues_finds_parked_runs_within_its_look(world: World) -> None:
    done = threading.Event()
    spec = simple_job("test.done")(lambda ctx: done.set())
    queue = world.queue(spec)
    world.runs.create(RunRecord(name="test.done", title="Done", submitted_at=AT))
    queue._look_after_runs()
    assert world.runs.history()[0].state == "queued"
    world.clock.advance(5)
    queue._look_after_runs()
    assert done.wait(10)


# --- metrics ---


def test_the_figures_of_each_job() -> None:
    runs = [ended("a", "success", n / 10, n, n) for n in range(1, 20)]
    runs += [ended("a", "failed", 9.0, 0.0, 20), ended("a", "cancelled", 99.0, 99.0, 21),
             ended("b", "success", 1.0, 2.0, 22), ended("c", "running", 1.0, 1.0, 23)]
    a, b = metrics(reversed(runs))
    assert (a.name, a.runs, a.successes, a.failures, a.success_rate) == ("a", 20, 19, 1, 0.95)
    assert a.mean == pytest.approx((19 + 9) / 20)
    assert (a.p95, a.wait_p95, a.wait_mean) == (1.9, 18, 9.5)
    assert (a.recent[0], a.recent[-1], len(a.recent)) == (0.1, 9.0, 20)
    assert (b.name, b.p95, b.wait_mean) == ("b", 1.0, 2.0)
    assert metrics([]) == []


def test_only_the_last_runs_are_drawn() -> None:
    (a,) = metrics(ended("a", "success", float(n), 0.0, n) for n in range(100))
    assert a.recent == tuple(float(n) for n in range(100 - MOST_RECENT, 100))


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0.01, 1))
def test_a_percentile_is_a_value_that_the_share_does_not_exceed(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-6
    assert sum(value < found for value in values) < share * len(values) + 1e-6
