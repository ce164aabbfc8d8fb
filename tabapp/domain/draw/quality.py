"""Figures of a draw, made by the engine or edited by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations

import numpy as np

from tabapp.domain.draw.assignment import assign
from tabapp.domain.draw.brackets import ROOM, RoomRule, define_rooms, points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable, is_balanced
from tabapp.domain.types import (
    BP_SIDES,
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawTeam,
    DrawType,
)


def quality_of(
    debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, *, optimum: float | None = None
) -> DrawQuality:
    """Measure a set of BP debates against the snapshot; teams unknown to it are passed over.

    ``optimum`` is the least possible position cost where it is known already; otherwise it is
    solved for the teams that stand in the debates: within the brackets of a power-paired draw,
    without any in another. It is 0 while those teams do not fill rooms of four.
    """
    known = {team.id: team for team in snapshot.teams}
    seats = [
        (known[team], BP_SIDES.index(side))
        for debate in debates
        for side, team in debate.sides
        if side in BP_SIDES and team in known
    ]
    options = DrawOptions.from_mapping(snapshot.options)
    costs = CostTable([team.sides for team, _position in seats], options).of_teams()
    positions = [position for _team, position in seats]
    power = snapshot.draw_type is DrawType.POWER
    if optimum is None:
        optimum = _optimum([team for team, _position in seats], options, power=power)
    met, same = _meetings(debates, known)
    return DrawQuality(
        pullups=sum(_below_the_top(debate, known) for debate in debates) if power else 0,
        position_cost=math.fsum(costs[np.arange(len(seats)), positions].tolist()),
        position_cost_optimum=optimum,
        rematches=met,
        same_institution=same,
        side_imbalance=sum(
            not is_balanced([n + (i == position) for i, n in enumerate(team.sides)])
            for team, position in seats
        ),
    )


def times_met(one: DrawTeam, other: DrawTeam) -> int:
    """Return in how many debates both stood, even if only one of the two remembers."""
    return max(one.seen.get(other.id, 0), other.seen.get(one.id, 0))


def same_institution(one: DrawTeam, other: DrawTeam) -> bool:
    """Tell whether both are of one institution; a team without one clashes with nobody."""
    return one.institution is not None and one.institution == other.institution


def optimal_rooms(points: Sequence[float], options: DrawOptions, *, power: bool) -> tuple[
    RoomRule, ...
]:
    """Return the rooms that the draw type allows: brackets, or every team in every room."""
    if power:
        return define_rooms(points, options.bp_pullup_distribution)
    return (RoomRule(0.0, tuple(dict.fromkeys(points))),) * (len(points) // ROOM)


def _optimum(teams: Sequence[DrawTeam], options: DrawOptions, *, power: bool) -> float:
    if len(teams) % ROOM or len({team.id for team in teams}) < len(teams):
        return 0.0
    points = [points_of(team.points) for team in teams]
    costs = CostTable([team.sides for team in teams], options).of_teams()
    seats = assign(points, costs, optimal_rooms(points, options, power=power))
    return math.fsum(costs[np.arange(len(seats)), seats % ROOM].tolist())


def _below_the_top(debate: DrawnDebate, known: dict[str, DrawTeam]) -> int:
    points = [points_of(known[team].points) for team in debate.teams if team in known]
    return sum(value < max(points) for value in points)


def _meetings(debates: Sequence[DrawnDebate], known: dict[str, DrawTeam]) -> tuple[int, int]:
    met = same = 0
    for debate in debates:
        here = [known[team] for team in debate.teams if team in known]
        for one, other in combinations(here, 2):
            met += times_met(one, other)
            same += same_institution(one, other)
    return met, same
