"""Who fetches the ballots of which room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from tabapp.store.people_lists import category_names
from tabapp.store.schema import venue, venue_category, venue_venue_category
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class RunnerRow:
    """A room with its categories and its runner, "" for none."""

    id: int
    name: str
    categories: tuple[str, ...]
    runner: str


def read_runner_rows(unit: ReadUnit, tournament_id: int) -> list[RunnerRow]:
    """Return the rooms of a tournament that are still in use."""
    kinds = category_names(unit, venue_venue_category, venue, venue_category, tournament_id)
    return [
        RunnerRow(row_id, name, kinds.get(row_id, ()), runner or "")
        for row_id, name, runner in unit.fetch(
            select(venue.c.id, venue.c.name, venue.c.runner)
            .where(venue.c.tournament_id == tournament_id, venue.c.withdrawn.is_(False))
            .order_by(venue.c.name, venue.c.id))
    ]


def set_runner_rows(unit: WriteUnit, runners: Mapping[int, str]) -> None:
    """Give rooms their runners, by row id; "" takes one away."""
    unit.update(venue, {row: {"runner": name} for row, name in runners.items()})
