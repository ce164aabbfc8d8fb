"""Pairs within brackets: the methods, one-up-one-down and minimum cost."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.costs import bracket_prices, clash_prices, round_prices
from tabapp.domain.draw.two_team.one_up_one_down import best_swaps, gains, one_up_one_down
from tabapp.domain.draw.two_team.pairing import pair_brackets
from tabapp.domain.draw.two_team.values import Bracket, Pairing
from tabapp.domain.draw.two_team.whole_round import pair_round
from tabapp.domain.types import DrawTeam, Side


def teams_of(count: int, *, first: int = 1, **columns: Any) -> list[DrawTeam]:
    """Make teams T1, T2, … in the order of the draw, unlike in what the columns list."""
    return [
        DrawTeam(
            f"T{number}", rank=number, sides=(0, 0),
            **{name: values[number - first] for name, values in columns.items()})
        for number in range(first, first + count)
    ]


def options_of(**options: Any) -> DrawOptions:
    return DrawOptions.from_mapping({"draw_avoid_conflicts": "off", **options})


def numbers(pairings: list[Pairing]) -> list[tuple[int, int]]:
    return [(int(room.first.id[1:]), int(room.second.id[1:])) for room in pairings]


@pytest.mark.parametrize(("method", "expected"), [
    ("slide", [(1, 4), (2, 5), (3, 6)]),
    ("fold", [(1, 6), (2, 5), (3, 4)]),
    ("adjacent", [(1, 2), (3, 4), (5, 6)]),
    ("fold_top_adjacent_rest", [(1, 6), (2, 5), (3, 4)]),
])
@pytest.mark.parametrize("avoid", ["off", "graph"])
def test_each_method_pairs_by_rank_whether_by_rule_or_at_least_cost(
    method: str, expected: list[tuple[int, int]], avoid: str
) -> None:
    options = options_of(draw_pairing_method=method, draw_avoid_conflicts=avoid)
    assert numbers(pair_brackets([Bracket(3.0, teams_of(6))], options, Lots(1))) == expected


@pytest.mark.parametrize("avoid", ["off", "graph"])
def test_fold_top_adjacent_rest_folds_the_first_bracket_only(avoid: str) -> None:
    options = options_of(
        draw_pairing_method="fold_top_adjacent_rest", draw_avoid_conflicts=avoid)
    brackets = [Bracket(3.0, teams_of(4)), Bracket(2.0, teams_of(4, first=5))]
    assert numbers(pair_brackets(brackets, options, Lots(1))) == [(1, 4), (2, 3), (5, 6), (7, 8)]


def test_random_pairs_come_from_the_seed() -> None:
    options = options_of(draw_pairing_method="random")
    draws = {
        seed: numbers(pair_brackets([Bracket(0.0, teams_of(8))], options, Lots(seed)))
        for seed in range(20)}
    again = pair_brackets([Bracket(0.0, teams_of(8))], options, Lots(3))
    assert numbers(again) == draws[3]
    assert len({tuple(draw) for draw in draws.values()}) > 15
    assert all(sorted(itertools.chain(*draw)) == list(range(1, 9)) for draw in draws.values())


@pytest.mark.parametrize(("method", "expected"), [
    ("slide", [(1, 4), (2, 5), (3, 6)]),
    ("adjacent", [(1, 4), (2, 5), (3, 6)]),
    ("fold", [(1, 6), (2, 5), (3, 4)]),
    ("fold_top_adjacent_rest", [(1, 6), (2, 5), (3, 4)]),
])
def test_allocated_sides_keep_their_lists(method: str, expected: list[tuple[int, int]]) -> None:
    options = options_of(draw_pairing_method=method, draw_side_allocations="preallocated")
    bracket = Bracket(1.0, aff=teams_of(3), neg=teams_of(3, first=4))
    assert numbers(pair_brackets([bracket], options, Lots(1))) == expected


def test_allocated_sides_paired_at_random_stay_on_their_sides() -> None:
    options = options_of(draw_pairing_method="random", draw_side_allocations="preallocated")
    bracket = Bracket(1.0, aff=teams_of(20), neg=teams_of(20, first=21))
    rooms = numbers(pair_brackets([bracket], options, Lots(1)))
    assert all(aff <= 20 < neg for aff, neg in rooms)
    assert [aff for aff, _neg in rooms] != list(range(1, 21))
    assert [neg - aff for aff, neg in rooms] != [20] * 20


# --- one up, one down --------------------------------------------------------------------------

EXAMPLE = teams_of(8, institution=["A", "B", "C", "D", "E", "F", "C", "G"])


def test_the_worked_example_of_one_up_one_down() -> None:
    options = options_of(draw_avoid_conflicts="one_up_one_down")
    rooms = pair_brackets([Bracket(2.0, list(EXAMPLE))], options, Lots(1))
    assert numbers(rooms) == [(1, 5), (2, 7), (3, 6), (4, 8)]
    assert [room.flags for room in rooms] == [
        (), ("1u1d_accommodate",), ("1u1d_institution",), ()]


def test_the_gains_of_the_worked_example() -> None:
    rooms = list(zip(EXAMPLE[:4], EXAMPLE[4:], strict=True))
    assert gains(rooms, options_of()) == [0, 999_002, 999_001]


def test_gains_are_exact_however_high_the_penalties() -> None:
    options = options_of(team_institution_penalty=10**9, team_history_penalty=10**9)
    met = [replace(EXAMPLE[0], seen={"T5": 10**6}), *EXAMPLE[1:]]
    rooms = list(zip(met[:4], met[4:], strict=True))
    assert gains(rooms, options) == [10**21 - 997, 10**15 - 998, 10**15 - 999]


def test_teams_without_an_institution_do_not_clash() -> None:
    options = options_of(draw_avoid_conflicts="one_up_one_down")
    rooms = pair_brackets([Bracket(2.0, teams_of(4))], options, Lots(1))
    assert [room.flags for room in rooms] == [(), ()]


def test_a_swap_never_adds_a_meeting_whatever_it_gains() -> None:
    one, two, three, four = teams_of(4, institution=["A", None, "A", None])
    met = replace(one, seen={"T4": 1})
    options = options_of(draw_avoid_conflicts="one_up_one_down", team_institution_penalty=9000)
    rooms = pair_brackets([Bracket(2.0, [met, two, three, four])], options, Lots(1))
    assert numbers(rooms) == [(1, 3), (2, 4)]
    without = replace(options, avoid_team_history=False)
    rooms = pair_brackets([Bracket(2.0, [met, two, three, four])], without, Lots(1))
    assert numbers(rooms) == [(1, 4), (2, 3)]


def test_a_meeting_is_avoided_and_noted() -> None:
    one, *others = teams_of(4)
    met = replace(one, seen={"T3": 2})
    options = options_of(draw_avoid_conflicts="one_up_one_down")
    rooms = pair_brackets([Bracket(2.0, [met, *others])], options, Lots(1))
    assert [(room.flags, *pair) for room, pair in zip(rooms, numbers(rooms), strict=True)] == [
        (("1u1d_history",), 1, 4), (("1u1d_accommodate",), 2, 3)]


def test_switched_off_institutions_are_not_avoided() -> None:
    options = options_of(draw_avoid_conflicts="one_up_one_down", avoid_same_institution=False)
    rooms = pair_brackets([Bracket(2.0, list(EXAMPLE))], options, Lots(1))
    assert numbers(rooms) == [(1, 5), (2, 6), (3, 7), (4, 8)]


def test_swaps_do_not_cross_brackets_and_team_flags_follow_the_team() -> None:
    upper = Bracket(
        3.0, teams_of(4, institution=["A", "B", "A", "C"]), team_flags={"T4": ("pullup",)})
    lower = Bracket(2.0, teams_of(2, first=5, institution=["A", "A"]))
    options = options_of(draw_avoid_conflicts="one_up_one_down")
    rooms = pair_brackets([upper, lower], options, Lots(1))
    assert numbers(rooms) == [(1, 4), (2, 3), (5, 6)]
    assert [dict(room.team_flags) for room in rooms] == [{"T4": ("pullup",)}, {}, {}]
    assert [room.bracket for room in rooms] == [3.0, 3.0, 2.0]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([0, 500, 999, 1000, 999_999, 1_000_200]), max_size=9))
def test_the_best_swaps_gain_as_much_as_any_set_that_is_allowed(gained: list[int]) -> None:
    def total(swaps: tuple[int, ...]) -> int:
        return sum(gained[swap] for swap in swaps)

    allowed = [
        swaps
        for size in range(len(gained) + 1)
        for swaps in itertools.combinations(range(len(gained)), size)
        if all(later - earlier > 1 for earlier, later in itertools.pairwise(swaps))
    ]
    chosen = best_swaps(gained)
    assert tuple(chosen) in allowed
    assert total(tuple(chosen)) == max(map(total, allowed))
    assert all(gained[swap] > 0 for swap in chosen)


# --- minimum cost ------------------------------------------------------------------------------


def price(one: DrawTeam, other: DrawTeam, **options: Any) -> int:
    return int(clash_prices([one], [other], options_of(**options))[0, 0])


def test_the_terms_of_every_price() -> None:
    one, other = teams_of(2, institution=["A", "A"])
    assert price(one, other) == 1
    assert price(replace(one, seen={"T2": 2}), other) == 2001
    assert price(one, replace(other, seen={"T1": 3})) == 3001
    assert price(replace(one, seen={"T2": 2}), other, avoid_team_history=False) == 1
    assert price(one, other, avoid_same_institution=False) == 0
    assert price(one, replace(other, institution=None)) == 0


@pytest.mark.parametrize(("one", "other", "expected"), [
    ((3, 0), (2, 0), 20), ((3, 0), (0, 2), 0), ((1, 1), (4, 0), 0), ((0, 1), (0, 3), 20)])
def test_two_teams_owed_the_same_side_cost_the_side_penalty(
    one: tuple[int, int], other: tuple[int, int], expected: int
) -> None:
    first, second = (
        replace(team, sides=sides)
        for team, sides in zip(teams_of(2), (one, other), strict=True))
    assert price(first, second, side_penalty=10) == expected
    assert price(first, second, side_penalty=10, draw_side_allocations="random") == 0


def test_a_pulled_up_team_ranks_last_and_its_pull_up_debates_count() -> None:
    teams = teams_of(4, subrank=[1, 2, 3, 1], pullup_debates=[0, 4, 0, 1])
    bracket = Bracket(3.0, teams, team_flags={"T4": ("pullup",)})
    prices = bracket_prices(
        bracket, options_of(draw_pairing_method="fold", pullup_debates_penalty=10), top=True)
    # ranks 1, 2, 3, 3 and N = 3: |r1 + r2 - 4|
    assert prices[0].tolist()[1:] == [1, 0, 0 + 10]
    assert prices[1].tolist()[2:] == [1, 1 + 40]


def test_a_bracket_of_pulled_up_teams_can_be_priced() -> None:
    bracket = Bracket(3.0, teams_of(2), team_flags={"T1": ("pullup",), "T2": ("pullup",)})
    options = options_of(draw_avoid_conflicts="graph")
    assert numbers(pair_brackets([bracket], options, Lots(1))) == [(1, 2)]


def test_minimum_cost_avoids_a_meeting_where_swaps_of_neighbours_cannot() -> None:
    one, *others = teams_of(6)
    met = replace(one, seen={"T4": 1, "T5": 1})
    bracket = Bracket(2.0, [met, *others])
    rooms = pair_brackets([bracket], options_of(draw_avoid_conflicts="graph"), Lots(1))
    assert (1, 4) not in numbers(rooms)
    assert (1, 5) not in numbers(rooms)


def test_minimum_cost_with_allocated_sides_keeps_them() -> None:
    aff = teams_of(3, institution=["A", "B", "C"])
    neg = teams_of(3, first=4, institution=["A", "B", "C"])
    options = options_of(
        draw_avoid_conflicts="graph", draw_side_allocations="preallocated", pairing_penalty=0)
    rooms = pair_brackets([Bracket(2.0, aff=aff, neg=neg)], options, Lots(1))
    assert [room.first.id for room in rooms] == ["T1", "T2", "T3"]
    assert {room.second.id for room in rooms} == {"T4", "T5", "T6"}
    assert all(room.first.institution != room.second.institution for room in rooms)


def test_penalties_beyond_what_adds_up_exactly_are_refused() -> None:
    one, other = teams_of(2)
    met = replace(one, seen={"T2": 9000})
    options = options_of(draw_avoid_conflicts="graph", team_history_penalty=1_000_000_000)
    with pytest.raises(UserError) as caught:
        pair_brackets([Bracket(1.0, [met, other])], options, Lots(1))
    assert caught.value.code == "draw_price_too_large"


# --- the whole round ---------------------------------------------------------------------------

WHOLE = {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round"}


def rounds_of(points: list[float], **columns: Any) -> list[DrawTeam]:
    return teams_of(len(points), points=points, **columns)


def test_over_the_whole_round_a_pull_up_is_priced_by_its_gap_and_its_place() -> None:
    teams = rounds_of([3, 2, 2, 0])
    options = options_of(**WHOLE, draw_odd_bracket="pullup_top", pairing_penalty=0)
    prices = round_prices(teams, teams, options)
    assert prices[0].tolist()[1:] == [10_000, 10_000, 90_000]
    assert prices[1].tolist()[2:] == [0, 40_000]
    options = replace(options, pairing_penalty=7)
    # slide, N = 1 and 2: 1v1 of N = 1 is 0 away; places 0 and 1 from the top
    assert round_prices(teams, teams, options)[0].tolist()[1:] == [10_000, 10_007, 90_000]
    assert round_prices(teams, teams, options)[2, 1] == 0


@pytest.mark.parametrize(("rule", "places"), [
    ("pullup_top", [0, 1, 2, 3]), ("pullup_bottom", [3, 2, 1, 0]),
    ("pullup_middle", [1, 0, 0, 1]), ("pullup_random", [0, 0, 0, 0]),
    ("pullup_lowest_ds_rank", [1, 0, 3, 1]), ("intermediate", [0, 0, 0, 0]),
])
def test_each_rule_has_its_place_for_the_pull_up(rule: str, places: list[int]) -> None:
    teams = rounds_of([3, 2, 2, 2, 2, 2], draw_strength_rank=[0, 5, 4, 9, 5, 1])
    options = options_of(**WHOLE, draw_odd_bracket=rule, pullup_penalty=0)
    teams = teams[:5]
    assert round_prices(teams, teams, options)[0].tolist()[1:] == places


@pytest.mark.parametrize(("restriction", "column"), [
    ("least_to_date", "pullups"), ("lowest_ds_wins", "draw_strength"),
    ("lowest_ds_speaks", "draw_strength_speaks")])
def test_a_team_outside_the_restriction_costs_a_pull_up_more(
    restriction: str, column: str
) -> None:
    teams = rounds_of([3, 2, 2, 2], **{column: [0, 2, 1, 1]})
    options = options_of(
        **WHOLE, draw_odd_bracket="pullup_bottom", draw_pullup_restriction=restriction,
        pullup_penalty=100)
    assert round_prices(teams, teams, options)[0].tolist()[1:] == [202, 101, 100]
    without = replace(options, draw_odd_bracket="intermediate")
    assert round_prices(teams, teams, without)[0].tolist()[1:] == [100, 100, 100]


def test_over_the_whole_round_a_rematch_can_cost_more_than_a_pull_up() -> None:
    one, two, three, four = rounds_of([1, 1, 0, 0])
    met = replace(one, seen={"T2": 1})
    cheap = options_of(**WHOLE, pullup_penalty=100, pairing_penalty=0)
    rooms = pair_round([met, two, three, four], cheap, Lots(1))
    assert (1, 2) not in numbers(rooms)
    assert [dict(room.team_flags) for room in rooms] == [
        {room.second.id: ("pullup",)} for room in rooms]
    assert [room.bracket for room in rooms] == [1.0, 1.0]
    dear = replace(cheap, pullup_penalty=1000)
    assert numbers(pair_round([met, two, three, four], dear, Lots(1))) == [(1, 2), (3, 4)]


def test_over_the_whole_round_allocated_sides_meet_across_levels() -> None:
    sides = [Side.AFF, Side.AFF, Side.NEG, Side.NEG]
    teams = rounds_of([2, 2, 2, 1], allocated_side=sides)
    options = options_of(**WHOLE, draw_side_allocations="preallocated")
    rooms = pair_round(teams, options, Lots(1))
    assert sorted(room.first.id for room in rooms) == ["T1", "T2"]
    assert [dict(room.team_flags) for room in rooms if room.second.id == "T4"] == [
        {"T4": ("pullup",)}]


def test_fold_is_for_the_top_level_only_over_the_whole_round() -> None:
    teams = rounds_of([2, 2, 2, 2, 1, 1, 1, 1])
    options = options_of(**WHOLE, draw_pairing_method="fold_top_adjacent_rest")
    assert numbers(pair_round(teams, options, Lots(1))) == [(1, 4), (2, 3), (5, 6), (7, 8)]


# --- what must not matter ----------------------------------------------------------------------

FIELDS = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from([None, "A", "B"])), min_size=3, max_size=5)


def _field(drawn: list[tuple[int, str | None]]) -> list[DrawTeam]:
    drawn = sorted(drawn * 2, key=lambda pair: -pair[0])
    return rounds_of(
        [float(points) for points, _name in drawn], institution=[name for _p, name in drawn])


def _cost(teams: list[DrawTeam], options: DrawOptions) -> int:
    place = {team.id: at for at, team in enumerate(teams)}
    prices = round_prices(teams, teams, options)
    return sum(
        int(prices[place[room.first.id], place[room.second.id]])
        for room in pair_round(teams, options, Lots(1)))


@settings(max_examples=40, deadline=None)
@given(FIELDS, st.integers(0, 5), st.integers(0, 5))
def test_one_more_conflict_never_makes_a_draw_cheaper(
    drawn: list[tuple[int, str | None]], one: int, other: int
) -> None:
    teams = _field(drawn)
    options = options_of(**WHOLE)
    before = _cost(teams, options)
    teams[one] = replace(teams[one], seen={teams[other].id: 1})
    assert _cost(teams, options) >= before


@settings(max_examples=30, deadline=None)
@given(FIELDS)
def test_the_names_of_institutions_do_not_change_the_cost(
    drawn: list[tuple[int, str | None]]
) -> None:
    names = {"A": "Zeta", "B": "Beta", None: None}
    renamed = [(points, names[name]) for points, name in drawn]
    assert _cost(_field(drawn), options_of(**WHOLE)) == _cost(
        _field(renamed), options_of(**WHOLE))


def test_one_up_one_down_of_one_room_is_that_room() -> None:
    rooms = [Pairing(1.0, EXAMPLE[0], EXAMPLE[1])]
    assert one_up_one_down(rooms, options_of()) == rooms
