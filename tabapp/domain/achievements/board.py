"""Results laid out by round: a row for each team, speaker or judge, a column for each round.

Columns are the preliminary rounds by sequence. A result was *debated* where the debate has a
confirmed result, the team stood on a side and did not forfeit, and another team of the room did
not forfeit either: byes and walk-overs win nothing here. The teams of a room *won* when they were
placed first in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from tabapp.domain.achievements.facts import AwardFacts
from tabapp.domain.standings import team_ranks
from tabapp.domain.types import BoolArray, FloatArray, IntArray, Stage

DECIMALS = 6
"""Figures are level when they are after rounding to so many decimals (rules.md, section 0)."""
LEAST_ROUNDS = 3
"""Awards for a whole tournament need one; with fewer rounds everybody would have them."""


class Board:
    """The facts of one tournament with all that several awards work out of them."""

    def __init__(self, facts: AwardFacts) -> None:
        self.facts = facts
        self.data = facts.results
        self.columns: list[int] = [
            at for at, one in enumerate(self.data.rounds) if one.stage is Stage.PRELIMINARY]
        self.seqs: list[int] = [self.data.rounds[at].seq for at in self.columns]
        self._column_of = np.full(len(self.data.rounds), -1, dtype=np.int64)
        self._column_of[self.columns] = np.arange(len(self.columns))
        self._ranks: dict[int, IntArray] = {}

    # --- rounds ---

    @cached_property
    def done(self) -> int:
        """How many preliminary rounds are completed before the first that is not."""
        flags = [self.facts.rounds[at].completed for at in self.columns]
        return flags.index(False) if False in flags else len(flags)

    @property
    def is_settled(self) -> bool:
        """The preliminary rounds are over, and there were enough of them to be the best of."""
        return self.done == len(self.columns) >= LEAST_ROUNDS

    def column(self, rounds: IntArray) -> IntArray:
        """Return the columns of rounds given by index; -1 for an elimination round."""
        return self._column_of[rounds]

    def seqs_to(self, column: int) -> tuple[int, ...]:
        """Return on which rounds rests what is the first of its kind in a column.

        All before it are among them: that it came no sooner tells of their results.
        """
        return tuple(self.seqs[:column + 1])

    # --- teams ---

    @cached_property
    def prize_team(self) -> BoolArray:
        """Teams that can be given an award: swing teams only fill rooms."""
        return np.array([one.type != "swing" for one in self.data.teams], dtype=np.bool_)

    @cached_property
    def team_rows(self) -> IntArray:
        """The rows of preliminary results that were debated."""
        data, debates = self.data, len(self.facts.debates)
        stood = data.team_confirmed & (data.team_side >= 0) & ~self.facts.team_forfeit
        rivals = np.bincount(data.team_debate[stood], minlength=debates)
        known = stood & ~np.isnan(self.places)
        in_prelims = self.column(data.team_round) >= 0
        return np.flatnonzero(known & in_prelims & (rivals[data.team_debate] >= 2))

    @cached_property
    def places(self) -> FloatArray:
        """The place of each row of results in its room, from 1; NaN where it has none."""
        if self.facts.sides > 2:
            return self.facts.sides - self.data.team_points
        return 2 - self.data.team_win

    def team_grid(self, values: FloatArray) -> FloatArray:
        """Spread values of debated rows over teams × rounds; NaN where there is none."""
        grid = np.full((len(self.data.teams), len(self.columns)), np.nan)
        rows = self.team_rows
        grid[self.data.team_team[rows], self.column(self.data.team_round[rows])] = values[rows]
        return grid

    @cached_property
    def place(self) -> FloatArray:
        """Teams × rounds: the place in the room."""
        return self.team_grid(self.places)

    @cached_property
    def won(self) -> BoolArray:
        """Teams × rounds: whether the team won its debate."""
        return np.asarray(self.place == 1)

    @cached_property
    def rested(self) -> BoolArray:
        """Teams × rounds: whether the team had the bye."""
        grid = np.zeros((len(self.data.teams), len(self.columns)), dtype=np.bool_)
        rows = (self.data.team_side < 0) & (self.column(self.data.team_round) >= 0)
        grid[self.data.team_team[rows], self.column(self.data.team_round[rows])] = True
        return grid

    @cached_property
    def side(self) -> FloatArray:
        """Teams × rounds: the number of the side."""
        return self.team_grid(self.data.team_side.astype(np.float64))

    @cached_property
    def lead(self) -> FloatArray:
        """Teams × rounds: by how much the winner of a room was ahead of the second team."""
        rows = self.team_rows
        debate = self.data.team_debate[rows]
        by_place = np.full((len(self.facts.debates), self.facts.sides), np.nan)
        by_place[debate, self.places[rows].astype(np.int64) - 1] = self.data.team_score[rows]
        gaps = np.round(by_place[:, 0] - by_place[:, 1], DECIMALS)
        values = np.full(len(self.data.team_team), np.nan)
        values[rows] = np.where(self.places[rows] == 1, gaps[debate], np.nan)
        return self.team_grid(values)

    def ranks(self, column: int) -> IntArray:
        """Return everybody's place on the team tab after a round that is completed."""
        if column not in self._ranks:
            self._ranks[column] = team_ranks(
                self.data, self.facts.precedence, self.seqs[column])
        return self._ranks[column]

    # --- speakers ---

    @cached_property
    def speech_rows(self) -> BoolArray:
        """The rows of substantive speeches in preliminary rounds, second ones by one person too."""
        return (self.column(self.data.speech_round) >= 0) & ~self.data.speech_reply

    @cached_property
    def marked_rows(self) -> BoolArray:
        """Those of them that count with a mark."""
        return self.speech_rows & ~self.data.speech_ghost & ~np.isnan(self.data.speech_score)

    @cached_property
    def spoke(self) -> BoolArray:
        """Speakers × rounds: whether they gave a substantive speech."""
        grid = np.zeros((len(self.data.speakers), len(self.columns)), dtype=np.bool_)
        rows = self.speech_rows
        grid[self.data.speech_speaker[rows], self.column(self.data.speech_round[rows])] = True
        return grid

    @cached_property
    def marks(self) -> FloatArray:
        """Speakers × rounds: the mark of the substantive speech, the mean of several."""
        shape = len(self.data.speakers), len(self.columns)
        rows = self.marked_rows
        cell = (
            self.data.speech_speaker[rows] * shape[1]
            + self.column(self.data.speech_round[rows]))
        size = shape[0] * shape[1]
        total = np.bincount(cell, weights=self.data.speech_score[rows], minlength=size)
        count = np.bincount(cell, minlength=size).astype(np.float64)
        found = np.full(size, np.nan)
        np.divide(total, count, out=found, where=count > 0)
        return np.round(found, DECIMALS).reshape(shape)

    # --- judges ---

    @cached_property
    def held(self) -> BoolArray:
        """Debates by number: whether there is a confirmed result of teams that met."""
        found = np.zeros(len(self.facts.debates), dtype=np.bool_)
        found[self.data.team_debate[self.data.team_confirmed & (self.data.team_side >= 0)]] = True
        return found

    @cached_property
    def round_of_debate(self) -> IntArray:
        """Debates by number: the index of the round."""
        found = np.zeros(len(self.facts.debates), dtype=np.int64)
        found[self.data.team_debate] = self.data.team_round
        return found

    @cached_property
    def role(self) -> IntArray:
        """Judges × rounds: the role on the panel of a debate with a result; -1 without one."""
        panels = self.facts.panels
        grid = np.full((len(self.facts.judges), len(self.columns)), -1, dtype=np.int64)
        column = self.column(self.round_of_debate[panels.debate])
        rows = (column >= 0) & self.held[panels.debate]
        grid[panels.judge[rows], column[rows]] = panels.role[rows]
        return grid

    # --- finals ---

    @cached_property
    def finals(self) -> list[int]:
        """Debates that decided a break category.

        The only debate of the last elimination round of a category, completed, with one winner.
        """
        last: dict[str | None, int] = {}
        for at, one in enumerate(self.data.rounds):
            if one.stage is Stage.ELIMINATION:
                last[self.facts.rounds[at].category] = at
        found = []
        for at in last.values():
            rows = np.flatnonzero(self.data.team_round == at)
            debates = np.unique(self.data.team_debate[rows])
            winners = self.data.team_confirmed[rows] & (self.data.team_win[rows] == 1)
            if self.facts.rounds[at].completed and len(debates) == 1 and winners.sum() == 1:
                found.append(int(debates[0]))
        return sorted(found)


