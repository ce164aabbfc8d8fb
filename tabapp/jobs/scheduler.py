"""What triggers mean in time, and what wakes the program then: the only door to APScheduler.

APScheduler is loaded when the first cron line is read or the first ``Ticker`` starts, never by
importing this module. All times that come out are in UTC.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import islice, takewhile
from math import floor
from typing import Any
from zoneinfo import ZoneInfoNotFoundError

from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.moments import Anchors, Moment, no_rounds
from tabapp.jobs.triggers import AroundRound, Cron, Every, Once, Trigger, kind_of

log = logging.getLogger(__name__)

INSTANT = timedelta(microseconds=1)

FARTHEST = timedelta(days=366 * 9)
"""A cron line without a time in these years is never due; leap days can be eight years apart."""

NEAR = timedelta(hours=26)
"""Farther than this from a change of the clocks a wall clock is a clock; zones moved by a day."""

LONGEST = timedelta(days=366)
"""Of an interval, or of the distance to a round."""

YEARS = range(1900, 9000)
"""In which every zone can tell the time."""

FIELDS = {
    "minute": "minute", "hour": "hour", "day": "day", "month": "month", "day_of_week": "weekday",
}
"""The fields of a cron line in their order, and what people call them."""

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
"""In the order in which cron counts them; 7 is Sunday too."""

_WEEKDAY = re.compile(r"(\*|[a-z]{3}|[0-7])(?:-([a-z]{3}|[0-7]))?(?:/([1-7]))?")


# --- times -------------------------------------------------------------------------------------


def next_time(
    trigger: Trigger, after: datetime, zone: tzinfo, anchors: Anchors = no_rounds,
    *, counted_from: datetime | None = None,
) -> datetime | None:
    """Return the first time after ``after`` at which a trigger is due; None when never again.

    Cron lines are read in ``zone``: a time that the clocks skip in spring is due once, at the
    instant it would have been; one that they show twice in autumn is due the first time, unless
    the line runs every hour anyway. Intervals are real time, counted from ``counted_from``, else
    from ``after``. ``JobValidationError`` for a line that cannot be read.
    """
    return next(_series(trigger, after, zone, anchors, counted_from), None)


def times(
    trigger: Trigger, start: datetime, end: datetime, zone: tzinfo, anchors: Anchors = no_rounds,
    *, most: int = 500, counted_from: datetime | None = None,
) -> list[datetime]:
    """Return when a trigger is due from ``start`` until before ``end``, at most ``most``."""
    series = _series(trigger, start - INSTANT, zone, anchors, counted_from)
    return list(islice(takewhile(lambda at: at < end, series), most))


def occasions(trigger: AroundRound, anchors: Anchors) -> list[Moment]:
    """Return when it is due around which round, in order of time."""
    shift = timedelta(minutes=trigger.minutes)
    return sorted(
        Moment(one.at.astimezone(UTC) + shift, one.tournament, one.round, one.seq)
        for one in anchors(trigger.anchor) if trigger.seq in (None, one.seq)
    )


def check_readable(trigger: Trigger) -> None:
    """Refuse a trigger that means no time: a bad cron line, an interval of ages, a wrong type."""
    match trigger:
        case Cron(expression=str(line)):
            read_cron(line)
        case Every(seconds=int() | float() as seconds):
            _check_length(seconds)
        case Once(at=datetime() as at):
            if at.year not in YEARS:
                raise JobValidationError("schedule_year", year=at.year)
        case AroundRound(
            anchor="start" | "release" | "end", minutes=int() | float() as minutes,
            seq=None | int(),
        ):
            _check_length(abs(minutes) * 60)
        case _:
            raise JobValidationError("schedule_unreadable", kind=kind_of(trigger))


def _check_length(seconds: float) -> None:
    if not seconds <= LONGEST.total_seconds():
        raise JobValidationError("schedule_too_far", days=LONGEST.days)


def check_trigger(trigger: Trigger, now: datetime) -> None:
    """Refuse a trigger that cannot be read, or is never due after ``now``."""
    check_readable(trigger)
    if isinstance(trigger, Once) and trigger.at <= now:
        raise JobValidationError(
            "schedule_over", at=trigger.at.isoformat(sep=" ", timespec="minutes"))
    if isinstance(trigger, Cron) and next_time(trigger, now, UTC) is None:
        raise JobValidationError("schedule_never", line=trigger.expression)


def local_zone() -> tzinfo:
    """Return the time zone of this computer; UTC where it names none that is known."""
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - 0.1 s, see above

    try:
        found: tzinfo = CronTrigger(minute=0).timezone
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        log.warning("the time zone of this computer is not known: %s", error)
        return UTC
    return found


def _series(
    trigger: Trigger, after: datetime, zone: tzinfo, anchors: Anchors,
    counted_from: datetime | None,
) -> Iterator[datetime]:
    after = after.astimezone(UTC)
    match trigger:
        case Every():
            return _interval(trigger.seconds, after, counted_from or after)
        case Once():
            return iter([trigger.at.astimezone(UTC)] if trigger.at > after else [])
        case AroundRound():
            found = {one.at for one in occasions(trigger, anchors)}
            return iter(sorted(at for at in found if at > after))
        case Cron():
            return _by_calendar(trigger.expression, after, zone)


def _interval(seconds: float, after: datetime, counted_from: datetime) -> Iterator[datetime]:
    done = max(floor((after - counted_from).total_seconds() / seconds), 0)
    at = counted_from.astimezone(UTC) + timedelta(seconds=done * seconds)
    step = timedelta(seconds=seconds)
    while True:
        at += step
        if at > after:
            yield at


# --- the calendar ------------------------------------------------------------------------------


def _by_calendar(line: str, after: datetime, zone: tzinfo) -> Iterator[datetime]:
    fields = read_cron(line)
    return _merged([
        _of_one(one, after, zone, hourly=fields["hour"] == "*") for one in _either_day(fields)])


def _either_day(fields: Mapping[str, str]) -> list[Mapping[str, str]]:
    """Return the lines of which each is due: cron takes day or weekday where both are given."""
    if "*" in (fields["day"], fields["day_of_week"]):
        return [fields]
    return [{**fields, "day": "*"}, {**fields, "day_of_week": "*"}]


def _merged(found: list[Iterator[datetime]]) -> Iterator[datetime]:
    heads = [next(one, None) for one in found]
    while waiting := [at for at in heads if at is not None]:
        first = min(waiting)
        yield first
        heads = [
            next(one, None) if at == first else at for one, at in zip(found, heads, strict=True)]


def _of_one(
    fields: Mapping[str, str], after: datetime, zone: tzinfo, *, hourly: bool
) -> Iterator[datetime]:
    """Yield the instants of one line.

    APScheduler is asked as if the wall clock never changed: in a zone with daylight saving it
    passes over the first hour of the day after a spring change.
    """
    again: list[datetime] = []
    for wall in _walls(fields, after, zone):
        first, second = (
            wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
        if again and first >= again[0]:
            found, again = [*again, first], []
        else:
            found = [first]
        if hourly and second < first:  # spring skips it, and the next hour has it too
            continue
        if hourly and second > first:  # autumn shows it twice
            again.append(second)
        for at in found:
            if at > after:
                yield at
                after = at


def _walls(fields: Mapping[str, str], after: datetime, zone: tzinfo) -> Iterator[datetime]:
    """Yield the times that the wall clock shows, beginning before any change of the clocks."""
    offsets = {(after + shift).astimezone(zone).utcoffset() for shift in (-NEAR, timedelta(), NEAR)}
    begin = after if len(offsets) == 1 else after - NEAR
    wall = begin.astimezone(zone).replace(tzinfo=UTC, fold=0)
    trigger = _trigger(fields, UTC)
    trigger.end_date = wall + FARTHEST
    while (wall := trigger.get_next_fire_time(None, wall + INSTANT)) is not None:
        yield wall.replace(tzinfo=None)


@lru_cache(maxsize=256)
def read_cron(line: str) -> Mapping[str, str]:
    """Return the fields of a cron line; ``JobValidationError`` names the one that is wrong."""
    values = line.lower().split()
    if len(values) != len(FIELDS):
        raise JobValidationError("schedule_cron_fields", line=line.strip(), count=len(values))
    fields = dict(zip(FIELDS, values, strict=True))
    fields["day_of_week"] = _weekdays(fields["day_of_week"])
    for name, value in fields.items():
        try:
            _trigger({name: value}, UTC)
            if any(one.startswith("last") and one != "last" for one in value.split(",")):
                raise ValueError(value)  # APScheduler does not look at what comes after it
        except ValueError as error:
            raise JobValidationError(
                "schedule_cron_field", field=FIELDS[name], value=value) from error
    return fields


def _weekdays(value: str) -> str:
    """Return the names of weekdays, since APScheduler's numbers begin on Monday."""
    if value == "*":
        return value
    days: set[int] = set()
    for part in value.split(","):
        days |= _some_weekdays(part, value)
    return ",".join(WEEKDAYS[day] for day in sorted(days))


