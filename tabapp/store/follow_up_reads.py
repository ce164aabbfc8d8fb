"""Names and whereabouts of what events spoke of by row id; rows that are gone are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from tabapp.store.schema import (
    adjudicator,
    ballot,
    debate,
    round_,
    speaker,
    team,
    tournament,
    venue,
)
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class Wanted:
    """Row ids by kind."""

    ballots: Sequence[int] = ()
    debates: Sequence[int] = ()
    rounds: Sequence[int] = ()
    teams: Sequence[int] = ()
    speakers: Sequence[int] = ()
    adjudicators: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What the rows are called: ballots that count, rooms and rounds by name, others by ref."""

    counting: frozenset[int]
    debates: Mapping[int, str]
    rounds: Mapping[int, str]
    teams: Mapping[int, str]
    people: Mapping[tuple[str, int], str]


def read_names(unit: ReadUnit, tournament_id: int, wanted: Wanted) -> Names | None:
    """Return the names; None where the tournament is gone."""
    if unit.one(select(tournament.c.id).where(tournament.c.id == tournament_id)) is None:
        return None
    people = {
        (kind, row_id): ref
        for kind, table, ids in (
            ("speaker", speaker, wanted.speakers),
            ("adjudicator", adjudicator, wanted.adjudicators))
        for row_id, ref in _rows(unit, select(table.c.id, table.c.ref), table.c.id, ids)
    }
    return Names(
        counting=frozenset(row_id for row_id, status in _rows(
            unit, select(ballot.c.id, ballot.c.status), ballot.c.id, wanted.ballots)
            if status == "confirmed"),
        debates={row_id: room or ref for row_id, ref, room in _rows(
            unit,
            select(debate.c.id, debate.c.ref, venue.c.name)
            .outerjoin(venue, venue.c.id == debate.c.venue_id),
            debate.c.id, wanted.debates)},
        rounds={row_id: name or f"Round {seq}" for row_id, name, seq in _rows(
            unit, select(round_.c.id, round_.c.name, round_.c.seq), round_.c.id, wanted.rounds)},
        teams=dict(_rows(unit, select(team.c.id, team.c.ref), team.c.id, wanted.teams)),
        people=people,
    )


def _rows(
    unit: ReadUnit, statement: Select[Any], column: Any, ids: Sequence[int]
) -> list[tuple[Any, ...]]:
    return [
        row for part in chunks(list(ids)) for row in unit.fetch(statement.where(column.in_(part)))]
