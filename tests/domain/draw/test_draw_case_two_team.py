"""The worked examples of the rules as cases for two teams, equal to the last team."""

from __future__ import annotations

from typing import Any

import pytest

from tests.domain.draw.two_team_cases import (
    EIGHT,
    Room,
    case,
    first_pulled,
    flags,
    met,
    rooms,
    solved,
)

LEVELS = {"A": 3, "B": 3, "C": 3, "D": 2, "E": 2, "F": 2, "G": 2, "H": 1, "I": 1, "J": 1,
          "K": 0, "L": 0}
"""The field of the worked example: three on 3, four on 2, three on 1, two on 0."""


# --- odd brackets --------------------------------------------------------------------------------


def test_pull_up_top() -> None:
    answer = solved(case(LEVELS, draw_odd_bracket="pullup_top"))
    assert rooms(answer) == [
        (3, "AC"), (3, "BD"), (2, "EG"), (2, "FH"), (1, "IJ"), (0, "KL")]
    assert flags(answer) == {"D": ["pullup"], "H": ["pullup"]}
    assert answer["quality"]["pullups"] == 2


def test_pull_up_bottom() -> None:
    answer = solved(case(LEVELS, draw_odd_bracket="pullup_bottom"))
    assert rooms(answer) == [
        (3, "AC"), (3, "BG"), (2, "DF"), (2, "EJ"), (1, "HI"), (0, "KL")]


def test_pull_up_middle_is_the_middle_one_or_one_of_two_by_lot() -> None:
    answer = solved(case(LEVELS, draw_odd_bracket="pullup_middle"))
    assert list(flags(answer))[1] == "I"
    options: dict[str, Any] = {"draw_odd_bracket": "pullup_middle"}
    assert {first_pulled(case(LEVELS, seed=seed, **options)) for seed in range(12)} == {"E", "F"}


def test_pull_up_at_random_reaches_every_team_of_the_level() -> None:
    options: dict[str, Any] = {"draw_odd_bracket": "pullup_random"}
    assert {first_pulled(case(LEVELS, seed=seed, **options)) for seed in range(25)} == set("DEFG")


def test_pull_up_of_the_lowest_draw_strength_by_rank_is_worked_out_from_meetings() -> None:
    changes: dict[str, dict[str, Any]] = {
        "D": {"seen": {"K": 1}}, "E": {"seen": {"A": 1, "B": 1}}, "F": {"seen": {"L": 1}},
        "G": {"seen": {"J": 1}}, "H": {"seen": {"A": 1}}, "J": {"seen": {"G": 1}},
    }
    options: dict[str, Any] = {
        "draw_odd_bracket": "pullup_lowest_ds_rank", "draw_avoid_conflicts": "off"}
    assert list(flags(solved(case(LEVELS, changes, **options)))) == ["E", "I"]
    changes["F"]["draw_strength_rank"] = 2.0
    assert first_pulled(case(LEVELS, changes, **options)) == "F"


@pytest.mark.parametrize(("restriction", "changes", "pulled"), [
    ("least_to_date", {"D": {"pullups": 1}, "E": {"pullups": 1}}, "F"),
    ("lowest_ds_wins", {"D": {"seen": {"A": 1}}, "E": {"seen": {"I": 2}}, "F": {"seen": {"H": 1}},
                        "G": {"seen": {"J": 1}}}, "F"),
    ("lowest_ds_wins", {"D": {"draw_strength": 1}, "E": {"draw_strength": 1.5},
                        "F": {"draw_strength": 0.5}, "G": {"draw_strength": 0.5}}, "F"),
    ("lowest_ds_speaks", {"D": {"draw_strength_speaks": 8}, "E": {"draw_strength_speaks": 7},
                          "F": {"draw_strength_speaks": 7}, "G": {"draw_strength_speaks": 9}}, "E"),
])
def test_a_restriction_names_who_can_be_pulled_up(
    restriction: str, changes: dict[str, dict[str, Any]], pulled: str
) -> None:
    options: dict[str, Any] = {"draw_odd_bracket": "pullup_top", "draw_avoid_conflicts": "off"}
    one = case(LEVELS, changes, draw_pullup_restriction=restriction, **options)
    assert first_pulled(one) == pulled


