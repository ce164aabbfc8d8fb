"""Sides of a tournament round by round: those that were drawn, and those allocated beforehand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sqlalchemy import func, select

from tabapp.domain.types import TWO_SIDES, Side
from tabapp.store import schema
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit, WriteUnit

Sides = dict[int, dict[str, Side]]
"""Round row id -> team by archive id -> its side."""


def participants(unit: ReadUnit, tournament_id: int) -> list[tuple[str, str, str]]:
    """Return archive id, name and institution of the teams that are not withdrawn, by name."""
    team, home = schema.team, schema.institution
    return [(ref, name, of) for ref, name, of in unit.fetch(
        select(team.c.ref, team.c.name, func.coalesce(home.c.name, ""))
        .outerjoin(home, home.c.id == team.c.institution_id)
        .where(team.c.tournament_id == tournament_id, ~team.c.withdrawn)
        .order_by(team.c.name, team.c.id))]


def drawn_sides(unit: ReadUnit, tournament_id: int) -> Sides:
    """Return the sides of all drawn rounds, drafts too; {} for a round in which all rest."""
    debate, side, team = schema.debate, schema.debate_side, schema.team
    found: Sides = {}
    for round_id, ref, name in unit.fetch(
        select(side.c.round_id, team.c.ref, side.c.side)
        .join(debate, debate.c.id == side.c.debate_id).join(team, team.c.id == side.c.team_id)
        .where(debate.c.tournament_id == tournament_id)
    ):
        stood = found.setdefault(round_id, {})
        if name in TWO_SIDES:
            stood[ref] = Side(name)
    return found


def allocated_sides(unit: ReadUnit, tournament_id: int) -> Sides:
    """Return the sides that were allocated beforehand."""
    table, team = schema.side_allocation, schema.team
    found: Sides = defaultdict(dict)
    for round_id, ref, name in unit.fetch(
        select(table.c.round_id, team.c.ref, table.c.side)
        .join(team, team.c.id == table.c.team_id).where(team.c.tournament_id == tournament_id)
    ):
        found[round_id][ref] = Side(name)
    return dict(found)


def store_allocations(
    unit: WriteUnit, tournament_id: int, round_id: int, sides: Mapping[str, Side]
) -> int:
    """Make exactly these the sides of a round, by archive id; return how many teams changed."""
    table = schema.side_allocation
    teams = Refs.load(unit, tournament_id, "team")
    wanted = {teams.id("team", ref): side.value for ref, side in sides.items()}
    stored = {
        team_id: (row_id, side) for row_id, team_id, side in unit.fetch(
            select(table.c.id, table.c.team_id, table.c.side)
            .where(table.c.round_id == round_id))}
    gone = [row_id for team_id, (row_id, _side) in stored.items() if team_id not in wanted]
    moved = {
        stored[team_id][0]: {"side": side} for team_id, side in wanted.items()
        if team_id in stored and stored[team_id][1] != side}
    new = [
        {"round_id": round_id, "team_id": team_id, "side": side}
        for team_id, side in wanted.items() if team_id not in stored]
    unit.delete(table, gone)
    unit.update(table, moved)
    unit.insert(table, new)
    return len(gone) + len(moved) + len(new)
