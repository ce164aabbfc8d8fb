"""How a room of the list says its state: an icon, a word, and since when; never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tabapp.domain.deadlines import FlagKind
from tabapp.gui import names
from tabapp.gui.messages import count, tr
from tabapp.services.ballot_desk import DeskRoom
from tabapp.services.chase import Runner, age, minutes_late

_LOOKS: dict[str, tuple[str, str, str]] = {
    "out": ("timer", "text2", "Out"),
    "draft": ("pencil", "attention", "Draft"),
    "received": ("inbox", "text", "Received"),
    "check": ("list-checks", "accent", "To check"),
    "differs": ("circle-alert", "problem", "Differs"),
    "confirmed": ("check", "done", "Confirmed"),
    "postponed": ("pause", "text3", "Postponed"),
    "bye": ("minus", "text3", "Bye"),
}
_FLAGS: dict[FlagKind, tuple[str, str, str]] = {
    "warning": ("timer", "attention", "Due soon"),
    "overdue": ("triangle-alert", "problem", "Overdue"),
    "unconfirmed": ("hourglass", "problem", "Waits too long"),
    "forfeited": ("ban", "attention", "Forfeited"),
}
_HOURS_FROM, _DAYS_FROM = 100, 48 * 60
"""Minutes from which hours, and days, say it better."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a row shows: an icon with a word in one colour, and small words below.

    ``badge``: the word stands on a ground of its own, since somebody has to run.
    """

    icon: str
    token: str
    word: str
    aside: str = ""
    badge: bool = False


def minutes_words(minutes: int) -> str:
    """Return so many minutes, in hours or days where there are many."""
    if minutes < _HOURS_FROM:
        return tr("{n} min", n=minutes)
    if minutes < _DAYS_FROM:
        return tr("{n} h", n=minutes // 60)
    return count(minutes // (24 * 60), "day", "days")


def look_of(room: DeskRoom, end: datetime | None = None, now: datetime | None = None) -> Look:
    """Return how a room looks at a moment of a round that should have ended at ``end``."""
    icon, token, word = _LOOKS[room.state]
    time = f"{room.at.astimezone():%H:%M}" if room.at else ""
    late = minutes_late(room, end, now) if now is not None else None
    if room.flag is not None:
        icon, token, flagged = _FLAGS[room.flag.kind]
        if room.state != "draft":
            if late is not None and room.flag.kind != "unconfirmed":
                return Look(
                    "timer", token, tr("{time} late", time=minutes_words(late)), badge=True)
            limit = f"{room.flag.since.astimezone():%H:%M}"
            return Look(icon, token, tr(flagged), time if room.state == "confirmed" else limit)
    if room.state == "draft":
        return Look(icon, token, tr(word), ", ".join(room.by))
    if room.state in ("received", "check", "differs") and room.at is not None and now is not None:
        minutes = age(room.at, now)
        return Look(icon, token, tr(word), minutes_words(minutes) if minutes else tr("just now"))
    if late is not None:
        return Look(icon, token, tr(word), minutes_words(late))
    return Look(icon, token, tr(word), time)


def status_words(
    room: DeskRoom, end: datetime | None = None, now: datetime | None = None
) -> tuple[str, str]:
    """Return the word of a room's state, and since when or by whom."""
    look = look_of(room, end, now)
    return look.word, look.aside


def below_words(room: DeskRoom, *, grouped: bool = False) -> str:
    """Return the second line of a row: who fetches a paper that is out, and who chairs.

    ``grouped``: the runner stands above the group already.
    """
    if room.state == "bye":
        return tr("No debate this round")
    chair = tr("Chair {name}", name=room.chair) if room.chair else tr("No judges")
    if room.row.runner and room.is_out and not grouped:
        return f"{room.row.runner}  ·  {chair}"
    return chair


def runner_words(one: Runner) -> str:
    """Return a runner with what is to be fetched: "Mia: 3 out, 1 late"."""
    name = names.isolate(one.name) if one.name else tr("Nobody")
    if not one.out:
        return tr("{name}: nothing out", name=name)
    if not one.late:
        return tr("{name}: {n} out", name=name, n=one.out)
    return tr("{name}: {n} out, {m} late", name=name, n=one.out, m=one.late)


def matches(rooms: Sequence[DeskRoom], text: str) -> list[DeskRoom]:
    """Return the rooms that ``text`` may mean, the best first: room, number, team, judge, runner.
    """
    wanted = names.fold(text.strip())
    if not wanted:
        return list(rooms)
    found = []
    for i, room in enumerate(rooms):
        own = names.fold(room.name)
        others = [
            *(names.fold(name) for _side, name in room.row.teams),
            *(names.fold(name) for name, _role in room.row.panel), names.fold(room.row.runner)]
        if wanted in (own, names.fold(room.row.ref), names.fold(room.row.barcode)):
            found.append((0, i, room))
        elif own.startswith(wanted):
            found.append((1, i, room))
        elif wanted in own:
            found.append((2, i, room))
        elif any(one.startswith(wanted) for one in others):
            found.append((3, i, room))
        elif any(wanted in one for one in others):
            found.append((4, i, room))
    return [room for _rank, _i, room in sorted(found, key=lambda one: one[:2])]
