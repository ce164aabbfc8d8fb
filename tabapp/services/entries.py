"""What people type into fields: numbers, times, short names; what is wrong stands at its field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from tabapp.core.errors import Problem, ProblemsFound

LONGEST_SLUG = 50
LONGEST_NAME = 100
_WHOLE = re.compile(r"[+-]?[0-9]{1,9}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,12}([.,][0-9]{0,9})?|[.,][0-9]{1,9})")
_SLUG = re.compile(r"[\w.-]+")
_CLOCK = re.compile(r"([0-9]{1,2})[:.h]?([0-9]{2})")
_MOMENT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T|\s+)([0-9]{1,2})[:.]([0-9]{2})(:00)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def refuse(problems: Iterable[Problem]) -> None:
    """Raise ``ProblemsFound`` with the errors among ``problems``, if there are any."""
    errors = [one for one in problems if one.level == "error"]
    if errors:
        raise ProblemsFound(errors)


def plain_minus(text: str) -> str:
    """Return ``text`` without blanks around it and with the minus that computers know."""
    return text.strip().replace("\u2212", "-")


def parse_number(text: str) -> float | None:
    """Return the number that ``text`` is, with a point or a comma; None if it is none.

    >>> parse_number(" 72,5 "), parse_number("7x"), parse_number("")
    (72.5, None, None)
    """
    given = plain_minus(text)
    return float(given.replace(",", ".")) if _NUMBER.fullmatch(given) else None


def parse_start(text: str) -> str | None:
    """Return a start time as it is kept: ``09:05``, or ``2026-01-31T09:05``; None if it is none.

    It is a time of the tournament's own time zone, as people write it on a schedule.

    >>> parse_start("9:05"), parse_start("1430"), parse_start("2026-01-31 9.05")
    ('09:05', '14:30', '2026-01-31T09:05')
    """
    given = text.strip()
    if found := _CLOCK.fullmatch(given):
        day = ""
        hour, minute = int(found[1]), int(found[2])
    elif found := _MOMENT.fullmatch(given):
        year, month, date = int(found[1]), int(found[2]), int(found[3])
        if not 1 <= month <= 12 or not 1 <= date <= _days(year, month):
            return None
        day = f"{found[1]}-{found[2]}-{found[3]}T"
        hour, minute = int(found[4]), int(found[5])
    else:
        return None
    return f"{day}{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 28 if month == 2 and not leap else _DAYS[month - 1]


class Reader:
    """Reads what was typed, field by field, and keeps what is wrong in ``problems``.

    A field that cannot be read gives a harmless value, so that the others are read all the same.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def whole(self, where: str, text: str, least: int, most: int) -> int:
        """Return a whole number from ``least`` to ``most``."""
        given = plain_minus(text)
        if not _WHOLE.fullmatch(given):
            self._wrong(where, "entry_not_whole", text, least, most)
            return least
        return int(self._inside(where, text, int(given), least, most))

    def number(self, where: str, text: str, least: float, most: float) -> float:
        """Return a number from ``least`` to ``most``."""
        given = parse_number(text)
        if given is None:
            self._wrong(where, "entry_not_a_number", text, least, most)
            return least
        return self._inside(where, text, given, least, most)

    def _inside(self, where: str, text: str, given: float, least: float, most: float) -> float:
        if least <= given <= most:
            return given
        self._wrong(where, "entry_out_of_range", text, least, most)
        return least

    def _wrong(self, where: str, code: str, text: str, least: float, most: float) -> None:
        self.problems.append(Problem.of(
            "error", where, code if text.strip() else "entry_blank", value=shown(text),
            least=f"{least:g}", most=f"{most:,.10g}".replace(",", "")))

    def start(self, where: str, text: str) -> str | None:
        """Return a start time, None for nothing."""
        if not text.strip():
            return None
        found = parse_start(text)
        if found is None:
            self.problems.append(
                Problem.of("error", where, "start_unreadable", value=shown(text)))
        return found

    def name(self, where: str, text: str, *, longest: int = LONGEST_NAME) -> str:
        """Return a name on one line; it may be blank."""
        given = " ".join(text.split())
        if len(given) > longest:
            self.problems.append(Problem.of(
                "error", where, "entry_too_long", count=len(given), most=longest))
        return given

    def slug(self, where: str, text: str, taken: Collection[str]) -> str:
        """Return a short name that can be typed after a command and is nobody else's."""
        given = text.strip()
        if not _SLUG.fullmatch(given) or len(given) > LONGEST_SLUG:
            self.problems.append(Problem.of(
                "error", where, "slug_unreadable", value=shown(text), most=LONGEST_SLUG))
        elif given in taken:
            self.problems.append(Problem.of("error", where, "slug_twice", slug=given))
        return given


def shown(text: str) -> str:
    """Return what was typed, short enough for a sentence."""
    given = " ".join(text.split())
    return given if len(given) <= 40 else f"{given[:39]}…"
