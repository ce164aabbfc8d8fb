"""The balance of four positions: counts, means, halves, tests, other tournaments."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.fairness import (
    CIRCUIT_FOUR,
    CIRCUIT_TWO,
    DebateRecord,
    PositionTable,
    SpeechRecord,
    Verdict,
    balance_of,
)
from tabapp.domain.fairness.chances import mean_interval

ALL = tuple(permutations(range(4)))
DEBATES = st.lists(st.sampled_from(ALL), min_size=1, max_size=60)
IN_ORDER = (3, 2, 1, 0)


def test_places_are_counted_by_position() -> None:
    table = PositionTable.of([(3, 2, 1, 0), (3, 0, 1, 2), (1, 2, 3, 0)])
    assert table.counts == ((2, 0, 1, 0), (0, 2, 0, 1), (1, 0, 2, 0), (0, 1, 0, 2))
    mean = table.mean(0)
    assert mean is not None
    assert mean.estimate == pytest.approx(7 / 3)
    opening, gov = table.pair("opening"), table.pair("gov")
    assert opening is not None
    assert gov is not None
    assert opening.estimate == pytest.approx((5 + 3 + 3) / 6)
    assert gov.estimate == pytest.approx((4 + 4 + 4) / 6)


def test_a_shared_place_is_no_place() -> None:
    assert PositionTable.of([(3, 2, 2, 0), (3, 2, 1)]).number == 0


def test_an_interval_is_that_of_the_counts_and_one_debate_of_each_kind() -> None:
    # places 3, 3 with 0, 1, 2, 3: variance 4/3, so 2 and 3 ± 1.96 √(4/3 ÷ 2)
    found = PositionTable.of([(3, 2, 1, 0), (3, 0, 1, 2)]).mean(0)
    assert found is not None
    assert [found.estimate, found.low, found.high] == pytest.approx(
        [3, 3 - 1.959964 * (2 / 3) ** 0.5, 3], abs=1e-5)
    assert PositionTable().mean(0) is None
    assert mean_interval({}, {0.0: 1}) is None


def test_always_the_same_order_gives_the_greatest_statistics() -> None:
    table = PositionTable.of([IN_ORDER] * 10)
    assert table.means_test().statistic == pytest.approx(30)  # 12 · 10 ÷ 20 · 5
    assert table.places_test().statistic == pytest.approx(90)  # n (k - 1)²
    assert table.firsts_test().statistic == pytest.approx(30)
    assert table.verdict is Verdict.PER_MILLE


def test_every_order_once_is_wholly_even() -> None:
    table = PositionTable.of(ALL)
    assert [table.means_test().statistic, table.places_test().statistic,
            table.firsts_test().statistic] == pytest.approx([0, 0, 0])
    assert table.verdict is Verdict.BALANCED


def test_one_debate_is_worth_the_degrees_of_freedom() -> None:
    """Under even chances a statistic is on average its degrees of freedom, whatever n."""
    for order in ALL:
        table = PositionTable.of([order])
        for test in (table.means_test(), table.places_test(), table.firsts_test()):
            assert test.statistic == pytest.approx(test.freedom)


def test_nine_debates_are_inconclusive() -> None:
    assert PositionTable.of([IN_ORDER] * 9).verdict is Verdict.INCONCLUSIVE
    assert PositionTable().verdict is Verdict.INCONCLUSIVE
    assert PositionTable().places_test().chance == 1
    assert PositionTable().means_test().chance == 1
    assert PositionTable().firsts_test().chance == 1


def test_the_chance_of_a_difference_is_that_of_any_of_four() -> None:
    # 100 debates: CG last in 60, third in 40, the others share what is left
    orders = [(3, 2, 0, 1), (2, 1, 0, 3), (1, 3, 0, 2)] * 20 + [(3, 2, 1, 0), (0, 3, 1, 2)] * 20
    table = PositionTable.of(orders)
    worst = table.differences(CIRCUIT_FOUR.points)[0]
    assert (worst.side, worst.usual) == (2, 1.342)
    assert worst.mean == pytest.approx(0.4)
    assert worst.chance < 1e-9
    usual = table.differences([one.mean for one in sorted(
        table.differences(CIRCUIT_FOUR.points), key=lambda one: one.side)])
    assert [one.chance for one in usual] == [1, 1, 1, 1]
    assert PositionTable().differences(CIRCUIT_FOUR.points) == ()


def test_other_tournaments_share_out_all_points_and_all_first_places() -> None:
    assert sum(CIRCUIT_FOUR.points) == pytest.approx(6)
    assert sum(CIRCUIT_FOUR.firsts) == pytest.approx(1)
    assert CIRCUIT_TWO.share == 0.5
    table = PositionTable.of(ALL * 300)  # as many debates as elsewhere, but even
    assert table.means_test(CIRCUIT_FOUR.points).chance < 0.001
    assert table.firsts_test(CIRCUIT_FOUR.firsts).chance < 0.001


@given(DEBATES)
def test_swapped_positions_mirror_everything(orders: list[tuple[int, ...]]) -> None:
    here = PositionTable.of(orders)
    there = PositionTable.of([one[::-1] for one in orders])
    assert here.counts == there.counts[::-1]
    assert here.means_test().statistic == pytest.approx(there.means_test().statistic)
    assert here.places_test().statistic == pytest.approx(there.places_test().statistic)
    assert here.pair("opening") == there.pair("closing")
    assert here.pair("gov") == there.pair("opp")
    for side in range(4):
        mean = here.mean(side)
        assert mean is not None
        assert mean == there.mean(3 - side)
        assert 0 <= mean.low <= mean.estimate <= mean.high <= 3


@given(DEBATES)
def test_turned_round_places_mirror_the_halves(orders: list[tuple[int, ...]]) -> None:
    opening, closing = (PositionTable.of(orders).pair(one) for one in ("opening", "closing"))
    assert opening is not None
    assert closing is not None
    assert opening.estimate + closing.estimate == pytest.approx(3)
    assert opening.low + closing.high == pytest.approx(3)


def test_elimination_rooms_count_who_went_on_and_give_no_points() -> None:
    found = balance_of(4, [
        DebateRecord(1, False, None, (3, 2, 1, 0)), DebateRecord(2, True, None, (1, 1, 0, 0)),
        DebateRecord(2, True, None, (0, 1, 1, 0)), DebateRecord(3, True, None, (0, 0, 0, 1))])
    assert found.debates == 4
    assert found.table.number == 1
    assert [(one.won, one.number) for one in found.advanced] == [(1, 3), (2, 3), (1, 3), (1, 3)]
    assert balance_of(4, []).advanced == ()


def test_wins_of_both_stages_count_between_two_sides() -> None:
    found = balance_of(2, [
        DebateRecord(1, False, 1, (1, 0)), DebateRecord(1, False, 1, (0, 1)),
        DebateRecord(2, True, 1, (1, 0))])
    assert (found.wins.aff, found.wins.neg) == (2, 1)
    assert found.verdict is Verdict.INCONCLUSIVE


def test_mean_marks_are_of_all_speeches_of_a_position() -> None:
    found = balance_of(2, [], [
        SpeechRecord(1, False, 1, 0, 1, False, 2, 150.0),
        SpeechRecord(2, False, 2, 0, 1, False, 1, 78.0),
        SpeechRecord(2, False, 2, 0, 4, True, 1, 38.0)])
    assert found.speeches == {(0, 1, False): 76.0, (0, 4, True): 38.0}
