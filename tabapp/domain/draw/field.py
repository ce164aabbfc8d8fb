"""The field of a draw: the teams in canonical order, ties broken by lot, byes taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabapp.domain.draw.lots import Lots
from tabapp.domain.types import DrawTeam, id_key


@dataclass(frozen=True, slots=True)
class Field:
    """Teams in rank order: those that are drawn and those that have a bye."""

    drawn: tuple[DrawTeam, ...]
    byes: tuple[DrawTeam, ...]


def order_teams(teams: Sequence[DrawTeam], lots: Lots) -> list[DrawTeam]:
    """Return the teams by rank; teams level in rank and points in an order drawn by lot."""
    canonical = sorted(teams, key=lambda team: id_key(team.id))
    drawn = [canonical[index] for index in lots.permutation(len(canonical))]
    return sorted(drawn, key=lambda team: (team.rank, -team.points))


def take_field(teams: Sequence[DrawTeam], *, size: int, byes: str, lots: Lots) -> Field:
    """Put the teams in order and give as many byes as rooms of ``size`` leave over.

    Byes go to the ``lowest`` teams or by lot, and to nobody again while someone has had fewer.
    """
    ordered = order_teams(teams, lots)
    count = len(ordered) % size
    indices = range(len(ordered))
    turn = lots.permutation(len(ordered)).tolist() if byes == "random" else reversed(indices)
    # the sort keeps the turn among teams that have rested equally often
    resting = set(sorted(turn, key=lambda index: ordered[index].byes)[:count])
    return Field(
        drawn=tuple(team for index, team in enumerate(ordered) if index not in resting),
        byes=tuple(team for index, team in enumerate(ordered) if index in resting),
    )
