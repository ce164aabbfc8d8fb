"""The public standings: each team with its points, in columns, without a rank."""

from __future__ import annotations

from itertools import groupby

from tabapp.domain.public import PublicStandings
from tabapp.gui.messages import tr
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

_TEAM = 34
_AIR = 1.82
_MOST_COLUMNS = 3


def lay_out_standings(found: PublicStandings, hall: Hall) -> tuple[Sheet, ...]:
    """Return the pages; teams with as many points stand together in a band."""
    px, margin, between = hall.type(_TEAM), hall.at(MARGIN), hall.at(48)
    whole = hall.width - 2 * margin
    number = max((measure.width(one.points, px, 700) for one in found.places), default=0.0)
    number += hall.at(24)
    columns = columns_of(
        [one.team for one in found.places], px, whole, between, number, _MOST_COLUMNS)
    pitch = (whole + between) / columns
    names = [fit(one.team, px, 600, pitch - between - number) for one in found.places]
    heights = [row_height(px, len(one.lines), _AIR) for one in names]
    bands = [
        at % 2 == 0
        for at, (_points, group) in enumerate(groupby(found.places, lambda one: one.points))
        for _one in group]
    top = hall.at(TOP)

    def put(leaf: Leaf, at: int, column: int, y: int) -> None:
        x, tall, points = margin + column * pitch, heights[at], found.places[at].points
        wide = pitch - between
        if bands[at]:
            leaf.items.append(Box(x - hall.at(12), top + y, wide + 2 * hall.at(12), tall, "row"))
        leaf.items.extend(name(names[at], x, top + y, tall, px))
        right = x + wide - measure.width(points, px, 700)
        leaf.items.append(Text(
            right, measure.baseline(top + y, tall, px, 700), points, px, 700, "lead"))

    leaves = fill(heights, hall.at(BOTTOM) - top, columns, put) or [Leaf()]
    words = tr("Wins") if found.wins else tr("Points")
    for leaf in leaves:
        leaf.subject = tr("{what} after {round}", what=words, round=found.rounds[-1])
    foot = tr("Silent rounds are left out") if found.left_out else ""
    return bind(leaves, Heading(tr("Standings"), foot=foot), hall)
