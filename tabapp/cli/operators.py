"""Who may sit at the keyboard, from the command line: the way back when a PIN is forgotten."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import Annotated, Any, TextIO, TypeVar

import typer

from tabapp.cli.base import (
    AsJson,
    Database,
    command,
    print_json,
    print_table,
    printable,
    runtime_of,
    say,
)
from tabapp.core.errors import ProblemsFound, UserError
from tabapp.domain.operators import PIN_LONGEST, PIN_SHORTEST, Operator, OperatorRole
from tabapp.services.operators import (
    COMMAND_LINE,
    ROLE_WORDS,
    Person,
    SealedPin,
    add_operator,
    bring_back_operator,
    change_role,
    check_pins,
    list_operators,
    operator_called,
    read_people,
    remove_operator,
    seal_pin,
    set_pin,
)
from tabapp.services.workspace import Workspace
from tabapp.store.unit import WriteUnit

T = TypeVar("T")
_LONGEST_LINE = 1000

app = typer.Typer()
operators = typer.Typer(
    no_args_is_help=True,
    help="People who sign in at the keyboard with a PIN: list, add, role, reset-pin, remove, "
    "restore. The PIN is asked for, or read as one line of standard input.")
app.add_typer(operators, name="operator")

Name = Annotated[str, typer.Argument(metavar="NAME", help="what the person is called")]
Role = Annotated[OperatorRole, typer.Argument(metavar="ROLE", help=(
    "tab_director, adjudication_core or volunteer"))]


@command(operators, "list")
def list_(ctx: typer.Context, db: Database, json: AsJson = False) -> None:
    """List who may sign in, and who was removed."""
    with runtime_of(ctx).open(db) as work, work.database.read() as unit:
        people = read_people(unit)
    if json:
        print_json([_row(one) for one in people])
        return
    print_table("People at the keyboard", ["name", "role", "state", "entered", "confirmed"], (
        [one.operator.name, ROLE_WORDS[one.operator.role],
         "signs in" if one.operator.active else "removed", one.entered, one.confirmed]
        for one in people))


@command(operators, "add")
def add(
    ctx: typer.Context,
    db: Database,
    name: Name,
    role: Annotated[OperatorRole | None, typer.Option("--role", metavar="ROLE", help=(
        "tab_director, adjudication_core or volunteer; a volunteer, but the first one"))] = None,
    json: AsJson = False,
) -> None:
    """Let a person sign in; the first one is a tab director."""

    def change(work: Workspace) -> Operator:
        with work.database.read() as unit:
            nobody = not list_operators(unit)
        wanted = role or (OperatorRole.TAB_DIRECTOR if nobody else OperatorRole.VOLUNTEER)
        pin = _ask_pin(name)
        return _write(work, lambda unit: add_operator(unit, name, wanted, pin))

    _change(ctx, db, change, "{name} signs in as {role}.", json=json)


@command(operators, "role")
def role_(ctx: typer.Context, db: Database, name: Name, role: Role, json: AsJson = False) -> None:
    """Let a person be there as something else."""
    _change(ctx, db, lambda work: _write(work, lambda unit: change_role(
        unit, operator_called(unit, name).id, role)), "{name} is {role} now.", json=json)


@command(operators, "reset-pin")
def reset_pin(ctx: typer.Context, db: Database, name: Name, json: AsJson = False) -> None:
    """Set a new PIN for who forgot theirs; every tab director is told at the next sign-in."""

    def change(work: Workspace) -> Operator:
        known = _known(work, name, active=True)
        pin = _ask_pin(known.name)
        _write(work, lambda unit: set_pin(unit, known.id, pin))
        return known

    _change(ctx, db, change, "{name} has a new PIN. Every tab director is told of it.", json=json)


@command(operators, "remove")
def remove(ctx: typer.Context, db: Database, name: Name, json: AsJson = False) -> None:
    """Let a person not sign in any more; entries keep the name."""

    def change(work: Workspace) -> Operator:
        _write(work, lambda unit: remove_operator(unit, operator_called(unit, name).id))
        return _known(work, name)

    _change(ctx, db, change, "{name} does not sign in any more.", json=json)


@command(operators, "restore")
def restore(ctx: typer.Context, db: Database, name: Name, json: AsJson = False) -> None:
    """Let a person who was removed sign in again, with a new PIN."""

    def change(work: Workspace) -> Operator:
        known = _known(work, name, active=False)
        pin = _ask_pin(known.name)
        return _write(work, lambda unit: bring_back_operator(unit, known.id, pin))

    _change(ctx, db, change, "{name} signs in again as {role}.", json=json)


def _change(
    ctx: typer.Context, db: str, change: Callable[[Workspace], Operator], sentence: str, *,
    json: bool,
) -> None:  # fmt: skip
    with runtime_of(ctx).open(db) as work:
        done = change(work)
        with work.database.read() as unit:
            person = next(one for one in read_people(unit) if one.operator.id == done.id)
    if json:
        print_json(_row(person))
    else:
        say(sentence.format(name=done.name, role=ROLE_WORDS[done.role]))


def _write(work: Workspace, change: Callable[[WriteUnit], T]) -> T:
    with work.database.write(actor=f"{work.actor}{COMMAND_LINE}") as unit:
        return change(unit)


def _known(work: Workspace, name: str, *, active: bool | None = None) -> Operator:
    """Return a person, before anybody is asked for a PIN that could not be stored."""
    with work.database.read() as unit:
        found = operator_called(unit, name)
    if active is not None and found.active is not active:
        raise UserError("operator_removed" if active else "operator_there", name=found.name)
    return found


def _ask_pin(name: str) -> SealedPin:
    """Ask for a PIN twice without showing it, or read it as a line where nobody can be asked."""
    given: TextIO | None = sys.stdin  # none where the program was started without one
    if given is not None and given.isatty():
        try:
            pin = getpass.getpass(
                f"New PIN of {printable(name)} ({PIN_SHORTEST} to {PIN_LONGEST} digits): ")
            again = getpass.getpass("The same once more: ")
        except EOFError:
            pin = again = ""
    else:
        line = given.buffer.readline(_LONGEST_LINE) if given is not None else b""
        pin = again = line.decode(errors="replace").strip()
    if found := check_pins(pin, again):
        raise ProblemsFound(found)
    return seal_pin(pin)


def _row(one: Person) -> dict[str, Any]:
    return {
        "name": one.operator.name, "role": one.operator.role.value,
        "active": one.operator.active,
        "since": one.since.isoformat() if one.since else None,
        "pin_set_at": one.pin_set_at.isoformat() if one.pin_set_at else None,
        "pin_set_by": one.pin_set_by, "entered": one.entered, "confirmed": one.confirmed,
        "former_names": list(one.former),
    }
