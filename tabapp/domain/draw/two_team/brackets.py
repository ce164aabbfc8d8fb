"""Brackets of a two-team draw, made even by the odd-bracket rule."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.allocated import open_allocated, pull_up_allocated
from tabapp.domain.draw.two_team.bubble import bubble_up_down
from tabapp.domain.draw.two_team.intermediate import open_intermediate
from tabapp.domain.draw.two_team.pull_ups import pull_up
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.draw.validity import check_allocated_sides, check_count
from tabapp.domain.formats.combinations import (
    ALLOCATED,
    INTERMEDIATE_OF_ALLOCATED,
    INTERMEDIATE_OF_FREE,
)
from tabapp.domain.types import DrawTeam, Side


def make_brackets(
    teams: Sequence[DrawTeam], options: DrawOptions, lots: Lots
) -> list[Bracket]:
    """Put an even number of teams, given in the order of the draw, into brackets, top first.

    Every bracket that comes back can be paired: an even number of teams, or as many on one
    allocated side as on the other. A bracket that lost all its teams has vanished. The options
    are those that ``check_draw`` lets through. Raises ``UserError`` where the teams cannot fill
    their brackets: an odd number, or sides that are missing or unequal.
    """
    check_count(len(teams), size=2, byes=False)
    rule = options.draw_odd_bracket
    if options.draw_side_allocations == ALLOCATED:
        check_allocated_sides(teams)
        levels = group_levels(teams, allocated=True)
        if rule in INTERMEDIATE_OF_ALLOCATED:
            return open_allocated(levels, apart=rule == "intermediate2")
        return pull_up_allocated(levels, options, lots)
    levels = group_levels(teams)
    if rule not in INTERMEDIATE_OF_FREE:
        return pull_up(levels, options, lots)
    brackets = open_intermediate(levels)
    if rule == "intermediate_bubble_up_down":
        bubble_up_down(brackets, options)
    return brackets


def group_levels(teams: Sequence[DrawTeam], *, allocated: bool = False) -> list[Bracket]:
    """Put teams of equal points together, the highest first: the raw brackets."""
    ordered = sorted(teams, key=lambda team: -points_of(team.points))
    levels = []
    for points, group in groupby(ordered, key=lambda team: points_of(team.points)):
        level = list(group)
        levels.append(Bracket(points, teams=level) if not allocated else Bracket(
            points,
            aff=[team for team in level if team.allocated_side is Side.AFF],
            neg=[team for team in level if team.allocated_side is Side.NEG],
        ))
    return levels
