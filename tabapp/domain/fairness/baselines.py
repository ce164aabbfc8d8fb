"""What is usual elsewhere, measured on published tabs: the marks beside a tournament's own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FourBaseline:
    """Mean points and shares of first places of OG, OO, CG, CO at other tournaments."""

    points: tuple[float, float, float, float]
    firsts: tuple[float, float, float, float]
    source: str


@dataclass(frozen=True, slots=True)
class TwoBaseline:
    """The share of debates that the affirmative wins at other tournaments."""

    share: float
    source: str


CIRCUIT_FOUR = FourBaseline(
    points=(1.511, 1.711, 1.342, 1.436), firsts=(0.223, 0.299, 0.224, 0.254),
    source="7,094 debates of 56 British Parliamentary tournaments",
)
CIRCUIT_TWO = TwoBaseline(
    share=0.5, source="19,614 decisions of two-team tournaments in the US")
