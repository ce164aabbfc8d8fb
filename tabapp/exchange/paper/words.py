"""Texts as paper can bear them: without letters that are none, and with long words in parts."""

from __future__ import annotations

import unicodedata

from tabapp.exchange.tables.document import plain

_WORD = 18
"""Letters after which a word may go on in another line where it has no blank."""


def printable(text: str) -> str:
    """Return a text on one line that may break wherever a page needs it."""
    return " ".join(_in_parts(word) for word in plain(text).split())


def hyphenable(text: str) -> str:
    """Return the same, with a hyphen where a long word goes on in another line: no names."""
    return printable(text).replace("\u200b", "\u00ad")


def printable_lines(text: str) -> str:
    """Return the same with the lines that it has."""
    return "\n".join(printable(line) for line in text.splitlines())


def _in_parts(word: str) -> str:
    """Cut a long word where no letter hangs on the one before."""
    if len(word) <= _WORD or any(_hangs(letter) for letter in word):
        return word
    return "\u200b".join(word[at:at + _WORD] for at in range(0, len(word), _WORD))


def _hangs(letter: str) -> bool:
    return unicodedata.bidirectional(letter) in {"R", "AL"} or (
        unicodedata.category(letter) in {"Mn", "Mc", "Me", "Cf"})
