"""The fonts that are shipped, loaded once, and the styles of type made of them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QLoggingCategory
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

from tabapp.core.resources import resource_path
from tabapp.gui.tokens import TYPES, Type

FAMILY = "IBM Plex Sans"
CONDENSED = "IBM Plex Sans Condensed"
OTHER_SCRIPTS = (
    "IBM Plex Sans Arabic", "IBM Plex Sans Devanagari", "IBM Plex Sans Hebrew",
    "IBM Plex Sans Thai", "Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR",
)  # fmt: skip
"""Where a letter is looked for that the first family has not; the last ones if installed."""
_WIDTHS_KEPT = 20_000


class _Loaded:
    """The files that Qt has, so that none is loaded twice."""

    files: set[Path] = set()  # noqa: RUF012 - one for the process, as Qt's own list of fonts


def load(more: Iterable[Path] = ()) -> list[str]:
    """Give the shipped fonts to Qt, and ``more`` files; return what could not be loaded.

    Needs a QGuiApplication. Another call loads only what is new.
    """
    # Qt says of each font in turn that it lacks a script that the next one in the list has
    QLoggingCategory.setFilterRules("qt.text.font.db.info=false")
    refused = []
    for path in [*sorted(resource_path("fonts").glob("*.ttf")), *more]:
        if path in _Loaded.files:
            continue
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            refused.append(path.name)
        else:
            _Loaded.files.add(path)
    return refused


def make(kind: Type) -> QFont:
    """Return a font of the given size and weight, without hinting, so that widths scale evenly."""
    font = QFont()
    first = [CONDENSED, FAMILY] if kind.condensed else [FAMILY]
    font.setFamilies([*first, *OTHER_SCRIPTS])
    font.setPixelSize(kind.px)
    font.setWeight(QFont.Weight(kind.weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return font


@cache
def font(style: str) -> QFont:
    """Return the font of a style of ``tokens.TYPES``; callers copy it before they change it."""
    return make(TYPES[style])


@cache
def metrics(style: str) -> QFontMetricsF:
    """Return the measures of a style's font."""
    return QFontMetricsF(font(style))


_widths: dict[tuple[str, str], float] = {}


def width(style: str, text: str) -> float:
    """Return how wide ``text`` is in a style, in logical pixels; remembers what it measured."""
    key = (style, text)
    found = _widths.get(key)
    if found is None:
        if len(_widths) > _WIDTHS_KEPT:
            _widths.clear()
        found = _widths[key] = metrics(style).horizontalAdvance(text)
    return found


@cache
def baseline(style: str, height: int) -> float:
    """Return how far below the top of a box of ``height`` the baseline of one centred line is.

    Centred on the capitals and on whole pixels, so that figures and letters of two sizes in one
    row stand on the eye's middle line.
    """
    capital = metrics(style).capHeight()
    return float(round((height + capital) / 2))
