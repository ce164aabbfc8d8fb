"""The balance of the four positions: places, mean points, halves, benches, and their tests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from tabapp.domain.fairness.chances import (
    Interval,
    chi_square_chance,
    mean_interval,
    normal_chance,
    standard_error,
    wilson,
)
from tabapp.domain.fairness.two_sides import Verdict, verdict_of_chance

SIZE = 4
EVEN = (SIZE - 1) / 2
"""Mean points of a position where all are equal."""
_ANY_PLACE: dict[float, int] = {0.0: 1, 1.0: 1, 2.0: 1, 3.0: 1}
_ANY_PAIR: dict[float, int] = {0.5: 1, 1.0: 1, 1.5: 2, 2.0: 1, 2.5: 1}
"""Mean points of two of the four, each pair of places once."""
_PAIRS = {"opening": (0, 1), "closing": (2, 3), "gov": (0, 2), "opp": (1, 3)}
PAIRS = tuple(_PAIRS)


@dataclass(frozen=True, slots=True)
class Test:
    """A chi-square statistic with its degrees of freedom."""

    statistic: float
    freedom: int

    @property
    def chance(self) -> float:
        """How often chance alone makes the statistic as great as this."""
        return chi_square_chance(self.statistic, self.freedom)


@dataclass(frozen=True, slots=True)
class Difference:
    """A position's mean points beside what they are elsewhere.

    ``chance`` is that one of the four lies so far off: four times the two-sided normal chance
    (Bonferroni), since whoever looks for the greatest of four differences finds one.
    """

    side: int
    mean: float
    usual: float
    chance: float


@dataclass(frozen=True)
class PositionTable:
    """Points of OG, OO, CG, CO in each debate: 3, 2, 1 and 0 in some order."""

    debates: tuple[tuple[int, ...], ...] = ()

    @classmethod
    def of(cls, points: Iterable[Sequence[int]]) -> PositionTable:
        """Keep the debates in which no two share a place."""
        return cls(tuple(tuple(one) for one in points if sorted(one) == list(range(SIZE))))

    @property
    def number(self) -> int:
        """How many debates there were."""
        return len(self.debates)

    @cached_property
    def counts(self) -> tuple[tuple[int, ...], ...]:
        """How often each position (rows) came first, second, third and fourth."""
        found = Counter(
            (side, points) for one in self.debates for side, points in enumerate(one))
        return tuple(
            tuple(found[side, SIZE - 1 - place] for place in range(SIZE)) for side in range(SIZE))

    def _points(self, side: int) -> dict[float, int]:
        return {float(SIZE - 1 - place): n for place, n in enumerate(self.counts[side]) if n}

    def mean(self, side: int) -> Interval | None:
        """Return the mean points of a position (see ``mean_interval``)."""
        return mean_interval(self._points(side), _ANY_PLACE)

    def pair(self, key: str) -> Interval | None:
        """Return the mean points of a half (opening, closing) or of a bench (gov, opp)."""
        first, second = _PAIRS[key]
        found = Counter((one[first] + one[second]) / 2 for one in self.debates)
        return mean_interval(found, _ANY_PAIR)

    def firsts(self, side: int) -> Interval | None:
        """Return the share of first places with Wilson's interval."""
        return wilson(self.counts[side][0], self.number)

    def means_test(self, usual: Sequence[float] = (EVEN,) * SIZE) -> Test:
        """Test mean points against equal ones or those that are ``usual`` (3 d.f.).

        Friedman's statistic, 12n ÷ k(k + 1) Σ (m - u)²; against other means than equal ones it
        keeps the spread of equal chances, which is a little too great and so errs towards calm.
        """
        if not self.number:
            return Test(0.0, SIZE - 1)
        total = sum(
            (_mean(self._points(side)) - usual[side]) ** 2 for side in range(SIZE))
        return Test(12 * self.number / (SIZE * (SIZE + 1)) * total, SIZE - 1)

    @property
    def verdict(self) -> Verdict:
        """What the test of mean points against equal ones says."""
        return verdict_of_chance(self.number, self.means_test().chance)

    def places_test(self) -> Test:
        """Test places by positions against equal counts (9 d.f.).

        Anderson's statistic, (k - 1) ÷ k Σ (O - n/k)² ÷ (n/k): Pearson's without its factor
        would count each debate as four free results, though the fourth follows from three.
        """
        expected = self.number / SIZE
        if not expected:
            return Test(0.0, (SIZE - 1) ** 2)
        total = sum((n - expected) ** 2 / expected for row in self.counts for n in row)
        return Test((SIZE - 1) / SIZE * total, (SIZE - 1) ** 2)

    def firsts_test(self, usual: Sequence[float] = (1 / SIZE,) * SIZE) -> Test:
        """Test first places against shares that sum to 1: Pearson's statistic (3 d.f.)."""
        if not self.number:
            return Test(0.0, SIZE - 1)
        return Test(sum(
            (self.counts[side][0] - self.number * usual[side]) ** 2 / (self.number * usual[side])
            for side in range(SIZE)), SIZE - 1)

    def differences(self, usual: Sequence[float]) -> tuple[Difference, ...]:
        """Compare each position with what is usual, the least likely difference first.

        z = (m - u) ÷ the standard error of ``mean_interval``; ``usual`` is taken as exact.
        """
        if not self.number:
            return ()
        found = []
        for side in range(SIZE):
            points = self._points(side)
            mean = _mean(points)
            z = (mean - usual[side]) / standard_error(points, _ANY_PLACE)
            chance = min(1.0, SIZE * normal_chance(z))
            found.append(Difference(side, mean, usual[side], chance))
        return tuple(sorted(found, key=lambda one: (one.chance, -abs(one.mean - one.usual))))


def _mean(counts: dict[float, int]) -> float:
    return sum(value * n for value, n in counts.items()) / sum(counts.values())
