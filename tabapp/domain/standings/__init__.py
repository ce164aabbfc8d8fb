"""Tables of teams, speakers, replies and judges with their metrics and ranks.

``metric`` says what a metric is, ``ladder`` orders rows and ranks them with ties, ``records``
holds the results that count, ``team_metrics`` and ``speaker_metrics`` define every column,
``tables`` puts them together. One rule: a metric is one function, defined in one place.
"""

from __future__ import annotations

from tabapp.domain.standings.metric import Metric
from tabapp.domain.standings.people import (
    JUDGE_KEYS,
    adjudicator_standings,
    reply_standings,
    speaker_standings,
)
from tabapp.domain.standings.speaker_metrics import REPLY_METRICS, SPEAKER_METRICS
from tabapp.domain.standings.team_metrics import TEAM_METRICS
from tabapp.domain.standings.teams import (
    DrawPlace,
    draw_order,
    needs_speeches,
    team_ranks,
    team_standings,
)

__all__ = [
    "JUDGE_KEYS",
    "REPLY_METRICS",
    "SPEAKER_METRICS",
    "TEAM_METRICS",
    "DrawPlace",
    "Metric",
    "adjudicator_standings",
    "draw_order",
    "needs_speeches",
    "reply_standings",
    "speaker_standings",
    "team_ranks",
    "team_standings",
]
