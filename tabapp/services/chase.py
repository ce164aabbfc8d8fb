"""Chasing ballots: how late they are, who runs for which rooms, and how they came in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tabapp.core.errors import UserError
from tabapp.domain.public import sort_key
from tabapp.services.ballot_desk import Desk, DeskRoom
from tabapp.services.round_moments import end_of
from tabapp.store.check_in_rows import receipts_of_round
from tabapp.store.deadline_reads import TimedRound, timed_rounds
from tabapp.store.pace_rows import pace_of_round
from tabapp.store.runner_rows import RunnerRow, read_runner_rows, set_runner_rows
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "Pace", "Progress", "Runner", "RunnerRow", "age", "desk_runners", "give_runners",
    "minutes_late", "read_progress", "read_runners", "runners_of",
]
LONGEST_NAME = 70
"""Letters of a runner's name, as of a person's."""


def minutes_late(room: DeskRoom, end: datetime | None, now: datetime) -> int | None:
    """Return the whole minutes since a round should have ended whose paper is out.

    None before that, where nothing tells the end, and for a paper that is here.
    """
    if end is None or now < end or not room.is_out:
        return None
    return age(end, now)


def age(since: datetime, now: datetime) -> int:
    """Return whole minutes, never below nought: clocks are set back."""
    return max(0, int((now - since) / timedelta(minutes=1)))


# --- runners -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Runner:
    """One runner at a round. ``late`` counts those of the rooms that are out whose limit is near
    or passed.
    """

    name: str
    rooms: int
    out: int
    late: int


def runners_of(rooms: Iterable[DeskRoom]) -> tuple[Runner, ...]:
    """Return the runners of a round by name; "" is nobody, and comes last."""
    found: dict[str, list[DeskRoom]] = {}
    for room in rooms:
        if room.state != "bye":
            found.setdefault(room.row.runner, []).append(room)
    return tuple(
        Runner(
            name, len(mine), sum(one.is_out for one in mine),
            sum(one.flag is not None and one.is_out for one in mine))
        for name, mine in sorted(found.items(), key=lambda one: (not one[0], sort_key(one[0])))
    )


def desk_runners(desk: Desk) -> tuple[Runner, ...]:
    """Return the runners of the round on the screen; none where nobody runs for any room."""
    found = runners_of(desk.rooms)
    return found if any(one.name for one in found) else ()


def read_runners(unit: ReadUnit, tournament: int) -> list[RunnerRow]:
    """Return the rooms of a tournament with their runners, by name."""
    return sorted(read_runner_rows(unit, tournament), key=lambda one: sort_key(one.name))


def give_runners(unit: WriteUnit, tournament: int, runners: Mapping[int, str]) -> int:
    """Give rooms, by row id, their runners ("" for none); return how many rooms changed."""
    rows = {one.id: one for one in read_runner_rows(unit, tournament)}
    wanted = {room: " ".join(name.split()) for room, name in runners.items()}
    longest = max(map(len, wanted.values()), default=0)
    if longest > LONGEST_NAME:
        raise UserError("runner_too_long", length=longest, limit=LONGEST_NAME)
    if not wanted.keys() <= rows.keys():
        raise UserError("runner_room_gone")
    changed = {room: name for room, name in wanted.items() if rows[room].runner != name}
    set_runner_rows(unit, changed)
    given = sorted(set(changed.values()), key=sort_key)
    rooms = "1 room" if len(changed) == 1 else f"{len(changed)} rooms"
    unit.describe(subject=rooms, new=", ".join(filter(None, given)) or "nobody")
    return len(changed)


# --- how they came in --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pace:
    """When the ballots of a round came, in minutes since it should have ended, rising.

    Minutes are below nought for what came before. ``received``: when a room was seen at the desk
    first, by its paper or its entry. Only what the journal has.
    """

    round: str
    rooms: int
    received: tuple[float, ...] = ()
    entered: tuple[float, ...] = ()
    confirmed: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """A round's pace beside that of the round before. ``start`` is minute nought.

    ``is_end``: that is the expected end, else the first ballot, since nothing tells an end.
    """

    here: Pace
    start: datetime
    is_end: bool
    before: Pace | None = None


def read_progress(
    unit: ReadUnit, tournament: int, round_id: int, now: datetime
) -> Progress | None:
    """Return how the ballots of a round came in; None where it is not out or nothing came yet."""
    settings = get_tournament(unit, tournament).settings
    rounds = timed_rounds(unit, tournament)
    at = next((i for i, one in enumerate(rounds) if one.id == round_id), None)
    if at is None or rounds[at].status != "released":
        return None
    here = _times(unit, rounds[at])
    start = end_of(rounds[at], settings, now)
    first = here.first
    if first is None:
        return None
    before = None
    for one in reversed(rounds[:at]):
        past = _times(unit, one) if one.status == "released" else None
        if past is not None and past.first is not None and past.is_one_go:
            then = end_of(one, settings, now)
            same = start is not None and then is not None
            before = past.pace(then if same and then is not None else past.first)
            break
    return Progress(here.pace(start or first), start or first, start is not None, before)


_ONE_GO = timedelta(hours=6)
"""The ballots of a round that was played came within this time; an import's came at once."""


@dataclass(frozen=True, slots=True)
class _Times:
    round: str
    rooms: int
    received: Sequence[datetime]
    entered: Sequence[datetime]
    confirmed: Sequence[datetime]

    @property
    def first(self) -> datetime | None:
        """Return when anything happened first."""
        return min((*self.received, *self.entered, *self.confirmed), default=None)

    @property
    def is_one_go(self) -> bool:
        """Claim that the ballots came one after the other, on one occasion."""
        times = sorted(self.confirmed)
        return len(times) > 1 and timedelta(0) < times[-1] - times[0] < _ONE_GO

    def pace(self, start: datetime) -> Pace:
        """Return the same in minutes since ``start``."""
        received, entered, confirmed = (
            tuple(sorted((at - start) / timedelta(minutes=1) for at in times))
            for times in (self.received, self.entered, self.confirmed))
        return Pace(self.round, self.rooms, received, entered, confirmed)


def _times(unit: ReadUnit, one: TimedRound) -> _Times:
    rows = {row.debate_id: row for row in pace_of_round(unit, one.id)}
    papers = receipts_of_round(unit, one.id)
    here = {debate: papers[debate].at for debate in papers.keys() & rows.keys()}
    seen = [
        min(filter(None, (here.get(debate), row.entered)), default=None)
        for debate, row in rows.items()]
    return _Times(
        one.title, len(rows), [at for at in seen if at is not None],
        [row.entered for row in rows.values() if row.entered is not None],
        [row.confirmed for row in rows.values() if row.confirmed is not None])
