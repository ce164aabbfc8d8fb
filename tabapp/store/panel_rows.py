"""Single judges and rooms of a round, moved by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from tabapp.domain.types import Role
from tabapp.store import schema
from tabapp.store.tournaments import RoundRow
from tabapp.store.unit import ReadUnit, WriteUnit

Place = tuple[int, Role]
"""A debate by its row id, and the role there."""


def move_members(
    unit: WriteUnit, round_: RoundRow, moves: Mapping[int, Place | None]
) -> None:
    """Seat judges (by row id) elsewhere in a round, or nowhere for None.

    All old rows go before the first new one comes: a judge stands once in a slot and a debate has
    one chair, at every moment.
    """
    member = schema.panel_member
    before = {
        row.adjudicator_id: row for row in unit.rows(
            select(member).where(
                member.c.slot_id == round_.slot_id, member.c.adjudicator_id.in_(list(moves))))
    }
    unit.delete(member, [row.id for row in before.values()])
    unit.insert(member, [
        {
            "debate_id": place[0], "round_id": round_.id, "slot_id": round_.slot_id,
            "adjudicator_id": judge, "role": place[1].value,
            "extra": before[judge].extra if judge in before else {},
        }
        for judge, place in moves.items() if place is not None
    ])


def clear_members(unit: WriteUnit, round_id: int) -> int:
    """Take all judges out of a round, with the reasons of their clashes; return how many."""
    member = schema.panel_member
    members = _ids(unit, select(member.c.id).where(member.c.round_id == round_id))
    unit.delete(member, members)
    clear_overrides(unit, round_id)
    return len(members)


def clear_overrides(unit: WriteUnit, round_id: int) -> None:
    """Forget why clashes of a round were allowed, as when its panels are made anew."""
    table, debate = schema.debate_override, schema.debate
    unit.delete(table, _ids(unit, (
        select(table.c.id).join(debate, debate.c.id == table.c.debate_id)
        .where(debate.c.round_id == round_id))))


def add_overrides(
    unit: WriteUnit, debate_id: int, clashes: Iterable[Mapping[str, Any]], *, reason: str, by: str
) -> None:
    """Keep why clashes were allowed: each ``adjudicator_id`` with ``team_id`` or ``other_id``."""
    unit.insert(schema.debate_override, [
        {"debate_id": debate_id, "reason": reason, "by": by, **one} for one in clashes])


def drop_overrides(unit: WriteUnit, debate_id: int, judges: Iterable[int]) -> None:
    """Forget the clashes of judges who have left a debate."""
    table, gone = schema.debate_override, list(judges)
    unit.delete(table, _ids(unit, select(table.c.id).where(
        table.c.debate_id == debate_id,
        or_(table.c.adjudicator_id.in_(gone), table.c.other_id.in_(gone)))))


def set_importance(unit: WriteUnit, debate_id: int, importance: int) -> None:
    """Say how important a debate is, from -2 to 2."""
    unit.update(schema.debate, {debate_id: {"importance": importance}})


def set_venues(unit: WriteUnit, placed: Mapping[int, int | None]) -> None:
    """Set the rooms of debates, both by row id."""
    unit.update(schema.debate, {
        debate_id: {"venue_id": venue_id} for debate_id, venue_id in placed.items()})


def venues_beside(unit: ReadUnit, round_id: int, slot_id: int) -> dict[str, str]:
    """Return the rooms that other rounds use at the same time -> the name of that round."""
    debate, round_ = schema.debate, schema.round_
    return {
        ref: name or f"Round {seq}" for ref, name, seq in unit.fetch(
            select(schema.venue.c.ref, round_.c.name, round_.c.seq)
            .join(debate, debate.c.venue_id == schema.venue.c.id)
            .join(round_, round_.c.id == debate.c.round_id)
            .where(debate.c.slot_id == slot_id, debate.c.round_id != round_id))
    }


def _ids(unit: ReadUnit, statement: Any) -> list[int]:
    return [row_id for (row_id,) in unit.fetch(statement)]
