"""How wide words are on a slide, and where their lines break."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption

from tabapp.gui import fonts
from tabapp.gui.tokens import Type

_BALANCED = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Parts of the width that lines are tried in."""


@cache
def font(px: int, weight: int, condensed: bool = False) -> QFont:
    """Return the font of a size; callers do not change it."""
    return fonts.make(Type(px, px, weight, condensed))


@cache
def metrics(px: int, weight: int, condensed: bool = False) -> QFontMetricsF:
    """Return the measures of a font."""
    return QFontMetricsF(font(px, weight, condensed))


@lru_cache(maxsize=20_000)
def width(text: str, px: int, weight: int, condensed: bool = False) -> float:
    """Return how wide one line is in pixels."""
    return metrics(px, weight, condensed).horizontalAdvance(text)


def baseline(top: float, height: float, px: int, weight: int) -> float:
    """Return the baseline of a line whose capitals stand in the middle of a box."""
    return round(top + (height + metrics(px, weight).capHeight()) / 2)


def is_right_to_left(text: str) -> bool:
    """Tell whether the first strong letter of ``text`` runs to the left."""
    for letter in text:
        kind = unicodedata.bidirectional(letter)
        if kind in {"L", "R", "AL"}:
            return kind != "L"
    return False


@lru_cache(maxsize=20_000)
def break_lines(
    text: str, px: int, weight: int, room: float, condensed: bool = False
) -> tuple[str, ...]:
    """Return ``text`` in lines of at most ``room`` pixels, broken between words where possible."""
    found: list[str] = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, font(px, weight, condensed))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(room)
            start = line.textStart()
            found.append(paragraph[start:start + line.textLength()].strip())
        layout.endLayout()
        if not paragraph:
            found.append("")
    return tuple(found)


def balanced_lines(
    text: str, px: int, weight: int, room: float, at_least: float = 0
) -> tuple[str, ...]:
    """Return as few lines as fit into ``room``, about equally long: none has a single word.

    No line is given less room than ``at_least``.
    """
    tried = [break_lines(text, px, weight, max(at_least, room * part)) for part in _BALANCED]
    least = len(tried[-1])
    return next(one for one in tried if len(one) == least)


@dataclass(frozen=True, slots=True)
class Fitted:
    """A name as it fits its column: one line or several, never shortened."""

    lines: tuple[str, ...]
    condensed: bool = False


@lru_cache(maxsize=20_000)
def fit(text: str, px: int, weight: int, room: float) -> Fitted:
    """Return ``text`` in one line, narrow in one line, in two lines, narrow in as many as needed.

    The size stays: what does not fit makes the row higher.
    """
    for condensed in (False, True):
        if width(text, px, weight, condensed) <= room:
            return Fitted((text,), condensed)
    broken = break_lines(text, px, weight, room)
    if len(broken) <= 2:
        return Fitted(broken)
    return Fitted(break_lines(text, px, weight, room, condensed=True), condensed=True)
