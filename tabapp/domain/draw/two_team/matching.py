"""Exact minimum-cost perfect matching of hundreds of teams without holding the interpreter.

``rustworkx`` finds the optimum of any graph but holds the interpreter meanwhile, so it is given
few edges. A large matching goes the way of Grötschel and Holland instead: an assignment, whose
even cycles are optimal pairs; then a linear programme over few edges, to which edges and odd sets
are added until its dual values, taken as whole numbers, prove that no edge left out can be in a
better matching. What they leave, if anything, goes to ``rustworkx``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.two_team.relaxation import Relaxation
from tabapp.domain.types import BoolArray, IntArray, Tick, no_tick

_SMALL = 96
_FEW_EDGES = 6000  # of a thousand teams; more of fewer teams
_FEW_BY_TEAMS = 4_000_000
_MOST_PROGRAMMES = 20


def assign_pairs(prices: IntArray, lots: Lots) -> IntArray:
    """Return the column of each row at the least total; among optima one is chosen by lot."""
    rows, columns = lots.permutation(len(prices)), lots.permutation(len(prices))
    chosen = np.empty(len(prices), dtype=np.int64)
    chosen[rows] = columns[_assignment(prices[np.ix_(rows, columns)])]
    return chosen


def match_pairs(
    prices: IntArray, lots: Lots, *, cuts: Sequence[BoolArray] = (), tops: Sequence[int] = (),
    tick: Tick = no_tick,
) -> IntArray:
    """Return the partner of each team at the least total; among optima one is chosen by lot.

    ``prices`` is symmetric, its diagonal is not read; the teams stand in the order of the draw.
    ``cuts`` are sets of an odd number of teams that an optimum may find hard to leave, ``tops``
    the sizes of such sets where each is all teams down to a place: both change the time, never
    the total.
    """
    order = lots.permutation(len(prices))
    partner = np.empty(len(prices), dtype=np.int64)
    shuffled = prices[np.ix_(order, order)]
    tick(0, 2)
    best, bound = _start(shuffled)
    tick(1, 2)
    if _total(shuffled, best) > bound:
        relaxed = Relaxation(
            shuffled, best, np.argsort(order), [cut[order] for cut in cuts], tops)
        best = _prove(shuffled, best, relaxed, tick)
    tick(2, 2)
    partner[order] = order[best]
    return partner


def _start(prices: IntArray) -> tuple[IntArray, int]:
    """Return a good matching, and a total below which none can be: mostly its own."""
    if len(prices) <= _SMALL:
        best = _blossom(prices, _all_edges(prices))
        return best, _total(prices, best)
    bound, halves, odd = _halve(prices, _assignment(_without_self(prices)))
    return _join(prices, halves, odd), bound


def _without_self(prices: IntArray) -> IntArray:
    """Make it dearer than any assignment to meet oneself."""
    apart = prices.copy()
    np.fill_diagonal(apart, len(prices) * (int(np.abs(prices).max()) + 1))
    return apart


def _assignment(prices: IntArray) -> IntArray:
    # Loaded with the first matching: it takes longer than everything else in a small command.
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    return np.asarray(linear_sum_assignment(prices.astype(np.float64))[1], dtype=np.int64)


def _total(prices: IntArray, partner: IntArray) -> int:
    return int(prices[np.arange(len(partner)), partner].sum()) // 2


def _halve(prices: IntArray, chosen: IntArray) -> tuple[int, IntArray, list[list[int]]]:
    """Cut the cycles of a symmetric assignment into pairs.

    Return the least total a matching can have, the partners (-1 in odd cycles) and those cycles.
    An even cycle costs the same whichever way it is cut, or the assignment would not be optimal.
    """
    rows = np.arange(len(prices))
    bound = -(int(prices[rows, chosen].sum()) // -2)
    partner = np.full(len(prices), -1, dtype=np.int64)
    odd, seen, following = [], set(), chosen.tolist()
    for start in range(len(following)):
        if start in seen:
            continue
        cycle = [start]
        while (at := following[cycle[-1]]) != start:
            cycle.append(at)
        seen.update(cycle)
        if len(cycle) % 2:
            odd.append(cycle)
        else:
            _pair_up(partner, cycle)
    return bound, partner, odd


def _pair_up(partner: IntArray, path: Sequence[int]) -> None:
    partner[path[::2]] = path[1::2]
    partner[path[1::2]] = path[::2]


def _join(prices: IntArray, halves: IntArray, odd: list[list[int]]) -> IntArray:
    """Pair the teams of odd cycles: two cycles at a time, each opened where that costs least."""
    partner = halves.copy()
    if not odd:
        return partner
    left = [_left_over(prices, cycle) for cycle in odd]
    count = len(odd)
    merged = np.zeros((count, count), dtype=np.int64)
    ends: dict[tuple[int, int], tuple[int, int]] = {}
    for one in range(count):
        for other in range(one + 1, count):
            costs = prices[np.ix_(odd[one], odd[other])] + left[one][:, None] + left[other]
            at = divmod(int(costs.argmin()), len(odd[other]))
            ends[one, other] = at
            merged[one, other] = merged[other, one] = costs[at]
    for one, other in enumerate(_start(merged)[0].tolist()):
        if one < other:
            opened = zip((odd[one], odd[other]), ends[one, other], strict=True)
            paths = [cycle[at:] + cycle[:at] for cycle, at in opened]
            for path in paths:
                _pair_up(partner, path[1:])
            _pair_up(partner, [path[0] for path in paths])
    return partner


def _left_over(prices: IntArray, cycle: list[int]) -> IntArray:
    """Return, for each team of an odd cycle, the price of pairing the others along it."""
    size = len(cycle)
    steps = prices[cycle, np.roll(cycle, -1)]
    alternate = (np.arange(size)[:, None] + 1 + np.arange(0, size - 1, 2)) % size
    return np.asarray(steps[alternate].sum(axis=1), dtype=np.int64)


def _prove(
    prices: IntArray, best: IntArray, relaxed: Relaxation, tick: Tick
) -> IntArray:
    """Return a matching that is proven to be the best."""
    guess, few = True, max(_FEW_EDGES, _FEW_BY_TEAMS // len(prices))
    edges = _all_edges(prices)  # that a cheaper one could have, by all that was proven so far
    for _programme in range(_MOST_PROGRAMMES):
        tick(1, 2)
        if not relaxed.solve():
            break
        best, _better = _cheaper(prices, best, _complete(prices, relaxed.settled()))
        edges &= relaxed.edges_of_better(_total(prices, best))
        if guess and edges.sum() > few and not relaxed.lacks_edges():
            best, guess = _cheaper(prices, best, _blossom(prices, relaxed.likely_edges(best)))
            edges &= relaxed.edges_of_better(_total(prices, best))
        if not edges.any():
            return best
        if edges.sum() <= few or not relaxed.grow():
            break
    return _cheaper(prices, best, _blossom(prices, edges))[0]


def _cheaper(prices: IntArray, best: IntArray, found: IntArray) -> tuple[IntArray, bool]:
    """Return the cheaper matching, and whether it is the one found, which may not be perfect."""
    better = bool((found >= 0).all()) and _total(prices, found) < _total(prices, best)
    return (found if better else best), better


def _all_edges(prices: IntArray) -> BoolArray:
    return np.triu(np.ones(prices.shape, dtype=np.bool_), 1)


def _complete(prices: IntArray, settled: BoolArray) -> IntArray:
    """Return a good matching that has the edges which are settled."""
    partner = np.full(len(prices), -1, dtype=np.int64)
    one, other = np.nonzero(settled)
    partner[one], partner[other] = other, one
    rest = np.flatnonzero(partner < 0)
    if len(rest):
        inner = prices[np.ix_(rest, rest)]
        _bound, halves, odd = _halve(inner, _assignment(_without_self(inner)))
        partner[rest] = rest[_join(inner, halves, odd)]
    return partner


def _blossom(prices: IntArray, allowed: BoolArray) -> IntArray:
    """Return the partners of a cheapest matching of as many teams as can be, -1 for the others."""
    # Loaded with the first matching, as above.
    import rustworkx  # noqa: PLC0415

    one, other = np.nonzero(allowed)
    costs = prices[one, other]
    gains = (costs.max(initial=0) - costs).tolist()
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(len(prices)))
    graph.add_edges_from(list(zip(one.tolist(), other.tolist(), gains, strict=True)))
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    partner = np.full(len(prices), -1, dtype=np.int64)
    for left, right in pairs:
        partner[left], partner[right] = right, left
    return partner
