"""Who and what is there in a round, as rows of a grid, and how that is changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from sqlalchemy import Table, select

from tabapp.store import schema
from tabapp.store.unit import ReadUnit, WriteUnit

Kind = Literal["team", "adjudicator", "venue"]
KINDS: tuple[Kind, ...] = ("team", "adjudicator", "venue")

_SUBJECTS: Mapping[Kind, tuple[Table, Table]] = MappingProxyType({
    "team": (schema.team, schema.absent_team),
    "adjudicator": (schema.adjudicator, schema.absent_adjudicator),
    "venue": (schema.venue, schema.absent_venue),
})


@dataclass(frozen=True, slots=True)
class PresenceRow:
    """One team, judge or room in one round. ``before``: whether it was there the round before.

    ``detail`` is the institution; of a room what it holds. ``breaking``: a judge who breaks.
    """

    id: int
    ref: str
    name: str
    detail: str
    here: bool
    before: bool | None
    withdrawn: bool
    breaking: bool


def presence(
    unit: ReadUnit, tournament_id: int, round_id: int, kind: Kind, earlier_id: int | None
) -> list[PresenceRow]:
    """Return everybody of a kind by name, whether there or not."""
    subject, absence = _SUBJECTS[kind]
    away = _away(unit, absence, kind, round_id)
    away_before = _away(unit, absence, kind, earlier_id) if earlier_id is not None else None
    if kind == "venue":
        query = select(subject, subject.c.capacity.label("detail"))
    else:
        query = select(subject, schema.institution.c.name.label("detail")).outerjoin(
            schema.institution, schema.institution.c.id == subject.c.institution_id)
    found = unit.rows(query.where(subject.c.tournament_id == tournament_id).order_by(
        subject.c.name, subject.c.id))
    return [
        PresenceRow(
            id=row.id, ref=row.ref, name=row.name,
            detail="" if row.detail is None else str(row.detail),
            here=row.id not in away and not row.withdrawn,
            before=None if away_before is None else row.id not in away_before,
            withdrawn=row.withdrawn,
            breaking=kind == "adjudicator" and row.breaking,
        )
        for row in found
    ]


def _away(unit: ReadUnit, absence: Table, kind: Kind, round_id: int) -> frozenset[int]:
    column = absence.c[f"{kind}_id"]
    return frozenset(one for (one,) in unit.fetch(
        select(column).where(absence.c.round_id == round_id)))


def set_away(unit: WriteUnit, round_id: int, kind: Kind, away: Collection[int]) -> None:
    """Make exactly these the ones who are away from a round."""
    _subject, absence = _SUBJECTS[kind]
    column = absence.c[f"{kind}_id"]
    stored: dict[int, int] = dict(unit.fetch(
        select(column, absence.c.id).where(absence.c.round_id == round_id)))
    unit.delete(absence, [row for who, row in stored.items() if who not in away])
    unit.insert(absence, [
        {"round_id": round_id, column.name: who} for who in sorted(away) if who not in stored])


def away_ids(unit: ReadUnit, round_id: int, kind: Kind) -> frozenset[int]:
    """Return who is marked away from a round, by row id."""
    return _away(unit, _SUBJECTS[kind][1], kind, round_id)
