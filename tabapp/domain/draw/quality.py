"""Figures of a draw, made by the engine or edited by hand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations, permutations

import numpy as np

from tabapp.domain.draw.assignment import assign
from tabapp.domain.draw.brackets import ROOM, RoomRule, define_rooms, points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.pairing_costs import PairingCosts
from tabapp.domain.draw.positions import CostTable, is_balanced
from tabapp.domain.draw.two_team.values import same_institution, times_met
from tabapp.domain.types import (
    BP_SIDES,
    PULLUP,
    TWO_SIDES,
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    FloatArray,
    Side,
)


def quality_of(
    debates: Sequence[DrawnDebate], snapshot: DrawSnapshot, *, optimum: float | None = None,
    is_optimal: bool = False, seed: int = 0,
) -> DrawQuality:
    """Measure a set of debates against the snapshot; teams unknown to it are passed over.

    ``optimum`` is the least possible cost where it is known already, and ``is_optimal`` says that
    the debates have it. Otherwise it is solved for the teams that stand in the debates. In BP it
    is that of positions: within the brackets of a power-paired draw, within the rooms of a
    round-robin, without either in another draw, and 0 while those teams do not fill rooms of
    four. Of two teams it is that of minimum-cost matching,
    within the brackets in which they stand; ``seed`` is that of the draw, whose lots ranked
    teams of equal seeds.
    """
    known = {team.id: team for team in snapshot.teams}
    options = DrawOptions.from_mapping(snapshot.options)
    if snapshot.sides == TWO_SIDES:
        matched = PairingCosts.of(debates, snapshot, options, seed=seed)
        return _of_pairs(debates, known, matched, optimum=optimum, is_optimal=is_optimal)
    seats = [
        (known[team], BP_SIDES.index(side))
        for debate in debates
        for side, team in debate.sides
        if side in BP_SIDES and team in known
    ]
    costs = CostTable([team.sides for team, _position in seats], options).of_teams()
    positions = [position for _team, position in seats]
    power = snapshot.draw_type is DrawType.POWER
    if optimum is None and snapshot.draw_type is DrawType.ROUND_ROBIN:
        optimum = _optimum_of_rooms(debates, known, costs)
    elif optimum is None:
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


def _of_pairs(
    debates: Sequence[DrawnDebate], known: dict[str, DrawTeam], costs: PairingCosts | None, *,
    optimum: float | None, is_optimal: bool,
) -> DrawQuality:
    cost = least = 0.0
    if costs is not None:
        cost = costs.total(debates)
        least = cost if is_optimal else costs.optimum() if optimum is None else optimum
    met, same = _meetings(debates, known)
    return DrawQuality(
        pullups=sum(
            PULLUP in flags for debate in debates for flags in debate.team_flags.values()),
        rematches=met, same_institution=same,
        side_imbalance=sum(
            abs(balance_after(known[team].sides, side)) > 1
            for debate in debates for side, team in debate.sides
            if side in TWO_SIDES and team in known),
        pairing_cost=cost, pairing_cost_optimum=least,
    )


def balance_after(counts: Sequence[int], side: Side) -> int:
    """Return how much more often a team has affirmed than negated, this debate included.

    >>> balance_after((2, 1), Side.AFF), balance_after((2, 1), Side.NEG)
    (2, 0)
    """
    aff, neg = counts
    return aff - neg + (1 if side is Side.AFF else -1)


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


def _optimum_of_rooms(
    debates: Sequence[DrawnDebate], known: dict[str, DrawTeam], costs: FloatArray
) -> float:
    """Sum what each room costs at least, its four teams as they are; others count nothing.

    ``costs`` has a row for each seat of the debates, in their order.
    """
    least, start = [], 0
    for debate in debates:
        here = sum(side in BP_SIDES and team in known for side, team in debate.sides)
        room, start = costs[start : start + here], start + here
        if here == ROOM:
            rows = range(ROOM)
            least.append(min(
                math.fsum(room[rows, order].tolist()) for order in permutations(range(ROOM))))
    return math.fsum(least)


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
