"""Where the rooms of a bracket stand: columns of rounds, each room between those that feed it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect

from tabapp.gui import fonts
from tabapp.services.elimination import Bracket, BracketRoom, BracketRound

Key = tuple[int, int]
"""Column and rank of a room."""

TOP = 24
"""Height of the titles."""
LINE = 17
PAD = 6
_GAP = 10
BETWEEN = 20
_WIDE, _WIDEST, _NARROW = 172, 260, 54
_EMPTY_LINES = 2
TROPHY = 32


@dataclass(frozen=True, slots=True)
class Box:
    """A room with its place on the picture."""

    key: Key
    room: BracketRoom
    place: QRect


@dataclass(frozen=True, slots=True)
class Column:
    """A round with the left edge and the width of its rooms."""

    round: BracketRound
    left: int
    width: int


class Layout:
    """The places of all rooms of a bracket, and the ways between them.

    Rooms whose teams are known are wider where there is ``room`` for it.
    """

    def __init__(self, bracket: Bracket, room: int = 0) -> None:
        self.boxes: dict[Key, Box] = {}
        self.columns: list[Column] = []
        self._to: dict[Key, Key] = {}
        self._bracket = bracket
        left = 1
        for one, width in zip(bracket.rounds, _widths(bracket, room), strict=True):
            self.columns.append(Column(one, left, width))
            left += width + BETWEEN
        self._below = [TOP] * len(self.columns)
        self._free = TOP
        for number in range(len(self.columns) - 1, -1, -1):
            for one_room in bracket.rounds[number].rooms:
                if (number, one_room.rank) not in self.boxes:
                    self._place(number, one_room)
        self.trophy = QPoint(left, self._middle_of_the_final())
        self.right = left + TROPHY
        self.bottom = max((box.place.bottom() for box in self.boxes.values()), default=TOP) + 2

    def _place(self, number: int, room: BracketRoom) -> Box:
        """Place a room between those that feed it, or where there is room if none does."""
        feeders = [
            self._place(number - 1, one)
            for rank in room.fed_by for one in self._bracket.rounds[number - 1].rooms
            if one.rank == rank
        ]
        column = self.columns[number]
        height = 2 * PAD + LINE * max(len(room.teams), _EMPTY_LINES)
        top = max(self._below[number], self._free if not feeders else TOP)
        if feeders:
            middle = sum(box.place.center().y() for box in feeders) // len(feeders)
            top = max(top, middle - height // 2)
        key = (number, room.rank)
        box = Box(key, room, QRect(column.left, top, column.width, height))
        self.boxes[key] = box
        for one in feeders:
            self._to[one.key] = key
        self._below[number] = top + height + _GAP
        if not feeders:
            self._free = self._below[number]
        return box

    def _middle_of_the_final(self) -> int:
        last = len(self.columns) - 1
        final = [box for box in self.boxes.values() if box.key[0] == last]
        return final[0].place.center().y() if final else TOP

    def next_of(self, key: Key) -> Key | None:
        """Return the room to which the winners of a room go."""
        return self._to.get(key)

    def feeders_of(self, key: Key) -> list[Key]:
        """Return the rooms whose winners come to a room, from top to bottom."""
        found = [one for one, to in self._to.items() if to == key]
        return sorted(found, key=lambda one: self.boxes[one].place.top())

    def column(self, number: int) -> list[Key]:
        """Return the rooms of a round from top to bottom."""
        found = [key for key in self.boxes if key[0] == number]
        return sorted(found, key=lambda one: self.boxes[one].place.top())

    def beside(self, key: Key, step: int) -> Key:
        """Return the room above (-1) or below (1) in the same round, or the same at the end."""
        rooms = self.column(key[0])
        at = rooms.index(key) + step
        return rooms[at] if 0 <= at < len(rooms) else key

    def at(self, point: QPoint) -> Key | None:
        """Return the room at a point."""
        return next((box.key for box in self.boxes.values() if box.place.contains(point)), None)


def _widths(bracket: Bracket, room: int) -> list[int]:
    """Return the width of each column: as wide as names want, or as the title alone."""
    named = [any(one.teams for one in column.rooms) for column in bracket.rounds]
    widths = [
        _WIDE if wide else _title_width(column.title)
        for column, wide in zip(bracket.rounds, named, strict=True)
    ]
    left = room - sum(width + BETWEEN for width in widths) - TROPHY - 6
    more = min(_WIDEST - _WIDE, left // sum(named)) if left > 0 and any(named) else 0
    return [width + more if wide else width for width, wide in zip(widths, named, strict=True)]


def _title_width(title: str) -> int:
    wanted = round(fonts.width("header", title)) - BETWEEN + 12
    return min(_WIDE, max(_NARROW, wanted))
