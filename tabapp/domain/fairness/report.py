"""What the debates of a round, of a motion or of a tournament say about its sides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tabapp.domain.fairness.positions import SIZE, PositionTable
from tabapp.domain.fairness.two_sides import SideTest, Verdict, WinCount, side_test


@dataclass(frozen=True, slots=True)
class DebateRecord:
    """A debate with a confirmed ballot that both or all four sides debated.

    ``points`` by side in speaking order: 3 to 0 in a preliminary room of four, else 1 for a team
    that won or goes on and 0. ``motion`` is a row id, None where nobody knows which it was.
    """

    round_id: int
    elimination: bool
    motion: int | None
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SpeechRecord:
    """Marks of one speech of one side, summed: all of a round and a motion."""

    round_id: int
    elimination: bool
    motion: int | None
    side: int
    position: int
    reply: bool
    number: int
    total: float


@dataclass(frozen=True, slots=True)
class Balance:
    """Counts of some debates. ``wins`` is of two sides, ``table`` of preliminary rooms of four.

    ``advanced`` counts, for each position, elimination debates that it left for the next round
    (in the final: that it won). ``speeches`` maps side, position and whether it is a reply to the
    mean mark. Round weights change nothing here.
    """

    sides: int
    debates: int
    wins: SideTest
    table: PositionTable
    advanced: tuple[WinCount, ...]
    speeches: Mapping[tuple[int, int, bool], float]

    @property
    def verdict(self) -> Verdict:
        """What the test says: of points in rooms of four, of wins between two sides."""
        return self.table.verdict if self.sides == SIZE else self.wins.verdict


def balance_of(
    sides: int, debates: Iterable[DebateRecord], speeches: Iterable[SpeechRecord] = ()
) -> Balance:
    """Count debates of a format with two or with four ``sides``."""
    all_of = list(debates)
    wins = side_test(0, 0)
    places: list[tuple[int, ...]] = []
    going: list[tuple[int, ...]] = []
    if sides == SIZE:
        places = [one.points for one in all_of if not one.elimination]
        going = [one.points for one in all_of if one.elimination]
    else:
        wins = side_test(
            sum(one.points == (1, 0) for one in all_of),
            sum(one.points == (0, 1) for one in all_of))
    return Balance(
        sides=sides, debates=len(all_of), wins=wins, table=PositionTable.of(places),
        advanced=tuple(
            WinCount(sum(one[side] for one in going), len(going)) for side in range(SIZE)
        ) if going else (),
        speeches=_means(speeches),
    )


def _means(speeches: Iterable[SpeechRecord]) -> dict[tuple[int, int, bool], float]:
    sums: dict[tuple[int, int, bool], tuple[int, float]] = {}
    for one in speeches:
        key = (one.side, one.position, one.reply)
        number, total = sums.get(key, (0, 0.0))
        sums[key] = number + one.number, total + one.total
    return {key: total / number for key, (number, total) in sorted(sums.items()) if number}
