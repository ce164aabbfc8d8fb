"""What a job sees: progress, cancel, units of work, events and follow-up work."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tabapp.core.clock import ManualClock
from tabapp.core.errors import StaleInput
from tabapp.core.events import Event, EventBus
from tabapp.core.revisions import Revision
from tabapp.jobs.errors import (
    JobCancelled,
    JobConfigurationError,
    JobNotFoundError,
    JobValidationError,
)
from tabapp.jobs.memory import MemoryUnit, MemoryUnits
from tabapp.jobs.ports import LogLine
from tabapp.jobs.progress import Progress, Reporter, Sinks, Throttle
from tabapp.jobs.spec import Lock, db_job, simple_job
from tabapp.jobs.testing import JobTestContext
from tests.jobs.world import Ctx, World


@dataclass(frozen=True, slots=True)
class DrawCreated(Event):
    round_id: int


@simple_job("test.follow")
def follow(ctx: Ctx, round_id: int) -> None: ...


@db_job("test.draw", lock="tournament", title="Draw {round_id}")
def draw(ctx: Ctx, round_id: int) -> int:
    with ctx.read() as unit:
        seen = unit.revision(1, "draw")
    with ctx.step("pair", total=3):
        for done in range(3):
            ctx.tick(done + 1, 3)
    with ctx.step("rooms", total=2):
        ctx.advance()
        ctx.advance(message="last room")
    ctx.emit(DrawCreated(round_id))
    ctx.submit_after_commit(follow, round_id=round_id)
    ctx.commit_point()
    with ctx.write(expected=seen) as unit:
        unit.data["draw"] = round_id
        unit.bump("draw")
        unit.data["pairs"] = 3
    ctx.stats["pairs"] += 3
    ctx.log.success("drawn", pairs=3)
    return round_id


Probe = JobTestContext[MemoryUnit, MemoryUnit]


def probe(units: MemoryUnits) -> Probe:
    return JobTestContext(units, tournament=1)


@pytest.fixture
def units() -> MemoryUnits:
    return MemoryUnits(EventBus())


def test_a_job_is_recorded(units: MemoryUnits) -> None:
    test = probe(units)
    assert test.run(draw, round_id=5) == 5
    assert test.steps == ["pair", "rooms"]
    assert test.events == [DrawCreated(5)]
    assert [(f.spec.name, f.params, f.tournament) for f in test.follow_ups] == [
        ("test.follow", {"round_id": 5}, 1)
    ]
    assert test.stats == {"pairs": 3}
    test.assert_progress_complete()
    test.assert_logged("success", "drawn")


def test_the_assertions_of_the_test_context_can_fail(units: MemoryUnits) -> None:
    @simple_job("test.half")
    def half(ctx: Ctx) -> None:
        ctx.progress(0.5, "half")

    test = probe(units)
    with pytest.raises(AssertionError, match="no progress"):
        test.assert_progress_complete()
    test.run(half)
    with pytest.raises(AssertionError, match="did not reach"):
        test.assert_progress_complete()
    with pytest.raises(AssertionError, match="no info"):
        test.assert_logged("info", "half")


def test_a_write_names_the_run_in_the_journal(units: MemoryUnits) -> None:
    probe(units).run(draw, round_id=5)
    (action,) = units.actions
    assert (action.actor, action.verb, action.subject) == ("test", "test.draw", "Draw 5")
    assert (action.tournament, action.run_id) == (1, 1)


@pytest.mark.parametrize("step", ["pair", "rooms"])
def test_a_cancel_at_a_step_leaves_nothing(units: MemoryUnits, step: str) -> None:
    test = probe(units)
    test.cancel_at(step)
    with pytest.raises(JobCancelled):
        test.run(draw, round_id=5)
    assert (units.data, test.events, test.follow_ups) == ({}, [], [])


@pytest.mark.parametrize("step", ["pair", "rooms"])
def test_a_failure_at_a_step_leaves_nothing(units: MemoryUnits, step: str) -> None:
    test = probe(units)
    test.fail_at(step, OSError("disk"))
    with pytest.raises(OSError, match="disk"):
        test.run(draw, round_id=5)
    assert (units.data, test.events, test.follow_ups) == ({}, [], [])


def points_of_draw() -> int:
    test = probe(MemoryUnits(EventBus()))
    test.run(draw, round_id=5)
    return test.points


@pytest.mark.parametrize("point", range(1, points_of_draw() + 1))
def test_a_cancel_anywhere_leaves_the_old_state_or_the_new(
    units: MemoryUnits, point: int
) -> None:
    test = probe(units)
    test.cancel_at(point)
    try:
        test.run(draw, round_id=5)
    except JobCancelled:
        assert (units.data, test.events, test.follow_ups) == ({}, [], [])
    else:
        assert units.data == {"draw": 5, "pairs": 3}
        assert (len(test.events), len(test.follow_ups)) == (1, 1)


@pytest.mark.parametrize("point", range(1, points_of_draw() + 1))
def test_a_failure_anywhere_leaves_nothing_before_the_commit(
    units: MemoryUnits, point: int
) -> None:
    test = probe(units)
    test.fail_at(point, RuntimeError("broken"))
    with pytest.raises(RuntimeError, match="broken"):
        test.run(draw, round_id=5)
    assert (units.data, test.events, test.follow_ups) == ({}, [], [])


def test_after_the_commit_point_a_cancel_is_not_obeyed(units: MemoryUnits) -> None:
    @db_job("test.late")
    def late(ctx: Ctx) -> None:
        ctx.commit_point()
        with ctx.step("after"):
            ctx.check_cancelled()

    test = probe(units)
    test.cancel_at("after")
    test.run(late)
    assert test.steps == ["after"]


def test_a_committed_write_is_a_commit_point(units: MemoryUnits) -> None:
    @db_job("test.write_and_go_on")
    def write_and_go_on(ctx: Ctx) -> None:
        with ctx.write() as unit:
            unit.data["done"] = True
        with ctx.step("after"):
            pass

    test = probe(units)
    test.cancel_at("after")
    test.run(write_and_go_on)
    assert units.data == {"done": True}


def test_input_that_changed_since_it_was_read_is_refused(units: MemoryUnits) -> None:
    @db_job("test.stale")
    def stale(ctx: Ctx) -> None:
        with ctx.read() as unit:
            seen = unit.revision(1, "results")
        with units.write() as other:
            other.bump("results")
        with ctx.write(expected=seen) as unit:
            unit.data["standings"] = "wrong"

    with pytest.raises(StaleInput):
        probe(units).run(stale)
    assert units.data == {}


def written_for(lock: Lock, tournament: int | None, units: MemoryUnits) -> int | None:
    """Run a job that read tournament 2; return under which tournament its write was filed."""
    @db_job("test.astray", lock=lock, title="Break")
    def astray(ctx: Ctx) -> None:
        with ctx.write(expected=Revision(2, {"break": 0})) as unit:
            unit.data["break"] = 2

    JobTestContext(units, tournament=tournament).run(astray)
    return units.actions[-1].tournament


def test_a_run_that_holds_one_tournament_does_not_write_to_another(units: MemoryUnits) -> None:
    with pytest.raises(JobValidationError) as caught:
        written_for("tournament", 1, units)
    assert caught.value.code == "job_other_tournament"
    assert "started for tournament 1" in caught.value.message
    assert "belongs to tournament 2" in caught.value.message
    assert (units.data, units.actions) == ({}, [])


@pytest.mark.parametrize(("lock", "tournament"), [
    ("tournament", 2), ("none", None), ("none", 1), ("database", 1),
])
def test_a_write_is_filed_under_the_tournament_that_was_read(
    units: MemoryUnits, lock: Lock, tournament: int | None
) -> None:
    assert written_for(lock, tournament, units) == 2


def test_in_the_queue_too_a_run_keeps_to_its_tournament(world: World) -> None:
    @db_job("test.astray", lock="tournament")
    def astray(ctx: Ctx) -> None:
        with ctx.write(expected=Revision(2, {"break": 0})) as unit:
            unit.data["break"] = 2

    result = world.queue(astray, synchronous=True, start=False).submit(astray, tournament=1).result
    assert result is not None
    assert result.error is not None
    assert (result.status, result.error.code) == ("failed", "job_other_tournament")
    assert world.units.data == {}


def test_events_of_a_job_that_never_writes_leave_at_its_end() -> None:
    @simple_job("test.quiet")
    def quiet(ctx: Ctx) -> None:
        ctx.emit(DrawCreated(1))
        assert test.events == []

    test: Probe = JobTestContext()
    test.run(quiet)
    assert test.events == [DrawCreated(1)]


def test_follow_up_work_is_checked_when_it_is_asked_for() -> None:
    @simple_job("test.careless")
    def careless(ctx: Ctx) -> None:
        ctx.submit_after_commit(follow, round_id="five")

    with pytest.raises(JobValidationError):
        JobTestContext[MemoryUnit, MemoryUnit]().run(careless)


def test_a_simple_job_has_no_database(units: MemoryUnits) -> None:
    @simple_job("test.greedy")
    def greedy(ctx: Ctx) -> None:
        with ctx.read():
            pass

    with pytest.raises(RuntimeError, match="no database"):
        probe(units).run(greedy)


def test_the_context_builds_the_three_user_errors() -> None:
    @simple_job("test.errors")
    def errors(ctx: Ctx) -> None:
        made = (ctx.not_found("a", id=1), ctx.invalid("b"), ctx.misconfigured("c"))
        assert [type(error) for error in made] == [
            JobNotFoundError, JobValidationError, JobConfigurationError,
        ]
        assert made[0].facts == {"id": 1}

    JobTestContext[MemoryUnit, MemoryUnit]().run(errors)


def test_steps_nest_and_the_outer_one_goes_on() -> None:
    @simple_job("test.nested")
    def nested(ctx: Ctx) -> None:
        with ctx.step("outer", total=2):
            ctx.advance()
            with ctx.step("inner", total=1):
                ctx.advance()
            ctx.advance()

    test: Probe = JobTestContext()
    test.run(nested)
    assert [(p.step, p.fraction) for p in test.progress] == [
        ("outer", 0.0), ("outer", 0.5), ("inner", 0.0), ("inner", 1.0), ("inner", 1.0),
        ("outer", 1.0), ("outer", 1.0),
    ]


# --- progress ---


@pytest.mark.parametrize("urgent", [False, True])
def test_no_second_sees_more_than_thirty_updates(urgent: bool) -> None:
    throttle = Throttle()
    passed = [now / 1000 for now in range(4000) if throttle.admits(now / 1000, urgent=urgent)]
    assert len(passed) > 100
    assert max(sum(a <= t < a + 0.999 for t in passed) for a in passed) <= 30


def test_the_end_of_a_step_passes_right_behind_another_update() -> None:
    throttle = Throttle()
    assert throttle.admits(0.0, urgent=False)
    assert not throttle.admits(0.01, urgent=False)
    assert throttle.admits(0.01, urgent=True)


class Recorder:
    def __init__(self) -> None:
        self.clock = ManualClock()
        self.shown: list[Progress] = []
        self.stored: list[tuple[Progress, list[LogLine]]] = []
        sinks = Sinks(
            self.shown.append, lambda line: None, lambda p, lines: self.stored.append((p, lines))
        )
        self.reporter = Reporter(self.clock, sinks, Throttle())

    def show(self, fraction: float) -> None:
        self.reporter.show(Progress(fraction))


def test_progress_is_stored_once_a_second_and_at_the_end_of_a_step() -> None:
    recorder = Recorder()
    for hundredth in range(250):
        recorder.show(hundredth / 1000)
        recorder.clock.advance(0.01)
    assert len(recorder.stored) == 2
    recorder.reporter.end_step(Progress(1.0))
    assert recorder.stored[-1] == (Progress(1.0), [])
    assert 60 <= len(recorder.shown) <= 75


def test_nothing_is_stored_while_a_write_unit_is_open() -> None:
    recorder = Recorder()
    recorder.reporter.hold()
    recorder.reporter.log(LogLine(recorder.clock.now(), "info", "inside"))
    recorder.reporter.end_step(Progress(1.0))
    assert recorder.stored == []
    recorder.reporter.resume()
    ((progress, lines),) = recorder.stored
    assert (progress, [line.message for line in lines]) == (Progress(1.0), ["inside"])
