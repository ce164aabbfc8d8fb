"""The cached tables: written where they changed, removed where a row vanished."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select

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


def replace_standings(
    unit: WriteUnit, tournament_id: int, tables: Sequence[Standings]
) -> int:
    """Make the cache equal to ``tables``; return how many rows had changed."""
    refs = Refs.load(unit, tournament_id, "team", "speaker", "adjudicator")
    mine = standing.c.tournament_id == tournament_id
    written = 0
    for table in tables:
        of_kind = mine & (standing.c.kind == table.kind)
        old = {row.subject_id: row for row in unit.rows(select(standing).where(of_kind))}
        new: list[dict[str, Any]] = []
        gone: list[int] = []
        for place, row in enumerate(table.rows, start=1):
            subject_id = refs.id(SUBJECT[table.kind], row.id)
            values = dict(row.values)
            before = old.pop(subject_id, None)
            if before is not None:
                same = (before.rank, before.tied, before.place, before.values)
                if same == (row.rank, row.tied, place, values):
                    continue
                gone.append(subject_id)
            new.append({
                "tournament_id": tournament_id, "kind": table.kind, "subject_id": subject_id,
                "rank": row.rank, "tied": row.tied, "place": place, "values": values,
            })
        _delete(unit, tournament_id, table.kind, [*gone, *old])
        if new:
            unit.execute(standing.insert(), new)
        written += len(new) + len(old)
    return written


def _delete(unit: WriteUnit, tournament_id: int, kind: str, subjects: list[int]) -> None:
    if subjects:
        unit.execute(
            standing.delete().where(
                standing.c.tournament_id == tournament_id, standing.c.kind == kind,
                standing.c.subject_id == bindparam("subject"),
            ),
            [{"subject": subject} for subject in subjects],
        )
