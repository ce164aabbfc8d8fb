"""Draw the line in one category: who breaks, who is level at the line, who is in reserve."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.breaks.caps import Contender, Queues
from tabapp.domain.breaks.values import BreakCategory, Lots
from tabapp.domain.types import id_key

TieRule = Literal["ask", "lot", "all"]


@dataclass(frozen=True, slots=True)
class Line:
    """Who stands where in a category.

    ``undecided`` wait for the tab director and share ``places``; ``lost`` came out of the lot too
    late. ``back`` are breaking teams that a cap had set aside. With ``excess`` so many more break
    than there are places, since the teams at the rank ``grown_at`` came in whole.
    """

    breaking: tuple[Contender, ...]
    undecided: tuple[Contender, ...] = ()
    lost: tuple[Contender, ...] = ()
    reserves: tuple[Contender, ...] = ()
    lots: Lots | None = None
    back: frozenset[str] = frozenset()
    places: int = 0
    excess: int = 0
    grown_at: int = 0

    def break_rank(self, contender: Contender) -> int:
        """Return the place of a breaking team; level ones share it.

        Places that level teams wait for stay free. After a group of level teams that came in
        whole, places are lowered by the excess, so that the last one is the size of the break
        (rules.md, section 9).
        """
        better = sum(other.rank < contender.rank for other in self.breaking)
        if self.undecided and self.undecided[0].rank < contender.rank:
            better += self.places
        if self.excess and self.grown_at < contender.rank:
            better -= self.excess
        return better + 1


def draw_line(
    found: Queues, category: BreakCategory, ties: TieRule, seed: int | None
) -> Line:
    """Give the places of a category away; ``ties`` says what becomes of a tie that straddles it.

    Level teams of one queue claim together. Reserves are the next teams that no cap set aside,
    after everybody at the line, so that they are the same whatever becomes of the tie.
    """
    size = max(category.size, 0)
    inside: list[Contender] = []
    level: tuple[Contender, ...] = ()
    for group in _claims(found):
        if len(group) > size - len(inside):
            level = group if len(inside) < size else ()
            break
        inside += group
    free = size - len(inside)
    at_line = {one.team for one in (*inside, *level)}
    waiting = [one for one in found.left if one.team not in at_line and not one.lost]
    reserves = tuple(waiting[: max(category.reserve_size, 0)])
    if not level:
        return _line(found, inside, reserves=reserves)
    if ties == "ask":
        return _line(found, inside, undecided=level, reserves=reserves, places=free)
    if ties == "all":
        return _line(
            found, [*inside, *level], reserves=reserves, excess=len(level) - free,
            grown_at=level[0].rank)
    lots = _cast_lots(level, category, seed)
    drawn = set(lots.order[:free])
    return _line(
        found, [*inside, *(one for one in level if one.team in drawn)],
        lost=tuple(one for one in level if one.team not in drawn), reserves=reserves, lots=lots,
        places=free)


def _claims(found: Queues) -> Iterator[tuple[Contender, ...]]:
    """Yield the groups of level teams in the order in which they claim places."""
    for queue in (found.left, *found.waves):
        here = (one for one in queue if not one.lost)
        for _rank, group in groupby(here, key=lambda one: one.rank):
            yield tuple(group)


def _line(
    found: Queues, breaking: Sequence[Contender], *, undecided: tuple[Contender, ...] = (),
    lost: tuple[Contender, ...] = (), reserves: tuple[Contender, ...] = (),
    lots: Lots | None = None, places: int = 0, excess: int = 0, grown_at: int = 0,
) -> Line:
    back = frozenset(one.team for one in breaking if one.team in found.aside)
    return Line(
        tuple(breaking), undecided, lost, reserves, lots, back, places, excess, grown_at)


def _cast_lots(level: Sequence[Contender], category: BreakCategory, seed: int | None) -> Lots:
    if seed is None:
        raise UserError("break_lot_without_seed", category=category.title)
    order = sorted((c.team for c in level), key=id_key)
    # the slug keeps the lots of two categories apart; a text seeds alike on every machine
    random.Random(f"break/{category.slug}/{seed}").shuffle(order)
    return Lots(seed, tuple(order))
