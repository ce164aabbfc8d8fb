"""Make a draw from a snapshot and a seed."""

from __future__ import annotations

import math

import numpy as np

from tabapp.core.messages import word
from tabapp.domain.draw.assignment import assign
from tabapp.domain.draw.brackets import ROOM, RoomRule, define_rooms, points_of
from tabapp.domain.draw.field import Field, take_field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.draw.quality import quality_of
from tabapp.domain.draw.round_robin import draw_round_robin
from tabapp.domain.draw.secondary import improve
from tabapp.domain.draw.two_team.draw import draw_two_team
from tabapp.domain.draw.validity import check_draw, resting_side
from tabapp.domain.types import (
    BP_SIDES,
    PULLUP,
    Draw,
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    IntArray,
    Side,
    Tick,
    no_tick,
)

ENGINE = "tabapp-draw 2"
"""Version of the algorithm: the same version, snapshot and seed give the same draw."""


def generate(snapshot: DrawSnapshot, *, seed: int, tick: Tick = no_tick) -> Draw:
    """Draw the round (rules.md, sections 6 and 7; section 0 for round-robin).

    A manual draw is empty. Raises ``UserError`` for what the rules refuse.
    """
    options = check_draw(snapshot)
    lots = Lots(seed)
    if snapshot.draw_type is DrawType.MANUAL:
        return Draw((), seed, DrawQuality(), ENGINE)
    if snapshot.draw_type is DrawType.ROUND_ROBIN:
        debates, remarks = draw_round_robin(snapshot, options, lots)
        return Draw(debates, seed, quality_of(debates, snapshot), ENGINE, remarks)
    size = len(snapshot.sides)
    field = take_field(
        snapshot.teams, size=size, byes=options.bye_team_selection, lots=lots,
        resting=resting_side(snapshot, options), seeded=snapshot.draw_type is DrawType.SEEDED)
    optimum: float | None = None
    remarks = ()
    if snapshot.sides != BP_SIDES:
        debates = draw_two_team(snapshot, field, options, lots, tick)
    elif snapshot.draw_type is DrawType.RANDOM:
        debates = _random(field, lots)
    else:
        debates, optimum = _power(field, options, lots, tick)
        if options.bp_secondary_preferences:
            remarks = (word("draw_not_wudc", {}),)
    debates += _byes(field, after=len(debates))
    # minimum-cost matching is exact, so what it made is the optimum of its own prices
    quality = quality_of(
        debates, snapshot, optimum=optimum, is_optimal=snapshot.sides != BP_SIDES, seed=seed)
    return Draw(debates, seed, quality, ENGINE, remarks)


def _random(field: Field, lots: Lots) -> tuple[DrawnDebate, ...]:
    shuffled = [field.drawn[index].id for index in lots.permutation(len(field.drawn))]
    return tuple(
        DrawnDebate(0.0, number + 1, _seated(shuffled[number * ROOM : number * ROOM + ROOM]))
        for number in range(len(shuffled) // ROOM)
    )


def _power(
    field: Field, options: DrawOptions, lots: Lots, tick: Tick
) -> tuple[tuple[DrawnDebate, ...], float]:
    points = [points_of(team.points) for team in field.drawn]
    rooms = define_rooms(points, options.bp_pullup_distribution)
    costs = CostTable([team.sides for team in field.drawn], options).of_teams()
    shuffled = options.bp_assignment_method == "hungarian_preshuffled"
    seats = assign(points, costs, rooms, lots=lots if shuffled else None, tick=tick)
    if options.bp_secondary_preferences:
        seats = improve(field.drawn, costs, rooms, seats, lots=lots, tick=tick)
    optimum = math.fsum(costs[np.arange(len(seats)), seats % ROOM].tolist())
    return _rooms(field.drawn, rooms, seats), optimum


def _rooms(
    teams: tuple[DrawTeam, ...], rooms: tuple[RoomRule, ...], seats: IntArray
) -> tuple[DrawnDebate, ...]:
    by_seat = [teams[index] for index in np.argsort(seats).tolist()]
    debates = []
    for number, rule in enumerate(rooms):
        seated = by_seat[number * ROOM : number * ROOM + ROOM]
        debates.append(DrawnDebate(
            bracket=rule.level,
            room_rank=number + 1,
            sides=_seated([team.id for team in seated]),
            team_flags={
                team.id: (PULLUP,) for team in seated if points_of(team.points) < rule.level
            },
            allowed_points=rule.allowed,
        ))
    return tuple(debates)


def _seated(teams: list[str]) -> tuple[tuple[Side, str], ...]:
    return tuple(zip(BP_SIDES, teams, strict=True))


def _byes(field: Field, *, after: int) -> tuple[DrawnDebate, ...]:
    return tuple(
        DrawnDebate(-1.0, after + place, ((Side.BYE, team.id),))
        for place, team in enumerate(field.byes, start=1)
    )
