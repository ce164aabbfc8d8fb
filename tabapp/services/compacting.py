"""Keeping a database small and quick: when it is worth to write the file anew, and doing it."""

from __future__ import annotations

from dataclasses import dataclass

from tabapp.services.health_checks import NO_DISK, Surroundings, size_in_words
from tabapp.store.database import Database
from tabapp.store.soundness import analyse, compact, file_state, move_log, server_bytes

__all__ = ["Plan", "analyse", "compact", "move_log", "plan"]

WORTH_IT = 0.2
"""Share of a file that is free inside from which it is written anew."""
SMALL = 1_000_000
"""Bytes below which nobody wins anything."""
ROOM = 3
"""A file is written beside itself, then into its log, then in place."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How large a database is, whether to write it anew, and why (not) in one sentence."""

    bytes: int
    is_worth_it: bool
    sentence: str


def plan(database: Database, around: Surroundings | None = None) -> Plan:
    """Look at a database; a server is told to tidy up in any case and decides by itself."""
    path = database.path
    if path is None:
        return Plan(server_bytes(database), True, "The server tidies its tables.")
    state = file_state(path)
    size, free = size_in_words(state.bytes), size_in_words(state.free)
    if state.free_share <= WORTH_IT or state.free < SMALL:
        return Plan(state.bytes, False, f"Of {size}, {free} are free: the file stays as it is.")
    room = (around or Surroundings()).free(path.parent)
    if room < ROOM * state.bytes + NO_DISK:
        return Plan(
            state.bytes, False,
            f"{free} could be won, but the disk has only {size_in_words(room)} to work with.")
    return Plan(state.bytes, True, f"Of {size}, {free} are free and are given back.")
