"""Position costs of BP: what it costs to give a team a position, from its history."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from tabapp.core.errors import UserError
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.types import FloatArray, IntArray

Change = Literal["none", "regression", "resolved", "improving", "still_bad"]

_TOO_LARGE = 1e30  # up to here the auditor, in whole numbers, finds the same optimum


class CostTable:
    """C(h, s) ** exponent for each distinct history h and position s (rules.md, section 7).

    ``rows`` gives each team its row of ``costs`` (shape: histories by four).
    """

    def __init__(self, histories: Sequence[tuple[int, ...]], options: DrawOptions) -> None:
        distinct = {history: row for row, history in enumerate(sorted(set(histories)))}
        self.rows: IntArray = np.array([distinct[h] for h in histories], dtype=np.int64)
        self.costs = _costs(np.array(list(distinct), dtype=np.float64).reshape(-1, 4), options)
        if self.costs.size and not self.costs.max() <= _TOO_LARGE:
            exponent = f"{options.bp_position_cost_exponent:g}"
            raise UserError("draw_cost_too_large", exponent=exponent)

    def of_teams(self) -> FloatArray:
        """Return the costs team by team, shape: teams by four."""
        return self.costs[self.rows]


def _costs(histories: FloatArray, options: DrawOptions) -> FloatArray:
    plain: FloatArray
    # sorted, so that counts in another order cost the same to the last bit
    after = np.sort(histories[:, None, :] + np.eye(4), axis=2)
    if options.bp_position_cost == "simple":
        plain = histories
    elif options.bp_position_cost == "variance":
        plain = after.var(axis=2)
    else:
        total = after.sum(axis=2)
        plain = total * (2.0 - _entropy(after / total[:, :, None], options.bp_renyi_order))
    with np.errstate(over="ignore"):  # refused afterwards, in words
        # An even history costs nothing; rounding may leave it a hair below zero.
        raised: FloatArray = np.maximum(plain, 0.0) ** options.bp_position_cost_exponent
    return raised


def _entropy(shares: FloatArray, order: float) -> FloatArray:
    """Rényi entropy in bits along the last axis; order 1 is Shannon's, order 0 Hartley's."""
    bits: FloatArray
    logs = np.log2(np.where(shares > 0, shares, 1.0))
    if order == 1.0:
        bits = -(shares * logs).sum(axis=-1)
    elif order == 0.0:
        bits = np.log2((shares > 0).sum(axis=-1))
    elif abs(order - 1.0) < 0.5:  # near 1 the plain form loses its digits
        excess = (shares * np.expm1((order - 1.0) * math.log(2.0) * logs)).sum(axis=-1)
        bits = np.log1p(excess) / (math.log(2.0) * (1.0 - order))
    else:
        top = shares.max(axis=-1, keepdims=True)  # taken out, since high orders underflow
        relative = np.where(shares > 0, (shares / top) ** order, 0.0).sum(axis=-1)
        bits = (order * np.log2(top[..., 0]) + np.log2(relative)) / (1.0 - order)
    return bits


def is_balanced(history: Sequence[int]) -> bool:
    """Tell whether no position is more than one ahead of another."""
    return max(history) - min(history) <= 1


def balance_change(history: Sequence[int], position: int) -> Change:
    """Return the line of the position balance report for a team that gets ``position``."""
    after = [count + (index == position) for index, count in enumerate(history)]
    if is_balanced(after):
        return "none" if is_balanced(history) else "resolved"
    if is_balanced(history):
        return "regression"
    least = min(history)
    return "improving" if after.count(least) < list(history).count(least) else "still_bad"
