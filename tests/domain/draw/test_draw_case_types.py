"""Cases of every draw type and of elimination rounds, and cases that are refused."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.domain.draw import solve_case
from tests.domain.draw.two_team_cases import EIGHT, case, code, met, rooms, solved


def test_a_bye_goes_to_the_last_team_that_has_had_none() -> None:
    teams = {"1": 2.0, "2": 2.0, "3": 1.0, "4": 1.0, "5": 0.0}
    options: dict[str, Any] = {"bye_team_selection": "lowest"}
    assert rooms(solved(case(teams, **options)))[-1] == (-1, "5")
    assert rooms(solved(case(teams, {"5": {"byes": 1}}, **options)))[-1] == (-1, "4")
    assert code(case(teams)) == "draw_team_count"


@pytest.mark.parametrize("avoid", ["one_up_one_down", "graph"])
@pytest.mark.parametrize("draw_type", ["power", "seeded"])
def test_teams_level_in_rank_are_checked_in_the_order_that_the_seed_gave_them(
    avoid: str, draw_type: str
) -> None:
    changes: dict[str, dict[str, Any]] = {
        team: {"rank": 1, "seed": 1.0, "institution": "I" if team in "123" else None}
        for team in EIGHT}
    for seed in range(4):
        answer = solved(case(
            EIGHT, changes, seed=seed, more={"draw_type": draw_type}, draw_avoid_conflicts=avoid))
        assert {check["status"] for check in answer["audit"]["checks"]} <= {"passed", "skipped"}


@pytest.mark.parametrize("more", [
    {"teams": [{"id": f"T{number}"} for number in range(10_001)]},
    {"draw_type": "round-robin", "cycle_teams": [f"T{number}" for number in range(10_001)]},
])
def test_more_teams_than_memory_holds_are_refused(more: dict[str, Any]) -> None:
    assert code(case(EIGHT, more=more)) == "pair_case_invalid"


def test_a_seeded_round_is_one_bracket_by_seed() -> None:
    teams = dict.fromkeys("1234", 0.0)
    seeds = {"1": {"seed": 0.0}, "2": {"seed": 1}, "3": {"seed": 3.0}, "4": {"seed": 2.0}}
    answer = solved(case(teams, seeds, more={"draw_type": "seeded"}, draw_pairing_method="fold"))
    assert [set(sides) for _bracket, sides in rooms(answer)] == [set("31"), set("42")]
    assert code(case(teams, more={"draw_type": "seeded"})) == "draw_seeds_missing"


def test_a_random_round_pairs_everybody_in_bracket_0() -> None:
    drawn = [rooms(solved(case(EIGHT, met("15"), seed=seed, more={"draw_type": "random"})))
             for seed in range(6)]
    for one in drawn:
        assert {bracket for bracket, _sides in one} == {0}
        assert sorted("".join(sides for _bracket, sides in one)) == sorted(EIGHT)
        assert {"1", "5"} not in [set(sides) for _bracket, sides in one]
    assert len({tuple(one) for one in drawn}) == 6


def test_a_manual_round_is_empty() -> None:
    answer = solved(case(EIGHT, more={"draw_type": "manual"}))
    assert answer["debates"] == []


def test_a_round_robin_takes_its_round_of_the_cycle() -> None:
    teams = dict.fromkeys("123456", 0.0)
    first = solved(case(teams, more={"draw_type": "round-robin"}))
    assert [set(sides) for _bracket, sides in rooms(first)] == [set("16"), set("25"), set("34")]
    second = case(teams, more={"draw_type": "round-robin", "cycle": 1})
    assert [set(sides) for _bracket, sides in rooms(solved(second))] == [
        set("15"), set("23"), set("46")]
    assert code({**second, "cycle": 5}) == "draw_cycle_over_one_leg"


def test_in_a_round_robin_whoever_would_meet_an_absent_team_rests() -> None:
    here = dict.fromkeys("12345", 0.0)
    more = {"draw_type": "round-robin", "cycle_teams": [*"654321"]}
    answer = solve_case(case(here, more=more, bye_team_selection="lowest"))
    assert [set(sides) for _bracket, sides in rooms(answer)] == [set("25"), set("34"), {"1"}]
    assert code(case({**here, "7": 0.0}, more=more)) == "draw_not_in_cycle"
    twice = {**more, "cycle_teams": [*"123455"]}
    assert code(case(here, more=twice)) == "draw_duplicate_team"


def test_a_round_robin_of_bp_tells_its_repeats() -> None:
    halves = [[f"T{n}" for n in half] for half in (range(1, 5), range(5, 9))]
    teams = [{"id": team, "seen": {other: 1 for other in room if other != team}}
             for room in halves for team in room]
    answer = solved({"format": "bp", "draw_type": "round-robin", "cycle": 1, "teams": teams})
    assert answer["remarks"] == ["4 pairs of teams meet again, the fewest that were found."]


def test_remarks_are_there_only_where_there_are_any() -> None:
    assert "remarks" not in solved(case(EIGHT))


@pytest.mark.parametrize(("points", "expected"), [
    ({9: 5, 8: 2, 7: 6, 6: 7}, [9, 9, 7, 7, 6]),
    ({6: 7, 5: 5, 4: 4}, [6, 6, 5, 4]),
    ({12: 1, 11: 1, 10: 1, 9: 6, 8: 3}, [12, 9, 9]),
])
def test_rooms_of_bp_follow_the_points(points: dict[int, int], expected: list[int]) -> None:
    values = [value for value, count in points.items() for _team in range(count)]
    teams = [{"id": f"T{n}", "points": value} for n, value in enumerate(values)]
    answer = solved({"format": "bp", "teams": teams})
    assert [debate["bracket"] for debate in answer["debates"]] == expected


# --- elimination ---------------------------------------------------------------------------------


def breaking(count: int, **more: Any) -> dict[str, Any]:
    teams = [{"id": f"T{rank}", "break_rank": rank} for rank in range(1, count + 1)]
    return {"format": "elimination", "sides": 2, "break_size": count, "previous": None,
            "teams": teams, **more}


def pairs(answer: dict[str, Any]) -> list[tuple[int, set[str]]]:
    return [(debate["room_rank"], set(debate["sides"])) for debate in answer["debates"]]


def test_twelve_break_and_four_wait() -> None:
    answer = solve_case(breaking(12))
    assert answer["audit"]["ok"]
    assert pairs(answer) == [
        (5, {"T5", "T12"}), (6, {"T6", "T11"}), (7, {"T7", "T10"}), (8, {"T8", "T9"})]


def test_winners_inherit_the_place_of_their_room() -> None:
    previous = [
        {"room_rank": rank, "teams": [f"T{rank}", f"T{17 - rank}"], "advancing": [f"T{winner}"]}
        for rank, winner in ((5, 12), (6, 6), (7, 7), (8, 9))
    ]
    answer = solve_case(breaking(12, previous=previous))
    assert answer["audit"]["ok"]
    assert pairs(answer) == [
        (1, {"T1", "T9"}), (2, {"T2", "T7"}), (3, {"T3", "T6"}), (4, {"T4", "T12"})]


# --- refusals and cost ---------------------------------------------------------------------------


@pytest.mark.parametrize(("change", "expected"), [
    ({"sides": [1, 1, 1, 1]}, "draw_sides_invalid"),
    ({"kind_sides": [1]}, "draw_sides_invalid"),
    ({"kind_sides": [-1, 0]}, "pair_case_invalid"),
    ({"seed": float("nan")}, "pair_case_invalid"),
    ({"seed": 1e300}, "pair_case_invalid"),
    ({"draw_strength": float("inf")}, "pair_case_invalid"),
    ({"draw_strength_speaks": "7"}, "pair_case_invalid"),
    ({"draw_strength_rank": 10**400}, "pair_case_invalid"),
    ({"pullup_debates": -1}, "pair_case_invalid"),
    ({"byes": 0.5}, "pair_case_invalid"),
    ({"seen": {"2": -1}}, "pair_case_invalid"),
    ({"allocated_side": "og"}, "pair_case_invalid"),
    ({"points": float("inf")}, "draw_points_not_finite"),
    ({"points": 1.5}, "draw_points_fractional"),
])
def test_a_value_that_cannot_be_is_refused(change: dict[str, Any], expected: str) -> None:
    assert code(case(EIGHT, {"1": change})) == expected


@pytest.mark.parametrize(("more", "expected"), [
    ({"draw_type": "elimination"}, "pair_case_invalid"),
    ({"draw_type": None}, "pair_case_invalid"),
    ({"cycle": -1}, "pair_case_invalid"),
    ({"cycle_teams": [""]}, "pair_case_invalid"),
    ({"format": "bp", "draw_type": "seeded", "teams": []}, "draw_type_not_for_format"),
])
def test_a_case_that_cannot_be_is_refused(more: dict[str, Any], expected: str) -> None:
    assert code(case(EIGHT, more=more)) == expected


def test_infinite_points_of_opponents_are_refused_in_words() -> None:
    changes = {"1": {"points": float("inf")}, "2": {"points": float("-inf")},
               "3": {"seen": {"1": 1, "2": 1}}}
    assert code(case(EIGHT, changes)) == "draw_points_not_finite"
