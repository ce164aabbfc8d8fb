"""Formulas of statistics that need no library: chi-square, normal and Wilson's interval.

SciPy's module of distributions takes a second to load, and these are a few lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import erfc, exp, pi, sqrt

Z95 = 1.959963984540054
"""The normal quantile between the bounds of -Z95 and Z95 of which 95 % lie."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with the bounds of its 95 % interval."""

    estimate: float
    low: float
    high: float

    def holds(self, value: float) -> bool:
        """Tell whether a value lies within the bounds."""
        return self.low <= value <= self.high


def chi_square_chance(statistic: float, freedom: int) -> float:
    """Return the chance that chi-square with whole degrees of freedom is at least ``statistic``.

    The closed form of the incomplete gamma function at whole and half orders.

    >>> round(chi_square_chance(3.841, 1), 3), round(chi_square_chance(7.815, 3), 3)
    (0.05, 0.05)
    """
    if statistic <= 0:
        return 1.0
    half = statistic / 2
    if freedom % 2:
        chance = erfc(sqrt(half))
        term, order = sqrt(half) * exp(-half) * 2 / sqrt(pi), 1.5
    else:
        chance = term = exp(-half)
        term, order = term * half, 2.0
    for _ in range((freedom - 1) // 2):
        chance += term
        term *= half / order
        order += 1
    return min(1.0, chance)


def normal_chance(z: float) -> float:
    """Return the chance that a standard normal value is at least as far from 0 as ``z``."""
    return erfc(abs(z) / sqrt(2))


def wilson(successes: int, trials: int) -> Interval | None:
    """Return a share with Wilson's score interval, None without trials.

    (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) ÷ (1 + z²/n): holds for few trials and near 0 and 1.
    """
    if not trials:
        return None
    share, ratio = successes / trials, Z95 * Z95 / trials
    middle = (share + ratio / 2) / (1 + ratio)
    reach = Z95 * sqrt(share * (1 - share) / trials + ratio / (4 * trials)) / (1 + ratio)
    return Interval(share, max(0.0, min(share, middle - reach)),
                    min(1.0, max(share, middle + reach)))


def mean_interval(
    counts: Mapping[float, int], even: Mapping[float, int]
) -> Interval | None:
    """Return the mean of values that were counted, with a normal interval; None without any.

    m ± z √(v ÷ n), where v is the variance of the multinomial with ``even`` counted once more:
    one debate of each kind that is equally likely. Without it two debates of one outcome would
    look certain; with fifty debates it changes nothing that can be seen. The bounds stay within
    the values that can occur.
    """
    number = sum(counts.values())
    if not number:
        return None
    mean = sum(value * times for value, times in counts.items()) / number
    reach = Z95 * standard_error(counts, even)
    return Interval(mean, max(min(even), mean - reach), min(max(even), mean + reach))


def _variance(counts: Mapping[float, int], even: Mapping[float, int]) -> float:
    values = {*counts, *even}
    weights = {value: counts.get(value, 0) + even.get(value, 0) for value in values}
    number = sum(weights.values())
    mean = sum(value * times for value, times in weights.items()) / number
    return sum(times * (value - mean) ** 2 for value, times in weights.items()) / number


def standard_error(counts: Mapping[float, int], even: Mapping[float, int]) -> float:
    """Return the standard error of a mean of ``mean_interval``; there is at least one value."""
    return sqrt(_variance(counts, even) / sum(counts.values()))
