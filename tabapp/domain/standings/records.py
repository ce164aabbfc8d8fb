"""The results that count for a table: preliminary rounds up to one, in NumPy columns."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from tabapp.domain.types import BoolArray, FloatArray, IntArray, ResultData, Stage


def counted_rounds(data: ResultData, until: int | None) -> BoolArray:
    """Return for each round whether it is preliminary and not after ``until``."""
    return np.array(
        [
            r.stage is Stage.PRELIMINARY and (until is None or r.seq <= until)
            for r in data.rounds
        ],
        dtype=np.bool_,
    )


def rounds_so_far(data: ResultData, until: int | None) -> int:
    """Count the preliminary rounds up to ``until`` in which a debate has a result."""
    held = np.zeros(len(data.rounds), dtype=np.bool_)
    held[data.team_round[data.team_confirmed & (data.team_side >= 0)]] = True
    return int(np.count_nonzero(held & counted_rounds(data, until)))


def totals(index: IntArray, values: FloatArray, rows: int) -> FloatArray:
    """Sum the values of each row; missing ones (NaN) add nothing."""
    known = ~np.isnan(values)
    # without any value NumPy would answer in integers
    return np.bincount(index[known], weights=values[known], minlength=rows).astype(np.float64)


def tally(index: IntArray, condition: BoolArray, rows: int) -> FloatArray:
    """Count for each row where the condition holds."""
    return np.bincount(index[condition], minlength=rows).astype(np.float64)


def divided(numerator: FloatArray, denominator: FloatArray) -> FloatArray:
    """Divide, NaN where there is nothing to divide by."""
    result = np.full(len(numerator), np.nan)
    np.divide(numerator, denominator, out=result, where=denominator > 0)
    return result


def mean(index: IntArray, values: FloatArray, rows: int) -> FloatArray:
    """Average the known values of each row."""
    return divided(totals(index, values, rows), tally(index, ~np.isnan(values), rows))


def deviation(index: IntArray, values: FloatArray, rows: int) -> FloatArray:
    """Population standard deviation of the known values of each row."""
    centre = mean(index, values, rows)
    # two passes: the difference of squares would lose the digits that ties are decided on
    return np.sqrt(mean(index, (values - centre[index]) ** 2, rows))


class TeamRecords:
    """One row for each team in each counted debate that was drawn.

    The columns of results (``points``, ``score`` …) are NaN, and ``ghost`` is false, where the
    debate is not confirmed; ``teams`` is the number of teams in the tournament, ``rows`` where each
    stands in the columns of the results. A team that is
    credited with an average has it in ``score``; other rounds than the counted ones give none.
    """

    def __init__(self, data: ResultData, until: int | None) -> None:
        drawn = counted_rounds(data, until)[data.team_round]
        confirmed = data.team_confirmed[drawn]
        weights = np.array([r.weight for r in data.rounds], dtype=np.float64)

        def result(column: FloatArray) -> FloatArray:
            return np.where(confirmed, column[drawn], np.nan)

        self.teams = len(data.teams)
        self.rows = np.flatnonzero(drawn)
        self.team = data.team_team[drawn]
        self.debate = data.team_debate[drawn]
        self.weight = weights[data.team_round[drawn]]
        self.points = result(data.team_points)
        self.win = result(data.team_win)
        self.score = self._credited(result(data.team_score), data.team_averaged[drawn] & confirmed)
        self.margin = result(data.team_margin)
        self.votes_given = result(data.team_votes_given)
        self.votes_possible = result(data.team_votes_possible)
        self.ghost = data.team_ghost[drawn] & confirmed
        self.pullup = data.team_pullup[drawn]

    def _credited(self, score: FloatArray, averaged: BoolArray) -> FloatArray:
        """Give rounds without an opponent the average of the team's other counted rounds."""
        return np.where(averaged, mean(self.team, score, self.teams)[self.team], score)

    def sum(self, values: FloatArray) -> FloatArray:
        """Sum per team."""
        return totals(self.team, values, self.teams)

    def count(self, condition: BoolArray) -> FloatArray:
        """Count per team."""
        return tally(self.team, condition, self.teams)

    def over_opponents(self, per_team: FloatArray) -> FloatArray:
        """Sum a figure of each team's opponents over all encounters."""
        own = per_team[self.team]
        room = np.bincount(self.debate, weights=own)
        return self.sum(room[self.debate] - own)

    @cached_property
    def points_won(self) -> FloatArray:
        """Points per team, weighted by round."""
        return self.sum(self.points * self.weight)

    @cached_property
    def speaks(self) -> FloatArray:
        """Team scores summed per team."""
        return self.sum(self.score)

    @cached_property
    def pullup_debates(self) -> FloatArray:
        """Debates per team in which any team, the team itself included, was pulled up."""
        pulled_up = np.bincount(self.debate, weights=self.pullup) > 0
        return self.count(pulled_up[self.debate])

    @cached_property
    def ballots_carried(self) -> FloatArray:
        """Votes per team as if every panel had three judges."""
        return self.sum(divided(self.votes_given, self.votes_possible) * 3)


class SpeechRecords:
    """One row for each counted speech with a score: no ghosts, substantive ones or replies.

    ``speakers`` is the number of speakers in the tournament, ``teams`` that of its teams; ``rows``
    is where each stands in the columns of the results.
    """

    def __init__(self, data: ResultData, until: int | None, *, replies: bool = False) -> None:
        counted = (
            counted_rounds(data, until)[data.speech_round]
            & ~data.speech_ghost
            & (data.speech_reply == replies)
            & ~np.isnan(data.speech_score)
        )
        self.speakers = len(data.speakers)
        self.teams = len(data.teams)
        self.rows = np.flatnonzero(counted)
        self.speaker = data.speech_speaker[counted]
        self.team = data.speech_team[counted]
        self.score = data.speech_score[counted]
        self.rank = data.speech_rank[counted]

    @cached_property
    def count(self) -> FloatArray:
        """Speeches per speaker."""
        return np.bincount(self.speaker, minlength=self.speakers).astype(np.float64)

    @cached_property
    def total(self) -> FloatArray:
        """Scores summed per speaker."""
        return totals(self.speaker, self.score, self.speakers)
