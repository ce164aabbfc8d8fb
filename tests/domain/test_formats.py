"""Settings, presets, what is refused, and where shipped files are found."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import pytest

from tabapp.core import resources
from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.domain.formats import (
    DRAW_OPTIONS,
    SHOWN_TEAM_METRICS,
    SPEAKER_METRICS,
    TEAM_METRICS,
    Settings,
    check_overrides,
    load_preset,
    presets,
    resolve,
    setting_infos,
)
from tabapp.domain.types import BP_SIDES, TWO_SIDES

NAMES = tuple(preset.name for preset in presets())
SETTINGS = tuple(info.name for info in setting_infos())


def codes(preset: str, **overrides: Any) -> list[tuple[str, str]]:
    return [(p.where.removeprefix("settings."), p.code) for p in check_overrides(preset, overrides)]


def only(preset: str, **overrides: Any) -> Problem:
    problems = check_overrides(preset, overrides)
    assert len(problems) == 1, problems
    return problems[0]


# --- presets -----------------------------------------------------------------------------------


def test_every_promised_preset_is_shipped_in_a_stable_order() -> None:
    assert list(NAMES) == sorted(NAMES)
    assert set(NAMES) >= {
        "bp", "australs", "easters", "nz-easters", "joynt", "wsdc", "uadc", "ap", "apda", "cp",
        "karl-popper", "public-speaking",
    }


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_is_valid_and_cites_a_source_for_each_value(name: str) -> None:
    preset = load_preset(name)
    assert check_overrides(name, {}) == []
    assert preset.values.keys() == preset.sources.keys()
    for key, source in preset.sources.items():
        assert "our default" in source or "commit" in source or "pull request" in source or (
            "Tab-Policy" in source), (key, source)
    resolved = resolve(name, {})
    assert {key: getattr(resolved, key) for key in preset.values} == dict(preset.values)
    assert preset.title
    assert preset.version >= 1


@pytest.mark.parametrize("name", NAMES)
def test_a_preset_file_bears_its_name_and_only_known_settings(name: str) -> None:
    file = json.loads(resources.resource_path("presets", f"{name}.json").read_text("utf-8"))
    assert file["name"] == name
    assert file["settings"].keys() <= set(SETTINGS)


def test_bp_is_the_format_of_the_world_championship() -> None:
    bp = resolve("bp", {})
    expected = {
        "score_min": 50.0, "score_max": 99.0, "score_step": 1.0, "maximum_margin": 0.0,
        "teamscore_includes_ghosts": True, "teams_in_debate": 4, "substantive_speakers": 2,
        "reply_scores_enabled": False, "ballots_per_debate_prelim": "per-debate",
        "ballots_per_debate_elim": "per-debate", "speakers_in_ballots": "prelim",
        "winners_in_ballots": "none", "side_names": "gov-opp", "preparation_time": 15,
        "enable_motions": False, "motion_vetoes_enabled": False,
        "bp_pullup_distribution": "anywhere", "bp_position_cost": "entropy",
        "bp_renyi_order": 1.0, "bp_position_cost_exponent": 4.0,
        "bp_assignment_method": "hungarian_preshuffled",
        "bp_secondary_preferences": False, "avoid_team_history": False,
        "avoid_same_institution": False, "bye_team_selection": "off",
        "team_standings_precedence": (
            "points", "speaks_sum", "firsts", "seconds", "draw_strength"),
        "speaker_standings_precedence": ("total",),
        "speaker_standings_extra_metrics": ("average", "stdev"),
        "standings_missed_debates": -1, "adj_min_score": 0.0, "adj_max_score": 10.0,
        "show_team_institutions": False, "break_ties": "ask",
    }
    assert {name: getattr(bp, name) for name in expected} == expected
    assert bp.is_bp
    assert bp.sides == BP_SIDES


def test_a_child_inherits_what_it_does_not_set() -> None:
    easters = load_preset("easters")
    assert easters.values["maximum_margin"] == 15
    assert "Easters" in easters.sources["maximum_margin"]
    assert easters.values["team_standings_precedence"] == ("wins", "speaks_sum")
    assert "preset Australs" in easters.sources["team_standings_precedence"]


def test_a_grandchild_inherits_through_its_parent() -> None:
    ap = resolve("ap", {})
    assert (ap.score_min, ap.reply_score_max) == (67.0, 41.5)
    assert (ap.draw_odd_bracket, ap.draw_pullup_restriction) == (
        "intermediate_bubble_up_down", "none")
    assert ap.team_standings_precedence == ("wins", "speaks_sum", "margin_avg")  # of UADC
    assert ap.standings_missed_debates == 2  # of Australs


def test_what_came_later_upstream_is_cited_by_its_change() -> None:
    for name, setting, value, change in (
        ("bp-2025", "score_max", 100, "2919"),
        ("wsdc-2025", "draw_odd_bracket", "pullup_random", "2908"),
        ("ap", "draw_odd_bracket", "intermediate_bubble_up_down", "2919"),
        ("karl-popper", "draw_pairing_method", "adjacent", "2925"),
    ):
        preset = load_preset(name)
        assert preset.values[setting] == value
        assert f"pull request {change}" in preset.sources[setting]


@pytest.mark.parametrize(("later", "first"), [("bp-2025", "bp"), ("wsdc-2025", "wsdc")])
def test_a_later_preset_differs_from_its_parent_in_what_changed_alone(
    later: str, first: str
) -> None:
    old, new = load_preset(first).values, load_preset(later).values
    assert len([name for name in new if new[name] != old.get(name)]) == 1


def test_a_preset_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        load_preset("bp").values["score_min"] = 0  # type: ignore[index]


def test_an_unknown_preset_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UserError) as caught:
        resolve("worlds", {})
    assert caught.value.code == "unknown_preset"
    assert "worlds" in caught.value.message
    assert "karl-popper" in caught.value.message


# --- values ------------------------------------------------------------------------------------


def test_defaults_are_those_of_the_rules() -> None:
    default = Settings()
    assert default.team_standings_precedence == ("wins", "speaks_avg")
    assert default.speaker_standings_extra_metrics == ("stdev", "count")
    assert (default.team_history_penalty, default.team_institution_penalty) == (1000, 1)
    assert (default.side_penalty, default.pullup_debates_penalty) == (0, 0)
    assert default.pairing_penalty == 1
    assert default.draw_odd_bracket == "intermediate_bubble_up_down"
    assert default.forfeit_winner_speaks == "average"
    assert default.panel_size_policy == "important_first"
    assert not default.break_easters_strict
    assert (default.score_min, default.score_max, default.adj_max_score) == (68.0, 82.0, 5.0)


@pytest.mark.parametrize("value", [72, 72.5, 72.0])
def test_a_mark_may_be_whole_or_not_and_is_a_float(value: float) -> None:
    score_max = resolve("bp", {"score_max": value}).score_max
    assert score_max == value
    assert isinstance(score_max, float)


def test_a_whole_number_may_be_written_with_a_point() -> None:
    penalty = resolve("bp", {"side_penalty": 5.0}).side_penalty
    assert penalty == 5
    assert isinstance(penalty, int)


@pytest.mark.parametrize(("name", "value", "code"), [
    ("score_min", "abc", "setting_not_a_number"),
    ("score_min", "72", "setting_not_a_number"),
    ("score_min", True, "setting_not_a_number"),
    ("score_min", math.nan, "setting_not_a_number"),
    ("score_min", [], "setting_not_a_number"),
    ("side_penalty", 1.5, "setting_not_whole"),
    ("side_penalty", False, "setting_not_whole"),
    ("side_penalty", -1, "setting_too_small"),
    ("side_penalty", 10**30, "setting_too_large"),
    ("teams_in_debate", 1, "setting_too_small"),
    ("avoid_team_history", 1, "setting_not_true_or_false"),
    ("ballot_introduction", 7, "setting_not_text"),
    ("ballot_introduction", "half a letter: \ud83d", "setting_not_text"),
    ("draw_pairing_method", "\ud83d", "setting_not_text"),
    ("checkin_window_people", 10**400, "setting_not_a_number"),
    ("team_standings_precedence", "wins", "setting_not_a_list"),
    ("draw_pairing_method", "swiss", "setting_not_a_choice"),
    ("draw_pairing_method", ["fold"], "setting_not_a_choice"),
    ("score_step", 0, "setting_too_small"),
    ("score_step", 1e-308, "setting_too_small"),
    ("reply_score_step", -0.5, "setting_too_small"),
    ("bp_renyi_order", -0.5, "setting_too_small"),
    ("bp_position_cost_exponent", -1, "setting_too_small"),
    ("standings_missed_debates", -2, "setting_too_small"),
    ("team_standings_precedence", ["wins", "glory"], "unknown_metric"),
    ("team_standings_precedence", ["subrank"], "unknown_metric"),
    ("team_standings_precedence", ["draw_strength_rank"], "unknown_metric"),
    ("speaker_standings_precedence", ["speaks_sum"], "unknown_metric"),
    ("team_standings_precedence", ["wins", "speaks_sum", "wins"], "repeated_metric"),
    ("speaker_standings_extra_metrics", ["count", "count"], "repeated_metric"),
    ("team_standings_precedence", list(TEAM_METRICS[:9]), "too_many_metrics"),
    ("team_standings_extra_metrics", list(TEAM_METRICS[:6]), "too_many_metrics"),
    ("speaker_standings_precedence", list(SPEAKER_METRICS[:5]), "too_many_metrics"),
    ("speaker_standings_extra_metrics", list(SPEAKER_METRICS[:6]), "too_many_metrics"),
])
def test_a_wrong_value_is_named_with_what_is_possible(name: str, value: Any, code: str) -> None:
    problem = only("australs", **{name: value})
    assert (problem.level, problem.where, problem.code) == ("error", f"settings.{name}", code)
    assert name in problem.message
    assert "(" not in problem.message  # no fact of the sentence is missing
    assert problem.message.encode("utf-8")
    with pytest.raises(ProblemsFound) as caught:
        resolve("australs", {name: value})
    assert caught.value.problems == (problem,)


def test_the_choices_stand_in_the_sentence() -> None:
    assert "slide, fold, random" in only("bp", draw_pairing_method="swiss").message
    assert "trimmed_mean" in only("bp", speaker_standings_precedence=["x"]).message
    assert "lists firsts twice" in only("bp", team_standings_precedence=["firsts"] * 2).message


def test_all_problems_are_listed_together() -> None:
    with pytest.raises(ProblemsFound) as caught:
        resolve("bp", {"score_min": "abc", "side_penalty": -1, "break_ties": "all", "zeal": 3})
    assert {problem.where for problem in caught.value.problems} == {
        "settings.score_min", "settings.side_penalty", "settings.break_ties",
    }


def test_who_beat_whom_may_stand_several_times() -> None:
    metrics = ["wins", "wbw", "speaks_sum", "wbw"]
    assert resolve("bp", {"team_standings_precedence": metrics}).team_standings_precedence == (
        "wins", "wbw", "speaks_sum", "wbw")


def test_metrics_that_never_rank_can_be_shown() -> None:
    shown = ("draw_strength_rank", "subrank", "institution_rank")
    assert resolve("bp", {"team_standings_extra_metrics": list(shown)}) == resolve(
        "bp", {"team_standings_extra_metrics": shown})
    assert set(SHOWN_TEAM_METRICS) - set(TEAM_METRICS) == set(shown)


def test_no_metrics_at_all_are_allowed() -> None:
    assert resolve("bp", {"team_standings_precedence": []}).team_standings_precedence == ()


def test_an_unknown_setting_is_a_warning_and_has_no_effect() -> None:
    problem = only("bp", score_mim=3)
    assert (problem.level, problem.code) == ("warning", "unknown_setting")
    assert "score_min" in problem.message
    assert resolve("bp", {"score_mim": 3}) == resolve("bp", {})


def test_a_name_that_cannot_be_printed_is_escaped() -> None:
    assert only("bp", **{"\ud83d": 1}).where == "settings.\\ud83d"


def test_null_means_not_set() -> None:
    assert check_overrides("bp", {"score_min": None}) == []
    assert resolve("bp", {"score_min": None}).score_min == 50.0


# --- what others read --------------------------------------------------------------------------


def test_sides_follow_the_number_of_teams() -> None:
    assert resolve("australs", {}).sides == TWO_SIDES
    assert resolve("public-speaking", {}).sides == ()
    assert not resolve("public-speaking", {}).is_bp


def test_draw_options_are_the_switches_of_the_rules() -> None:
    options = resolve("apda", {}).draw_options()
    assert tuple(options) == DRAW_OPTIONS
    assert set(DRAW_OPTIONS) == {
        "draw_odd_bracket", "draw_pairing_method", "draw_side_allocations",
        "draw_avoid_conflicts", "draw_pullup_restriction", "avoid_team_history",
        "avoid_same_institution", "team_history_penalty", "team_institution_penalty",
        "side_penalty", "pullup_debates_penalty", "pairing_penalty", "bye_team_selection",
        "bye_team_results", "bp_pullup_distribution", "bp_position_cost", "bp_renyi_order",
        "bp_position_cost_exponent", "bp_assignment_method",
    } | {"draw_matching_scope", "pullup_penalty", "bp_secondary_preferences", "round_robin_legs"}
    assert options["team_history_penalty"] == 100_000
    assert json.loads(json.dumps(options)) == options


def test_every_setting_is_described_once() -> None:
    infos = setting_infos()
    assert len(infos) == len({info.name for info in infos}) == len(Settings.model_fields)
    by_name = {info.name: info for info in infos}
    for info in infos:
        assert info.meaning
        assert info.group
        assert info.default == getattr(Settings(), info.name)
        assert (info.choices is not None) == (info.kind in {"choice", "list"}), info.name
        if info.kind == "choice":
            assert info.choices is not None
            assert info.default in info.choices
    assert by_name["bp_position_cost"].choices == ("simple", "entropy", "variance")
    assert by_name["team_standings_precedence"].choices == TEAM_METRICS
    assert by_name["score_min"].kind == "number"
    assert by_name["teams_in_debate"].kind == "whole"
    assert by_name["enable_motions"].group == "Motions"


def test_settings_cannot_be_changed_and_refuse_unknown_names() -> None:
    with pytest.raises(ValueError, match="frozen"):
        resolve("bp", {}).score_min = 0.0  # type: ignore[misc]
    with pytest.raises(ValueError, match="Extra inputs"):
        Settings.model_validate({"zeal": 1})


def test_the_json_form_writes_whole_marks_without_a_point() -> None:
    form = resolve("wsdc", {}).as_json()
    assert form["score_min"] == 60
    assert isinstance(form["score_min"], int)
    assert form["score_step"] == 0.5
    assert form["team_standings_precedence"] == ["wins", "num_adjs", "speaks_avg"]


# --- shipped files -----------------------------------------------------------------------------


def test_a_shipped_file_is_found_in_the_source_tree() -> None:
    assert resources.resource_path("presets", "bp.json").is_file()


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match="nothing") as caught:
        resources.resource_path("presets", "nothing.json")
    assert Path(str(caught.value.filename)).name == "nothing.json"


def test_a_frozen_build_reads_only_its_own_bundle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    with pytest.raises(FileNotFoundError):
        resources.resource_path("presets")
    (tmp_path / "resources" / "presets").mkdir(parents=True)
    (tmp_path / "resources" / "presets" / "b.json").write_text("2", encoding="utf-8")
    (tmp_path / "resources" / "presets" / "a.json").write_text("1", encoding="utf-8")
    (tmp_path / "resources" / "presets" / "a.txt").write_text("no", encoding="utf-8")
    assert list(resources.resource_texts("presets", suffix=".json").items()) == [
        ("a", "1"), ("b", "2")]


def test_an_installed_package_reads_its_own_resources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "tabapp"
    (tmp_path / "resources").mkdir()
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resources.resource_path() == tmp_path / "resources"
    (package / "resources").mkdir(parents=True)
    assert resources.resource_path() == package / "resources"
