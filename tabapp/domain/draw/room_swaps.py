"""Rooms of four whose teams change places: what each exchange is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tabapp.domain.draw.brackets import ROOM
from tabapp.domain.types import DrawTeam, IntArray

_MOST_MEETINGS = 1_000
"""More debates than two teams ever share; prices up to it stay exact whole numbers."""


def meetings(teams: Sequence[DrawTeam]) -> IntArray:
    """Return how often each two teams have met, shape: teams by teams (see ``times_met``)."""
    place = {team.id: number for number, team in enumerate(teams)}
    met = np.zeros((len(teams), len(teams)), dtype=np.int64)
    for number, team in enumerate(teams):
        seen: Mapping[str, int] = team.seen
        known = [(place[other], times) for other, times in seen.items() if other in place]
        if known:
            columns, times = zip(*known, strict=True)
            met[number, columns] = [min(count, _MOST_MEETINGS) for count in times]
    np.fill_diagonal(met, 0)
    both: IntArray = np.maximum(met, met.T)
    return both


class RoomSwaps:
    """Teams in rooms, with a price for each two that share one.

    ``prices`` is symmetric with zeros on its diagonal; ``seats`` is 4 * room + position for each
    team and is kept up to date. ``own`` is what each team costs in the room where it is.
    """

    def __init__(self, prices: IntArray, seats: IntArray) -> None:
        self.prices = prices
        self.seats: IntArray = seats.copy()
        self.by_seat: IntArray = np.argsort(seats)
        self.own: IntArray = self._all_own()

    @property
    def rooms(self) -> IntArray:
        """The teams of each room, shape: rooms by four."""
        return self.by_seat.reshape(-1, ROOM)

    def total(self) -> int:
        """Return the price of all rooms."""
        return int(self.own.sum()) // 2

    def changes(self, team: int, others: IntArray) -> IntArray:
        """Return by how much the total changes if ``team`` changes places with each other one."""
        room, rooms = self.seats[team] // ROOM, self.seats[others] // ROOM
        row = self.prices[team]
        coming = row[self.rooms[rooms]].sum(axis=1)
        going = self.prices[self.rooms[room]][:, others].sum(axis=0)
        change: IntArray = (
            coming + going - 2 * row[others] - self.own[team] - self.own[others])
        change[rooms == room] = 0
        return change

    def swap(self, one: int, other: int) -> None:
        """Let two teams change places."""
        self.seats[one], self.seats[other] = self.seats[other], self.seats[one]
        self.by_seat[self.seats[one]] = one
        self.by_seat[self.seats[other]] = other
        for seat in (self.seats[one], self.seats[other]):
            room = self.rooms[seat // ROOM]
            self.own[room] = self.prices[room[:, None], room].sum(axis=1)

    def _all_own(self) -> IntArray:
        rooms = self.rooms
        own = np.zeros(len(self.seats), dtype=np.int64)
        own[rooms] = self.prices[rooms[:, :, None], rooms[:, None, :]].sum(axis=2)
        return own
