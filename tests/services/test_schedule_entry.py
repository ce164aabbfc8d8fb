"""When a schedule is due, as it is typed: there and back, and what is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.errors import ProblemsFound
from tabapp.jobs.triggers import AroundRound, Cron, Every, Once, Trigger
from tabapp.services.schedule_entry import DAYS, TriggerEntry, entry_of, read_trigger

ZONE = ZoneInfo("Europe/Berlin")
SECONDS = st.sampled_from([10, 45, 60, 90, 300, 3600, 7200, 86_400, 172_800]).map(float)
TRIGGERS = st.one_of(
    SECONDS.map(Every),
    st.builds(
        lambda minute, hour, day: Cron(f"{minute} {hour} * * {day}"),
        st.integers(0, 59), st.integers(0, 23), st.sampled_from(["*", *DAYS])),
    st.integers(0, 59).map(lambda minute: Cron(f"{minute} * * * *")),
    st.builds(AroundRound, st.sampled_from(["start", "end"]),
              st.integers(-90, 90).map(float), st.one_of(st.none(), st.integers(1, 9))),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)).map(
        lambda at: Once(at.replace(second=0, microsecond=0, tzinfo=UTC))),
)


@given(TRIGGERS)
def test_what_a_trigger_says_is_read_as_the_same_trigger(trigger: Trigger) -> None:
    assert read_trigger(entry_of(trigger, UTC), UTC) == trigger


def test_a_cron_line_of_its_own_stays_as_it_is() -> None:
    entry = entry_of(Cron("*/5 9-18 * * mon-fri"), None)
    assert entry.preset == ""
    assert read_trigger(entry, None) == Cron("*/5 9-18 * * mon-fri")


def test_a_single_time_is_in_the_zone_of_the_tournament() -> None:
    found = read_trigger(TriggerEntry("date", at="2026-07-01 14:30"), ZONE)
    assert found == Once(datetime(2026, 7, 1, 12, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("entry", "field"),
    [
        (TriggerEntry(every=""), "every"),
        (TriggerEntry(every="-1"), "every"),
        (TriggerEntry(every="nan"), "every"),
        (TriggerEntry(every="1e300"), "every"),
        (TriggerEntry(every="1", unit="seconds"), "every"),
        (TriggerEntry("cron", time="25:00"), "time"),
        (TriggerEntry("cron", preset="", expression="3 *"), "expression"),
        (TriggerEntry("date", at="tomorrow"), "at"),
        (TriggerEntry("round", minutes="soon"), "minutes"),
        (TriggerEntry("round", anchor="release", side="before"), "minutes"),
    ],
)
def test_what_is_no_time_is_told_at_its_field(entry: TriggerEntry, field: str) -> None:
    with pytest.raises(ProblemsFound) as caught:
        read_trigger(entry, UTC)
    assert [one.where for one in caught.value.problems] == [field]
    assert caught.value.problems[0].message


def test_at_a_moment_needs_no_minutes() -> None:
    entry = replace(TriggerEntry("round"), side="at", minutes="")
    assert read_trigger(entry, None) == AroundRound("start", 0.0)
