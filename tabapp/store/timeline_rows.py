"""What happened to one debate, by the journal, and the rows that keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, or_, select

from tabapp.store.schema import action, ballot, change, check_in, debate, debate_event
from tabapp.store.times import from_text, readable, to_text
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class EventRow:
    """One moment of a debate: its kind, when, and by whom."""

    kind: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class DebatePlace:
    """A debate with its tournament and its round."""

    id: int
    ref: str
    barcode: str
    tournament_id: int
    round_id: int


@dataclass(frozen=True, slots=True)
class Moved:
    """A ballot's status as one action left it; ``before`` None where it was entered then."""

    ballot_id: int
    before: str | None
    after: str
    at: datetime
    by: str


def find_debate(unit: ReadUnit, debate_id: int) -> DebatePlace | None:
    """Return where a debate is, None where it is gone."""
    row = unit.one(
        select(
            debate.c.id, debate.c.ref, debate.c.barcode, debate.c.tournament_id,
            debate.c.round_id)
        .where(debate.c.id == debate_id))
    return None if row is None else DebatePlace(
        row.id, row.ref, row.barcode, row.tournament_id, row.round_id)


def debate_of_ballot(unit: ReadUnit, ballot_id: int) -> DebatePlace | None:
    """Return the debate of a ballot, None where that is gone."""
    found = unit.scalar(select(ballot.c.debate_id).where(ballot.c.id == ballot_id))
    return None if found is None else find_debate(unit, found)


def counting_ballots(unit: ReadUnit, ballots: Sequence[int]) -> set[int]:
    """Return those of the ballots that count."""
    return {row for (row,) in unit.fetch(
        select(ballot.c.id).where(ballot.c.id.in_(ballots), ballot.c.status == "confirmed"))}


def existing_debates(unit: ReadUnit, debates: Sequence[int]) -> set[int]:
    """Return those of the debates that are there."""
    return {row for (row,) in unit.fetch(select(debate.c.id).where(debate.c.id.in_(debates)))}


def ballot_moves(unit: ReadUnit, place: DebatePlace) -> list[Moved]:
    """Return what became of a debate's ballots, in order of the actions that still stand.

    What came with the tournament from a file was entered nobody knows when.
    """
    mine = select(ballot.c.id).where(ballot.c.debate_id == place.id)
    brought = unit.scalar(
        select(change.c.action_id)
        .where(
            change.c.table_name == debate.name, change.c.row_id == place.id,
            change.c.before.is_(None))
        .order_by(change.c.action_id))
    return [
        Moved(
            row.row_id, row.was, row.now, at,
            row.entered_by if row.was is None and row.entered_by else row.actor)
        for row in _standing(
            unit, (change.c.table_name == ballot.name) & change.c.row_id.in_(mine)
            & or_(
                change.c.before.is_(None),
                change.c.before["status"].as_string()
                != change.c.after["status"].as_string()))
        if row.action_id != brought and row.now is not None
        and (at := readable(row.at)) is not None
    ]


def _standing(unit: ReadUnit, where: ColumnElement[bool]) -> list[Row[Any]]:
    return unit.rows(
        select(
            change.c.row_id, change.c.action_id, action.c.at, action.c.actor,
            change.c.before["status"].as_string().label("was"),
            change.c.after["status"].as_string().label("now"),
            change.c.after["entered_by"].as_string().label("entered_by"))
        .join(action, action.c.id == change.c.action_id)
        .where(where, action.c.undone_by_id.is_(None), action.c.undoes_id.is_(None))
        .order_by(change.c.action_id, change.c.n))


def receipts(unit: ReadUnit, place: DebatePlace) -> list[EventRow]:
    """Return when the ballot of a debate was handed in and its code was read."""
    codes = [one for one in (place.ref, place.barcode) if one]
    return [
        EventRow("received", at, by)
        for text, by in unit.fetch(
            select(check_in.c.at, check_in.c.by)
            .where(
                check_in.c.tournament_id == place.tournament_id, check_in.c.kind == "debate",
                check_in.c.subject.in_(codes), check_in.c.undone.is_(False))
            .order_by(check_in.c.at, check_in.c.id))
        if (at := readable(text)) is not None
    ]


def read_events(unit: ReadUnit, debate_id: int) -> list[EventRow]:
    """Return the moments that are kept of a debate, in the order in which they were stored."""
    return [
        EventRow(row.kind, from_text(row.at), row.by)
        for row in unit.rows(
            select(debate_event).where(debate_event.c.debate_id == debate_id)
            .order_by(debate_event.c.id))
    ]


def replace_events(unit: WriteUnit, debate_id: int, events: Sequence[EventRow]) -> None:
    """Keep these moments of a debate and no others."""
    unit.replace_derived(debate_event, debate_event.c.debate_id == debate_id, [
        {"debate_id": debate_id, "kind": one.kind, "at": to_text(one.at), "by": one.by}
        for one in events
    ])
