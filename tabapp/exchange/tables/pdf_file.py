"""Tables on paper: A4 or Letter, upright or across by their width, set by Typst from a template.

What is said reaches Typst as data, never as markup; ``typesetting`` says what of its letters no
font has.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from typing import Any

from tabapp.exchange.page_sizes import PAGE_SIZES
from tabapp.exchange.tables.document import MADE, Document, Table, plain, shown
from tabapp.exchange.typesetting import FONTS, typeset

_MARGIN, _INSET = 34.0, 3.2
_POINTS = 72 / 25.4
"""Points of a millimetre."""
_LETTER = 0.56
"""How wide a letter is on the whole, in the size of the type; 0.8 of it in condensed type."""
_LAYOUTS: tuple[tuple[bool, float, bool], ...] = (
    *((False, size, False) for size in (9.5, 9.0, 8.5)),
    *((True, size, False) for size in (9.5, 9.0, 8.5, 8.0, 7.5)),
    *((True, size, True) for size in (8.0, 7.5, 7.0, 6.5, 6.0)),
)
_TEXT = 26
"""Letters after which a text goes on in another line, if there is a blank."""
_BOLD = 1.15
"""How much wider names are, which are in bold."""
_LONGEST = 90
"""Letters after which the length of a text no longer widens its column."""
_WORD = 16
"""Letters after which a word is cut where it has no blank, so that it stays in its column."""


def to_pdf(document: Document) -> tuple[bytes, tuple[str, ...]]:
    """Return the file, and a letter for each of the texts that no font could show."""
    return typeset("tables.typ", _data(document), MADE)


def _data(document: Document) -> dict[str, Any]:
    tables = list(document.for_reading())
    needs = [_needs(one) for one in tables]
    widest = max((sum(one) for one in needs), default=0.0)
    columns = max((len(one) for one in needs), default=0)
    page = PAGE_SIZES[document.paper]
    rooms = {
        across: (page.tall if across else page.wide) * _POINTS - 2 * _MARGIN
        for across in (False, True)}
    landscape, size, condensed = next(
        (one for one in _LAYOUTS if _wide(widest, columns, one[1], one[2]) <= rooms[one[0]]),
        _LAYOUTS[-1])
    room = rooms[landscape]
    return {
        "title": plain(document.title), "facts": [plain(one) for one in document.facts],
        "footer": plain(" · ".join([document.title, *document.facts[:2]])),
        "made": [MADE.year, MADE.month, MADE.day],
        "fonts": FONTS, "size": size, "condensed": condensed, "landscape": landscape,
        "paper": page.key,
        "margin": _MARGIN, "inset": _INSET,
        "tables": [
            _table(table, need, room, size, condensed=condensed, named=len(tables) > 1)
            for table, need in zip(tables, needs, strict=True)],
    }


def _wide(letters: float, columns: int, size: float, condensed: bool) -> float:
    return letters * size * _LETTER * (0.8 if condensed else 1.0) + columns * 2 * _INSET


def _needs(table: Table) -> list[float]:
    """Return how many letters wide each column has to be; long texts go on in another line."""
    found = []
    for at, column in enumerate(table.columns):
        whole = min(_longest(table, at), _LONGEST if column.is_right else _TEXT)
        heads = max((_length(word) for word in plain(column.title).split()), default=0)
        found.append(max(whole, min(heads * 1.1, _WORD), 2.0))
    return found


def _longest(table: Table, at: int) -> int:
    column = table.columns[at]
    found = max((_length(shown(row[at], column)) for row in table.rows), default=0)
    return min(_LONGEST, math.ceil(found * _BOLD) if column.names else found)


def _table(
    table: Table, need: list[float], room: float, size: float, *, condensed: bool, named: bool
) -> dict[str, Any]:
    letter = size * _LETTER * (0.8 if condensed else 1.0)
    widths = [one * letter + 2 * _INSET for one in need]
    over = sum(widths) - room
    if over > 0:
        widths = [one * room / sum(widths) for one in widths]
    else:  # what is left goes to the texts that would take another line
        wishes = [max(0.0, _longest(table, i) - one) * letter for i, one in enumerate(need)]
        share = min(1.0, -over / sum(wishes)) if any(wishes) else 0.0
        widths = [
            width + wish * share for width, wish in zip(widths, wishes, strict=True)]
    return {
        "title": plain(table.title) if named else "", "note": plain(table.note),
        "columns": [
            {"title": _cut(plain(column.title)), "right": column.is_right, "width": width,
             "names": column.names}
            for column, width in zip(table.columns, widths, strict=True)],
        "rows": [
            [_cut(shown(value, column)) for value, column in zip(row, table.columns, strict=True)]
            for row in table.rows],
    }


def _length(text: str) -> int:
    return sum(_letter_width(one) for one in text)


def _letter_width(letter: str) -> int:
    if unicodedata.combining(letter):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1


def _cut(text: str) -> str:
    """Let a word that is longer than any column go on in another line."""
    if len(text) <= _WORD:
        return text
    return " ".join(_parts(text.split(" ")))


def _parts(words: Iterable[str]) -> Iterable[str]:
    for word in words:
        yield "\u200b".join(word[i:i + _WORD] for i in range(0, len(word), _WORD)) or word
