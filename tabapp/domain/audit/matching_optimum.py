"""A proof that a perfect matching is of least total, by bounds from below.

Half the cheapest assignment bounds every matching from below. Where that is not enough, prices of
the edges that leave odd sets of teams are lowered by what such an edge must cost at least (each
odd set is left at least once), and the assignment is solved again. What no bound decides goes to
a branch-and-bound solver, over the few edges whose reduced costs leave them a chance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, linprog, milp
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from tabapp.domain.types import BoolArray, FloatArray, IntArray

MOST_EDGES = 3000
"""The largest branch-and-bound problem that is tried; beyond it a gap is told."""
MOST_WORK = 8000
"""Teams times linear programmes, before branch and bound has its turn."""
_NEAREST = 6
_SCALE = 4
"""Bounds are whole multiples of a quarter, so that nothing hangs on rounding."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What is known of the least total: ``least`` at least, and exactly if ``exact``."""

    least: int
    exact: bool


def least_assignment(prices: IntArray) -> int:
    """Return the least total of an assignment of rows to columns."""
    rows, columns = linear_sum_assignment(prices.astype(np.float64))
    return int(prices[rows, columns].sum())


def is_least_assignment(prices: IntArray, chosen: IntArray) -> bool:
    """Tell whether an assignment is of least total: no round of exchanges makes it cheaper.

    Looked for are potentials by which no exchange gains anything; they exist unless a round of
    exchanges gains, in which case they fall for ever.
    """
    count = len(prices)
    held = prices[np.arange(count), chosen]
    # what row i asks of row j's column: potentials are kept by row, of the column that it holds
    step = prices[:, chosen] - held[:, None]
    potential = np.zeros(count, dtype=np.int64)
    for _round in range(count + 1):
        lower = np.minimum(potential, (potential[:, None] + step).min(axis=0))
        if np.array_equal(lower, potential):
            return True
        potential = lower
    return False


