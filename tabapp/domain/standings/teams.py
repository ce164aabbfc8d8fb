"""Team standings, and the order in which a draw takes its teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from tabapp.domain.standings.ladder import Ladder
from tabapp.domain.standings.metric import check_keys
from tabapp.domain.standings.records import SpeechRecords, TeamRecords
from tabapp.domain.standings.tables import Subject, table
from tabapp.domain.standings.team_metrics import TEAM_METRICS, TeamBoard
from tabapp.domain.types import BoolArray, IntArray, ResultData, Standings, Value, id_key


class DrawPlace(NamedTuple):
    """A team's record before a round; ``value`` is the first metric, 0 where it is blank."""

    team: str
    value: float
    rank: int
    subrank: int


def team_standings(
    data: ResultData,
    *,
    metrics: Sequence[str],
    extra: Sequence[str] = (),
    until: int | None = None,
    category: str | None = None,
    members: frozenset[str] | None = None,
) -> Standings:
    """Rank the teams by ``metrics``; ``extra`` columns are shown only.

    Counted are confirmed debates of preliminary rounds with ``seq`` up to ``until`` (all when
    None). With a break category's slug, or with the ids of ``members``, only those teams are
    listed and ranked; values stay those of the whole tournament. Repeated who-beat-whom columns
    are called ``wbw1``, ``wbw2`` and so on. The arithmetic is that of rules.md, section 4.

    Raises ``UserError``: ``unknown_metric``, ``metric_twice``, ``metric_not_ranked``.
    """
    listed = np.array(
        [
            (members is None or team.id in members)
            and (category is None or category in team.break_categories)
            for team in data.teams
        ],
        dtype=np.bool_,
    )
    columns, board = _measure(data, metrics, extra, until, listed)
    # a key that stands in both lists is one column
    named = _labels((*metrics, *(key for key in extra if key not in metrics or key == "wbw")))
    ranked = tuple(named[: len(metrics)])
    shown = [key for key in extra if key in ranked]
    return table(
        "teams",
        metrics=ranked,
        extra=(*shown, *named[len(metrics) :]),
        subjects=[Subject(team.id, team.name) for team in data.teams],
        columns=dict(zip(named, columns, strict=True)),
        ladder=board.ladder,
        listed=listed,
    )


def draw_order(
    data: ResultData, precedence: Sequence[str], until: int | None
) -> list[DrawPlace]:
    """List all teams in standings order with what a draw needs to know of each.

    Without any metric everybody is level: value 0, rank 1, subrank 1. Exact ties stand in order
    of name; where chance must decide, the draw does so from its seed.
    """
    everyone = np.ones(len(data.teams), dtype=np.bool_)
    columns, board = _measure(data, precedence, ("subrank",), until, everyone)
    ranks = board.ladder.ranks(everyone).tolist()
    # a who-beat-whom that does not apply ("n/a") counts as 0 like any blank
    values = (
        [float(v) if isinstance(v, int | float) else 0.0 for v in columns[0]]
        if precedence
        else [0.0] * len(data.teams)
    )
    places = sorted(
        zip(data.teams, values, ranks, columns[-1], strict=True),
        key=lambda row: (row[2], row[0].name, id_key(row[0].id)),
    )
    return [
        DrawPlace(team.id, value, rank, int(sub or 1)) for team, value, rank, sub in places
    ]


def team_ranks(data: ResultData, precedence: Sequence[str], until: int | None) -> IntArray:
    """Return everybody's rank in the order of ``data.teams``; all are first without a metric."""
    everyone = np.ones(len(data.teams), dtype=np.bool_)
    return _measure(data, precedence, (), until, everyone)[1].ladder.ranks(everyone)


def needs_speeches(keys: Sequence[str]) -> bool:
    """Tell whether a table with these columns reads single speeches."""
    return any(key in TEAM_METRICS and TEAM_METRICS[key].of_speeches for key in keys)


def _labels(keys: Sequence[str]) -> list[str]:
    labels: list[str] = []
    for key in keys:
        repeats = sum(label.startswith("wbw") for label in labels)
        labels.append(f"wbw{repeats + 1}" if key == "wbw" else key)
    return labels


def _measure(
    data: ResultData,
    metrics: Sequence[str],
    extra: Sequence[str],
    until: int | None,
    members: BoolArray,
) -> tuple[list[list[Value]], TeamBoard]:
    """Compute the columns of ``metrics``, then of new ``extra``, and the finished order."""
    check_keys(metrics, extra, TEAM_METRICS)
    start = Ladder.level(len(data.teams))
    board = TeamBoard(
        records=TeamRecords(data, until),
        speeches=SpeechRecords(data, until),
        ladder=start,
        first=start,
        members=members,
        institution=_institutions(data),
    )
    columns = []
    for index, key in enumerate(metrics):
        metric = TEAM_METRICS[key]
        values = metric.function(board)
        ladder = board.ladder.refined(values, ascending=metric.ascending)
        board = replace(board, ladder=ladder, first=ladder if index == 0 else board.first)
        columns.append(metric.cells(values))
    for key in extra:
        if key not in metrics or key == "wbw":
            metric = TEAM_METRICS[key]
            columns.append(metric.cells(metric.function(board)))
    return columns, board


def _institutions(data: ResultData) -> IntArray:
    numbers: dict[str, int] = {}
    return np.array(
        [
            numbers.setdefault(
                # no team's institution: the prefix keeps a team's own number apart from real ones
                f"i{team.institution}" if team.institution is not None else f"t{team.id}",
                len(numbers),
            )
            for team in data.teams
        ],
        dtype=np.int64,
    )
