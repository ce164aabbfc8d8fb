"""The line of one category under a supposed result, down to the last metric that decides it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import TypeAlias

import numpy as np

from tabapp.domain.breaks.guard_fork import OF_OTHERS, values
from tabapp.domain.breaks.values import BreakCategory
from tabapp.domain.standings import TEAM_METRICS
from tabapp.domain.standings.ladder import comparable
from tabapp.domain.standings.records import TeamRecords
from tabapp.domain.types import FloatArray, ResultData

Levels: TypeAlias = Callable[[Sequence[int]], Sequence[tuple[float, ...]]]
"""Tells apart teams that share a place: figures for each that is given, less being better."""


def level_still(teams: Sequence[int]) -> Sequence[tuple[float, ...]]:
    """Tell nobody apart."""
    return [()] * len(teams)


class Later:
    """The metrics after the leading ones: they are looked at only where the line cuts a tie.

    ``data`` are the results as they stand, ``forks`` the same with the teams of every supposed
    result after them (``forked``). What a team owes to its opponents is summed anew for each
    result, from the figures that this one moves: those of the teams of one room.
    """

    def __init__(self, data: ResultData, forks: ResultData, metrics: Sequence[str]) -> None:
        self._metrics = metrics
        self._teams = len(data.teams)
        self._records = TeamRecords(data, None)
        self._figures: Mapping[str, FloatArray] = {}
        if metrics:
            needed = tuple(dict.fromkeys(OF_OTHERS.get(key, key) for key in metrics))
            self._figures = dict(zip(needed, values(forks, needed), strict=True))

    def after(self, members: Sequence[int], at: int) -> Levels:
        """Return what tells apart when the ``members`` of a room have the rows from ``at`` on."""
        if not self._metrics:
            return level_still
        columns: list[FloatArray] = []

        def levels(teams: Sequence[int]) -> Sequence[tuple[float, ...]]:
            if not columns:
                columns.extend(self._column(key, members, at) for key in self._metrics)
            index = np.array(teams)
            return list(zip(*(column[index].tolist() for column in columns), strict=True))

        return levels

    def _column(self, key: str, members: Sequence[int], at: int) -> FloatArray:
        figures = self._figures[OF_OTHERS.get(key, key)]
        column = figures[: self._teams].copy()
        column[list(members)] = figures[at : at + len(members)]
        if key in OF_OTHERS:
            column = self._records.over_opponents(column)
        return comparable(column, ascending=TEAM_METRICS[key].ascending)


@dataclass(frozen=True, slots=True)
class Filled:
    """Who breaks in a category. ``level``: a tie at the line decided about somebody."""

    inside: Sequence[int]
    tied: Sequence[int] = ()
    level: bool = False


def fill(
    line: Sequence[tuple[int, int]], category: BreakCategory, levels: Levels, *, all_level: bool,
) -> Filled:
    """Give places away in order; ``line`` has a team's place in it, and the team."""
    size = max(category.size, 0)
    if len(line) <= size or size == 0 or line[size - 1][0] != line[size][0]:
        return Filled([team for _place, team in line[:size]])
    at = line[size][0]
    place_of = itemgetter(0)
    start, end = bisect_left(line, at, key=place_of), bisect_right(line, at, key=place_of)
    clear = [team for _place, team in line[:start]]
    level = [team for _place, team in line[start:end]]
    figures = levels(level)
    last = sorted(figures)[size - start - 1]
    clear += [team for own, team in zip(figures, level, strict=True) if own < last]
    tied = [team for own, team in zip(figures, level, strict=True) if own == last]
    if len(clear) + len(tied) == size:
        return Filled(clear + tied)
    return Filled(clear + tied, level=True) if all_level else Filled(clear, tied, level=True)
