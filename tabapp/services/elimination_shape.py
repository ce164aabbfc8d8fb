"""How a bracket is built: its rounds, which rooms feed which, and where each seed comes in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from math import log2

from tabapp.domain.draw.elimination_rooms import is_power_of_two
from tabapp.domain.draw.elimination_two import bypassing
from tabapp.domain.setup import fits_four
from tabapp.domain.types import BP_SIDES, TWO_SIDES

ROOM = len(BP_SIDES)
PAIR = len(TWO_SIDES)


def waiting(teams: int, sides: int = ROOM) -> int:
    """Return how many seeds skip the first round of a bracket of ``teams``."""
    if sides == PAIR:
        return bypassing(teams) if teams >= PAIR else 0
    return 0 if is_power_of_two(teams) else teams // 3


def has_bracket(teams: int, sides: int) -> bool:
    """Tell whether rooms of ``sides`` teams can play down from ``teams`` to one final."""
    return teams >= PAIR if sides == PAIR else sides == ROOM and fits_four(teams)


class Shape(ABC):
    """A bracket of a number of teams that has one.

    Rounds are numbered from 0; rooms by their rank. ``away`` seeds skip the first round.
    """

    def __init__(self, teams: int, sides: int) -> None:
        self.teams = teams
        self.sides = sides
        self.away = waiting(teams, sides)
        self.rounds = self._rounds()

    @abstractmethod
    def _rounds(self) -> int:
        """Return the number of rounds to the final."""

    @abstractmethod
    def ranks(self, number: int) -> list[int]:
        """Return the rooms of a round from top to bottom, so that lines do not cross."""

    @abstractmethod
    def fed_by(self, number: int, rank: int) -> tuple[int, ...]:
        """Return the ranks of the rooms of the round before whose winners come to a room."""

    @abstractmethod
    def seeds(self, number: int, rank: int) -> tuple[int, ...]:
        """Return the places in the break, from 1, of those whose first room this is."""


class FourShape(Shape):
    """A bracket of rooms of four, after a partial round where the size is 6·2^k."""

    def _rounds(self) -> int:
        full = self.away * 2 if self.away else self.teams
        return int(log2(full // ROOM)) + 1 + bool(self.away)

    def ranks(self, number: int) -> list[int]:
        """Return the rooms of a round; those of a partial one stand as those that they feed."""
        if number == 0 and self.away:
            return [self.away + rank for rank in _order(self.away // 2)]
        return _order(1 << (self.rounds - 1 - number))

    def fed_by(self, number: int, rank: int) -> tuple[int, ...]:
        """Return one room of the partial round, two of another."""
        if number == 0:
            return ()
        if number == 1 and self.away:
            return (self.away + rank,)
        return (rank, (2 << (self.rounds - 1 - number)) + 1 - rank)

    def seeds(self, number: int, rank: int) -> tuple[int, ...]:
        """Return the four of a first room, or the two that wait for the winners below them."""
        if number == 0:
            rooms = (self.teams - self.away) // ROOM
            place = rank - self.away
            return tuple(self.away + one for one in (
                place, 2 * rooms + 1 - place, 2 * rooms + place, 4 * rooms + 1 - place))
        return (rank, self.away + 1 - rank) if number == 1 and self.away else ()


class TwoShape(Shape):
    """A bracket of rooms of two in which top seeds may skip the first round."""

    def _rounds(self) -> int:
        return (self.teams - 1).bit_length()

    def ranks(self, number: int) -> list[int]:
        """Return the rooms of a round; the first has none of the rank of a seed that waits."""
        found = _order(1 << (self.rounds - 1 - number))
        return [rank for rank in found if rank > self.away] if number == 0 else found

    def fed_by(self, number: int, rank: int) -> tuple[int, ...]:
        """Return two rooms, fewer where seeds waited in place of a winner."""
        if number == 0:
            return ()
        return tuple(one for one in self._places(number, rank) if number > 1 or one > self.away)

    def seeds(self, number: int, rank: int) -> tuple[int, ...]:
        """Return the two of a first room, or those that waited."""
        if number == 0:
            return self._places(0, rank)
        return tuple(
            one for one in self._places(number, rank) if number == 1 and one <= self.away)

    def _places(self, number: int, rank: int) -> tuple[int, int]:
        return rank, (2 << (self.rounds - 1 - number)) + 1 - rank


def shape_of(teams: int, sides: int) -> Shape:
    """Return the bracket of a number of teams that ``has_bracket``."""
    return TwoShape(teams, sides) if sides == PAIR else FourShape(teams, sides)


def _order(rooms: int) -> list[int]:
    """Return the rooms of a full round from top to bottom: 1 and last, then the two between."""
    found = [1]
    while len(found) < rooms:
        size = 2 * len(found)
        found = [place for rank in found for place in (rank, size + 1 - rank)]
    return found
