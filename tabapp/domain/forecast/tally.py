"""Count what came of the runs, and turn the counts into a forecast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

import numpy as np

from tabapp.domain.forecast.chance import Ints
from tabapp.domain.forecast.field import Field, RoundToCome
from tabapp.domain.forecast.lines import Contest
from tabapp.domain.forecast.rounds import Runs
from tabapp.domain.forecast.values import (
    CategoryForecast,
    Certain,
    PointsShare,
    Stake,
    TeamChance,
    TeamOutlook,
    Threshold,
    WatchedRoom,
)
from tabapp.domain.types import BoolArray, ResultData

_TAIL = 0.1
"""Of the runs lie below the low and above the high end of a range."""


@dataclass(slots=True)
class CategoryCount:
    """One category: how often each column broke, and where the line was, by points."""

    broke: Ints
    last: Ints
    by_points: Ints


@dataclass(slots=True)
class Tally:
    """Counts over all runs so far. ``ends`` has a row for each team, a column for each total.

    ``outcomes`` and ``stakes`` have for each room (by its debate) a row for each result, a
    column for each of its teams; ``stakes`` those that broke, by category.
    """

    runs: int
    ends: Ints
    categories: list[CategoryCount]
    outcomes: dict[int, Ints] = field(default_factory=dict)
    stakes: dict[tuple[int, int], Ints] = field(default_factory=dict)

    @classmethod
    def empty(cls, known: Field, every: Sequence[Contest]) -> Tally:
        """Return the counts of no runs at all."""
        most = int(known.points.max(initial=0)) + sum(
            max(known.best, 1) * coming.weight for coming in known.rounds)
        return cls(
            0, np.zeros((known.teams, most + 1), dtype=np.int64),
            [CategoryCount(
                np.zeros(len(one.columns), dtype=np.int64),
                np.zeros(most + 1, dtype=np.int64), np.zeros(most + 1, dtype=np.int64))
             for one in every])

    def add(
        self, runs: Runs, known: Field, every: Sequence[Contest], broke: Sequence[BoolArray]
    ) -> None:
        """Count these runs too."""
        points = runs.points[:, : known.teams]
        levels = self.ends.shape[1]
        self.runs += len(points)
        self.ends += np.bincount(
            (points + (np.arange(known.teams) * levels)[None, :]).ravel(),
            minlength=self.ends.size).reshape(self.ends.shape)
        for one, count, own in zip(every, self.categories, broke, strict=True):
            count.broke += own.sum(axis=0)
            have = points[:, one.columns]
            count.by_points += np.bincount(have[own], minlength=levels)
            last = np.where(own, have, levels).min(axis=1, initial=levels)
            count.last += np.bincount(last[last < levels], minlength=levels)
        for coming in known.rounds:
            self._add_rooms(coming, runs, known, every, broke)

    def _add_rooms(
        self, coming: RoundToCome, runs: Runs, known: Field, every: Sequence[Contest],
        broke: Sequence[BoolArray],
    ) -> None:
        if coming.rooms is None:
            return
        kept = [runs.outcomes[one] for one in coming.debates if one in runs.outcomes]
        if not kept:
            return
        won = np.stack(kept, axis=1).reshape(len(runs.points), -1)
        places = [won == result for result in range(known.best + 1)]
        shape = (known.best + 1, *coming.rooms.shape)
        self._note(self.outcomes, coming.debates, np.stack(
            [one.sum(axis=0) for one in places]).reshape(shape))
        for number, (contest, own) in enumerate(zip(every, broke, strict=True)):
            full = np.zeros((len(won), known.columns), dtype=np.bool_)
            full[:, contest.columns] = own
            here = full[:, coming.rooms.ravel()]
            counted = np.stack([(here & one).sum(axis=0) for one in places]).reshape(shape)
            self._note(self.stakes, [(one, number) for one in coming.debates], counted)

    @staticmethod
    def _note(into: dict[Any, Ints], keys: Sequence[Any], counted: Ints) -> None:
        for place, key in enumerate(keys):
            into[key] = into.get(key, 0) + counted[:, place, :]


def categories_of(
    tally: Tally, every: Sequence[Contest], certain: Sequence[Sequence[Certain | None]],
    data: ResultData, *, final: bool,
) -> tuple[CategoryForecast, ...]:
    """Return the chances of every team and the line of every category.

    ``final``: nothing is left to play, so that only lots were cast and level teams share.
    """
    return tuple(
        CategoryForecast(
            one.category.slug, one.category.size, _threshold(count, tally, one),
            _chances(one, count, told, tally.runs, data, final=final))
        for one, count, told in zip(every, tally.categories, certain, strict=True))


def _chances(
    one: Contest, count: CategoryCount, told: Sequence[Certain | None], runs: int,
    data: ResultData, *, final: bool,
) -> tuple[TeamChance, ...]:
    shares = _shared(count.broke, runs) if final else count.broke / max(runs, 1)
    found = [
        TeamChance(
            data.teams[column].id, round(float(p), 6),
            0.0 if final or word is not None else _error(int(broke), runs), word)
        for column, p, broke, word in zip(
            one.columns.tolist(), shares, count.broke, told, strict=True)]
    order = {team.id: number for number, team in enumerate(data.teams)}
    return tuple(sorted(found, key=lambda one: (-one.p, order[one.team])))


def _shared(broke: Ints, runs: int) -> Any:
    """Give level teams at the line an equal share of the places that they compete for."""
    open_ = (broke > 0) & (broke < runs)
    shares = broke / max(runs, 1)
    if open_.any():
        shares[open_] = int(broke[open_].sum()) / runs / int(open_.sum())
    return shares


def _error(broke: int, runs: int) -> float:
    """Return the standard error of a share; one that never moved is not told to be certain."""
    p = (broke + 1) / (runs + 2)
    return round(sqrt(p * (1 - p) / max(runs, 1)), 6)


def _threshold(count: CategoryCount, tally: Tally, one: Contest) -> Threshold | None:
    runs = int(count.last.sum())
    if not runs:
        return None
    ended = tally.ends[one.columns].sum(axis=0)
    low, high = _range(count.last)
    return Threshold(
        round(_mean(count.last), 4), low, high,
        tuple(
            PointsShare(
                points, round(int(count.last[points]) / runs, 6),
                round(int(count.by_points[points]) / int(ended[points]), 6)
                if ended[points] else None)
            for points in np.flatnonzero(count.last).tolist()))


def _mean(counts: Ints) -> float:
    return int((counts * np.arange(len(counts))).sum()) / int(counts.sum())


def _range(counts: Ints) -> tuple[int, int]:
    """Return the values below and above which a tenth lies at most."""
    below = np.cumsum(counts)
    total = int(below[-1])
    return (
        int(np.searchsorted(below, _TAIL * total, side="right")),
        int(np.searchsorted(below, (1 - _TAIL) * total, side="left")))


def outlook_of(tally: Tally, known: Field, data: ResultData) -> tuple[TeamOutlook, ...]:
    """Return where each team is expected to end."""
    found = []
    for column, team in enumerate(data.teams):
        low, high = _range(tally.ends[column])
        found.append(TeamOutlook(
            team.id, int(known.points[column]), round(_mean(tally.ends[column]), 4), low, high))
    return tuple(found)


def rooms_of(
    tally: Tally, known: Field, every: Sequence[Contest], data: ResultData,
    debates: Sequence[str],
) -> tuple[WatchedRoom, ...]:
    """Return the open rooms, those first in which most is decided about their own teams."""
    found = []
    for coming in known.rounds:
        if coming.rooms is None:
            continue
        for room, debate in zip(coming.rooms.tolist(), coming.debates, strict=True):
            if debate not in tally.outcomes:
                continue
            stakes = [
                _stake(
                    data.teams[column].id, contest.category.slug,
                    tally.outcomes[debate][:, seat], tally.stakes[debate, number][:, seat])
                for number, contest in enumerate(every)
                for seat, column in enumerate(room)
                if column in contest.columns]
            worth = round(sum(one.move for one in stakes), 4)
            name = debates[debate] if debate < len(debates) else str(debate)
            found.append(WatchedRoom(name, coming.seq, worth, tuple(stakes)))
    return tuple(sorted(found, key=lambda one: -one.worth))


def _stake(team: str, category: str, outcomes: Ints, broke: Ints) -> Stake:
    runs = int(outcomes.sum())
    p = int(broke.sum()) / runs
    known = np.flatnonzero(outcomes).tolist()
    by_points = {result: int(broke[result]) / int(outcomes[result]) for result in known}
    move = sum(abs(by_points[result] - p) * int(outcomes[result]) / runs for result in known)
    return Stake(
        team, category, round(p, 6),
        {result: round(one, 6) for result, one in by_points.items()}, round(move, 6))
