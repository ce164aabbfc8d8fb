"""Who may sit at the keyboard: roles, names, PINs and the wait after wrong ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tabapp.core.actors import AUTOMATIC
from tabapp.core.errors import UserError

NAME_LIMIT = 100
"""The most letters of an operator's name; drafts are kept under it."""

PIN_SHORTEST, PIN_LONGEST = 4, 8
"""How many digits a PIN has, at least and at most."""

WAITS = (0, 0, 2, 5, 15, 30, 60, 120, 300)
"""Seconds to wait after the first, second, third … wrong PIN; the last holds for all that come."""


class OperatorRole(StrEnum):
    """What somebody at the keyboard is there for, as the database names it."""

    TAB_DIRECTOR = "tab_director"
    ADJUDICATION_CORE = "adjudication_core"
    VOLUNTEER = "volunteer"


@dataclass(frozen=True, slots=True)
class Operator:
    """One person who signs in with a PIN. Who was removed is not active; the name stays."""

    id: int
    name: str
    role: OperatorRole
    active: bool


def name_key(name: str) -> str:
    """Return what two names share that only their case, width or spaces tell apart."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def clean_name(name: str, others: Iterable[str]) -> str:
    """Return a name as it is kept: trimmed, with single spaces.

    ``UserError``: ``operator_name_missing``, ``operator_name_long``, ``operator_name_taken`` by
    one of ``others``, ``operator_name_reserved`` for what the program calls itself.
    """
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    if not any(letter.isprintable() and not letter.isspace() for letter in clean):
        raise UserError("operator_name_missing")
    if len(clean) > NAME_LIMIT:
        raise UserError("operator_name_long", name=clean[:NAME_LIMIT], limit=NAME_LIMIT)
    key = name_key(clean)
    if key in AUTOMATIC:
        raise UserError("operator_name_reserved", name=clean)
    for other in others:
        if name_key(other) == key:
            raise UserError("operator_name_taken", name=other)
    return clean


def clean_pin(typed: str) -> str:
    """Return a PIN in ASCII digits, whatever script they were typed in.

    ``UserError``: ``pin_letters`` for anything but digits, ``pin_length`` for too few or many.
    The text itself is in no error: who looks over a shoulder learns nothing.
    """
    digits = []
    for letter in typed.strip():
        digit = unicodedata.decimal(letter, None)
        if digit is None:
            raise UserError("pin_letters", shortest=PIN_SHORTEST, longest=PIN_LONGEST)
        digits.append(str(digit))
    if not PIN_SHORTEST <= len(digits) <= PIN_LONGEST:
        raise UserError(
            "pin_length", count=len(digits), shortest=PIN_SHORTEST, longest=PIN_LONGEST)
    return "".join(digits)


def wait_after(wrong: int) -> int:
    """Return how many seconds nobody may try after ``wrong`` wrong PINs in a row."""
    return WAITS[min(wrong, len(WAITS)) - 1] if wrong > 0 else 0


def seconds_left(wrong: int, until: datetime | None, now: datetime) -> int:
    """Return how many whole seconds are left to wait, 0 when the next PIN may be tried.

    ``until`` was written by the clock of then. Where the clock was set back since, what is left
    is never more than the wait that the wrong PINs earned: nobody is shut out for ever.
    """
    if until is None:
        return 0
    left = until - now
    if left <= timedelta():
        return 0
    return min(-(-left // timedelta(seconds=1)), wait_after(wrong))
