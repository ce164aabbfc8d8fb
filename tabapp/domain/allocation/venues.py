"""Rooms for debates: greedy by constraint (rules.md, section 12)."""

from __future__ import annotations

import heapq
import random
from collections import deque
from collections.abc import Mapping, Sequence

from tabapp.core.errors import Problem, UserError
from tabapp.domain.allocation.types import (
    Room,
    RoomAllocation,
    RoomConstraint,
    RoomDebate,
    RoomSnapshot,
    Unmet,
)
from tabapp.domain.types import Tick, id_key, no_tick


def allocate_rooms(
    snapshot: RoomSnapshot, *, seed: int, tick: Tick = no_tick
) -> RoomAllocation:
    """Give each debate a room, those with the strongest wishes first.

    A subject's wishes are met as soon as any one of them is. Among equal wishes the more important
    debate, then the higher room, chooses first; debates without wishes share what is left of the
    best rooms by lot. With too few rooms the least important debates have none.
    Raises ``UserError`` (``rooms_no_debates``).
    """
    if not snapshot.debates:
        raise UserError("rooms_no_debates")
    debates = sorted(
        snapshot.debates, key=lambda d: (-d.importance, d.room_rank, id_key(d.id))
    )
    rooms = sorted(snapshot.rooms, key=lambda room: (-room.priority, id_key(room.id)))
    placing = _Placing(rooms, len(debates), random.Random(seed))
    rest = placing.place_constrained(debates, tick)
    placing.place_rest(rest)
    tick(len(debates), len(debates))
    categories = {room.id: room.categories for room in rooms}
    placed = {debate.id: placing.placed.get(debate.id) for debate in debates}
    unmet = [
        missed
        for debate in debates
        for missed in unmet_wishes(debate, placed[debate.id], categories, rooms)
    ]
    problems: list[Problem] = []
    if len(rooms) < len(debates):
        problems.append(Problem.of(
            "warning", "", "rooms_too_few", rooms=len(rooms), debates=len(debates),
        ))
    return RoomAllocation(placed, tuple(unmet), tuple(problems), seed)


def _by_priority(debate: RoomDebate) -> deque[RoomConstraint]:
    return deque(sorted(
        debate.constraints,
        key=lambda wish: (-wish.priority, id_key(wish.subject), id_key(wish.category)),
    ))


class _Placing:
    """The rooms still free while debates are placed one after the other."""

    def __init__(self, rooms: Sequence[Room], debates: int, rng: random.Random) -> None:
        self.placed: dict[str, str] = {}
        self._free = list(rooms)
        # The best rooms, as many as there are debates; a debate that has to go elsewhere frees
        # the least of them.
        self._preferred = list(rooms[:debates])
        self._rng = rng

    def place_constrained(self, debates: Sequence[RoomDebate], tick: Tick) -> list[RoomDebate]:
        """Place every debate whose wishes allow it; return the others in order."""
        queue: list[tuple[float, int]] = []
        wishes = [_by_priority(debate) for debate in debates]
        for number, mine in enumerate(wishes):
            if mine:
                heapq.heappush(queue, (-mine[0].priority, number))
        while queue:
            _priority, number = heapq.heappop(queue)
            mine = wishes[number]
            first = mine.popleft()
            candidates = [room for room in self._free if first.category in room.categories]
            if candidates:
                chosen = self._choose(_narrowed(candidates, first, mine))
                self._take(debates[number], chosen)
                tick(len(self.placed), len(debates))
            elif mine:
                heapq.heappush(queue, (-mine[0].priority, number))
        return [debate for debate in debates if debate.id not in self.placed]

    def place_rest(self, debates: Sequence[RoomDebate]) -> None:
        """Give the preferred rooms that are left by lot, the first debates before the others."""
        rooms = self._preferred[: len(debates)]
        self._rng.shuffle(rooms)
        for debate, room in zip(debates, rooms, strict=False):
            self._take(debate, room)

    def _choose(self, candidates: Sequence[Room]) -> Room:
        best = [room for room in candidates if room in self._preferred]
        if best:
            return self._rng.choice(best)
        if self._preferred:
            self._preferred.pop()
        return self._rng.choice(list(candidates))

    def _take(self, debate: RoomDebate, room: Room) -> None:
        self.placed[debate.id] = room.id
        self._free.remove(room)
        if room in self._preferred:
            self._preferred.remove(room)


def _narrowed(
    candidates: list[Room], first: RoomConstraint, further: Sequence[RoomConstraint]
) -> list[Room]:
    satisfied = {first.subject}
    for wish in further:
        if wish.subject in satisfied:
            continue
        both = [room for room in candidates if wish.category in room.categories]
        if both:
            candidates = both
            satisfied.add(wish.subject)
    return candidates


def unmet_wishes(
    debate: RoomDebate,
    room: str | None,
    categories: Mapping[str, frozenset[str]],
    rooms: Sequence[Room],
) -> list[Unmet]:
    """Return the wishes of a debate that ``room`` does not meet, one for each subject.

    ``categories`` are those of every room by id, ``rooms`` the available ones.
    """
    has = categories[room] if room is not None else frozenset[str]()
    met = {wish.subject for wish in debate.constraints if wish.category in has}
    missed: dict[str, Unmet] = {}
    for wish in _by_priority(debate):
        if wish.subject in met or wish.subject in missed:
            continue
        if room is None:
            reason = "rooms_unmet_no_room"
        elif not any(wish.category in other.categories for other in rooms):
            reason = "rooms_unmet_category_absent"
        else:
            reason = "rooms_unmet_outranked"
        missed[wish.subject] = Unmet(debate.id, wish.subject, wish.category, reason)
    return list(missed.values())
