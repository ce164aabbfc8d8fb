"""What can be drawn at all: refusals, each with what to do about it."""

from __future__ import annotations

import math
import reprlib
from collections import Counter
from collections.abc import Sequence

from tabapp.core.errors import UserError
from tabapp.domain.types import BP_SIDES, DrawSnapshot, DrawTeam, DrawType

MOST_ROUNDS = 10_000
"""More earlier positions than any team has had; beyond it a count is a slip."""

_DRAWN_HERE = (DrawType.POWER, DrawType.RANDOM, DrawType.MANUAL)
_NEVER_IN_BP = (DrawType.SEEDED,)


def check_format(snapshot: DrawSnapshot) -> None:
    """Refuse a draw type that the format does not have, or that this engine does not make."""
    bp = snapshot.sides == BP_SIDES
    name = "BP" if bp else "two-team" if len(snapshot.sides) == 2 else f"{len(snapshot.sides)}-team"
    if bp and snapshot.draw_type in _NEVER_IN_BP:
        possible = ", ".join(_DRAWN_HERE)
        raise UserError(
            "draw_type_not_for_format",
            draw_type=snapshot.draw_type.value, format=name, possible=possible,
        )
    if snapshot.draw_type is not DrawType.MANUAL and not (bp and snapshot.draw_type in _DRAWN_HERE):
        raise UserError("draw_not_available", draw_type=snapshot.draw_type.value, format=name)


def check_teams(teams: Sequence[DrawTeam], *, size: int, byes: bool) -> None:
    """Refuse teams that cannot be drawn in rooms of ``size``."""
    twice = [team for team, times in Counter(team.id for team in teams).items() if times > 1]
    if twice:
        raise UserError("draw_duplicate_team", team=twice[0])
    for team in teams:
        name = team.name or team.id
        if not math.isfinite(team.points):
            raise UserError("draw_points_not_finite", team=name, points=team.points)
        if len(team.sides) != size or not all(0 <= n <= MOST_ROUNDS for n in team.sides):
            shown = reprlib.repr(list(team.sides))
            raise UserError(
                "draw_sides_invalid", team=name, sides=shown, size=size, most=MOST_ROUNDS
            )
    if len(teams) < size:
        raise UserError("draw_too_few_teams", count=len(teams), size=size)
    rest = len(teams) % size
    if rest and not byes:
        missing = size - rest
        raise UserError("draw_team_count", count=len(teams), size=size, add=missing, remove=rest)
