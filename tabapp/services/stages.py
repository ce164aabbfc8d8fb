"""How far each round is: the seven stages of a round and what blocks each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tabapp.store.unit import ReadUnit

StageKey = Literal["availability", "draw", "judges", "rooms", "release", "ballots", "complete"]
STAGES: tuple[StageKey, ...] = (
    "availability", "draw", "judges", "rooms", "release", "ballots", "complete")
StageStatus = Literal["done", "now", "later", "attention", "problem"]


@dataclass(frozen=True, slots=True)
class StageState:
    """One stage: where it stands, and the fact or the blocker in a few words."""

    key: StageKey
    status: StageStatus
    fact: str


@dataclass(frozen=True, slots=True)
class RoundState:
    """A round with its stages. ``ballots_out`` counts debates without a confirmed ballot."""

    id: int
    seq: int
    name: str
    stage: str
    status: str
    completed: bool
    category: str | None
    stages: tuple[StageState, ...]
    ballots_out: int


def round_states(unit: ReadUnit, tournament_id: int) -> list[RoundState]:
    """Return every round of a tournament with its stages, by sequence."""
    raise NotImplementedError


def current_round(unit: ReadUnit, tournament_id: int) -> int | None:
    """Return the row id of the first round that is not completed, else the last; None without."""
    raise NotImplementedError
