"""Every metric of team standings, one function each (rules.md, section 4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tabapp.domain.standings.ladder import Ladder
from tabapp.domain.standings.metric import Registry
from tabapp.domain.standings.records import SpeechRecords, TeamRecords, deviation, mean
from tabapp.domain.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class TeamBoard:
    """What a team metric may read.

    ``ladder`` is the order by the metrics that stand before this one, ``first`` by the first
    metric alone; ``members`` marks the teams that are ranked; ``institution`` numbers the
    institutions, with one of its own for a team without.
    """

    records: TeamRecords
    speeches: SpeechRecords
    ladder: Ladder
    first: Ladder
    members: BoolArray
    institution: IntArray


TEAM_METRICS: Registry[TeamBoard] = Registry("rules.md, section 4")


@TEAM_METRICS.add("wins", "Wins", "debates won, not weighted", whole=True)
def wins(board: TeamBoard) -> FloatArray:
    return board.records.count(board.records.win == 1)


@TEAM_METRICS.add("points", "Points", "sum of debate points times round weight")
def points(board: TeamBoard) -> FloatArray:
    return board.records.points_won


@TEAM_METRICS.add("speaks_sum", "Total speaker score", "sum of team scores")
def speaks_sum(board: TeamBoard) -> FloatArray:
    return board.records.speaks


@TEAM_METRICS.add(
    "speaks_avg", "Average total speaker score", "mean team score over debates that have one"
)
def speaks_avg(board: TeamBoard) -> FloatArray:
    return mean(board.records.team, board.records.score, board.records.teams)


@TEAM_METRICS.add(
    "speaks_ind_avg",
    "Average individual speaker score",
    "mean of all substantive speaker scores, ghosts left out",
    of_speeches=True,
)
def speaks_ind_avg(board: TeamBoard) -> FloatArray:
    return mean(board.speeches.team, board.speeches.score, board.speeches.teams)


@TEAM_METRICS.add(
    "speaks_stddev",
    "Speaker score standard deviation",
    "population standard deviation of team scores",
    ascending=True,
)
def speaks_stddev(board: TeamBoard) -> FloatArray:
    return deviation(board.records.team, board.records.score, board.records.teams)


@TEAM_METRICS.add("margin_sum", "Sum of margins", "sum of margins; blank without any")
def margin_sum(board: TeamBoard) -> FloatArray:
    records = board.records
    known = records.count(~np.isnan(records.margin)) > 0
    return np.where(known, records.sum(records.margin), np.nan)


@TEAM_METRICS.add("margin_avg", "Average margin", "mean margin")
def margin_avg(board: TeamBoard) -> FloatArray:
    return mean(board.records.team, board.records.margin, board.records.teams)


@TEAM_METRICS.add(
    "draw_strength",
    "Draw strength by wins",
    "sum over every encounter, also an unconfirmed one, of the opponent's current points",
)
def draw_strength(board: TeamBoard) -> FloatArray:
    return board.records.over_opponents(board.records.points_won)


@TEAM_METRICS.add(
    "draw_strength_speaks",
    "Draw strength by speaks",
    "sum over every encounter, also an unconfirmed one, of the opponent's total speaker score",
)
def draw_strength_speaks(board: TeamBoard) -> FloatArray:
    return board.records.over_opponents(board.records.speaks)


@TEAM_METRICS.add(
    "draw_strength_rank",
    "Draw strength by rank",
    "sum over every encounter of the opponent's rank among all teams",
    ascending=True,
    whole=True,
    extra_only=True,
)
def draw_strength_rank(board: TeamBoard) -> FloatArray:
    everyone = np.ones(board.records.teams, dtype=np.bool_)
    return board.records.over_opponents(board.ladder.ranks(everyone).astype(np.float64))


@TEAM_METRICS.add(
    "num_adjs", "Votes carried", "sum of votes given / votes possible times 3 where judges vote"
)
def num_adjs(board: TeamBoard) -> FloatArray:
    return board.records.ballots_carried


@TEAM_METRICS.add("firsts", "Number of firsts", "debates with 3 points", whole=True)
def firsts(board: TeamBoard) -> FloatArray:
    return board.records.count(board.records.points == 3)


@TEAM_METRICS.add("seconds", "Number of seconds", "debates with 2 points", whole=True)
def seconds(board: TeamBoard) -> FloatArray:
    return board.records.count(board.records.points == 2)


@TEAM_METRICS.add("thirds", "Number of thirds", "debates with 1 point", whole=True)
def thirds(board: TeamBoard) -> FloatArray:
    return board.records.count(board.records.points == 1)


@TEAM_METRICS.add(
    "npullups", "Number of pull-ups", "times drawn as a pulled-up team, confirmed or not",
    whole=True,
)  # fmt: skip
def npullups(board: TeamBoard) -> FloatArray:
    return board.records.count(board.records.pullup)


@TEAM_METRICS.add(
    "pullup_debates",
    "Times in a pull-up debate",
    "debates drawn in which any team, the team itself included, was pulled up",
    whole=True,
)
def pullup_debates(board: TeamBoard) -> FloatArray:
    return board.records.pullup_debates


@TEAM_METRICS.add(
    "num_iron", "Times ironed", "debates with a ghost speech", ascending=True, whole=True
)
def num_iron(board: TeamBoard) -> FloatArray:
    return board.records.count(board.records.ghost)


@TEAM_METRICS.add(
    "wbw",
    "Who beat whom",
    "where exactly two teams are equal on all metrics before it: points won against the other",
    blank="n/a",
    repeatable=True,
)
def wbw(board: TeamBoard) -> FloatArray:
    records = board.records
    everyone = np.ones(records.teams, dtype=np.bool_)
    paired = np.flatnonzero(board.ladder.sizes(everyone) == 2)
    paired = paired[np.argsort(board.ladder.place[paired], kind="stable")]
    partner = np.full(records.teams, -1, dtype=np.int64)
    partner[paired[0::2]] = paired[1::2]
    partner[paired[1::2]] = paired[0::2]
    present = records.debate * records.teams + records.team
    other = partner[records.team]
    met = (other >= 0) & np.isin(records.debate * records.teams + other, present)
    won = records.sum(np.where(met, records.points, 0.0))
    return np.where(partner >= 0, won, np.nan)


@TEAM_METRICS.add(
    "subrank",
    "Subrank",
    "rank within the teams that are level on the first metric, by the remaining metrics",
    ascending=True,
    whole=True,
    extra_only=True,
)
def subrank(board: TeamBoard) -> FloatArray:
    best = board.first.ranks(board.members)
    return (board.ladder.ranks(board.members) - best + 1).astype(np.float64)


@TEAM_METRICS.add(
    "institution_rank",
    "Institution rank",
    "rank among the teams of the same institution by the whole precedence",
    ascending=True,
    whole=True,
    extra_only=True,
)
def institution_rank(board: TeamBoard) -> FloatArray:
    return board.ladder.ranks_within(board.institution, board.members).astype(np.float64)
