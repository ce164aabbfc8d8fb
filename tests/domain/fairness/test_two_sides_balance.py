"""The balance of two sides: the statistic, each threshold, vetoes, intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import chdtrc

from tabapp.domain.fairness import Verdict, chi_square_chance, side_test, veto_test
from tabapp.domain.fairness.chances import wilson

COUNTS = st.integers(0, 400)


def test_the_statistic_is_that_of_the_rules() -> None:
    test = side_test(14, 6)
    assert (14 ** 2 + 6 ** 2) / 10 - 20 == pytest.approx(test.statistic) == pytest.approx(3.2)
    assert test.chance == pytest.approx(0.0736, abs=1e-4)
    assert test.verdict is Verdict.TEN


@pytest.mark.parametrize(("aff", "neg", "statistic", "verdict"), [
    (20, 16, 0.444, Verdict.BALANCED), (19, 15, 0.471, Verdict.HALF),
    (24, 14, 2.632, Verdict.HALF), (23, 13, 2.778, Verdict.TEN),
    (19, 9, 3.571, Verdict.TEN), (18, 8, 3.846, Verdict.FIVE),
    (20, 8, 5.143, Verdict.FIVE), (19, 7, 5.538, Verdict.TWO),
    (22, 8, 6.533, Verdict.TWO), (21, 7, 7.0, Verdict.ONE),
    (17, 3, 9.8, Verdict.ONE), (16, 2, 10.889, Verdict.PER_MILLE),
])
def test_each_threshold_parts_two_verdicts(
    aff: int, neg: int, statistic: float, verdict: Verdict
) -> None:
    for test in (side_test(aff, neg), side_test(neg, aff)):
        assert test.statistic == pytest.approx(statistic, abs=5e-4)
        assert test.verdict is verdict


def test_fewer_than_ten_decisions_are_inconclusive_however_one_sided() -> None:
    assert side_test(9, 0).verdict is Verdict.INCONCLUSIVE
    assert side_test(10, 0).verdict is Verdict.ONE
    assert side_test(0, 0).verdict is Verdict.INCONCLUSIVE
    assert side_test(0, 0).statistic == 0
    assert side_test(0, 0).share is None


def test_a_veto_is_evidence_for_the_other_side() -> None:
    test = veto_test(12, 3)
    assert (test.aff, test.neg) == (3, 12)
    assert test.verdict is Verdict.FIVE


def test_wilson_holds_at_the_edges() -> None:
    found = wilson(14, 20)
    assert found is not None
    assert [found.low, found.high] == pytest.approx([0.4810, 0.8545], abs=1e-4)
    none, whole = wilson(0, 5), wilson(5, 5)
    assert none is not None
    assert whole is not None
    assert [none.low, none.high] == pytest.approx([0, 0.4345], abs=1e-4)
    assert [whole.low, whole.high] == pytest.approx([1 - 0.4345, 1], abs=1e-4)


@given(COUNTS, COUNTS)
def test_swapped_sides_mirror_everything(aff: int, neg: int) -> None:
    here, there = side_test(aff, neg), side_test(neg, aff)
    assert (here.statistic, here.verdict) == (there.statistic, there.verdict)
    assert veto_test(aff, neg) == there
    if here.share is not None and there.share is not None:
        assert here.share.estimate == pytest.approx(1 - there.share.estimate)
        assert here.share.low == pytest.approx(1 - there.share.high)
        assert here.share.low <= here.share.estimate <= here.share.high


@given(st.floats(0, 200), st.integers(1, 30))
def test_the_chance_is_that_of_the_library(statistic: float, freedom: int) -> None:
    assert chi_square_chance(statistic, freedom) == pytest.approx(
        chdtrc(freedom, statistic), abs=1e-12)
