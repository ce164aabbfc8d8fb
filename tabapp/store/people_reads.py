"""Names of people and teams by archive id."""

from __future__ import annotations

from sqlalchemy import select

from tabapp.store.schema import team
from tabapp.store.unit import ReadUnit


def team_names(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return the name of each team."""
    return dict(unit.fetch(
        select(team.c.ref, team.c.name).where(team.c.tournament_id == tournament_id)))
