"""The balance report: counts before and after, categories, and the rounds before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tabapp.domain.draw.balance import BalanceReport, balance_report, lean_of, spread_of
from tabapp.domain.draw.positions import Change, balance_change
from tabapp.domain.types import (
    BP_SIDES,
    TWO_SIDES,
    ResultData,
    RoundInfo,
    Side,
    Stage,
    TeamInfo,
)


def results(
    rounds: Sequence[Mapping[str, Side]], sides: tuple[Side, ...],
    kinds: Sequence[str] = (), stages: Sequence[Stage] = (),
) -> ResultData:
    """Return results in which each round is team -> side."""
    names = sorted({team for one in rounds for team in one})
    rows = [
        (names.index(team), at, sides.index(side) if side in sides else -1)
        for at, one in enumerate(rounds) for team, side in one.items()]
    whole = np.array(rows, dtype=np.int64).reshape(-1, 3)
    nothing = np.full(len(rows), np.nan)
    flags = np.zeros(len(rows), dtype=np.bool_)
    none = np.zeros(0, dtype=np.int64)
    empty = np.zeros(0)
    no = np.zeros(0, dtype=np.bool_)
    return ResultData(
        teams=tuple(TeamInfo(id=one, name=f"Team {one}") for one in names), speakers=(),
        rounds=tuple(
            RoundInfo(
                seq=at + 1, kind=kinds[at] if kinds else "",
                stage=stages[at] if stages else Stage.PRELIMINARY)
            for at in range(len(rounds))),
        team_team=whole[:, 0], team_debate=whole[:, 0], team_round=whole[:, 1],
        team_side=whole[:, 2], team_points=nothing, team_win=nothing, team_score=nothing,
        team_margin=nothing, team_votes_given=nothing, team_votes_possible=nothing,
        team_ghost=flags, team_pullup=flags, team_confirmed=flags, team_averaged=flags,
        speech_speaker=none, speech_team=none, speech_debate=none, speech_round=none,
        speech_position=none, speech_score=empty, speech_rank=empty,
        speech_ghost=no, speech_reply=no)


def histories(*teams: str) -> list[dict[str, Side]]:
    """Return rounds from each team's sides as "name: og oo og"."""
    split = {one.split(":")[0]: one.split(":")[1].split() for one in teams}
    return [
        {name: Side(sides[at]) for name, sides in split.items() if sides[at] != "-"}
        for at in range(max(map(len, split.values())))]


def bp(placed: Mapping[str, Side], *teams: str) -> BalanceReport:
    rounds = histories(*teams)
    return balance_report(
        results(rounds, BP_SIDES), BP_SIDES, round_seq=len(rounds) + 1, kind="",
        teams=[one.split(":")[0] for one in teams], placed=placed)


def changes(report: BalanceReport) -> dict[str, Change]:
    return {team.id: team.change for team in report.teams}


def test_each_category_is_told_and_the_worst_comes_first() -> None:
    report = bp(
        {"A": Side.OG, "B": Side.CO, "C": Side.OG, "D": Side.CG, "E": Side.OO},
        "A:og oo og", "B:og og oo", "C:og og oo", "D:og oo cg", "E:og og cg")
    # A had 2 1 0 0, which is 2 apart: never balanced from there
    assert changes(report) == {
        "A": "still_bad", "B": "improving", "C": "still_bad", "D": "regression",
        "E": "improving"}
    assert [team.id for team in report.teams] == ["A", "C", "D", "B", "E"]
    assert report.counts == {"still_bad": 2, "improving": 2, "regression": 1}


def test_a_history_that_evens_out_is_resolved() -> None:
    report = bp({"A": Side.CO}, "A:og og oo cg")
    (team,) = report.teams
    assert (team.before, team.after) == ((2, 1, 1, 0), (2, 1, 1, 1))
    assert team.change == "resolved"
    assert team.is_balanced
    assert report.points[-1].uneven == 0
    assert team.trend == (1, 2, 2, 2, 1)


def test_the_trend_counts_the_teams_of_the_report_after_each_round() -> None:
    report = bp({}, "A:og og oo", "B:oo og og", "C:- og oo")
    assert [(one.seq, one.uneven) for one in report.points] == [(1, 0), (2, 1), (3, 2)]
    assert [dict(one.counts) for one in report.points] == [
        {"none": 3}, {"regression": 1, "none": 2},
        {"improving": 1, "regression": 1, "none": 1}]
    assert not report.is_placed
    assert all(team.after == team.before and team.side is None for team in report.teams)


def test_a_bye_and_a_team_that_is_not_placed_change_nothing() -> None:
    report = bp({"A": Side.BYE, "C": Side.OG}, "A:og og", "B:og og", "C:og oo")
    found = {team.id: team for team in report.teams}
    assert found["A"].change == "still_bad"
    assert found["A"].after == (2, 0, 0, 0)
    assert found["A"].trend == (1, 2, 2)
    assert found["B"].trend == (1, 2)
    assert found["C"].after == (2, 1, 0, 0)


def test_later_rounds_and_elimination_rounds_do_not_count() -> None:
    rounds = histories("A:aff aff aff", "B:neg neg neg")
    data = results(
        rounds, TWO_SIDES,
        stages=(Stage.PRELIMINARY, Stage.ELIMINATION, Stage.PRELIMINARY))
    report = balance_report(
        data, TWO_SIDES, round_seq=3, kind="", teams=("A",), placed={"A": Side.AFF})
    assert report.teams[0].before == (1, 0)
    assert [one.seq for one in report.points] == [1, 3]


def test_rounds_of_the_kind_are_counted_beside_all_of_them() -> None:
    rounds = histories("A:aff neg aff", "B:neg aff neg")
    data = results(rounds, TWO_SIDES, kinds=("prepared", "impromptu", "prepared"))
    report = balance_report(
        data, TWO_SIDES, round_seq=4, kind="prepared", teams=("A", "B"),
        placed={"A": Side.NEG, "B": Side.AFF})
    found = {team.id: team for team in report.teams}
    assert (found["A"].kind_before, found["A"].kind_after) == ((2, 0), (2, 1))
    assert (lean_of(found["A"].before), lean_of(found["A"].after)) == (1, 0)
    assert found["A"].change == "none"
    plain = balance_report(
        data, TWO_SIDES, round_seq=4, kind="", teams=("A",), placed={"A": Side.NEG})
    assert plain.teams[0].kind_after == ()


def test_nobody_makes_an_empty_report() -> None:
    report = balance_report(
        results([], BP_SIDES), BP_SIDES, round_seq=1, kind="", teams=(), placed={})
    assert report.teams == ()
    assert report.points == ()
    assert spread_of(()) == 0


def test_the_categories_are_those_of_the_rule() -> None:
    report = bp({"A": Side.OO}, "A:og oo og cg")
    assert report.teams[0].change == balance_change((2, 1, 1, 0), 1)
