"""Frozen values that the allocators read and return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tabapp.core.errors import Problem

# --- judges ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PanelDebate:
    """A debate that wants judges. ``importance`` runs from -2 to +2; room rank 1 is the top."""

    id: str
    teams: tuple[str, ...]
    importance: int = 0
    room_rank: int = 0
    bracket: float = 0.0


@dataclass(frozen=True, slots=True)
class PanelJudge:
    """An available judge.

    ``score`` already combines base score and feedback, on the tournament's own scale;
    ``team_conflicts`` names every team it clashes with, by person or by institution.
    """

    id: str
    name: str = ""
    score: float = 0.0
    trainee: bool = False
    institution: str | None = None
    team_conflicts: frozenset[str] = frozenset()
    judge_conflicts: frozenset[str] = frozenset()
    teams_seen: frozenset[str] = frozenset()
    judges_seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PanelSnapshot:
    """Everything that an allocation of judges depends on, apart from its seed.

    ``options`` holds the adjudicator settings under their names, and ``ballots_per_debate``:
    ``per-adj`` or ``per-debate``, as it holds for the round's stage.
    """

    debates: tuple[PanelDebate, ...]
    judges: tuple[PanelJudge, ...]
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Panel:
    """The judges of one debate, strongest panellist first."""

    debate: str
    chair: str | None
    panellists: tuple[str, ...] = ()
    trainees: tuple[str, ...] = ()

    @property
    def voting(self) -> tuple[str, ...]:
        """Chair and panellists."""
        return self.panellists if self.chair is None else (self.chair, *self.panellists)

    @property
    def members(self) -> tuple[str, ...]:
        """Everybody in the room, chair first."""
        return self.voting + self.trainees


@dataclass(frozen=True, slots=True)
class PanelAllocation:
    """Panels in order of importance, then room rank; ``parts`` add up to ``cost``."""

    panels: tuple[Panel, ...]
    cost: float
    parts: Mapping[str, float]
    problems: tuple[Problem, ...]
    seed: int


# --- rooms -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoomConstraint:
    """A team, judge or institution of the debate (``subject``) wants a category of rooms."""

    subject: str
    category: str
    priority: float = 0.0


@dataclass(frozen=True, slots=True)
class RoomDebate:
    """A debate that wants a room."""

    id: str
    importance: int = 0
    room_rank: int = 0
    constraints: tuple[RoomConstraint, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """An available room; a higher ``priority`` is used first."""

    id: str
    priority: float = 0.0
    capacity: int | None = None
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """Everything that an allocation of rooms depends on, apart from its seed."""

    debates: tuple[RoomDebate, ...]
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Unmet:
    """A wish that could not be met; ``reason`` is a code of ``core.messages``."""

    debate: str
    subject: str
    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class RoomAllocation:
    """``placed`` has every debate; None for one that is left without a room."""

    placed: Mapping[str, str | None]
    unmet: tuple[Unmet, ...]
    problems: tuple[Problem, ...]
    seed: int
