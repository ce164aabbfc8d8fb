"""What it costs to seat a judge in a debate (rules.md, section 11), as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tabapp.core.errors import UserError
from tabapp.domain.allocation.types import PanelDebate, PanelJudge
from tabapp.domain.types import BoolArray, FloatArray

POLICIES = ("important_first", "even", "tabbycat")


@dataclass(frozen=True, slots=True)
class Options:
    """The adjudicator settings in force."""

    min_score: float
    max_score: float
    min_voting_score: float
    conflict_penalty: float
    history_penalty: float
    no_panellists: bool
    no_trainees: bool
    policy: str
    per_adj: bool


def read_options(options: Mapping[str, Any]) -> Options:
    """Read the settings that this allocator uses; those left out have their defaults.

    Raises ``UserError`` (``allocate_unknown_policy``) for a policy that does not exist.
    """
    policy = str(options.get("panel_size_policy", "important_first"))
    if policy not in POLICIES:
        raise UserError("allocate_unknown_policy", policy=policy, known=", ".join(POLICIES))
    return Options(
        min_score=float(options.get("adj_min_score", 0.0)),
        max_score=float(options.get("adj_max_score", 5.0)),
        min_voting_score=float(options.get("adj_min_voting_score", 1.5)),
        conflict_penalty=float(options.get("adj_conflict_penalty", 1_000_000)),
        history_penalty=float(options.get("adj_history_penalty", 10_000)),
        no_panellists=bool(options.get("no_panellist_position", False)),
        no_trainees=bool(options.get("no_trainee_position", False)),
        policy=policy,
        per_adj=options.get("ballots_per_debate", "per-adj") == "per-adj",
    )


def normalised(score: float, options: Options) -> float:
    """Return q, the score on a scale from 0 to 5; 0 where the range is empty."""
    span = options.max_score - options.min_score
    return (score - options.min_score) / span * 5.0 if span else 0.0


def strength_cost(
    importance: int, q: FloatArray, adjustment: int, max_score: float
) -> FloatArray:
    """Return the strength term of section 11 for judges of normalised scores ``q``.

    >>> strength_cost(0, np.array([5.0, 3.0]), 0, 5.0).round(1)
    array([ 15642.6, 115586.3])
    """
    x = 5.0 + (importance + 3 + adjustment) - q
    missing = np.where(x > 0.25, 1000.0 * np.exp(x - 0.25), 0.0)
    return np.asarray(missing + (max_score - q), dtype=np.float64)


class Costs:
    """Costs of every judge in every debate; rows are debates, columns judges.

    ``history`` counts the teams of the debate that the judge has met, ``barred`` is true where it
    clashes with one. ``pair_history`` and ``pair_barred`` are the same between judges, symmetric.
    """

    def __init__(
        self, debates: Sequence[PanelDebate], judges: Sequence[PanelJudge], options: Options
    ) -> None:
        self.debates = debates
        self.judges = judges
        self.options = options
        self.q: FloatArray = np.array([normalised(j.score, options) for j in judges], float)
        teams = [frozenset(debate.teams) for debate in debates]
        shape = (len(debates), len(judges))
        self.history: FloatArray = np.array(
            [[len(room & judge.teams_seen) for judge in judges] for room in teams], float
        ).reshape(shape)
        self.barred: BoolArray = np.array(
            [[not room.isdisjoint(judge.team_conflicts) for judge in judges] for room in teams],
            bool,
        ).reshape(shape)
        self.pair_history = _pairs(judges, [judge.judges_seen for judge in judges])
        self.pair_barred = _pairs(judges, [judge.judge_conflicts for judge in judges])

    def strength(self, debate: int, adjustment: int) -> FloatArray:
        """Return the strength term of every judge in a place of ``debate``."""
        importance = self.debates[debate].importance
        return strength_cost(importance, self.q, adjustment, self.options.max_score)

    def table(self, places: Sequence[tuple[int, int]]) -> FloatArray:
        """Return cost[place, judge] for places given as (debate, adjustment)."""
        rows = [
            self.strength(d, t) + self.options.history_penalty * self.history[d]
            for d, t in places
        ]
        return np.array(rows, dtype=np.float64).reshape(len(places), len(self.judges))

    def parts(self, seated: Iterable[tuple[tuple[int, int], int]]) -> dict[str, float]:
        """Add up the cost of voting judges by its causes; ``seated`` is ((debate, t), judge)."""
        parts = {"strength": 0.0, "team_history": 0.0, "judge_history": 0.0}
        rooms: dict[int, list[int]] = {}
        for (debate, adjustment), judge in seated:
            if judge < 0:
                continue
            parts["strength"] += float(self.strength(debate, adjustment)[judge])
            parts["team_history"] += self.options.history_penalty * float(
                self.history[debate, judge]
            )
            rooms.setdefault(debate, []).append(judge)
        for members in rooms.values():
            met = self.pair_history[np.ix_(members, members)].sum() / 2.0
            parts["judge_history"] += self.options.history_penalty * float(met)
        return parts


def _pairs(judges: Sequence[PanelJudge], others: Sequence[frozenset[str]]) -> BoolArray:
    """Return a symmetric matrix, true where one of the two names the other."""
    index = {judge.id: number for number, judge in enumerate(judges)}
    pairs = np.zeros((len(judges), len(judges)), dtype=bool)
    for row, named in enumerate(others):
        for other in named:
            column = index.get(other)
            if column is not None and column != row:
                pairs[row, column] = pairs[column, row] = True
    return pairs
