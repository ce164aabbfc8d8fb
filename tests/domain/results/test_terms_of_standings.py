"""The rows of an explanation add up to the number of the table, for every metric."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.snapshots import result_data
from tabapp.domain.standings import (
    SPEAKER_METRICS,
    TEAM_METRICS,
    adjudicator_standings,
    reply_standings,
    speaker_standings,
    team_standings,
)
from tabapp.domain.standings.explained import (
    adjudicator_terms,
    rank_step,
    round_terms,
    speaker_terms,
    team_terms,
)
from tabapp.domain.standings.recipes import SPEAKER_RECIPES, TEAM_RECIPES
from tabapp.domain.standings.terms import Fold, folded
from tabapp.domain.types import AdjudicatorInfo, ResultData, Value
from tests.random_shapes import Shape

EXTRA = tuple(sorted(set(TEAM_METRICS) - {"wbw"}))
METRICS = ("wbw", "points", "wbw", "speaks_sum", "wbw")
PRESETS = ("bp", "australs", "wsdc", "apda")


@lru_cache(maxsize=8)
def _data(shape_key: tuple[int, str]) -> ResultData:
    seed, preset = shape_key
    shape = Shape.of(seed, 24, preset)
    return result_data(shape.make(play=True), shape.rules)


def _same(one: Value, other: float | None) -> bool:
    if isinstance(one, int | float):
        return other is not None and math.isclose(one, other, rel_tol=0, abs_tol=1e-6)
    return other is None


def test_every_metric_says_from_which_rows_it_is_made() -> None:
    assert set(TEAM_RECIPES) == set(TEAM_METRICS)
    assert set(SPEAKER_RECIPES) == set(SPEAKER_METRICS)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 300), st.sampled_from(PRESETS), st.booleans())
def test_the_terms_of_a_team_add_up_to_every_number_of_the_table(
    seed: int, preset: str, early: bool
) -> None:
    data = _data((seed, preset))
    until = 2 if early else None
    table = team_standings(data, metrics=METRICS, extra=EXTRA, until=until)
    for row in (*table.rows[:3], table.rows[len(table.rows) // 2], table.rows[-1]):
        for key, value in row.values.items():
            terms = team_terms(
                data, row.id, key, metrics=METRICS, extra=EXTRA, until=until)
            assert terms.value == value, key
            assert _same(value, terms.total), (key, value, terms)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 300), st.sampled_from(PRESETS))
def test_the_terms_of_a_speaker_add_up_to_every_number_of_the_table(
    seed: int, preset: str
) -> None:
    data = _data((seed, preset))
    metrics = tuple(sorted(SPEAKER_METRICS))
    table = speaker_standings(data, metrics=metrics)
    replies = reply_standings(data)
    for found, with_reply in ((table, False), (replies, True)):
        for row in (*found.rows[:4], *found.rows[-2:]):
            for key, value in row.values.items():
                terms = speaker_terms(
                    data, row.id, key, metrics=found.metrics, replies=with_reply)
                assert terms.value == value
                assert _same(value, terms.total), (key, value, terms)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 300), st.sampled_from(PRESETS))
def test_who_stands_above_differs_first_where_the_rank_says_so(seed: int, preset: str) -> None:
    data = _data((seed, preset))
    table = team_standings(data, metrics=("points", "speaks_sum", "firsts"))
    for row in table.rows:
        step = rank_step(table, row.id)
        assert bool(step.tied) == row.tied
        if row.rank == 1:
            assert not step.above
            continue
        above = next(one for one in table.rows if one.id == step.above)
        assert (above.rank or 0) < (row.rank or 0)
        at = table.metrics.index(step.key)
        for key in table.metrics[:at]:
            assert row.values[key] == pytest.approx(above.values[key])
        assert (row.values[step.key], above.values[step.key]) == (step.own, step.other)
        assert step.own != step.other


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 300))
def test_a_round_shows_the_whole_room_the_best_first(seed: int) -> None:
    data = _data((seed, "bp"))
    confirmed = np.flatnonzero(data.team_confirmed & (data.team_side >= 0))
    row = int(confirmed[0])
    team, seq = data.teams[data.team_team[row]].id, data.rounds[data.team_round[row]].seq
    found = round_terms(data, team, seq)
    assert len(found.terms) == 4
    points = [one.debated.points for one in found.terms if one.debated is not None]
    assert points == sorted(points, key=lambda one: -(one or 0))
    own = [one for one in found.terms if one.counts]
    assert [one.about for one in own] == [team]
    assert _same(found.value, found.total)


def test_a_round_that_a_team_did_not_debate_has_no_terms() -> None:
    data = _data((1, "bp"))
    with pytest.raises(KeyError):
        round_terms(data, data.teams[0].id, 99)


def test_the_score_of_a_judge_is_base_and_feedback_by_weight() -> None:
    judges = [
        AdjudicatorInfo("J1", "A", base_score=4.0, feedback=8.0, feedback_count=2),
        AdjudicatorInfo("J2", "B", base_score=6.0)]
    table = adjudicator_standings(judges, feedback_weight=0.25)
    values = {row.id: row.values["score"] for row in table.rows}
    for judge, parts in zip(judges, ([3.0, 2.0], [6.0]), strict=True):
        terms = adjudicator_terms(judge, values[judge.id], 0.25)
        assert [one.amount for one in terms.terms] == parts
        assert _same(terms.value, terms.total)


def test_nothing_to_put_together_is_blank_or_nought_as_the_metric_says() -> None:
    assert folded(Fold.SUM, []) == 0
    assert folded(Fold.PLACE, []) == 1
    assert folded(Fold.SUM_OR_BLANK, []) is None
    assert folded(Fold.MEAN, []) is None
    assert folded(Fold.SPREAD, [1.0, 3.0]) == 1.0
