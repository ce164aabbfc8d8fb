"""Fills pages: what stands at the same place on each, and rows until a page is full."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tabapp.gui.messages import tr
from tabapp.gui.present import measure
from tabapp.gui.present.sheet import Box, Hall, Item, Sheet, Text

MARGIN = 56
TOP, BOTTOM = 132, 1012
"""Between the heading and the line at the foot, in pixels of the design."""
BAR = 6
_TITLE, _LESSER, _FOOT = 52, 29, 24
_TITLE_MIDDLE, _FOOT_BASE = 69, 1054
_FIT = 0.9
"""Part of the names that stand in one line before another column is made."""


@dataclass
class Leaf:
    """A page while it is filled."""

    items: list[Item] = field(default_factory=list)
    rows: int = 0
    title: str = ""
    """What this page alone is called, in place of the title of all."""
    subject: str = ""
    """What stands beside the title."""
    foot: str = ""
    """What stands below this page alone, in place of what stands below all."""
    first: int = 0
    last: int = 0
    """The first and the last of its rows."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the same place on every page of a slide."""

    title: str
    starts: str = ""
    foot: str = ""
    steps: bool = False
    """Its pages are steps that a person reveals."""
    numbered: bool = True
    """The number of the page stands on it where there are several."""


def bind(leaves: Sequence[Leaf], heading: Heading, hall: Hall) -> tuple[Sheet, ...]:
    """Return the pages with their heading, their number and their foot."""
    count = len(leaves)
    return tuple(
        Sheet(
            hall.width, hall.height,
            (*_head(heading, one, hall), *one.items, *_foot(heading, one, at, count, hall)),
            one.rows,
        )
        for at, one in enumerate(leaves, start=1)
    )  # fmt: skip


def _head(heading: Heading, leaf: Leaf, hall: Hall) -> list[Text | Box]:
    title, subject = leaf.title or heading.title, leaf.subject
    margin, px, small = hall.at(MARGIN), hall.at(_TITLE), hall.at(_LESSER)
    base = round(hall.at(_TITLE_MIDDLE) + measure.metrics(px, 700).capHeight() / 2)
    items: list[Text | Box] = []
    if title:
        items.append(Text(margin, base, title, px, 700, "text"))
    left = margin + measure.width(title, px, 700) + hall.at(28)
    right: float = hall.width - margin
    if heading.starts:
        time = hall.type(_TITLE)
        right -= measure.width(heading.starts, time, 700)
        items.append(Text(right, base, heading.starts, time, 700, "lead"))
        words = tr("Starts")
        right -= measure.width(words, small, 400) + hall.at(26)
        items.append(Text(right, base, words, small, 400, "text2"))
    if subject and left + measure.width(subject, small, 400) < right:
        items.append(Text(left, base, subject, small, 400, "text2"))
    return items


def _foot(
    heading: Heading, leaf: Leaf, at: int, count: int, hall: Hall
) -> list[Text | Box]:
    margin, px, base = hall.at(MARGIN), hall.at(_FOOT), hall.at(_FOOT_BASE)
    items: list[Text | Box] = []
    if count > 1 and heading.numbered:
        words = tr("Step {n} of {m}", n=at, m=count) if heading.steps else tr(
            "Page {n} of {m}", n=at, m=count)
        right = hall.width - margin - measure.width(words, px, 600)
        items.append(Text(right, base, words, px, 600, "text2"))
    foot = leaf.foot or heading.foot
    if foot:
        items.append(Text(margin, base, foot, px, 400, "text2"))
    return items


def name(
    fitted: measure.Fitted, x: float, top: float, height: float, px: int, token: str = "text",
    weight: int = 600,
) -> list[Text]:  # fmt: skip
    """Return the lines of a name in the middle of a row."""
    pitch = line_height(px)
    first = top + (height - pitch * len(fitted.lines)) / 2
    return [
        Text(x, measure.baseline(first + i * pitch, pitch, px, weight), line, px, weight, token,
             fitted.condensed)
        for i, line in enumerate(fitted.lines)
    ]


def columns_of(
    names: Sequence[str], px: int, whole: float, between: float, beside: float, most: int
) -> int:
    """Return how many columns, ``most`` at most, leave nearly all names in one line.

    ``beside``: what a column has of its width for other things than a name.
    """
    widths = [measure.width(one, px, 600, condensed=True) for one in names]
    for columns in range(most, 1, -1):
        room = (whole + between) / columns - between - beside
        if sum(width <= room for width in widths) >= _FIT * len(widths):
            return columns
    return 1


def line_height(px: int) -> int:
    """Return the distance between the lines of a name."""
    return round(px * 1.2)


def row_height(px: int, lines: int, air: float) -> int:
    """Return how high a row is; ``air`` is the pitch of rows of one line, in sizes of type."""
    return round(px * air) + (lines - 1) * line_height(px)


def fill(
    heights: Sequence[int], room: int, columns: int,
    put: Callable[[Leaf, int, int, int], None],
) -> list[Leaf]:
    """Put each row (its number, its column, its top) on as many pages as it takes.

    Columns are filled one after the other, from the top down; ``rows`` of a page is how many its
    longest column has.
    """
    leaves: list[Leaf] = []
    column, top, here = columns, 0, 0
    for at, height in enumerate(heights):
        if not leaves or (top and top + height > room):
            column, top, here = column + 1, 0, 0
            if column >= columns:
                leaves.append(Leaf(first=at))
                column = 0
        leaf = leaves[-1]
        put(leaf, at, column, top)
        top, here = top + height, here + 1
        leaf.last, leaf.rows = at, max(leaf.rows, here)
    return leaves
