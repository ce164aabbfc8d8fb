"""A second reading of the position costs of BP, in plain Python."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any


def cost_of_position(
    history: Sequence[int], position: int, options: Mapping[str, Any]
) -> float:
    """Return C(h, s) ** exponent as rules.md, section 7, defines it."""
    kind = options.get("bp_position_cost", "entropy")
    exponent = float(options.get("bp_position_cost_exponent", 4.0))
    if kind == "simple":
        return math.pow(history[position], exponent)
    after = list(history)
    after[position] += 1
    if kind == "variance":
        # The mean of squares less the square of the mean, in whole numbers up to the last step.
        variance = (4 * sum(n * n for n in after) - sum(after) ** 2) / 16
        return math.pow(variance, exponent)
    order = float(options.get("bp_renyi_order", 1.0))
    unevenness = sum(after) * (2.0 - _bits(after, order))
    return math.pow(max(unevenness, 0.0), exponent)


def _bits(counts: Sequence[int], order: float) -> float:
    total = sum(counts)
    held = [count for count in counts if count]
    if order == 0:
        return math.log2(len(held))
    if order == 1:
        return math.log2(total) - math.fsum(n * math.log2(n) for n in held) / total
    if abs(order - 1) < 1e-3:
        # sum p^a = sum p * exp((a-1) ln p): the part above 1 is small and kept apart.
        excess = math.fsum(n / total * math.expm1((order - 1) * math.log(n / total)) for n in held)
        return math.log1p(excess) / math.log(2) / (1 - order)
    # sum n^a / N^a, with the largest count taken out so that no power leaves the doubles.
    top = max(held)
    power_sum = math.fsum((n / top) ** order for n in held)
    return (math.log2(power_sum) + order * math.log2(top / total)) / (1 - order)
