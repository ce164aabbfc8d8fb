"""What events need that the changed rows themselves do not tell."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select

from tabapp.store.schema import debate, speaker, team
from tabapp.store.unit import ReadUnit, chunks


@dataclass(frozen=True, slots=True)
class Place:
    """Where a debate is: its tournament and its round."""

    tournament_id: int
    round_id: int


def places_of(unit: ReadUnit, debates: Collection[int]) -> dict[int, Place]:
    """Return debate -> where it is; those that are gone are left out."""
    found: dict[int, Place] = {}
    for part in chunks(sorted(debates)):
        for row_id, owner, round_id in unit.fetch(
            select(debate.c.id, debate.c.tournament_id, debate.c.round_id)
            .where(debate.c.id.in_(part))
        ):
            found[row_id] = Place(owner, round_id)
    return found


def team_sizes(unit: ReadUnit, teams: Collection[int]) -> dict[int, tuple[int, int]]:
    """Return team -> its tournament and how many speakers it has; without those that are gone."""
    found: dict[int, tuple[int, int]] = {}
    for part in chunks(sorted(teams)):
        for row_id, owner, count in unit.fetch(
            select(team.c.id, team.c.tournament_id, func.count(speaker.c.id))
            .outerjoin(speaker, speaker.c.team_id == team.c.id)
            .where(team.c.id.in_(part)).group_by(team.c.id, team.c.tournament_id)
        ):
            found[row_id] = (owner, count)
    return found
