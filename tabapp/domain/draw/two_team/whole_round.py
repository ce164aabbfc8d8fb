"""One matching over all teams, in which pull-ups are priced together with everything else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.costs import bracket_method, round_prices
from tabapp.domain.draw.two_team.pairing import pairs_of
from tabapp.domain.draw.two_team.ranks import level_ranks, odd_tops
from tabapp.domain.draw.two_team.values import Pairing
from tabapp.domain.types import PULLUP, BoolArray, DrawTeam, Side, Tick, no_tick


def pair_round(
    teams: Sequence[DrawTeam], options: DrawOptions, lots: Lots, tick: Tick = no_tick
) -> list[Pairing]:
    """Pair all teams, given in the order of the draw, at the least total of ``round_prices``.

    Rooms are in the order of their best teams. With pre-allocated sides ``first`` affirms.
    """
    rows: Sequence[DrawTeam] = teams
    columns: Sequence[DrawTeam] = teams
    if options.draw_side_allocations == "preallocated":
        rows = [team for team in teams if team.allocated_side is Side.AFF]
        columns = [team for team in teams if team.allocated_side is Side.NEG]
    tops: Sequence[int] = ()
    if bracket_method(options, top=False) == "adjacent":
        ranks, _largest = level_ranks(teams)
        tops = odd_tops([(points_of(team.points), ranks[team.id]) for team in teams])
    rooms = pairs_of(
        rows, columns, round_prices(rows, columns, options), lots, tick,
        cuts=_uneven_tops(teams), tops=tops)
    place = {team.id: at for at, team in enumerate(teams)}
    rooms.sort(key=lambda room: min(place[room[0].id], place[room[1].id]))
    return [_paired(one, other) for one, other in rooms]


def _uneven_tops(teams: Sequence[DrawTeam]) -> list[BoolArray]:
    """Return the sets of all teams down to a level, where they are odd: one of each must go."""
    points = np.array([points_of(team.points) for team in teams])
    return [
        top for top in (points >= level for level in np.unique(points)) if top.sum() % 2]


def _paired(one: DrawTeam, other: DrawTeam) -> Pairing:
    upper = max(points_of(one.points), points_of(other.points))
    flags = {
        team.id: (PULLUP,) for team in (one, other) if points_of(team.points) < upper}
    return Pairing(upper, one, other, team_flags=flags)
