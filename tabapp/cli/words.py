"""Words of the command line that mean values: lengths of time, KEY=VALUE."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tabapp.core.errors import UserError

_LENGTH = re.compile(r"(\d{1,5}(?:\.\d{1,6})?)([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def length_of(text: str, option: str) -> float:
    """Return the seconds of 30s, 5m, 2h or 1d; a bare number is seconds."""
    found = _LENGTH.fullmatch(text)
    if found is None:
        raise UserError("schedule_when_unread", text=text, option=option, example="30s, 5m or 2h")
    return float(found[1]) * _SECONDS[found[2]]


def pairs(words: Iterable[str] | None) -> dict[str, str]:
    """Return KEY=VALUE words as a mapping; ``UserError`` for one that is none."""
    found = {}
    for text in words or ():
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise UserError("parameter_unreadable", text=text)
        found[key] = value
    return found
