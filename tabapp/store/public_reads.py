"""Names by which the public knows teams and people."""

from __future__ import annotations

from sqlalchemy import select

from tabapp.store.schema import adjudicator, speaker, team
from tabapp.store.unit import ReadUnit

NAMELESS = "Anonymous"
"""Who does not want to be named, and has no code name."""


def public_people(
    unit: ReadUnit, tournament_id: int, *, codes: bool
) -> dict[str, dict[str, str]]:
    """Return speaker or adjudicator -> archive id -> name; with ``codes`` the code names.

    Whoever is anonymous goes by the code name in any case.
    """
    found: dict[str, dict[str, str]] = {}
    for table in (speaker, adjudicator):
        names = found[table.name] = {}
        for ref, name, code, anonymous in unit.fetch(
            select(table.c.ref, table.c.name, table.c.code_name, table.c.anonymous)
            .where(table.c.tournament_id == tournament_id)
        ):
            real = "" if anonymous else name
            names[ref] = (code if codes or anonymous else "") or real or NAMELESS
    return found


def public_names(unit: ReadUnit, tournament_id: int, *, codes: bool) -> dict[str, str]:
    """Return archive id -> name; with ``codes`` the code name where a team has one."""
    rows = unit.fetch(
        select(team.c.ref, team.c.name, team.c.code_name)
        .where(team.c.tournament_id == tournament_id))
    return {ref: (code or name) if codes else name for ref, name, code in rows}
