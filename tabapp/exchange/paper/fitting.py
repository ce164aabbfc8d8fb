"""Large names: what of them is not parted, their direction, and the heavy fonts."""

from __future__ import annotations

import unicodedata
from typing import Any

from tabapp.exchange.paper.words import printable
from tabapp.exchange.typesetting import FONTS

BOLD_FONTS = tuple(
    name for family in FONTS
    for name in ((family,) if family == FONTS[0] else (f"{family} SmBld", family)))
"""The families with the heavy cut of each script before its regular one.

Typst takes the name of a family as old programs read it, by which a heavy cut is one of its own.
"""
_UNBROKEN = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL")
"""Scripts in which a line may end after any letter, as the names of their letters begin."""


def large(text: str) -> dict[str, Any]:
    """Return a text as the templates fit it.

    ``parts`` are what should fit in a line; ``broken`` is the text for where they are too long,
    and ``pieces`` are the parts of that.
    """
    broken = printable(text)
    words = broken.replace("\u200b", "")
    return {
        "words": words, "broken": broken, "rtl": is_rtl(words),
        "parts": [part for word in words.split() for part in _parts(word)],
        "pieces": [
            part for word in broken.replace("\u200b", " ").split() for part in _parts(word)],
    }


def is_rtl(text: str) -> bool:
    """Tell whether the first letter that has a direction is read from right to left."""
    for letter in text:
        direction = unicodedata.bidirectional(letter)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False


def _parts(word: str) -> list[str]:
    if any(unicodedata.name(letter, "").startswith(_UNBROKEN) for letter in word):
        return list(word)
    return [word]
