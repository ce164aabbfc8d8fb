"""Order rows by one metric after another and rank them, ties sharing a rank."""

from __future__ import annotations

import numpy as np

from tabapp.domain.types import BoolArray, FloatArray, IntArray

DECIMALS = 6
"""Values are compared after rounding to this many decimals (rules.md, section 0)."""


def comparable(values: FloatArray, *, ascending: bool) -> FloatArray:
    """Return numbers of which less is better, rounded as they are compared; NaN is the worst."""
    rounded = np.round(values, DECIMALS)
    return np.where(np.isnan(rounded), np.inf, rounded if ascending else -rounded)


class Ladder:
    """The order of rows by the metrics so far.

    ``place`` numbers the levels from 0, the best; rows that are equal on every metric share one.
    """

    def __init__(self, place: IntArray) -> None:
        self.place = place

    @classmethod
    def level(cls, rows: int) -> Ladder:
        """Return the order before any metric: all rows equal."""
        return cls(np.zeros(rows, dtype=np.int64))

    def refined(self, values: FloatArray, *, ascending: bool) -> Ladder:
        """Return the order with one more metric; missing values (NaN) stand last."""
        if not len(values):
            return self
        key = comparable(values, ascending=ascending)
        step = np.unique(key, return_inverse=True)[1].astype(np.int64)
        combined = self.place * (int(step.max()) + 1) + step
        return Ladder(np.unique(combined, return_inverse=True)[1].astype(np.int64))

    def sizes(self, among: BoolArray) -> IntArray:
        """Return for each row how many of ``among`` are level with it, itself included."""
        return self._counts(among)[self.place]

    def ranks(self, among: BoolArray) -> IntArray:
        """Return 1 + the number of better rows of ``among``, for every row."""
        counts = self._counts(among)
        return (np.cumsum(counts) - counts)[self.place] + 1

    def ranks_within(self, group: IntArray, among: BoolArray) -> IntArray:
        """Return 1 + the number of better rows of ``among`` in the same group, for every row."""
        span = int(self.place.max(initial=0)) + 1
        combined = group * span + self.place
        ordered = np.sort(combined[among])
        better = np.searchsorted(ordered, combined) - np.searchsorted(ordered, group * span)
        return (better + 1).astype(np.int64)

    def _counts(self, among: BoolArray) -> IntArray:
        levels = int(self.place.max(initial=-1)) + 1
        return np.bincount(self.place[among], minlength=levels).astype(np.int64)
