"""Judges and rooms of a round: reading what they need, seating, storing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import UserError
from tabapp.core.revisions import Revision
from tabapp.domain.allocation import (
    PanelAllocation,
    PanelSnapshot,
    RoomAllocation,
    RoomSnapshot,
    panel_snapshot,
    room_snapshot,
)
from tabapp.domain.types import Role
from tabapp.store import topics
from tabapp.store.archive_out import read_archive
from tabapp.store.draw_rows import round_progress, store_panels, store_venues
from tabapp.store.panel_rows import clear_overrides
from tabapp.store.refs import Refs
from tabapp.store.tournaments import RoundRow, TournamentRow, get_round
from tabapp.store.unit import ReadUnit, WriteUnit


@dataclass(frozen=True, slots=True)
class AllocationInput:
    """A drawn round with what its allocation reads."""

    owner: TournamentRow
    round: RoundRow
    panels: PanelSnapshot
    rooms: RoomSnapshot
    revision: Revision


def read_input(unit: ReadUnit, round_id: int, *, looking: bool = False) -> AllocationInput:
    """Read a round for allocation; refuse one without a draw, or with results.

    ``looking`` allows a round with results, for a dry run.
    """
    owner, round_ = get_round(unit, round_id)
    _check_state(unit, owner, round_, looking=looking)
    archive = read_archive(unit, owner.id, ballots=False)
    return AllocationInput(
        owner=owner, round=round_,
        panels=panel_snapshot(archive, round_.seq, owner.settings),
        rooms=room_snapshot(archive, round_.seq),
        revision=unit.revision(
            owner.id, topics.PEOPLE, topics.SETTINGS, topics.FEEDBACK, topics.ROUNDS,
            topics.DRAWS, topics.PANELS, topics.VENUES, topics.availability_of(round_.seq),
        ),
    )


def _check_state(
    unit: ReadUnit, owner: TournamentRow, round_: RoundRow, *, looking: bool = False
) -> None:
    """Refuse a round without a draw, or with results unless ``looking``.

    Asked again where the allocation is stored: ballots that came meanwhile make no revision of it
    stale, but they were given by the panels that are there.
    """
    name = round_.name or f"Round {round_.seq}"
    progress = next(one for one in round_progress(unit, owner.id) if one.seq == round_.seq)
    if not progress.debates:
        raise UserError("round_not_drawn", round=name, seq=round_.seq)
    if progress.decided and not looking:
        raise UserError("round_has_results", round=name)


def store_judges(unit: WriteUnit, found: AllocationInput, seated: PanelAllocation) -> None:
    """Replace the panels of the round; refuse that once it has results.

    The reasons of clashes that were allowed by hand go with the panels that they were given for.
    """
    _check_state(unit, found.owner, found.round)
    refs = Refs.load(unit, found.owner.id, "debate", "adjudicator")
    clear_overrides(unit, found.round.id)
    store_panels(unit, found.round, {
        refs.id("debate", panel.debate): _seats(panel.chair, panel.panellists, panel.trainees)
        for panel in seated.panels
    }, refs)


def _seats(
    chair: str | None, panellists: Sequence[str], trainees: Sequence[str]
) -> list[tuple[str, Role]]:
    return [
        *([(chair, Role.CHAIR)] if chair else []),
        *((judge, Role.PANELLIST) for judge in panellists),
        *((judge, Role.TRAINEE) for judge in trainees),
    ]


def store_rooms(unit: WriteUnit, found: AllocationInput, placed: RoomAllocation) -> None:
    """Replace the rooms of the round's debates; refuse that once it has results."""
    _check_state(unit, found.owner, found.round)
    refs = Refs.load(unit, found.owner.id, "debate", "venue")
    store_venues(unit, {
        refs.id("debate", debate.id): placed.placed.get(debate.id)
        for debate in found.rooms.debates
    }, refs)


def panels_json(seated: PanelAllocation, seconds: float) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``allocate``."""
    return {
        "cost": seated.cost, "parts": dict(seated.parts),
        "panels": [
            {"debate": panel.debate, "chair": panel.chair, "panellists": list(panel.panellists),
             "trainees": list(panel.trainees)}
            for panel in seated.panels
        ],
        "problems": [one.as_json() for one in seated.problems], "seconds": seconds,
    }


def rooms_json(placed: RoomAllocation) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``venues``."""
    return {
        "placed": {debate: venue for debate, venue in placed.placed.items() if venue},
        "unmet": [
            {"debate": one.debate, "subject": one.subject, "category": one.category,
             "reason": one.reason}
            for one in placed.unmet
        ],
        "problems": [one.as_json() for one in placed.problems],
    }
