"""Which settings go together, and what differs from a preset."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import Problem, ProblemsFound
from tabapp.core.messages import MESSAGES
from tabapp.domain.formats import (
    check_overrides,
    differences,
    presets,
    resolve,
    setting_infos,
)

NAMES = tuple(preset.name for preset in presets())
SETTINGS = tuple(info.name for info in setting_infos())


def codes(preset: str, **overrides: Any) -> list[tuple[str, str]]:
    return [(p.where.removeprefix("settings."), p.code) for p in check_overrides(preset, overrides)]


def only(preset: str, **overrides: Any) -> Problem:
    problems = check_overrides(preset, overrides)
    assert len(problems) == 1, problems
    return problems[0]


# --- combinations ------------------------------------------------------------------------------


@pytest.mark.parametrize(("rule", "nearest"), [
    ("intermediate_bubble_up_down", "intermediate1, intermediate2"),
    ("intermediate", "intermediate1, intermediate2"),
    ("pullup_middle", "pullup_top, pullup_bottom, pullup_random"),
])
def test_allocated_sides_refuse_rules_that_need_free_ones(rule: str, nearest: str) -> None:
    problem = only("australs", draw_side_allocations="preallocated", draw_odd_bracket=rule)
    assert problem.code == "odd_bracket_needs_free_sides"
    assert problem.level == "error"
    assert nearest in problem.message


@pytest.mark.parametrize("rule", ["intermediate1", "intermediate2"])
@pytest.mark.parametrize("sides", ["random", "balance", "manual-ballot"])
def test_free_sides_refuse_rules_for_allocated_ones(rule: str, sides: str) -> None:
    problem = only("australs", draw_side_allocations=sides, draw_odd_bracket=rule)
    assert problem.code == "odd_bracket_needs_allocated_sides"


@pytest.mark.parametrize("rule", ["intermediate1", "intermediate2", "pullup_top", "pullup_random"])
def test_allocated_sides_take_their_own_rules(rule: str) -> None:
    assert codes("australs", draw_side_allocations="preallocated", draw_odd_bracket=rule) == []


@pytest.mark.parametrize(("method", "nearest"), [
    ("adjacent", "slide, fold, random"), ("fold_top_adjacent_rest", "fold, slide, random"),
])
def test_allocated_sides_refuse_methods_in_which_neighbours_meet(method: str, nearest: str) -> None:
    problem = only("joynt", draw_pairing_method=method)
    assert (problem.where, problem.code, problem.level) == (
        "settings.draw_pairing_method", "pairing_needs_free_sides", "error")
    assert nearest in problem.message
    assert codes("australs", draw_pairing_method=method) == []


def test_one_matching_over_the_round_reads_no_odd_bracket_rule() -> None:
    whole = {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round"}
    assert codes("australs", draw_side_allocations="preallocated", **whole) == []
    assert codes("australs", draw_odd_bracket="intermediate2", **whole) == []
    assert codes("australs", team_standings_precedence=["speaks_avg"], **whole) == []
    assert codes("australs", draw_pullup_restriction="least_to_date", **whole) == []
    assert codes("joynt", draw_pairing_method="adjacent", **whole) == [
        ("draw_pairing_method", "pairing_needs_free_sides")]


def test_a_restriction_without_pull_ups_is_warned_of() -> None:
    problem = only("australs", draw_pullup_restriction="least_to_date")
    assert (problem.where, problem.code, problem.level) == (
        "settings.draw_pullup_restriction", "restriction_without_pullups", "warning")
    assert "pullup_top" in problem.message
    assert codes("uadc", draw_odd_bracket="pullup_lowest_ds_rank") == []


def test_a_matching_over_the_round_is_warned_of_where_there_is_no_matching() -> None:
    problem = only("australs", draw_matching_scope="round")
    assert (problem.where, problem.code, problem.level) == (
        "settings.draw_matching_scope", "matching_scope_without_effect", "warning")
    assert "one_up_one_down" in problem.message
    assert codes("apda", draw_matching_scope="round") == []


def test_two_team_options_are_not_judged_in_bp() -> None:
    assert codes("bp", draw_side_allocations="preallocated", draw_matching_scope="round") == []


def test_a_ballot_for_each_judge_needs_two_teams() -> None:
    assert codes("bp", ballots_per_debate_prelim="per-adj") == [
        ("ballots_per_debate_prelim", "ballots_per_judge_need_two_teams")]
    assert codes(
        "bp", ballots_per_debate_prelim="per-adj", margin_includes_dissenters=True) == []
    assert codes("australs", margin_includes_dissenters=False) == []


def test_a_bp_elimination_needs_a_consensus() -> None:
    assert codes("bp", ballots_per_debate_elim="per-adj", margin_includes_dissenters=True) == [
        ("ballots_per_debate_elim", "bp_elimination_needs_consensus")]


def test_three_teams_are_public_speaking_or_nothing() -> None:
    assert codes("bp", teams_in_debate=3) == [
        ("teams_in_debate", "team_count_needs_public_speaking")]
    assert codes("public-speaking", teams_in_debate=3) == []


def test_a_bp_break_cannot_take_in_every_tied_team() -> None:
    assert codes("bp", break_ties="all") == [("break_ties", "bp_break_cannot_grow")]
    assert codes("australs", break_ties="all") == []


@pytest.mark.parametrize(("low", "high"), [
    ("score_min", "score_max"), ("reply_score_min", "reply_score_max"),
    ("adj_min_score", "adj_max_score"),
])
def test_the_lowest_score_lies_below_the_highest(low: str, high: str) -> None:
    problem = only("australs", **{low: 70.5, high: 70})
    assert (problem.where, problem.code) == (f"settings.{low}", "empty_score_range")
    assert "70.5" in problem.message


def test_replies_are_judged_only_where_they_are_given() -> None:
    odd = {"reply_score_min": 0, "reply_score_max": 0}
    assert codes("bp", **odd) == []
    assert codes("australs", **odd) == [("reply_score_min", "empty_score_range")]


def test_intermediate_brackets_on_fractions_are_warned_of() -> None:
    problem = only("australs", team_standings_precedence=["speaks_avg"])
    assert (problem.level, problem.code) == ("warning", "intermediate_needs_whole_points")
    resolve("australs", {"team_standings_precedence": ["speaks_avg"]})
    assert codes("wsdc", team_standings_precedence=["speaks_avg"]) == []


def test_a_wrong_value_raises_no_false_alarm_about_its_neighbours() -> None:
    assert codes("bp", teams_in_debate="four", break_ties="all") == [
        ("teams_in_debate", "setting_not_whole")]
    assert codes("joynt", draw_side_allocations="fixed") == [
        ("draw_side_allocations", "setting_not_a_choice")]


# --- differences -------------------------------------------------------------------------------


def test_only_what_differs_is_kept() -> None:
    assert differences("bp", {
        "score_min": 50.0, "score_max": 90.0, "adj_max_score": 10, "zeal": (3,),
        "team_standings_precedence": ["points", "speaks_sum", "firsts", "seconds",
                                      "draw_strength"],
        "speaker_standings_precedence": ("average",), "preparation_time": None,
    }) == {"score_max": 90, "speaker_standings_precedence": ["average"], "zeal": (3,)}


def test_a_value_of_another_kind_differs() -> None:
    assert differences("bp", {"standings_missed_replies": "-1", "avoid_team_history": 0}) == {
        "standings_missed_replies": "-1", "avoid_team_history": 0}


@pytest.mark.parametrize("name", NAMES)
def test_the_full_settings_of_a_preset_do_not_differ_from_it(name: str) -> None:
    assert differences(name, resolve(name, {}).as_json()) == {}


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
@settings(max_examples=30, deadline=None)
def test_differences_carry_one_format_into_another(one: str, other: str) -> None:
    goal = resolve(other, {})
    changed = differences(one, goal.as_json())
    assert resolve(one, changed) == goal
    assert differences(one, changed) == changed


TEXT = st.text(st.characters(exclude_categories=()), max_size=8)  # half letters included
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT
    | st.sampled_from(["fold", "wins", "per-adj", "wbw", 10**400]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=2),
    max_leaves=6,
)


@given(st.sampled_from(NAMES), st.dictionaries(
    st.sampled_from(SETTINGS) | TEXT, JSON, max_size=5))
@settings(max_examples=200, deadline=None)
def test_whatever_is_set_is_either_resolved_or_refused(name: str, values: dict[str, Any]) -> None:
    problems = check_overrides(name, values)
    assert all(problem.code in MESSAGES for problem in problems)
    if any(problem.level == "error" for problem in problems):
        with pytest.raises(ProblemsFound):
            resolve(name, values)
    else:
        resolved = resolve(name, values)
        assert resolve(name, differences(name, resolved.as_json())) == resolved


