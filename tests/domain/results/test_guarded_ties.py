"""Single changes of ballots where many teams are level: the guard against the break itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tabapp.domain.breaks import qualify
from tabapp.domain.breaks.guard_cases import Judge, cases_of
from tabapp.domain.breaks.guard_fork import with_result
from tabapp.domain.breaks.guard_values import GuardInput, Membership
from tabapp.domain.types import ResultData
from tests.domain.results.test_guarded_ballots import given, made_up, rows_of

OF_OPPONENTS = ("points", "draw_strength", "draw_strength_speaks", "firsts")


def by_the_break(found: GuardInput, data: ResultData) -> Membership:
    lists = qualify(
        data, found.categories, metrics=found.metrics,
        ties="all" if found.ties_all else "ask", two_team=found.two_team)
    return {one.category: (one.breaking, frozenset(
        row.team for row in one.rows if row.remark == "tied")) for one in lists}


@pytest.mark.parametrize("metrics", [
    ("points",), ("points", "draw_strength"), OF_OPPONENTS, ("points", "draw_strength", "wbw"),
    ("draw_strength_speaks", "speaks_stddev"),
])
@pytest.mark.parametrize("seed", range(4))
def test_level_teams_are_told_apart_by_whom_they_met(
    metrics: tuple[str, ...], seed: int
) -> None:
    data = made_up(seed, 4, 5, 3)
    found = replace(given(data, 4, out=(10, 11), unchecked=(12, 5), sizes=(6, 4)), metrics=metrics)
    cases = [case for one in found.ballots for case in cases_of(found, one)]
    judge = Judge(found)
    assert judge.base == by_the_break(found, found.data)
    assert judge.judge(cases) == [
        by_the_break(found, with_result(found.data, rows_of(data, case.ballot.number), case.result))
        for case in cases]


@pytest.mark.parametrize("seed", range(4))
def test_level_teams_come_in_whole_where_the_tournament_lets_them(seed: int) -> None:
    data = made_up(seed, 2, 10, 3)
    found = replace(
        given(data, 2, out=(20, 21), unchecked=(22, 15), sizes=(6, 4)),
        metrics=("wins", "draw_strength"), ties_all=True)
    cases = [case for one in found.ballots for case in cases_of(found, one)]
    assert Judge(found).judge(cases) == [
        by_the_break(found, with_result(found.data, rows_of(data, case.ballot.number), case.result))
        for case in cases]


def test_whom_teams_met_is_not_asked_of_the_whole_standings(
    monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ranking the whole field for every change takes seconds in a large one."""
    found = replace(
        given(made_up(1, 4, 5, 3), 4, out=(10, 11), sizes=(6, 4)), metrics=OF_OPPONENTS)
    judge = Judge(found)

    def refuse(*_given: object) -> None:
        raise AssertionError("the whole field was ranked")

    monkeypatch.setattr("tabapp.domain.breaks.guard_cases.team_ranks", refuse)
    assert judge.judge(cases_of(found, found.ballots[0]))
