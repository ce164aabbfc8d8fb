"""The balance of two sides (Tabbycat rules, motion balance): wins, vetoes, chi-square."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tabapp.domain.fairness.chances import Interval, chi_square_chance, wilson

ENOUGH = 10
"""Fewer decisions than this say nothing."""


class Verdict(StrEnum):
    """What the test of a motion says, the strongest evidence against balance first."""

    PER_MILLE = "0.1 %"
    ONE = "1 %"
    TWO = "2 %"
    FIVE = "5 %"
    TEN = "10 %"
    HALF = "50 %"
    BALANCED = "balanced"
    INCONCLUSIVE = "inconclusive"


LEVELS: tuple[tuple[float, Verdict], ...] = (
    (10.826, Verdict.PER_MILLE), (6.635, Verdict.ONE), (5.412, Verdict.TWO),
    (3.841, Verdict.FIVE), (2.706, Verdict.TEN), (0.455, Verdict.HALF),
)
"""Above which statistic a balanced motion comes with at most which chance."""


_CHANCES = (0.001, 0.01, 0.02, 0.05, 0.1, 0.5)
"""The chances that the levels stand for, for tests with other degrees of freedom."""


def verdict_of_chance(number: int, chance: float) -> Verdict:
    """Return the verdict of ``number`` decisions that chance makes so uneven with ``chance``."""
    if number < ENOUGH:
        return Verdict.INCONCLUSIVE
    return next((
        verdict for most, (_threshold, verdict) in zip(_CHANCES, LEVELS, strict=True)
        if chance < most), Verdict.BALANCED)


@dataclass(frozen=True, slots=True)
class SideTest:
    """Evidence for the affirmative and for the negative: wins, or vetoes of the other side."""

    aff: int
    neg: int

    @property
    def number(self) -> int:
        """How many decisions there were."""
        return self.aff + self.neg

    @property
    def statistic(self) -> float:
        """T = (A² + N²) ÷ μ - n with μ = n ÷ 2, which is (A - N)² ÷ n; 0 without decisions."""
        return (self.aff - self.neg) ** 2 / self.number if self.number else 0.0

    @property
    def chance(self) -> float:
        """How often equal sides come as far apart as this (chi-square, 1 d.f.)."""
        return chi_square_chance(self.statistic, 1)

    @property
    def verdict(self) -> Verdict:
        """The strongest level that is passed; a statistic at a threshold has not passed it."""
        if self.number < ENOUGH:
            return Verdict.INCONCLUSIVE
        statistic = self.statistic
        return next(
            (verdict for threshold, verdict in LEVELS if statistic > threshold), Verdict.BALANCED)

    @property
    def share(self) -> Interval | None:
        """The affirmative's share with Wilson's interval."""
        return wilson(self.aff, self.number)


@dataclass(frozen=True, slots=True)
class WinCount:
    """How many elimination debates, and how many of them a position left for the next round."""

    won: int
    number: int


def side_test(aff: int, neg: int) -> SideTest:
    """Return the test of debates that each side won."""
    return SideTest(aff, neg)


def veto_test(aff: int, neg: int) -> SideTest:
    """Return the test of vetoes that each side gave, sides swapped.

    Who vetoes a motion fears it: a veto of the affirmative is evidence for the negative.
    """
    return SideTest(neg, aff)
