"""Where chips stand on the board: the places of a room, and the columns that they are laid in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect

from tabapp.domain.allocation.board import BoardDebate
from tabapp.domain.types import Role
from tabapp.gui.tokens import Height, Space

CHIP = 28
CHIP_GAP = 6
PAD = Space.CELL
_ADD = 28
_LEAST_CHIP, _NARROW_CHIP = 120, 88
_MOST_CHIP = 172
_POINTS, _COST = 44, 62
_ROOM, _TEAMS, _CHAIR = (104, 168), (252, 348), (158, 200)
"""The least and the most of the columns that grow."""
_NARROW = (84, 180, 126)
"""What they are on the smallest screens, where nothing grows."""
_NARROW_BELOW = 1000


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a judge. ``judge`` None: an empty one; ``added``: a further one of the panel."""

    debate: str
    role: Role
    judge: str | None = None
    added: bool = False


def slots_of(debate: BoardDebate) -> tuple[Slot, ...]:
    """Return the places of a room: the chair's, those of the others, and a further one."""
    return (
        Slot(debate.id, Role.CHAIR, debate.chair),
        *(Slot(debate.id, Role.PANELLIST, one) for one in debate.of_role(Role.PANELLIST)),
        *(Slot(debate.id, Role.TRAINEE, one) for one in debate.of_role(Role.TRAINEE)),
        Slot(debate.id, Role.PANELLIST, added=True),
    )


@dataclass(frozen=True, slots=True)
class Columns:
    """Left edges and widths of the columns of a board of some width."""

    width: int
    room: int
    teams: int
    chair: int
    panel: int
    cost: int
    chip: int
    across: int
    """Chips of a panel in one line."""

    @classmethod
    def of(cls, width: int) -> Columns:
        """Share out ``width``."""
        is_narrow = width < _NARROW_BELOW
        least_chip = _NARROW_CHIP if is_narrow else _LEAST_CHIP
        room, teams, chair = _NARROW if is_narrow else _grown(width)
        left = _POINTS + room + teams + chair
        for_chips = max(least_chip, width - left - _COST - PAD - _ADD - CHIP_GAP)
        across = max(1, for_chips // (least_chip + CHIP_GAP))
        across = min(across, max(3, for_chips // (_MOST_CHIP + CHIP_GAP)))
        chip = min(_MOST_CHIP, for_chips // across - CHIP_GAP)
        return cls(
            width, _POINTS, _POINTS + room, _POINTS + room + teams, left, width - _COST, chip,
            across)

    @property
    def add(self) -> int:
        """Return the left edge of the narrow place for one more."""
        return self.cost - _ADD - PAD

    def lines(self, debate: BoardDebate) -> int:
        """Return how many lines of chips a room takes."""
        others = len(debate.seats) - (debate.chair is not None)
        return max(1, -(-others // self.across))

    def height(self, debate: BoardDebate) -> int:
        """Return the height of a room's row."""
        return Height.ROW_TALL + (self.lines(debate) - 1) * (CHIP + CHIP_GAP)

    def place(self, debate: BoardDebate, slots: Sequence[Slot], at: int) -> QRect:
        """Return where the slot number ``at`` stands, in a row whose top is 0."""
        top = (Height.ROW_TALL - 1 - CHIP) // 2
        if at == 0:
            return QRect(self.chair + PAD, top, self.panel - self.chair - PAD - CHIP_GAP, CHIP)
        line, column = divmod(at - 1, self.across)
        if slots[at].added and line >= self.lines(debate):  # no room for a wide one
            last = top + (self.lines(debate) - 1) * (CHIP + CHIP_GAP)
            return QRect(self.add, last, _ADD, CHIP)
        left = self.panel + PAD + column * (self.chip + CHIP_GAP)
        return QRect(left, top + line * (CHIP + CHIP_GAP), self.chip, CHIP)


def _grown(width: int) -> list[int]:
    """Return the widths of room, teams and chair: what three chips leave over goes to names."""
    growing = (_ROOM, _TEAMS, _CHAIR)
    least = _POINTS + _COST + sum(low for low, _high in growing)
    spare = max(0, width - least - 3 * (_MOST_CHIP + CHIP_GAP) - _ADD - PAD)
    growth = sum(high - low for low, high in growing)
    return [low + min(high - low, spare * (high - low) // growth) for low, high in growing]