def test_the_order_of_meetings_decides_nothing() -> None:
    levels = {**LEVELS, **dict.fromkeys("ABC", 3.0)}
    seen = {"A": 1, "B": 2, "K": 1}
    changes = [{"E": {"seen": dict(order)}} for order in (seen.items(), reversed(seen.items()))]
    options: dict[str, Any] = {
        "draw_odd_bracket": "pullup_top", "draw_pullup_restriction": "lowest_ds_wins"}
    assert len({str(solved(case(levels, change, **options))) for change in changes}) == 1


def test_intermediate() -> None:
    answer = solved(case(LEVELS, draw_odd_bracket="intermediate"))
    assert rooms(answer) == [
        (3, "AB"), (2.5, "CD"), (2, "EF"), (1.5, "GH"), (1, "IJ"), (0, "KL")]
    assert flags(answer) == {}


def test_bubble_up_is_the_default_and_the_team_drops_in_the_place_of_the_other() -> None:
    answer = solved(case(LEVELS, met("CD")))
    assert rooms(answer)[:3] == [(3, "AC"), (2.5, "BD"), (2, "EF")]
    noted = flags(answer)
    assert noted["C"] == ["bubble_up_history"]
    assert noted["B"] == ["bubble_accommodate"]
    assert set(noted) == {"B", "C"}


def test_bubble_down_where_nobody_can_come_down() -> None:
    answer = solved(case(LEVELS, met("CD", "BD")))
    assert rooms(answer)[:3] == [(3, "AB"), (2.5, "CE"), (2, "DF")]
    noted = flags(answer)
    assert noted["D"] == ["bubble_down_history"]
    assert noted["E"] == ["bubble_accommodate"]
    assert set(noted) == {"D", "E"}


def test_it_is_told_where_nobody_can_bubble() -> None:
    answer = solved(case(LEVELS, met("CD", "BD", "CE")))
    assert rooms(answer)[:3] == [(3, "AB"), (2.5, "CD"), (2, "EF")]
    assert {name for noted in flags(answer).values() for name in noted} == {"cannot_bubble"}


def test_the_institution_is_tested_first() -> None:
    changes = met("CD")
    for team in "CD":
        changes[team]["institution"] = "I1"
    assert flags(solved(case(LEVELS, changes)))["C"] == ["bubble_up_institution"]


# --- pairing -------------------------------------------------------------------------------------

@pytest.mark.parametrize(("method", "expected"), [
    ("slide", ["15", "26", "37", "48"]),
    ("fold", ["18", "27", "36", "45"]),
    ("adjacent", ["12", "34", "56", "78"]),
])
def test_a_bracket_is_paired_by_the_method(method: str, expected: list[str]) -> None:
    answer = solved(case(EIGHT, draw_pairing_method=method))
    assert [sides for _bracket, sides in rooms(answer)] == expected


def test_fold_top_adjacent_rest_folds_the_top_bracket_only() -> None:
    teams = {str(number): 2.0 if number < 5 else 1.0 for number in range(1, 9)}
    answer = solved(case(teams, draw_pairing_method="fold_top_adjacent_rest"))
    assert rooms(answer) == [(2, "14"), (2, "23"), (1, "56"), (1, "78")]


def test_a_random_pairing_depends_on_the_seed_alone() -> None:
    drawn = [rooms(solved(case(EIGHT, seed=seed, draw_pairing_method="random")))
             for seed in (1, 1, 2, 3)]
    assert drawn[0] == drawn[1]
    assert len({tuple(one) for one in drawn}) == 3


def test_one_up_one_down_takes_the_higher_swap() -> None:
    clash = {team: {"institution": "I1"} for team in "37"}
    answer = solved(case(EIGHT, clash))
    assert [sides for _bracket, sides in rooms(answer)] == ["15", "27", "36", "48"]
    noted = [debate["flags"] for debate in answer["debates"]]
    assert (noted[0], noted[3]) == ([], [])
    assert "1u1d_institution" in noted[2]
    assert "1u1d_accommodate" in noted[1]


