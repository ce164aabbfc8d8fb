"""Names that people have: isolated for right-to-left scripts, and shortened until they fit."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from tabapp.gui import fonts
from tabapp.gui.tokens import TYPES

_FIRST_STRONG = "\u2068"
_POP = "\u2069"
MINUS = "\u2212"
ELLIPSIS = "…"
# letters that Unicode does not take apart, as people without them on the keyboard type them
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)


def isolate(name: str) -> str:
    """Return ``name`` so that it keeps its own direction of writing inside a sentence."""
    return f"{_FIRST_STRONG}{name}{_POP}"


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return ``text`` as it is looked for: without case and without marks on letters."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in apart if not unicodedata.combining(c))
    return bare.translate(_PLAIN)


def initial_and_surname(name: str) -> str:
    """Return "S. Ashworth" of "Selin Ashworth"; a name of one word stays as it is."""
    first, _, rest = name.strip().partition(" ")
    return f"{first[0]}. {rest}" if rest and first else name


def _elide(style: str, text: str, width: float) -> str:
    room = width - fonts.width(style, ELLIPSIS)
    low, high = 0, len(text)
    measure = fonts.metrics(style)
    while low < high:
        middle = (low + high + 1) // 2
        if measure.horizontalAdvance(text[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


@lru_cache(maxsize=20_000)
def fit(
    text: str, style: str, width: int, *, person: bool = False, keep_end: bool = False
) -> tuple[str, str, bool]:
    """Return what to paint in ``width`` pixels, in which style, and whether letters were left out.

    In this order: full, condensed, initial and surname (people), elided, where a tooltip has to
    show all. ``keep_end`` elides before the last word: the letter of a team or the number of a
    room, which tell neighbours apart. look.md, section 2.
    """
    if fonts.width(style, text) <= width:
        return text, style, False
    narrow = f"{style}_condensed"
    if narrow not in TYPES:
        narrow = style
    if fonts.width(narrow, text) <= width:
        return text, narrow, False
    if person:
        short = initial_and_surname(text)
        for shape in (style, narrow):
            if fonts.width(shape, short) <= width:
                return short, shape, True
        text = short
    first, _, last = text.rpartition(" ")
    room = width - fonts.width(narrow, f" {last}")
    if keep_end and first and room >= fonts.width(narrow, first[0] + ELLIPSIS):
        return f"{_elide(narrow, first, room)} {last}", narrow, True
    return _elide(narrow, text, width), narrow, True
