"""What a forecast is asked and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tabapp.domain.breaks.values import BreakCategory
from tabapp.domain.formats import Settings
from tabapp.domain.types import ResultData

Certain = Literal["in", "out"]


@dataclass(frozen=True, slots=True)
class ForecastCase:
    """A tournament with rounds to come.

    ``out`` says who does not break whatever happens, category slug to teams (withdrawn ones, and
    those that a person took out). ``gone`` teams are drawn no more, ``absent`` ones not in the
    round of that ``seq``. ``debates`` are the archive's ids of the debates by the number that
    ``data`` gives them.
    """

    data: ResultData
    settings: Settings
    categories: tuple[BreakCategory, ...]
    out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    absent: Mapping[int, frozenset[str]] = field(default_factory=dict)
    debates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TeamChance:
    """How often a team broke in a category; ``se`` is the Monte-Carlo standard error of ``p``.

    ``certain``: the points alone decide it already, whatever happens; then ``p`` is 1 or 0 and
    ``se`` is 0. Not told (None) where another rule than the standard one could interfere.
    """

    team: str
    p: float
    se: float
    certain: Certain | None


@dataclass(frozen=True, slots=True)
class PointsShare:
    """In which share of the runs the last breaking team had so many points.

    ``breaking``: of the teams that ended on so many points, the share that broke; None where
    nobody did.
    """

    points: int
    share: float
    breaking: float | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """Points of the last breaking team: mean, 10th and 90th percentile, and all by points."""

    expected: float
    low: int
    high: int
    by_points: tuple[PointsShare, ...]


@dataclass(frozen=True, slots=True)
class CategoryForecast:
    """One break; ``teams`` are all that can break in it, the likeliest first.

    ``threshold`` is None where nobody can break.
    """

    slug: str
    size: int
    threshold: Threshold | None
    teams: tuple[TeamChance, ...]


@dataclass(frozen=True, slots=True)
class TeamOutlook:
    """A team's points now and at the end: mean, 10th and 90th percentile."""

    team: str
    points: int
    expected: float
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Stake:
    """What a room means for one of its teams in one category.

    ``by_points`` maps what the team gets from the room (before the round's weight) to its
    probability of breaking then; ``move`` is by how much the result is expected to move ``p``.
    """

    team: str
    category: str
    p: float
    by_points: Mapping[int, float]
    move: float


@dataclass(frozen=True, slots=True)
class WatchedRoom:
    """A drawn room without a result; ``worth`` is the sum of the moves of its ``stakes``."""

    debate: str
    seq: int
    worth: float
    stakes: tuple[Stake, ...]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What came of ``runs`` simulated endings.

    ``rounds_left`` counts the preliminary rounds in which a result is missing; ``rooms`` stand by
    falling worth. ``notes`` are codes of sentences on what was approximated, see
    ``core.messages.forecast``.
    """

    runs: int
    seed: int
    rounds_left: int
    categories: tuple[CategoryForecast, ...]
    outlook: tuple[TeamOutlook, ...]
    rooms: tuple[WatchedRoom, ...]
    notes: tuple[str, ...]
