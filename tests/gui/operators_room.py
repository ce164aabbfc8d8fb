"""People at the keyboard for tests of the window, with PINs whose hashes are quick."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import argon2
import pytest

from tabapp.core import pins
from tabapp.domain.operators import Operator, OperatorRole
from tabapp.services.operators import SealedPin, add_operator, list_operators
from tests.gui.desk import Desk

DIRECTOR, CORE, VOLUNTEER = (
    OperatorRole.TAB_DIRECTOR, OperatorRole.ADJUDICATION_CORE, OperatorRole.VOLUNTEER)


@contextmanager
def quick_pins() -> Iterator[None]:
    """Let hashes be made in no time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "PASSES", 1)
        patch.setattr(pins, "KIB", 64)
        yield


def quick(pin: str) -> SealedPin:
    """Return a PIN under a quick hash."""
    return SealedPin(argon2.PasswordHasher(1, 64, 1).hash(pin))


def staff(
    desk: Desk, people: Iterable[tuple[str, OperatorRole, str]], *, by: str = "Ann"
) -> tuple[Operator, ...]:
    """Register people as (name, role, PIN), a tab director first; return all who sign in."""
    for name, role, pin in people:
        with desk.workspace.database.write(actor=by) as unit:
            add_operator(unit, name, role, quick(pin))
    with desk.workspace.database.read() as unit:
        return list_operators(unit)
