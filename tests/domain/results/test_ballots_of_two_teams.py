"""Ballots of two teams on one sheet: winners, margins and replies."""

from __future__ import annotations

from typing import Any

import pytest

from tabapp.domain.ballots import (
    check_ballot,
    decide,
)
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import TWO_SIDES
from tests.domain.results.papers import (
    ballot,
    debate,
    problems,
    sheet_of,
    speech,
)

# --- two teams, one sheet ----------------------------------------------------------------------


def two_teams(winners: str = "none", **more: Any) -> Settings:
    return resolve("australs", {
        "ballots_per_debate_prelim": "per-debate", "substantive_speakers": 2,
        "reply_scores_enabled": False, "winners_in_ballots": winners, "score_min": 60,
        "score_max": 90, **more,
    })  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "totals", "winner", "codes", "wins"),
    [
        ("none", (155, 150), None, [], [True, False]),
        ("none", (150, 150), None, ["tied_totals"], [None, None]),
        ("high-points", (155, 150), ["aff"], [], [True, False]),
        ("high-points", (155, 150), ["neg"], ["winner_not_highest"], [True, False]),
        ("high-points", (155, 150), None, ["winner_missing"], [True, False]),
        ("tied-points", (150, 150), ["neg"], [], [False, True]),
        ("low-points", (155, 150), ["neg"], [], [False, True]),
    ],
)
def test_the_winner_of_two_follows_the_rule(
    rule: str, totals: Any, winner: Any, codes: list[str], wins: list[Any]
) -> None:
    rules, where = two_teams(rule), debate(sides=TWO_SIDES)
    sheet = {**sheet_of(*totals, sides=TWO_SIDES), "winners": winner}
    assert [c for _w, c in problems(sheet, rules, where)] == codes
    result = decide(ballot(sheet), where, rules)
    assert [t.win for t in result.teams] == wins
    assert result.teams[0].margin == totals[0] - totals[1]


def test_the_other_of_two_wins_by_forfeit() -> None:
    rules, where = two_teams(), debate(sides=TWO_SIDES)
    assert problems(None, rules, where, forfeit=["aff"]) == []
    teams = decide(ballot(None, forfeit=["aff"]), where, rules).teams
    assert [(t.win, t.points, t.score) for t in teams] == [(False, 0, None), (True, 1, None)]
    both = decide(ballot(None, forfeit=["aff", "neg"]), where, rules).teams
    assert [t.points for t in both] == [0, 0]


def test_a_margin_can_be_too_large() -> None:
    rules, where = two_teams(maximum_margin=4), debate(sides=TWO_SIDES)
    found = problems(sheet_of(155, 150, sides=TWO_SIDES), rules, where)
    assert found == [("D31", "margin_too_large")]


def test_replies_have_their_own_range_and_speaker() -> None:
    rules = two_teams(reply_scores_enabled=True)
    sheet = sheet_of(155, 150, sides=TWO_SIDES)
    sheet["sides"][0]["speeches"].append(speech(3, "S0b", 37.5))
    sheet["sides"][1]["speeches"].append(speech(3, "S9", 75, substitute_for="S1a"))
    found = check_ballot(ballot(sheet), debate(sides=TWO_SIDES), rules)
    assert [(p.where, p.code, p.level) for p in found] == [
        ("D31 aff speech 3", "reply_by_last_speaker", "warning"),
        ("D31 neg speech 3", "score_out_of_range", "error"),
        ("D31 neg speech 3", "reply_without_speech", "error"),
    ]
    result = decide(ballot(sheet), debate(sides=TWO_SIDES), rules)
    assert [s.reply for s in result.speeches] == [False, False, True] * 2
