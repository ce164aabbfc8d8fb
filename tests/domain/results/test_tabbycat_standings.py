"""Standings and the balance of motions against the worked cases of Tabbycat's own tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.fairness import DebateRecord, Verdict, balance_of, side_test, veto_test
from tabapp.domain.standings import reply_standings, speaker_standings, team_standings
from tabapp.domain.types import RoundInfo, SpeakerInfo, Stage, Standings

# --- two teams, two rounds: the first wins both and is pulled up both times ---------------------

Rows = list[dict[str, Any]]


def duel(seq: int, first: float, second: float, *, wins: bool = True, **more: Any) -> Rows:
    votes = more.pop("votes", 1)
    return [
        {"team": team, "debate": seq, "seq": seq, "points": float(won), "win": float(won),
         "score": own, "margin": own - other, "votes_given": votes * won,
         "votes_possible": votes, "pullup": team == "1" and seq < 3, **more}
        for team, own, other, won in (("1", first, second, wins), ("2", second, first, not wins))
    ]


SPEAKERS = (SpeakerInfo("S1", "Speaker 1", 0), SpeakerInfo("S2", "Speaker 2", 1))


def field(columns: Any, *, extra: bool = False, third: str = "") -> Any:
    """Make the two rounds; ``third`` adds a third that counts for nothing, or nearly."""
    teams = {"1": None, "2": None} | ({"extra": None} if extra else {})
    rows = [*duel(1, 101, 99), *duel(2, 102, 98)]
    speeches = [
        {"speaker": n, "team": n, "debate": seq, "seq": seq, "score": score}
        for seq in (1, 2) for n, score in enumerate((100 + seq, 100 - seq))]
    if third:
        rows += duel(3, 300, 325, wins=False, votes=3, confirmed=third == "elimination")
    if third == "elimination":
        speeches += [{"speaker": n, "team": n, "debate": 3, "seq": 3, "score": score}
                     for n, score in enumerate((350, 375))]
    data = columns(teams, rows, speeches, speakers=SPEAKERS, weights=(1, 1, 1))
    if third == "elimination":
        rounds = (*data.rounds[:2], RoundInfo(3, Stage.ELIMINATION))
        data = replace(data, rounds=rounds)
    return data


def of_teams(table: Standings, key: str) -> list[Any]:
    return [row.values[key] for row in sorted(table.rows, key=lambda one: one.id)]


METRICS: dict[str, list[float]] = {
    "points": [2, 0], "wins": [2, 0], "speaks_sum": [203, 197], "speaks_avg": [101.5, 98.5],
    "speaks_ind_avg": [101.5, 98.5], "speaks_stddev": [0.5, 0.5], "draw_strength": [0, 4],
    "draw_strength_speaks": [394, 406], "margin_sum": [6, -6], "margin_avg": [3, -3],
    "num_adjs": [6, 0], "npullups": [2, 0], "firsts": [0, 0],
    # of Tabbycat's fault 13.6 we count what the name says: both teams stood in both rooms
    "pullup_debates": [2, 2],
}


@pytest.mark.parametrize("third", ["", "elimination", "unconfirmed"])
@pytest.mark.parametrize("key", METRICS)
def test_a_metric_of_two_teams_and_two_rounds(key: str, third: str, columns: Any) -> None:
    table = team_standings(field(columns, third=third), metrics=[key])
    expected = METRICS[key]
    if third == "unconfirmed" and key.startswith("draw_strength"):
        # they did meet a third time, and have no more wins and marks for it
        expected = [value * 3 / 2 for value in expected]
    assert of_teams(table, key) == pytest.approx(expected)


@pytest.mark.parametrize("third", ["", "elimination", "unconfirmed"])
@pytest.mark.parametrize(("before", "values"), [
    (["points"], ["n/a", "n/a"]), ([], [2, 0]), (["firsts"], [2, 0])])
def test_who_beat_whom_looks_at_the_metrics_before_it(
    before: list[str], values: list[Any], third: str, columns: Any
) -> None:
    table = team_standings(field(columns, third=third), metrics=[*before, "wbw"])
    assert of_teams(table, "wbw1") == values


def ranks(table: Standings, *keys: str) -> list[tuple[Any, ...]]:
    return [(row.rank, row.tied, *(row.values[key] for key in keys))
            for row in sorted(table.rows, key=lambda one: one.id)]


def test_ranks_and_subranks(columns: Any) -> None:
    data = field(columns)
    for extra in (["subrank"], ["subrank", "points"]):
        level = team_standings(data, metrics=[], extra=extra)
        assert ranks(level, "subrank") == [(1, True, 1), (1, True, 1)]
    assert ranks(team_standings(data, metrics=["points"])) == [(1, False), (2, False)]
    assert ranks(team_standings(data, metrics=["speaks_sum"])) == [(1, False), (2, False)]
    both = team_standings(data, metrics=["points", "speaks_sum"], extra=["subrank"])
    assert ranks(both, "subrank") == [(1, False, 1), (2, False, 1)]


def test_a_team_without_a_debate_has_no_wins_and_no_points(columns: Any) -> None:
    data = field(columns, extra=True)
    assert ranks(team_standings(data, metrics=["wins"])) == [(1, False), (2, True), (2, True)]
    # Tabbycat ranks it third by points, for its sum over nothing is blank and a blank is last;
    # here a sum over nothing is 0 (rules.md, section 4: Σ debate points), as a count is
    assert ranks(team_standings(data, metrics=["points"])) == [(1, False), (2, True), (2, True)]
    # a mean over nothing is blank here too
    assert ranks(team_standings(data, metrics=["speaks_avg"]))[2] == (3, False)
    assert ranks(team_standings(data, metrics=["margin_sum"]))[2] == (3, False)


def test_a_metric_stands_once_and_columns_stand_as_they_were_asked_for(columns: Any) -> None:
    data = field(columns)
    with pytest.raises(UserError) as refused:
        team_standings(data, metrics=["points", "wbw", "points"])
    assert refused.value.code == "metric_twice"
    table = team_standings(data, metrics=["wins", "speaks_ind_avg", "points"])
    assert table.metrics == tuple(table.rows[0].values) == ("wins", "speaks_ind_avg", "points")


# --- four teams, three rounds -------------------------------------------------------------------

GAMES = [("A", 265, "B", 242.5, 0), ("C", 273, "D", 253, 0), ("C", 265, "A", 263.5, 1),
         ("D", 274.5, "B", 260, 1), ("A", 276, "B", 251, 2), ("D", 260, "C", 246.5, 2)]
"""Winner and loser with their scores, and the round before."""


def test_four_teams_after_three_rounds(columns: Any) -> None:
    rows = [
        {"team": team, "debate": n, "seq": before + 1, "points": float(won), "win": float(won),
         "score": own, "margin": own - other, "votes_given": float(won), "votes_possible": 1}
        for n, (winner, high, loser, low, before) in enumerate(GAMES)
        for team, own, other, won in ((winner, high, low, True), (loser, low, high, False))]
    data = columns(dict.fromkeys("ABCD"), rows)
    for metrics in (["points", "speaks_sum"],
                    ["points", "speaks_sum", "draw_strength", "margin_sum"]):
        table = team_standings(data, metrics=metrics)
        assert [row.id for row in table.rows] == ["A", "D", "C", "B"]
        assert [row.rank for row in table.rows] == [1, 2, 3, 4]
    assert [tuple(row.values.values()) for row in table.rows] == [
        (2, 804.5, 2, 46), (2, 787.5, 4, 8), (2, 784.5, 6, 8), (0, 753.5, 6, -62)]
    for pair, won in {"AB": (2, 0), "AC": (0, 1), "BD": (0, 1), "CD": (1, 1)}.items():
        # what each won against the other, by the only two that are level on nothing at all
        met = [row for row in rows if {
            one["team"] for one in rows if one["debate"] == row["debate"]} == set(pair)]
        two = team_standings(columns(dict.fromkeys(pair), met), metrics=["wbw"])
        assert of_teams(two, "wbw1") == list(won)


# --- speakers -----------------------------------------------------------------------------------


def said(columns: Any, *marks: list[float], **more: Any) -> Any:
    speeches = [
        {"speaker": n, "team": n, "debate": seq, "seq": seq, "score": score, **more}
        for n, own in enumerate(marks) for seq, score in enumerate(own, start=1)]
    return columns({"1": None, "2": None}, [], speeches, speakers=SPEAKERS,
                   weights=(1,) * len(marks[0]))


FIRST, SECOND = (75.0 + 75.2 + 75.1) / 3, (75.2 + 75.1 + 75.0) / 3


@pytest.mark.parametrize("key", ["total", "average", "trimmed_mean", "stdev"])
def test_equal_means_of_judges_rank_together(key: str, columns: Any) -> None:
    assert FIRST != SECOND, "the order of addition shows in the last digit"
    table = speaker_standings(said(columns, [FIRST] * 4, [SECOND] * 4), metrics=[key])
    assert ranks(table) == [(1, True), (1, True)]
    # values are told as they are, and compared to 1e-6
    assert of_teams(table, key)[0] == pytest.approx(of_teams(table, key)[1], abs=1e-9)


def test_equal_means_of_replies_rank_together(columns: Any) -> None:
    data = said(columns, [40.1, 40.1], [40.1 + 1e-12, 40.1 + 1e-12], reply=True, position=4)
    assert ranks(reply_standings(data)) == [(1, True), (1, True)]


def test_a_difference_smaller_than_what_is_shown_still_counts(columns: Any) -> None:
    data = said(columns, [75] * 10, [*[75] * 9, (75 + 75 + 75.1) / 3])
    table = speaker_standings(data, metrics=["average"])
    assert [f"{value:.2f}" for value in of_teams(table, "average")] == ["75.00", "75.00"]
    assert ranks(table) == [(2, False), (1, False)]


def test_a_trimmed_mean_is_not_rounded_on_the_way(columns: Any) -> None:
    data = said(columns, [70, 75 + 1 / 3, 76 + 1 / 3, 80], [70, 75, 76, 80])
    found = of_teams(speaker_standings(data, metrics=["trimmed_mean"]), "trimmed_mean")
    assert found == pytest.approx([75.833333, 75.5], abs=1e-6)


# --- motions ------------------------------------------------------------------------------------


def test_one_debate_of_two_teams_and_a_motion_that_both_vetoed() -> None:
    found = balance_of(2, [DebateRecord(1, False, 1, (1, 0))])
    assert (found.debates, found.wins.aff, found.wins.neg) == (1, 1, 0)
    assert found.wins.share is not None
    assert found.wins.share.estimate == 1
    assert found.verdict is Verdict.INCONCLUSIVE
    vetoes = veto_test(1, 1)
    assert (vetoes.aff, vetoes.neg, vetoes.statistic) == (1, 1, 0)


def test_one_room_of_four() -> None:
    found = balance_of(4, [DebateRecord(1, False, 1, (0, 1, 2, 3))]).table
    means = [found.mean(side) for side in range(4)]
    assert [one.estimate for one in means if one is not None] == [0, 1, 2, 3]
    assert found.counts == ((0, 0, 0, 1), (0, 0, 1, 0), (0, 1, 0, 0), (1, 0, 0, 0))
    pairs = [found.pair(key) for key in ("opening", "closing", "gov", "opp")]
    assert [one.estimate for one in pairs if one is not None] == [0.5, 2.5, 1, 2]


def test_one_out_round_of_four() -> None:
    found = balance_of(4, [DebateRecord(1, True, 1, (0, 1, 1, 0))])
    assert [(one.won, one.number - one.won) for one in found.advanced] == [
        (0, 1), (1, 0), (1, 0), (0, 1)]


@pytest.mark.parametrize(("aff", "neg", "verdict"), [
    (5, 4, Verdict.INCONCLUSIVE), (5, 5, Verdict.BALANCED), (8, 2, Verdict.TEN),
    (9, 1, Verdict.TWO), (10, 0, Verdict.ONE), (11, 0, Verdict.PER_MILLE),
])
def test_verdicts_at_few_debates(aff: int, neg: int, verdict: Verdict) -> None:
    test = side_test(aff, neg)
    mean = (aff + neg) / 2
    assert test.statistic == pytest.approx((aff ** 2 + neg ** 2) / mean - aff - neg)
    assert test.verdict is verdict