def first_true(grid: BoolArray, among: BoolArray | None = None) -> list[tuple[int, int]]:
    """Return (row, column) of the first true cell of each row of ``among`` that has one."""
    if not grid.size:
        return []
    has = grid.any(axis=1)
    chosen = np.flatnonzero(has if among is None else has & among)
    return list(zip(chosen.tolist(), grid.argmax(axis=1)[chosen].tolist(), strict=True))


def runs(grid: BoolArray, length: int) -> BoolArray:
    """Return for each cell whether it and those after it, ``length`` in all, are true."""
    width = grid.shape[1] - length + 1
    if width < 1:
        return np.zeros((grid.shape[0], 0), dtype=np.bool_)
    found = np.ones((grid.shape[0], width), dtype=np.bool_)
    for step in range(length):
        found &= grid[:, step:step + width]
    return found


def best(values: FloatArray, among: BoolArray) -> tuple[float, list[int]]:
    """Return the highest value and all rows of ``among`` that have it; no row without a value."""
    usable = among & ~np.isnan(values)
    if not usable.any():
        return np.nan, []
    top = float(values[usable].max())
    return top, np.flatnonzero(usable & (values == top)).tolist()


def number(value: float) -> int | float:
    """Return a figure as it is told: two decimals at most, whole without any."""
    shown = round(float(value), 2)
    return int(shown) if shown == int(shown) else shown


def seqs_of(seqs: Sequence[int], columns: Sequence[int]) -> tuple[int, ...]:
    """Return the sequences of some columns."""
    return tuple(seqs[column] for column in columns)
