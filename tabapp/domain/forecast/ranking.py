"""The order of teams at the end of each run, as one whole number a team: more is better.

Each metric of the precedence takes its bits, the first one the highest; chance, and at last the
column itself, fill the lowest, so that no two teams are level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tabapp.domain.forecast.chance import Chance, Ints
from tabapp.domain.forecast.field import Field
from tabapp.domain.forecast.rounds import Runs
from tabapp.domain.standings import TEAM_METRICS, team_ranks, team_standings
from tabapp.domain.standings.ladder import Ladder
from tabapp.domain.types import ResultData

BITS = 60
"""Of a key; those above are for whoever sorts by something else first."""
LOT = 12
"""Bits of chance in a key."""

_Measure = Callable[[Runs, Field], Ints]

_SIMULATED: Mapping[str, _Measure] = {
    "points": lambda runs, _known: runs.points,
    "wins": lambda runs, _known: runs.wins,
    "speaks_sum": lambda runs, _known: runs.speaks,
    "speaks_avg": lambda runs, _known: _average(runs.speaks, runs.scored),
    "speaks_ind_avg": lambda runs, _known: _average(runs.speaks, runs.scored),
    "firsts": lambda runs, _known: runs.extra["firsts"],
    "seconds": lambda runs, _known: runs.extra["seconds"],
    "thirds": lambda runs, _known: runs.extra["thirds"],
    "margin_sum": lambda runs, _known: runs.extra["margins"],
    "margin_avg": lambda runs, known: _average(
        runs.extra["margins"],
        known.debates_with_margin.astype(np.int32) + runs.scored
        - known.debates_scored.astype(np.int32)),
    "draw_strength": lambda runs, known: over_opponents(runs, known, runs.points),
    "draw_strength_speaks": lambda runs, known: over_opponents(runs, known, runs.speaks),
}
_OF_OPPONENTS = frozenset({"draw_strength", "draw_strength_speaks"})
_NEAR = frozenset({"speaks_ind_avg", "num_adjs"})
"""Metrics that are simulated, but not exactly as they are defined."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """How runs are ranked. ``held`` are values that stay as they are, by metric.

    ``loose`` are metrics that are left out of simulated endings, ``near`` those that are not
    exactly simulated.
    """

    metrics: tuple[str, ...]
    held: Mapping[str, Ints]
    loose: tuple[str, ...]
    near: tuple[str, ...]

    @property
    def keeps_orders(self) -> bool:
        """Tell whether it must be known who met whom."""
        return bool(_OF_OPPONENTS & set(self.metrics))

    def keys(self, runs: Runs, known: Field, chance: Chance) -> Ints:
        """Return a key for each run and column."""
        bits = known.columns.bit_length()
        rows = len(runs.points)
        found = np.zeros((rows, known.columns), dtype=np.int64)
        free = BITS - bits - LOT
        for metric in self.metrics:
            value = self.held.get(metric)
            if value is None:
                value = _SIMULATED[metric](runs, known) if metric != "num_adjs" else (
                    runs.extra["votes"] + self.held["num_adjs:so far"])
            low = int(value.min(initial=0))
            span = (int(value.max(initial=0)) - low).bit_length()
            free -= span
            if free < 0:
                break  # what is left of the precedence decides less than chance can
            found <<= span
            found |= value - low
        found <<= LOT
        found |= (chance.words(found.size) >> np.uint16(16 - LOT)).reshape(found.shape)
        found <<= bits
        found |= np.arange(known.columns)
        return found


def ranking_of(data: ResultData, known: Field) -> Ranking:
    """Return how the tournament's precedence ranks what runs end with.

    With nothing left to play its ranks are those of the standings.
    """
    wanted = known.settings.team_standings_precedence
    if not known.rounds:
        ranks = team_ranks(data, wanted, None)
        return Ranking(("place",), {"place": _padded(len(ranks) - ranks, known)}, (), ())
    metrics: list[str] = []
    held: dict[str, Ints] = {}
    loose: list[str] = []
    for key in wanted:
        if key == "wbw":
            loose.append(key)
        elif key in _SIMULATED or (key == "num_adjs" and known.voting and known.size == 2):
            metrics.append(key)
        else:
            metrics.append(key)
            held[key] = _as_it_is(data, known, key)
            loose.append(key)
    if "num_adjs" in metrics and "num_adjs" not in held:
        held["num_adjs:so far"] = np.rint(_now(data, known, "num_adjs")).astype(np.int64)
    near = tuple(one for one in metrics if one in _NEAR and one not in held)
    return Ranking(tuple(metrics), held, tuple(dict.fromkeys(loose)), near)


def _now(data: ResultData, known: Field, key: str) -> Any:
    """Return a metric as it stands, in the order of the columns; 0 where it is blank."""
    table = team_standings(data, metrics=(), extra=(key,))
    values = {row.id: row.values[key] for row in table.rows}
    found = np.zeros(known.columns)
    for column, team in enumerate(data.teams):
        value = values[team.id]
        found[column] = value if isinstance(value, int | float) else 0.0
    return found


def _as_it_is(data: ResultData, known: Field, key: str) -> Ints:
    """Return the levels of a metric as it stands, more being better."""
    place = Ladder.level(known.columns).refined(
        _now(data, known, key), ascending=TEAM_METRICS[key].ascending).place
    found: Ints = place.max(initial=0) - place
    return found


def _padded(values: Ints, known: Field) -> Ints:
    return np.pad(values, (0, known.columns - len(values)))


def _average(values: Ints, counts: Ints) -> Ints:
    found: Ints = np.rint(values / np.maximum(counts, 1)).astype(np.int64)
    return found


def over_opponents(runs: Runs, known: Field, values: Ints) -> Ints:
    """Sum a figure of everybody met.

    Opponent after opponent is added for all runs at once, so that each step copies whole rows of
    the figures turned over. A product with the matrix of meetings would be shorter, but libraries
    divide it among threads that wait for each other by spinning.
    """
    rows, columns = values.shape
    meetings = known.opponents.shape[1] + len(runs.orders) * (known.size - 1)
    most = meetings * int(np.abs(values).max(initial=0))
    kind = np.min_scalar_type(-most - 1)
    turned = np.zeros((columns + 1, rows), dtype=kind)  # the last row is nobody's
    turned[:columns] = values.T
    total = np.zeros((columns, rows), dtype=kind)
    for others in known.opponents.T:
        total += turned.take(others, axis=0)
    found: Ints = np.ascontiguousarray(total.T)
    first = (np.arange(rows, dtype=np.int64) * columns)[:, None]
    for order in runs.orders:
        where = order + first
        own = values.astype(kind).ravel().take(where).reshape(rows, -1, known.size)
        others = own.sum(axis=2, keepdims=True, dtype=kind) - own
        found.reshape(-1)[where] += others.reshape(where.shape)
    return found


def wanted_extras(metrics: Sequence[str], held: Mapping[str, Ints]) -> frozenset[str]:
    """Return what the runs must keep beside points, wins and speaks."""
    return frozenset(metrics) - held.keys()


