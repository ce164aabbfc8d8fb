"""Who may sit at the keyboard: roles, names, PINs and the wait after wrong ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tabapp.core.actors import AUTOMATIC, COMMAND_LINE
from tabapp.core.errors import UserError
from tabapp.domain.lookalikes import first_unseen, seen, skeleton

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
    """Return what two names share that only case, width, spaces or what is unseen tell apart."""
    folded = unicodedata.normalize("NFKC", seen(name)).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def clean_name(name: str, others: Iterable[str]) -> str:
    """Return a name as it is kept: trimmed, with single spaces.

    ``UserError``: ``operator_name_missing``, ``operator_name_long``, ``operator_name_unseen`` for
    a control or format character, ``operator_name_taken`` by one of ``others``,
    ``operator_name_alike`` for one that only looks like one of these, ``operator_name_reserved``
    for what the program calls itself, ``operator_name_command_line`` for what it writes behind
    the name of who works without the window.
    """
    clean = " ".join(unicodedata.normalize("NFC", name).split())
    shape = skeleton(clean)
    if not shape or not any(one.isprintable() and not one.isspace() for one in clean):
        raise UserError("operator_name_missing")
    if len(clean) > NAME_LIMIT:
        raise UserError("operator_name_long", name=seen(clean[:NAME_LIMIT]), limit=NAME_LIMIT)
    if unseen := first_unseen(clean):
        raise UserError("operator_name_unseen", name=seen(clean), letter=_called(unseen))
    if shape in map(skeleton, AUTOMATIC):
        raise UserError("operator_name_reserved", name=clean)
    if shape.endswith(skeleton(COMMAND_LINE)):
        raise UserError("operator_name_command_line", name=clean, mark=COMMAND_LINE.strip())
    key, known = name_key(clean), tuple(others)
    for other in known:
        if name_key(other) == key:
            raise UserError("operator_name_taken", name=other)
    for other in known:
        if skeleton(other) == shape:
            raise UserError("operator_name_alike", name=clean, other=other)
    return clean


def _called(letter: str) -> str:
    """Return what Unicode calls a letter that nobody sees."""
    name = unicodedata.name(letter, "").lower()
    return f"U+{ord(letter):04X}" + (f", {name}" if name else "")


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
