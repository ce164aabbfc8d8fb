"""Random numbers that are the same on every machine: whole numbers and a table.

Nothing here is computed by a function that libraries round differently, so a seed means the same
forecast everywhere, however the work is divided.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = "npt.NDArray[Any]"

UNIT = 1000
"""Steps of a mark: strengths, luck and marks are whole numbers of these."""

_STEPS = 1 << 12


@lru_cache(maxsize=1)
def normal() -> npt.NDArray[np.float64]:
    """Return equally likely values of the normal distribution, of mean 0 and variance 1."""
    values = np.array([NormalDist().inv_cdf((n + 0.5) / _STEPS) for n in range(_STEPS)])
    return np.round(values / float(np.sqrt(np.mean(values**2))), 6)


def spread(sd: float) -> npt.NDArray[np.int32]:
    """Return the table of equally likely deviations with this SD, in steps."""
    return np.rint(normal() * (sd * UNIT)).astype(np.int32)


class Chance:
    """One stream of random numbers, told apart from the others by its numbers."""

    def __init__(self, *numbers: int) -> None:
        self._bits = np.random.PCG64(numbers)

    def words(self, count: int) -> npt.NDArray[np.uint16]:
        """Return random numbers of 16 bits."""
        drawn = np.asarray(self._bits.random_raw((count + 3) // 4), dtype=np.uint64)
        return drawn.view(np.uint16)[:count]

    def from_table(self, table: npt.NDArray[Any], rows: int, columns: int) -> npt.NDArray[Any]:
        """Return a matrix of values of a table of deviations, each as likely as the others."""
        picked = np.take(table, self.words(rows * columns) & np.uint16(_STEPS - 1))
        return picked.reshape(rows, columns)

    def below(self, limit: int, count: int) -> npt.NDArray[np.int64]:
        """Return whole numbers from 0 to ``limit`` - 1, for limits of a few thousands."""
        return (self.words(count).astype(np.int64) * limit) >> 16
