"""The debates of earlier rounds without a confirmed result, and what teams have without them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select

from tabapp.domain.types import Side, Stage
from tabapp.store import schema
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class OpenDebateRow:
    """A debate without a confirmed ballot, or one that is postponed.

    ``teams`` pairs archive ids with names, in speaking order; ``venue`` is "" for none.
    """

    id: int
    ref: str
    round_id: int
    round_name: str
    weight: int
    room_rank: int
    venue: str
    postponed: bool
    entered: bool
    teams: tuple[tuple[str, str], ...]


def open_debates(unit: ReadUnit, tournament_id: int, before: int) -> list[OpenDebateRow]:
    """Return those of the preliminary rounds before ``before``, by round and room rank.

    Byes wait for nothing.
    """
    debate, round_, side = schema.debate, schema.round_, schema.debate_side
    ballot, venue, team = schema.ballot, schema.venue, schema.team
    confirmed = select(ballot.c.debate_id).where(ballot.c.status == "confirmed")
    byes = select(side.c.debate_id).where(side.c.side == Side.BYE.value)
    wanted = and_(
        debate.c.tournament_id == tournament_id, round_.c.seq < before,
        round_.c.stage == Stage.PRELIMINARY,
        or_(debate.c.status == "postponed", debate.c.id.not_in(confirmed)),
        debate.c.id.not_in(byes))
    teams: dict[int, list[tuple[Side, str, str]]] = defaultdict(list)
    for debate_id, place, ref, name in unit.fetch(
        select(side.c.debate_id, side.c.side, team.c.ref, team.c.name)
        .join(team, team.c.id == side.c.team_id)
        .join(debate, debate.c.id == side.c.debate_id)
        .join(round_, round_.c.id == debate.c.round_id).where(wanted)
    ):
        teams[debate_id].append((Side(place), ref, name))
    entered = {row_id for (row_id,) in unit.fetch(
        select(ballot.c.debate_id).distinct()
        .join(debate, debate.c.id == ballot.c.debate_id)
        .join(round_, round_.c.id == debate.c.round_id)
        .where(wanted, ballot.c.status == "draft"))}
    places = list(Side)
    return [
        OpenDebateRow(
            id=row.id, ref=row.ref, round_id=row.round_id,
            round_name=row.name or f"Round {row.seq}", weight=row.weight,
            room_rank=row.room_rank, venue=row.venue or "",
            postponed=row.status == "postponed", entered=row.id in entered,
            teams=tuple(
                (ref, name) for _place, ref, name in sorted(
                    teams[row.id], key=lambda one: places.index(one[0]))))
        for row in unit.rows(
            select(
                debate.c.id, debate.c.ref, debate.c.round_id, debate.c.status,
                debate.c.room_rank, round_.c.seq, round_.c.name, round_.c.weight,
                venue.c.name.label("venue"))
            .join(round_, round_.c.id == debate.c.round_id)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(wanted).order_by(round_.c.seq, debate.c.room_rank, debate.c.id))
    ]


def sums_before(unit: ReadUnit, tournament_id: int, before: int) -> dict[str, tuple[float, int]]:
    """Return points times round weight, and wins, of each team with a result, by archive id.

    They are those of the metrics ``points`` and ``wins`` after the preliminary rounds before
    ``before``, added up by the database, since this is read at every ballot that comes in.
    """
    result, round_, team = schema.result_team, schema.round_, schema.team
    return {
        ref: (float(points or 0), int(wins or 0)) for ref, points, wins in unit.fetch(
            select(
                team.c.ref, func.sum(result.c.points * round_.c.weight),
                func.sum(case((result.c.win == 1, 1), else_=0)))
            .select_from(result).join(team, team.c.id == result.c.team_id)
            .join(round_, round_.c.id == result.c.round_id)
            .where(
                team.c.tournament_id == tournament_id, round_.c.seq < before,
                round_.c.stage == Stage.PRELIMINARY)
            .group_by(team.c.ref))
    }
