"""What triggers mean in time: cron lines, intervals, single dates, moments of rounds; and jumps."""

from __future__ import annotations

import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.clock import ManualClock
from tabapp.jobs import scheduler
from tabapp.jobs.due import Due, JumpWatch, Plan, due
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.moments import Anchors, Moment
from tabapp.jobs.triggers import Anchor, AroundRound, Cron, Every, Once, Trigger

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday


def local_times(line: str, zone: ZoneInfo, start: datetime, days: int) -> list[str]:
    found = scheduler.times(Cron(line), start, start + timedelta(days=days), zone)
    return [f"{at.astimezone(zone):%a %d %H:%M}" for at in found]


def rounds(**at: datetime) -> Anchors:
    """Anchors of one round that starts, ends and is released then."""

    def find(anchor: Anchor) -> list[Moment]:
        return [Moment(at[anchor], 1, 11, 1)] if anchor in at else []

    return find


# --- cron lines --------------------------------------------------------------------------------


@pytest.mark.parametrize("weekday", ["sun", "SUN", "0", "7", "sun-sun", "7-7"])
def test_sunday_is_sunday_however_it_is_written(weekday: str) -> None:
    assert local_times(f"30 3 * * {weekday}", BERLIN, START, 14) == ["Sun 08 03:30", "Sun 15 03:30"]


@pytest.mark.parametrize(
    ("weekday", "days"),
    [("1-5", "Mon Tue Wed Thu Fri"), ("fri-mon", "Mon Fri Sat Sun"), ("6-7", "Sat Sun"),
     ("5/1", "Fri Sat"), ("*/2", "Tue Thu Sat Sun"), ("1,wed", "Mon Wed"), ("*", "Mon Tue Wed")],
)
def test_weekdays_are_those_of_cron(weekday: str, days: str) -> None:
    found = local_times(f"0 12 * * {weekday}", BERLIN, START, 7)
    assert [one[:3] for one in found][: len(days.split())] == days.split()


def test_a_day_and_a_weekday_are_either_as_in_cron() -> None:
    assert local_times("0 6 10 * sun", BERLIN, START, 14) == [
        "Sun 08 06:00", "Tue 10 06:00", "Sun 15 06:00"]


@pytest.mark.parametrize(
    ("line", "code", "named"),
    [("30 3 * *", "schedule_cron_fields", "4"), ("", "schedule_cron_fields", "0"),
     ("61 * * * *", "schedule_cron_field", "'61' is no minute"),
     ("* 25 * * *", "schedule_cron_field", "'25' is no hour"),
     ("* * 0 * *", "schedule_cron_field", "'0' is no day"),
     ("* * * jam *", "schedule_cron_field", "'jam' is no month"),
     ("* * * * 8", "schedule_cron_field", "'8' is no weekday"),
     ("* * * * foo", "schedule_cron_field", "'foo' is no weekday"),
     ("* * * * *-2", "schedule_cron_field", "'*-2' is no weekday"),
     ("*/0 * * * *", "schedule_cron_field", "'*/0' is no minute"),
     ("0 0 last-fri * *", "schedule_cron_field", "'last-fri' is no day"),
     ("0 0 31 2 *", "schedule_never", "0 0 31 2 *")],
)
def test_a_bad_cron_line_names_its_field_and_value(line: str, code: str, named: str) -> None:
    with pytest.raises(JobValidationError) as caught:
        scheduler.check_trigger(Cron(line), START)
    assert caught.value.code == code
    assert named in caught.value.message


@given(st.text(alphabet="0123456789*/-,sunmojaLW? ", max_size=20))
def test_any_text_is_a_cron_line_or_is_refused_in_words(line: str) -> None:
    try:
        scheduler.check_trigger(Cron(line), START)
        said = ""
    except JobValidationError as error:
        said = error.message
    assert said or scheduler.next_time(Cron(line), START, BERLIN) is not None


def test_a_leap_day_is_awaited_for_years() -> None:
    found = scheduler.next_time(Cron("0 0 29 2 *"), START, UTC)
    assert found == datetime(2028, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    "trigger",
    [Every(1e300), Every(float("inf")), AroundRound("end", 1e12),
     Once(datetime(9999, 12, 31, tzinfo=UTC)), Once(START)],
)
def test_times_out_of_all_reach_are_refused(trigger: Trigger) -> None:
    with pytest.raises(JobValidationError):
        scheduler.check_trigger(trigger, START)


