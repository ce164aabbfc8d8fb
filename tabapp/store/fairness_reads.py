"""What the balance of motions and sides is counted from: results by debate, vetoes, mean marks."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select

from tabapp.store.schema import (
    ballot,
    ballot_veto,
    debate,
    debate_side,
    result_speech,
    result_team,
)
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class SideResult:
    """What a confirmed ballot made of one side; ``motion_id`` is what it says was debated."""

    debate_id: int
    round_id: int
    side: str
    points: float | None
    win: int | None
    forfeit: bool
    motion_id: int | None


@dataclass(frozen=True, slots=True)
class Veto:
    """A motion that a side did not want, on a confirmed ballot."""

    debate_id: int
    round_id: int
    side: str
    motion_id: int


@dataclass(frozen=True, slots=True)
class MarkSum:
    """Marks of the speeches of one side at one position, ghosts left out."""

    round_id: int
    motion_id: int | None
    side: str
    position: int
    reply: bool
    number: int
    total: float


def _counted(tournament_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        debate.c.tournament_id == tournament_id, debate.c.status != "postponed",
        ballot.c.status == "confirmed",
    )


def side_results(unit: ReadUnit, tournament_id: int) -> list[SideResult]:
    """Return the results of all debates with a confirmed ballot, those of a debate together."""
    result = result_team
    return [
        SideResult(*row) for row in unit.fetch(
            select(
                result.c.debate_id, result.c.round_id, result.c.side, result.c.points,
                result.c.win, result.c.forfeit, ballot.c.motion_id)
            .join(debate, debate.c.id == result.c.debate_id)
            .join(ballot, ballot.c.debate_id == debate.c.id)
            .where(*_counted(tournament_id)).order_by(result.c.debate_id))
    ]


def vetoes(unit: ReadUnit, tournament_id: int) -> list[Veto]:
    """Return the vetoes on confirmed ballots."""
    return [
        Veto(*row) for row in unit.fetch(
            select(debate.c.id, debate.c.round_id, ballot_veto.c.side, ballot_veto.c.motion_id)
            .join(ballot, ballot.c.id == ballot_veto.c.ballot_id)
            .join(debate, debate.c.id == ballot.c.debate_id)
            .where(*_counted(tournament_id)))
    ]


def mark_sums(unit: ReadUnit, tournament_id: int) -> list[MarkSum]:
    """Return the sums of marks by round, motion, side and position; no debate with a forfeit."""
    speech = result_speech
    forfeited = select(result_team.c.debate_id).where(result_team.c.forfeit)
    by = (
        speech.c.round_id, ballot.c.motion_id, debate_side.c.side, speech.c.position,
        speech.c.reply,
    )
    return [
        MarkSum(*row) for row in unit.fetch(
            select(*by, func.count(speech.c.score), func.sum(speech.c.score))
            .join(debate, debate.c.id == speech.c.debate_id)
            .join(ballot, ballot.c.debate_id == debate.c.id)
            .join(debate_side, (debate_side.c.debate_id == speech.c.debate_id)
                  & (debate_side.c.team_id == speech.c.team_id))
            .where(
                *_counted(tournament_id), speech.c.score.is_not(None), ~speech.c.ghost,
                debate_side.c.side != "bye", debate.c.id.not_in(forfeited))
            .group_by(*by).order_by(*by))
    ]
