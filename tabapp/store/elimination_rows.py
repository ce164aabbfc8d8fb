"""Elimination rounds: making them, and what became of their rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from tabapp.core.errors import UserError
from tabapp.domain.types import Side
from tabapp.store import schema
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class RoomOutcome:
    """A room of an elimination round: who stood in it, in speaking order, and who goes on.

    ``advancing`` is empty until a ballot is confirmed; a postponed debate has none.
    """

    debate: str
    room_rank: int
    venue: str | None
    decided: bool
    teams: tuple[tuple[Side, str], ...]
    advancing: tuple[str, ...]


def read_outcomes(unit: ReadUnit, round_ids: Sequence[int]) -> dict[int, list[RoomOutcome]]:
    """Return round id -> its rooms by rank."""
    debate, side, result = schema.debate, schema.debate_side, schema.result_team
    seats: dict[int, list[Any]] = defaultdict(list)
    for row in unit.rows(
        select(
            side.c.debate_id, side.c.side, schema.team.c.ref, result.c.win, result.c.forfeit,
            result.c.team_id.is_not(None).label("known"),
        )
        .join(schema.team, schema.team.c.id == side.c.team_id)
        .outerjoin(result, and_(
            result.c.debate_id == side.c.debate_id, result.c.team_id == side.c.team_id))
        .where(side.c.round_id.in_(round_ids)).order_by(side.c.id)
    ):
        seats[row.debate_id].append(row)
    places = list(Side)
    found: dict[int, list[RoomOutcome]] = defaultdict(list)
    for row in unit.rows(
        select(debate, schema.venue.c.name.label("venue_name"))
        .outerjoin(schema.venue, schema.venue.c.id == debate.c.venue_id)
        .where(debate.c.round_id.in_(round_ids)).order_by(debate.c.room_rank, debate.c.id)
    ):
        here = sorted(seats[row.id], key=lambda seat: places.index(Side(seat.side)))
        found[row.round_id].append(RoomOutcome(
            debate=row.ref, room_rank=row.room_rank, venue=row.venue_name,
            decided=any(seat.known for seat in here),
            teams=tuple((Side(seat.side), seat.ref) for seat in here),
            advancing=_advancing(here),
        ))
    return dict(found)


def _advancing(seats: Sequence[Any]) -> tuple[str, ...]:
    """Return who goes on: the ticked ones, or all that are left where the others forfeited."""
    won = tuple(seat.ref for seat in seats if seat.win)
    if won or not any(seat.forfeit for seat in seats):
        return won
    left = tuple(seat.ref for seat in seats if seat.known and not seat.forfeit)
    return left if len(left) <= 2 else ()


def drawn_categories(unit: ReadUnit, tournament_id: int) -> frozenset[str]:
    """Return the slugs of the categories of which an elimination round is drawn."""
    category, round_ = schema.break_category, schema.round_
    return frozenset(slug for (slug,) in unit.fetch(
        select(category.c.slug)
        .join(round_, round_.c.break_category_id == category.c.id)
        .join(schema.debate, schema.debate.c.round_id == round_.c.id)
        .where(category.c.tournament_id == tournament_id).distinct()))


def teams_beside(unit: ReadUnit, round_id: int, slot_id: int) -> dict[str, str]:
    """Return the teams of other rounds that run at the same time -> the name of that round."""
    side, round_ = schema.debate_side, schema.round_
    return {
        ref: name or f"Round {seq}" for ref, name, seq in unit.fetch(
            select(schema.team.c.ref, round_.c.name, round_.c.seq)
            .join(side, side.c.team_id == schema.team.c.id)
            .join(round_, round_.c.id == side.c.round_id)
            .where(side.c.slot_id == slot_id, side.c.round_id != round_id))
    }


def set_sides_confirmed(unit: WriteUnit, debate_ids: Sequence[int]) -> None:
    """Say that teams stand on the sides on which they will debate."""
    unit.update(schema.debate, {one: {"sides_confirmed": True} for one in debate_ids})


def insert_rounds(
    unit: WriteUnit, tournament_id: int, category: str, names: Sequence[tuple[str, str]],
    *, feedback_weight: float,
) -> list[int]:
    """Add elimination rounds of a category after the last round; return their row ids.

    ``names`` holds name and abbreviation of each, the first one first.
    """
    table, categories = schema.round_, schema.break_category
    category_id = unit.scalar(select(categories.c.id).where(
        categories.c.tournament_id == tournament_id, categories.c.slug == category))
    if category_id is None:
        raise UserError("record_unknown", kind="break category", ref=category)
    last = unit.scalar(
        select(func.max(table.c.seq)).where(table.c.tournament_id == tournament_id)) or 0
    ids = unit.ids.take(table.name, len(names))
    return unit.insert(table, [
        {
            "id": row_id, "slot_id": row_id, "tournament_id": tournament_id, "seq": last + number,
            "name": name, "abbreviation": abbreviation, "stage": "elimination",
            "draw_type": "elimination", "break_category_id": category_id, "silent": False,
            "feedback_weight": feedback_weight,
        }
        for number, (row_id, (name, abbreviation)) in enumerate(
            zip(ids, names, strict=True), start=1)
    ])
