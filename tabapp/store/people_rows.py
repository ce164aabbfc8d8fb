"""Records of people, institutions, rooms and their categories: added, changed, taken out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Table, func, select

from tabapp.domain.registration import Entry, Kind
from tabapp.store import schema
from tabapp.store.blockers import references
from tabapp.store.refs import first_free_number
from tabapp.store.unit import ReadUnit, WriteUnit

TABLES: Mapping[Kind, Table] = MappingProxyType({
    "institution": schema.institution, "team": schema.team, "speaker": schema.speaker,
    "adjudicator": schema.adjudicator, "venue": schema.venue,
    "speaker_category": schema.speaker_category, "venue_category": schema.venue_category,
})
PREFIXES: Mapping[Kind, str] = MappingProxyType({
    "institution": "I", "team": "T", "speaker": "S", "adjudicator": "A", "venue": "V",
    "speaker_category": "SC", "venue_category": "VC",
})
LINKS: Mapping[tuple[Kind, str], tuple[Table, str]] = MappingProxyType({
    ("team", "break_categories"): (schema.team_break_category, "break_category_id"),
    ("team", "break_preferences"): (schema.team_break_preference, "break_category_id"),
    ("team", "institution_conflicts"): (schema.team_institution_conflict, "institution_id"),
    ("speaker", "categories"): (schema.speaker_speaker_category, "speaker_category_id"),
    ("adjudicator", "institution_conflicts"): (
        schema.adjudicator_institution_conflict, "institution_id"),
    ("adjudicator", "team_conflicts"): (schema.adjudicator_team_conflict, "team_id"),
    ("adjudicator", "adjudicator_conflicts"): (
        schema.adjudicator_adjudicator_conflict, "other_id"),
    ("venue", "categories"): (schema.venue_venue_category, "venue_category_id"),
})
"""Where the lists of a record are kept, and in which column the other end stands."""


def insert_entries(
    unit: WriteUnit, tournament_id: int, kind: Kind, entries: Sequence[Entry],
    stored: dict[int, int],
) -> list[int]:
    """Add checked records of one kind, a statement a table; return their row ids in order.

    ``stored`` says under which id a record that had none was kept; it learns of these.
    """
    table = TABLES[kind]
    taken = unit.fetch(select(table.c.ref).where(table.c.tournament_id == tournament_id))
    number = first_free_number((ref for (ref,) in taken), PREFIXES[kind])
    rows = [
        {name: _real(value, name, stored) for name, value in one.columns.items()}
        | {"tournament_id": tournament_id, "ref": f"{PREFIXES[kind]}{number + at}"}
        for at, one in enumerate(entries)
    ]
    ids = unit.insert(table, rows)
    stored.update({one.record: row for one, row in zip(entries, ids, strict=True) if one.record})
    links: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one, row in zip(entries, ids, strict=True):
        for key, others in one.links.items():
            links[key] += _link_rows(
                kind, key, row, [stored.get(other, other) for other in others])
    for key, found in links.items():
        unit.insert(LINKS[kind, key][0], found)
    return ids


def _link_rows(kind: Kind, key: str, record: int, others: Iterable[int]) -> list[dict[str, Any]]:
    """Return the rows of a record's list; one in which the order counts numbers them."""
    table, column = LINKS[kind, key]
    return [
        {f"{kind}_id": record, column: other} | ({"seq": seq} if "seq" in table.c else {})
        for seq, other in enumerate(others, start=1)]


def _real(value: Any, column: str, stored: Mapping[int, int]) -> Any:
    return stored.get(value, value) if column.endswith("_id") else value


def update_columns(unit: WriteUnit, kind: Kind, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Set columns of records of one kind."""
    unit.update(TABLES[kind], changes)


def linked(unit: ReadUnit, kind: Kind, key: str, record: int) -> dict[int, int]:
    """Return the other ends of a record's list, each with the row that keeps it."""
    table, column = LINKS[kind, key]
    return dict(unit.fetch(
        select(table.c[column], table.c.id).where(table.c[f"{kind}_id"] == record)
        .order_by(table.c.seq if "seq" in table.c else table.c.id)))


def set_links(unit: WriteUnit, kind: Kind, key: str, record: int, others: Iterable[int]) -> None:
    """Make exactly these the other ends of a record's list, in this order where it counts."""
    table = LINKS[kind, key][0]
    wanted = list(dict.fromkeys(others))
    now = linked(unit, kind, key, record)
    if "seq" in table.c and list(now) != wanted:
        unit.delete(table, list(now.values()))
        now = {}
    unit.delete(table, [row for other, row in now.items() if other not in wanted])
    unit.insert(table, [
        row for row, other in zip(_link_rows(kind, key, record, wanted), wanted, strict=True)
        if other not in now])


def change_link(
    unit: WriteUnit, kind: Kind, key: str, record: int, other: int, *, there: bool
) -> None:
    """Put one other end into a record's list, or take it out."""
    now = set(linked(unit, kind, key, record))
    set_links(unit, kind, key, record, sorted(now | {other} if there else now - {other}))


def record_names(unit: ReadUnit, kind: Kind, tournament_id: int) -> dict[int, str]:
    """Return the names of all records of a kind by row id."""
    table = TABLES[kind]
    return dict(unit.fetch(
        select(table.c.id, table.c.name).where(table.c.tournament_id == tournament_id)))


def images_of(
    unit: ReadUnit, kind: Kind, tournament_id: int, ids: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """Return whole rows of a tournament's records; those that are not there are left out."""
    return {
        row_id: image for row_id, image in unit.images(TABLES[kind], ids).items()
        if image["tournament_id"] == tournament_id
    }


def append_scores(unit: WriteUnit, judge: int, scores: Iterable[tuple[int | None, float]]) -> None:
    """Add entries (sequence of the round, score) to the history of a judge's base score."""
    table = schema.base_score
    last = unit.scalar(select(func.max(table.c.seq)).where(table.c.adjudicator_id == judge)) or 0
    unit.insert(table, [
        {"adjudicator_id": judge, "round_seq": seq, "score": score, "seq": last + at}
        for at, (seq, score) in enumerate(scores, start=1)
    ])


def has_score_history(unit: ReadUnit, judge: int) -> bool:
    """Tell whether a judge's base score was changed before."""
    table = schema.base_score
    return unit.one(select(table.c.id).where(table.c.adjudicator_id == judge)) is not None


def teams_named_after(unit: ReadUnit, institution: int) -> dict[int, str]:
    """Return the names of the teams that carry their institution's name before their own."""
    team = schema.team
    return dict(unit.fetch(
        select(team.c.id, team.c.name)
        .where(team.c.institution_id == institution, team.c.use_institution_prefix)))


def delete_records(unit: WriteUnit, kind: Kind, ids: Iterable[int]) -> None:
    """Delete records with all that hangs on them; children first.

    Whoever calls this has made sure that no draw and no ballot names them.
    """
    _delete(unit, TABLES[kind], list(ids))


def _delete(unit: WriteUnit, table: Table, ids: Sequence[int]) -> None:
    if not ids:
        return
    for child, column in references(table):
        _delete(unit, child, [row for (row,) in unit.fetch(
            select(child.c.id).where(child.c[column].in_(ids)).order_by(child.c.id))])
    unit.delete(table, ids)
