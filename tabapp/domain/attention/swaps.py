"""Exchanges of two judges that make the panels of a round cheaper, without any new clash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from tabapp.domain.allocation.board import Board, BoardDebate, Seat, exchanged, moved, new_clashes
from tabapp.domain.allocation.costs import strength_cost
from tabapp.domain.allocation.price import UNIT, adjustment, room_cost
from tabapp.domain.attention.values import Suggestion
from tabapp.domain.types import BoolArray, FloatArray, IntArray, Role, Tick, no_tick

MOST = 5
"""Swaps of one round that are suggested at once."""
LEAST_SAVING = 0.5
"""Half of what it costs to meet somebody again."""
_PRICED = 60
"""Swaps of which the price is worked out in full; the others were dearer at a first look."""


@dataclass(frozen=True, slots=True)
class Saving:
    """What the rooms of a swap cost, before it and after it. ``places`` are the new places."""

    before: float
    after: float
    rooms: tuple[tuple[BoardDebate, float, float], ...]
    places: Mapping[str, Seat | None]

    @property
    def saved(self) -> float:
        """Return how much cheaper it is."""
        return self.before - self.after


def saving(board: Board, one: str, other: str) -> Saving | None:
    """Return what it saves that two judges take each other's places; None where it may not be.

    It may not where somebody clashes then, does not vote in a voting place, is away, sits in
    another round or in a room that is decided, or where both stay in one room.
    """
    if one not in board.judges or other not in board.judges:
        return None
    places = exchanged(board, one, other)
    seats = [seat for seat in places.values() if seat is not None]
    if not seats or len({seat.debate for seat in seats}) != len(seats):
        return None
    if any(board.debate[seat.debate].has_result for seat in seats):
        return None
    for judge, seat in places.items():
        who = board.judges[judge]
        may_sit = who.available and not who.elsewhere
        if not may_sit or (
            seat is not None and seat.role is not Role.TRAINEE and not who.may_vote
        ):
            return None
    if new_clashes(board, places):
        return None
    then = moved(board, places)
    rooms = tuple(
        (board.debate[ref], room_cost(board, board.debate[ref]).total, room_cost(board, new).total)
        for ref, new in sorted(then.items(), key=lambda each: each[1].room_rank))
    return Saving(
        sum(before for _, before, _ in rooms), sum(after for _, _, after in rooms), rooms, places)


def suggest_swaps(board: Board, *, tick: Tick = no_tick) -> list[Suggestion]:
    """List the swaps of a round that save most, each judge and each room in one at most.

    So each stays what it says when another one is made.
    """
    if board.is_empty:
        return []
    table = _Table(board)
    best = table.cheapest()
    found: list[tuple[Saving, str, str]] = []
    for done, (one, other) in enumerate(best, start=1):
        price = saving(board, one, other)
        if price is not None and price.saved >= LEAST_SAVING:
            found.append((price, one, other))
        tick(done, len(best))
    found.sort(key=lambda each: (-each[0].saved, each[1], each[2]))
    chosen: list[Suggestion] = []
    taken: set[str] = set()
    for price, one, other in found:
        concerned = {one, other, *(room.id for room, _before, _after in price.rooms)}
        if not concerned & taken and len(chosen) < MOST:
            taken |= concerned
            chosen.append(_suggestion(board, price, one, other))
    return chosen


def _suggestion(board: Board, price: Saving, one: str, other: str) -> Suggestion:
    first, second = sorted((one, other), key=lambda judge: (judge not in board.seats, judge))
    facts: dict[str, Any] = {
        "code": "swap" if second in board.seats else "swap_pool",
        "about": [first, second, *(room.id for room, _before, _after in price.rooms)],
        "round_id": board.round_id, "round": board.name, "one": first, "other": second,
        "name": board.judges[first].name, "other_name": board.judges[second].name,
        "score": round(board.judges[first].score, 2),
        "other_score": round(board.judges[second].score, 2),
        "place": board.debate[board.seats[first].debate].label,
        "debate": board.seats[first].debate, "other_debate": None,
        "before": round(price.before, 2), "after": round(price.after, 2),
        "rooms": [
            {"name": room.label, "before": round(before, 2), "after": round(after, 2)}
            for room, before, after in price.rooms],
    }
    if second in board.seats:
        room = board.debate[board.seats[second].debate]
        facts |= {"other_place": room.label, "other_debate": room.id}
    where = "+".join(
        f"{board.seats[judge].debate if judge in board.seats else 'pool'}.{judge}"
        for judge in (first, second))
    return Suggestion(
        "panel_swap", f"swap:{board.seq}/{where}", round(price.saved, 2), facts)


class _Table:
    """What every judge would cost in every place, as arrays: a first look at all swaps."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.judges = [
            one.id for one in board.judges.values() if one.available and not one.elsewhere]
        index = {judge: at for at, judge in enumerate(self.judges)}
        rooms = [room for room in board.debates if not room.has_result]
        number = {room.id: at for at, room in enumerate(rooms)}
        self.room: IntArray = np.full(len(self.judges), -1, dtype=np.int64)
        """The room in which each judge sits, -1 for the pool."""
        seats = {
            judge: seat for judge, seat in board.seats.items()
            if judge in index and seat.debate in number}
        for judge, seat in seats.items():
            self.room[index[judge]] = number[seat.debate]
        self.free: BoolArray = np.array([judge not in board.seats for judge in self.judges])
        self.penalty = board.options.history_penalty
        self.pair = self._pairs(index)
        self.cost = self._costs(rooms, seats, index)

    def _pairs(self, index: Mapping[str, int]) -> FloatArray:
        """Return what it costs that two judges who have met sit together."""
        pair = np.zeros((len(index), len(index)))
        for judge, at in index.items():
            for met in self.board.judges[judge].judges_met:
                if met in index:
                    pair[at, index[met]] = pair[index[met], at] = self.penalty
        return pair

    def _costs(
        self, rooms: Sequence[BoardDebate], seats: Mapping[str, Seat], index: Mapping[str, int]
    ) -> FloatArray:
        """Return cost[i, k]: judge k in the place of judge i; without a clash, else infinite."""
        board, everybody = self.board, [self.board.judges[one] for one in self.judges]
        q = np.array([one.q for one in everybody])
        votes = np.array([one.may_vote for one in everybody])
        cost = np.zeros((len(index), len(index)))
        for number, room in enumerate(rooms):
            met = np.array([sum(t.id in one.teams_met for t in room.teams) for one in everybody])
            barred = np.array(
                [any(team.id in one.team_clashes for team in room.teams) for one in everybody])
            beside = self.pair[self.room == number].sum(axis=0)
            shared = self.penalty * met + beside + np.where(barred, np.inf, 0.0)
            for judge in room.members:
                if judge not in seats or seats[judge].debate != room.id:
                    continue
                row = shared.copy()
                if seats[judge].role is not Role.TRAINEE:
                    place = _place(room, judge)
                    row += strength_cost(
                        room.importance, q, adjustment(place, board.options),
                        board.options.max_score)
                    row[~votes] = np.inf
                cost[index[judge]] = row
        return cost

    def cheapest(self) -> list[tuple[str, str]]:
        """Return the pairs of judges that save most at a first look."""
        sits, own = self.room >= 0, np.diagonal(self.cost)
        now = np.where(np.isfinite(own), own, 0.0)  # a clash that was allowed stays allowed
        then = np.where(sits[:, None], self.cost - self.pair, 0.0)
        gain = now[:, None] + now[None, :] - then - then.T
        may = (sits[:, None] & (sits | self.free)[None, :]) & (
            self.room[:, None] != self.room[None, :])
        both = sits[:, None] & sits[None, :]
        may &= ~(both & (np.arange(len(own))[:, None] > np.arange(len(own))[None, :]))
        gain = np.where(may, gain, -np.inf)
        order = np.argsort(-gain, axis=None, kind="stable")[:_PRICED]
        found = []
        for flat in order.tolist():
            i, k = divmod(flat, len(self.judges))
            if gain[i, k] >= LEAST_SAVING * UNIT / 2:
                found.append((self.judges[i], self.judges[k]))
        return found


def _place(room: BoardDebate, judge: str) -> int:
    """Return the number of a judge's voting place; the chair's is 0."""
    voting = [one for one, role in room.seats if role is not Role.TRAINEE]
    return voting.index(judge)
