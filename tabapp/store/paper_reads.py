"""What score sheets and feedback forms of a round are printed from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from tabapp.domain.types import Role, Side
from tabapp.store import schema
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class PaperPerson:
    """A speaker or a judge as paper may name them."""

    id: int
    name: str
    code_name: str
    barcode: str = ""


@dataclass(frozen=True, slots=True)
class PaperTeam:
    """A team with its speakers in the order of registration.

    ``irons`` are the rounds, this one and the one before, in which somebody spoke twice.
    """

    id: int
    name: str
    code_name: str
    speakers: tuple[PaperPerson, ...]
    irons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperDebate:
    """A debate with all that stands on its sheets; teams in speaking order, judges by seat."""

    id: int
    ref: str
    room: str
    barcode: str
    room_rank: int
    sides_confirmed: bool
    sides: tuple[tuple[Side, PaperTeam], ...]
    panel: tuple[tuple[Role, PaperPerson], ...]


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A question of the feedback forms. ``type`` is as Tabbycat writes it."""

    text: str
    type: str
    from_teams: bool
    from_adjudicators: bool
    required: bool
    min_value: float | None
    max_value: float | None
    choices: tuple[str, ...]


def read_paper_debates(unit: ReadUnit, tournament: int, round_id: int) -> list[PaperDebate]:
    """Return the debates of a round by room rank."""
    debate, venue = schema.debate, schema.venue
    sides, panels = _sides(unit, tournament, round_id), _panels(unit, round_id)
    return [
        PaperDebate(
            row_id, ref, room or "", code, rank, bool(confirmed),
            tuple(sides.get(row_id, ())), tuple(panels.get(row_id, ())))
        for row_id, ref, code, rank, confirmed, room in unit.fetch(
            select(
                debate.c.id, debate.c.ref, debate.c.barcode, debate.c.room_rank,
                debate.c.sides_confirmed, venue.c.name)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(debate.c.round_id == round_id).order_by(debate.c.room_rank, debate.c.id))
    ]


def _sides(
    unit: ReadUnit, tournament: int, round_id: int
) -> Mapping[int, list[tuple[Side, PaperTeam]]]:
    side, team = schema.debate_side, schema.team
    speakers, irons = _speakers(unit, round_id), _irons(unit, tournament, round_id)
    found: dict[int, list[tuple[Side, PaperTeam]]] = defaultdict(list)
    for debate_id, place, team_id, name, code in unit.fetch(
        select(side.c.debate_id, side.c.side, team.c.id, team.c.name, team.c.code_name)
        .join(team, team.c.id == side.c.team_id).where(side.c.round_id == round_id)
    ):
        found[debate_id].append((Side(place), PaperTeam(
            team_id, name, code, tuple(speakers.get(team_id, ())),
            tuple(irons.get(team_id, ())))))
    order = list(Side)
    for seats in found.values():
        seats.sort(key=lambda one: order.index(one[0]))
    return found


def _speakers(unit: ReadUnit, round_id: int) -> Mapping[int, list[PaperPerson]]:
    side, speaker = schema.debate_side, schema.speaker
    found: dict[int, list[PaperPerson]] = defaultdict(list)
    for team, *values in unit.fetch(
        select(
            speaker.c.team_id, speaker.c.id, speaker.c.name, speaker.c.code_name,
            speaker.c.barcode)
        .join(side, side.c.team_id == speaker.c.team_id)
        .where(side.c.round_id == round_id).order_by(speaker.c.id)
    ):
        found[team].append(PaperPerson(*values))
    return found


def _irons(unit: ReadUnit, tournament: int, round_id: int) -> Mapping[int, list[str]]:
    """Return team -> this round and the one before, where somebody of it spoke twice."""
    round_, result = schema.round_, schema.result_team
    seq = unit.scalar(select(round_.c.seq).where(round_.c.id == round_id))
    found: dict[int, list[str]] = defaultdict(list)
    for team, name, number in unit.fetch(
        select(result.c.team_id, round_.c.name, round_.c.seq)
        .join(round_, round_.c.id == result.c.round_id)
        .where(
            round_.c.tournament_id == tournament, round_.c.seq.in_((seq - 1, seq)),
            result.c.has_ghost.is_(True))
        .order_by(round_.c.seq)
    ):
        found[team].append(name or f"Round {number}")
    return found


def _panels(unit: ReadUnit, round_id: int) -> Mapping[int, list[tuple[Role, PaperPerson]]]:
    member, judge = schema.panel_member, schema.adjudicator
    found: dict[int, list[tuple[Role, PaperPerson]]] = defaultdict(list)
    for debate_id, role, *values in unit.fetch(
        select(
            member.c.debate_id, member.c.role, judge.c.id, judge.c.name, judge.c.code_name,
            judge.c.barcode)
        .join(judge, judge.c.id == member.c.adjudicator_id)
        .where(member.c.round_id == round_id).order_by(member.c.id)
    ):
        found[debate_id].append((Role(role), PaperPerson(*values)))
    order = list(Role)
    for members in found.values():
        members.sort(key=lambda one: order.index(one[0]))
    return found


def read_questions(unit: ReadUnit, tournament: int) -> list[PaperQuestion]:
    """Return the questions of the feedback forms in their order."""
    question = schema.question
    return [
        PaperQuestion(
            row.text or row.name, row.type, row.from_teams, row.from_adjudicators, row.required,
            row.min_value, row.max_value, tuple(str(one) for one in row.choices))
        for row in unit.rows(
            select(question).where(question.c.tournament_id == tournament)
            .order_by(question.c.seq, question.c.id))
    ]
