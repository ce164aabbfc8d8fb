"""When a round is expected to end, when a ballot is late, and what follows from that.

Times of a schedule are texts of the tournament's own time zone (``14:30``, ``2026-01-31T14:30``);
everything else is an aware time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Literal, get_args

from tabapp.domain.formats import Settings
from tabapp.domain.formats.values import OverdueAction

FlagKind = Literal["warning", "overdue", "unconfirmed", "forfeited"]
Whereabouts = Literal["out", "waits", "counts", "aside"]
"""Of a ballot: it has not come, waits for a second look, counts, or none is expected."""

LONGEST = 10_000
"""Minutes; no deadline of a round is longer."""

_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(:[0-5]\d)?")
_ACTIONS: tuple[str, ...] = get_args(OverdueAction)
_PENDING: tuple[FlagKind, ...] = ("warning", "overdue")


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for the ballots of one round; ``paused``: nothing is done for now."""

    warning_minutes: int
    timeout_minutes: int
    action: OverdueAction
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a look was told to take instead of the tournament's settings; None is nothing."""

    warning_minutes: int | None = None
    timeout_minutes: int | None = None
    action: OverdueAction | None = None


NOTHING_ASKED = Asked()


def limits_of(
    settings: Settings, own: Mapping[str, Any] | None, asked: Asked = NOTHING_ASKED
) -> Limits:
    """Return what holds in a round: its own word, else what was asked, else the settings.

    What cannot be read of the round's own, as in a file of another program, is passed over.
    """
    given = own or {}

    def minutes(name: str, instead: int | None, usual: int) -> int:
        found = given.get(name)
        if isinstance(found, int) and not isinstance(found, bool) and 0 <= found <= LONGEST:
            return found
        return usual if instead is None else instead

    action: OverdueAction = asked.action or settings.ballot_overdue_action
    if given.get("action") in _ACTIONS:
        action = given["action"]
    return Limits(
        warning_minutes=minutes(
            "warning_minutes", asked.warning_minutes, settings.ballot_warning_minutes),
        timeout_minutes=minutes(
            "timeout_minutes", asked.timeout_minutes, settings.ballot_timeout_minutes),
        action=action, paused=given.get("paused") is True,
    )


# --- times -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoundTimes:
    """What is known of a round's times. ``released_at``: when its draw went to the hall.

    ``known_at`` is a moment of about the same day where nobody knows that.
    """

    starts_at: str | None = None
    expected_end: str | None = None
    released_at: datetime | None = None
    known_at: datetime | None = None

    def near(self, now: datetime) -> datetime:
        """Return the moment that tells the day of a time without one."""
        return self.released_at or self.known_at or now

    @property
    def has_day(self) -> bool:
        """Tell whether its times mean the same whenever they are looked at."""
        if self.released_at is not None or self.known_at is not None:
            return True
        said = (self.starts_at or "", self.expected_end or "")
        return not any(_CLOCK.fullmatch(one.strip()) for one in said)


def moment(text: str | None, zone: tzinfo, near: datetime) -> datetime | None:
    """Return the time that a schedule means, in UTC; None for nothing and for what is no time.

    A time of day alone is the one nearest to ``near``. A time that a change of the clocks leaves
    out is taken as though they had not been changed yet, one that comes twice is the first. A day
    alone is no time.
    """
    given = (text or "").strip()
    if found := _CLOCK.fullmatch(given):
        today = near.astimezone(zone).date()
        days = (today + timedelta(days=step) for step in (-1, 0, 1))
        return min(
            (_on(day, int(found[1]), int(found[2]), zone) for day in days),
            key=lambda at: abs(at - near))
    if ":" not in given:
        return None
    try:
        at = datetime.fromisoformat(given)
    except ValueError:
        return None
    if not 1 < at.year < 9999:  # an edge of the calendar has no neighbour in another zone
        return None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(UTC)


def _on(day: date, hour: int, minute: int, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone).astimezone(UTC)


def length(settings: Settings) -> timedelta:
    """Return how long a debate takes, from its first speech to the decision of its judges."""
    speeches = settings.teams_in_debate * settings.substantive_speakers
    replies = settings.teams_in_debate if settings.reply_scores_enabled else 0
    return timedelta(minutes=(
        speeches * settings.speech_minutes + replies * settings.reply_minutes
        + settings.adjudication_minutes))


def start_of(
    times: RoundTimes, settings: Settings, zone: tzinfo, now: datetime
) -> datetime | None:
    """Return when the debates of a round begin; None where nothing tells.

    That is its start, or the release of its draw where that came later. Without a start it is the
    release and the time of preparation, which by its setting lies before a start.
    """
    start = moment(times.starts_at, zone, times.near(now))
    if start is None:
        if times.released_at is None:
            return None
        return times.released_at + timedelta(minutes=max(0, settings.preparation_time))
    return start if times.released_at is None else max(start, times.released_at)


