"""The people at the keyboard: who may sit there, as what, and with which PIN.

They belong to the file, whatever tournaments it holds. What is done to them stands in the trail
and is never taken back by an undo. ``sign_in`` lets them in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from tabapp.core import pins
from tabapp.core.actors import COMMAND_LINE
from tabapp.core.errors import Problem, UserError
from tabapp.domain.operators import (
    PIN_LONGEST,
    PIN_SHORTEST,
    Operator,
    OperatorRole,
    clean_name,
    clean_pin,
    name_key,
)
from tabapp.domain.types import id_key
from tabapp.services.sign_in import (
    ADD,
    BRING_BACK,
    NEW_PIN,
    ROLE,
    Reset,
    check_pin,
    note_resets_seen,
    unseen_resets,
    wait_of,
)
from tabapp.store.operator_rows import (
    OperatorNote,
    OperatorRow,
    add_line,
    count_entries,
    get_operator_row,
    insert_operator,
    last_line,
    list_operator_rows,
    move_drafts,
    put_note,
    read_notes,
    update_operator,
    written_at,
)
from tabapp.store.times import to_text
from tabapp.store.unit import ReadUnit, WriteUnit

__all__ = [
    "COMMAND_LINE", "ROLE_WORDS", "OperatorEntry", "Person", "Reset", "SealedPin",
    "add_operator", "bring_back_operator", "change_role", "check_entry", "check_pin",
    "check_pins", "list_operators", "note_resets_seen", "operator_called",
    "read_people", "remove_operator", "rename_operator", "seal_pin", "set_pin",
    "unseen_resets", "wait_of", "why_not_let_go",
]

RENAME, OWN_PIN, REMOVE = "rename the operator", "change the PIN of", "remove the operator"

ROLE_WORDS: Mapping[OperatorRole, str] = {
    OperatorRole.TAB_DIRECTOR: "tab director",
    OperatorRole.ADJUDICATION_CORE: "adjudication core",
    OperatorRole.VOLUNTEER: "volunteer",
}
"""What a role is called in the trail."""


@dataclass(frozen=True, slots=True)
class SealedPin:
    """A PIN that was checked and hashed, before the unit that stores it."""

    hash: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """One person with what is told of them; ``former`` are names of before."""

    operator: Operator
    since: datetime | None
    pin_set_at: datetime | None
    pin_set_by: str
    entered: int
    confirmed: int
    former: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which this person typed."""
        return (self.operator.name, *self.former)


@dataclass(frozen=True, slots=True)
class OperatorEntry:
    """What somebody types to add a person or to set a PIN."""

    name: str
    role: OperatorRole
    pin: str = field(default="", repr=False)
    again: str = field(default="", repr=False)


# Reading


def list_operators(unit: ReadUnit, *, gone: bool = False) -> tuple[Operator, ...]:
    """Return who may sign in, "Desk 2" before "Desk 12"; with ``gone`` who was removed too."""
    found = [_operator(row) for row in list_operator_rows(unit) if gone or row.active]
    return tuple(sorted(found, key=lambda one: id_key(name_key(one.name))))


def operator_called(unit: ReadUnit, name: str) -> Operator:
    """Return the person of a name, whatever its case; ``UserError("operator_unknown")``."""
    known = list_operators(unit, gone=True)
    for one in known:
        if name_key(one.name) == name_key(name):
            return one
    if not known:
        raise UserError("operators_none")
    raise UserError(
        "operator_unknown", name=name, names=", ".join(one.name for one in known))


def read_people(unit: ReadUnit) -> tuple[Person, ...]:
    """Return everybody: first those who may sign in, then those who were removed."""
    notes = read_notes(unit)
    entered, confirmed = count_entries(unit)
    people = []
    for row in list_operator_rows(unit):
        note = notes.get(row.id, OperatorNote())
        names = {row.name, *note.former}
        people.append(Person(
            _operator(row), note.since, row.pin_set_at, row.pin_set_by,
            sum(entered.get(one, 0) for one in names),
            sum(confirmed.get(one, 0) for one in names), note.former))
    return tuple(sorted(
        people, key=lambda one: (not one.operator.active, id_key(name_key(one.operator.name)))))


