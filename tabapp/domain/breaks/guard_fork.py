"""Figures of teams under many supposed results at once, by the metric functions themselves.

For each supposed result of a debate its teams are there once more, with all their debates. So one
call of a metric's function answers for thousands of suppositions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tabapp.domain.standings import TEAM_METRICS
from tabapp.domain.standings.ladder import Ladder
from tabapp.domain.standings.records import SpeechRecords, TeamRecords
from tabapp.domain.standings.team_metrics import TeamBoard
from tabapp.domain.types import FloatArray, IntArray, ResultData

COLUMNS = (
    "team_points", "team_win", "team_score", "team_margin", "team_votes_given",
    "team_votes_possible",
)
"""The columns of results that a supposed result sets."""

RISING = frozenset({
    "wins", "points", "speaks_sum", "speaks_avg", "margin_sum", "margin_avg", "num_adjs", "firsts",
    "npullups",
})
"""Metrics that never fall when a result gets better, and that follow from a team's own debates."""
OWN = RISING | {"speaks_stddev", "seconds", "thirds", "num_iron"}
"""Metrics that follow from a team's own debates alone."""
OF_OTHERS: Mapping[str, str] = {
    "draw_strength": "points", "draw_strength_speaks": "speaks_sum"}
"""Metrics that the results of other teams move -> the figure of opponents that they sum."""

Result = Mapping[str, FloatArray]
"""Column -> one value for each team of a debate, in the order of its sides."""


@dataclass(frozen=True, slots=True)
class Supposed:
    """The rows of a debate in the results, and what could stand there instead."""

    rows: IntArray
    results: Sequence[Result]


def leading(metrics: Sequence[str], known: frozenset[str]) -> tuple[str, ...]:
    """Return the metrics before the first that is not ``known``."""
    for at, key in enumerate(metrics):
        if key not in known:
            return tuple(metrics[:at])
    return tuple(metrics)


def with_result(data: ResultData, rows: IntArray, result: Result) -> ResultData:
    """Return the results as they are with another result of one debate, which counts."""
    columns: dict[str, Any] = {
        name: _set(getattr(data, name), rows, result[name]) for name in COLUMNS}
    confirmed = data.team_confirmed.copy()
    confirmed[rows] = True
    return replace(data, team_confirmed=confirmed, **columns)


def _set(column: FloatArray, rows: IntArray, values: FloatArray) -> FloatArray:
    changed = column.copy()
    changed[rows] = values
    return changed


def forked(data: ResultData, supposed: Sequence[Supposed]) -> ResultData:
    """Add the teams of each supposed result once more, after all teams, in order."""
    order = np.argsort(data.team_team, kind="stable")
    starts = np.searchsorted(data.team_team[order], np.arange(len(data.teams) + 1))
    taken = [np.arange(len(data.team_team))]
    teams = [data.team_team]
    changes: dict[str, list[FloatArray]] = {name: [] for name in COLUMNS}
    changed: list[IntArray] = []
    count, filled = len(data.teams), len(data.team_team)
    for one in supposed:
        times = len(one.results)
        if not times:
            continue
        members = data.team_team[one.rows].tolist()
        own = [order[starts[team]:starts[team + 1]] for team in members]
        rows = np.concatenate(own)
        number = np.repeat(np.arange(len(members)), [len(part) for part in own])
        at = np.array([int(np.flatnonzero(rows == row)[0]) for row in one.rows.tolist()])
        taken.append(np.tile(rows, times))
        shift = np.repeat(np.arange(times) * len(members), len(rows))
        teams.append(np.tile(number, times) + shift + count)
        changed.append(
            (np.arange(times)[:, None] * len(rows) + at[None, :]).ravel() + filled)
        for name in COLUMNS:
            changes[name].append(np.concatenate([result[name] for result in one.results]))
        count += times * len(members)
        filled += times * len(rows)
    picked = np.concatenate(taken)
    columns: dict[str, Any] = {name: getattr(data, name)[picked] for name in COLUMNS}
    confirmed = data.team_confirmed[picked]
    if changed:
        where = np.concatenate(changed)
        confirmed[where] = True
        for name in COLUMNS:
            columns[name][where] = np.concatenate(changes[name])
    return replace(
        data,
        teams=data.teams + (data.teams[0],) * (count - len(data.teams)) if data.teams else (),
        team_team=np.concatenate(teams), team_debate=data.team_debate[picked],
        team_round=data.team_round[picked], team_side=data.team_side[picked],
        team_ghost=data.team_ghost[picked], team_pullup=data.team_pullup[picked],
        team_averaged=data.team_averaged[picked], team_confirmed=confirmed, **columns)


def values(data: ResultData, metrics: Sequence[str]) -> list[FloatArray]:
    """Return metrics that follow from a team's own debates, one value for each team."""
    level = Ladder.level(len(data.teams))
    board = TeamBoard(
        records=TeamRecords(data, None), speeches=SpeechRecords(data, None), ladder=level,
        first=level, members=np.ones(len(data.teams), dtype=np.bool_),
        institution=np.zeros(len(data.teams), dtype=np.int64))
    return [TEAM_METRICS[key].function(board) for key in metrics]


def places(columns: Sequence[FloatArray], metrics: Sequence[str], rows: int) -> IntArray:
    """Number the levels of rows by metric after metric, from 0, the best."""
    ladder = Ladder.level(rows)
    for key, column in zip(metrics, columns, strict=True):
        ladder = ladder.refined(column, ascending=TEAM_METRICS[key].ascending)
    return ladder.place
