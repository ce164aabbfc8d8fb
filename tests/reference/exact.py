"""Numbers of the second implementation: exact fractions, means, deviations, and ranks of rows.

Marks are fractions of what the file shows, so that only a square root is ever inexact.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

Doc = dict[str, Any]
Key = list[tuple[int, Any]]

ASCENDING = {"speaks_stddev", "num_iron", "draw_strength_rank", "stdev", "srank"}
"""Metrics of which less is better (rules.md, sections 4 and 5)."""


def exact(number: Any) -> Fraction | None:
    """Return a number of the file as it is written there, 70.1 as 701/10."""
    return None if number is None else Fraction(str(number))


def known(values: Iterable[Any]) -> list[Any]:
    """Return what is not missing."""
    return [value for value in values if value is not None]


def mean(values: Iterable[Any]) -> Any:
    """Return the mean of what is not missing, None where all is."""
    there = known(values)
    return Fraction(sum(there)) / len(there) if there else None


def deviation(values: Iterable[Any]) -> float | None:
    """Return the population standard deviation."""
    there = known(values)
    if not there:
        return None
    centre = mean(there)
    return math.sqrt(sum((value - centre) ** 2 for value in there) / len(there))


def key_of(metric: str, value: Any) -> tuple[int, Any]:
    """Return what a value is compared by: smaller is better, missing is last, to 1e-6."""
    if value is None or value == "n/a":
        return (1, 0)
    rounded = round(value, 6)
    return (0, rounded if metric in ASCENDING else -rounded)


def ranks_of(rows: Sequence[str], keys: Mapping[str, Key]) -> dict[str, int]:
    """Rank rows among themselves: 1 + the number of better ones."""
    return {row: 1 + sum(keys[other] < keys[row] for other in rows) for row in rows}