def _operator(row: OperatorRow) -> Operator:
    return Operator(row.id, row.name, OperatorRole(row.role), row.active)


# What is wrong


def check_entry(
    people: Iterable[Person], entry: OperatorEntry, *, besides: int | None = None
) -> list[Problem]:
    """Return everything that is wrong with a new person, each at its field.

    ``besides`` is the person who is to be called so, whose PIN stays.
    """
    known = tuple(people)
    found = []
    try:
        _free_name(entry.name, known, besides)
    except UserError as error:
        found.append(_problem("name", error))
    if besides is not None:
        return found
    if entry.role is not OperatorRole.TAB_DIRECTOR and not _directors(known):
        found.append(Problem.of("error", "role", "operator_first_director"))
    return found + check_pins(entry.pin, entry.again)


def check_pins(pin: str, again: str) -> list[Problem]:
    """Return what is wrong with a PIN that was typed twice."""
    if not pin:
        return [Problem.of(
            "error", "pin", "pin_missing", shortest=PIN_SHORTEST, longest=PIN_LONGEST)]
    try:
        wanted = clean_pin(pin)
    except UserError as error:
        return [_problem("pin", error)]
    try:
        same = clean_pin(again) == wanted
    except UserError:
        same = False
    return [] if same else [Problem.of("error", "again", "pin_differs")]


def why_not_let_go(
    people: Iterable[Person], operator_id: int, *, removed: bool = False
) -> str:
    """Say why a person must stay a tab director, "" where it need not be.

    The very last person of all may be ``removed``: then nobody signs in any more.
    """
    known = tuple(people)
    directors = _directors(known)
    if [one.operator.id for one in directors] != [operator_id]:
        return ""
    if removed and sum(one.operator.active for one in known) == 1:
        return ""
    return UserError("operator_last_director", name=directors[0].operator.name).message


def _problem(where: str, error: UserError) -> Problem:
    return Problem("error", where, error.code, error.message)


def _directors(people: Iterable[Person]) -> list[Person]:
    return [
        one for one in people
        if one.operator.active and one.operator.role is OperatorRole.TAB_DIRECTOR]


def _free_name(name: str, people: Iterable[Person], besides: int | None) -> str:
    """Return a name that nobody else has or had; whose it was may have it again."""
    others = [one for one in people if one.operator.id != besides]
    for one in others:
        if name_key(one.operator.name) == name_key(name) and not one.operator.active:
            raise UserError("operator_name_gone", name=one.operator.name)
        for former in one.former:
            if name_key(former) == name_key(name):
                raise UserError("operator_name_former", name=former, now=one.operator.name)
    return clean_name(name, (called for one in others for called in one.names))


# Changing


def seal_pin(pin: str) -> SealedPin:
    """Check and hash a PIN. It takes up to 0.1 s: not inside a unit, not in the window's thread.

    ``UserError`` ``pin_letters`` or ``pin_length``.
    """
    return SealedPin(pins.hash_pin(clean_pin(pin)))


def add_operator(unit: WriteUnit, name: str, role: OperatorRole, pin: SealedPin) -> Operator:
    """Add a person, who has to be a tab director while there is none."""
    people = read_people(unit)
    clean = _free_name(name, people, None)
    if role is not OperatorRole.TAB_DIRECTOR and not _directors(people):
        raise UserError("operator_first_director")
    operator_id = insert_operator(unit, clean, role.value)
    _put_pin(unit, operator_id, pin)
    put_note(unit, operator_id, OperatorNote(since=written_at(unit)))
    add_line(unit, ADD, f"{clean}, {ROLE_WORDS[role]}")
    _see_everything(unit, operator_id)
    return Operator(operator_id, clean, role, active=True)


