"""Break categories as they are set up, with how many teams can break in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from tabapp.store.refs import first_free_number
from tabapp.store.schema import (
    break_category,
    break_lots,
    break_team,
    round_,
    team,
    team_break_category,
    team_break_preference,
)
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A break category. ``eligible`` counts teams, swing teams left out.

    ``is_made``: its break was made. ``rounds`` are the names of its elimination rounds.
    """

    id: int
    name: str
    slug: str
    seq: int
    size: int
    reserve_size: int
    rule: str
    priority: int
    limit: int
    general: bool
    eligible: int
    is_made: bool
    rounds: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name, else its short name."""
        return self.name or self.slug


def list_category_rows(unit: ReadUnit, tournament_id: int) -> list[CategoryRow]:
    """Return the break categories of a tournament in their order."""
    here = break_category.c.tournament_id == tournament_id
    eligible = dict(unit.fetch(
        select(team_break_category.c.break_category_id, func.count())
        .join(team, team.c.id == team_break_category.c.team_id)
        .where(team.c.tournament_id == tournament_id, team.c.type != "swing")
        .group_by(team_break_category.c.break_category_id)))
    made = {row for (row,) in unit.fetch(
        select(break_lots.c.break_category_id)
        .join(break_category, break_category.c.id == break_lots.c.break_category_id).where(here))}
    rounds: dict[int, list[str]] = {}
    for row_id, seq, name in unit.fetch(
        select(round_.c.break_category_id, round_.c.seq, round_.c.name)
        .where(round_.c.tournament_id == tournament_id, round_.c.break_category_id.is_not(None))
        .order_by(round_.c.seq)
    ):
        rounds.setdefault(row_id, []).append(name or f"Round {seq}")
    return [
        CategoryRow(
            id=row.id, name=row.name, slug=row.slug, seq=row.seq, size=row.size,
            reserve_size=row.reserve_size, rule=row.rule, priority=row.priority,
            limit=row.limit, general=row.general, eligible=eligible.get(row.id, 0),
            is_made=row.id in made, rounds=tuple(rounds.get(row.id, ())),
        )
        for row in unit.rows(
            select(break_category).where(here)
            .order_by(break_category.c.seq, break_category.c.id))
    ]


def insert_category(unit: WriteUnit, tournament_id: int, values: Mapping[str, Any]) -> int:
    """Add a category at the end, under the next free archive id; return its row id."""
    rows = unit.rows(
        select(break_category.c.ref, break_category.c.seq)
        .where(break_category.c.tournament_id == tournament_id))
    (row_id,) = unit.insert(break_category, [{
        "tournament_id": tournament_id,
        "ref": f"BC{first_free_number((row.ref for row in rows), 'BC')}",
        "seq": 1 + max((row.seq for row in rows), default=0), **values,
    }])
    return row_id


def update_category(unit: WriteUnit, category_id: int, values: Mapping[str, Any]) -> None:
    """Change columns of a category."""
    unit.update(break_category, {category_id: values})


def make_all_eligible(unit: WriteUnit, tournament_id: int, category_id: int) -> int:
    """Let every team but swing teams break in a category; return how many came to it."""
    table = team_break_category
    there = select(table.c.team_id).where(table.c.break_category_id == category_id)
    new = [row for (row,) in unit.fetch(
        select(team.c.id)
        .where(
            team.c.tournament_id == tournament_id, team.c.type != "swing",
            team.c.id.not_in(there))
        .order_by(team.c.id))]
    unit.insert(table, [{"team_id": row, "break_category_id": category_id} for row in new])
    return len(new)


def delete_category(unit: WriteUnit, category_id: int) -> None:
    """Delete a category without rounds, with its break and with who could break in it."""
    for table in (team_break_category, team_break_preference, break_team, break_lots):
        unit.delete(table, [row for (row,) in unit.fetch(
            select(table.c.id).where(table.c.break_category_id == category_id))])
    unit.delete(break_category, [category_id])
