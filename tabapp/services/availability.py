"""Who and what is there in a round: the grid, the counts of what is needed, the changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tabapp.core.errors import UserError
from tabapp.services.side_plan import are_allocated
from tabapp.store.presence_rows import (
    KINDS,
    Kind,
    PresenceRow,
    away_ids,
    presence,
    set_away,
)
from tabapp.store.tournaments import RoundRow, get_round, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

PANEL = 3
"""Judges of a full panel."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a round of these teams takes. ``over`` teams are more than full rooms hold."""

    teams: int
    per_room: int
    judges: int
    venues: int

    @property
    def rooms(self) -> int:
        """Rooms that the teams fill."""
        return self.teams // self.per_room

    @property
    def over(self) -> int:
        """Teams left over when all rooms are full."""
        return self.teams % self.per_room

    @property
    def judges_for_panels(self) -> int:
        """Judges that give each room a panel of three."""
        return self.rooms * PANEL


@dataclass(frozen=True, slots=True)
class Availability:
    """Everybody of a round by kind. ``earlier`` is the round before it of the same stage.

    ``sides_allocated``: sides are set before each draw.
    """

    round: RoundRow
    earlier: RoundRow | None
    rows: Mapping[Kind, tuple[PresenceRow, ...]]
    needs: Needs
    sides_allocated: bool


def read_availability(unit: ReadUnit, round_id: int) -> Availability:
    """Read the grid of a round."""
    owner, round_ = get_round(unit, round_id)
    earlier = _earlier(unit, owner.id, round_)
    before = earlier.id if earlier is not None else None
    rows = {
        kind: tuple(presence(unit, owner.id, round_id, kind, before)) for kind in KINDS}
    here = {kind: sum(one.here for one in found) for kind, found in rows.items()}
    return Availability(
        round=round_, earlier=earlier, rows=rows,
        needs=Needs(
            teams=here["team"], per_room=owner.settings.teams_in_debate,
            judges=here["adjudicator"], venues=here["venue"],
        ),
        sides_allocated=are_allocated(owner),
    )


def _earlier(unit: ReadUnit, tournament_id: int, round_: RoundRow) -> RoundRow | None:
    rounds = [one for one in list_rounds(unit, tournament_id) if one.seq < round_.seq]
    return rounds[-1] if rounds else None


def set_here(
    unit: WriteUnit, round_id: int, kind: Kind, ids: Collection[int], *, here: bool
) -> None:
    """Mark some as there, or as away; the others stay as they are."""
    _owner, round_ = get_round(unit, round_id)
    away = away_ids(unit, round_id, kind)
    set_away(unit, round_id, kind, away - set(ids) if here else away | set(ids))
    unit.describe(subject=f"{len(ids)} in {round_.name or f'Round {round_.seq}'}")


def all_here(unit: WriteUnit, round_id: int, kind: Kind) -> None:
    """Mark everybody of a kind as there."""
    set_away(unit, round_id, kind, ())


def only_here(unit: WriteUnit, round_id: int, kind: Kind, ids: Collection[int]) -> None:
    """Mark these as there and everybody else of the kind as away."""
    owner, _round = get_round(unit, round_id)
    everybody = {one.id for one in presence(unit, owner.id, round_id, kind, None)}
    set_away(unit, round_id, kind, everybody - set(ids))


def as_last_round(unit: WriteUnit, round_id: int) -> None:
    """Mark as there who was there the round before: teams, judges and rooms.

    ``UserError("no_earlier_round")`` in the first round.
    """
    owner, round_ = get_round(unit, round_id)
    earlier = _earlier(unit, owner.id, round_)
    if earlier is None:
        raise UserError("no_earlier_round", round=round_.name or round_.seq)
    for one in KINDS:
        set_away(unit, round_id, one, away_ids(unit, earlier.id, one))
