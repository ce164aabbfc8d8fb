"""Tournaments and their rounds as frozen values, and how one is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from tabapp.core.errors import UserError
from tabapp.domain.formats import Settings, resolve
from tabapp.store.schema import break_category, round_, tournament
from tabapp.store.unit import ReadUnit


@dataclass(frozen=True, slots=True)
class TournamentRow:
    """A tournament and its settings in force."""

    id: int
    slug: str
    name: str
    preset: str
    overrides: Mapping[str, Any]
    settings: Settings


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round without its debates. ``category`` is the slug of its break category."""

    id: int
    seq: int
    name: str
    stage: str
    draw_type: str
    weight: int
    silent: bool
    feedback_weight: float
    status: str
    completed: bool
    slot_id: int
    category: str | None
    draw_seed: int | None
    kind: str = ""


def tournament_slugs(unit: ReadUnit) -> dict[str, int]:
    """Return slug -> row id of all tournaments of the database, oldest first."""
    return dict(unit.fetch(select(tournament.c.slug, tournament.c.id).order_by(tournament.c.id)))


def find_tournament(unit: ReadUnit, slug: str | None = None) -> TournamentRow:
    """Return the tournament of ``slug``; without one the only tournament there is."""
    found = tournament_slugs(unit)
    known = ", ".join(found)
    if not found:
        raise UserError("no_tournament")
    if slug is None and len(found) > 1:
        raise UserError("which_tournament", known=known)
    if slug is not None and slug not in found:
        raise UserError("tournament_unknown", slug=slug, known=known)
    return get_tournament(unit, found[slug] if slug is not None else next(iter(found.values())))


def get_tournament(unit: ReadUnit, tournament_id: int) -> TournamentRow:
    """Return a tournament by its row id."""
    row = unit.one(select(tournament).where(tournament.c.id == tournament_id))
    if row is None:
        known = ", ".join(map(str, tournament_slugs(unit).values()))
        raise UserError("tournament_unknown", slug=tournament_id, known=known or "none")
    return TournamentRow(
        id=row.id, slug=row.slug, name=row.name, preset=row.preset, overrides=row.settings,
        settings=resolve(row.preset, row.settings),
    )


def list_rounds(unit: ReadUnit, tournament_id: int) -> list[RoundRow]:
    """Return the rounds of a tournament by sequence."""
    return [
        RoundRow(
            id=row.id, seq=row.seq, name=row.name, stage=row.stage, draw_type=row.draw_type,
            weight=row.weight, silent=row.silent, feedback_weight=row.feedback_weight,
            status=row.status, completed=row.completed, slot_id=row.slot_id,
            category=row.category_slug, draw_seed=row.draw_seed, kind=row.kind,
        )
        for row in unit.rows(
            select(round_, break_category.c.slug.label("category_slug"))
            .outerjoin(break_category, break_category.c.id == round_.c.break_category_id)
            .where(round_.c.tournament_id == tournament_id)
            .order_by(round_.c.seq)
        )
    ]


def find_round(unit: ReadUnit, tournament_id: int, seq: int) -> RoundRow:
    """Return the round with this sequence number."""
    rounds = list_rounds(unit, tournament_id)
    for row in rounds:
        if row.seq == seq:
            return row
    known = f"{rounds[0].seq} to {rounds[-1].seq}" if rounds else "none"
    raise UserError("round_unknown", seq=seq, known=known)


def get_round(unit: ReadUnit, round_id: int) -> tuple[TournamentRow, RoundRow]:
    """Return a round by its row id, with its tournament."""
    owner = unit.scalar(select(round_.c.tournament_id).where(round_.c.id == round_id))
    if owner is None:
        raise UserError("round_gone", id=round_id)
    owned = get_tournament(unit, owner)
    found = next(row for row in list_rounds(unit, owner) if row.id == round_id)
    return owned, found
