"""When a schedule is due, in the words of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabapp.core.errors import UserError
from tabapp.jobs import scheduler
from tabapp.jobs.triggers import AroundRound, Cron, Every, Once, Trigger

DAYS = {
    "mon": "Mondays", "tue": "Tuesdays", "wed": "Wednesdays", "thu": "Thursdays",
    "fri": "Fridays", "sat": "Saturdays", "sun": "Sundays",
}
WEEKDAYS = {"mon", "tue", "wed", "thu", "fri"}
ANCHORS = {"start": "the start", "release": "the release", "end": "the expected end"}
UNITS = (("hour", 3600), ("minute", 60), ("second", 1))


def trigger_in_words(trigger: Trigger | None) -> str:
    """Return when a schedule is due: every 5 minutes, Sundays at 03:30, 5 minutes before …

    >>> trigger_in_words(Cron("30 3 * * sun")), trigger_in_words(Every(300))
    ('Sundays at 03:30', 'every 5 minutes')
    >>> trigger_in_words(AroundRound("start", -5))
    '5 minutes before the start of each round'
    """
    match trigger:
        case None:
            return "at no time"
        case Every():
            return f"every {_length(trigger.seconds)}"
        case Once():
            at = trigger.at
            return f"once on {at.day} {at:%B} {at.year} at {at:%H:%M} {at.tzname() or ''}".rstrip()
        case AroundRound():
            which = "each round" if trigger.seq is None else f"round {trigger.seq}"
            return f"{_distance(trigger.minutes)} {ANCHORS[trigger.anchor]} of {which}"
        case Cron():
            return _calendar(trigger.expression)


def _length(seconds: float) -> str:
    """Return a length in the largest unit in which it is whole."""
    name, size = next(
        ((name, size) for name, size in UNITS if seconds % size == 0), ("second", 1))
    count = seconds / size
    return name if count == 1 else f"{count:g} {name}s"


def _distance(minutes: float) -> str:
    if not minutes:
        return "at"
    count = abs(minutes)
    unit = "minute" if count == 1 else "minutes"
    return f"{count:g} {unit} {'before' if minutes < 0 else 'after'}"


def _calendar(line: str) -> str:
    try:
        fields = scheduler.read_cron(line)
    except UserError:
        return f"by the calendar: {line}"
    minute, hour = fields["minute"], fields["hour"]
    days = _days(fields)
    if days is None or not (minute.isdecimal() or hour == "*"):
        return f"by the calendar: {line}"
    if minute.isdecimal() and hour.isdecimal():
        return f"{days or 'daily'} at {int(hour):02}:{int(minute):02}"
    if hour != "*" or days:
        return f"by the calendar: {line}"
    return _within_the_hour(minute) or f"by the calendar: {line}"


def _within_the_hour(minute: str) -> str:
    if minute.isdecimal():
        past = int(minute)
        return f"every hour, {_length(past * 60)} past" if past else "every hour, on the hour"
    if minute == "*":
        return "every minute"
    step = minute.removeprefix("*/")
    return f"every {step} minutes" if step.isdecimal() and 60 % int(step) == 0 else ""


def _days(fields: Mapping[str, str]) -> str | None:
    """Return the days of a cron line, "" for each day, None where that is hard to say."""
    day, month, weekday = fields["day"], fields["month"], fields["day_of_week"]
    if month != "*" or "*" not in (day, weekday):
        return None
    if day != "*":
        return f"on day {day} of each month" if day.isdecimal() else None
    if weekday == "*":
        return ""
    named = weekday.split(",")
    if set(named) == WEEKDAYS:
        return "on weekdays"
    return _listed([name for key, name in DAYS.items() if key in named])


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