# --- daylight saving ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "line", "eve", "shown"),
    [(BERLIN, "30 2 * * *", datetime(2026, 10, 24, 12, tzinfo=UTC), "Sun 25 02:30"),
     (NEW_YORK, "30 1 * * *", datetime(2026, 10, 31, 12, tzinfo=UTC), "Sun 01 01:30")],
)
def test_a_time_that_autumn_shows_twice_is_due_once(
    zone: ZoneInfo, line: str, eve: datetime, shown: str
) -> None:
    found = local_times(line, zone, eve, 2)
    assert found == [shown, f"Mon {int(shown[4:6]) + 1:02} {shown[7:]}"]


@pytest.mark.parametrize(
    ("zone", "eve", "shown"),
    [(BERLIN, datetime(2026, 3, 28, 12, tzinfo=UTC), "Sun 29 03:30"),
     (NEW_YORK, datetime(2026, 3, 7, 12, tzinfo=UTC), "Sun 08 03:30")],
)
def test_a_time_that_spring_skips_is_due_once(zone: ZoneInfo, eve: datetime, shown: str) -> None:
    assert local_times("30 2 * * *", zone, eve, 1) == [shown]


def test_a_line_for_each_hour_runs_in_both_hours_of_autumn() -> None:
    found = scheduler.times(
        Cron("0 * * * *"), datetime(2026, 10, 24, 23, tzinfo=UTC),
        datetime(2026, 10, 25, 3, tzinfo=UTC), BERLIN)
    assert [at.hour for at in found] == [23, 0, 1, 2]


def test_a_day_as_an_interval_stays_24_hours() -> None:
    eve = datetime(2026, 10, 24, 1, 30, tzinfo=UTC)
    found = scheduler.next_time(Every(86400), eve, BERLIN, counted_from=eve)
    assert found == eve + timedelta(hours=24)


@given(
    st.sampled_from([datetime(2026, 3, 1), datetime(2026, 3, 22), datetime(2026, 10, 20)]),
    st.integers(0, 20 * 24 * 60), st.integers(0, 59), st.integers(0, 23),
    st.sampled_from([BERLIN, NEW_YORK]),
)
@settings(max_examples=60)
def test_a_daily_time_is_due_once_on_each_date(
    eve: datetime, later: int, minute: int, hour: int, zone: ZoneInfo
) -> None:
    begin = eve.replace(tzinfo=UTC) + timedelta(minutes=later)
    found = scheduler.times(
        Cron(f"{minute} {hour} * * *"), begin, begin + timedelta(days=15), zone)
    dates = [at.astimezone(zone).date() for at in found]
    assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
    assert 14 <= len(dates) <= 16
    assert found == sorted(found)


@given(st.integers(0, 4 * 24 * 60), st.sampled_from(["*", "*/20", "7,37"]))
@settings(max_examples=30)
def test_a_line_for_each_hour_is_an_interval_in_real_time(later: int, minutes: str) -> None:
    for eve in (datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)):
        begin = eve + timedelta(minutes=later)
        line = Cron(f"{minutes} * * * *")
        end = begin + timedelta(hours=5)
        assert scheduler.times(line, begin, end, BERLIN) == scheduler.times(line, begin, end, UTC)


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_the_first_hour_after_spring_is_not_passed_over(zone: ZoneInfo) -> None:
    eve = datetime(2026, 3, 7 if zone is NEW_YORK else 28, 12, tzinfo=UTC)
    found = local_times("30 0 * * *", zone, eve, 3)
    assert [one[:3] for one in found] == ["Sun", "Mon", "Tue"]


# --- intervals, dates, rounds ------------------------------------------------------------------


@given(st.integers(10, 100_000), st.integers(0, 1_000_000))
def test_the_next_time_of_an_interval_lies_on_its_grid(seconds: int, later: int) -> None:
    after = START + timedelta(seconds=later)
    at = scheduler.next_time(Every(seconds), after, UTC, counted_from=START)
    assert at is not None
    assert after < at <= after + timedelta(seconds=seconds)
    assert (at - START).total_seconds() % seconds == 0


def test_a_single_date_is_due_once() -> None:
    at = START + timedelta(hours=2)
    assert scheduler.next_time(Once(at), START, UTC) == at
    assert scheduler.next_time(Once(at), at, UTC) is None


