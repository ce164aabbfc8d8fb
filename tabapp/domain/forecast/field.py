"""What is known when a forecast begins, in columns: records, strengths, rounds to come.

Each team is a column; behind them stand columns of teams that are not there, average ones that
fill a room where the number of teams is no multiple and nobody rests (a tab would find swings).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tabapp.domain.ballots import ResultType, result_type
from tabapp.domain.ballots.values import SCORELESS
from tabapp.domain.forecast.chance import UNIT
from tabapp.domain.forecast.strength import POSITIONS, Strengths, estimate
from tabapp.domain.forecast.values import ForecastCase
from tabapp.domain.formats import Settings
from tabapp.domain.standings.records import TeamRecords
from tabapp.domain.types import (
    BP_SIDES,
    DrawType,
    FloatArray,
    IntArray,
    ResultData,
    RoundInfo,
    Stage,
)


@dataclass(frozen=True, slots=True, eq=False)
class RoundToCome:
    """A preliminary round in which something is still open.

    ``rooms`` are the columns of the teams of drawn rooms without a result, one row a room, in
    the order of the sides; None where the round is not drawn: then the ``active`` columns are
    drawn in each run, ``resting`` of them have a bye, and with ``by_points`` like meets like.
    ``debates`` number the rooms as the results do.
    """

    seq: int
    weight: int
    rooms: IntArray | None
    debates: tuple[int, ...] = ()
    active: IntArray | None = None
    resting: int = 0
    by_points: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """Everything that runs have in common. Arrays have a value for each column.

    ``first`` is what brackets are made by: "points", "wins", or "" for neither. ``position`` is
    what each side adds to a total, in steps. ``opponents`` has a row for each column: those that
    it meets by the draws so far, as often as it does; ``columns``, which is nobody, fills it up.
    """

    teams: int
    columns: int
    size: int
    ranked: bool
    scored: bool
    voting: bool
    first: str
    points: IntArray
    wins: IntArray
    places: dict[int, IntArray]
    speaks: IntArray
    debates_scored: IntArray
    margins: IntArray
    debates_with_margin: IntArray
    opponents: IntArray
    strength: Strengths
    mean: FloatArray
    sd: FloatArray
    position: IntArray
    rounds: tuple[RoundToCome, ...]
    settings: Settings

    @property
    def best(self) -> int:
        """What a debate gives at most."""
        return self.size - 1 if self.ranked else 0


def prepare(case: ForecastCase) -> Field:
    """Collect what the runs start from."""
    data, settings = case.data, case.settings
    size = settings.teams_in_debate
    kind = result_type(settings, Stage.PRELIMINARY, size)
    ranked, scored = kind is not ResultType.PUBLIC_SPEAKING and size in (2, 4), (
        kind not in SCORELESS)
    records = TeamRecords(data, None)
    strength = estimate(records, settings, scored=scored)
    teams = len(data.teams)
    rounds = tuple(_rounds_to_come(case))
    columns = teams + size - 1

    def whole(values: FloatArray) -> IntArray:
        return np.rint(np.pad(values, (0, columns - teams))).astype(np.int64)

    steps = np.pad(strength.mean, (0, columns - teams), constant_values=strength.centre)
    first = next(iter(settings.team_standings_precedence), "")
    places = np.array(POSITIONS) if size == len(BP_SIDES) else np.zeros(size)
    return Field(
        teams=teams, columns=columns, size=size, ranked=ranked, scored=scored,
        voting=kind in (ResultType.PANEL_SCORES, ResultType.PANEL_WINNERS),
        first=first if first in ("points", "wins") else "",
        points=whole(records.points_won), wins=whole(records.count(records.win == 1)),
        places={n: whole(records.count(records.points == n)) for n in (3, 2, 1)},
        speaks=whole(records.speaks * UNIT),
        debates_scored=whole(records.count(~np.isnan(records.score))),
        margins=whole(records.sum(records.margin) * UNIT),
        debates_with_margin=whole(records.count(~np.isnan(records.margin))),
        opponents=_opponents(records, columns), strength=strength,
        mean=steps * UNIT, sd=np.pad(strength.sd, (0, columns - teams)) * UNIT,
        position=np.rint(
            places * strength.mark * settings.substantive_speakers * UNIT).astype(np.int64),
        rounds=rounds, settings=settings,
    )


def _rounds_to_come(case: ForecastCase) -> list[RoundToCome]:
    data, size = case.data, case.settings.teams_in_debate
    found = []
    for index, info in enumerate(data.rounds):
        if info.stage is not Stage.PRELIMINARY:
            continue
        rows = np.flatnonzero(data.team_round == index)
        if len(rows):
            open_ = rows[~data.team_confirmed[rows] & (data.team_side[rows] >= 0)]
            rooms, debates = _rooms(data, open_, size)
            if debates:
                found.append(RoundToCome(info.seq, info.weight, rooms, debates))
        else:
            coming = _undrawn(case, info, size)
            if coming is not None:
                found.append(coming)
    return found


def _rooms(data: ResultData, rows: IntArray, size: int) -> tuple[IntArray, tuple[int, ...]]:
    """Return a row of columns for each room, filled up with teams that are not there."""
    teams = len(data.teams)
    of: dict[int, list[tuple[int, int]]] = {}
    for row in rows.tolist():
        of.setdefault(int(data.team_debate[row]), []).append(
            (int(data.team_side[row]), int(data.team_team[row])))
    rooms = [
        ([team for _side, team in sorted(sides)] + list(range(teams, teams + size - 1)))[:size]
        for sides in of.values()
    ]
    return np.array(rooms, dtype=np.int64).reshape(-1, size), tuple(of)


def _undrawn(case: ForecastCase, info: RoundInfo, size: int) -> RoundToCome | None:
    away = case.gone | case.absent.get(info.seq, frozenset())
    here = [index for index, team in enumerate(case.data.teams) if team.id not in away]
    odd = len(here) % size
    resting = odd if case.settings.bye_team_selection != "off" else 0
    filling: Sequence[int] = ()
    if odd and not resting:
        filling = range(len(case.data.teams), len(case.data.teams) + size - odd)
    if len(here) - resting < size:
        return None
    return RoundToCome(
        info.seq, info.weight, None, active=np.array([*here, *filling], dtype=np.int64),
        resting=resting, by_points=info.draw_type is DrawType.POWER)


def _opponents(records: TeamRecords, columns: int) -> IntArray:
    """Return the columns that each column was drawn into one debate with so far."""
    met: list[list[int]] = [[] for _column in range(columns)]
    order = np.argsort(records.debate, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(records.debate[order])) + 1):
        room = records.team[rows].tolist()
        for team in room:
            met[team] += [other for other in room if other != team]
    most = max(map(len, met))
    return np.array(
        [[*others, *[columns] * (most - len(others))] for others in met], dtype=np.int64)
