"""Every metric of speaker and reply standings, one function each (rules.md, section 5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tabapp.domain.standings.metric import Registry
from tabapp.domain.standings.records import (
    SpeechRecords,
    TeamRecords,
    deviation,
    divided,
    mean,
    totals,
)
from tabapp.domain.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class SpeakerBoard:
    """What a speaker metric may read. ``team`` is each speaker's team, -1 for none."""

    speeches: SpeechRecords
    teams: TeamRecords
    team: IntArray

    def of_team(self, per_team: FloatArray) -> FloatArray:
        """Give each speaker the figure of the team, 0 without one."""
        return np.append(per_team, 0.0)[self.team]


SPEAKER_METRICS: Registry[SpeakerBoard] = Registry("rules.md, section 5")
REPLY_METRICS = ("average", "stdev", "count", "total")


@SPEAKER_METRICS.add("total", "Total", "sum of scores")
def total(board: SpeakerBoard) -> FloatArray:
    return board.speeches.total


@SPEAKER_METRICS.add("average", "Average", "mean score")
def average(board: SpeakerBoard) -> FloatArray:
    return divided(board.speeches.total, board.speeches.count)


@SPEAKER_METRICS.add(
    "trimmed_mean",
    "Trimmed mean",
    "mean without the highest and the lowest score; plain mean of one or two; blank without any",
)
def trimmed_mean(board: SpeakerBoard) -> FloatArray:
    speeches = board.speeches
    highest = np.full(speeches.speakers, -np.inf)
    lowest = np.full(speeches.speakers, np.inf)
    np.maximum.at(highest, speeches.speaker, speeches.score)
    np.minimum.at(lowest, speeches.speaker, speeches.score)
    trimmed = speeches.count > 2
    cut = np.zeros(speeches.speakers)
    np.add(highest, lowest, out=cut, where=trimmed)
    return divided(speeches.total - cut, speeches.count - 2 * trimmed)


@SPEAKER_METRICS.add(
    "stdev", "Standard deviation", "population standard deviation of scores", ascending=True
)
def stdev(board: SpeakerBoard) -> FloatArray:
    return deviation(board.speeches.speaker, board.speeches.score, board.speeches.speakers)


@SPEAKER_METRICS.add("count", "Speeches", "number of speeches with a score", whole=True)
def count(board: SpeakerBoard) -> FloatArray:
    return board.speeches.count


@SPEAKER_METRICS.add(
    "srank", "Speech ranks",
    "sum of speech ranks within debates, means over a panel's judges; blank without any",
    ascending=True,
)  # fmt: skip
def srank(board: SpeakerBoard) -> FloatArray:
    speeches = board.speeches
    ranks = totals(speeches.speaker, speeches.rank, speeches.speakers)
    return np.where(np.isnan(mean(speeches.speaker, speeches.rank, speeches.speakers)),
                    np.nan, ranks)  # fmt: skip


@SPEAKER_METRICS.add("team_points", "Team points", "sum of the team's points, not weighted")
def team_points(board: SpeakerBoard) -> FloatArray:
    return board.of_team(board.teams.sum(board.teams.points))


@SPEAKER_METRICS.add("team_wins", "Team wins", "debates the team won", whole=True)
def team_wins(board: SpeakerBoard) -> FloatArray:
    return board.of_team(board.teams.count(board.teams.win == 1))


@SPEAKER_METRICS.add("firsts", "Team firsts", "the team's debates with 3 points", whole=True)
def firsts(board: SpeakerBoard) -> FloatArray:
    return board.of_team(board.teams.count(board.teams.points == 3))


@SPEAKER_METRICS.add("seconds", "Team seconds", "the team's debates with 2 points", whole=True)
def seconds(board: SpeakerBoard) -> FloatArray:
    return board.of_team(board.teams.count(board.teams.points == 2))


@SPEAKER_METRICS.add("thirds", "Team thirds", "the team's debates with 1 point", whole=True)
def thirds(board: SpeakerBoard) -> FloatArray:
    return board.of_team(board.teams.count(board.teams.points == 1))


@SPEAKER_METRICS.add("num_adjs", "Votes carried by the team", "as in team standings")
def num_adjs(board: SpeakerBoard) -> FloatArray:
    return board.of_team(board.teams.ballots_carried)
