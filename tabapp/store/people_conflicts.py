"""Conflicts of every kind, and wishes for categories of rooms."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from sqlalchemy import Table, and_, or_, select

from tabapp.domain.registration import Kind
from tabapp.store import schema
from tabapp.store.unit import ReadUnit, WriteUnit

ConflictKind = Literal[
    "adjudicator_team", "adjudicator_adjudicator", "adjudicator_institution", "team_institution",
    "team_team",
]


@dataclass(frozen=True, slots=True)
class Ends:
    """Between whom a kind of conflict is, and where it is kept."""

    table: Table
    one: Kind
    other: Kind
    one_column: str
    other_column: str

    @property
    def is_even(self) -> bool:
        """Tell whether both ends are of one kind, so that their order means nothing."""
        return self.one == self.other


def _ends(table: Table, one: Kind, other: Kind) -> Ends:
    return Ends(table, one, other, f"{one}_id", "other_id" if one == other else f"{other}_id")


CONFLICTS: Mapping[ConflictKind, Ends] = MappingProxyType({
    "adjudicator_team": _ends(schema.adjudicator_team_conflict, "adjudicator", "team"),
    "adjudicator_adjudicator": _ends(
        schema.adjudicator_adjudicator_conflict, "adjudicator", "adjudicator"),
    "adjudicator_institution": _ends(
        schema.adjudicator_institution_conflict, "adjudicator", "institution"),
    "team_institution": _ends(schema.team_institution_conflict, "team", "institution"),
    "team_team": _ends(schema.team_team_conflict, "team", "team"),
})


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A conflict between two. ``own``: with the institution that somebody belongs to."""

    kind: ConflictKind
    id: int
    one_id: int
    one: str
    other_id: int
    other: str
    own: bool


def list_conflicts(unit: ReadUnit, tournament_id: int) -> list[ConflictRow]:
    """Return all conflicts of a tournament by kind, then by names."""
    return [row for kind in CONFLICTS for row in _of_kind(unit, tournament_id, kind)]


def _of_kind(unit: ReadUnit, tournament_id: int, kind: ConflictKind) -> list[ConflictRow]:
    ends = CONFLICTS[kind]
    table = ends.table
    one = schema.metadata.tables[ends.one].alias("one")
    other = schema.metadata.tables[ends.other].alias("other")
    columns: list[Any] = [table.c.id, one.c.id, one.c.name, other.c.id, other.c.name]
    if ends.other == "institution":
        columns.append(one.c.institution_id)
    found = unit.fetch(
        select(*columns)
        .join(one, one.c.id == table.c[ends.one_column])
        .join(other, other.c.id == table.c[ends.other_column])
        .where(one.c.tournament_id == tournament_id)
        .order_by(one.c.name, other.c.name, table.c.id)
    )
    return [ConflictRow(*(kind, *row[:5], row[3] in row[5:])) for row in found]


def find_conflict(unit: ReadUnit, kind: ConflictKind, one: int, other: int) -> int | None:
    """Return the row of a conflict between two, whoever of two of one kind declared it."""
    ends = CONFLICTS[kind]
    first, second = ends.table.c[ends.one_column], ends.table.c[ends.other_column]
    same = and_(first == one, second == other)
    if ends.is_even:
        same = or_(same, and_(first == other, second == one))
    found: int | None = unit.scalar(select(ends.table.c.id).where(same))
    return found


def insert_conflict(unit: WriteUnit, kind: ConflictKind, one: int, other: int) -> int:
    """Add a conflict."""
    ends = CONFLICTS[kind]
    return unit.insert(ends.table, [{ends.one_column: one, ends.other_column: other}])[0]


def delete_conflicts(unit: WriteUnit, kind: ConflictKind, ids: Iterable[int]) -> None:
    """Take conflicts away."""
    unit.delete(CONFLICTS[kind].table, ids)


def insert_constraint(
    unit: WriteUnit, tournament_id: int, kind: str, subject: int, category: int, priority: float
) -> int:
    """Add somebody's wish for a category of rooms."""
    return unit.insert(schema.venue_constraint, [{
        "tournament_id": tournament_id, "kind": kind, f"{kind}_id": subject,
        "venue_category_id": category, "priority": priority,
    }])[0]


def has_constraint(unit: ReadUnit, kind: str, subject: int, category: int) -> bool:
    """Tell whether somebody has that wish already."""
    wish = schema.venue_constraint
    return unit.one(select(wish.c.id).where(
        wish.c[f"{kind}_id"] == subject, wish.c.venue_category_id == category)) is not None


def delete_constraints(unit: WriteUnit, ids: Iterable[int]) -> None:
    """Take wishes for rooms away."""
    unit.delete(schema.venue_constraint, ids)
