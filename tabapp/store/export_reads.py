"""What exports tell beside the tables of results: debates with what came of them, and people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from tabapp.domain.archive import Ballot
from tabapp.domain.types import Role, Side
from tabapp.store import schema
from tabapp.store.ballot_rows import read_ballots
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class SpokenSpeech:
    """A speech on the confirmed ballot."""

    position: int
    speaker: str
    score: float | None
    reply: bool


@dataclass(frozen=True, slots=True)
class Stood:
    """A team in a debate with what it made of it; None where no ballot is confirmed."""

    side: Side
    team: str
    rank: int | None
    points: float | None
    win: bool | None
    score: float | None
    votes_given: float | None
    votes_possible: float | None
    forfeit: bool
    has_result: bool
    speeches: tuple[SpokenSpeech, ...]


@dataclass(frozen=True, slots=True)
class PlayedDebate:
    """A debate of a round; everybody by archive id, judges by their seats."""

    id: int
    ref: str
    round_id: int
    status: str
    bracket: float | None
    room_rank: int
    venue: str
    sides: tuple[Stood, ...]
    panel: tuple[tuple[str, Role], ...]


def read_played(
    unit: ReadUnit, round_ids: Sequence[int], *, speeches: bool = True
) -> list[PlayedDebate]:
    """Return the debates of these rounds by round and room rank."""
    debate, venue = schema.debate, schema.venue
    panels, stood = _panels(unit, round_ids), _stood(unit, round_ids, speeches=speeches)
    places, seats = list(Side), list(Role)
    rows = [
        PlayedDebate(
            id=row_id, ref=ref, round_id=round_id, status=status, bracket=bracket,
            room_rank=room_rank, venue=room or "",
            sides=tuple(sorted(stood[row_id], key=lambda one: places.index(one.side))),
            panel=tuple(sorted(panels[row_id], key=lambda seat: seats.index(seat[1]))))
        for part in chunks(round_ids)
        for row_id, ref, round_id, status, bracket, room_rank, room in unit.fetch(
            select(
                debate.c.id, debate.c.ref, debate.c.round_id, debate.c.status, debate.c.bracket,
                debate.c.room_rank, venue.c.name)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(debate.c.round_id.in_(part))
            .order_by(debate.c.room_rank, debate.c.id))
    ]
    order = {one: i for i, one in enumerate(round_ids)}
    return sorted(rows, key=lambda one: order[one.round_id])


def _panels(
    unit: ReadUnit, round_ids: Sequence[int]
) -> Mapping[int, list[tuple[str, Role]]]:
    member, judge = schema.panel_member, schema.adjudicator
    found: dict[int, list[tuple[str, Role]]] = defaultdict(list)
    for part in chunks(round_ids):
        for debate_id, role, ref in unit.fetch(
            select(member.c.debate_id, member.c.role, judge.c.ref)
            .join(judge, judge.c.id == member.c.adjudicator_id)
            .where(member.c.round_id.in_(part)).order_by(member.c.id)
        ):
            found[debate_id].append((ref, Role(role)))
    return found


def _stood(
    unit: ReadUnit, round_ids: Sequence[int], *, speeches: bool
) -> Mapping[int, list[Stood]]:
    side, team, result = schema.debate_side, schema.team, schema.result_team
    spoken = _speeches(unit, round_ids) if speeches else {}
    found: dict[int, list[Stood]] = defaultdict(list)
    for part in chunks(round_ids):
        for debate_id, place, team_id, ref, known, *values, forfeit in unit.fetch(
            select(
                side.c.debate_id, side.c.side, team.c.id, team.c.ref, result.c.team_id,
                result.c.rank, result.c.points, result.c.win, result.c.score,
                result.c.votes_given, result.c.votes_possible, result.c.forfeit)
            .join(team, team.c.id == side.c.team_id)
            .outerjoin(result, (result.c.debate_id == side.c.debate_id)
                       & (result.c.team_id == side.c.team_id))
            .where(side.c.round_id.in_(part)).order_by(side.c.id)
        ):
            rank, points, win, score, given, possible = values
            found[debate_id].append(Stood(
                side=Side(place), team=ref, rank=rank, points=points,
                win=None if win is None else bool(win), score=score, votes_given=given,
                votes_possible=possible, forfeit=bool(forfeit), has_result=known is not None,
                speeches=tuple(spoken.get((debate_id, team_id), ()))))
    return found


def _speeches(
    unit: ReadUnit, round_ids: Sequence[int]
) -> dict[tuple[int, int], list[SpokenSpeech]]:
    speech, speaker = schema.result_speech, schema.speaker
    found: dict[tuple[int, int], list[SpokenSpeech]] = defaultdict(list)
    for part in chunks(round_ids):
        for debate_id, team_id, position, ref, score, reply in unit.fetch(
            select(
                speech.c.debate_id, speech.c.team_id, speech.c.position, speaker.c.ref,
                speech.c.score, speech.c.reply)
            .join(speaker, speaker.c.id == speech.c.speaker_id)
            .where(speech.c.round_id.in_(part)).order_by(speech.c.position)
        ):
            found[debate_id, team_id].append(SpokenSpeech(position, ref, score, bool(reply)))
    return found


def confirmed_ballots(
    unit: ReadUnit, tournament_id: int, round_ids: Collection[int]
) -> dict[int, Ballot]:
    """Return the confirmed ballot of each debate of these rounds, by the debate's row id."""
    return {
        debate_id: ballots[-1]
        for debate_id, ballots in all_ballots(unit, tournament_id, round_ids, "confirmed").items()}


