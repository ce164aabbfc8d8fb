"""What is known of one team and of one judge: people, conflicts, results and panels so far."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, select

from tabapp.core.errors import UserError
from tabapp.store import schema
from tabapp.store.people_conflicts import ConflictRow, list_conflicts
from tabapp.store.people_lists import JudgeRow, SpeakerRow, TeamRow, read_lists
from tabapp.store.tournaments import get_tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class TeamRound:
    """A team in one round. ``others`` are the other teams of the room."""

    round: str
    side: str
    room: str
    others: tuple[str, ...]
    points: float | None
    score: float | None


@dataclass(frozen=True, slots=True)
class TeamDetail:
    """A team with all that hangs on it."""

    team: TeamRow
    speakers: tuple[SpeakerRow, ...]
    conflicts: tuple[ConflictRow, ...]
    rounds: tuple[TeamRound, ...]
    side_names: str
    """The setting by which two sides are called."""


@dataclass(frozen=True, slots=True)
class JudgeRound:
    """A judge in one round."""

    round: str
    role: str
    room: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class JudgeDetail:
    """A judge with scores (name of the round or "", score), conflicts and panels."""

    judge: JudgeRow
    scores: tuple[tuple[str, float], ...]
    conflicts: tuple[ConflictRow, ...]
    rounds: tuple[JudgeRound, ...]


def read_team(unit: ReadUnit, tournament_id: int, team_id: int) -> TeamDetail:
    """Read a team; ``UserError`` where it is gone."""
    lists = read_lists(unit, tournament_id)
    found = next((one for one in lists.teams if one.id == team_id), None)
    if found is None:
        raise UserError("person_gone", kind="team")
    return TeamDetail(
        team=found,
        speakers=tuple(one for one in lists.speakers if one.team_id == team_id),
        conflicts=_conflicts(unit, tournament_id, "team", team_id),
        rounds=tuple(_team_rounds(unit, team_id)),
        side_names=get_tournament(unit, tournament_id).settings.side_names,
    )


def read_judge(unit: ReadUnit, tournament_id: int, judge_id: int) -> JudgeDetail:
    """Read a judge; ``UserError`` where it is gone."""
    lists = read_lists(unit, tournament_id)
    found = next((one for one in lists.judges if one.id == judge_id), None)
    if found is None:
        raise UserError("person_gone", kind="judge")
    history, round_ = schema.base_score, schema.round_
    scores = unit.fetch(
        select(round_.c.name, history.c.score)
        .outerjoin(round_, and_(
            round_.c.seq == history.c.round_seq, round_.c.tournament_id == tournament_id))
        .where(history.c.adjudicator_id == judge_id, history.c.score.is_not(None))
        .order_by(history.c.seq)
    )
    return JudgeDetail(
        judge=found, scores=tuple((name or "", score) for name, score in scores),
        conflicts=_conflicts(unit, tournament_id, "adjudicator", judge_id),
        rounds=tuple(_judge_rounds(unit, judge_id)),
    )


def _conflicts(
    unit: ReadUnit, tournament_id: int, kind: str, record: int
) -> tuple[ConflictRow, ...]:
    return tuple(
        one for one in list_conflicts(unit, tournament_id)
        if (one.kind.startswith(kind) and one.one_id == record)
        or (one.kind.endswith(kind) and one.other_id == record)
    )


def _team_rounds(unit: ReadUnit, team_id: int) -> list[TeamRound]:
    side, round_, debate = schema.debate_side, schema.round_, schema.debate
    result, venue = schema.result_team, schema.venue
    found = unit.fetch(
        select(debate.c.id, round_.c.name, side.c.side, venue.c.name, result.c.points,
               result.c.score)
        .join(debate, debate.c.id == side.c.debate_id)
        .join(round_, round_.c.id == side.c.round_id)
        .outerjoin(venue, venue.c.id == debate.c.venue_id)
        .outerjoin(result, and_(
            result.c.debate_id == debate.c.id, result.c.team_id == side.c.team_id))
        .where(side.c.team_id == team_id).order_by(round_.c.seq)
    )
    others = _teams_of(unit, [row[0] for row in found])
    return [
        TeamRound(
            round=row[1], side=row[2], room=row[3] or "",
            others=tuple(name for one, name in others[row[0]] if one != team_id),
            points=row[4], score=row[5],
        )
        for row in found
    ]


def _judge_rounds(unit: ReadUnit, judge_id: int) -> list[JudgeRound]:
    member, round_, debate, venue = (
        schema.panel_member, schema.round_, schema.debate, schema.venue)
    found = unit.fetch(
        select(debate.c.id, round_.c.name, member.c.role, venue.c.name)
        .join(debate, debate.c.id == member.c.debate_id)
        .join(round_, round_.c.id == member.c.round_id)
        .outerjoin(venue, venue.c.id == debate.c.venue_id)
        .where(member.c.adjudicator_id == judge_id).order_by(round_.c.seq)
    )
    teams = _teams_of(unit, [row[0] for row in found])
    return [
        JudgeRound(row[1], row[2], row[3] or "", tuple(name for _id, name in teams[row[0]]))
        for row in found
    ]


def _teams_of(unit: ReadUnit, debates: list[int]) -> dict[int, list[tuple[int, str]]]:
    side, team = schema.debate_side, schema.team
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for debate_id, team_id, name in unit.fetch(
        select(side.c.debate_id, team.c.id, team.c.name)
        .join(team, team.c.id == side.c.team_id)
        .where(side.c.debate_id.in_(debates)).order_by(side.c.id)
    ):
        found[debate_id].append((team_id, name))
    return found
