"""Each kind of slide laid out on pages; the draw by room and by team is laid out here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from tabapp.domain.public import PublicBreak, PublicLine, PublicRoom, PublicRound
from tabapp.gui.messages import tr
from tabapp.gui.present import measure
from tabapp.gui.present.awards import lay_out_awards
from tabapp.gui.present.ballots import lay_out_ballots
from tabapp.gui.present.breaking import lay_out_break, lay_out_breaking_judges
from tabapp.gui.present.measure import Fitted, fit
from tabapp.gui.present.pages import (
    BOTTOM,
    MARGIN,
    TOP,
    Heading,
    Leaf,
    bind,
    fill,
    name,
    row_height,
)
from tabapp.gui.present.sheet import Box, Hall, Sheet, Text
from tabapp.gui.present.standings import lay_out_standings
from tabapp.gui.present.state import Kind, Slide
from tabapp.gui.present.statements import lay_out_motion, lay_out_words
from tabapp.gui.tokens import SIDES as TOKENS

_LEGEND = {
    "og": "opening government", "oo": "opening opposition",
    "cg": "closing government", "co": "closing opposition",
}
_BYE = "bye"
_ROOM, _TEAM, _CHIP = 36, 34, 28
_AIR_ROOM, _AIR_TEAM = 2.08, 1.82
_MOST_COLUMNS = 4
_FIT = 0.9
"""Part of the names that stand in one line before another column of teams is made."""


def lay_out(slide: Slide, hall: Hall) -> tuple[Sheet, ...]:
    """Return the pages of a slide, at least one. Too much makes more pages, never smaller type."""
    if slide.round is not None:
        of_round = {Kind.ROOMS: _by_room, Kind.TEAMS: _by_team}.get(slide.kind, lay_out_motion)
        return of_round(slide.round, hall)
    if slide.standings is not None:
        return lay_out_standings(slide.standings, hall)
    if slide.ballots is not None:
        return lay_out_ballots(slide.ballots, hall)
    if slide.breaking is not None:
        return _break(slide.breaking, hall)
    if slide.kind is Kind.AWARDS:
        return lay_out_awards(slide.awards, hall)
    return lay_out_words(slide.text, hall)


def _break(found: PublicBreak, hall: Hall) -> tuple[Sheet, ...]:
    """Return the announcement, then the rooms of the first round, then the judges that break."""
    rooms = _by_room(found.rooms, hall) if found.rooms is not None else ()
    judges = lay_out_breaking_judges(found, hall) if found.judges else ()
    return (*lay_out_break(found, hall), *rooms, *judges)


@dataclass(frozen=True, slots=True)
class _Side:
    """A side with the letters of its chip, the words of its column, and those of the legend."""

    side: str
    letters: str
    title: str
    legend: str


def _sides(round_: PublicRound) -> list[_Side]:
    """Return the sides that are there, in the order of columns."""
    return [
        _Side(one.side, tr(one.short), tr(one.title), tr(_LEGEND.get(one.side, one.title.lower())))
        for one in round_.sides()]


def _chip(side: _Side, x: float, top: float, height: float, hall: Hall) -> list[Text | Box]:
    letters, px = side.letters, hall.type(_CHIP)
    wide, tall = _chip_width(side, hall), round(px * 1.5)
    token, y = TOKENS[side.letters], round(top + (height - tall) / 2)
    left = x + (wide - measure.width(letters, px, 700)) / 2
    return [
        Box(x, y, wide, tall, token, hall.at(6)),
        Text(left, measure.baseline(y, tall, px, 700), letters, px, 700, f"{token}_text"),
    ]


def _chip_width(side: _Side, hall: Hall) -> int:
    px = hall.type(_CHIP)
    return round(max(measure.width(side.letters, px, 700) + px * 0.8, px * 2.35))


# By room


def _by_room(round_: PublicRound, hall: Hall) -> tuple[Sheet, ...]:
    rooms, sides = round_.by_room(), _sides(round_)
    px, margin, gap = hall.type(_ROOM), hall.at(MARGIN), hall.at(28)
    titles = [_room_words(one) for one in rooms]
    widest = max((measure.width(one, px, 700) for one in titles), default=0.0)
    first = round(max(hall.width * 0.1, min(widest, hall.width * 0.26)))
    start = margin + first + 2 * gap
    column = (hall.width - margin - start) / max(1, len(sides))
    cells = [
        [fit(title, px, 700, first), *_cells(one, sides, px, column - gap)]
        for title, one in zip(titles, rooms, strict=True)
    ]
    heights = [
        row_height(px, max(len(cell.lines) for cell in row), _AIR_ROOM) for row in cells]
    head = max(hall.at(54), round(hall.type(_CHIP) * 1.9))
    top = hall.at(TOP) + head

    def put(leaf: Leaf, at: int, _column: int, y: int) -> None:
        if not y:
            leaf.subject = tr("Draw by room")
            leaf.items.extend(_column_heads(sides, start, column, head, hall))
        tall = heights[at]
        if leaf.rows % 2 == 0:
            leaf.items.append(Box(0, top + y, hall.width, tall, "row"))
        rule = Box(margin, top + y + tall - 1, hall.width - 2 * margin, 1, "rule")
        leaf.items.append(rule)
        title, *names = cells[at]
        leaf.items.extend(name(title, margin, top + y, tall, px, "lead", 700))
        for i, one in enumerate(names):
            leaf.items.extend(name(one, start + i * column, top + y, tall, px))

    leaves = fill(heights, hall.at(BOTTOM) - top, 1, put) or [Leaf(subject=tr("Draw by room"))]
    return bind(leaves, Heading(round_.name, round_.starts), hall)


def _room_words(room: PublicRoom) -> str:
    if room.room:
        return room.room
    if room.postponed:
        return tr("Postponed")
    bye = any(one.side == _BYE for one in room.sides)
    return tr("Bye") if bye else tr("No room yet")


def _cells(room: PublicRoom, sides: Sequence[_Side], px: int, width: float) -> list[Fitted]:
    teams: dict[str, str] = {one.side: one.team for one in room.sides}
    byes = [one.team for one in room.sides if one.side == _BYE]
    found = [teams.get(one.side, "") for one in sides]
    if byes and found:
        found[0] = found[0] or byes[0]
    return [fit(one, px, 600, width) for one in found]


def _column_heads(
    sides: Sequence[_Side], start: float, column: float, head: int, hall: Hall
) -> list[Text | Box]:
    top, small = hall.at(TOP) - hall.at(4), hall.at(26)
    base = measure.baseline(top, head, small, 500)
    items: list[Text | Box] = [Text(hall.at(MARGIN), base, tr("Room"), small, 500, "text2")]
    for i, side in enumerate(sides):
        x = start + i * column
        items.extend(_chip(side, x, top, head, hall))
        left, words = x + _chip_width(side, hall) + hall.at(16), side.title
        if left + measure.width(words, small, 500) < x + column:
            items.append(Text(left, base, words, small, 500, "text2"))
    return items


# By team


def _by_team(round_: PublicRound, hall: Hall) -> tuple[Sheet, ...]:
    lines, px, gap = round_.by_team(), hall.type(_TEAM), hall.at(16)
    rooms = [one.room or _no_room(one) for one in lines]
    sides = {one.side: one for one in _sides(round_)}
    chip = max((_chip_width(one, hall) for one in sides.values()), default=0)
    whole, between = hall.width - 2 * hall.at(MARGIN), hall.at(40)
    columns, team, place = _columns(lines, rooms, px, whole, between, chip + 2 * gap)
    pitch = (whole + between) / columns
    names = [fit(one.team, px, 600, team) for one in lines]
    places = [fit(one, px, 600, place) for one in rooms]
    heights = [
        row_height(px, max(len(a.lines), len(b.lines)), _AIR_TEAM)
        for a, b in zip(names, places, strict=True)
    ]
    top = hall.at(TOP)
    band = [False] * columns

    def put(leaf: Leaf, at: int, column: int, y: int) -> None:
        x, tall = hall.at(MARGIN) + column * pitch, heights[at]
        band[column] = True if not y else not band[column]
        if band[column]:
            wide = pitch - between + 2 * hall.at(12)
            leaf.items.append(Box(x - hall.at(12), top + y, wide, tall, "row", hall.at(4)))
        leaf.items.extend(name(names[at], x, top + y, tall, px))
        side = sides.get(lines[at].side)
        if side is not None:
            leaf.items.extend(_chip(side, x + team + gap, top + y, tall, hall))
        leaf.items.extend(
            name(places[at], x + team + gap + chip + gap, top + y, tall, px, "lead"))

    leaves = fill(heights, hall.at(BOTTOM) - top, columns, put) or [Leaf()]
    for leaf in leaves:
        leaf.subject = _subject(lines[leaf.first:leaf.last + 1], len(leaves))
    legend = "   ".join(f"{one.letters} {one.legend}" for one in sides.values())
    return bind(leaves, Heading(round_.name, round_.starts, legend), hall)


def _no_room(line: PublicLine) -> str:
    if line.postponed:
        return tr("Postponed")
    return tr("Bye") if line.side == _BYE else tr("No room yet")


def _columns(
    lines: Sequence[PublicLine], rooms: Sequence[str], px: int, whole: float, between: float,
    chip: float,
) -> tuple[int, float, float]:  # fmt: skip
    """Return how many columns there are, and how wide a team and a room are in one.

    As many as leave nearly all names in one line.
    """
    team_widths = [measure.width(one.team, px, 600, condensed=True) for one in lines]
    room_widths = [measure.width(one, px, 600, condensed=True) for one in rooms]
    by_width = sorted(room_widths) or [0.0]
    most = by_width[ceil(_FIT * len(by_width)) - 1]
    widest = max((measure.width(one, px, 600) for one in rooms), default=0.0)
    for count in range(_MOST_COLUMNS, 0, -1):
        one = (whole + between) / count - between
        for place in (min(wide + 1, (one - chip) * 0.5) for wide in (widest, by_width[-1], most)):
            team = one - chip - place
            enough = all(
                sum(width <= room for width in widths) >= _FIT * len(widths)
                for widths, room in ((team_widths, team), (room_widths, place)))
            if enough or count == 1:
                return count, team, place
    raise AssertionError("the loop ends at one column")


def _subject(lines: Sequence[PublicLine], pages: int) -> str:
    if not lines or pages < 2:
        return tr("Draw by team")
    first, last = _initial(lines[0].team), _initial(lines[-1].team)
    if first == last:
        return tr("Draw by team, {first}", first=first)
    return tr("Draw by team, {first} to {last}", first=first, last=last)


def _initial(text: str) -> str:
    """Return the first letter with its marks; an accent that only a few names have goes."""
    end = 1
    while end < len(text) and unicodedata.category(text[end]).startswith("M"):
        end += 1
    return text[:end].upper()
