"""The cached tables: written where they changed, removed where a row vanished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from tabapp.domain.types import Standings
from tabapp.store import schema
from tabapp.store.refs import Refs
from tabapp.store.schema import standing
from tabapp.store.unit import ReadUnit, WriteUnit

SUBJECT = {
    "teams": "team", "speakers": "speaker", "replies": "speaker", "adjudicators": "adjudicator",
}


@dataclass(frozen=True, slots=True)
class CategorySlugs:
    """The categories of a tournament; ``general`` break categories hold every team."""

    breaks: frozenset[str]
    general: frozenset[str]
    speakers: frozenset[str]


def category_slugs(unit: ReadUnit, tournament_id: int) -> CategorySlugs:
    """Return the slugs of all categories."""
    category, speaker = schema.break_category, schema.speaker_category
    rows = unit.fetch(
        select(category.c.slug, category.c.general)
        .where(category.c.tournament_id == tournament_id))
    return CategorySlugs(
        breaks=frozenset(slug for slug, _general in rows),
        general=frozenset(slug for slug, general in rows if general),
        speakers=frozenset(slug for (slug,) in unit.fetch(
            select(speaker.c.slug).where(speaker.c.tournament_id == tournament_id))),
    )


@dataclass(frozen=True, slots=True)
class Cached:
    """The tables as they are cached, by kind and row id of who stands in them."""

    tournament_id: int
    refs: Refs
    rows: Mapping[str, Mapping[int, Row[Any]]]


@dataclass(frozen=True, slots=True)
class StandingChanges:
    """Rows that turn the cache into other tables: those that moved keep their values."""

    new: tuple[dict[str, Any], ...]
    moved: tuple[dict[str, Any], ...]
    gone: tuple[dict[str, Any], ...]

    @property
    def count(self) -> int:
        """How many rows change."""
        replaced = {(one["kind"], one["subject_id"]) for one in (*self.new, *self.gone)}
        return len(replaced) + len(self.moved)


def read_cached(unit: ReadUnit, tournament_id: int) -> Cached:
    """Read the cache, so that whoever writes it holds nobody up with looking."""
    rows: dict[str, dict[int, Row[Any]]] = defaultdict(dict)
    for row in unit.rows(select(standing).where(standing.c.tournament_id == tournament_id)):
        rows[row.kind][row.subject_id] = row
    return Cached(
        tournament_id, Refs.load(unit, tournament_id, "team", "speaker", "adjudicator"), rows)


def compare_standings(cached: Cached, tables: Sequence[Standings]) -> StandingChanges:
    """Return what makes the cache equal to ``tables``."""
    new: list[dict[str, Any]] = []
    moved: list[dict[str, Any]] = []
    gone: list[dict[str, Any]] = []
    for table in tables:
        old = dict(cached.rows.get(table.kind, {}))
        for place, row in enumerate(table.rows, start=1):
            subject_id = cached.refs.id(SUBJECT[table.kind], row.id)
            key = {"kind": table.kind, "subject_id": subject_id}
            where = {"rank": row.rank, "tied": row.tied, "place": place}
            values = dict(row.values)
            before = old.pop(subject_id, None)
            if before is None or before.values != values:
                new.append(key | where | {
                    "tournament_id": cached.tournament_id, "values": values})
                if before is not None:
                    gone.append(key)
            elif (before.rank, before.tied, before.place) != (row.rank, row.tied, place):
                moved.append({f"_{name}": value for name, value in (key | where).items()})
        gone += [{"kind": table.kind, "subject_id": subject_id} for subject_id in old]
    return StandingChanges(tuple(new), tuple(moved), tuple(gone))


def write_standings(unit: WriteUnit, tournament_id: int, changes: StandingChanges) -> None:
    """Make the cache what the changes were worked out for."""
    mine = standing.c.tournament_id == tournament_id
    if changes.gone:
        unit.execute(
            standing.delete().where(
                mine, standing.c.kind == bindparam("kind"),
                standing.c.subject_id == bindparam("subject_id")),
            changes.gone)
    if changes.moved:
        unit.execute(
            standing.update().where(
                mine, standing.c.kind == bindparam("_kind"),
                standing.c.subject_id == bindparam("_subject_id"))
            .values({name: bindparam(f"_{name}") for name in ("rank", "tied", "place")}),
            changes.moved)
    if changes.new:
        unit.execute(standing.insert(), changes.new)
