"""Who is in which category: the grids of speakers, teams and rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Table, func, select

from tabapp.store import schema
from tabapp.store.unit import ReadUnit, WriteUnit

GridKind = Literal["team", "speaker", "venue"]
_LINKS: Mapping[GridKind, tuple[Table, Table, Table]] = MappingProxyType({
    "team": (schema.team, schema.team_break_category, schema.break_category),
    "speaker": (schema.speaker, schema.speaker_speaker_category, schema.speaker_category),
    "venue": (schema.venue, schema.venue_venue_category, schema.venue_category),
})


@dataclass(frozen=True, slots=True)
class GridRow:
    """Somebody with the row ids of the categories; ``aside`` is the team or the institution."""

    id: int
    name: str
    aside: str
    members: frozenset[int]


@dataclass(frozen=True, slots=True)
class Grid:
    """All of a kind against all categories (id, name) of that kind."""

    categories: tuple[tuple[int, str], ...]
    rows: tuple[GridRow, ...]


def read_grid(unit: ReadUnit, tournament_id: int, kind: GridKind) -> Grid:
    """Read who is in which category, by name."""
    who, link, category = _LINKS[kind]
    members: dict[int, set[int]] = defaultdict(set)
    for record, other in unit.fetch(
        select(link.c[f"{kind}_id"], link.c[f"{category.name}_id"])
        .join(category, category.c.id == link.c[f"{category.name}_id"])
        .where(category.c.tournament_id == tournament_id)
    ):
        members[record].add(other)
    order: list[Any] = [category.c.seq] if "seq" in category.c else []
    return Grid(
        categories=tuple((row[0], row[1]) for row in unit.fetch(
            select(category.c.id, category.c.name)
            .where(category.c.tournament_id == tournament_id).order_by(*order, category.c.id))),
        rows=tuple(
            GridRow(record, name, aside, frozenset(members.get(record, ())))
            for record, name, aside in unit.fetch(_people(kind, who, tournament_id))
        ),
    )


def _people(kind: GridKind, who: Table, tournament_id: int) -> Any:
    if kind == "venue":
        query = select(who.c.id, who.c.name, who.c.barcode)
    else:
        above = schema.team if kind == "speaker" else schema.institution
        query = select(who.c.id, who.c.name, func.coalesce(above.c.name, "")).outerjoin(
            above, above.c.id == who.c[f"{above.name}_id"])
    return query.where(who.c.tournament_id == tournament_id).order_by(who.c.name, who.c.id)


def set_members(
    unit: WriteUnit, tournament_id: int, kind: GridKind, wanted: Mapping[int, frozenset[int]]
) -> int:
    """Give some of a kind exactly these categories; return how many ticks changed.

    A team that cannot break in a category any more does not wish to either.
    """
    who, link, category = _LINKS[kind]
    owner, other = f"{kind}_id", f"{category.name}_id"
    now = {
        (record, one): row for record, one, row in unit.fetch(
            select(link.c[owner], link.c[other], link.c.id)
            .join(who, who.c.id == link.c[owner])
            .where(who.c.tournament_id == tournament_id))
        if record in wanted
    }
    target = {(record, one) for record, ids in wanted.items() for one in ids}
    gone = {pair: row for pair, row in now.items() if pair not in target}
    new = [{owner: record, other: one} for record, one in sorted(target - now.keys())]
    if kind == "team":
        _drop_wishes(unit, gone)
    unit.delete(link, list(gone.values()))
    unit.insert(link, new)
    return len(gone) + len(new)


def _drop_wishes(unit: WriteUnit, pairs: Collection[tuple[int, int]]) -> None:
    """Take break categories off the lists of what teams would rather break in."""
    wish = schema.team_break_preference
    unit.delete(wish, [
        row for row, team, category in unit.fetch(
            select(wish.c.id, wish.c.team_id, wish.c.break_category_id)
            .where(wish.c.team_id.in_({team for team, _category in pairs})))
        if (team, category) in pairs])
