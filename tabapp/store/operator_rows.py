"""Who may sit at the keyboard, outside the journal: no PIN, hashed or not, is ever in it.

What happened to them stands in the trail of each tournament of the file, as lines that nobody
can take back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Insert, Update, delete, func, insert, select, update

from tabapp.store.schema import action, ballot, form_draft, meta, operator, tournament
from tabapp.store.times import from_text, maybe_time, readable, to_text
from tabapp.store.unit import ReadUnit, WriteUnit

TOPIC = "operators"
_NOTE = "operator:"


@dataclass(frozen=True, slots=True)
class OperatorRow:
    """One person as stored; ``pin_hash`` is empty of those who are gone."""

    id: int
    name: str
    role: str
    active: bool
    pin_hash: str = field(repr=False)
    wrong_pins: int
    wait_until: datetime | None
    pin_set_at: datetime | None
    pin_set_by: str


@dataclass(frozen=True, slots=True)
class OperatorNote:
    """What else is known: since when, the last line of the trail that was seen, former names."""

    since: datetime | None = None
    seen: int = 0
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the trail about people at the keyboard."""

    id: int
    at: datetime | None
    actor: str
    verb: str
    subject: str


def list_operator_rows(unit: ReadUnit) -> Sequence[OperatorRow]:
    """Return everybody, those who are gone among them; one statement however often a unit asks."""
    return unit.once(TOPIC, lambda: tuple(
        _row(one) for one in unit.rows(select(operator).order_by(operator.c.id))))


def get_operator_row(unit: ReadUnit, operator_id: int) -> OperatorRow | None:
    """Return one person, None for an id that nobody has."""
    return next((one for one in list_operator_rows(unit) if one.id == operator_id), None)


def _row(found: Any) -> OperatorRow:
    return OperatorRow(
        id=found.id, name=found.name, role=found.role, active=found.active,
        pin_hash=found.pin_hash, wrong_pins=found.wrong_pins,
        wait_until=readable(found.wait_until), pin_set_at=readable(found.pin_set_at),
        pin_set_by=found.pin_set_by)


def _execute(unit: WriteUnit, statement: Insert | Update) -> None:
    unit.execute(statement)
    unit.forget(TOPIC)


def insert_operator(unit: WriteUnit, name: str, role: str) -> int:
    """Add a person without a PIN and return the id, which nobody else gets again."""
    operator_id = unit.ids.take(operator.name)[0]
    _execute(unit, insert(operator).values(
        id=operator_id, name=name, role=role, pin_hash="", active=True, wrong_pins=0,
        wait_until="", pin_set_at="", pin_set_by=""))
    unit.touch(TOPIC, tournament=0)
    return operator_id


def update_operator(unit: WriteUnit, operator_id: int, **values: object) -> None:
    """Set columns of one person and let the pages know."""
    _execute(unit, update(operator).where(operator.c.id == operator_id).values(**values))
    unit.touch(TOPIC, tournament=0)


def put_tries(unit: WriteUnit, operator_id: int, wrong: int, until: datetime | None) -> None:
    """Keep how many PINs were wrong and until when nobody may try; no page shows that."""
    _execute(unit, update(operator).where(operator.c.id == operator_id).values(
        wrong_pins=wrong, wait_until=to_text(until) if until is not None else ""))


def put_hash(unit: WriteUnit, operator_id: int, pin_hash: str) -> None:
    """Keep the same PIN under another hash."""
    _execute(unit, update(operator).where(operator.c.id == operator_id).values(pin_hash=pin_hash))


# What happened to them


def add_line(unit: WriteUnit, verb: str, subject: str) -> None:
    """Write what the actor of this unit did into the trail of each tournament of the file."""
    owners: list[int | None] = [
        one for (one,) in unit.fetch(select(tournament.c.id).order_by(tournament.c.id))]
    header = unit.header
    for owner in owners or [None]:
        unit.execute(insert(action).values(
            id=unit.ids.take(action.name)[0], tournament_id=owner, at=header.at,
            actor=header.actor, verb=verb, subject=subject, topics=[], trail=True,
            undoable=False, extra={}))


def last_line(unit: ReadUnit) -> int:
    """Return the id of the newest line of the trail."""
    return int(unit.scalar(select(func.max(action.c.id))) or 0)


def lines_after(unit: ReadUnit, line: int, verbs: Iterable[str]) -> list[TrailLine]:
    """Return the lines with one of ``verbs`` that are newer than ``line``, the oldest first.

    What stands in the trails of several tournaments comes once.
    """
    columns = action.c
    found = unit.rows(
        select(columns.id, columns.at, columns.actor, columns.verb, columns.subject)
        .where(columns.id > line, columns.verb.in_(list(verbs)), columns.undoable.is_(False))
        .order_by(columns.id))
    once = {(row.at, row.actor, row.verb, row.subject): row for row in found}
    return [
        TrailLine(row.id, readable(row.at), row.actor, row.verb, row.subject)
        for row in once.values()]


# Notes about them


def read_notes(unit: ReadUnit) -> dict[int, OperatorNote]:
    """Return what else is known of everybody, by id."""
    rows = unit.rows(select(meta).where(meta.c.key.startswith(_NOTE, autoescape=True)))
    return {int(row.key.removeprefix(_NOTE)): _note(row.value) for row in rows}


def put_note(unit: WriteUnit, operator_id: int, note: OperatorNote) -> None:
    """Keep what else is known of one person."""
    key = f"{_NOTE}{operator_id}"
    value = json.dumps({
        "since": to_text(note.since) if note.since is not None else "", "seen": note.seen,
        "former": list(note.former)})
    unit.replace_derived(meta, meta.c.key == key, [{"key": key, "value": value}])


def _note(value: str) -> OperatorNote:
    try:
        found = json.loads(value)
        return OperatorNote(
            maybe_time(found["since"]), int(found["seen"]), tuple(map(str, found["former"])))
    except (ValueError, KeyError, TypeError):
        return OperatorNote()


def written_at(unit: WriteUnit) -> datetime:
    """Return the moment of a write unit."""
    return from_text(unit.header.at)


# What they typed


def count_entries(unit: ReadUnit) -> tuple[dict[str, int], dict[str, int]]:
    """Return name -> how many ballots were entered, and how many were confirmed, in this file."""
    entered, confirmed = (
        dict(unit.fetch(select(column, func.count()).where(column != "").group_by(column)))
        for column in (ballot.c.entered_by, ballot.c.confirmed_by))
    return entered, confirmed


def move_drafts(unit: WriteUnit, old: str, new: str) -> None:
    """Let what is typed under one name be under another."""
    columns = form_draft.c
    forms = [form for (form,) in unit.fetch(select(columns.form).where(columns.operator == old))]
    unit.execute(delete(form_draft).where(columns.operator == new, columns.form.in_(forms)))
    unit.execute(update(form_draft).where(columns.operator == old).values(operator=new))
