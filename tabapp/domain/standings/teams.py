"""Team standings, and the order in which a draw takes its teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
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
    listed = listed_teams(data, category, members)
    found = measure(data, metrics, extra, until, listed)
    named = list(found.columns)
    ranked = tuple(named[: len(metrics)])
    shown = [key for key in extra if key in ranked]
    return table(
        "teams",
        metrics=ranked,
        extra=(*shown, *named[len(metrics) :]),
        subjects=[Subject(team.id, team.name) for team in data.teams],
        columns=found.columns,
        ladder=found.board.ladder,
        listed=listed,
    )


def listed_teams(
    data: ResultData, category: str | None, members: frozenset[str] | None
) -> BoolArray:
    """Return which teams a table lists and ranks."""
    return np.array(
        [
            (members is None or team.id in members)
            and (category is None or category in team.break_categories)
            for team in data.teams
        ],
        dtype=np.bool_,
    )


def draw_order(
    data: ResultData, precedence: Sequence[str], until: int | None
) -> list[DrawPlace]:
    """List all teams in standings order with what a draw needs to know of each.

    Without any metric everybody is level: value 0, rank 1, subrank 1. Exact ties stand in order
    of name; where chance must decide, the draw does so from its seed.
    """
    everyone = np.ones(len(data.teams), dtype=np.bool_)
    found = measure(data, precedence, ("subrank",), until, everyone)
    columns = list(found.columns.values())
    ranks = found.board.ladder.ranks(everyone).tolist()
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
    return measure(data, precedence, (), until, everyone).board.ladder.ranks(everyone)


def needs_speeches(keys: Sequence[str]) -> bool:
    """Tell whether a table with these columns reads single speeches."""
    return any(key in TEAM_METRICS and TEAM_METRICS[key].of_speeches for key in keys)


def _labels(keys: Sequence[str]) -> list[str]:
    labels: list[str] = []
    for key in keys:
        repeats = sum(label.startswith("wbw") for label in labels)
        labels.append(f"wbw{repeats + 1}" if key == "wbw" else key)
    return labels


@dataclass(frozen=True, slots=True)
class Measured:
    """Columns by the key that they have in a table, what each was computed from, and the end.

    ``boards`` holds what a metric could read when its column was computed: the order by those
    before it. ``board`` has the finished order.
    """

    columns: Mapping[str, Sequence[Value]]
    boards: Mapping[str, TeamBoard]
    board: TeamBoard


def measure(
    data: ResultData,
    metrics: Sequence[str],
    extra: Sequence[str],
    until: int | None,
    members: BoolArray,
) -> Measured:
    """Compute the columns of ``metrics``, then of new ``extra``, and the finished order.

    A key that stands in both lists is one column.
    """
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
    keys = [*metrics, *(key for key in extra if key not in metrics or key == "wbw")]
    columns: dict[str, Sequence[Value]] = {}
    boards: dict[str, TeamBoard] = {}
    for index, (key, label) in enumerate(zip(keys, _labels(keys), strict=True)):
        metric = TEAM_METRICS[key]
        values = metric.function(board)
        boards[label], columns[label] = board, metric.cells(values)
        if index < len(metrics):
            ladder = board.ladder.refined(values, ascending=metric.ascending)
            board = replace(board, ladder=ladder, first=ladder if index == 0 else board.first)
    return Measured(columns, boards, board)


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
