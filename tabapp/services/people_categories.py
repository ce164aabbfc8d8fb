"""Who is in which category: eligibility for breaks and speaker tables, kinds of rooms."""

from __future__ import annotations

from collections.abc import Mapping

from tabapp.store.people_grid import Grid, GridKind, GridRow, read_grid, set_members
from tabapp.store.unit import WriteUnit

__all__ = ["Grid", "GridKind", "GridRow", "read_grid", "set_eligibility"]


def set_eligibility(
    unit: WriteUnit, tournament_id: int, kind: GridKind, wanted: Mapping[int, frozenset[int]]
) -> int:
    """Give teams break categories, speakers or rooms theirs, by row ids; return the changes.

    Whoever is not named stays as it is.
    """
    changed = set_members(unit, tournament_id, kind, wanted)
    words = {"team": "teams", "speaker": "speakers", "venue": "rooms"}[kind]
    unit.describe(subject=f"{len(wanted)} {words}")
    return changed
