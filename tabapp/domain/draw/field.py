"""The field of a draw: the teams in canonical order, ties broken by lot, byes taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.lots import Lots
from tabapp.domain.types import DrawTeam, Side, id_key


@dataclass(frozen=True, slots=True)
class Field:
    """Teams in the order of the draw: those that are drawn and those that have a bye."""

    drawn: tuple[DrawTeam, ...]
    byes: tuple[DrawTeam, ...]


def order_teams(
    teams: Sequence[DrawTeam], lots: Lots, *, seeded: bool = False
) -> list[DrawTeam]:
    """Return the teams by rank; teams level in rank and points in an order drawn by lot.

    For a ``seeded`` draw they stand by seed, the highest first, and equal ones by lot.
    """
    canonical = sorted(teams, key=lambda team: id_key(team.id))
    drawn = [canonical[index] for index in lots.permutation(len(canonical))]
    if seeded:
        return sorted(drawn, key=lambda team: -(team.seed or 0.0))  # a blank one is refused before
    return sorted(drawn, key=lambda team: (team.rank, -points_of(team.points)))


def take_field(
    teams: Sequence[DrawTeam], *, size: int, byes: str, lots: Lots, resting: Side | None = None,
    seeded: bool = False,
) -> Field:
    """Put the teams in order and give as many byes as rooms of ``size`` leave over.

    Byes go to the ``lowest`` teams, those of the lowest seeds in a ``seeded`` draw, or by lot, and
    to nobody again while someone has had fewer.
    Where sides are allocated they go to teams of the ``resting`` side alone, the longer one.
    """
    ordered = order_teams(teams, lots, seeded=seeded)
    count = len(ordered) % size
    indices = range(len(ordered))
    turn = lots.permutation(len(ordered)).tolist() if byes == "random" else reversed(indices)
    able = [i for i in turn if resting is None or ordered[i].allocated_side is resting]
    # the sort keeps the turn among teams that have rested equally often
    out = set(sorted(able, key=lambda index: ordered[index].byes)[:count])
    return Field(
        drawn=tuple(team for index, team in enumerate(ordered) if index not in out),
        byes=tuple(team for index, team in enumerate(ordered) if index in out),
    )
