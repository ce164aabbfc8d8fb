"""What suggestions are made from: marks, results, feedback, who is registered, what is seated."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from tabapp.domain.attention import (
    JudgeRecord,
    Mark,
    Person,
    Registered,
    TeamRecord,
    TeamResult,
)
from tabapp.store import schema
from tabapp.store.judge_reads import counted_feedback
from tabapp.store.unit import ReadUnit


def read_marks(unit: ReadUnit, tournament_id: int) -> list[Mark]:
    """Return the mark of every speech on a confirmed ballot."""
    speech, debate, round_ = schema.result_speech, schema.debate, schema.round_
    side, ballot = schema.debate_side, schema.ballot
    team, speaker, venue = schema.team, schema.speaker, schema.venue
    return [
        Mark(
            ref, version, seq, name or f"Round {seq}", at, team_ref, short or team_name, position,
            speaker_ref, speaker_name, score, room or "", bool(ghost), bool(reply))
        for (
            ref, version, seq, name, at, team_ref, short, team_name, position, speaker_ref,
            speaker_name, score, room, ghost, reply,
        ) in unit.fetch(
            select(
                debate.c.ref, ballot.c.version, round_.c.seq, round_.c.name, side.c.side,
                team.c.ref, team.c.short_name, team.c.name, speech.c.position, speaker.c.ref,
                speaker.c.name, speech.c.score, venue.c.name, speech.c.ghost, speech.c.reply,
            )
            .select_from(speech)
            .join(debate, debate.c.id == speech.c.debate_id)
            .join(round_, round_.c.id == debate.c.round_id)
            .join(ballot, and_(
                ballot.c.debate_id == debate.c.id, ballot.c.status == "confirmed"))
            .join(side, and_(
                side.c.debate_id == debate.c.id, side.c.team_id == speech.c.team_id))
            .join(team, team.c.id == speech.c.team_id)
            .join(speaker, speaker.c.id == speech.c.speaker_id)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(debate.c.tournament_id == tournament_id, speech.c.score.is_not(None))
            .order_by(round_.c.seq, debate.c.id, side.c.id, speech.c.position))
    ]


def read_team_results(unit: ReadUnit, tournament_id: int) -> list[TeamResult]:
    """Return what every team got where points and a score are known."""
    result, debate, round_ = schema.result_team, schema.debate, schema.round_
    ballot, team, venue = schema.ballot, schema.team, schema.venue
    return [
        TeamResult(
            ref, version, name or f"Round {seq}", side, team_ref, short or team_name, points,
            score, room or "", votes is not None and 0 < votes < possible)
        for (
            ref, version, seq, name, side, team_ref, short, team_name, points, score, room,
            votes, possible,
        ) in unit.fetch(
            select(
                debate.c.ref, ballot.c.version, round_.c.seq, round_.c.name, result.c.side,
                team.c.ref, team.c.short_name, team.c.name, result.c.points, result.c.score,
                venue.c.name, result.c.votes_given, result.c.votes_possible,
            )
            .select_from(result)
            .join(debate, debate.c.id == result.c.debate_id)
            .join(round_, round_.c.id == debate.c.round_id)
            .join(ballot, and_(
                ballot.c.debate_id == debate.c.id, ballot.c.status == "confirmed"))
            .join(team, team.c.id == result.c.team_id)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(
                debate.c.tournament_id == tournament_id, ~result.c.forfeit,
                result.c.points.is_not(None), result.c.score.is_not(None))
            .order_by(debate.c.id, result.c.team_id))
    ]


def read_judges(unit: ReadUnit, tournament_id: int) -> list[JudgeRecord]:
    """Return the judges who take part with the feedback that counts."""
    judge, told = schema.adjudicator, counted_feedback(unit, tournament_id)
    return [
        JudgeRecord(ref, name, base, tuple(told.get(row_id, ())))
        for row_id, ref, name, base in unit.fetch(
            select(judge.c.id, judge.c.ref, judge.c.name, judge.c.base_score)
            .where(judge.c.tournament_id == tournament_id, ~judge.c.withdrawn)
            .order_by(judge.c.id))
    ]


def read_registered(
    unit: ReadUnit, tournament_id: int, speakers_wanted: int, unset: float
) -> Registered:
    """Return everybody who takes part; a judge's score that is ``unset`` nobody gave.

    Trainees do not vote, so they need none."""
    team, home, speaker = schema.team, schema.institution, schema.speaker
    judge = schema.adjudicator
    speakers = unit.fetch(
        select(speaker.c.ref, speaker.c.name, team.c.id, team.c.name, speaker.c.email)
        .outerjoin(team, team.c.id == speaker.c.team_id)
        .where(speaker.c.tournament_id == tournament_id,
               func.coalesce(team.c.withdrawn, False).is_(False))
        .order_by(speaker.c.id))
    members: dict[int | None, int] = {}
    for row in speakers:
        members[row[2]] = members.get(row[2], 0) + 1
    teams = tuple(
        TeamRecord(ref, name, at, kind, members.get(row_id, 0))
        for row_id, ref, name, at, kind in unit.fetch(
            select(team.c.id, team.c.ref, team.c.name, home.c.ref, team.c.type)
            .outerjoin(home, home.c.id == team.c.institution_id)
            .where(team.c.tournament_id == tournament_id, ~team.c.withdrawn)
            .order_by(team.c.id)))
    judges = tuple(
        Person(
            ref, name, at or "", email, bool(free),
            None if base == unset and not trainee else base)
        for ref, name, at, email, free, base, trainee in unit.fetch(
            select(
                judge.c.ref, judge.c.name, home.c.name, judge.c.email, judge.c.independent,
                judge.c.base_score, judge.c.trainee)
            .outerjoin(home, home.c.id == judge.c.institution_id)
            .where(judge.c.tournament_id == tournament_id, ~judge.c.withdrawn)
            .order_by(judge.c.id)))
    return Registered(
        teams,
        tuple(Person(ref, name, of or "", email) for ref, name, _id, of, email in speakers),
        judges, speakers_wanted)


def rounds_to_seat(unit: ReadUnit, tournament_id: int) -> list[int]:
    """Return the rounds that are drawn, not released, and of which no ballot is there."""
    round_, ballot, debate = schema.round_, schema.ballot, schema.debate
    begun = (
        select(debate.c.round_id).join(ballot, ballot.c.debate_id == debate.c.id)
        .where(debate.c.tournament_id == tournament_id, ballot.c.status != "discarded"))
    return [row for (row,) in unit.fetch(
        select(round_.c.id)
        .where(
            round_.c.tournament_id == tournament_id, ~round_.c.completed,
            round_.c.status.in_(("draft", "confirmed")), round_.c.id.not_in(begun))
        .order_by(round_.c.seq))]
