"""Resolvable designs: cycles of rooms of four in which every two teams meet exactly once."""

from __future__ import annotations

from functools import lru_cache

from tabapp.domain.draw.brackets import ROOM

Block = tuple[int, ...]
_Point = tuple[int, int]  # (residue, ring of three)
_RINGS = 3

# Base blocks over the residues modulo 9, 17, 21, where the symmetric search below finds none or
# is slow. Those modulo 17 and 21 stand for three each, one in every turn of the rings.
_STARTERS: dict[int, list[list[_Point]]] = {
    1: [],
    9: [
        [(3, 0), (7, 0), (6, 0), (8, 1)], [(2, 2), (6, 1), (4, 1), (3, 1)],
        [(6, 2), (5, 0), (3, 2), (1, 2)], [(4, 0), (8, 2), (2, 1), (7, 1)],
        [(5, 1), (1, 0), (8, 0), (7, 2)], [(5, 2), (1, 1), (2, 0), (4, 2)],
    ],
    17: [
        [(1, 0), (2, 0), (4, 0), (9, 1)], [(3, 0), (5, 2), (10, 2), (14, 2)],
        [(6, 0), (16, 0), (15, 1), (12, 2)], [(7, 0), (13, 0), (8, 1), (11, 2)],
    ],
    21: [
        [(2, 0), (1, 0), (18, 2), (8, 2)], [(14, 0), (11, 2), (3, 2), (9, 0)],
        [(6, 0), (15, 0), (7, 2), (5, 2)], [(16, 0), (19, 2), (10, 0), (12, 1)],
        [(20, 0), (13, 0), (17, 0), (4, 2)],
    ],
}
_SEARCHED = (5, 13, 29, 37, 41, 53, 61, 73, 89, 101, 109)

DESIGNS: tuple[int, ...] = tuple(sorted(3 * q + 1 for q in (*_STARTERS, *_SEARCHED)))
"""The numbers of teams for which ``resolvable_design`` knows a design."""


@lru_cache(maxsize=4)
def resolvable_design(count: int) -> tuple[tuple[Block, ...], ...] | None:
    """Return the rounds of a resolvable (count, 4, 1) design, or None where none is known here.

    The teams are one fixed point and three rings of residues modulo q = (count - 1) / 3. The
    first round is found (or known) so that its differences are all distinct; adding 1, 2, … to
    every residue makes the others, and then no two teams ever meet again.
    """
    if count not in DESIGNS:
        return None
    q = (count - 1) // _RINGS
    first: list[list[_Point]] = _first_round(q)
    return tuple(
        ((0, *(1 + ring * q + shift for ring in range(_RINGS))),
         *(tuple(1 + ring * q + (x + shift) % q for x, ring in block) for block in first))
        for shift in range(q)
    )


def transversal_round(count: int, index: int) -> tuple[Block, ...] | None:
    """Return round ``index`` of count / 4 rounds without a repeat, where such a plan exists.

    The teams are four rows of k = count / 4; in round r a room takes from row i the place
    b + r * i. Two rounds share no two teams, since 1, 2 and 3 have inverses modulo k.
    """
    k = count // ROOM
    if k % 2 == 0 or k % 3 == 0 or index >= k:
        return None
    return tuple(
        tuple(row * k + (room + index * row) % k for row in range(ROOM)) for room in range(k))


def _first_round(q: int) -> list[list[_Point]]:
    """Return the blocks of the first round without the one of the fixed point."""
    if q in _STARTERS:
        turned = _RINGS if q in (17, 21) else 1
        return [_turn(block, times, 1, q) for block in _STARTERS[q] for times in range(turned)]
    factors = _odd_factors(q)
    return [
        _turn(block, times, factor, q)
        for block in _Search(q, factors).base_blocks() for factor in factors
        for times in range(_RINGS)
    ]


def _turn(block: list[_Point], times: int, factor: int, q: int) -> list[_Point]:
    return [(x * factor % q, (ring + times) % _RINGS) for x, ring in block]


def _odd_factors(q: int) -> list[int]:
    """Return the largest group of factors modulo the prime q whose size is odd."""
    size = q - 1
    while size % 2 == 0:
        size //= 2
    groups = (
        [pow(root, (q - 1) // size * power, q) for power in range(size)] for root in range(1, q))
    return next(group for group in groups if len(set(group)) == size)


class _Search:
    """Base blocks by trying: points, and both kinds of differences, each of another class.

    A class is a coset of ``factors``; with all factors and all turns of the rings applied, a
    block whose points and differences lie in different classes repeats none of them.
    """

    def __init__(self, q: int, factors: list[int]) -> None:
        self.q = q
        self.bit: dict[int, int] = {}
        self.least: list[int] = []
        for x in range(1, q):
            if x not in self.bit:
                self.bit.update(dict.fromkeys((x * f % q for f in factors), 1 << len(self.least)))
                self.least.append(x)

    def base_blocks(self) -> list[list[_Point]]:
        """Return blocks that hold every class of points once."""
        return self._cover([], (0, 0, 0)) or []

    def _cover(
        self, blocks: list[list[_Point]], taken: tuple[int, int, int]
    ) -> list[list[_Point]] | None:
        free = next((x for x in self.least if not self.bit[x] & taken[0]), None)
        if free is None:
            return blocks
        begun = self._taken([], (free, 0), taken)
        return None if begun is None else self._grow(blocks, [(free, 0)], begun, 0)

    def _grow(
        self, blocks: list[list[_Point]], block: list[_Point], taken: tuple[int, int, int],
        after: int,
    ) -> list[list[_Point]] | None:
        if len(block) == ROOM:
            return self._cover([*blocks, block], taken)
        for code in range(after + 1, _RINGS * self.q):
            point = (code % self.q, code // self.q)
            now = self._taken(block, point, taken)
            if now is not None:
                found = self._grow(blocks, [*block, point], now, code)
                if found is not None:
                    return found
        return None

    def _taken(
        self, block: list[_Point], point: _Point, taken: tuple[int, int, int]
    ) -> tuple[int, int, int] | None:
        """Return the classes taken with the point in the block, None where one is taken twice."""
        points, pure, mixed = taken
        x, ring = point
        if x == 0 or points & self.bit[x]:
            return None
        for y, other in block:
            forth = (x - y) % self.q
            if forth == 0:
                return None
            forth, back = self.bit[forth], self.bit[self.q - forth]
            if ring == other:
                if forth == back or pure & (forth | back):
                    return None
                pure |= forth | back
            else:
                way = forth if (ring - other) % _RINGS == 1 else back
                if mixed & way:
                    return None
                mixed |= way
        return points | self.bit[x], pure, mixed