def all_ballots(
    unit: ReadUnit, tournament_id: int, round_ids: Collection[int], *statuses: str
) -> dict[int, list[Ballot]]:
    """Return the ballots of these rounds by version, by the debate's row id.

    Only those with one of ``statuses``, where any is named.
    """
    refs = Refs.load(unit, tournament_id, "speaker", "adjudicator", "motion", "criterion")
    where: ColumnElement[bool] = schema.debate.c.round_id.in_(round_ids)
    if statuses:
        where = where & schema.ballot.c.status.in_(statuses)
    return {
        debate_id: [one for _id, one in ballots]
        for debate_id, ballots in read_ballots(unit, refs, where).items()}


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """A speaker or a judge as a list of participants has them; ``home`` is a team or a house."""

    ref: str
    name: str
    code_name: str
    email: str
    phone: str
    gender: str
    pronoun: str
    anonymous: bool
    home: str | None
    trainee: bool = False
    independent: bool = False
    adj_core: bool = False
    breaking: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ListedTeam:
    """A team as a list of participants has it."""

    ref: str
    name: str
    code_name: str
    institution: str
    type: str
    withdrawn: bool


_PERSON = ("ref", "name", "code_name", "email", "phone", "gender", "pronoun", "anonymous")
_JUDGE = ("trainee", "independent", "adj_core", "breaking", "withdrawn")


def read_listed_teams(unit: ReadUnit, tournament_id: int) -> list[ListedTeam]:
    """Return all teams in the order in which they were entered."""
    team, house = schema.team, schema.institution
    return [
        ListedTeam(ref, name, code, home or "", kind, bool(withdrawn))
        for ref, name, code, home, kind, withdrawn in unit.fetch(
            select(
                team.c.ref, team.c.name, team.c.code_name, house.c.name, team.c.type,
                team.c.withdrawn)
            .outerjoin(house, house.c.id == team.c.institution_id)
            .where(team.c.tournament_id == tournament_id).order_by(team.c.id))
    ]


def read_listed_speakers(unit: ReadUnit, tournament_id: int) -> list[ListedPerson]:
    """Return all speakers; ``home`` is the archive id of the team."""
    speaker, team = schema.speaker, schema.team
    return [
        _person(row) for row in unit.rows(
            select(*(speaker.c[name] for name in _PERSON), team.c.ref.label("home"))
            .outerjoin(team, team.c.id == speaker.c.team_id)
            .where(speaker.c.tournament_id == tournament_id).order_by(speaker.c.id))
    ]


def read_listed_judges(unit: ReadUnit, tournament_id: int) -> list[ListedPerson]:
    """Return all judges; ``home`` is the name of the institution."""
    judge, house = schema.adjudicator, schema.institution
    return [
        _person(row) for row in unit.rows(
            select(*(judge.c[name] for name in (*_PERSON, *_JUDGE)), house.c.name.label("home"))
            .outerjoin(house, house.c.id == judge.c.institution_id)
            .where(judge.c.tournament_id == tournament_id).order_by(judge.c.id))
    ]


def _person(row: Any) -> ListedPerson:
    return ListedPerson(**row._mapping)


def category_limits(unit: ReadUnit, tournament_id: int) -> dict[str, dict[str, int]]:
    """Return break_category or speaker_category -> slug -> rows on its public tab, 0 for all."""
    return {
        table.name: dict(unit.fetch(
            select(table.c.slug, table.c.limit).where(table.c.tournament_id == tournament_id)))
        for table in (schema.break_category, schema.speaker_category)
    }
