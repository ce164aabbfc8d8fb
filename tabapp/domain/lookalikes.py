"""Tells names apart as an eye does: letters that nobody sees, and letters that look alike."""

from __future__ import annotations

import unicodedata

UNSEEN = frozenset({"Cc", "Cf", "Cs"})
"""Categories of what has no shape of its own: control and format characters, lone halves."""

_ALIKE = str.maketrans({
    # Cyrillic
    "А": "A", "В": "B", "Е": "E", "Ѕ": "S", "І": "I", "Ј": "J", "К": "K", "М": "M", "Н": "H",
    "О": "O", "Р": "P", "С": "C", "Т": "T", "Ү": "Y", "Х": "X", "Ѵ": "V", "Ԍ": "G", "Ԛ": "Q",
    "Ԝ": "W", "Ӏ": "l", "Ь": "b", "а": "a", "е": "e", "ѕ": "s", "і": "i", "ј": "j", "о": "o",
    "р": "p", "с": "c", "у": "y", "ү": "y", "х": "x", "ѵ": "v", "һ": "h", "ԁ": "d", "ԛ": "q",
    "ԝ": "w", "г": "r", "ӏ": "i", "У": "Y",
    # Greek
    "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N",
    "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X", "Ϲ": "C", "Ϳ": "J", "Ϻ": "M", "α": "a",
    "γ": "y", "ι": "i", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "υ": "u", "ϲ": "c", "ϳ": "j",
})  # fmt: skip
"""Cyrillic and Greek letters that look like Latin ones.

Chosen by hand after the confusables of Unicode Technical Standard 39 (Security Mechanisms), for
these two scripts and not its whole table; capital I stays I, since case is looked past anyway.
"""

_BLANK = frozenset(map(chr, (
    0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2800, 0x3164, 0xFFA0,
    *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))  # fmt: skip
"""Letters and marks without any shape, which are no format characters all the same."""


def first_unseen(text: str) -> str:
    """Return the first control or format character of a text, "" for none."""
    return next((one for one in text if unicodedata.category(one) in UNSEEN), "")


def seen(text: str) -> str:
    """Return a text without control and format characters; what is a space stays.

    >>> seen("Do\\u200bra\\u202e  K")
    'Dora  K'
    """
    return "".join(
        one for one in text if one.isspace() or unicodedata.category(one) not in UNSEEN)


def skeleton(text: str) -> str:
    """Return what two texts share that look the same, whatever their letters, case or spaces.

    >>> skeleton("D\\u03bfra") == skeleton("DORA"), skeleton("\\u3164")
    (True, '')
    """
    apart = unicodedata.normalize("NFKD", seen(text))
    shaped = "".join(one for one in apart if one not in _BLANK).translate(_ALIKE)
    return " ".join(unicodedata.normalize("NFKD", shaped.casefold()).split())
