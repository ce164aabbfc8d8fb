"""The ballots of a round: how many are in, and which rooms are out, by name."""

from __future__ import annotations

from tabapp.domain.public import PublicBallots, PublicOut
from tabapp.gui.messages import count, tr
from tabapp.gui.present import measure
from tabapp.gui.present.measure import fit
from tabapp.gui.present.pages import (
    BOTTOM,
    MARGIN,
    TOP,
    Heading,
    Leaf,
    bind,
    columns_of,
    fill,
    name,
    row_height,
)
from tabapp.gui.present.sheet import Box, Hall, Sheet, Text
from tabapp.gui.present.statements import lay_out_words

_ROOM, _ASIDE, _FIGURE = 40, 30, 72
_AIR = 1.82
_MOST_COLUMNS = 3
_BAR, _HEAD = 20, 150
_HOURS_FROM, _DAYS_FROM = 100, 48 * 60
"""Minutes from which hours, and days, say it better."""


def lay_out_ballots(found: PublicBallots, hall: Hall) -> tuple[Sheet, ...]:
    """Return the pages: the count with its bar on each, and the rooms that are out below it."""
    if not found.rooms:
        return lay_out_words(tr("No ballots are expected in {round}.", round=found.name), hall)
    if not found.out:
        return lay_out_words(tr("All ballots of {round} are in.", round=found.name), hall)
    px, small, margin, between = (
        hall.type(_ROOM), hall.type(_ASIDE), hall.at(MARGIN), hall.at(56))
    whole = hall.width - 2 * margin
    lates = [_late(one) for one in found.out]
    late = max(measure.width(one, small, 500) for one in lates)
    gap = hall.at(28)
    runner = max(measure.width(one.runner, small, 400) for one in found.out)
    beside = late + (runner + gap if runner else 0) + gap
    columns = columns_of(
        [one.room for one in found.out], px, whole, between, beside, _MOST_COLUMNS)
    columns = min(columns, -(-len(found.out) // 6))
    pitch = (whole + between) / columns
    names = [fit(one.room, px, 600, pitch - between - beside) for one in found.out]
    heights = [row_height(px, len(one.lines), _AIR) for one in names]
    top = hall.at(TOP) + hall.at(_HEAD)
    room = hall.at(BOTTOM) - top
    even = -(-len(names) // columns) * max(heights)  # columns about as long as each other

    def put(leaf: Leaf, at: int, column: int, y: int) -> None:
        if not y and not column:
            leaf.subject = tr("Ballots")
            leaf.items.extend(_count(found, hall))
        x, tall, wide = margin + column * pitch, heights[at], pitch - between
        leaf.items.append(Box(x, top + y + tall - 1, wide, 1, "rule"))
        leaf.items.extend(name(names[at], x, top + y, tall, px, "text", 600))
        right = x + wide - late
        base = measure.baseline(top + y, tall, small, 500)
        if lates[at]:
            left = x + wide - measure.width(lates[at], small, 500)
            leaf.items.append(Text(left, base, lates[at], small, 500, "attention"))
        if found.out[at].runner:
            words = found.out[at].runner
            left = right - gap - measure.width(words, small, 400)
            leaf.items.append(Text(left, base, words, small, 400, "text2"))

    return bind(fill(heights, min(room, even), columns, put), Heading(found.name), hall)


def _count(found: PublicBallots, hall: Hall) -> list[Text | Box]:
    """Return "16 of 22 in" with a bar below it, and how many are out at the right."""
    margin, px, small = hall.at(MARGIN), hall.type(_FIGURE), hall.type(_ASIDE)
    whole, base = hall.width - 2 * margin, hall.at(TOP) + hall.at(66)
    words = tr("{n} of {m} in", n=found.here, m=found.rooms)
    left = tr("{rooms} out", rooms=count(len(found.out), "room", "rooms"))
    top = hall.at(TOP) + hall.at(94)
    tall = hall.at(_BAR)
    return [
        Text(margin, base, words, px, 700, "lead"),
        Text(hall.width - margin - measure.width(left, small, 500), base, left, small, 500,
             "text2"),
        Box(margin, top, whole, tall, "rule", tall / 2),
        *([Box(margin, top, max(tall, whole * found.here / found.rooms), tall, "lead", tall / 2)]
          if found.here else []),
    ]


def _late(one: PublicOut) -> str:
    """Return how late a ballot is, "" before the end of its round."""
    return tr("{time} late", time=_minutes(one.late)) if one.late is not None else ""


def _minutes(late: int) -> str:
    if late < _HOURS_FROM:
        return tr("{n} min", n=late)
    if late < _DAYS_FROM:
        return tr("{n} h", n=late // 60)
    return count(late // (24 * 60), "day", "days")