def test_one_up_one_down_never_trades_a_clash_for_a_meeting() -> None:
    changes = {**met("27", "38"), "3": {"institution": "I1", "seen": {"8": 1}},
               "7": {"institution": "I1", "seen": {"2": 1}}}
    answer = solved(case(EIGHT, changes))
    assert [sides for _bracket, sides in rooms(answer)] == ["15", "26", "37", "48"]


def test_off_avoids_nothing() -> None:
    answer = solved(case(EIGHT, met("15", "26"), draw_avoid_conflicts="off"))
    assert [sides for _bracket, sides in rooms(answer)] == ["15", "26", "37", "48"]
    assert answer["quality"]["rematches"] == 2


def test_minimum_cost_matching_keeps_the_method_and_avoids_meetings() -> None:
    answer = solved(case(EIGHT, draw_avoid_conflicts="graph"))
    assert [sides for _bracket, sides in rooms(answer)] == ["15", "26", "37", "48"]
    again = solved(case(EIGHT, met("15"), draw_avoid_conflicts="graph"))
    assert again["quality"]["rematches"] == 0
    assert again["quality"]["pairing_cost"] == again["quality"]["pairing_cost_optimum"] == 2


# --- sides ---------------------------------------------------------------------------------------


def test_who_has_affirmed_less_affirms() -> None:
    changes = {"1": {"sides": [3, 1]}, "2": {"sides": [2, 2]}}
    teams = {"1": 1.0, "2": 1.0}
    assert rooms(solved(case(teams, changes))) == [(1, "21")]


def test_sides_level_over_all_are_balanced_within_the_kind() -> None:
    changes = {"1": {"sides": [1, 1], "kind_sides": [1, 0]},
               "2": {"sides": [1, 1], "kind_sides": [0, 1]}}
    for seed in range(6):
        assert rooms(solved(case({"1": 1.0, "2": 1.0}, changes, seed=seed))) == [(1, "21")]


ALLOCATED = {
    "a1": (2, "aff"), "a2": (2, "aff"), "a3": (2, "aff"), "n1": (2, "neg"),
    "b1": (1, "aff"), "m1": (1, "neg"), "m2": (1, "neg"), "c1": (0, "aff"), "o1": (0, "neg"),
    "o2": (0, "neg"),
}


def allocated(rule: str) -> dict[str, Any]:
    teams = {team: float(points) for team, (points, _side) in ALLOCATED.items()}
    changes = {team: {"allocated_side": side} for team, (_points, side) in ALLOCATED.items()}
    return solved(case(teams, changes, draw_odd_bracket=rule,
                       draw_side_allocations="preallocated"))


@pytest.mark.parametrize(("rule", "expected"), [
    ("pullup_top", [(2, "a1n1"), (2, "a2m1"), (2, "a3m2"), (1, "b1o1"), (0, "c1o2")]),
    ("pullup_bottom", [(2, "a1n1"), (2, "a2m1"), (2, "a3m2"), (1, "b1o2"), (0, "c1o1")]),
    ("intermediate1", [(2, "a1n1"), (1.5, "a2m1"), (1.5, "a3m2"), (0.5, "b1o1"), (0, "c1o2")]),
    ("intermediate2", [(2, "a1n1"), (1.5, "a2m1"), (1.5, "a3m2"), (0.5, "b1o1"), (0, "c1o2")]),
])
def test_allocated_sides_fill_the_shorter_side(rule: str, expected: list[Room]) -> None:
    assert rooms(allocated(rule)) == expected


def test_each_bracket_that_helps_opens_its_own_intermediate_bracket() -> None:
    teams = {"a1": 3.0, "a2": 3.0, "n1": 2.0, "n2": 1.0}
    changes = {team: {"allocated_side": "aff" if team[0] == "a" else "neg"} for team in teams}
    options: dict[str, Any] = {"draw_side_allocations": "preallocated"}
    one = solved(case(teams, changes, draw_odd_bracket="intermediate1", **options))
    assert rooms(one) == [(2.5, "a1n1"), (2.5, "a2n2")]
    two = solved(case(teams, changes, draw_odd_bracket="intermediate2", **options))
    assert [(round(bracket, 6), sides) for bracket, sides in rooms(two)] == [
        (2.666667, "a1n1"), (2.333333, "a2n2")]
