"""Break categories and the break lists that were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from tabapp.domain.breaks import BreakCategory, BreakList
from tabapp.store import schema
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit, WriteUnit


def read_categories(unit: ReadUnit, tournament_id: int) -> list[BreakCategory]:
    """Return the break categories of a tournament."""
    table = schema.break_category
    return [
        BreakCategory(
            slug=row.slug, name=row.name, size=row.size, reserve_size=row.reserve_size,
            rule=row.rule, priority=row.priority, general=row.general, seq=row.seq,
        )
        for row in unit.rows(
            select(table).where(table.c.tournament_id == tournament_id)
            .order_by(table.c.seq, table.c.id)
        )
    ]


PERSONAL = frozenset({"absent", "disqualified", "withdrawn"})
"""Remarks that only a person gives; all others follow from results and are found anew."""


def read_remarks(unit: ReadUnit, tournament_id: int) -> dict[str, dict[str, str]]:
    """Return category slug -> team -> what a person decided about it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    category, listed, team = schema.break_category, schema.break_team, schema.team
    for slug, ref, remark in unit.fetch(
        select(category.c.slug, team.c.ref, listed.c.remark)
        .join(category, category.c.id == listed.c.break_category_id)
        .join(team, team.c.id == listed.c.team_id)
        .where(category.c.tournament_id == tournament_id, listed.c.remark.in_(sorted(PERSONAL)))
    ):
        found[slug][ref] = remark
    return found


def replace_breaks(unit: WriteUnit, tournament_id: int, lists: Sequence[BreakList]) -> None:
    """Store break lists in place of those of the same categories.

    A person's remark about a team that the new list does not show, since it stands below the
    line, stays as it is.
    """
    teams = Refs.load(unit, tournament_id, "team")
    category = schema.break_category
    ids = dict(unit.fetch(
        select(category.c.slug, category.c.id).where(category.c.tournament_id == tournament_id)))
    for one in lists:
        category_id = ids[one.category]
        listed = {teams.id("team", row.team) for row in one.rows}
        kept = schema.break_team
        unit.delete(kept, [
            row for row, team, remark in unit.fetch(
                select(kept.c.id, kept.c.team_id, kept.c.remark)
                .where(kept.c.break_category_id == category_id)
            )
            if team in listed or remark not in PERSONAL
        ])
        lots = schema.break_lots
        unit.delete(lots, [row for (row,) in unit.fetch(
            select(lots.c.id).where(lots.c.break_category_id == category_id))])
        unit.insert(schema.break_lots, [{
            "break_category_id": category_id, "seed": one.lots.seed if one.lots else None,
            "lots": asdict(one.lots) | {"order": list(one.lots.order)} if one.lots else None,
        }])
        unit.insert(schema.break_team, [
            {
                "break_category_id": category_id, "team_id": teams.id("team", row.team),
                "rank": row.rank, "break_rank": row.break_rank, "remark": row.remark,
                "reason": one.reasons.get(row.team, ""),
            }
            for row in one.rows
        ])
