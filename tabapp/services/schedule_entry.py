"""When a schedule is due, as somebody types it, and back: what a form and a pasted line share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from math import isfinite

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.jobs.triggers import Anchor, AroundRound, Cron, Every, Once, Trigger

UNITS: Mapping[str, int] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_TIME = re.compile(r"([01]?\d|2[0-3])[:.]?([0-5]\d)")
_DAILY = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* \*")
_WEEKLY = re.compile(r"(\d{1,2}) (\d{1,2}) \* \* (mon|tue|wed|thu|fri|sat|sun)")
_HOURLY = re.compile(r"(\d{1,2}) \* \* \* \*")
_MOST = 10**7


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """What stands in the fields. ``kind``: interval, cron, date or round.

    ``preset`` of a cron line is daily, weekly, hourly, or "" for its own five fields.
    ``side`` is before, at or after; ``seq`` is a round's number, None for each.
    """

    kind: str = "interval"
    every: str = "10"
    unit: str = "minutes"
    preset: str = "daily"
    time: str = "03:00"
    day: str = "sun"
    expression: str = "0 3 * * *"
    at: str = ""
    side: str = "before"
    minutes: str = "5"
    anchor: Anchor = "start"
    seq: int | None = None


def entry_of(trigger: Trigger | None, zone: tzinfo | None) -> TriggerEntry:
    """Return a trigger as it stands in the fields; single times in ``zone``."""
    match trigger:
        case Every(seconds):
            unit = next(
                one for one in reversed(tuple(UNITS))
                if seconds % UNITS[one] == 0 or one == "seconds")
            return TriggerEntry("interval", f"{seconds / UNITS[unit]:g}", unit)
        case Cron(expression):
            return _cron_entry(expression)
        case Once(at):
            return TriggerEntry("date", at=f"{at.astimezone(zone):%Y-%m-%d %H:%M}")
        case AroundRound(anchor, minutes, seq):
            side = "before" if minutes < 0 else "after" if minutes else "at"
            return TriggerEntry(
                "round", side=side, minutes=f"{abs(minutes) or 5:g}", anchor=anchor, seq=seq)
        case _:
            return TriggerEntry()


def _cron_entry(expression: str) -> TriggerEntry:
    entry = TriggerEntry("cron", preset="", expression=expression)
    line = " ".join(expression.lower().split())
    if found := _WEEKLY.fullmatch(line):
        return replace(entry, preset="weekly", time=_clock(found[2], found[1]), day=found[3])
    if found := _DAILY.fullmatch(line):
        return replace(entry, preset="daily", time=_clock(found[2], found[1]))
    if found := _HOURLY.fullmatch(line):
        return replace(entry, preset="hourly", time=_clock("0", found[1]))
    return entry


def _clock(hour: str, minute: str) -> str:
    return f"{int(hour):02}:{int(minute):02}"


def expression_of(entry: TriggerEntry) -> str:
    """Return the five fields that a preset stands for; ``UserError`` for what is no time."""
    if not entry.preset:
        return entry.expression.strip()
    found = _TIME.fullmatch(entry.time.strip())
    if found is None:
        raise UserError("schedule_entry_time", value=entry.time.strip())
    hour, minute = int(found[1]), int(found[2])
    if entry.preset == "hourly":
        return f"{minute} * * * *"
    return f"{minute} {hour} * * {entry.day if entry.preset == 'weekly' else '*'}"


def read_trigger(entry: TriggerEntry, zone: tzinfo | None) -> Trigger:
    """Return what the fields say; ``ProblemsFound`` names the field that is wrong."""
    try:
        match entry.kind:
            case "interval":
                field = "every"
                return Every(_number(entry.every) * UNITS[entry.unit])
            case "cron":
                field = "time" if entry.preset else "expression"
                line = expression_of(entry)
                if len(line.split()) != 5:
                    raise UserError("schedule_entry_fields", value=line)
                return Cron(line)
            case "date":
                field = "at"
                return Once(_moment(entry.at, zone))
            case _:
                field = "minutes"
                sign = {"before": -1, "after": 1}.get(entry.side, 0)
                minutes = _number(entry.minutes) * sign if sign else 0.0
                return AroundRound(entry.anchor, minutes, entry.seq)
    except UserError as error:
        raise ProblemsFound([Problem("error", field, error.code, error.message)]) from error


def _number(text: str) -> float:
    try:
        found = float(text.strip().replace(",", "."))
    except ValueError:
        found = -1.0
    if not isfinite(found) or not 0 < found <= _MOST:
        raise UserError("schedule_entry_number", value=text.strip())
    return found


def _moment(text: str, zone: tzinfo | None) -> datetime:
    try:
        found = datetime.fromisoformat(text.strip())
        found = found.replace(tzinfo=zone) if zone is not None and found.tzinfo is None else found
        return found.astimezone(zone)
    except (ValueError, OverflowError) as error:
        raise UserError("schedule_entry_date", value=text.strip()) from error
