"""Times of a schedule in their zone, and what is done about ballots that are late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.deadlines import (
    Asked,
    Limits,
    Room,
    RoundTimes,
    Step,
    decide_pending,
    decide_unconfirmed,
    end_of,
    length,
    limits_of,
    moment,
    start_of,
)
from tabapp.domain.formats import resolve

BERLIN = ZoneInfo("Europe/Berlin")
END = datetime(2026, 5, 9, 15, 0, tzinfo=UTC)
FLAG = Limits(10, 20, "flag")
FORFEIT = Limits(10, 20, "forfeit")
LIMIT = END + timedelta(minutes=20)


def at(minutes: float) -> datetime:
    """Return a time by its minutes after the expected end."""
    return END + timedelta(minutes=minutes)


def pending(room: Room, minutes: float, limits: Limits = FLAG) -> list[Step]:
    return list(decide_pending([room], END, limits, at(minutes)))


def out(**more: Any) -> Room:
    return Room(7, "out", **more)


# --- times -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "near", "expected"), [
    ("14:30", datetime(2026, 5, 9, 12, 0, tzinfo=UTC), datetime(2026, 5, 9, 12, 30, tzinfo=UTC)),
    ("14:30:00", datetime(2026, 1, 9, 12, 0, tzinfo=UTC), datetime(2026, 1, 9, 13, 30, tzinfo=UTC)),
    ("23:50", datetime(2026, 5, 9, 22, 10, tzinfo=UTC), datetime(2026, 5, 9, 21, 50, tzinfo=UTC)),
    ("00:10", datetime(2026, 5, 9, 21, 40, tzinfo=UTC), datetime(2026, 5, 9, 22, 10, tzinfo=UTC)),
    ("2026-05-09T14:30", END, datetime(2026, 5, 9, 12, 30, tzinfo=UTC)),
    ("2026-05-09T14:30:00+00:00", END, datetime(2026, 5, 9, 14, 30, tzinfo=UTC)),
    ("soon", END, None), ("", END, None), (None, END, None), ("25:00", END, None),
    ("9:05", END, datetime(2026, 5, 9, 7, 5, tzinfo=UTC)), ("2026-05-09", END, None),
    ("2026-05-09 14:30:00", END, datetime(2026, 5, 9, 12, 30, tzinfo=UTC)),
    ("2026-05-09T14:30Z", END, datetime(2026, 5, 9, 14, 30, tzinfo=UTC)),
    ("0001-01-01T00:00", END, None), ("9999-12-31T23:59", END, None),
])
def test_a_time_of_a_schedule_is_one_of_the_tournaments_zone(
    text: str | None, near: datetime, expected: datetime | None
) -> None:
    assert moment(text, BERLIN, near) == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("2026-03-29T01:30", (0, 30)), ("2026-03-29T02:30", (1, 30)), ("2026-03-29T03:30", (1, 30)),
])
def test_an_hour_that_the_clocks_leave_out_is_no_hour_lost(
    text: str, expected: tuple[int, int]
) -> None:
    found = moment(text, BERLIN, END)
    assert found == datetime(2026, 3, 29, *expected, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_first() -> None:
    assert moment("2026-10-25T02:30", BERLIN, END) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@given(
    near=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    hour=st.integers(0, 23), minute=st.integers(0, 59))
def test_a_time_of_day_is_never_further_than_the_next_day(
    near: datetime, hour: int, minute: int
) -> None:
    found = moment(f"{hour}:{minute:02}", BERLIN, near)
    assert found is not None
    assert abs(found - near) <= timedelta(hours=13)  # 12, and one that the clocks may add


def test_a_debate_takes_its_speeches_and_the_time_of_its_judges() -> None:
    assert length(resolve("bp", {})) == timedelta(minutes=8 * 7 + 15)
    two = resolve("australs", {"speech_minutes": 8, "reply_minutes": 5})
    assert length(two) == timedelta(minutes=6 * 8 + 2 * 5 + 15)


def test_a_round_ends_as_it_says_else_by_its_start_else_by_its_release() -> None:
    rules = resolve("bp", {})
    released = datetime(2026, 5, 9, 12, 0, tzinfo=UTC)
    took = length(rules)

    def end(**times: Any) -> datetime | None:
        return end_of(RoundTimes(**times), rules, BERLIN, END)

    assert end(starts_at="14:30", released_at=released) == released.replace(minute=30) + took
    assert end(released_at=released) == released + timedelta(minutes=15) + took
    assert end(starts_at="13:00", released_at=released) == released + took  # it went out late
    assert end(starts_at="14:30", expected_end="16:00", released_at=released) == (
        released.replace(hour=14))
    assert end(starts_at="14:30", expected_end="nonsense", released_at=released) == (
        released.replace(minute=30) + took)
    assert end() is None


@pytest.mark.parametrize(("times", "known"), [
    (RoundTimes(), True), (RoundTimes("14:30"), False),
    (RoundTimes("14:30", released_at=END), True), (RoundTimes("14:30", known_at=END), True),
    (RoundTimes("2026-05-09T14:30"), True),
    (RoundTimes("2026-05-09T14:30", "16:00"), False), (RoundTimes("soon"), True),
])
def test_a_time_of_day_needs_something_that_tells_the_day(times: RoundTimes, known: bool) -> None:
    assert times.has_day is known


def test_an_end_after_midnight_is_that_of_the_next_day() -> None:
    rules = resolve("bp", {})
    times = RoundTimes("2026-05-09T23:30", "00:45")
    assert end_of(times, rules, BERLIN, END) == datetime(2026, 5, 9, 22, 45, tzinfo=UTC)
    assert start_of(times, rules, BERLIN, END) == datetime(2026, 5, 9, 21, 30, tzinfo=UTC)


# --- what holds --------------------------------------------------------------------------------


def test_a_rounds_own_word_stands_above_what_was_asked_and_that_above_the_settings() -> None:
    rules = resolve("bp", {"ballot_timeout_minutes": 30})
    assert limits_of(rules, None) == Limits(10, 30, "flag")
    asked = Asked(5, 40, "forfeit")
    assert limits_of(rules, None, asked) == Limits(5, 40, "forfeit")
    own = {"timeout_minutes": 50, "action": "none", "paused": True}
    assert limits_of(rules, own, asked) == Limits(5, 50, "none", paused=True)


@pytest.mark.parametrize("own", [
    {"timeout_minutes": -1}, {"timeout_minutes": "soon"}, {"timeout_minutes": True},
    {"timeout_minutes": 10**9}, {"action": "shout"}, {"action": 3}, {"paused": "yes"},
])
def test_what_cannot_be_read_of_a_rounds_own_word_is_passed_over(own: dict[str, Any]) -> None:
    assert limits_of(resolve("bp", {}), own) == Limits(10, 20, "flag")


# --- ballots that have not come ----------------------------------------------------------------


@pytest.mark.parametrize(("minutes", "kind"), [
    (9.9, None), (10, "warning"), (19.9, "warning"), (20, "overdue"), (500, "overdue")])
def test_a_room_is_called_to_mind_and_then_overdue(minutes: float, kind: str | None) -> None:
    assert [(step.kind, step.limit) for step in pending(out(), minutes)] == (
        [(kind, LIMIT)] if kind else [])


def test_a_flag_is_given_once_and_the_worse_one_takes_the_place_of_the_first() -> None:
    assert pending(out(flags={"warning": LIMIT}), 12) == []
    assert pending(out(flags={"warning": LIMIT}), 21) == [
        Step(7, "overdue", LIMIT, frozenset({"warning"}))]
    assert pending(out(flags={"overdue": LIMIT}), 50) == []


@pytest.mark.parametrize("where", ["waits", "counts", "aside"])
def test_a_flag_goes_when_the_ballot_has_come(where: Any) -> None:
    room = Room(7, where, flags={"overdue": LIMIT, "unconfirmed": LIMIT})
    assert pending(room, 50) == [Step(7, None, drops=frozenset({"overdue"}))]
    assert pending(Room(7, where), 50) == []


def test_a_flag_goes_when_its_limit_moves_away() -> None:
    room = out(flags={"overdue": LIMIT})
    assert pending(room, 25, Limits(10, 60, "flag")) == [
        Step(7, None, drops=frozenset({"overdue"}))]


def test_what_a_person_took_off_does_not_come_again_until_the_limit_is_another() -> None:
    room = out(answered={("overdue", LIMIT)}, flags={"warning": LIMIT})
    assert pending(room, 25) == []
    assert [step.kind for step in pending(room, 40, Limits(10, 30, "flag"))] == ["overdue"]


def test_a_paused_round_and_one_where_nothing_is_to_be_done_are_quiet() -> None:
    for limits in (Limits(10, 20, "flag", paused=True), Limits(10, 20, "none")):
        assert pending(out(), 500, limits) == []
    assert list(decide_pending([out()], None, FLAG, at(500))) == []


def test_only_the_one_side_that_never_came_forfeits_by_itself() -> None:
    def why(**more: Any) -> list[tuple[str | None, tuple[str, ...], str]]:
        return [(s.kind, s.sides, s.why) for s in pending(out(**more), 30, FORFEIT)]

    assert why(absent=("neg",), standing=1) == [("forfeited", ("neg",), "")]
    assert why(absent=("co",), standing=3) == [("overdue", (), "forfeit_needs_marks")]
    assert why(absent=("aff", "neg")) == [("overdue", (), "forfeit_everybody_absent")]
    assert why(standing=2) == [("overdue", (), "forfeit_nobody_absent")]
    assert why(absent=("neg",), standing=1, refused=True) == [("overdue", (), "")]
    assert pending(out(absent=("neg",), standing=1), 12, FORFEIT)[0].kind == "warning"


def test_a_forfeit_that_was_taken_back_is_never_given_again() -> None:
    room = out(absent=("neg",), standing=1, answered={("forfeited", LIMIT)})
    assert pending(room, 30, FORFEIT) == []
    later = Limits(10, 40, "forfeit")
    assert [step.kind for step in pending(room, 50, later)] == ["overdue"]


# --- entries that nobody confirmed -------------------------------------------------------------


def unconfirmed(room: Room, hours: float, **more: Any) -> list[Step]:
    return list(decide_unconfirmed(
        [room], END, 12, more.pop("action", "flag"), END + timedelta(hours=hours), **more))


def test_an_entry_waits_from_when_it_was_entered_and_a_debate_from_its_end() -> None:
    entered = END + timedelta(hours=3)
    room = Room(7, "waits", entered_at=entered)
    assert unconfirmed(room, 14) == []
    assert unconfirmed(room, 15) == [Step(7, "unconfirmed", entered + timedelta(hours=12))]
    assert [step.kind for step in unconfirmed(out(), 12)] == ["unconfirmed"]
    assert unconfirmed(out(), 11.9) == []
    assert unconfirmed(out(), 50, paused=True) == []


def test_what_somebody_entered_is_never_replaced_by_a_forfeit() -> None:
    room = Room(7, "waits", entered_at=END, absent=("neg",), standing=1)
    assert [step.kind for step in unconfirmed(room, 30, action="forfeit")] == ["unconfirmed"]
    left = out(absent=("neg",), standing=1, flags={"overdue": LIMIT})
    (step,) = unconfirmed(left, 30, action="forfeit")
    assert (step.kind, step.sides, step.drops) == (
        "forfeited", ("neg",), frozenset({"overdue"}))


def test_the_flag_of_an_entry_goes_when_it_counts() -> None:
    room = Room(7, "counts", flags={"unconfirmed": LIMIT})
    assert unconfirmed(room, 40) == [Step(7, None, drops=frozenset({"unconfirmed"}))]
