"""Names by which the public knows teams."""

from __future__ import annotations

from sqlalchemy import select

from tabapp.store.schema import team
from tabapp.store.unit import ReadUnit


def public_names(unit: ReadUnit, tournament_id: int, *, codes: bool) -> dict[str, str]:
    """Return archive id -> name; with ``codes`` the code name where a team has one."""
    rows = unit.fetch(
        select(team.c.ref, team.c.name, team.c.code_name)
        .where(team.c.tournament_id == tournament_id))
    return {ref: (code or name) if codes else name for ref, name, code in rows}
