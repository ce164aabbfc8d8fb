"""When a schedule is due, as plain values that code, database and forms share.

What a trigger means in time is worked out behind ``jobs.scheduler``; this module knows no clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from tabapp.jobs.errors import JobValidationError

SHORTEST_SECONDS = 10.0
"""Schedules of shorter intervals would do nothing but run."""

Anchor = Literal["start", "release", "end"]


@dataclass(frozen=True, slots=True)
class Every:
    """At even intervals, counted from when the clock starts."""

    seconds: float

    def __post_init__(self) -> None:
        if self.seconds < SHORTEST_SECONDS:
            raise JobValidationError(
                "schedule_too_often", seconds=self.seconds, shortest=SHORTEST_SECONDS)


@dataclass(frozen=True, slots=True)
class Cron:
    """By the calendar, in five fields: ``30 3 * * sun``. Days of the week are names.

    In the tournament's time zone, that of the computer for schedules of the whole database.
    """

    expression: str


@dataclass(frozen=True, slots=True)
class Once:
    """One time; ``at`` knows its time zone."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AroundRound:
    """Before (negative ``minutes``), at or after a moment of a round; of each, or of one ``seq``.

    The release happens when it happens: nothing can be due before it.
    """

    anchor: Anchor
    minutes: float = 0.0
    seq: int | None = None

    def __post_init__(self) -> None:
        if self.anchor == "release" and self.minutes < 0:
            raise JobValidationError("schedule_before_release")


Trigger: TypeAlias = Every | Cron | Once | AroundRound

_KINDS: Mapping[str, type[Any]] = {
    "interval": Every, "cron": Cron, "date": Once, "round": AroundRound,
}


def kind_of(trigger: Trigger) -> str:
    """Return the name of a trigger's kind: interval, cron, date or round."""
    return next(name for name, known in _KINDS.items() if isinstance(trigger, known))


def trigger_as_json(trigger: Trigger) -> dict[str, Any]:
    """Return the fields of a trigger as they are stored beside its kind."""
    found = asdict(trigger)
    if isinstance(trigger, Once):
        found["at"] = trigger.at.isoformat()
    return found


def trigger_from_json(kind: str, fields: Mapping[str, Any]) -> Trigger:
    """Return a stored trigger; ``JobValidationError`` for what is none."""
    try:
        given = dict(fields)
        if kind == "date":
            given["at"] = datetime.fromisoformat(given["at"])
            if given["at"].tzinfo is None:
                raise ValueError("a time without a zone")
        made: Trigger = _KINDS[kind](**given)
    except (KeyError, TypeError, ValueError) as error:
        raise JobValidationError("schedule_unreadable", kind=kind) from error
    return made
