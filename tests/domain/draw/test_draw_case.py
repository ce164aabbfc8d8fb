"""The draw engine alone: JSON case in, JSON result out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw import solve_case


def case(count: int = 8, **changes: Any) -> dict[str, Any]:
    teams = [{"id": f"T{number}", "points": number % 3} for number in range(count)]
    return {"format": "bp", "teams": teams, **changes}


def code(answer: dict[str, Any]) -> str:
    assert list(answer) == ["error"]
    assert answer["error"]["message"].endswith(".")
    return str(answer["error"]["code"])


def test_an_answer_has_the_keys_of_the_contract() -> None:
    answer = solve_case(case())
    assert list(answer) == ["debates", "quality", "audit"]
    assert set(answer["debates"][0]) == {"bracket", "room_rank", "sides", "flags", "team_flags"}
    assert set(answer["quality"]) == {
        "pullups", "position_cost", "position_cost_optimum", "rematches", "same_institution",
        "side_imbalance", "pairing_cost", "pairing_cost_optimum",
    }
    assert answer["audit"]["ok"] is True
    assert set(answer["audit"]["checks"][0]) == {"name", "status", "detail"}
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


def test_a_pulled_up_team_carries_its_flag_in_the_upper_bracket() -> None:
    teams = [{"id": f"T{n}", "points": 3 if n < 3 else 1.5} for n in range(8)]
    top, low = solve_case(case(teams=teams))["debates"]
    assert (top["bracket"], top["room_rank"], low["bracket"]) == (3, 1, 1.5)
    assert list(top["team_flags"].values()) == [["pullup"]]
    assert set(top["team_flags"]) <= set(top["sides"])


def test_a_bye_has_one_side() -> None:
    answer = solve_case(case(5, options={"bye_team_selection": "lowest"}))
    assert answer["debates"][-1] == {
        "bracket": -1, "room_rank": 2, "sides": ["T4"], "flags": [], "team_flags": {},
    }


def test_the_seed_is_zero_when_left_out_and_decides_the_draw() -> None:
    assert solve_case(case()) == solve_case(case(seed=0))
    assert solve_case(case(16))["debates"] != solve_case(case(16, seed=1))["debates"]


def test_nulls_and_names_that_are_not_needed_are_taken() -> None:
    team = {
        "points": None, "rank": None, "subrank": 1, "institution": None, "sides": None,
        "pullups": 0, "seen": {"T1": 1}, "allocated_side": None, "name": "Red",
    }
    answer = solve_case(case(teams=[{"id": f"T{n}", **team} for n in range(4)]))
    assert answer["quality"]["rematches"] == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"options": {"bp_renyi": 1}}, "unknown_option"),
        ({"options": {"bp_renyi_order": -1}}, "draw_renyi_negative"),
        ({"options": {"bp_position_cost": 4}}, "draw_option_invalid"),
        ({"format": "two-team", "options": {"draw_odd_bracket": "pullup"}}, "draw_option_invalid"),
        ({"format": "chess"}, "pair_case_invalid"),
        ({"format": None}, "pair_case_invalid"),
        ({"seed": -1}, "draw_seed_invalid"),
        ({"seed": "7"}, "pair_case_invalid"),
        ({"teams": []}, "draw_too_few_teams"),
        ({"teams": None}, "pair_case_invalid"),
        ({"teams": [{"id": "T1"}] * 4}, "draw_duplicate_team"),
        ({"teams": [{"id": f"T{n}", "points": float("nan")} for n in range(4)]},
         "draw_points_not_finite"),
        ({"teams": [{"id": f"T{n}", "points": 10**400} for n in range(4)]}, "pair_case_invalid"),
        ({"teams": [{"id": f"T{n}", "sides": [1, 1]} for n in range(4)]}, "draw_sides_invalid"),
        ({"teams": [{"id": f"T{n}", "sides": [10**400] * 4} for n in range(4)]},
         "draw_sides_invalid"),
        ({"teams": [{"id": f"T{n}"} for n in range(6)]}, "draw_team_count"),
    ],
)
def test_what_the_rules_refuse_is_the_cases_error(changes: dict[str, Any], expected: str) -> None:
    assert code(solve_case(case(**changes))) == expected


def test_two_team_options_are_known_names_without_effect_on_bp() -> None:
    options = {"draw_odd_bracket": "pullup_top", "team_standings_precedence": ["points"]}
    assert solve_case(case(options=options)) == solve_case(case())


def test_secondary_preferences_are_an_option_that_says_so() -> None:
    teams = [{"id": f"T{n}", "institution": f"I{n % 4}"} for n in range(16)]
    plain, better = (
        solve_case(case(teams=teams, options={"bp_secondary_preferences": value}))
        for value in (False, True)
    )
    assert plain == solve_case(case(teams=teams))
    assert plain["quality"]["same_institution"] > better["quality"]["same_institution"] == 0
    assert better["audit"]["ok"]
    assert len(better["remarks"]) == 1


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(
        st.sampled_from(["format", "seed", "options", "teams", "id", "points", "sides", "x"]),
        inner, max_size=5,
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=150)
@given(json_values)
def test_nonsense_is_answered_never_raised(value: Any) -> None:
    assert "error" in solve_case(value)


OF_A_CASE = ("seed", "options", "teams", "format", "draw_type", "cycle", "cycle_teams")
OF_A_TEAM = (
    "id", "points", "rank", "subrank", "sides", "kind_sides", "seen", "institution", "pullups",
    "pullup_debates", "byes", "seed", "allocated_side", "draw_strength", "draw_strength_speaks",
    "draw_strength_rank",
)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(["bp", "two-team"]), st.sampled_from(["power", "round-robin", "seeded"]),
    st.sampled_from([(key, True) for key in OF_A_CASE] + [(key, False) for key in OF_A_TEAM]),
    json_values,
)
def test_one_wrong_value_is_answered_never_raised(
    form: str, draw_type: str, where: tuple[str, bool], value: Any
) -> None:
    key, of_the_case = where
    one = case(4, format=form, draw_type=draw_type)
    (one if of_the_case else one["teams"][0])[key] = value
    answer = solve_case(one)
    assert "error" in answer or answer["audit"]["ok"], answer
