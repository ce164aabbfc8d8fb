"""What can be found by its name from anywhere in the window."""

from __future__ import annotations

from tabapp.store.search_reads import (
    Thing,
    ThingKind,
    read_debates,
    read_judges,
    read_speakers,
    read_teams,
)
from tabapp.store.unit import ReadUnit

__all__ = ["FOUND_IN", "Thing", "ThingKind", "find_things"]

FOUND_IN = frozenset({"people", "rounds", "draws", "panels", "venues", "results"})
"""Topics whose change makes what was found stale."""


def find_things(
    unit: ReadUnit, tournament_id: int, round_id: int | None, *, people: bool = True
) -> list[Thing]:
    """Return the rooms of a round, then, with ``people``, all teams, speakers and judges."""
    rooms = read_debates(unit, round_id) if round_id is not None else []
    if not people:
        return [*rooms]
    return [
        *rooms,
        *read_teams(unit, tournament_id, round_id),
        *read_speakers(unit, tournament_id),
        *read_judges(unit, tournament_id, round_id),
    ]
