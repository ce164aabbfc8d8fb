"""Letting a person in by PIN: the try, the wait after wrong ones, what happened meanwhile."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tabapp.core import pins
from tabapp.core.actors import COMMAND_LINE
from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.operators import Operator, OperatorRole, clean_pin, seconds_left, wait_after
from tabapp.store.database import Database
from tabapp.store.operator_rows import (
    OperatorNote,
    OperatorRow,
    TrailLine,
    get_operator_row,
    last_line,
    lines_after,
    put_hash,
    put_note,
    put_tries,
    read_notes,
)
from tabapp.store.unit import ReadUnit, WriteUnit

log = logging.getLogger(__name__)

_UNWRITABLE = frozenset({"disk_full", "database_readonly", "database_io"})

ADD, BRING_BACK = "add the operator", "bring back the operator"
ROLE, NEW_PIN = "change the role of", "set a new PIN for"
"""Verbs of the trail that may be worth telling a tab director."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Something by which somebody may have come in: a PIN that another set, a way past the window.

    ``verb`` and ``subject`` are those of the line in the trail.
    """

    at: datetime | None
    by: str
    verb: str
    subject: str


def check_pin(database: Database, operator_id: int, pin: str, now: datetime) -> Operator:
    """Return the person whose PIN this is. It takes up to 0.1 s: not in the window's thread.

    A try counts as wrong before it is looked at, so that ending the program, or another window,
    buys none. Where the file takes no writing it is looked at without being counted: a full disk
    shuts nobody out. ``UserError``: ``pin_wrong`` (``wait``: seconds until the next try, 0 for
    none), ``pin_must_wait`` (``seconds``), ``operator_gone``, ``pin_renewed`` where the PIN was
    set anew meanwhile, ``pin_letters`` and ``pin_length`` for what cannot be one, which counts for
    nothing.
    """
    typed = clean_pin(pin)
    row, left, counted = _begin_try(database, operator_id, now)
    if left:
        raise UserError("pin_must_wait", name=row.name, seconds=left)
    if not pins.is_pin(row.pin_hash, typed):
        wait = wait_after(row.wrong_pins + 1) if counted else 0
        then = word("pin_then_wait", {"wait": wait}) if wait else word("pin_then_again", {})
        raise UserError("pin_wrong", name=row.name, wait=wait, then=then)
    better = pins.hash_pin(typed) if pins.is_weak(row.pin_hash) else ""
    try:
        with database.write(trail=False, undoable=False) as unit:
            _same_pin(unit, row)
            put_tries(unit, operator_id, 0, None)
            if better:
                put_hash(unit, operator_id, better)
    except UserError as error:
        _refuse_others(error)
        with database.read() as unit:
            _same_pin(unit, row)
    return Operator(row.id, row.name, OperatorRole(row.role), row.active)


def _begin_try(
    database: Database, operator_id: int, now: datetime
) -> tuple[OperatorRow, int, bool]:
    """Count a try; return the person as before it and the seconds left to wait, 0 for a try.

    Last, whether it could be counted.
    """
    try:
        with database.write(trail=False, undoable=False) as unit:
            row = _active(unit, operator_id)
            left = seconds_left(row.wrong_pins, row.wait_until, now)
            if left:  # anew by the clock of now, which may have been set back
                put_tries(unit, operator_id, row.wrong_pins, now + _longest(row, now, left))
            else:
                wrong = row.wrong_pins + 1
                wait = wait_after(wrong)
                until = now + timedelta(seconds=wait) if wait else None
                put_tries(unit, operator_id, wrong, until)
    except UserError as error:
        _refuse_others(error)
        with database.read() as unit:
            row = _active(unit, operator_id)
        return row, seconds_left(row.wrong_pins, row.wait_until, now), False
    return row, left, True


def _refuse_others(error: UserError) -> None:
    """Raise an error unless it says that nothing can be written."""
    if error.code not in _UNWRITABLE:
        raise error
    log.warning("a PIN is looked at without counting the try: %s", error.code)


def _same_pin(unit: ReadUnit, row: OperatorRow) -> None:
    if _active(unit, row.id).pin_hash != row.pin_hash:
        raise UserError("pin_renewed", name=row.name)


def _longest(row: OperatorRow, now: datetime, left: int) -> timedelta:
    """Return how long the wait goes on: as stored, or ``left`` where the clock was set back."""
    stored = row.wait_until - now if row.wait_until is not None else timedelta()
    return min(stored, timedelta(seconds=left))


def wait_of(unit: ReadUnit, operator_id: int, now: datetime) -> int:
    """Return for how many seconds a person may not try; 0 for one who may, or who is gone."""
    row = get_operator_row(unit, operator_id)
    return 0 if row is None else seconds_left(row.wrong_pins, row.wait_until, now)


def _active(unit: ReadUnit, operator_id: int) -> OperatorRow:
    row = get_operator_row(unit, operator_id)
    if row is None or not row.active:
        raise UserError("operator_gone", name=row.name if row else str(operator_id))
    return row


# What a tab director is told once


def unseen_resets(unit: ReadUnit, operator: Operator) -> tuple[Reset, ...]:
    """Return what a tab director has not been told of, the oldest first; nobody else is told.

    It is what others did: PINs that they set, and whom they let in from the command line.
    """
    if operator.role is not OperatorRole.TAB_DIRECTOR:
        return ()
    seen = read_notes(unit).get(operator.id, OperatorNote()).seen
    lines = lines_after(unit, seen, (ADD, ROLE, NEW_PIN, BRING_BACK))
    return tuple(
        Reset(one.at, one.actor, one.verb, one.subject)
        for one in lines if one.actor != operator.name and _is_told(one))


def note_resets_seen(unit: WriteUnit, operator: Operator) -> None:
    """Keep that a person was told of everything up to now; no action, nothing to undo."""
    note = read_notes(unit).get(operator.id, OperatorNote())
    put_note(unit, operator.id, replace(note, seen=last_line(unit)))


def _is_told(line: TrailLine) -> bool:
    return line.verb == NEW_PIN or line.actor.endswith(COMMAND_LINE)
