"""What a team still needs to break, read from a forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.forecast.values import TeamChance, TeamOutlook, Threshold

Kind = Literal["in", "out", "level", "has", "enough", "decided", "better", "help"]

SURE = 0.99
"""Share of the runs from which on a result is said to be enough."""
REAL = 0.25
"""Share of the runs from which on a chance is worth naming although a better result is sure."""
SLIM = 0.05


@dataclass(frozen=True, slots=True)
class Need:
    """What it takes: ``points`` more, of which ``kind`` says how far they go.

    ``in`` and ``out`` are certain, ``level`` shares the last places and nothing is left to play,
    ``has`` has all it takes as far as can be seen. With so many points more a break is ``enough``
    of them, ``decided`` by what ranks level teams, or takes ``better`` of that than most have;
    ``help`` needs other rooms to end well, too. ``place`` is the result of the last round that
    gives the points, before its weight: None where more than one round is left.
    """

    kind: Kind
    points: int = 0
    place: int | None = None


def need_of(
    chance: TeamChance, outlook: TeamOutlook, line: Threshold | None, *, rounds_left: int,
    most: int, by_result: Mapping[int, float] | None = None, weight: int = 1,
) -> Need:
    """Return what a team needs.

    ``most`` is what it can still get, 0 for a team whose results are all in. ``by_result`` is the
    chance after each result of the only round that is left, None where more are left or that one
    is not drawn.
    """
    if chance.certain is not None:
        return Need(chance.certain)
    if not rounds_left:
        return Need("in" if chance.p >= 1 else "out" if chance.p <= 0 else "level")
    if not most:
        return Need("has") if chance.p >= SURE else Need(
            "help" if chance.p < SLIM else "decided")
    if by_result and rounds_left == 1:
        return _by_result(by_result, weight)
    return _by_line(outlook.points, line, most) if line is not None else Need("help")


def _by_result(chances: Mapping[int, float], weight: int) -> Need:
    enough = min((one for one, p in chances.items() if p >= SURE), default=None)
    real = min((one for one, p in chances.items() if p >= REAL), default=None)
    slim = min((one for one, p in chances.items() if p >= SLIM), default=None)
    if enough is not None and real in (enough, None):
        return Need("enough", enough * weight, enough) if enough else Need("has")
    if real is not None:
        kind: Kind = "decided" if chances[real] >= 0.5 else "better"
        return Need(kind, real * weight, real)
    return Need("help") if slim is None else Need("better", slim * weight, slim)


def _by_line(points: int, line: Threshold, most: int) -> Need:
    """Compare with the line as it is expected, where the results to come are many."""
    if points > line.high:
        return Need("has")
    if points == line.high and most:
        return Need("enough", 1)
    at = max(round(line.expected), points)
    share = next((one.breaking for one in line.by_points if one.points == at), None)
    missing = at - points
    if missing > most:
        return Need("help")
    if share is not None and share >= SURE:
        return Need("enough", missing) if missing else Need("has")
    return Need("decided" if share is None or share >= 0.5 else "better", missing)
