"""The break of a category: announced from the last place up to the first, then as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tabapp.domain.public import PublicBreak, PublicBreaking
from tabapp.gui.messages import count, tr
from tabapp.gui.present import measure
from tabapp.gui.present.measure import Fitted, fit
from tabapp.gui.present.ordinals import ordinal
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
from tabapp.gui.present.sheet import Box, Hall, Item, Sheet, Text
from tabapp.gui.present.stack import Stack, dot
from tabapp.gui.present.statements import statement

_TITLE = (140, 120, 96, 80, 64, 52)
_NAMES = ((112, 1), (100, 1), (88, 1), (100, 2), (88, 2), (76, 2), (64, 2), (56, 9))
"""Sizes of the name that is announced, and in how many lines it may stand: one, if at all."""
_WORD, _PLACE, _HOME, _PEOPLE, _POINTS = 44, 140, 40, 40, 34
_ROW, _SMALL, _AIR, _AIR_LIST = 36, 30, 2.0, 1.82
_LABEL = 28
_LEFT, _RULE = 0.321, 0.3755
"""Parts of the width: where the list of those announced ends, and where the line stands."""
_FROM, _DOTS_AT, _DOT, _PITCH, _LEAST_PITCH = 232, 930, 20, 40, 14
_SIDE = 48
_MOST_LINES, _MOST_COLUMNS = 2, 4
_BINDING = "\u00a0"
_BETWEEN = f"{_BINDING}{_BINDING}·  "
"""Between people: a line may end after the dot, and not inside a name."""


def lay_out_break(found: PublicBreak, hall: Hall) -> tuple[Sheet, ...]:
    """Return the title, a step for each team from the last to the first, then the list.

    The steps have no number on them: the hall reads how many are to come.
    """
    order = tuple(reversed(found.teams))
    first = [_announced(found, hall)]
    leaves = [_reveal(found, order, at, hall) for at in range(len(order))]
    whole = _list([_row(one, found) for one in found.teams], hall)
    for leaf in whole:
        leaf.subject = count(len(order), "team", "teams")
    heading = Heading(_title(found), steps=True, numbered=False)
    return (
        *bind(first, Heading(""), hall), *bind(leaves, heading, hall),
        *bind(whole, Heading(_title(found)), hall))


def lay_out_breaking_judges(found: PublicBreak, hall: Hall) -> tuple[Sheet, ...]:
    """Return the judges that break, by name; nothing where they are not told."""
    leaves = _list([_Row("", one, "") for one in found.judges], hall)
    for leaf in leaves:
        leaf.subject = count(len(found.judges), "judge", "judges")
    return bind(leaves, Heading(tr("Breaking judges")), hall)


def _title(found: PublicBreak) -> str:
    return tr("{category} break", category=found.category)


def _span(found: PublicBreak) -> str:
    teams = count(len(found.teams), "team", "teams")
    first, last = (ordinal(found.teams[at].place) for at in (0, -1))
    if first == last:
        return teams
    return tr("{teams}, from the {last} to the {first}", teams=teams, last=last, first=first)


def _points(one: PublicBreaking, found: PublicBreak) -> str:
    if not one.points:
        return ""
    if found.wins:
        return tr("1 win") if one.points == "1" else tr("{n} wins", n=one.points)
    return tr("1 point") if one.points == "1" else tr("{n} points", n=one.points)


def _row(one: PublicBreaking, found: PublicBreak) -> _Row:
    return _Row(f"{one.place}=" if one.shared else str(one.place), one.team, _points(one, found))


def _announced(found: PublicBreak, hall: Hall) -> Leaf:
    """Return what break it is and how many break, without a team."""
    room, small = hall.width - 4 * hall.at(_SIDE), hall.type(_WORD)
    words = measure.break_lines(_span(found), small, 400, room)
    for size in _TITLE:
        stack, px = Stack(hall), hall.type(size)
        lines = measure.balanced_lines(_title(found), px, 700, room)
        stack.lines(lines, px, 700, "text")
        stack.gap(20)
        stack.lines(words, small, 400, "text2")
        if stack.fits and len(lines) <= _MOST_LINES:
            return stack.leaf()
    return statement(_title(found), "", _TITLE[-1:], 700, "text", hall)[0]


# One team


def _reveal(
    found: PublicBreak, order: Sequence[PublicBreaking], at: int, hall: Hall
) -> Leaf:
    """Return a step: the team that is announced now, beside those before it."""
    leaf = Leaf(rows=1, subject=_span(found))
    to_come = len(order) - at - 1
    leaf.foot = tr("{n} to come", n=to_come) if to_come else ""
    rule = round(hall.width * _RULE)
    leaf.items.append(Box(
        rule, hall.at(128), max(1, hall.at(2)), hall.at(_DOTS_AT + 70) - hall.at(128), "rule"))
    leaf.items.extend(_before([_row(one, found) for one in order[:at]], hall))
    leaf.items.extend(_now(order[at], found, rule, hall))
    leaf.items.extend(_dots(at + 1, len(order), rule, hall))
    return leaf


def _before(rows: Sequence[_Row], hall: Hall) -> list[Item]:
    """Return those announced already, the last of them as many as there is room for."""
    if not rows:
        return []
    left, top = hall.at(MARGIN), hall.at(204)
    grid = _Grid.of(rows, round(hall.width * _LEFT) - left, hall)
    names = [grid.fit(one) for one in rows]
    heights = [row_height(grid.px, len(one.lines), _AIR) for one in names]
    room, first = hall.at(BOTTOM) - top, len(rows)
    while first and sum(heights[first - 1:]) <= room:
        first -= 1
    if first == len(rows):  # type so large that not even one stands here
        return []
    label = hall.type(_LABEL)
    words = tr("Already announced") if not first else tr(
        "Announced: the last {n} of {m}", n=len(rows) - first, m=len(rows))
    base = measure.baseline(hall.at(148), hall.at(52), label, 600)
    items: list[Item] = [Text(left, base, words, label, 600, "lead")]
    for one, fitted, tall in zip(rows[first:], names[first:], heights[first:], strict=True):
        items.extend(grid.put(one, fitted, left, top, tall))
        top += tall
    return items


def _now(one: PublicBreaking, found: PublicBreak, left: float, hall: Hall) -> list[Item]:
    """Return the team of a step, as large as it fits; what does not fit is left to the list."""
    whole = _facts(one, found)
    for facts in (whole, whole[:2], whole[:1], []):
        for size, most in _NAMES:
            stack, lines = _stack(one, facts, size, left, hall)
            for top in (_FROM, TOP):
                if lines <= most and hall.at(top) + stack.height <= hall.at(_DOTS_AT - 30):
                    return [replace(item, y=item.y + hall.at(top)) for item in stack.items]
    stack, _ = _stack(one, [], _NAMES[-1][0], left, hall)
    return [replace(item, y=item.y + hall.at(TOP)) for item in stack.items]


def _facts(one: PublicBreaking, found: PublicBreak) -> list[tuple[str, int, int, str]]:
    """Return what is said below a name: the words, their size, weight and colour."""
    points = _points(one, found)
    if points:
        points = tr(
            "{points} after {rounds}", points=points,
            rounds=count(found.rounds, "round", "rounds"))
    told = (
        (one.home, _HOME, 400, "text2"),
        (_BETWEEN.join(map(_bound, one.people)), _PEOPLE, 500, "text"),
        (points, _POINTS, 400, "text2"))
    return [fact for fact in told if fact[0]]


def _stack(
    one: PublicBreaking, facts: Sequence[tuple[str, int, int, str]], size: int, left: float,
    hall: Hall,
) -> tuple[Stack, int]:
    """Return the place, the name in a size and the facts, and how many lines the name takes."""
    stack, room = Stack(hall, left), hall.width - left - 2 * hall.at(_SIDE)
    word, place, px = (hall.type(part) for part in (_WORD, _PLACE, size))
    stack.lines([tr("breaking joint") if one.shared else tr("breaking")], word, 400, "text2")
    stack.lines([ordinal(one.place)], place, 700, "lead")
    stack.gap(36)
    lines = measure.balanced_lines(one.team, px, 700, room)
    stack.lines(lines, px, 700, "text")
    for words, pixels, weight, token in facts:
        stack.gap(12)
        small = hall.type(pixels)
        lines_of = _lines(words, small, weight, room)
        stack.lines(lines_of, small, weight, token)
    return stack, len(lines)


def _bound(person: str) -> str:
    return person.replace(" ", _BINDING)


def _lines(words: str, px: int, weight: int, room: float) -> list[str]:
    """Return lines that break between what is bound, unless that alone is wider than a line."""
    parts = [
        part if measure.width(part, px, weight) < room else part.replace(_BINDING, " ")
        for part in words.split(" ")]
    widest = max(
        (measure.width(part, px, weight) for part in parts if _BINDING in part), default=0.0)
    lines = measure.balanced_lines(
        " ".join(parts), px, weight, room, min(room, widest + 1) if widest else 0)
    return [line.replace(_BINDING, " ") for line in lines]


def _dots(done: int, whole: int, left: float, hall: Hall) -> list[Item]:
    """Return a dot for each team, filled once it is announced; none where there are too many."""
    room = hall.width - left - 2 * hall.at(_SIDE)
    pitch = min(hall.at(_PITCH), int(room / whole))
    if whole < 2 or pitch < hall.at(_LEAST_PITCH):
        return []
    size = round(pitch * _DOT / _PITCH)
    start = round(left + (hall.width - left - pitch * (whole - 1) - size) / 2)
    top = hall.at(_DOTS_AT) + round((hall.at(_DOT) - size) / 2)
    return [
        item for at in range(whole)
        for item in dot(start + at * pitch, top, size, filled=at < done)]


# The list


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of a list: a place, a name, points; each but the name may be ""."""

    number: str
    name: str
    points: str


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where the parts of a row stand, from its left edge on."""

    px: int
    small: int
    name_at: float
    gap: float
    aside: float
    """What points take of the width, with the gap before them."""
    width: float

    @classmethod
    def of(cls, rows: Sequence[_Row], width: float, hall: Hall) -> _Grid:
        """Measure the rows; ``width`` is that of the whole column."""
        px, small, gap = hall.type(_ROW), hall.type(_SMALL), hall.at(28)
        number = max((measure.width(one.number, px, 600) for one in rows), default=0.0)
        points = max((measure.width(one.points, small, 400) for one in rows), default=0.0)
        return cls(
            px, small, number + gap if number else 0.0, gap, points + gap if points else 0.0,
            width)

    def fit(self, row: _Row) -> Fitted:
        """Return the name as it fits."""
        return fit(row.name, self.px, 600, self.width - self.name_at - self.aside)

    def put(self, row: _Row, fitted: Fitted, left: float, top: float, tall: int) -> list[Item]:
        """Return a row with the rule below it."""
        px, small = self.px, self.small
        items: list[Item] = [
            Box(left, top + tall - 1, self.width, 1, "rule"),
            *name(fitted, left + self.name_at, top, tall, px)]
        if row.number:
            x = left + self.name_at - self.gap - measure.width(row.number, px, 600)
            base = measure.baseline(top, tall, px, 600)
            items.append(Text(x, base, row.number, px, 600, "text2"))
        if row.points:
            x = left + self.width - measure.width(row.points, small, 400)
            base = measure.baseline(top, tall, small, 400)
            items.append(Text(x, base, row.points, small, 400, "text2"))
        return items


def _list(rows: Sequence[_Row], hall: Hall) -> list[Leaf]:
    """Return rows in columns on as many pages as they take; one page has columns of one height."""
    left, top, between = hall.at(MARGIN), hall.at(TOP), hall.at(56)
    whole, room = hall.width - 2 * left, hall.at(BOTTOM) - hall.at(TOP)
    beside = _Grid.of(rows, 0, hall)
    most = columns_of(
        [one.name for one in rows], beside.px, whole, between, beside.name_at + beside.aside,
        _MOST_COLUMNS)
    for columns in range(1, most + 1):
        pitch = (whole + between) / columns
        grid = replace(beside, width=pitch - between)
        names = [grid.fit(one) for one in rows]
        heights = [row_height(grid.px, len(one.lines), _AIR_LIST) for one in names]
        share = -(-len(rows) // columns)
        tallest = max(
            (sum(heights[at:at + share]) for at in range(0, len(rows), share)), default=0)
        if tallest <= room:
            room = tallest
            break

    def put(leaf: Leaf, at: int, column: int, y: int) -> None:
        leaf.items.extend(
            grid.put(rows[at], names[at], left + column * pitch, top + y, heights[at]))

    return fill(heights, room, columns, put)
