"""What is wrong with the values of settings, one by one and together."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from tabapp.core.errors import Level, Problem
from tabapp.domain.formats.combinations import (
    INTERMEDIATE,
    Clash,
    idle_options,
    is_whole_round,
    odd_bracket_clash,
    pairing_clash,
)
from tabapp.domain.formats.settings import Settings, setting_infos, setting_names
from tabapp.domain.types import TWO_SIDES

Finding = tuple[tuple[str, ...], Problem]
"""The settings that a problem comes from, and the problem; it stands at the first of them."""

_WHOLE_METRICS = frozenset({
    "wins", "points", "firsts", "seconds", "thirds", "npullups", "pullup_debates", "num_iron",
    "draw_strength",
})

_TYPE_CODES = {
    "float_type": "setting_not_a_number",
    "finite_number": "setting_not_a_number",
    "int_type": "setting_not_whole",
    "bool_type": "setting_not_true_or_false",
    "string_type": "setting_not_text",
    "string_unicode": "setting_not_text",
    "tuple_type": "setting_not_a_list",
}


def examine(values: Mapping[str, Any]) -> tuple[Settings | None, list[Problem]]:
    """Validate known settings over the defaults; all problems, errors and warnings alike.

    The settings are None where a value alone is wrong. The combinations of the others are
    checked even then, save those in which a wrong value takes part.
    """
    try:
        settings = Settings.model_validate(dict(values))
    except ValidationError as error:
        details = error.errors(include_url=False)
        wrong = {str(detail["loc"][0]) for detail in details}
        rest = {name: value for name, value in values.items() if name not in wrong}
        problems = [_value_problem(detail, values) for detail in details]
        return None, problems + _together(Settings.model_validate(rest), wrong)
    return settings, _together(settings, set())


def unknown_setting(name: str) -> Problem:
    """Warn of a setting that does not exist; it is kept and has no effect."""
    shown = _printable(name[:60])
    nearest = get_close_matches(shown, sorted(setting_names()), n=1, cutoff=0.0)
    return Problem.of(
        "warning", f"settings.{shown}", "unknown_setting", name=shown, nearest=nearest[0],
    )


def _value_problem(detail: ErrorDetails, values: Mapping[str, Any]) -> Problem:
    name = str(detail["loc"][0])
    kind, context = detail["type"], detail.get("ctx", {})
    facts: dict[str, object] = {"name": name, "value": _shown(detail["input"])}
    if kind == "literal_error":
        code = "setting_not_a_choice" if len(detail["loc"]) == 1 else "unknown_metric"
        facts["choices"] = ", ".join(_choices(name))
    elif kind == "repeated_metric":
        code, facts["value"] = kind, context["metric"]
    elif kind == "too_long":
        code, facts["limit"] = "too_many_metrics", context["max_length"]
        facts["count"] = len(values[name])
    elif kind == "greater_than_equal":
        code, facts["limit"] = "setting_too_small", _number(context["ge"])
    elif kind == "less_than_equal":
        code, facts["limit"] = "setting_too_large", _number(context["le"])
    else:
        code = _TYPE_CODES[kind]
    return Problem.of("error", f"settings.{name}", code, **facts)


def _choices(name: str) -> tuple[str, ...]:
    return next(info.choices or () for info in setting_infos() if info.name == name)


def _number(value: float) -> str:
    """Write a number as people do: 70 rather than 70.0."""
    return f"{value:.10g}"


def _printable(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _shown(value: object) -> str:
    text = _printable(json.dumps(value, default=str, ensure_ascii=False))
    return text if len(text) <= 60 else f"{text[:57]}…"


def _together(settings: Settings, wrong: set[str]) -> list[Problem]:
    return [
        problem
        for check in _CHECKS
        for names, problem in check(settings)
        if wrong.isdisjoint(names)
    ]


def _finding(level: Level, code: str, *names: str, **facts: object) -> Finding:
    return names, Problem.of(level, f"settings.{names[0]}", code, **facts)


def _score_ranges(settings: Settings) -> Iterator[Finding]:
    if settings.score_min >= settings.score_max:
        yield _range("score_min", "score_max", settings)
    if settings.reply_scores_enabled and settings.reply_score_min >= settings.reply_score_max:
        yield _range("reply_score_min", "reply_score_max", settings, "reply_scores_enabled")
    if settings.adj_min_score > settings.adj_max_score:
        yield _range("adj_min_score", "adj_max_score", settings)


def _range(low: str, high: str, settings: Settings, *others: str) -> Finding:
    return _finding(
        "error", "empty_score_range", low, high, *others, low=low, high=high,
        low_value=_number(getattr(settings, low)), high_value=_number(getattr(settings, high)),
    )


def _two_team_draw(settings: Settings) -> Iterator[Finding]:
    """Only two-team draws use these options, so no other format is judged by them."""
    if settings.teams_in_debate != len(TWO_SIDES):
        return
    for clash in (odd_bracket_clash(settings), pairing_clash(settings)):
        if clash:
            yield _of_clash("error", clash)
    for clash in idle_options(settings):
        yield _of_clash("warning", clash)
    rule, first = settings.draw_odd_bracket, settings.team_standings_precedence[:1]
    fractional = first and first[0] not in _WHOLE_METRICS
    if fractional and rule in INTERMEDIATE and not is_whole_round(settings):
        yield _finding(
            "warning", "intermediate_needs_whole_points", "draw_odd_bracket",
            "draw_avoid_conflicts", "draw_matching_scope", "teams_in_debate",
            "team_standings_precedence", rule=rule, metric=first[0],
        )


def _of_clash(level: Level, clash: Clash) -> Finding:
    return _finding(level, clash.code, *clash.names, "teams_in_debate", **clash.facts)


def _ballots(settings: Settings) -> Iterator[Finding]:
    teams, dissenters = settings.teams_in_debate, settings.margin_includes_dissenters
    if teams == 2:
        return
    together = ("margin_includes_dissenters", "teams_in_debate")
    for name in ("ballots_per_debate_prelim", "ballots_per_debate_elim"):
        if getattr(settings, name) == "per-adj" and not dissenters:
            yield _finding(
                "error", "ballots_per_judge_need_two_teams", name, *together,
                name=name, teams=teams,
            )
    if settings.is_bp and settings.ballots_per_debate_elim == "per-adj" and dissenters:
        yield _finding(
            "error", "bp_elimination_needs_consensus", "ballots_per_debate_elim", *together)
    if not settings.is_bp and settings.ballots_per_debate_prelim != "per-adj":
        yield _finding(
            "error", "team_count_needs_public_speaking", "teams_in_debate",
            "ballots_per_debate_prelim", teams=teams,
        )


def _breaks(settings: Settings) -> Iterator[Finding]:
    if settings.is_bp and settings.break_ties == "all":
        yield _finding("error", "bp_break_cannot_grow", "break_ties", "teams_in_debate")


_CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    _score_ranges, _two_team_draw, _ballots, _breaks,
)
