"""Standings of speakers, of replies and of judges."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from tabapp.domain.standings.ladder import Ladder
from tabapp.domain.standings.metric import check_keys, check_names
from tabapp.domain.standings.records import SpeechRecords, TeamRecords, rounds_so_far
from tabapp.domain.standings.speaker_metrics import REPLY_METRICS, SPEAKER_METRICS, SpeakerBoard
from tabapp.domain.standings.tables import Subject, table
from tabapp.domain.types import AdjudicatorInfo, BoolArray, ResultData, Standings, Value

JUDGE_KEYS = (
    "score", "base_score", "feedback", "feedback_count", "chaired", "panelled", "trained")
"""The columns of judges; all but the score are fields of ``AdjudicatorInfo``."""


def speaker_standings(
    data: ResultData,
    *,
    metrics: Sequence[str],
    extra: Sequence[str] = (),
    until: int | None = None,
    category: str | None = None,
    missable: int = -1,
) -> Standings:
    """Rank the speakers by ``metrics`` over their substantive speeches (rules.md, section 5).

    Counted are speeches with a score, no ghosts, on confirmed ballots of preliminary rounds up
    to ``until``. With ``missable`` m ≥ 0 only who spoke in at least (rounds with a result - m) is
    ranked; the others follow without a rank. With a speaker category's slug only its members are
    listed and ranked.

    Raises ``UserError``: ``unknown_metric``, ``metric_twice``.
    """
    board = speaker_board(data, until, replies=False)
    ranked = _spoke_enough(data, board, until, missable)
    return _people(
        "speakers", data, board,
        metrics=metrics, extra=extra, listed=_in_category(data, category), ranked=ranked,
    )  # fmt: skip


def reply_standings(
    data: ResultData,
    *,
    metrics: Sequence[str] = REPLY_METRICS[:1],
    extra: Sequence[str] = REPLY_METRICS[1:],
    until: int | None = None,
    category: str | None = None,
    missable: int = -1,
) -> Standings:
    """Rank everyone who gave a reply, by the average reply score unless ``metrics`` say more.

    ``missable``, ``category`` and the errors as for speakers; only metrics of replies are known.
    """
    check_keys(metrics, extra, {key: SPEAKER_METRICS[key] for key in REPLY_METRICS})
    board = speaker_board(data, until, replies=True)
    listed = _in_category(data, category) & (board.speeches.count > 0)
    ranked = _spoke_enough(data, board, until, missable)
    return _people(
        "replies", data, board,
        metrics=metrics, extra=extra, listed=listed, ranked=ranked,
    )  # fmt: skip


def adjudicator_standings(
    adjudicators: Sequence[AdjudicatorInfo], *, feedback_weight: float = 0.0,
    metrics: Sequence[str] = JUDGE_KEYS[:1], extra: Sequence[str] = JUDGE_KEYS[1:],
) -> Standings:
    """Rank the judges by score = (1 - w) × base score + w × mean feedback.

    w is ``feedback_weight``, and 0 for a judge without feedback (rules.md, section 11). With
    ``metrics`` other columns rank, more being better.

    Raises ``UserError``: ``unknown_metric``, ``metric_twice``.
    """
    check_names(metrics, extra, JUDGE_KEYS)
    scores = [
        judge.base_score
        if judge.feedback is None
        else (1 - feedback_weight) * judge.base_score + feedback_weight * judge.feedback
        for judge in adjudicators
    ]
    every: dict[str, Sequence[float | None]] = {
        "score": scores,
        **{key: [getattr(judge, key) for judge in adjudicators] for key in JUDGE_KEYS[1:]}}
    ladder = Ladder.level(len(adjudicators))
    for key in metrics:
        ladder = ladder.refined(np.array(every[key], dtype=np.float64), ascending=False)
    return table(
        "adjudicators",
        metrics=tuple(metrics),
        extra=tuple(extra),
        subjects=[Subject(judge.id, judge.name) for judge in adjudicators],
        columns={key: every[key] for key in (*metrics, *extra)},
        ladder=ladder,
        listed=np.ones(len(adjudicators), dtype=np.bool_),
    )


def speaker_board(data: ResultData, until: int | None, *, replies: bool) -> SpeakerBoard:
    """Return what a metric of speakers, or of replies, may read."""
    return SpeakerBoard(
        speeches=SpeechRecords(data, until, replies=replies),
        teams=TeamRecords(data, until),
        team=np.array([speaker.team for speaker in data.speakers], dtype=np.int64),
    )


def _in_category(data: ResultData, category: str | None) -> BoolArray:
    return np.array(
        [category is None or category in speaker.categories for speaker in data.speakers],
        dtype=np.bool_,
    )


def _spoke_enough(
    data: ResultData, board: SpeakerBoard, until: int | None, missable: int
) -> BoolArray:
    if missable < 0:
        return np.ones(len(data.speakers), dtype=np.bool_)
    return board.speeches.count >= rounds_so_far(data, until) - missable


def _people(
    kind: Literal["speakers", "replies"],
    data: ResultData,
    board: SpeakerBoard,
    *,
    metrics: Sequence[str],
    extra: Sequence[str],
    listed: BoolArray,
    ranked: BoolArray,
) -> Standings:
    check_keys(metrics, extra, SPEAKER_METRICS)
    ladder = Ladder.level(len(data.speakers))
    columns: dict[str, Sequence[Value]] = {}
    for key in (*metrics, *extra):
        if key in columns:
            continue
        metric = SPEAKER_METRICS[key]
        values = metric.function(board)
        if key in metrics:
            ladder = ladder.refined(values, ascending=metric.ascending)
        columns[key] = metric.cells(values)
    return table(
        kind,
        metrics=tuple(metrics),
        extra=tuple(extra),
        subjects=[Subject(speaker.id, speaker.name) for speaker in data.speakers],
        columns=columns,
        ladder=ladder,
        listed=listed,
        ranked=ranked,
    )
