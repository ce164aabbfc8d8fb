"""How even motions, sides and positions were: counts, intervals, tests, what is usual elsewhere.

``chances`` holds the few formulas of statistics, ``baselines`` what other tournaments had,
``two_sides`` the balance of two sides, ``positions`` that of the four positions of British
Parliamentary, ``report`` puts the debates of a round or of a motion together. One rule: every
interval and every test names its formula, and too few debates never look certain.
"""

from __future__ import annotations

from tabapp.domain.fairness.baselines import CIRCUIT_FOUR, CIRCUIT_TWO, FourBaseline, TwoBaseline
from tabapp.domain.fairness.chances import Interval, chi_square_chance
from tabapp.domain.fairness.positions import Difference, PositionTable, Test
from tabapp.domain.fairness.report import Balance, DebateRecord, SpeechRecord, balance_of
from tabapp.domain.fairness.two_sides import (
    LEVELS,
    SideTest,
    Verdict,
    WinCount,
    side_test,
    veto_test,
)

__all__ = [
    "CIRCUIT_FOUR",
    "CIRCUIT_TWO",
    "LEVELS",
    "Balance",
    "DebateRecord",
    "Difference",
    "FourBaseline",
    "Interval",
    "PositionTable",
    "SideTest",
    "SpeechRecord",
    "Test",
    "TwoBaseline",
    "Verdict",
    "WinCount",
    "balance_of",
    "chi_square_chance",
    "side_test",
    "veto_test",
]
