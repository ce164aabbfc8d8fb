"""Scores that are the weighted sum of marks by criterion, by numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.archive import Criterion
from tabapp.domain.ballots import DebateContext, as_history, check_ballot, decide, fill_sums
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import Stage
from tests.domain.results.papers import ballot, debate, good_sheet

CRITERIA = {
    one.id: one for one in (
        Criterion(id="C1", name="Content", weight=2.0, min=10, max=20, step=0.5),
        Criterion(id="C2", name="Style", weight=1.0, max=40),
        Criterion(id="C3", name="Strategy", weight=0.5, min=20),
    )
}
MARKS = {"C1": 15.5, "C2": 30, "C3": 28}
"""2 · 15.5 + 30 + 0.5 · 28 = 75."""


def room(stage: Stage = Stage.PRELIMINARY) -> DebateContext:
    where: DebateContext = replace(debate(stage), criteria=CRITERIA)
    return where


def marked(criteria: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A good sheet whose first speech (75 of OG's 155) has marks by criterion."""
    sheet = good_sheet()
    sheet["sides"][0]["speeches"][0].update({"criteria": criteria, **more})
    return sheet


def found(sheet: dict[str, Any], rules: Settings, where: DebateContext | None = None) -> Any:
    return [
        (one.where, one.code) for one in check_ballot(ballot(sheet), where or room(), rules)]


@pytest.mark.parametrize("score", [75, None])
def test_a_score_is_the_sum_of_weights_and_marks(score: float | None, bp: Settings) -> None:
    sheet = marked(MARKS, score=score)
    assert found(sheet, bp) == []
    result = decide(ballot(sheet), room(), bp)
    assert result.teams[0].score == 155
    assert [(one.speaker, one.score) for one in result.speeches][:2] == [("S0a", 75), ("S0b", 80)]


def test_the_criteria_count_and_not_a_score_that_contradicts_them(bp: Settings) -> None:
    sheet = marked(MARKS | {"C1": 20}, score=75)
    (problem,) = check_ballot(ballot(sheet), room(), bp)
    assert (problem.where, problem.code, problem.level) == (
        "D31 og speech 1", "score_against_criteria", "error")
    assert "Ann (og, speech 1) has the score 75" in problem.message
    assert "add up to 84" in problem.message
    assert [one.level for one in as_history([problem])] == ["warning"]
    result = decide(ballot(sheet), room(), bp)
    assert (result.teams[0].score, result.teams[0].points) == (164, 3)


def test_without_any_mark_by_criterion_the_entered_score_counts(bp: Settings) -> None:
    assert found(marked({}), bp) == []
    assert decide(ballot(marked({})), room(), bp).teams[0].score == 155


def test_a_criterion_without_a_mark_is_told_once(bp: Settings) -> None:
    for score, total in ((75, 155), (None, 80)):
        sheet = marked({"C1": 15.5}, score=score)
        (problem,) = check_ballot(ballot(sheet), room(), bp)
        assert (problem.where, problem.code) == ("D31 og speech 1", "criteria_missing")
        assert "no mark of Ann for Style and Strategy" in problem.message
        assert decide(ballot(sheet), room(), bp).teams[0].score == total


@pytest.mark.parametrize(
    ("mark", "code", "words"),
    [
        ({"C1": 21, "C2": 19}, "criterion_out_of_range", "Content in D31 is not 10 to 20"),
        ({"C2": 41, "C3": 6 + 20}, "criterion_out_of_range", "Style in D31 is not at most 40"),
        ({"C3": 19, "C2": 34.5}, "criterion_out_of_range", "Strategy in D31 is not 20 or more"),
        ({"C1": 15.25, "C2": 30.5}, "criterion_off_step", "step of 0.5 from 10"),
    ],
)
def test_a_mark_must_be_one_of_its_criterion(
    mark: dict[str, float], code: str, words: str, bp: Settings
) -> None:
    given_ballot = ballot(marked(MARKS | mark, score=None))
    told = check_ballot(given_ballot, room(), bp)
    assert [(one.where, one.code) for one in told] == [("D31 og speech 1", code)]
    assert words in told[0].message
    assert {one.level for one in as_history(told)} == {"warning"}


def test_a_sum_may_lie_between_steps_but_not_outside_the_range(bp: Settings) -> None:
    assert found(marked(MARKS | {"C3": 28.5}, score=None), bp) == []
    assert found(marked({"C1": 20, "C2": 40, "C3": 42}, score=None), bp) == [
        ("D31 og speech 1", "score_out_of_range")]


def test_where_no_scores_are_asked_marks_by_criterion_are_none_either(bp: Settings) -> None:
    sheet = {**marked(MARKS, score=None), "winners": ["oo", "co"]}
    codes = [code for _where, code in found(sheet, bp, room(Stage.ELIMINATION))]
    assert set(codes) == {"scores_not_asked"}


def test_places_follow_the_sums(bp: Settings) -> None:
    sheet = marked(MARKS | {"C2": 25}, score=None)
    assert [one.rank for one in decide(ballot(sheet), room(), bp).teams] == [2, 2, 4, 1]
    assert found(sheet, bp) == [("D31", "tied_totals")]


def test_missing_scores_are_filled_in_and_others_kept() -> None:
    sheet = marked(MARKS, score=None)
    sheet["sides"][1]["speeches"][0].update(criteria=MARKS, score=60)
    sheet["sides"][2]["speeches"][0].update(criteria={"C1": 15}, score=None)
    filled = fill_sums(ballot(sheet), CRITERIA).sheets[0].sides
    assert [side.speeches[0].score for side in filled] == [75, 60, None, 75]
    assert fill_sums(ballot(sheet), {}) == ballot(sheet)


@given(
    marks=st.lists(
        st.tuples(st.floats(-3, 3), st.floats(0, 50)), min_size=1, max_size=6))
def test_any_sum_is_the_plain_one(marks: list[tuple[float, float]]) -> None:
    criteria = {f"C{n}": Criterion(id=f"C{n}", weight=weight)
                for n, (weight, _mark) in enumerate(marks)}
    sheet = marked({f"C{n}": mark for n, (_weight, mark) in enumerate(marks)}, score=None)
    result = decide(ballot(sheet), replace(debate(), criteria=criteria), resolve("bp", {}))
    wanted = 0.0
    for weight, mark in marks:
        wanted += weight * mark
    assert result.speeches[0].score == pytest.approx(wanted, abs=1e-8)
