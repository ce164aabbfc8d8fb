"""Break categories and the break lists that were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select

from tabapp.domain.breaks import BreakCategory, BreakList, is_personal
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


def read_remarks(unit: ReadUnit, tournament_id: int) -> dict[str, dict[str, str]]:
    """Return category slug -> team -> what a person decided about it."""
    category, listed, lots, team = (
        schema.break_category, schema.break_team, schema.break_lots, schema.team)
    drawn = {
        row.slug: frozenset(row.lots["order"]) for row in unit.rows(
            select(category.c.slug, lots.c.lots)
            .join(category, category.c.id == lots.c.break_category_id)
            .where(category.c.tournament_id == tournament_id, lots.c.lots.is_not(None)))
    }
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for slug, ref, remark in unit.fetch(
        select(category.c.slug, team.c.ref, listed.c.remark)
        .join(category, category.c.id == listed.c.break_category_id)
        .join(team, team.c.id == listed.c.team_id)
        .where(category.c.tournament_id == tournament_id, listed.c.remark.is_not(None))
    ):
        if is_personal(remark, ref, drawn.get(slug, frozenset())):
            found[slug][ref] = remark
    return dict(found)


def read_breaking(unit: ReadUnit, tournament_id: int) -> dict[str, frozenset[str]]:
    """Return category slug -> the teams that break there; only categories whose break was made."""
    category, listed, lots, team = (
        schema.break_category, schema.break_team, schema.break_lots, schema.team)
    found: dict[str, set[str]] = {
        slug: set() for (slug,) in unit.fetch(
            select(category.c.slug).join(lots, lots.c.break_category_id == category.c.id)
            .where(category.c.tournament_id == tournament_id))
    }
    for slug, ref in unit.fetch(
        select(category.c.slug, team.c.ref)
        .join(category, category.c.id == listed.c.break_category_id)
        .join(team, team.c.id == listed.c.team_id)
        .where(category.c.tournament_id == tournament_id, listed.c.break_rank.is_not(None))
    ):
        found.setdefault(slug, set()).add(ref)
    return {slug: frozenset(teams) for slug, teams in found.items()}


def replace_breaks(unit: WriteUnit, tournament_id: int, lists: Sequence[BreakList]) -> None:
    """Store break lists, with the remarks on teams below the line, in place of those there."""
    teams = Refs.load(unit, tournament_id, "team")
    category = schema.break_category
    ids = dict(unit.fetch(
        select(category.c.slug, category.c.id).where(category.c.tournament_id == tournament_id)))
    for one in lists:
        category_id = ids[one.category]
        for table in (schema.break_team, schema.break_lots):
            unit.delete(table, [row for (row,) in unit.fetch(
                select(table.c.id).where(table.c.break_category_id == category_id))])
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
            for row in (*one.rows, *one.unlisted)
        ])
