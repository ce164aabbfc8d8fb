"""What the ballot desk shows: the rooms of a round with their ballots, and the head of one form."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select

from tabapp.domain.types import Role, Side
from tabapp.store.schema import (
    action,
    adjudicator,
    ballot,
    change,
    debate,
    debate_side,
    institution,
    motion,
    panel_member,
    result_speech,
    round_,
    round_motion,
    speaker,
    team,
    venue,
)
from tabapp.store.times import readable
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class RoundHead:
    """A round as the desk names it. ``paused``: nothing is done about its late ballots."""

    id: int
    seq: int
    name: str
    status: str
    completed: bool
    paused: bool = False


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version of a ballot without its sheet. ``entered_at``, ``moved_at``: by the journal."""

    id: int
    version: int
    status: str
    entered_by: str
    confirmed_by: str
    reason: str
    entered_at: datetime | None
    moved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A debate with everything by which somebody may look for it; teams in speaking order.

    ``teams`` by name, ``sides`` by archive id.
    """

    id: int
    ref: str
    status: str
    sides_confirmed: bool
    room: str
    barcode: str
    rank: int
    teams: tuple[tuple[Side, str], ...]
    panel: tuple[tuple[str, Role], ...]
    versions: tuple[VersionRow, ...]
    sides: tuple[tuple[str, str], ...]
    runner: str = ""
    """Who fetches the ballots of its room."""


@dataclass(frozen=True, slots=True)
class FormHead:
    """What a form shows besides its context. ``means``: speaker's row id -> mean mark so far.

    Silent rounds are left out: what looks unusual beside them would give them away at the desk.
    """

    round: RoundHead
    room: RoomRow
    institutions: dict[Side, str]
    motions: tuple[tuple[str, str], ...]
    means: dict[int, float]


def read_round_head(unit: ReadUnit, round_id: int) -> RoundHead | None:
    """Return a round, None where it is gone."""
    row = unit.one(
        select(
            round_.c.id, round_.c.seq, round_.c.name, round_.c.status, round_.c.completed,
            round_.c.deadlines)
        .where(round_.c.id == round_id))
    return None if row is None else RoundHead(
        row.id, row.seq, row.name, row.status, row.completed,
        paused=(row.deadlines or {}).get("paused") is True)


def read_rooms(unit: ReadUnit, round_id: int) -> list[RoomRow]:
    """Return the debates of a round by room rank."""
    return _rooms(unit, debate.c.round_id == round_id)


def _rooms(unit: ReadUnit, where: ColumnElement[bool]) -> list[RoomRow]:
    teams: dict[int, list[tuple[Side, str, str]]] = defaultdict(list)
    for debate_id, side, name, ref in unit.fetch(
        select(debate_side.c.debate_id, debate_side.c.side, team.c.name, team.c.ref)
        .join(team, team.c.id == debate_side.c.team_id)
        .join(debate, debate.c.id == debate_side.c.debate_id).where(where)
    ):
        teams[debate_id].append((Side(side), name, ref))
    order = list(Side)
    for seats in teams.values():
        seats.sort(key=lambda one: order.index(one[0]))
    panels = _panels(unit, where)
    versions = _versions(unit, where)
    return [
        RoomRow(
            id=row.id, ref=row.ref, status=row.status, sides_confirmed=row.sides_confirmed,
            room=row.venue or "", barcode=row.barcode, rank=row.room_rank,
            teams=tuple((side, name) for side, name, _ref in teams[row.id]),
            panel=tuple(panels[row.id]), versions=tuple(versions.get(row.id, ())),
            sides=tuple((side.value, ref) for side, _name, ref in teams[row.id]),
            runner=row.runner or "",
        )
        for row in unit.rows(
            select(
                debate.c.id, debate.c.ref, debate.c.status, debate.c.sides_confirmed,
                debate.c.barcode, debate.c.room_rank, venue.c.name.label("venue"),
                venue.c.runner,
            )
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(where).order_by(debate.c.room_rank, debate.c.id)
        )
    ]


def _panels(
    unit: ReadUnit, where: ColumnElement[bool]
) -> dict[int, list[tuple[str, Role]]]:
    found: dict[int, list[tuple[str, Role]]] = defaultdict(list)
    order = list(Role)
    for debate_id, name, role in unit.fetch(
        select(panel_member.c.debate_id, adjudicator.c.name, panel_member.c.role)
        .join(adjudicator, adjudicator.c.id == panel_member.c.adjudicator_id)
        .join(debate, debate.c.id == panel_member.c.debate_id)
        .where(where).order_by(panel_member.c.id)
    ):
        found[debate_id].append((name, Role(role)))
    for members in found.values():
        members.sort(key=lambda one: order.index(one[1]))
    return found


def _versions(unit: ReadUnit, where: ColumnElement[bool]) -> dict[int, list[VersionRow]]:
    rows = unit.fetch(
        select(
            ballot.c.debate_id, ballot.c.id, ballot.c.version, ballot.c.status,
            ballot.c.entered_by, ballot.c.confirmed_by, ballot.c.reason,
        )
        .join(debate, debate.c.id == ballot.c.debate_id)
        .where(where).order_by(ballot.c.debate_id, ballot.c.version))
    times = read_times(unit, [row[1] for row in rows])
    found: dict[int, list[VersionRow]] = defaultdict(list)
    for debate_id, row_id, version, status, entered_by, confirmed_by, reason in rows:
        entered_at, moved_at = times.get(row_id, (None, None))
        found[debate_id].append(VersionRow(
            row_id, version, status, entered_by, confirmed_by, reason, entered_at, moved_at))
    return found


def read_times(
    unit: ReadUnit, ballots: Sequence[int]
) -> dict[int, tuple[datetime | None, datetime | None]]:
    """Return ballot -> when it was entered and when it was changed last, as the journal knows."""
    found: dict[int, tuple[datetime | None, datetime | None]] = {}
    for part in chunks(ballots):
        for row_id, first, last in unit.fetch(
            select(change.c.row_id, func.min(action.c.at), func.max(action.c.at))
            .join(action, action.c.id == change.c.action_id)
            .where(change.c.table_name == ballot.name, change.c.row_id.in_(part))
            .group_by(change.c.row_id)
        ):
            found[row_id] = (readable(first), readable(last))
    return found


def read_form_head(
    unit: ReadUnit, debate_id: int, round_id: int, speakers: Sequence[int]
) -> FormHead | None:
    """Return what the form of a debate shows; None where the debate is gone."""
    rooms = _rooms(unit, debate.c.id == debate_id)
    head = read_round_head(unit, round_id)
    if not rooms or head is None:
        return None
    institutions = {
        Side(side): name for side, name in unit.fetch(
            select(debate_side.c.side, institution.c.name)
            .join(team, team.c.id == debate_side.c.team_id)
            .join(institution, institution.c.id == team.c.institution_id)
            .where(debate_side.c.debate_id == debate_id))
    }
    motions = unit.fetch(
        select(motion.c.ref, motion.c.text)
        .join(round_motion, round_motion.c.motion_id == motion.c.id)
        .where(round_motion.c.round_id == round_id).order_by(round_motion.c.seq))
    means = unit.fetch(
        select(result_speech.c.speaker_id, func.avg(result_speech.c.score))
        .join(round_, round_.c.id == result_speech.c.round_id)
        .where(
            round_.c.silent.is_(False),
            result_speech.c.speaker_id.in_(speakers), result_speech.c.debate_id != debate_id,
            result_speech.c.ghost.is_(False), result_speech.c.reply.is_(False),
            result_speech.c.score.is_not(None))
        .group_by(result_speech.c.speaker_id))
    return FormHead(
        round=head, room=rooms[0], institutions=institutions,
        motions=tuple((ref, text) for ref, text in motions),
        means={row_id: float(mean) for row_id, mean in means})


def read_room(unit: ReadUnit, debate_id: int) -> tuple[int, RoomRow] | None:
    """Return one debate with the row id of its round; None where it is gone."""
    found = unit.scalar(select(debate.c.round_id).where(debate.c.id == debate_id))
    return None if found is None else (found, _rooms(unit, debate.c.id == debate_id)[0])


def papers_missing(unit: ReadUnit, round_id: int) -> set[int]:
    """Return the debates of a round that owe a ballot of which nothing was entered."""
    entered = exists().where(
        ballot.c.debate_id == debate.c.id, ballot.c.status.in_(("draft", "confirmed")))
    bye = exists().where(
        debate_side.c.debate_id == debate.c.id, debate_side.c.side == Side.BYE.value)
    return {row for (row,) in unit.fetch(
        select(debate.c.id).where(
            debate.c.round_id == round_id, debate.c.status != "postponed", ~entered, ~bye))}


def read_ref(unit: ReadUnit, debate_id: int) -> str | None:
    """Return the archive id of a debate, None where it is gone."""
    found: str | None = unit.scalar(select(debate.c.ref).where(debate.c.id == debate_id))
    return found


def read_speakers(unit: ReadUnit, tournament_id: int) -> list[tuple[str, str]]:
    """Return archive id and name of every speaker, by name."""
    return [(ref, name) for ref, name in unit.fetch(
        select(speaker.c.ref, speaker.c.name)
        .where(speaker.c.tournament_id == tournament_id).order_by(speaker.c.name))]
