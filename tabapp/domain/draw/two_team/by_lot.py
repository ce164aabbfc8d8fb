"""Random two-team draws, in which pairs with a conflict are swapped until they are clean."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.costs import clash_prices
from tabapp.domain.draw.two_team.pairing import pairs_of
from tabapp.domain.draw.two_team.values import Pairing, same_institution, times_met
from tabapp.domain.types import DrawTeam, Side, Tick, no_tick

_ATTEMPTS = 20
_BRACKET = 0.0

Rooms = list[tuple[DrawTeam, DrawTeam]]


def pair_by_lot(
    teams: Sequence[DrawTeam], options: DrawOptions, lots: Lots, tick: Tick = no_tick
) -> list[Pairing]:
    """Pair an even number of teams by lot; with pre-allocated sides ``first`` affirms.

    ``draw_avoid_conflicts`` ``one_up_one_down`` stands for swaps by lot, up to 20 for each pair
    with a conflict; ``graph`` finds a draw of least cost, which one by lot.
    """
    shuffled = [teams[at] for at in lots.permutation(len(teams))]
    first: Sequence[DrawTeam] = shuffled[::2]
    second: Sequence[DrawTeam] = shuffled[1::2]
    fixed = options.draw_side_allocations == "preallocated"
    if fixed:
        first = [team for team in shuffled if team.allocated_side is Side.AFF]
        second = [team for team in shuffled if team.allocated_side is Side.NEG]
    if options.draw_avoid_conflicts == "graph":
        rows, columns = (first, second) if fixed else (shuffled, shuffled)
        rooms = pairs_of(rows, columns, clash_prices(rows, columns, options), lots, tick)
        return [Pairing(_BRACKET, one, other) for one, other in rooms]
    rooms = list(zip(first, second, strict=True))
    failed: set[str] = set()
    if options.draw_avoid_conflicts != "off":
        failed = _swap(rooms, options, lots)
    return [
        Pairing(_BRACKET, *room, flags=("too_many_swaps",) if room[0].id in failed else ())
        for room in rooms
    ]


def _swap(rooms: Rooms, options: DrawOptions, lots: Lots) -> set[str]:
    """Exchange second teams until pairs are clean; return the first teams of those that are not."""
    failed = set()
    for index, room in enumerate(rooms):
        if _cost(room, options) and not _cleaned(rooms, index, options, lots):
            failed.add(room[0].id)
    return failed


def _cleaned(rooms: Rooms, index: int, options: DrawOptions, lots: Lots) -> bool:
    others = [at for at in range(len(rooms)) if at != index]
    for _attempt in range(_ATTEMPTS if others else 0):
        at = others[int(lots.permutation(len(others))[0])]
        before = _cost(rooms[index], options) + _cost(rooms[at], options)
        swapped = (rooms[index][0], rooms[at][1]), (rooms[at][0], rooms[index][1])
        own, other = (_cost(room, options) for room in swapped)
        if other or own >= before:
            continue
        rooms[index], rooms[at] = swapped
        if not own:
            return True
    return False


def _cost(room: tuple[DrawTeam, DrawTeam], options: DrawOptions) -> int:
    met = times_met(*room) * options.avoid_team_history
    own = same_institution(*room) * options.avoid_same_institution
    return met * options.team_history_penalty + own * options.team_institution_penalty