def test_rounds_have_times_before_at_and_after_their_moments() -> None:
    anchors = rounds(start=START + timedelta(hours=1), release=START, end=START)
    before = AroundRound("start", -5)
    assert scheduler.next_time(before, START, UTC, anchors) == START + timedelta(minutes=55)
    for trigger, minutes in ((AroundRound("release", 2), 2), (AroundRound("end", 10), 10)):
        found = scheduler.next_time(trigger, START, UTC, anchors)
        assert found == START + timedelta(minutes=minutes)
    assert scheduler.next_time(AroundRound("start", 0, seq=2), START, UTC, anchors) is None


# --- what is due -------------------------------------------------------------------------------


def test_missed_runs_are_one() -> None:
    plan = Plan("a", Every(600), UTC)
    look = due([plan], {"a": START}, START + timedelta(minutes=65))
    assert look.due == (Due("a", START + timedelta(minutes=10), START + timedelta(minutes=60),
                            paused=False),)
    assert look.next_at == START + timedelta(minutes=70)


def test_a_schedule_that_was_never_seen_begins_now() -> None:
    look = due([Plan("a", Every(600), UTC), Plan("b", Cron("0 9 * * *"), UTC)], {}, START)
    assert look.due == ()
    assert look.begun == {"a": START, "b": START}
    assert look.next_at == START + timedelta(minutes=10)


@pytest.mark.parametrize("trigger", [Every(600), Cron("*/10 * * * *")])
def test_a_clock_that_was_set_back_leaves_no_silence(trigger: Trigger) -> None:
    back = START - timedelta(hours=6)
    look = due([Plan("a", trigger, UTC)], {"a": START}, back)
    assert look.due == ()
    assert look.begun == {"a": back}
    assert look.next_at == back + timedelta(minutes=10)


def test_a_clock_that_is_corrected_by_a_second_repeats_nothing() -> None:
    look = due([Plan("a", Cron("0 9 * * *"), UTC)], {"a": START}, START - timedelta(seconds=1))
    assert (look.due, look.begun) == ((), {})
    assert look.next_at == START + timedelta(days=1)


def test_a_single_date_is_not_repeated_when_the_clock_goes_back() -> None:
    plan = Plan("a", Once(START), UTC)
    look = due([plan], {"a": START}, START - timedelta(hours=6))
    assert (look.due, look.next_at) == ((), None)


def test_each_round_that_was_missed_is_named() -> None:
    moments = [Moment(START + timedelta(hours=n), 1, 10 + n, n) for n in (1, 2, 3)]
    plan = Plan("a", AroundRound("start", -5), UTC, anchors=lambda _anchor: moments)
    (one,) = due([plan], {"a": START}, START + timedelta(hours=2)).due
    assert [moment.seq for moment in one.moments] == [1, 2]


def test_a_paused_schedule_makes_nothing_up() -> None:
    (one,) = due([Plan("a", Every(60), UTC, paused=True)], {"a": START},
                 START + timedelta(hours=1)).due
    assert one.paused
    assert one.last == START + timedelta(hours=1)


# --- jumps and the real thing ------------------------------------------------------------------


def test_a_jump_of_the_clock_is_seen_and_time_that_passes_is_none() -> None:
    clock = ManualClock(START)
    watch = JumpWatch(clock)
    clock.advance(3600)
    assert watch.look() == 0
    clock.jump(7200)
    assert watch.look() == 7200
    clock.jump(-21600)
    assert watch.look() == -21600
    assert watch.look() == 0


def test_the_real_scheduler_calls_at_the_time_that_was_set_and_again_and_again() -> None:
    ticks = threading.Semaphore(0)
    ticker = scheduler.Ticker(ticks.release, 3600)
    ticker.start()
    try:
        ticker.set(datetime.now(UTC))
        assert ticks.acquire(timeout=10)
        ticker.set(datetime.now(UTC) + timedelta(hours=1))
        ticker.set(None)
        ticker.wake()
        assert not ticks.acquire(blocking=False)
    finally:
        ticker.stop()
    often = scheduler.Ticker(ticks.release, 0.01)
    often.start()
    try:
        assert all(ticks.acquire(timeout=10) for _ in range(3))
    finally:
        often.stop()


def test_nothing_of_apscheduler_is_loaded_before_a_cron_line_is_read() -> None:
    code = (
        "import sys, tabapp.app, tabapp.services.clockwork, tabapp.services.schedules\n"
        "import tabapp.cli.work\n"
        "sys.exit('apscheduler' in sys.modules)\n")
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
