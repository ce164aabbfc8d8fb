"""The cached forecast of a tournament, and what a forecast reads beside the results."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select

from tabapp.core.revisions import Revision
from tabapp.store.engine import Encoded, dumps
from tabapp.store.schema import absent_team, debate, forecast, round_, team, venue
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class StoredForecast:
    """A forecast as it was stored: of so many runs, by that version, from those revisions."""

    runs: int
    version: str
    made_from: Mapping[str, int]
    document: Mapping[str, Any]


def read_stored_forecast(unit: ReadUnit, tournament_id: int) -> StoredForecast | None:
    """Return the cached forecast; None where none was made."""
    row = unit.one(select(forecast).where(forecast.c.tournament_id == tournament_id))
    if row is None:
        return None
    return StoredForecast(row.runs, row.version, row.made_from, row.document)


def replace_forecast(
    unit: WriteUnit, read: Revision, version: str, runs: int, document: Encoded
) -> None:
    """Keep a forecast in place of the one before; ``read`` is what it was made from."""
    unit.execute(delete(forecast).where(forecast.c.tournament_id == read.tournament))
    unit.execute(insert(forecast).values(
        tournament_id=read.tournament, runs=runs, version=version,
        made_from=dict(read.topics), document=document))


def encode(document: Mapping[str, Any]) -> Encoded:
    """Return a forecast as it is stored, which takes longer than to store it."""
    return Encoded(dumps(document))


def absent_teams(unit: ReadUnit, tournament_id: int) -> dict[int, frozenset[str]]:
    """Return the teams that are away from each round, by its sequence number."""
    found: dict[int, set[str]] = defaultdict(set)
    for seq, ref in unit.fetch(
        select(round_.c.seq, team.c.ref)
        .join(absent_team, absent_team.c.round_id == round_.c.id)
        .join(team, team.c.id == absent_team.c.team_id)
        .where(round_.c.tournament_id == tournament_id)
    ):
        found[seq].add(ref)
    return {seq: frozenset(teams) for seq, teams in found.items()}


def debate_refs(unit: ReadUnit, tournament_id: int) -> dict[int, str]:
    """Return the archive's id of each debate by its row id."""
    return dict(unit.fetch(
        select(debate.c.id, debate.c.ref).where(debate.c.tournament_id == tournament_id)))


def room_names(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return what the room of each debate that has one is called, by the debate's id."""
    return dict(unit.fetch(
        select(debate.c.ref, venue.c.name).join(venue, venue.c.id == debate.c.venue_id)
        .where(debate.c.tournament_id == tournament_id)))