def rename_operator(unit: WriteUnit, operator_id: int, name: str) -> Operator:
    """Call a person otherwise. Entries keep the name of then, and nobody else can have it."""
    row = _row_of(unit, operator_id)
    clean = _free_name(name, read_people(unit), operator_id)
    if clean == row.name:
        return _operator(row)
    note = read_notes(unit).get(operator_id, OperatorNote())
    former = tuple(one for one in (*note.former, row.name) if one != clean)
    put_note(unit, operator_id, replace(note, former=tuple(dict.fromkeys(former))))
    update_operator(unit, operator_id, name=clean)
    move_drafts(unit, row.name, clean)
    add_line(unit, RENAME, f"{row.name} to {clean}")
    return replace(_operator(row), name=clean)


def change_role(unit: WriteUnit, operator_id: int, role: OperatorRole) -> Operator:
    """Let a person be there as something else; ``operator_last_director`` for the only one."""
    row = _active(unit, operator_id)
    if role.value != row.role:
        _need_another_director(unit, row)
        update_operator(unit, operator_id, role=role.value)
        add_line(unit, ROLE, f"{row.name} to {ROLE_WORDS[role]}")
    return replace(_operator(row), role=role)


def set_pin(unit: WriteUnit, operator_id: int, pin: SealedPin) -> None:
    """Give a person another PIN, which ends a wait; every tab director is told of it once."""
    row = _active(unit, operator_id)
    _put_pin(unit, operator_id, pin)
    add_line(unit, OWN_PIN if unit.header.actor == row.name else NEW_PIN, row.name)


def remove_operator(unit: WriteUnit, operator_id: int) -> None:
    """Let a person not sign in any more; the name stays with what was typed under it.

    With the last of all everybody is the tab director again, as in a file that never had any.
    """
    row = _active(unit, operator_id)
    _need_another_director(unit, row, removed=True)
    update_operator(
        unit, operator_id, active=False, pin_hash="", wrong_pins=0, wait_until="")
    add_line(unit, REMOVE, row.name)


def bring_back_operator(unit: WriteUnit, operator_id: int, pin: SealedPin) -> Operator:
    """Let a person sign in again, in the role of then and with a new PIN.

    A tab director comes back first where nobody is left: ``operator_back_first_director``.
    """
    row = _row_of(unit, operator_id)
    if row.active:
        raise UserError("operator_there", name=row.name)
    role = OperatorRole(row.role)
    if role is not OperatorRole.TAB_DIRECTOR and not _directors(read_people(unit)):
        raise UserError("operator_back_first_director", name=row.name, role=ROLE_WORDS[role])
    update_operator(unit, operator_id, active=True)
    _put_pin(unit, operator_id, pin)
    add_line(unit, BRING_BACK, f"{row.name}, {ROLE_WORDS[role]}")
    _see_everything(unit, operator_id)
    return replace(_operator(row), active=True)


def _put_pin(unit: WriteUnit, operator_id: int, pin: SealedPin) -> None:
    update_operator(
        unit, operator_id, pin_hash=pin.hash, wrong_pins=0, wait_until="",
        pin_set_at=to_text(written_at(unit)), pin_set_by=unit.header.actor)


def _see_everything(unit: WriteUnit, operator_id: int) -> None:
    """Tell nobody who comes now of what was done before."""
    note = read_notes(unit).get(operator_id, OperatorNote())
    put_note(unit, operator_id, replace(note, seen=last_line(unit)))


def _need_another_director(unit: ReadUnit, row: OperatorRow, *, removed: bool = False) -> None:
    if why_not_let_go(read_people(unit), row.id, removed=removed):
        raise UserError("operator_last_director", name=row.name)


def _row_of(unit: ReadUnit, operator_id: int) -> OperatorRow:
    row = get_operator_row(unit, operator_id)
    if row is None:
        raise UserError("operator_removed", name=str(operator_id))
    return row


def _active(unit: ReadUnit, operator_id: int) -> OperatorRow:
    row = _row_of(unit, operator_id)
    if not row.active:
        raise UserError("operator_removed", name=row.name)
    return row