def _some_weekdays(part: str, value: str) -> set[int]:
    found = _WEEKDAY.fullmatch(part)
    if found is None:
        raise JobValidationError("schedule_cron_field", field="weekday", value=value)
    first, last, step = found.groups()
    if first == "*":
        begin, end = 0, 6
    else:
        begin = _weekday(first, value)
        end = _weekday(last, value) if last else (6 if step else begin)
    if first == "*" and last:
        raise JobValidationError("schedule_cron_field", field="weekday", value=value)
    if end < begin:  # as in fri-mon
        end += 7
    return {day % 7 for day in range(begin, end + 1, int(step or 1))}


def _weekday(text: str, value: str) -> int:
    if text.isdigit():
        return int(text)
    if text not in WEEKDAYS:
        raise JobValidationError("schedule_cron_field", field="weekday", value=value)
    return WEEKDAYS.index(text)


def _trigger(fields: Mapping[str, str], zone: tzinfo) -> Any:
    from apscheduler.triggers.cron import CronTrigger  # noqa: PLC0415 - 0.1 s, see above

    return CronTrigger(**fields, timezone=zone)


# --- what wakes the program --------------------------------------------------------------------


class Ticker:
    """Calls back in time to look at what is due: every ``seconds``, and at the time that was set.

    ``on_tick`` is called in the scheduler's own thread and only hands over. The waits are
    monotonic and do not count sleep: whoever sees the clock jump calls ``wake``.
    """

    def __init__(self, on_tick: Callable[[], None], seconds: float) -> None:
        self._on_tick = on_tick
        self._seconds = seconds
        self._scheduler: Any = None

    def start(self) -> None:
        """Begin to call."""
        self._scheduler = _background(self._on_tick)
        self._scheduler.start()
        self._every()

    def stop(self) -> None:
        """Call no more."""
        scheduler, self._scheduler = self._scheduler, None
        if scheduler is not None:
            scheduler.shutdown(wait=False)

    def set(self, at: datetime | None) -> None:
        """Call at ``at`` too, instead of at the time that was set before."""
        from apscheduler.triggers.date import DateTrigger  # noqa: PLC0415 - it is loaded by now

        if self._scheduler is None:
            return
        if at is not None:
            self._add("due", DateTrigger(at))
        elif self._scheduler.get_job("due") is not None:
            self._scheduler.remove_job("due")

    def wake(self) -> None:
        """Count the waits anew after the wall clock has jumped."""
        if self._scheduler is not None:
            self._every()

    def _every(self) -> None:
        from apscheduler.triggers.interval import IntervalTrigger  # noqa: PLC0415 - as above

        self._add("look", IntervalTrigger(seconds=self._seconds, timezone=UTC))

    def _add(self, name: str, trigger: object) -> None:
        """Trigger objects, never their names: those need entry points, which builds lack."""
        self._scheduler.add_job(_nothing, trigger, id=name, replace_existing=True)


def _nothing() -> None:
    """What APScheduler believes it runs; the executor hands over instead."""


def _background(on_tick: Callable[[], None]) -> Any:
    from apscheduler.executors.base import BaseExecutor  # noqa: PLC0415 - 0.1 s, see above
    from apscheduler.jobstores.memory import MemoryJobStore  # noqa: PLC0415
    from apscheduler.schedulers.background import BackgroundScheduler  # noqa: PLC0415

    class Handover(BaseExecutor):  # type: ignore[misc] # the library has no types
        """Hands over instead of running anything in a thread of its own."""

        def _do_submit_job(self, job: Any, _run_times: object) -> None:
            try:
                on_tick()
            except Exception as error:
                log.exception("nobody took over that something is due")
                self._run_job_error(job.id, error, error.__traceback__)
            else:
                self._run_job_success(job.id, [])

    logging.getLogger("apscheduler").setLevel(logging.WARNING)  # it tells of every wait
    return BackgroundScheduler(
        executors={"default": Handover()}, jobstores={"default": MemoryJobStore()}, timezone=UTC,
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None})
