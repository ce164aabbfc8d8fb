"""From which rows each metric is made, one line each: what a row adds, and what is shown of it.

The functions of the metrics stay the only ones that tables are computed with; that the rows give
the same number is tested for every metric.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from tabapp.domain.standings.records import TeamRecords, divided
from tabapp.domain.standings.speaker_metrics import SpeakerBoard
from tabapp.domain.standings.team_metrics import TeamBoard
from tabapp.domain.standings.terms import Fold, Per
from tabapp.domain.types import BoolArray, FloatArray

Board = TypeVar("Board")


@dataclass(frozen=True, slots=True)
class Recipe(Generic[Board]):
    """``amounts`` gives a number for each row of the records that ``per`` names, or each team.

    ``shows`` are the facts beside the amount: ``speakers``, ``place``, ``weight``, ``opponents``,
    ``votes``. ``of_draw``: counts what was drawn, confirmed or not. ``trimmed``: the highest and
    the lowest of more than two are left out.
    """

    per: Per
    amounts: Callable[[Board], FloatArray]
    fold: Fold = Fold.SUM
    shows: tuple[str, ...] = ()
    of_draw: bool = False
    trimmed: bool = False


def _ones(condition: BoolArray) -> FloatArray:
    return condition.astype(np.float64)


def _records(
    amounts: Callable[[TeamRecords], FloatArray], *shows: str, fold: Fold = Fold.SUM,
    of_draw: bool = False,
) -> Recipe[TeamBoard]:
    return Recipe("debate", lambda board: amounts(board.records), fold, shows, of_draw)


def _opponents(per_team: Callable[[TeamBoard], FloatArray]) -> Recipe[TeamBoard]:
    return Recipe("opponent", per_team, of_draw=True)


def _everyones_rank(board: TeamBoard) -> FloatArray:
    everyone = np.ones(board.records.teams, dtype=np.bool_)
    return board.ladder.ranks(everyone).astype(np.float64)


def _pulled_up_rooms(records: TeamRecords) -> FloatArray:
    return _ones(np.bincount(records.debate, weights=records.pullup)[records.debate] > 0)


def _votes(records: TeamRecords) -> FloatArray:
    return divided(records.votes_given, records.votes_possible) * 3


TEAM_RECIPES: Mapping[str, Recipe[TeamBoard]] = {
    "wins": _records(lambda r: _ones(r.win == 1), "opponents"),
    "points": _records(lambda r: r.points * r.weight, "place", "weight"),
    "speaks_sum": _records(lambda r: r.score, "speakers"),
    "speaks_avg": _records(lambda r: r.score, "speakers", fold=Fold.MEAN),
    "speaks_ind_avg": Recipe("speech", lambda b: b.speeches.score, Fold.MEAN),
    "speaks_stddev": _records(lambda r: r.score, "speakers", fold=Fold.SPREAD),
    "margin_sum": _records(lambda r: r.margin, "opponents", fold=Fold.SUM_OR_BLANK),
    "margin_avg": _records(lambda r: r.margin, "opponents", fold=Fold.MEAN),
    "draw_strength": _opponents(lambda b: b.records.points_won),
    "draw_strength_speaks": _opponents(lambda b: b.records.speaks),
    "draw_strength_rank": _opponents(_everyones_rank),
    "num_adjs": _records(_votes, "votes"),
    "firsts": _records(lambda r: _ones(r.points == 3), "place"),
    "seconds": _records(lambda r: _ones(r.points == 2), "place"),
    "thirds": _records(lambda r: _ones(r.points == 1), "place"),
    "npullups": _records(lambda r: _ones(r.pullup), of_draw=True),
    "pullup_debates": _records(_pulled_up_rooms, of_draw=True),
    "num_iron": _records(lambda r: _ones(r.ghost), "speakers"),
    "wbw": Recipe("meeting", lambda b: b.records.points, shows=("place",)),
    "subrank": Recipe("peer", lambda b: b.first.place.astype(np.float64), Fold.PLACE),
    "institution_rank": Recipe("peer", lambda b: b.institution.astype(np.float64), Fold.PLACE),
}
"""For a peer the amounts are the number of the group within which the rank is."""


def _speeches(
    amounts: Callable[[SpeakerBoard], FloatArray], fold: Fold = Fold.SUM, *, trimmed: bool = False
) -> Recipe[SpeakerBoard]:
    return Recipe("speech", amounts, fold, trimmed=trimmed)


def _of_team(amounts: Callable[[TeamRecords], FloatArray], *shows: str) -> Recipe[SpeakerBoard]:
    return Recipe("debate", lambda board: amounts(board.teams), shows=shows)


SPEAKER_RECIPES: Mapping[str, Recipe[SpeakerBoard]] = {
    "total": _speeches(lambda b: b.speeches.score),
    "average": _speeches(lambda b: b.speeches.score, Fold.MEAN),
    "trimmed_mean": _speeches(lambda b: b.speeches.score, Fold.MEAN, trimmed=True),
    "stdev": _speeches(lambda b: b.speeches.score, Fold.SPREAD),
    "count": _speeches(lambda b: np.ones(len(b.speeches.score))),
    "srank": _speeches(lambda b: b.speeches.rank, Fold.SUM_OR_BLANK),
    "team_points": _of_team(lambda r: r.points, "place"),
    "team_wins": _of_team(lambda r: _ones(r.win == 1), "place"),
    "firsts": _of_team(lambda r: _ones(r.points == 3), "place"),
    "seconds": _of_team(lambda r: _ones(r.points == 2), "place"),
    "thirds": _of_team(lambda r: _ones(r.points == 1), "place"),
    "num_adjs": _of_team(_votes, "votes"),
}
