"""When rounds begin, end and were released, also as the moments by which schedules go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tabapp.domain import deadlines
from tabapp.domain.deadlines import RoundTimes
from tabapp.domain.formats import Settings
from tabapp.jobs.moments import Anchors, Moment
from tabapp.jobs.triggers import Anchor
from tabapp.store.deadline_reads import TimedRound


def zone_of(name: str) -> tzinfo:
    """Return a time zone by its name, UTC for one that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def times_of(round_: TimedRound) -> RoundTimes:
    """Return what is known of a round's times."""
    return RoundTimes(
        round_.starts_at, round_.expected_end, round_.released_at, round_.known_at)


def start_of(round_: TimedRound, settings: Settings, now: datetime) -> datetime | None:
    """Return when the debates of a round begin."""
    return deadlines.start_of(times_of(round_), settings, zone_of(round_.timezone), now)


def end_of(round_: TimedRound, settings: Settings, now: datetime) -> datetime | None:
    """Return when a round is expected to end."""
    return deadlines.end_of(times_of(round_), settings, zone_of(round_.timezone), now)


def anchors_of(
    rounds: Iterable[TimedRound], settings: Mapping[int, Settings], now: datetime
) -> Anchors:
    """Return the anchors of the rounds of some tournaments, as they stand at ``now``.

    ``settings`` are those tournaments with what holds in each. A completed round has no start and
    no end where its times lack a day that nobody knows any more.
    """
    mine = [one for one in rounds if one.tournament_id in settings]

    def find(anchor: Anchor) -> Iterator[Moment]:
        for one in mine:
            at = _anchor(one, anchor, settings[one.tournament_id], now)
            if at is not None:
                yield Moment(at, one.tournament_id, one.id, one.seq)

    return find


def _anchor(
    one: TimedRound, anchor: Anchor, settings: Settings, now: datetime
) -> datetime | None:
    if anchor == "release":
        return one.released_at
    times = times_of(one)
    if one.completed and not times.has_day:
        return None
    if anchor == "end":
        return end_of(one, settings, now)
    return deadlines.moment(one.starts_at, zone_of(one.timezone), times.near(now))
