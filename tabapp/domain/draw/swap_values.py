"""What a swap of two teams is told in: lines of a price, seats, judges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.types import Side

SAME = 1e-9
"""Costs closer than this are equal."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a price: a sentence, and the number that stands at its right."""

    kind: Literal["legality", "cost", "sides", "history", "institution", "clash"]
    sentence: str
    figure: str = ""
    good: bool = True


@dataclass(frozen=True, slots=True)
class SwapPrice:
    """What a swap does. ``change`` is that of the total cost; see ``SeatBook``."""

    one: str
    other: str
    legal: bool
    change: float
    lines: tuple[PriceLine, ...]

    @property
    def warnings(self) -> int:
        """How many lines are not good, the cost aside."""
        return sum(not line.good for line in self.lines if line.kind != "cost")


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a team stands: the number of its room in the draw, and its side."""

    room: int
    side: Side


@dataclass(frozen=True, slots=True)
class Judging:
    """Judges (id and name) of each room by its number, and the pairs of judge and team that clash.
    """

    panels: Mapping[int, tuple[tuple[str, str], ...]]
    clashes: frozenset[tuple[str, str]]
    allowed: frozenset[tuple[int, str, str]] = frozenset()
    """Room, judge and team of the clashes that somebody allowed."""

    def clashing(self, room: int, team: str) -> list[str]:
        """Return the names of a room's judges that clash with a team."""
        return [
            name for judge, name in self.panels.get(room, ())
            if (judge, team) in self.clashes and (room, judge, team) not in self.allowed
        ]


def cost_text(value: float) -> str:
    """Return a cost as it is read: two decimals below 100, none above.

    >>> cost_text(43.0), cost_text(5.0823), cost_text(1234.5), cost_text(0.001)
    ('43', '5.08', '1,234', '0.001')
    """
    if value and abs(value) < 0.01:
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if abs(value) < 100:
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return f"{value:,.0f}"


def signed(change: float) -> str:
    """Return a change with its sign, and a real minus.

    >>> signed(6.0), signed(-1.5), signed(0.0)
    ('+6', '\u22121.5', '±0')
    """
    if not change:
        return "±0"
    return f"{'+' if change > 0 else chr(0x2212)}{cost_text(abs(change))}"
