"""What deadlines are worked out from: rounds that wait for ballots, their rooms, who is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, or_, select, true

from tabapp.domain.types import Side
from tabapp.store.desk_reads import read_times
from tabapp.store.schema import (
    action,
    ballot,
    change,
    check_in,
    debate,
    debate_side,
    round_,
    speaker,
    team,
    tournament,
    venue,
)
from tabapp.store.times import readable
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class TimedRound:
    """A round with all that its deadlines follow from. ``own`` is its own word about them.

    ``released_by`` released its draw. ``known_at`` is when the file came to hold a draw that is
    out, if it did not see the release.
    """

    id: int
    tournament_id: int
    timezone: str
    seq: int
    name: str
    status: str
    completed: bool
    starts_at: str | None
    expected_end: str | None
    own: Mapping[str, Any] | None
    released_at: datetime | None
    released_by: str
    known_at: datetime | None

    @property
    def title(self) -> str:
        """Its name, else its number."""
        return self.name or f"Round {self.seq}"

    @property
    def waits(self) -> bool:
        """Claim that ballots are expected: the hall has the draw, and it is not completed."""
        return self.status == "released" and not self.completed


@dataclass(frozen=True, slots=True)
class TimedRoom:
    """A debate and where its ballot is; ``entered_at`` of the entry that waits."""

    id: int
    round_id: int
    ref: str
    name: str
    status: str
    is_bye: bool
    waiting: bool
    confirmed: bool
    entered_at: datetime | None


def timed_rounds(unit: ReadUnit, tournament_id: int) -> list[TimedRound]:
    """Return the rounds of a tournament by sequence."""
    return _rounds(unit, round_.c.tournament_id == tournament_id)


def all_timed_rounds(unit: ReadUnit) -> list[TimedRound]:
    """Return the rounds of all tournaments by tournament and sequence."""
    return _rounds(unit, true())


def timed_round(unit: ReadUnit, round_id: int) -> TimedRound | None:
    """Return one round, None where it is gone."""
    return next(iter(_rounds(unit, round_.c.id == round_id)), None)


def _rounds(unit: ReadUnit, where: ColumnElement[bool]) -> list[TimedRound]:
    rows = unit.rows(
        select(
            round_.c.id, round_.c.tournament_id, tournament.c.timezone, round_.c.seq,
            round_.c.name, round_.c.status, round_.c.completed, round_.c.starts_at,
            round_.c.expected_end, round_.c.deadlines)
        .join(tournament, tournament.c.id == round_.c.tournament_id)
        .where(where).order_by(round_.c.tournament_id, round_.c.seq))
    released = _releases(unit, [row.id for row in rows if row.status == "released"])
    return [_timed(row, released.get(row.id, _Released())) for row in rows]


def _timed(row: Row[Any], release: _Released) -> TimedRound:
    return TimedRound(
        id=row.id, tournament_id=row.tournament_id, timezone=row.timezone, seq=row.seq,
        name=row.name, status=row.status, completed=row.completed, starts_at=row.starts_at,
        expected_end=row.expected_end, own=row.deadlines, released_at=release.at,
        released_by=release.by, known_at=release.known_at)


@dataclass(frozen=True, slots=True)
class _Released:
    """When a draw was released last, and when the file came to hold it so; None for unknown."""

    at: datetime | None = None
    by: str = ""
    known_at: datetime | None = None


def _releases(unit: ReadUnit, round_ids: Sequence[int]) -> dict[int, _Released]:
    """Return round -> its release, as far as the journal knows.

    What an import brought was released some other time, on about that day.
    """
    found: dict[int, _Released] = {}
    for part in chunks(round_ids):
        for row_id, inserted, at, by in unit.fetch(_released(part)):
            when = readable(at)
            found[row_id] = (
                _Released(known_at=when) if inserted else _Released(when, by, when))
    return found


def _released(round_ids: Sequence[int]) -> Select[Any]:
    inserted = change.c.before.is_(None)
    return (
        select(change.c.row_id, inserted, action.c.at, action.c.actor)
        .join(action, action.c.id == change.c.action_id)
        .where(
            change.c.table_name == round_.name, change.c.row_id.in_(round_ids),
            or_(inserted, change.c.before["status"].as_string() != "released"),
            change.c.after["status"].as_string() == "released",
            action.c.undone_by_id.is_(None), action.c.undoes_id.is_(None))
        .order_by(action.c.id))


def timed_rooms(unit: ReadUnit, round_ids: Sequence[int]) -> list[TimedRoom]:
    """Return the debates of rounds with where their ballots are."""
    if not round_ids:
        return []
    here = debate.c.round_id.in_(round_ids)
    states: dict[int, dict[str, int]] = defaultdict(dict)
    for debate_id, ballot_id, status in unit.fetch(
        select(ballot.c.debate_id, ballot.c.id, ballot.c.status)
        .join(debate, debate.c.id == ballot.c.debate_id)
        .where(here, or_(ballot.c.status == "draft", ballot.c.status == "confirmed"))
        .order_by(ballot.c.version)
    ):
        states[debate_id].setdefault(status, ballot_id)
    byes = {row for (row,) in unit.fetch(
        select(debate_side.c.debate_id)
        .where(debate_side.c.round_id.in_(round_ids), debate_side.c.side == Side.BYE.value))}
    times = read_times(unit, [one["draft"] for one in states.values() if "draft" in one])
    return [
        TimedRoom(
            row.id, row.round_id, row.ref, row.venue or row.ref, row.status,
            is_bye=row.id in byes, waiting="draft" in states[row.id],
            confirmed="confirmed" in states[row.id],
            entered_at=times.get(states[row.id].get("draft", 0), (None, None))[0])
        for row in unit.rows(
            select(
                debate.c.id, debate.c.round_id, debate.c.ref, debate.c.status,
                venue.c.name.label("venue"))
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(here).order_by(debate.c.round_id, debate.c.room_rank, debate.c.id))
    ]


def last_check_ins(unit: ReadUnit, tournament_id: int) -> dict[str, datetime]:
    """Return speaker -> when he or she checked in last; nobody where check-ins are not used."""
    found: dict[str, datetime] = {}
    for subject, at in unit.fetch(
        select(check_in.c.subject, check_in.c.at)
        .where(
            check_in.c.tournament_id == tournament_id, check_in.c.kind == "speaker",
            check_in.c.undone.is_(False))
        .order_by(check_in.c.at)
    ):
        if (when := readable(at)) is not None:
            found[subject] = when
    return found


def line_ups(
    unit: ReadUnit, debate_ids: Sequence[int]
) -> dict[int, dict[str, tuple[str, ...]]]:
    """Return debate -> side -> the speakers of its team, by archive id."""
    found: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for debate_id, side, ref in unit.fetch(
        select(debate_side.c.debate_id, debate_side.c.side, speaker.c.ref)
        .join(team, team.c.id == debate_side.c.team_id)
        .outerjoin(speaker, speaker.c.team_id == team.c.id)
        .where(debate_side.c.debate_id.in_(debate_ids))
        .order_by(debate_side.c.id, speaker.c.id)
    ):
        found[debate_id].setdefault(side, ())
        if ref is not None:
            found[debate_id][side] += (ref,)
    return dict(found)


def team_names(unit: ReadUnit, debate_id: int) -> dict[str, str]:
    """Return side -> name of the team of one debate."""
    return dict(unit.fetch(
        select(debate_side.c.side, team.c.name).join(team, team.c.id == debate_side.c.team_id)
        .where(debate_side.c.debate_id == debate_id)))
