"""What the pane of schedules reads: all of them, and the next seven days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tabapp.gui.pages.jobs.lanes import FREQUENT, lanes
from tabapp.gui.pages.jobs.parameter_form import Things, read_things
from tabapp.gui.pages.jobs.schedules.rows import ahead_rows, schedule_row
from tabapp.gui.pages.jobs.timeline import Lane, Span
from tabapp.gui.pages.jobs.words import day_in_words
from tabapp.gui.tables.cells import Row
from tabapp.gui.tables.order import known_again
from tabapp.jobs.registry import Registry
from tabapp.services.clockwork import ClockState, Clockwork
from tabapp.services.schedules import ScheduleRow, fires, read_schedules
from tabapp.store.unit import ReadUnit

DAYS = 7
LANES = 6
_LISTED = 60
"""Coming runs that the list has room for."""


@dataclass(frozen=True, slots=True)
class SchedulesView:
    """Every schedule with its row, the week as lanes and as rows, and how the clock stands."""

    now: datetime
    schedules: dict[str, ScheduleRow]
    rows: list[Row]
    span: Span
    lanes: list[Lane]
    ahead: list[Row]
    clock: ClockState | None
    things: Things


@dataclass(frozen=True, slots=True)
class Where:
    """What a reading is of: the tournament on the screen and its round, and the rows of before."""

    tournament: int
    round_id: int | None
    known: Sequence[Row]
    known_ahead: Sequence[Row]


def read_view(
    unit: ReadUnit, registry: Registry, clockwork: Clockwork | None, now: datetime, where: Where
) -> SchedulesView:
    """Read everything that the pane shows."""
    found = read_schedules(unit, registry, now)
    week = week_from(now)
    due = fires(unit, found, now, week.end, most=FREQUENT)
    often = {name for name, n in Counter(fire.name for fire in due).items() if n >= FREQUENT}
    seldom = [fire for fire in due if fire.name not in often][:_LISTED]
    return SchedulesView(
        now, {row.name: row for row in found},
        known_again((schedule_row(row, now) for row in found), where.known), week,
        lanes(found, due, most=LANES, banded=True),
        known_again(ahead_rows(seldom, now), where.known_ahead),
        clockwork.state if clockwork is not None else None,
        read_things(unit, where.tournament, where.round_id))


def week_from(now: datetime) -> Span:
    """Return seven days from the beginning of this one, each with its name below."""
    first = now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    days = [(first + timedelta(days=n)).astimezone() for n in range(DAYS + 1)]
    return Span(
        days[0], days[-1], tuple((day, day_in_words(day, now)) for day in days[:-1]), between=True)


def zone_of(name: str) -> tzinfo | None:
    """Return a time zone by its name; None, which is the computer's, for one nobody knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return None
