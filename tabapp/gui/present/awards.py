"""The awards, the most common first: each is announced, then its winners step by step."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.public import PublicAward, PublicWinner
from tabapp.gui.messages import count, tr
from tabapp.gui.present import measure
from tabapp.gui.present.measure import Fitted, fit
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
from tabapp.gui.present.sheet import Box, Hall, Sheet
from tabapp.gui.present.stack import Stack
from tabapp.gui.present.statements import statement
from tabapp.gui.rarity import RARITIES, rank

_LARGE = (120, 96, 80, 64, 52)
_SENTENCE, _LIST = 44, 36
_ROWS = ((68, 44), (56, 38), (44, 32))
"""Sizes of names and of what their owners did, one by one; the largest that fits is taken."""
_ICON = 112
_SIDE = 120
_MOST_LINES = 2
_SHARE = 0.4
"""Part of the width that the names have beside what the winners did."""
_AIR, _AIR_LIST = 2.0, 1.82
_MOST_COLUMNS = 4


def in_reveal_order(awards: Sequence[PublicAward]) -> list[PublicAward]:
    """Return the awards as they are revealed: the most common first, the legendary last."""
    return sorted(awards, key=lambda one: rank(one.rarity))


def lay_out_awards(awards: Sequence[PublicAward], hall: Hall) -> tuple[Sheet, ...]:
    """Return the steps of all awards.

    As many winners as fit on one page come one by one, beside what they did; more come page by
    page, by name alone.
    """
    order = in_reveal_order(awards)
    leaves = [leaf for at, one in enumerate(order) for leaf in _steps(one, at, len(order), hall)]
    empty = [Leaf(subject=tr("No award"))]
    return bind(leaves or empty, Heading(tr("Awards"), steps=True), hall)


def first_step(awards: Sequence[PublicAward], key: str, hall: Hall) -> int:
    """Return the step at which an award is announced; 0 for one that is not among them."""
    order = in_reveal_order(awards)
    keys = [one.key for one in order]
    if key not in keys:
        return 0
    before = order[:keys.index(key)]
    return sum(len(_steps(one, at, len(order), hall)) for at, one in enumerate(before))


def _steps(award: PublicAward, at: int, whole: int, hall: Hall) -> list[Leaf]:
    announced = _announced(award, hall)
    for leaf in announced:
        leaf.subject = tr("{n} of {m}", n=at + 1, m=whole)
    won = _winners(award, hall)
    for leaf in won:
        leaf.title = award.title
        leaf.subject = leaf.subject or tr(RARITIES[award.rarity])
    return announced + won


def _lines(text: str, px: int, weight: int, hall: Hall) -> tuple[str, ...]:
    """Return lines that are about equally long."""
    room = hall.width - 2 * hall.at(_SIDE)
    return measure.balanced_lines(text, px, weight, room)


def _announced(award: PublicAward, hall: Hall) -> list[Leaf]:
    """Return what an award is called and how it is earned, without a winner."""
    px = hall.type(_SENTENCE)
    sentence = _lines(award.sentence, px, 400, hall)
    for size in _LARGE:
        stack = Stack(hall)
        large = hall.type(size)
        title = _lines(award.title, large, 700, hall)
        stack.icon(award.icon, _ICON)
        stack.gap(28)
        stack.lines(title, large, 700, "text")
        stack.gap(12)
        stack.lines(sentence, px, 400, "text2")
        stack.gap(40)
        stack.rarity(award)
        if stack.fits and len(title) <= _MOST_LINES:
            return [stack.leaf()]
    return statement(f"{award.title}\n{award.sentence}", "", (_SENTENCE,), 600, "text", hall)


def _winners(award: PublicAward, hall: Hall) -> list[Leaf]:
    if len(award.winners) == 1:
        return _alone(award, award.winners[0], hall)
    for sizes in _ROWS:
        found = _one_by_one(award, sizes, hall)
        if found:
            return found
    return _by_page(award, hall)


def _alone(award: PublicAward, winner: PublicWinner, hall: Hall) -> list[Leaf]:
    """Return the only winner, as large as the name allows."""
    px = hall.type(_SENTENCE)
    words = winner.name or winner.sentence
    told = _lines(winner.sentence, px, 400, hall) if winner.name else ()
    for size in _LARGE:
        stack, large = Stack(hall), hall.type(size)
        lines = _lines(words, large, 700, hall)
        stack.lines(lines, large, 700, "text")
        stack.gap(16)
        stack.lines(told, px, 400, "text2")
        stack.gap(48)
        stack.rarity(award)
        if stack.fits and len(lines) <= _MOST_LINES:
            return [stack.leaf()]
    whole = "\n".join(filter(None, (winner.name, winner.sentence)))
    return statement(whole, "", (_SENTENCE,), 600, "text", hall)


def _one_by_one(award: PublicAward, sizes: tuple[int, int], hall: Hall) -> list[Leaf]:
    """Return a step for each winner below those before; nothing if they need another page."""
    (px, small), margin = map(hall.type, sizes), hall.at(MARGIN)
    whole, gap = hall.width - 2 * margin, hall.at(40)
    column = round(whole * _SHARE)
    rows: list[tuple[Fitted, Fitted | None, int]] = []
    for one in award.winners:
        title = fit(one.name or one.sentence, px, 600, column if one.name else whole)
        told = fit(one.sentence, small, 400, whole - column - gap) if one.name else None
        rows.append((title, told, max(
            row_height(px, len(title.lines), _AIR),
            row_height(small, len(told.lines), _AIR) if told else 0)))
    if sum(tall for *_cells, tall in rows) > hall.at(BOTTOM) - hall.at(TOP):
        return []
    leaves = []
    for newest in range(len(rows)):
        leaf, top = Leaf(rows=newest + 1), hall.at(TOP)
        for at, (title, told, tall) in enumerate(rows[:newest + 1]):
            if at == newest:
                leaf.items.append(Box(0, top, hall.width, tall, "row"))
            leaf.items.append(Box(margin, top + tall - 1, whole, 1, "rule"))
            leaf.items.extend(
                name(title, margin, top, tall, px, "lead" if at == newest else "text"))
            if told is not None:
                x = margin + column + gap
                leaf.items.extend(name(told, x, top, tall, small, "text2", 400))
            top += tall
        leaves.append(leaf)
    return leaves


def _by_page(award: PublicAward, hall: Hall) -> list[Leaf]:
    """Return the names of all winners on as many pages as they take."""
    words = [one.name or one.sentence for one in award.winners]
    px, between, margin = hall.type(_LIST), hall.at(40), hall.at(MARGIN)
    whole = hall.width - 2 * margin
    columns = columns_of(words, px, whole, between, 0, _MOST_COLUMNS)
    pitch = (whole + between) / columns
    names = [fit(one, px, 600, pitch - between) for one in words]
    heights = [row_height(px, len(one.lines), _AIR_LIST) for one in names]
    top = hall.at(TOP)

    def put(leaf: Leaf, at: int, column: int, y: int) -> None:
        x, tall = margin + column * pitch, heights[at]
        leaf.items.append(Box(x, top + y + tall - 1, pitch - between, 1, "rule"))
        leaf.items.extend(name(names[at], x, top + y, tall, px))

    leaves = fill(heights, hall.at(BOTTOM) - top, columns, put)
    winners = count(len(words), "winner", "winners")
    for at, leaf in enumerate(leaves, start=1):
        leaf.subject = winners if len(leaves) == 1 else tr(
            "{winners}, page {n} of {m}", winners=winners, n=at, m=len(leaves))
    return leaves
