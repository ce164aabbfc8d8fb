"""The clock of a file: what it submits, when, and that only one program does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tabapp.core.actors import CLOCK
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.jobs.spec import db_job
from tabapp.jobs.triggers import AroundRound, Every, Once
from tabapp.services import schedules
from tabapp.services.clockwork import SchedulesRan
from tabapp.services.rounds import set_start
from tabapp.store.runs import SqlRunLog
from tabapp.store.schedule_rows import read_states, store_states
from tabapp.store.schema import round_, schedule
from tests.services.clock_world import ClockWorld, Program, clock_world

HOUR, DAY = 3600, 86400


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ClockWorld]:
    with clock_world(tmp_path) as made:
        yield made


@pytest.fixture
def here(world: ClockWorld) -> Program:
    program = world.open()
    program.clockwork.look()
    return program


# --- sleep and clocks that jump ----------------------------------------------------------------


def test_a_laptop_that_slept_over_sunday_half_past_three_cleans_up_once_on_wake(
    world: ClockWorld, here: Program
) -> None:
    world.clock.jump(8 * DAY)  # asleep: only the wall clock went on
    for _ in range(3):
        here.clockwork.look()
    assert world.notes.of("test.weekly") == [{"days": 90}]
    assert here.clockwork.state.jumped == world.clock.now()


def test_a_program_that_was_closed_over_sunday_cleans_up_once_when_it_opens(
    world: ClockWorld, here: Program
) -> None:
    here.close()
    world.clock.advance(8 * DAY)
    again = world.open("here:2")
    again.clockwork.look()
    again.clockwork.look()
    assert len(world.notes.of("test.weekly")) == 1
    again.close()
    third = world.open("here:3")
    third.clockwork.look()
    assert len(world.notes.of("test.weekly")) == 1


def test_a_clock_set_back_six_hours_leaves_no_six_hours_of_silence(
    world: ClockWorld, here: Program
) -> None:
    world.advance(here, 600)
    world.clock.jump(-6 * HOUR)
    here.clockwork.look()
    assert len(world.notes.of("test.tick")) == 1
    world.advance(here, 600)
    assert len(world.notes.of("test.tick")) == 2


def test_a_clock_set_forward_a_day_runs_once(world: ClockWorld, here: Program) -> None:
    world.clock.jump(DAY)
    here.clockwork.look()
    here.clockwork.look()
    assert len(world.notes.of("test.tick")) == 1


def test_the_rhythm_of_an_interval_survives_what_was_missed(
    world: ClockWorld, here: Program
) -> None:
    world.advance(here, 1500)
    assert len(world.notes.of("test.tick")) == 1
    world.advance(here, 300)
    assert len(world.notes.of("test.tick")) == 2


# --- what runs ---------------------------------------------------------------------------------


def test_a_due_schedule_is_a_run_of_the_clock(world: ClockWorld, here: Program) -> None:
    world.advance(here, 599)
    assert world.notes.calls == []
    world.advance(here, 1)
    (run,) = SqlRunLog(here.database).history(name="test.tick")
    assert run.submitted_by == CLOCK


def test_a_schedule_without_a_tournament_runs_for_each_and_one_failure_is_its_own(
    world: ClockWorld, here: Program
) -> None:
    first, second, third = (here.tournament(slug) for slug in "abc")
    world.notes.fails_for.add(second)
    name = here.add("test.each", Every(300), much="7")
    world.advance(here, 300)
    assert world.notes.of("test.each") == [
        {"tournament_id": one, "much": 7} for one in (first, second, third)]
    row = here.rows()[name]
    assert (row.runs, row.successes, row.last_status) == (3, 2, "failed")
    assert str(second) in row.last_error
    states = [run.state for run in SqlRunLog(here.database).history(name="test.each")]
    assert sorted(states) == ["failed", "success", "success"]


def test_a_tournament_that_is_over_is_left_alone(world: ClockWorld, here: Program) -> None:
    going = here.tournament("going")
    here.tournament("over", completed=True)
    here.add("test.each", Every(300))
    world.advance(here, 300)
    assert world.notes.of("test.each") == [{"tournament_id": going, "much": 1}]


def test_a_schedule_around_rounds_is_given_its_round_and_a_seed(
    world: ClockWorld, here: Program
) -> None:
    owner = here.tournament("a", zone="Europe/Berlin", starts_at="2026-03-02T11:00")  # 10:00 UTC
    here.add("test.round", AroundRound("start", -5), tournament=owner)
    world.advance(here, 54 * 60)
    assert world.notes.of("test.round") == []
    world.advance(here, 60)
    (given,) = world.notes.of("test.round")
    assert given["round_id"] == 1
    assert given["seed"] >= 0


def test_a_start_that_is_moved_moves_the_run(world: ClockWorld, here: Program) -> None:
    owner = here.tournament("a", starts_at="10:00")
    here.add("test.round", AroundRound("start"), tournament=owner)
    here.clockwork.look()
    here.write(lambda unit: set_start(unit, 1, "9:30"))
    world.advance(here, 30 * 60)
    assert len(world.notes.of("test.round")) == 1
    world.advance(here, 60 * 60)
    assert len(world.notes.of("test.round")) == 1


def test_a_release_is_a_time_when_it_happens(world: ClockWorld, here: Program) -> None:
    owner = here.tournament("a", status="confirmed")
    here.add("test.round", AroundRound("release", 2), tournament=owner)
    world.advance(here, 600)
    here.write(lambda unit: unit.update(round_, {1: {"status": "released"}}))
    world.advance(here, 119)
    assert world.notes.of("test.round") == []
    world.advance(here, 1)
    assert len(world.notes.of("test.round")) == 1


def test_two_runs_of_one_schedule_never_overlap(world: ClockWorld) -> None:
    entered, leave = threading.Semaphore(0), threading.Event()

    @db_job("test.long", schedule=Every(60))
    def long(ctx: Any) -> None:
        entered.release()
        assert leave.wait(10)

    program = world.open(specs=[long], threads=True)
    program.queue.start()
    program.clockwork.look()
    try:
        world.advance(program, 60)
        assert entered.acquire(timeout=10)
        world.advance(program, 60)
        (going,) = program.clockwork.run_now("test.long")
        assert program.clockwork.state.skipped == 1
        assert len(program.queue.active()) == 1
    finally:
        leave.set()
    going.wait(10)
    world.advance(program, 60)
    assert entered.acquire(timeout=10)


def test_a_run_of_a_program_that_died_counts_as_one_that_has_not_ended(world: ClockWorld) -> None:
    @db_job("test.slow", schedule=Every(60), retry="no_retry")
    def slow(ctx: Any) -> None:
        raise AssertionError("never reached")

    first = world.open("here:1", specs=[slow], threads=True)  # its queue never starts
    first.clockwork.look()
    world.advance(first, 60)
    world.dead.add("here:1")
    second = world.open("here:2", specs=[slow], threads=True)
    world.advance(second, 60)
    assert second.clockwork.state.skipped == 1


# --- people ------------------------------------------------------------------------------------


def test_a_paused_clock_holds_everything_and_makes_it_up_once(
    world: ClockWorld, here: Program
) -> None:
    here.clockwork.pause()
    world.advance(here, 3 * HOUR)
    assert world.notes.calls == []
    assert here.clockwork.state.paused
    here.clockwork.resume()
    here.clockwork.look()
    assert len(world.notes.of("test.tick")) == 1


def test_a_paused_schedule_is_silent_and_makes_nothing_up(
    world: ClockWorld, here: Program
) -> None:
    here.write(lambda unit: schedules.pause_schedule(
        unit, here.registry, "test.tick", paused=True))
    world.advance(here, 3 * HOUR)
    here.write(lambda unit: schedules.pause_schedule(
        unit, here.registry, "test.tick", paused=False))
    here.clockwork.look()
    assert world.notes.calls == []
    world.advance(here, 600)
    assert len(world.notes.of("test.tick")) == 1


def test_run_now_runs_a_paused_schedule_under_the_name_of_who_asks(
    world: ClockWorld, here: Program
) -> None:
    here.write(lambda unit: schedules.pause_schedule(
        unit, here.registry, "test.weekly", paused=True))
    (handle,) = here.clockwork.run_now("test.weekly", submitted_by="Ann")
    assert handle.wait(5).status == "success"
    (run,) = SqlRunLog(here.database).history(name="test.weekly")
    assert run.submitted_by == "Ann"
    with pytest.raises(UserError, match="no schedule named 'nothing'"):
        here.clockwork.run_now("nothing")


def test_a_schedule_is_retimed_without_a_restart_and_from_then_on(
    world: ClockWorld, here: Program
) -> None:
    world.clock.advance(300)
    here.write(lambda unit: schedules.change_schedule(
        unit, here.registry, "test.tick", trigger=Every(900)))
    world.advance(here, 600)
    assert world.notes.calls == []
    world.advance(here, 300)
    assert len(world.notes.of("test.tick")) == 1


def test_a_single_date_runs_once(world: ClockWorld, here: Program) -> None:
    at = world.clock.now() + timedelta(hours=1)
    name = here.add("test.weekly", Once(at), days="5")
    for _ in range(3):
        world.advance(here, HOUR)
    assert world.notes.of("test.weekly") == [{"days": 5}]
    assert here.rows()[name].next_run_at is None


def test_a_schedule_that_cannot_run_keeps_no_other_from_it(
    world: ClockWorld, here: Program
) -> None:
    owner = here.tournament("a")
    name = here.add("test.each", Every(600), tournament=owner)
    here.write(lambda unit: unit.update(schedule, {1: {"tournament_id": 99}}))
    world.advance(here, 600)
    assert world.notes.of("test.each") == []
    assert len(world.notes.of("test.tick")) == 1
    with pytest.raises(UserError, match="not in this database any more"):
        here.clockwork.run_now(name)


# --- counters ----------------------------------------------------------------------------------


def test_what_came_of_runs_is_counted_and_told(world: ClockWorld, here: Program) -> None:
    told: list[SchedulesRan] = []
    here.bus.subscribe(SchedulesRan, told.append)
    for _ in range(3):
        world.advance(here, 600)
    row = here.rows()["test.tick"]
    assert (row.runs, row.successes, row.success_rate, row.last_status) == (3, 3, 1.0, "success")
    assert row.last_run_at == world.clock.now()
    assert row.next_run_at == world.clock.now() + timedelta(minutes=10)
    assert row.mean is not None
    assert row.p95 is not None
    assert told == [SchedulesRan(frozenset({"test.tick"}))] * 3


def test_a_look_without_anything_due_writes_no_state(
    world: ClockWorld, here: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(
        "tabapp.services.clock_book.store_states", lambda *args: calls.append(args[1:]))
    world.advance(here, 30)
    assert calls == [({}, [])]


def test_only_the_last_hundred_durations_are_kept(world: ClockWorld, here: Program) -> None:
    for _ in range(105):
        world.advance(here, 600)
    state = here.read(read_states)["test.tick"]
    assert (len(state.seconds), state.runs) == (100, 105)


# --- one clock for each database ---------------------------------------------------------------


def test_of_two_programs_one_runs_the_clock_and_the_other_takes_over(
    world: ClockWorld, here: Program
) -> None:
    there = world.open("here:2")
    for program in (there, here, there):
        world.advance(program, 600)
    assert len(world.notes.of("test.tick")) == 1
    world.dead.add("here:1")
    there.clockwork.look()
    assert len(world.notes.of("test.tick")) == 2
    world.advance(here, 600)  # it learns that its clock was taken
    assert len(world.notes.of("test.tick")) == 2


def test_a_clock_stops_although_its_file_is_gone(world: ClockWorld, here: Program) -> None:
    world.clock.advance(600)
    here.clockwork._desk.look(world.clock.now())
    for left in world.path.parent.glob(f"{world.path.name}*"):
        left.unlink()
    here.clockwork.stop()
    assert not here.clockwork.state.running


def test_a_clock_that_is_given_back_is_taken_at_once(world: ClockWorld, here: Program) -> None:
    there = world.open("here:2")
    here.clockwork.stop()
    world.advance(there, 600)
    assert len(world.notes.of("test.tick")) == 1


def test_the_real_clock_runs_by_itself_and_tells_how_it_stands(world: ClockWorld) -> None:
    ran = threading.Event()

    @db_job("test.real", schedule=Every(HOUR))
    def real(ctx: Any) -> None:
        ran.set()

    program = world.open("here:1", specs=[real], threads=True, clock=SystemClock())
    stored = threading.Event()
    program.bus.subscribe(SchedulesRan, lambda _event: stored.set())
    store_states(
        program.database, {"test.real": datetime.now(UTC) - timedelta(hours=2)}, [])
    program.queue.start()
    program.clockwork.start()
    assert ran.wait(10)
    assert stored.wait(10)
    assert program.clockwork.state.running
    assert not program.clockwork.state.elsewhere
    program.clockwork.stop()
    assert not program.clockwork.state.running


def test_a_clock_that_has_not_asked_yet_is_not_taken_for_another_programs(
    world: ClockWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = world.open("here:1", threads=True, clock=SystemClock())
    may_ask, asked = threading.Event(), threading.Event()
    acquire = program.clockwork._leases.acquire

    def slow(name: str, owner: Any, now: datetime, ttl: timedelta) -> Any:
        asked.set()
        assert may_ask.wait(10)
        return acquire(name, owner, now, ttl)

    monkeypatch.setattr(program.clockwork._leases, "acquire", slow)
    program.clockwork.start()
    assert asked.wait(10)
    state = program.clockwork.state
    may_ask.set()
    program.clockwork.stop()
    assert state.running
    assert not state.elsewhere
