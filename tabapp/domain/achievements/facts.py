"""What is known of a tournament when its awards are worked out, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tabapp.domain.types import BoolArray, IntArray, ResultData

TRAINEE, PANELLIST, CHAIR = 0, 1, 2
"""Roles as numbers, the higher the more is asked."""


@dataclass(frozen=True, slots=True)
class RoundFact:
    """A round. ``category`` is the slug of its break category, ``finished_at`` its completion.

    Times are aware; None where they are not known, as of what was imported.
    """

    seq: int
    completed: bool = False
    category: str | None = None
    expected_end: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PanelColumns:
    """A row for each judge on each panel: indices of judges and debates, and the role."""

    judge: IntArray
    debate: IntArray
    role: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class AwardFacts:
    """Everything on which awards rest. ``rounds`` stand as in the results, by sequence.

    ``debates`` are archive ids by the number that the results give a debate; ``team_forfeit`` has
    a row for each of their ``team_*`` rows. ``team_sizes``, ``speaker_complete`` and
    ``judge_complete`` have one for each team, speaker, judge. ``precedence`` ranks the tab;
    ``sides`` are the teams of a room, ``line_up`` the speakers that a team needs, ``step`` the
    smallest difference between marks. ``finished``: every round was completed, every break played.
    """

    results: ResultData
    rounds: tuple[RoundFact, ...]
    debates: tuple[str, ...]
    team_forfeit: BoolArray
    judges: tuple[str, ...]
    panels: PanelColumns
    precedence: tuple[str, ...]
    sides: int
    line_up: int
    step: float
    team_sizes: IntArray
    speaker_complete: BoolArray
    judge_complete: BoolArray
    finished: bool = False
