"""Draw the line in one category: who breaks, who is level at the line, who is in reserve."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.breaks.values import BreakCategory, Lots
from tabapp.domain.types import id_key

TieRule = Literal["ask", "lot", "all"]


@dataclass(frozen=True, slots=True)
class Contender:
    """A team in standings order; equal ranks mean level on every metric."""

    team: str
    rank: int


@dataclass(frozen=True, slots=True)
class Line:
    """Who stands where in a category. ``undecided`` wait for the tab director."""

    breaking: tuple[Contender, ...]
    undecided: tuple[Contender, ...] = ()
    lost: tuple[Contender, ...] = ()
    reserves: tuple[Contender, ...] = ()
    lots: Lots | None = None


def draw_line(
    eligible: Sequence[Contender], category: BreakCategory, ties: TieRule, seed: int | None
) -> Line:
    """Take the first teams up to the size; ``ties`` says what becomes of a tie that straddles it.

    ``eligible`` stand in standings order. Reserves are the next teams after everybody at the
    line, so that they are the same whatever becomes of the tie.
    """
    size = max(category.size, 0)
    inside, outside = eligible[:size], eligible[size:]
    if not inside or not outside or inside[-1].rank != outside[0].rank:
        return Line(tuple(inside), reserves=tuple(outside[: category.reserve_size]))
    at_line = inside[-1].rank
    clear = tuple(c for c in inside if c.rank < at_line)
    level = tuple(c for c in eligible if c.rank == at_line)
    after = [c for c in outside if c.rank > at_line]
    reserves = tuple(after[: category.reserve_size])
    if ties == "all":
        return Line(clear + level, reserves=reserves)
    if ties == "ask":
        return Line(clear, undecided=level, reserves=reserves)
    lots = _cast_lots(level, category, seed)
    drawn = set(lots.order[: size - len(clear)])
    return Line(
        clear + tuple(c for c in level if c.team in drawn),
        lost=tuple(c for c in level if c.team not in drawn),
        reserves=reserves,
        lots=lots,
    )


def _cast_lots(level: Sequence[Contender], category: BreakCategory, seed: int | None) -> Lots:
    if seed is None:
        raise UserError("break_lot_without_seed", category=category.name or category.slug)
    order = sorted((c.team for c in level), key=id_key)
    # the slug keeps the lots of two categories apart; a text seeds alike on every machine
    random.Random(f"break/{category.slug}/{seed}").shuffle(order)
    return Lots(seed, tuple(order))