def prove(
    prices: IntArray, partner: IntArray, cuts: Sequence[BoolArray] = (), worth: Sequence[int] = ()
) -> Proof:
    """Bound the least total of a perfect matching; stop when ``partner`` is proven to be it.

    ``prices`` is symmetric with whole numbers, its diagonal is not read. ``cuts`` are odd sets to
    begin with, ``worth`` what an edge that leaves each of them is guessed to cost at least; they
    change the time, never the answer.
    """
    count = len(prices)
    total = int(prices[np.arange(count), partner].sum()) // 2
    if count == 2:
        return Proof(total, exact=True)
    search = _Search(prices, partner, total, cuts, worth)
    if any(worth) or not cuts:
        search.bound()
    for _round in range(1 + MOST_WORK // count):
        if search.least >= total:
            return Proof(total, exact=True)
        if not search.tighten():
            break
    if search.least >= total:
        return Proof(total, exact=True)
    return search.branch()


class _Search:
    def __init__(
        self, prices: IntArray, partner: IntArray, total: int, cuts: Sequence[BoolArray],
        worth: Sequence[int],
    ) -> None:
        self._prices = prices
        self._total = total
        self._cuts = list(cuts)
        self._worth: IntArray = _SCALE * np.array(worth or [0] * len(cuts), dtype=np.int64)
        count = len(prices)
        self._edges = np.zeros((count, count), dtype=np.bool_)
        self._keep(np.arange(count), partner)
        self._reduced: IntArray = _SCALE * prices
        self._floor = 0
        self._known = False
        self.least = -(2**62)

    def bound(self) -> None:
        """Solve the assignment with the odd sets at their present worth."""
        lowered = _SCALE * self._prices - self._crossed()
        apart = int(lowered.max()) - min(int(lowered.min()), 0) + 1
        np.fill_diagonal(lowered, apart * len(lowered))
        chosen = np.asarray(linear_sum_assignment(lowered.astype(np.float64))[1], dtype=np.int64)
        held = lowered[np.arange(len(chosen)), chosen]
        floor = int(held.sum()) + 2 * int(self._worth.sum())
        self._keep(np.arange(len(chosen)), chosen)
        self.least = max(self.least, -(-floor // (2 * _SCALE)))
        if self.least < self._total:
            self._reduce(lowered, chosen, floor)

    def _crossed(self) -> IntArray:
        """Return the worth of the odd sets that each edge leaves."""
        if not self._worth.any():
            return np.zeros_like(self._prices)
        worth = self._worth[self._worth > 0].astype(np.float64)
        sets = np.array(
            [cut for cut, one in zip(self._cuts, self._worth, strict=True) if one > 0],
            dtype=np.float64)
        of_team = worth @ sets
        crossed = (sets.T * (-2 * worth)) @ sets  # whole numbers all along
        crossed += of_team
        crossed += of_team[:, None]
        return crossed.astype(np.int64)

    def _reduce(self, lowered: IntArray, chosen: IntArray, floor: int) -> None:
        """Work out the potentials of the assignment, and from them what is left of each price."""
        held = lowered[np.arange(len(chosen)), chosen]
        step = lowered - held[:, None]
        potential = np.zeros(len(chosen), dtype=np.int64)  # of columns
        reached = np.empty_like(step)
        while True:
            np.add(step, potential[chosen][:, None], out=reached)
            lower = np.minimum(potential, reached.min(axis=0))
            if np.array_equal(lower, potential):
                break
            potential = lower
        of_team = held - potential[chosen] + potential
        # of a row and of a column: twice the value of the team
        np.multiply(lowered, 2, out=reached)
        reached -= of_team
        reached -= of_team[:, None]
        self._reduced = reached
        self._floor = floor
        self._known = True

    def _chance(self) -> BoolArray:
        """Return the edges that a cheaper matching could have."""
        room = 2 * _SCALE * (self._total - 1) - self._floor
        return np.triu(self._reduced <= room, 1)

    def tighten(self) -> bool:
        """Find what the odd sets are worth on few edges, and bound anew; False if nothing helps."""
        self._nearest()
        one, other = np.nonzero(self._edges)
        ends = self._ends(one, other)
        across = self._across(one, other)
        found = linprog(
            self._prices[one, other].astype(np.float64),
            A_ub=None if across is None else -across,
            b_ub=None if across is None else -np.ones(len(self._cuts)),
            A_eq=ends, b_eq=np.ones(len(self._prices)), bounds=(0, None), method="highs-ds")
        before = self.least, len(self._cuts), int(self._edges.sum())
        if across is not None:
            worth = -np.asarray(found.ineqlin.marginals)
            self._worth = np.maximum(np.rint(_SCALE * worth), 0).astype(np.int64)
        self.bound()
        if self.least < self._total:
            self._cut(one, other, np.asarray(found.x))
        return (self.least, len(self._cuts), int(self._edges.sum())) != before

    def _cut(self, one: IntArray, other: IntArray, weights: FloatArray) -> None:
        """Note the odd sets that the linear solution does not leave."""
        used = weights > 1e-6
        count = len(self._prices)
        graph = csr_array(
            (np.ones(int(used.sum())), (one[used], other[used])), shape=(count, count))
        parts, part = connected_components(graph, directed=False)
        sizes = np.bincount(part, minlength=parts)
        new = [part == number for number in np.flatnonzero(sizes % 2)]
        new = [cut for cut in new if not any(np.array_equal(cut, old) for old in self._cuts)]
        self._cuts += new
        self._worth = np.append(self._worth, np.zeros(len(new), dtype=np.int64))

    def _nearest(self) -> None:
        reduced = self._reduced.copy()
        np.fill_diagonal(reduced, np.iinfo(np.int64).max)
        count = len(reduced)
        near = np.argpartition(reduced, min(_NEAREST, count - 2), axis=1)[:, :_NEAREST]
        rows = np.repeat(np.arange(count), near.shape[1])
        columns = near.ravel()
        apart = rows != columns
        self._keep(rows[apart], columns[apart])

    def _keep(self, one: IntArray, other: IntArray) -> None:
        self._edges[np.minimum(one, other), np.maximum(one, other)] = True

    def _ends(self, one: IntArray, other: IntArray) -> Any:  # of SciPy, sparse
        edges = np.arange(len(one))
        return csr_array(
            (np.ones(2 * len(one)), (np.concatenate([one, other]), np.tile(edges, 2))),
            shape=(len(self._prices), len(one)))

    def _across(self, one: IntArray, other: IntArray) -> Any:  # of SciPy, sparse, or None
        if not self._cuts:
            return None
        sets = np.array(self._cuts)
        return csr_array((sets[:, one] != sets[:, other]).astype(float))

    def branch(self) -> Proof:
        """Ask branch and bound for a cheaper matching over the edges that have a chance."""
        if not self._known:
            self.bound()
        chance = self._chance()
        one, other = np.nonzero(chance)
        if len(one) > MOST_EDGES:
            return Proof(self.least, exact=False)
        count = len(self._prices)
        if len(np.unique(np.concatenate([one, other]))) < count:
            return Proof(self._total, exact=True)  # somebody could meet nobody
        ends, across = self._ends(one, other), self._across(one, other)
        rows = ends if across is None else vstack([ends, across])
        low = np.ones(rows.shape[0])
        high = np.where(np.arange(rows.shape[0]) < count, 1.0, np.inf)
        found = milp(
            self._prices[one, other].astype(np.float64),
            integrality=np.ones(len(one), dtype=np.int64),
            bounds=Bounds(0, 1), constraints=LinearConstraint(rows, low, high),
            options={"mip_rel_gap": 0.0, "node_limit": 200})
        if found.status == 2:  # no perfect matching among them: none is cheaper
            return Proof(self._total, exact=True)
        if found.status == 0:
            return Proof(min(self._total, round(found.fun)), exact=True)
        return Proof(self.least, exact=False)
