"""BP round-robin: groups of four by a plan without repeats, or the best that is found."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations

import numpy as np

from tabapp.domain.draw.assignment import on_grid
from tabapp.domain.draw.brackets import ROOM
from tabapp.domain.draw.designs import Block, resolvable_design, transversal_round
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.draw.room_swaps import RoomSwaps, meetings
from tabapp.domain.types import BP_SIDES, DrawnDebate, DrawTeam, IntArray, id_key

_ORDERS = np.array(list(permutations(range(ROOM))), dtype=np.int64)
_STEPS_A_TEAM = 150
_MOST_STEPS = 6_000
_TABU = 7
_FIRST = 1_000_000


def cycle_length(count: int) -> int:
    """Return in how few rounds each two of ``count`` teams could meet in rooms of four."""
    return -(-(count - 1) // (ROOM - 1))


def draw_groups(
    drawn: Sequence[DrawTeam], order: Sequence[str], index: int, leg: int,
    options: DrawOptions, lots: Lots,
) -> tuple[DrawnDebate, ...]:
    """Put the teams, a multiple of four, into rooms and give them positions.

    While all of the cycle are there and nobody meets again, the rooms are those of the plan:
    a resolvable design, or a cycle of fewer rounds. Otherwise they are searched for fewest
    pairs that meet again in this leg. Positions cost as little as they can in these rooms.
    """
    teams = sorted(drawn, key=lambda team: id_key(team.id))
    again = np.maximum(meetings(teams) - leg, 0)
    prices = _FIRST * (again > 0) + again  # a pair that is left unmet weighs more than a third time
    planned = _planned(len(order), index) if len(teams) == len(order) else None
    if planned is None:
        rooms = lots.permutation(len(teams)).reshape(-1, ROOM)
    else:
        rooms = np.array(planned, dtype=np.int64)
    rooms = _fewest_repeats(prices, rooms, lots)
    rooms = np.sort(rooms, axis=1)
    rooms = _positions(teams, rooms[np.argsort(rooms[:, 0])], options, lots)
    return tuple(
        DrawnDebate(0.0, rank, tuple(
            (side, teams[team].id) for side, team in zip(BP_SIDES, room, strict=True)))
        for rank, room in enumerate(rooms.tolist(), start=1)
    )


def _planned(count: int, index: int) -> tuple[Block, ...] | None:
    design = resolvable_design(count)
    if design is not None:
        return design[index % len(design)]
    return transversal_round(count, index % cycle_length(count))


def _fewest_repeats(prices: IntArray, rooms: IntArray, lots: Lots) -> IntArray:
    """Search by exchanges: always the best one of a team that repeats, if it makes things worse.

    A team that has just moved stays for some steps, so that the search leaves a dead end.
    """
    seats = np.empty(len(prices), dtype=np.int64)
    seats[rooms.reshape(-1)] = np.arange(len(prices))
    state = RoomSwaps(prices, seats)
    everyone = np.arange(len(prices))
    best, found = state.total(), state.rooms.copy()
    rests_until = np.zeros(len(prices), dtype=np.int64)
    steps = min(_STEPS_A_TEAM * len(prices), _MOST_STEPS) if best and len(rooms) > 1 else 0
    turn = lots.permutation(steps).tolist()
    for step, chance in enumerate(turn):
        repeating = np.flatnonzero(state.own)
        team = int(repeating[chance % len(repeating)])
        change = state.changes(team, everyone)
        elsewhere = state.seats // ROOM != state.seats[team] // ROOM
        now = state.total()
        free = elsewhere & ((rests_until <= step) | (now + change < best))
        if not free.any():
            continue
        other = int(np.where(free, change, np.iinfo(np.int64).max).argmin())
        state.swap(team, other)
        rests_until[[team, other]] = step + _TABU
        if now + change[other] < best:
            best, found = now + int(change[other]), state.rooms.copy()
            if best == 0:
                break
    return found


def _positions(
    teams: Sequence[DrawTeam], rooms: IntArray, options: DrawOptions, lots: Lots
) -> IntArray:
    """Order each room by position at its least position cost; among equal orders by lot."""
    costs = on_grid(CostTable([team.sides for team in teams], options).of_teams())
    placed = np.empty_like(rooms)
    for number, room in enumerate(rooms):
        orders = room[_ORDERS[lots.permutation(len(_ORDERS))]]
        placed[number] = orders[costs[orders, np.arange(ROOM)].sum(axis=1).argmin()]
    return placed
