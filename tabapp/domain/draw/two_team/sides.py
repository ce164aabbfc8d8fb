"""Who affirms."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.values import Pairing
from tabapp.domain.types import DrawTeam


def give_sides(
    pairings: Sequence[Pairing], options: DrawOptions, lots: Lots
) -> list[tuple[DrawTeam, DrawTeam]]:
    """Return who affirms and who negates in each room, which stand by room rank.

    Balanced sides: the team that affirmed less often than it negated, compared with the other;
    then likewise among rounds of the same kind; then by lot.
    """
    if options.draw_side_allocations == "preallocated":
        return [(pairing.first, pairing.second) for pairing in pairings]
    # one permutation for all rooms: a room's two places in it are as good as a coin
    places = lots.permutation(2 * len(pairings)).tolist()
    balanced = options.draw_side_allocations != "random"
    rooms = []
    for room, pairing in enumerate(pairings):
        teams = (pairing.first, pairing.second)
        keys = [
            (*(_surplus(team) if balanced else ()), places[2 * room + at])
            for at, team in enumerate(teams)]
        rooms.append(teams if keys[0] < keys[1] else teams[::-1])
    return rooms


def _surplus(team: DrawTeam) -> tuple[int, int]:
    return _difference(team.sides), _difference(team.kind_sides)


def _difference(sides: tuple[int, ...]) -> int:
    return sides[0] - sides[1] if sides else 0
