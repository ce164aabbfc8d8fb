"""Every schedule that comes with the program, on a fake clock over both changes of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tabapp.app import job_registry
from tabapp.jobs.due import Plan, due
from tabapp.jobs.triggers import Cron, Every

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
HOUR = 3600

INTERVALS = {
    "standings.recalculate_active": HOUR, "ballots.check_pending": 60,
    "ballots.check_unconfirmed": 60, "maintenance.health_check": 300,
}
BY_CALENDAR = {
    "recommendations.refresh_all": "daily 02:00", "maintenance.cleanup": "Sun 03:30",
    "maintenance.optimize": "nightly", "achievements.check_all_active": "nightly",
}
SPRING = {BERLIN: datetime(2026, 3, 29, tzinfo=BERLIN), NEW_YORK: datetime(2026, 3, 8,
                                                                           tzinfo=NEW_YORK)}
AUTUMN = {BERLIN: datetime(2026, 10, 25, tzinfo=BERLIN), NEW_YORK: datetime(2026, 11, 1,
                                                                            tzinfo=NEW_YORK)}


def runs_of(plan: Plan, start: datetime, end: datetime) -> list[datetime]:
    """Run a schedule on a fake clock that goes from one time to the next; return when it ran."""
    now, last, found = start, {plan.name: start}, []
    while now < end:
        look = due([plan], last, now)
        last.update(look.begun)
        for one in look.due:
            last[one.name] = one.last
            found.append(now)
        assert look.next_at is not None
        assert look.next_at > now
        now = look.next_at
    return found


def test_every_schedule_of_the_code_has_its_times_in_these_tests() -> None:
    known = {spec.name for spec in job_registry() if spec.schedule is not None}
    assert known == INTERVALS.keys() | BY_CALENDAR.keys()


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK], ids=str)
@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("name", sorted(INTERVALS))
def test_an_interval_of_the_catalogue_keeps_its_length_over_a_change_of_the_clocks(
    name: str, change: dict[ZoneInfo, datetime], zone: ZoneInfo
) -> None:
    trigger = job_registry().get(name).schedule
    assert trigger == Every(INTERVALS[name])
    start = change[zone].astimezone(UTC)
    found = runs_of(Plan(name, trigger, zone), start, start + timedelta(hours=8))
    assert found == [
        start + timedelta(seconds=INTERVALS[name] * n)
        for n in range(1, 8 * HOUR // INTERVALS[name])]


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK], ids=str)
@pytest.mark.parametrize("change", [SPRING, AUTUMN], ids=["spring", "autumn"])
@pytest.mark.parametrize("name", sorted(BY_CALENDAR))
def test_a_calendar_schedule_of_the_catalogue_runs_once_on_its_days(
    name: str, change: dict[ZoneInfo, datetime], zone: ZoneInfo
) -> None:
    trigger = job_registry().get(name).schedule
    assert isinstance(trigger, Cron)
    sunday = change[zone]
    start, end = (sunday + timedelta(days=n) for n in (-7, 8))
    found = [one.astimezone(zone) for one in runs_of(Plan(name, trigger, zone), start, end)]
    weekly = BY_CALENDAR[name].startswith("Sun")
    days = [sunday.date() + timedelta(days=n) for n in ((-7, 0, 7) if weekly else range(-7, 8))]
    assert [one.date() for one in found] == days
    shown = {f"{one:%H:%M}" for one in found if one.date() != sunday.date()}
    if BY_CALENDAR[name] == "nightly":
        assert len(shown) == 1
        assert "00:00" < min(shown) < "06:00"
    else:
        assert shown == {BY_CALENDAR[name][-5:]}
