"""The matching kernel against every matching, and against the solver on the whole graph."""

from __future__ import annotations

import numpy as np
import pytest
import rustworkx
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.two_team import matching
from tabapp.domain.draw.two_team.matching import assign_pairs, match_pairs
from tabapp.domain.draw.two_team.relaxation import Relaxation
from tabapp.domain.types import IntArray


def symmetric(size: int, most: int, seed: int) -> IntArray:
    drawn = np.triu(np.random.default_rng(seed).integers(0, most + 1, (size, size)), 1)
    return np.asarray(drawn + drawn.T, dtype=np.int64)


def total(prices: IntArray, partner: IntArray) -> int:
    return int(prices[np.arange(len(partner)), partner].sum()) // 2


def cheapest(prices: IntArray, left: tuple[int, ...]) -> int:
    """Try every matching."""
    if not left:
        return 0
    one, *others = left
    return min(
        int(prices[one, other]) + cheapest(prices, tuple(t for t in others if t != other))
        for other in others)


def by_whole_graph(prices: IntArray) -> int:
    graph = rustworkx.PyGraph()
    graph.add_nodes_from(range(len(prices)))
    graph.add_edges_from([
        (one, other, int(prices.max() - prices[one, other]))
        for one in range(len(prices)) for other in range(one)])
    pairs = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sum(int(prices[pair]) for pair in pairs)


def is_perfect(partner: IntArray) -> bool:
    teams = np.arange(len(partner))
    return bool((partner[partner] == teams).all() and (partner != teams).all())


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([2, 4, 6, 8]), st.sampled_from([0, 1, 3, 1000]), st.integers(0, 10**6))
def test_a_small_matching_costs_as_little_as_any(size: int, most: int, seed: int) -> None:
    prices = symmetric(size, most, seed)
    partner = match_pairs(prices, Lots(seed))
    assert is_perfect(partner)
    assert total(prices, partner) == cheapest(prices, tuple(range(size)))


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([12, 20, 40]), st.sampled_from([1, 5, 1000]), st.integers(0, 10**6),
    st.sampled_from([0, 40]))
def test_the_way_of_large_matchings_finds_the_optimum(
    size: int, most: int, seed: int, few: int
) -> None:
    """With few teams made to go the long way, down to the last edge."""
    prices = symmetric(size, most, seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "_SMALL", 8)
        patch.setattr(matching, "_FEW_EDGES", few)
        patch.setattr(matching, "_FEW_BY_TEAMS", few)
        partner = match_pairs(prices, Lots(seed))
    assert is_perfect(partner)
    assert total(prices, partner) == by_whole_graph(prices)


def _clustered(size: int, seed: int) -> IntArray:
    """Odd clusters that are cheap inside and dear between: the relaxation's hardest case."""
    group = np.arange(size) // 5
    far = abs(group[:, None] - group) ** 2 * 500
    return symmetric(size, 9, seed) + far


@settings(max_examples=30, deadline=None)
@given(
    st.sampled_from([20, 30, 50]), st.integers(0, 10**6), st.sampled_from(["", "cuts", "tops"]),
    st.sampled_from([1, 10]))
def test_odd_clusters_are_left_where_that_costs_least(
    size: int, seed: int, told: str, most: int
) -> None:
    prices = _clustered(size, seed)
    tops = range(5, size, 10) if told == "tops" else ()
    cuts = [np.arange(size) < at for at in range(5, size, 10)] if told == "cuts" else []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "_SMALL", 8)
        patch.setattr(matching, "_FEW_EDGES", 0)
        patch.setattr(matching, "_FEW_BY_TEAMS", 0)
        patch.setattr(matching, "_MOST_PROGRAMMES", most)
        partner = match_pairs(prices, Lots(seed), cuts=cuts, tops=tops)
    assert is_perfect(partner)
    assert total(prices, partner) == by_whole_graph(prices)


@pytest.mark.parametrize("shape", ["noise", "neighbours", "clusters", "nothing"])
def test_a_hundred_and_sixty_teams_are_matched_as_by_the_whole_graph(shape: str) -> None:
    place = np.arange(160)
    prices = {
        "noise": symmetric(160, 1000, 1),
        "neighbours": abs(place[:, None] - place) - 1 + 1000 * (symmetric(160, 30, 2) == 0),
        "clusters": _clustered(160, 3),
        "nothing": np.zeros((160, 160), dtype=np.int64),
    }[shape]
    partner = match_pairs(prices, Lots(1))
    assert is_perfect(partner)
    assert total(prices, partner) == by_whole_graph(prices)


def test_which_of_equal_optima_is_taken_is_drawn_from_the_seed() -> None:
    for size in (6, 120):
        prices = np.zeros((size, size), dtype=np.int64)
        found = {tuple(match_pairs(prices, Lots(seed)).tolist()) for seed in range(12)}
        assert len(found) > 4
        again = match_pairs(prices, Lots(3)).tolist()
        assert again == match_pairs(prices, Lots(3)).tolist()


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 5), st.sampled_from([0, 1, 1000]), st.integers(0, 10**6))
def test_an_assignment_costs_as_little_as_any(size: int, most: int, seed: int) -> None:
    prices = np.random.default_rng(seed).integers(0, most + 1, (size, size))

    def least(row: int, left: frozenset[int]) -> int:
        return min(
            (int(prices[row, at]) + least(row + 1, left - {at}) for at in left), default=0)

    chosen = assign_pairs(prices, Lots(seed))
    assert sorted(chosen.tolist()) == list(range(size))
    assert prices[np.arange(size), chosen].sum() == least(0, frozenset(range(size)))


def test_a_programme_that_cannot_be_solved_leaves_the_optimum_to_the_whole_graph(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    prices = _clustered(120, 1)
    tried: list[Relaxation] = []

    def fail(relaxed: Relaxation) -> bool:
        tried.append(relaxed)
        return False

    monkeypatch.setattr(Relaxation, "solve", fail)
    assert total(prices, match_pairs(prices, Lots(1))) == by_whole_graph(prices)
    assert tried


def test_a_matching_can_be_cancelled() -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        match_pairs(symmetric(120, 1000, 1), Lots(1), tick=stop)
