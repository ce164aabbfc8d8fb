"""Cleaning what people type, and reading it: texts, addresses, numbers, yes and no."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from tabapp.core.errors import Problem
from tabapp.domain.registration.fields import FieldRule, Form
from tabapp.domain.setup import slugify

YES = frozenset({"yes", "y", "true", "t", "1", "x", "✓", "✔"})
NO = frozenset({"", "no", "n", "false", "f", "0", "-"})
_ADDRESS = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"().]+(?:\.[^@\s,;<>\"().]+)+")
_LINE_BREAK = re.compile(r"[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_ENDS = re.compile(r"^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+\Z")
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of the line around a name; nobody sees it, so it cannot be refused."""
_SEPARATORS = re.compile(r"\s*[/;,|]\s*")


def clean(text: str) -> str:
    """Return a text in the composed form, without spaces around it or doubled in it.

    Marks that set the direction of writing go too. Line breaks inside stay, so that they can be
    refused.

    >>> clean("  Ana   Núñez ")
    'Ana Núñez'
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = _ENDS.sub("", unicodedata.normalize("NFC", _DIRECTIONS.sub("", text)))
    if _LINE_BREAK.search(composed):
        return composed
    return _SPACES.sub(" ", composed)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Return what a name is looked up by: without regard to case."""
    return clean(text).casefold()


def slug_of(name: str) -> str:
    """Return a short name for files and addresses, for names without a Latin letter too.

    >>> slug_of("First Years"), slug_of("新人")
    ('first-years', '新人')
    """
    return slugify(name, "") or _SPACES.sub("-", fold(name))


def split_list(text: str) -> list[str]:
    """Return the names in a cell: parted by ``/``, comma, semicolon or ``|``."""
    return [part for part in _SEPARATORS.split(clean(text)) if part]


def split_names(text: str) -> list[str]:
    """Return the speakers in a cell: parted by line breaks, tabs, commas, semicolons or ``&``."""
    return [found for part in re.split(r"[\n\r\t,;&]", text) if (found := clean(part))]


def read_text(rule: FieldRule, where: str, given: object) -> tuple[str, list[Problem]]:
    """Read a text and say what is wrong with it."""
    if given in (None, "") and not rule.required:
        return "", []
    text = clean(str(given)) if given is not None else ""
    found = []
    if rule.required and not text:
        found.append(Problem.of("error", where, "field_missing", field=rule.title))
    if _LINE_BREAK.search(text):
        found.append(Problem.of("error", where, "field_line_break", field=rule.title))
    elif any(unicodedata.category(c) in ("Cc", "Cs") for c in text):
        found.append(Problem.of("error", where, "field_bad_character", field=rule.title))
    if len(text) > rule.limit:
        found.append(Problem.of(
            "error", where, "field_too_long", field=rule.title, count=len(text),
            limit=rule.limit))
    if rule.form is Form.EMAIL and text and not found and not _ADDRESS.fullmatch(text):
        found.append(Problem.of("error", where, "email_wrong", value=text))
    return text, found


def read_number(
    rule: FieldRule, where: str, given: object
) -> tuple[float | int | None, list[Problem]]:
    """Read a number, with a comma or a real minus too; blank is the field's default."""
    text = clean(str(given)).replace("\N{MINUS SIGN}", "-") if given is not None else ""
    if not text:
        return rule.default, []
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        return None, [Problem.of("error", where, "number_wrong", value=text)]
    if not rule.low <= number <= rule.high:
        return None, [Problem.of(
            "error", where, "number_outside", value=text, low=f"{rule.low:.15g}",
            high=f"{rule.high:.15g}")]
    if rule.form is not Form.WHOLE:
        return number, []
    if not number.is_integer():
        return None, [Problem.of("error", where, "number_not_whole", value=text)]
    return int(number), []


def read_flag(rule: FieldRule, where: str, given: object) -> tuple[bool, list[Problem]]:
    """Read yes or no; blank is no."""
    if isinstance(given, bool):
        return given, []
    text = "" if given is None else fold(str(given))
    if text in YES or text in NO:
        return text in YES, []
    return False, [Problem.of("error", where, "flag_wrong", value=text, field=rule.title)]


def read_choice(rule: FieldRule, where: str, given: object) -> tuple[str, list[Problem]]:
    """Read one of a few words; blank is the first of a field that has a normal case, else blank."""
    text = "" if given is None else fold(str(given))
    chosen = rule.aliases.get(text, text)
    normal = rule.choices[0] if rule.aliases else ""
    if not chosen or chosen in rule.choices:
        return chosen or normal, []
    return normal, [Problem.of(
        "error", where, "choice_wrong", value=text, known=_listed(rule.choices))]


def _listed(words: Iterable[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
