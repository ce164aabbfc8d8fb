"""The matching polytope, approached by edges and odd sets until its dual values prove an optimum.

A matching of least total is a corner of the linear programme in which every team has one partner
and an odd set of 2k + 1 teams has at most k edges inside. Few of its edges and odd sets matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from tabapp.domain.types import BoolArray, FloatArray, IntArray

_NEAREST = 8
_AROUND = 40
_MORE_EDGES = 4
_LIKELY = 3  # of each team, or
_LIKELY_AT_LEAST = 3000  # of all
_NIL = 1e-6
_THRESHOLDS = (0.0, 0.3, 0.6)
_SCALE = 240  # dual values are taken as such parts of one, so that what they prove is exact


class Relaxation:
    """A linear programme over some edges, which contain a known perfect matching, and odd sets.

    ``line`` puts the teams in the order of the draw; the sets of ``tops`` are so many of them from
    its top.
    """

    def __init__(
        self, prices: IntArray, known: IntArray, line: IntArray, cuts: Sequence[BoolArray],
        tops: Sequence[int],
    ) -> None:
        size = len(prices)
        self._prices, self._line = prices, line
        stretches = np.argsort(line) < np.array(tops, dtype=np.int64)[:, None]
        self._cuts = list({
            cut.tobytes(): cut for cut in map(_smaller, (*cuts, *stretches))}.values())
        self._upper = np.triu(np.ones((size, size), dtype=np.bool_), 1)
        self._edges = np.zeros((size, size), dtype=np.bool_)
        self._add(np.arange(size), known)
        far = int(prices.max()) + 1
        costs = prices + far * np.eye(size, dtype=np.int64)
        apart = costs < far
        self._add_cheapest(costs, _NEAREST, apart)
        for cut in cuts:  # each of which is left by an edge
            across = cut[:, None] != cut
            costs -= across * costs[across].min()
        self._add_cheapest(costs, _NEAREST, apart)
        self._leave(tops)
        self._shares: FloatArray = np.zeros((size, size))
        self._reduced = self._unrepaired = prices
        self._bound = self._bound_before = 0

    def solve(self) -> bool:
        """Solve for the edges and odd sets at hand; tell whether the solver could."""
        # Loaded with the first matching: it takes longer than everything else in a small command.
        from scipy.optimize import linprog  # noqa: PLC0415
        from scipy.sparse import csr_array  # noqa: PLC0415

        one, other = np.nonzero(self._edges)
        size, count, odd = len(self._prices), len(one), len(self._cuts)
        ends = np.concatenate([one, other]), np.tile(np.arange(count), 2)
        members = np.array(self._cuts, dtype=np.bool_).reshape(odd, size)
        inside = members[:, one] & members[:, other]
        across = members[:, one] != members[:, other]
        # a set has at most k edges inside, or at least one across: whichever row is shorter
        by_inside = inside.sum(axis=1) <= across.sum(axis=1)
        entries = np.nonzero(np.where(by_inside[:, None], inside, across))
        signs = np.where(by_inside, 1.0, -1.0)
        # Any: the stubs of SciPy know dense rows only
        of_cuts: Any = csr_array((signs[entries[0]], entries), shape=(odd, count))
        of_teams: Any = csr_array((np.ones(2 * count), ends), shape=(size, count))
        found = linprog(
            self._prices[one, other].astype(np.float64),
            A_ub=of_cuts, b_ub=np.where(by_inside, members.sum(axis=1) // 2, -1),
            A_eq=of_teams, b_eq=np.ones(size), method="highs-ds")
        if found.x is None:
            return False
        shares = np.where(found.x > _NIL, found.x, 0.0)
        self._shares = np.zeros((size, size))
        self._shares[one, other] = self._shares[other, one] = shares
        self._slack = found.ineqlin.residual
        self._price(found.eqlin.marginals, -found.ineqlin.marginals, by_inside)
        return True

    def edges_of_better(self, total: int) -> BoolArray:
        """Return the edges that a matching cheaper than ``total`` could have."""
        room = _SCALE * (total - 1) - self._bound
        return self._upper & (self._reduced <= room)

    def settled(self) -> BoolArray:
        """Return the edges that the programme takes whole."""
        return self._upper & (self._shares > 1 - _NIL)

    def likely_edges(self, known: IntArray) -> BoolArray:
        """Return a few edges, among which a matching better than the known one should be."""
        costs = np.where(self._upper, self._reduced, np.iinfo(np.int64).max)
        count = min(max(_LIKELY * len(costs), _LIKELY_AT_LEAST), int(self._upper.sum()))
        likely = np.zeros(costs.size, dtype=np.bool_)
        likely[np.argpartition(costs, count - 1, axis=None)[:count]] = True
        found = likely.reshape(costs.shape) | (self._shares > 0)
        found[np.arange(len(costs)), known] = True
        return self._upper & found

    def lacks_edges(self) -> bool:
        """Tell whether an edge that was left out may pay."""
        return bool(self._missing().any())

    def grow(self) -> bool:
        """Add edges that may pay, or else odd sets that are not left; tell whether there were."""
        if self._bound > self._bound_before:  # or it might go round in circles
            self._cuts = [
                cut for cut, slack in zip(self._cuts, self._slack, strict=True) if slack < _NIL]
        self._bound_before = self._bound
        missing = self._missing()
        if missing.any():
            costs = np.where(missing, self._unrepaired, 0)
            self._add_cheapest(costs, _MORE_EDGES, missing)
            return True
        known = {cut.tobytes() for cut in self._cuts}
        found = (_smaller(cut) for cut in (*self._loose_parts(), *self._stretches()))
        fresh = {cut.tobytes(): cut for cut in found}
        cuts = [cut for key, cut in fresh.items() if key not in known]
        self._cuts += cuts
        return bool(cuts)

    def _missing(self) -> BoolArray:
        return (self._unrepaired < 0) & ~(self._edges | self._edges.T)

    def _price(self, of_teams: FloatArray, of_cuts: FloatArray, by_inside: BoolArray) -> None:
        """Take dual values as whole numbers, so that the bound they prove is beyond doubt."""
        teams = np.rint(_SCALE * of_teams).astype(np.int64)
        values = np.maximum(np.rint(_SCALE * of_cuts).astype(np.int64), 0)
        for at in np.flatnonzero(~by_inside):  # say "one across" in terms of edges inside
            teams += values[at] * self._cuts[at]
            values[at] *= 2
        reduced = _SCALE * self._prices - teams[:, None] - teams
        bound = int(teams.sum())
        for at in np.flatnonzero(values):
            members = np.flatnonzero(self._cuts[at])
            reduced[np.ix_(members, members)] += values[at]
            bound -= int(values[at]) * (len(members) // 2)
        np.fill_diagonal(reduced, np.iinfo(np.int64).max // 4)
        self._unrepaired = reduced
        lowered = (1 - np.minimum(reduced.min(axis=1), 0)) // 2
        self._reduced = reduced + lowered[:, None] + lowered
        self._bound = bound - int(lowered.sum())

    def _add(self, one: IntArray, other: IntArray) -> None:
        self._edges[np.minimum(one, other), np.maximum(one, other)] = True

    def _add_cheapest(self, costs: IntArray, count: int, allowed: BoolArray) -> None:
        """Add the cheapest edges of each team, as many as said, where they are allowed."""
        nearest = np.argpartition(costs, count, axis=1)[:, :count]
        rows, columns = np.repeat(np.arange(len(costs)), count), nearest.ravel()
        kept = allowed[rows, columns]
        self._add(rows[kept], columns[kept])

    def _leave(self, tops: Sequence[int]) -> None:
        """Add cheap edges between the teams about each place where too few leave a stretch."""
        place = np.argsort(self._line)
        one, other = (place[ends] for ends in np.nonzero(self._edges))
        size = len(place)
        change = np.bincount(np.minimum(one, other), minlength=size) - np.bincount(
            np.maximum(one, other), minlength=size)
        leaving = np.cumsum(change)  # edges between the first so many teams and the rest
        for end in tops:
            if leaving[end - 1] >= _NEAREST:
                continue
            above = self._line[max(end - _AROUND, 0) : end]
            below = self._line[end : end + _AROUND]
            costs = self._prices[np.ix_(above, below)]
            cheapest = np.argsort(costs, axis=None, kind="stable")[:_NEAREST]
            rows, columns = np.unravel_index(cheapest, costs.shape)
            self._add(above[rows], below[columns])

    def _loose_parts(self) -> Iterator[BoolArray]:
        """Find odd sets that hang together but are left by less than one edge."""
        from scipy.sparse import csr_array  # noqa: PLC0415
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

        for least in _THRESHOLDS:
            weights = np.where(self._shares > least, self._shares, 0.0)
            _count, part = connected_components(csr_array(weights), directed=False)
            for number in np.flatnonzero(np.bincount(part) % 2):
                cut = part == number
                if self._shares[cut][:, ~cut].sum() < 1 - _NIL:
                    yield cut

    def _stretches(self) -> Iterator[BoolArray]:
        """Find the shortest such stretch of the line that begins with each team.

        The teams stand in line by rank, so what a level or a neighbourhood lacks shows there.
        """
        size = len(self._line)
        inside = np.zeros((size + 1, size + 1))
        in_line = self._shares[np.ix_(self._line, self._line)]
        inside[1:, 1:] = in_line.cumsum(axis=0).cumsum(axis=1)
        corners = np.diagonal(inside)
        starts, ends = np.arange(size)[:, None], np.arange(1, size + 1)
        within = corners[ends] - 2 * inside[starts, ends] + corners[starts]
        odd = ((ends - starts) % 2 == 1) & (ends > starts)
        unleft = odd & (ends - starts - within < 1 - _NIL)
        shortest = unleft.argmax(axis=1).tolist()
        for start in np.flatnonzero(unleft.any(axis=1)).tolist():
            cut = np.zeros(size, dtype=np.bool_)
            cut[self._line[start : shortest[start] + 1]] = True
            yield cut


def _smaller(cut: BoolArray) -> BoolArray:
    """A set and its complement say the same: return the smaller, or the one without team 0."""
    return ~cut if (2 * cut.sum(), cut[0]) > (len(cut), False) else cut
