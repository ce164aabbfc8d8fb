"""The moments of rounds by which schedules go, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from tabapp.jobs.triggers import Anchor


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When something happens in a round; ``tournament`` and ``round`` are row ids."""

    at: datetime
    tournament: int
    round: int
    seq: int


Anchors: TypeAlias = Callable[[Anchor], Iterable[Moment]]
"""Returns the known moments of one kind, of all rounds that a schedule goes by."""


def no_rounds(_anchor: Anchor) -> Iterable[Moment]:
    """Know of no round."""
    return ()
