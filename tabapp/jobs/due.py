"""What is due now: a pure function of the schedules, of what was due last, and of the time.

Also the comparison of the two clocks, by which sleep and a clock that was set are seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from tabapp.core.clock import Clock
from tabapp.jobs import scheduler
from tabapp.jobs.moments import Anchors, Moment, no_rounds
from tabapp.jobs.triggers import AroundRound, Every, Once, Trigger

SET_BACK = timedelta(seconds=60)
"""A last time that lies farther ahead than this is from before the clock was set back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One schedule as the clock sees it. ``anchors`` gives the rounds that it goes by."""

    name: str
    trigger: Trigger
    zone: tzinfo
    paused: bool = False
    anchors: Anchors = no_rounds


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule whose time has come, however often it was missed.

    ``at`` is the first time that was missed. ``last`` is to be kept as its last time: nothing
    until then is due again. ``moments`` are the rounds for which it is due, if it goes by them.
    """

    name: str
    at: datetime
    last: datetime
    paused: bool
    moments: tuple[Moment, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What one look found. ``begun`` are the times from which schedules are counted anew.

    ``next_at`` is when something will be due next, None when nobody knows.
    """

    due: tuple[Due, ...]
    begun: Mapping[str, datetime]
    next_at: datetime | None


def due(plans: Iterable[Plan], last: Mapping[str, datetime], now: datetime) -> Look:
    """Return what is due at ``now``; ``last`` is when each schedule was due before.

    Runs that were missed, by sleep or because no program was open, are one. A schedule that was
    never seen begins now. Where the last time lies ahead, the clock was set back: all but single
    dates are counted from now, so that nothing stays silent until the old time comes again.
    """
    found: list[Due] = []
    begun: dict[str, datetime] = {}
    coming: list[datetime] = []
    for plan in plans:
        since = last.get(plan.name)
        if since is None or _is_from_before(plan.trigger, since, now):
            since = begun[plan.name] = now
        at = next_time(plan, since)
        if at is not None and at <= now:
            one = _due(plan, at, since, now)
            found.append(one)
            at = next_time(plan, one.last)
        if at is not None and not plan.paused:
            coming.append(at)
    return Look(tuple(found), begun, min(coming, default=None))


def next_time(plan: Plan, since: datetime) -> datetime | None:
    """Return when a plan is due that was due last at ``since``."""
    return scheduler.next_time(
        plan.trigger, since, plan.zone, plan.anchors, counted_from=since)


def _is_from_before(trigger: Trigger, since: datetime, now: datetime) -> bool:
    return not isinstance(trigger, Once) and since - now > SET_BACK


def _due(plan: Plan, at: datetime, since: datetime, now: datetime) -> Due:
    trigger = plan.trigger
    match trigger:
        case Every():
            seconds = trigger.seconds
            missed = (now - at).total_seconds() // seconds
            return Due(plan.name, at, at + timedelta(seconds=missed * seconds), plan.paused)
        case Once():
            return Due(plan.name, at, at, plan.paused)
        case AroundRound():
            moments = tuple(
                one for one in scheduler.occasions(trigger, plan.anchors) if since < one.at <= now)
            return Due(plan.name, at, now, plan.paused, moments)
    return Due(plan.name, at, now, plan.paused)


class JumpWatch:
    """Compares the wall clock with the one that only moves forward."""

    def __init__(self, clock: Clock, tolerance: float = 5.0) -> None:
        self._clock = clock
        self._tolerance = tolerance
        self._seen = (clock.now(), clock.monotonic())

    def look(self) -> float:
        """Return by how many seconds the wall clock has jumped since the last look; 0 if not.

        Back is negative. A computer that slept looks like a jump forward where its monotonic
        clock does not count sleep.
        """
        now, passed = self._clock.now(), self._clock.monotonic()
        before, began = self._seen
        self._seen = (now, passed)
        jump = (now - before).total_seconds() - (passed - began)
        return jump if abs(jump) > self._tolerance else 0.0
