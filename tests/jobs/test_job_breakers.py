"""Circuit breakers: what is away is left alone, asked once, and remembered over a restart."""

from __future__ import annotations

from datetime import datetime

import pytest

from tabapp.core.errors import DatabaseBusy, TabappError, UserError
from tabapp.jobs.breakers import FAILURES, OPEN_SECONDS, Breakers, BreakerState
from tabapp.jobs.errors import CircuitOpen, JobCancelled
from tabapp.jobs.events import JobRetried
from tabapp.jobs.spec import simple_job
from tests.jobs.world import Ctx, World


class Rows:
    """A ``BreakerStore`` that lasts as long as the object, which stands for a file."""

    def __init__(self) -> None:
        self.rows: dict[str, BreakerState] = {}
        self.writes = 0
        self.busy = False

    def load(self) -> list[BreakerState]:
        if self.busy:
            raise DatabaseBusy
        return list(self.rows.values())

    def save(
        self, name: str, *, state: str, failures: int, opened_at: datetime | None, last_error: str
    ) -> None:
        if self.busy:
            raise DatabaseBusy
        self.writes += 1
        self.rows[name] = BreakerState(name, state, failures, opened_at, last_error)


class Drive:
    """Something that can be away."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.error = error or OSError("no such folder")
        self.away = True
        self.asked = 0

    def copy(self, name: str = "a", *, again: bool = False) -> str:
        self.asked += 1
        if self.away:
            raise self.error
        return f"{name}{again}"


@pytest.fixture
def rows() -> Rows:
    return Rows()


@pytest.fixture
def breakers(world: World, rows: Rows) -> Breakers:
    return Breakers(rows, world.clock, titles={"second_folder": "The second folder"})


def ask(breakers: Breakers, drive: Drive, times: int = 1) -> list[str]:
    """Return the types of errors, or the answers."""
    found = []
    for _ in range(times):
        try:
            found.append(breakers.call("second_folder", drive.copy, "a", again=True))
        except (OSError, TabappError, KeyboardInterrupt) as error:
            found.append(type(error).__name__)
    return found


@pytest.mark.parametrize("error", [OSError("gone"), UserError("folder_not_made")])
def test_five_failures_in_a_row_open_it_and_nothing_is_asked_then(
    breakers: Breakers, error: Exception
) -> None:
    drive = Drive(error)
    assert ask(breakers, drive, 7) == [type(error).__name__] * FAILURES + ["CircuitOpen"] * 2
    assert drive.asked == FAILURES


def test_a_success_between_failures_keeps_it_closed(breakers: Breakers) -> None:
    drive = Drive()
    for _ in range(3):
        ask(breakers, drive, FAILURES - 1)
        drive.away = False
        assert ask(breakers, drive) == ["aTrue"]
        drive.away = True
    assert breakers.breaker("second_folder").state.state == "closed"


def test_one_probe_closes_it(breakers: Breakers, world: World) -> None:
    drive = Drive()
    ask(breakers, drive, FAILURES)
    drive.away = False
    world.clock.advance(OPEN_SECONDS - 1)
    assert ask(breakers, drive) == ["CircuitOpen"]
    world.clock.advance(1)
    assert ask(breakers, drive) == ["aTrue"]
    (state,) = breakers.states()
    assert (state.state, state.failures, state.last_error) == ("closed", 0, "")


def test_one_probe_that_fails_opens_it_anew(breakers: Breakers, world: World) -> None:
    drive = Drive()
    ask(breakers, drive, FAILURES)
    world.clock.advance(OPEN_SECONDS)
    assert ask(breakers, drive, 2) == ["OSError", "CircuitOpen"]
    assert drive.asked == FAILURES + 1
    world.clock.advance(OPEN_SECONDS)
    drive.away = False
    assert ask(breakers, drive) == ["aTrue"]


def test_while_open_the_sentence_names_what_and_when(breakers: Breakers, world: World) -> None:
    ask(breakers, Drive(), FAILURES)
    opened = world.clock.now()
    with pytest.raises(CircuitOpen, match="The second folder did not answer") as caught:
        breakers.call("second_folder", Drive().copy)
    error = caught.value
    assert (error.name, error.since) == ("second_folder", opened)
    assert (error.next_probe - opened).total_seconds() == OPEN_SECONDS
    assert f"asked again at {error.next_probe.astimezone():%H:%M:%S}" in error.message


def test_the_states_are_visible(breakers: Breakers, world: World) -> None:
    assert breakers.states() == []
    ask(breakers, Drive(), FAILURES)
    assert breakers.states() == [BreakerState(
        "second_folder", "open", FAILURES, world.clock.now(), "no such folder")]


def test_another_start_of_the_program_finds_it_open(
    breakers: Breakers, rows: Rows, world: World
) -> None:
    ask(breakers, Drive(), FAILURES)
    again, drive = Breakers(rows, world.clock), Drive()
    assert again.states() == breakers.states()
    assert ask(again, drive) == ["CircuitOpen"]
    world.clock.advance(OPEN_SECONDS)
    drive.away = False
    assert ask(again, drive) == ["aTrue"]
    assert rows.rows["second_folder"].state == "closed"


def test_failures_are_counted_over_a_restart(breakers: Breakers, rows: Rows, world: World) -> None:
    ask(breakers, Drive(), FAILURES - 1)
    assert ask(Breakers(rows, world.clock), Drive(), 2) == ["OSError", "CircuitOpen"]


def test_a_probe_that_died_with_its_program_is_taken_again(rows: Rows, world: World) -> None:
    rows.rows["second_folder"] = BreakerState("second_folder", "half-open", FAILURES)
    drive = Drive()
    assert ask(Breakers(rows, world.clock), drive, 2) == ["OSError", "CircuitOpen"]


def test_a_clock_that_was_set_back_does_not_keep_it_open(
    breakers: Breakers, world: World
) -> None:
    drive = Drive()
    ask(breakers, drive, FAILURES)
    world.clock.jump(-86400)
    drive.away = False
    assert ask(breakers, drive) == ["aTrue"]


@pytest.mark.parametrize("error", [JobCancelled(), KeyboardInterrupt()])
def test_a_cancel_is_no_failure(breakers: Breakers, error: BaseException) -> None:
    drive = Drive(error)
    assert ask(breakers, drive, 9) == [type(error).__name__] * 9


def test_a_cancelled_probe_proves_nothing(breakers: Breakers, world: World) -> None:
    drive = Drive()
    ask(breakers, drive, FAILURES)
    world.clock.advance(OPEN_SECONDS)
    drive.error = JobCancelled()
    assert ask(breakers, drive, 2) == ["JobCancelled", "CircuitOpen"]


def test_breakers_of_two_names_are_apart(breakers: Breakers) -> None:
    ask(breakers, Drive(), FAILURES)
    drive = Drive()
    drive.away = False
    assert breakers.call("server", drive.copy) == "aFalse"


def test_successes_in_a_row_write_nothing(breakers: Breakers, rows: Rows) -> None:
    drive = Drive()
    drive.away = False
    ask(breakers, drive, 5)
    assert rows.writes == 0


def test_a_busy_database_does_not_keep_from_asking(breakers: Breakers, rows: Rows) -> None:
    rows.busy = True
    drive = Drive()
    assert ask(breakers, drive, FAILURES + 1) == ["OSError"] * FAILURES + ["CircuitOpen"]
    assert [state.state for state in breakers.states()] == ["open"]


# --- in a job ---


def test_a_job_behind_an_open_breaker_waits_with_its_reason_and_uses_up_no_attempt(
    breakers: Breakers, world: World
) -> None:
    drive = Drive()
    ask(breakers, drive, FAILURES)

    @simple_job("test.backup", retry="no_retry", title="Snapshot")
    def backup(ctx: Ctx) -> str:
        return breakers.call("second_folder", drive.copy)

    queue = world.queue(backup, synchronous=True, start=False)
    handle = queue.submit(backup)
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.state, row.attempts, row.error_code) == ("waiting", 0, None)
    assert row.waiting_for.startswith("The second folder, which did not answer and is asked")
    assert row.next_at is not None
    assert (row.next_at - world.clock.now()).total_seconds() == OPEN_SECONDS
    assert world.of(JobRetried) == []
    drive.away = False
    world.clock.advance(OPEN_SECONDS)
    queue.poke()
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts) == ("success", 1)
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.waiting_for, row.next_at) == ("", None)


def test_a_parked_job_can_be_retried_now_and_outlives_the_program(
    breakers: Breakers, world: World
) -> None:
    ask(breakers, Drive(), FAILURES)

    @simple_job("test.backup")
    def backup(ctx: Ctx) -> None:
        breakers.call("second_folder", Drive().copy)

    queue = world.queue(backup, synchronous=True, start=False)
    handle = queue.submit(backup)
    assert handle.retry_now()
    assert handle.state == "waiting"
    queue.stop()
    row = world.runs.get(handle.id)
    assert row is not None
    assert (row.state, row.owner) == ("waiting", None)
