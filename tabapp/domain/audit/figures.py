"""Work out every metric of team standings once more, from what was counted by plain loops.

The formulations differ on purpose from those in ``domain.standings``: an order is a tuple that
grows by one number with each metric, and a rank is the number of smaller tuples.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from tabapp.domain.audit.recount import Recount, TeamCount

Figure = float | None
Key = tuple[float, ...]
"""Smaller for the better team; every metric of the precedence has a number in it."""

ASCENDING = frozenset({"speaks_stddev", "num_iron", "draw_strength_rank", "stdev", "srank"})
LAST = float("inf")

_OF_ONE_TEAM: Mapping[str, Callable[[TeamCount], Figure]] = {
    "wins": lambda team: team.wins,
    "points": lambda team: team.points,
    "speaks_sum": lambda team: sum(team.speaks),
    "speaks_avg": lambda team: fmean(team.speaks) if team.speaks else None,
    "speaks_ind_avg": lambda team: fmean(team.marks) if team.marks else None,
    "speaks_stddev": lambda team: pstdev(team.speaks) if team.speaks else None,
    "margin_sum": lambda team: sum(team.margins) if team.margins else None,
    "margin_avg": lambda team: fmean(team.margins) if team.margins else None,
    "num_adjs": lambda team: team.ballots,
    "firsts": lambda team: team.finishes.count(3.0),
    "seconds": lambda team: team.finishes.count(2.0),
    "thirds": lambda team: team.finishes.count(1.0),
    "npullups": lambda team: team.pullups,
    "pullup_debates": lambda team: team.pullup_debates,
    "num_iron": lambda team: team.irons,
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns by label, each team to its figure, and where every team stands."""

    columns: Mapping[str, Mapping[str, Figure]]
    keys: Mapping[str, Key]


def team_figures(
    counted: Recount, precedence: Sequence[str], extra: Collection[str] = (), *,
    members: Collection[str] = (), homes: Mapping[str, str | None] | None = None,
) -> Figures:
    """Work out the metrics of a precedence and others beside it.

    The metrics are keys, repeated who-beat-whom columns are called ``wbw1``, ``wbw2`` … as
    in the table. ``extra`` are labels. Subranks and ranks within institutions, which ``homes``
    tells, count ``members`` only.
    """
    keys: dict[str, Key] = dict.fromkeys(counted.teams, ())
    columns: dict[str, Mapping[str, Figure]] = {}
    first = keys
    for place, metric in enumerate(precedence):
        beats = sum(label.startswith("wbw") for label in columns)
        column = _column(counted, metric, keys)
        columns[f"wbw{beats + 1}" if metric == "wbw" else metric] = column
        keys = {team: (*key, _ordinal(metric, column[team])) for team, key in keys.items()}
        first = first if place else keys
    for label in extra:
        if label in columns:
            continue
        if label == "subrank":
            columns[label] = _ranks(keys, members, first)
        elif label == "institution_rank":
            at_home = {team: (homes or {}).get(team) or ("", team) for team in keys}
            columns[label] = _ranks(keys, members, at_home)
        elif label == "draw_strength_rank":
            ranks = _ranks(keys, keys, {})
            columns[label] = _over_opponents(counted, ranks)
        else:
            columns[label] = _column(counted, label.rstrip("0123456789"), keys)
    return Figures(columns, keys)


def _column(counted: Recount, metric: str, keys: Mapping[str, Key]) -> Mapping[str, Figure]:
    teams = counted.teams
    if metric == "wbw":
        return _who_beat_whom(counted, keys)
    if metric == "draw_strength":
        return _over_opponents(counted, {team: one.points for team, one in teams.items()})
    if metric == "draw_strength_speaks":
        return _over_opponents(counted, {team: sum(one.speaks) for team, one in teams.items()})
    return {team: _OF_ONE_TEAM[metric](one) for team, one in teams.items()}


def _over_opponents(counted: Recount, worth: Mapping[str, float]) -> dict[str, Figure]:
    return {
        team: sum(worth[other] for other in one.opponents) for team, one in counted.teams.items()
    }


def _who_beat_whom(counted: Recount, keys: Mapping[str, Key]) -> dict[str, Figure]:
    """Let two teams that alone share a place compare what they won against each other."""
    sharing: dict[Key, list[str]] = {}
    for team, key in keys.items():
        sharing.setdefault(key, []).append(team)
    found: dict[str, Figure] = dict.fromkeys(keys)
    for level in sharing.values():
        if len(level) == 2:
            for team, other in (level, level[::-1]):
                found[team] = counted.teams[team].won_against.get(other, 0.0)
    return found


def _ordinal(metric: str, value: Figure) -> float:
    if value is None:
        return LAST
    return round(value, 6) if metric in ASCENDING else -round(value, 6)


def _ranks(
    keys: Mapping[str, Key], members: Collection[str], group: Mapping[str, object]
) -> dict[str, float]:
    """Rank every team among the members of its group."""
    return {
        team: 1.0 + sum(
            keys[other] < key for other in members if group.get(other) == group.get(team))
        for team, key in keys.items()
    }