def end_of(
    times: RoundTimes, settings: Settings, zone: tzinfo, now: datetime
) -> datetime | None:
    """Return when a round is expected to end: as it says, else its start and its speeches."""
    start = start_of(times, settings, zone, now)
    said = moment(times.expected_end, zone, start or times.near(now))
    if said is not None:
        if start is not None and said < start and _CLOCK.fullmatch(
                (times.expected_end or "").strip()):
            said = moment(times.expected_end, zone, start + timedelta(hours=12)) or said
        return said
    return None if start is None else start + length(settings)


def is_late(end: datetime | None, limits: Limits, now: datetime) -> FlagKind | None:
    """Return whether a ballot that is out now is overdue, or nearly so."""
    if end is None or limits.paused or limits.action == "none":
        return None
    limit = end + timedelta(minutes=limits.timeout_minutes)
    if now >= limit:
        return "overdue"
    return "warning" if now >= limit - timedelta(minutes=limits.warning_minutes) else None


# --- decisions ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Room:
    """A debate as a look finds it.

    ``flags`` maps kinds to the limits that were passed; ``answered`` are the kinds with the
    limits that a person has taken off. ``absent`` are the sides of whom nobody checked in;
    ``standing`` counts the others. ``refused``: a forfeit was tried, and the rules of ballots
    refused it.
    """

    debate: int
    where: Whereabouts
    entered_at: datetime | None = None
    flags: Mapping[FlagKind, datetime] = field(default_factory=dict)
    answered: Collection[tuple[FlagKind, datetime]] = ()
    absent: tuple[str, ...] = ()
    standing: int = 0
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one debate.

    ``kind`` is the flag that it gets, None for none; ``drops`` are the flags that it loses.
    ``sides`` forfeit, and ``instead`` is the flag where the rules refuse that. ``why`` is the code
    of why nobody forfeits although that was asked for.
    """

    debate: int
    kind: FlagKind | None
    limit: datetime | None = None
    drops: frozenset[FlagKind] = frozenset()
    sides: tuple[str, ...] = ()
    instead: FlagKind = "overdue"
    why: str = ""


def decide_pending(
    rooms: Iterable[Room], end: datetime | None, limits: Limits, now: datetime
) -> Iterator[Step]:
    """Yield what is to be done about the ballots of a round that have not come.

    Nothing happens twice: not what was done, nor what a person took back, until its limit is
    another one. A paused round is left as it is, but for ballots that have come.
    """
    for room in rooms:
        present = {kind for kind in room.flags if kind in _PENDING}
        if room.where != "out":
            yield from _clear(room, present)
            continue
        if limits.paused:
            continue
        late = is_late(end, limits, now)
        if late is None or end is None:
            yield from _clear(room, present)
            continue
        limit = end + timedelta(minutes=limits.timeout_minutes)
        yield from _raise(room, late, limit, present, limits.action)


def decide_unconfirmed(
    rooms: Iterable[Room], end: datetime | None, hours: float, action: OverdueAction,
    now: datetime, *, paused: bool = False,
) -> Iterator[Step]:
    """Yield what is to be done about entries that nobody confirmed, and debates that go on.

    What somebody entered is never replaced by a forfeit.
    """
    for room in rooms:
        present: set[FlagKind] = {kind for kind in room.flags if kind == "unconfirmed"}
        since = room.entered_at if room.where == "waits" else end
        if room.where in ("counts", "aside"):
            yield from _clear(room, present)
            continue
        if paused:
            continue
        if since is None or action == "none" or now < since + timedelta(hours=hours):
            yield from _clear(room, present)
            continue
        limit = since + timedelta(hours=hours)
        if room.where == "waits":
            yield from _raise(room, "unconfirmed", limit, present, "flag")
        else:
            yield from _raise(room, "unconfirmed", limit, present, action)


def _clear(room: Room, kinds: Collection[FlagKind]) -> Iterator[Step]:
    if kinds:
        yield Step(room.debate, None, drops=frozenset(kinds))


def _raise(
    room: Room, kind: FlagKind, limit: datetime, present: Collection[FlagKind],
    action: OverdueAction,
) -> Iterator[Step]:
    """Yield the flag, or the forfeit where one was asked for and can be given.

    Who took a forfeit back is never overruled, whatever the next limit is.
    """
    if {(kind, limit), ("forfeited", limit)} & set(room.answered):
        return
    why = ""
    taken_back = any(one == "forfeited" for one, _limit in room.answered)
    if action == "forfeit" and kind != "warning" and not (taken_back or room.refused):
        why = why_no_forfeit(room)
        if not why:
            drops = frozenset(room.flags)
            yield Step(room.debate, "forfeited", limit, drops, room.absent, kind)
            return
    if kind not in room.flags:
        yield Step(room.debate, kind, limit, frozenset(present), why=why)


def why_no_forfeit(room: Room) -> str:
    """Return the code of why nobody forfeits by itself, "" where somebody does.

    One side alone may be left: two that debated need marks that no clock can give.
    """
    if not room.absent:
        return "forfeit_nobody_absent"
    if room.standing == 0:
        return "forfeit_everybody_absent"
    return "" if room.standing == 1 else "forfeit_needs_marks"
