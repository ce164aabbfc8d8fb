"""Lots drawn from a seed, the same on every machine and with every version of NumPy."""

from __future__ import annotations

import numpy as np

from tabapp.core.errors import UserError
from tabapp.domain.types import IntArray


class Lots:
    """A stream of permutations from one seed.

    NumPy promises the raw bits of PCG64 for ever, but not what its generator makes of them, so
    permutations are made here: by sorting raw bits.
    """

    def __init__(self, seed: int) -> None:
        if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
            raise UserError("draw_seed_invalid", seed=seed)
        self._bits = np.random.PCG64(int(seed))

    def permutation(self, count: int) -> IntArray:
        """Return the numbers 0..count-1 in an order drawn by lot."""
        return np.argsort(self._bits.random_raw(count), kind="stable").astype(np.int64)
