"""One-up-one-down: the best set of swaps between neighbouring rooms of a bracket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.values import Pairing, same_institution, times_met
from tabapp.domain.types import DrawTeam

# Gains are counted in millionths, so that their sums are exact however high the penalties are.
_ONE = 1_000_000
_PRICE_OF_SWAP = 1_000

Rooms = list[tuple[DrawTeam, DrawTeam]]


def one_up_one_down(pairings: Sequence[Pairing], options: DrawOptions) -> list[Pairing]:
    """Exchange the second teams of neighbouring rooms of one bracket where that gains most.

    Team flags are not looked at: give them to the rooms afterwards.
    """
    rooms = [(pairing.first, pairing.second) for pairing in pairings]
    swapped = list(pairings)
    for index in best_swaps(gains(rooms, options)):
        upper, lower = pairings[index], pairings[index + 1]
        flags = [_conflicts(room, options) for room in rooms[index : index + 2]]
        swapped[index] = replace(upper, second=lower.second, flags=flags[0])
        swapped[index + 1] = replace(lower, second=upper.second, flags=flags[1])
    return swapped


def gains(rooms: Rooms, options: DrawOptions) -> list[int]:
    """Return what each swap of a room with the next would gain, in millionths.

    It is 0 for a swap that is forbidden or not worth it; of equal ones a higher one gains more.
    """
    count = len(rooms) - 1
    plain = [_gain(rooms[index], rooms[index + 1], options) for index in range(count)]
    return [gain + count - index if gain > 0 else 0 for index, gain in enumerate(plain)]


def best_swaps(gained: Sequence[int]) -> list[int]:
    """Return the swaps, no two of which touch the same room, that gain most together."""
    best = [0, 0]  # best[i + 2]: with the first i + 1 swaps at hand
    for gain in gained:
        best.append(max(best[-1], best[-2] + gain))
    chosen = []
    index = len(gained) - 1
    while index >= 0:
        if best[index + 2] > best[index + 1]:
            chosen.append(index)
            index -= 1
        index -= 1
    return chosen[::-1]


def _gain(
    upper: tuple[DrawTeam, DrawTeam], lower: tuple[DrawTeam, DrawTeam], options: DrawOptions
) -> int:
    now, after = (upper, lower), ((upper[0], lower[1]), (lower[0], upper[1]))
    met, met_after = (
        options.avoid_team_history * sum(times_met(*room) for room in rooms)
        for rooms in (now, after))
    own, own_after = (
        options.avoid_same_institution * sum(same_institution(*room) for room in rooms)
        for rooms in (now, after))
    if not (met or own) or met_after > met:
        return 0
    worth = (
        (own - own_after) * options.team_institution_penalty
        + (met - met_after) * options.team_history_penalty
    )
    return worth * _ONE - _PRICE_OF_SWAP


def _conflicts(room: tuple[DrawTeam, DrawTeam], options: DrawOptions) -> tuple[str, ...]:
    """Return why this room is swapped: its own conflicts, or those of the other."""
    found = []
    if options.avoid_team_history and times_met(*room):
        found.append("1u1d_history")
    if options.avoid_same_institution and same_institution(*room):
        found.append("1u1d_institution")
    return tuple(found) or ("1u1d_accommodate",)
