"""Who and what is there in a round, by archive id."""

from __future__ import annotations

from sqlalchemy import select

from tabapp.store import schema
from tabapp.store.unit import ReadUnit


def present_teams(unit: ReadUnit, tournament_id: int, round_id: int) -> frozenset[str]:
    """Return the teams that a round can be drawn with: neither absent from it nor withdrawn."""
    absent = select(schema.absent_team.c.team_id).where(
        schema.absent_team.c.round_id == round_id)
    return frozenset(ref for (ref,) in unit.fetch(
        select(schema.team.c.ref).where(
            schema.team.c.tournament_id == tournament_id, ~schema.team.c.withdrawn,
            schema.team.c.id.not_in(absent))
    ))


def side_allocations(unit: ReadUnit, round_id: int) -> dict[str, str]:
    """Return team -> side for a round whose sides were allocated beforehand."""
    return dict(unit.fetch(
        select(schema.team.c.ref, schema.side_allocation.c.side)
        .join(schema.side_allocation, schema.side_allocation.c.team_id == schema.team.c.id)
        .where(schema.side_allocation.c.round_id == round_id)
    ))
