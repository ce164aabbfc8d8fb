"""What can be drawn at all: refusals, each with what to do about it."""

from __future__ import annotations

import math
import reprlib
from collections import Counter
from collections.abc import Iterable, Sequence

from tabapp.core.errors import UserError
from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.formats.combinations import (
    ALLOCATED,
    INTERMEDIATE,
    WITH_BOTH_SIDES,
    odd_bracket_clash,
    pairing_clash,
)
from tabapp.domain.types import BP_SIDES, TWO_SIDES, DrawSnapshot, DrawTeam, DrawType, Side

MOST_ROUNDS = 10_000
"""More earlier positions than any team has had; beyond it a count is a slip."""

MOST_POINTS = 1_000_000_000_000
"""More points than any team has; beyond it halves between two levels would be lost."""

_IN_BP = (DrawType.POWER, DrawType.RANDOM, DrawType.ROUND_ROBIN, DrawType.MANUAL)
_FOR_TWO = (*_IN_BP, DrawType.SEEDED)
_WITH_SIDES = (DrawType.POWER, DrawType.RANDOM, DrawType.SEEDED)
_WITH_PAIRING = (DrawType.POWER, DrawType.SEEDED)
_MOST_NAMED = 12


def check_draw(snapshot: DrawSnapshot) -> DrawOptions:
    """Refuse what cannot be drawn: draw type, options, how they combine, teams.

    Only what the draw type reads is looked at; a manual draw reads nothing. Nothing that passes
    may fail later in the draw, save a matching that has no solution.
    """
    options = DrawOptions.from_mapping(snapshot.options)
    check_format(snapshot)
    if snapshot.draw_type is DrawType.MANUAL:
        return options
    if snapshot.sides == TWO_SIDES:
        check_combination(snapshot.draw_type, options)
    # a round-robin of an odd number of teams has a bye in every round, whatever the option
    circle = snapshot.draw_type is DrawType.ROUND_ROBIN and snapshot.sides == TWO_SIDES
    byes = circle or options.bye_team_selection != "off"
    check_teams(snapshot.teams, size=len(snapshot.sides), byes=byes)
    if snapshot.sides == TWO_SIDES:
        _check_two_team(snapshot, options)
    return options


def check_format(snapshot: DrawSnapshot) -> None:
    """Refuse a draw type that the format does not have, or that this engine does not make."""
    size = len(snapshot.sides)
    name = {4: "BP", 2: "two-team"}.get(size, f"{size}-team")
    drawn = {BP_SIDES: _IN_BP, TWO_SIDES: _FOR_TWO}.get(snapshot.sides, (DrawType.MANUAL,))
    if snapshot.draw_type not in drawn:
        raise UserError(
            "draw_type_not_for_format", draw_type=snapshot.draw_type.value, format=name,
            possible=", ".join(drawn))


def check_combination(draw_type: DrawType, options: DrawOptions) -> None:
    """Refuse options of a two-team draw that cannot be followed together (rules.md, 13.14)."""
    clashes = (
        odd_bracket_clash(options) if draw_type is DrawType.POWER else None,
        pairing_clash(options) if draw_type in _WITH_PAIRING else None,
    )
    for clash in filter(None, clashes):
        raise UserError(clash.code, **clash.facts)


def check_teams(teams: Sequence[DrawTeam], *, size: int, byes: bool) -> None:
    """Refuse teams that cannot be drawn in rooms of ``size``."""
    twice = [team for team, times in Counter(team.id for team in teams).items() if times > 1]
    if twice:
        raise UserError("draw_duplicate_team", team=twice[0])
    for team in teams:
        name = _name(team)
        if not math.isfinite(team.points):
            raise UserError("draw_points_not_finite", team=name, points=team.points)
        if abs(team.points) > MOST_POINTS:
            raise UserError(
                "draw_points_too_large", team=name, points=team.points, most=MOST_POINTS)
        for sides in (team.sides, team.kind_sides or team.sides):
            if len(sides) != size or not all(0 <= n <= MOST_ROUNDS for n in sides):
                shown = reprlib.repr(list(sides))
                raise UserError(
                    "draw_sides_invalid", team=name, sides=shown, size=size, most=MOST_ROUNDS)
    check_count(len(teams), size=size, byes=byes)


def check_count(count: int, *, size: int, byes: bool) -> None:
    """Refuse too few teams for one room, or a count that leaves some over."""
    if count < size:
        raise UserError("draw_too_few_teams", count=count, size=size)
    rest = count % size
    if rest and not byes:
        raise UserError("draw_team_count", count=count, size=size, add=size - rest, remove=rest)


def check_allocated_sides(teams: Sequence[DrawTeam]) -> None:
    """Refuse teams without a side of their own, and sides that do not meet one to one.

    An odd number of teams leaves one over: its bye goes to a team of the longer side.
    """
    without = [team for team in teams if team.allocated_side not in TWO_SIDES]
    if without:
        raise UserError("draw_sides_missing", teams=_names(without))
    aff = sum(team.allocated_side is Side.AFF for team in teams)
    neg = len(teams) - aff
    if abs(aff - neg) > len(teams) % 2:
        longer, surplus = (Side.AFF, aff - neg) if aff > neg else (Side.NEG, neg - aff)
        raise UserError(
            "draw_sides_unequal", aff=aff, neg=neg, move=surplus // 2, longer=longer.value)


def resting_side(snapshot: DrawSnapshot, options: DrawOptions) -> Side | None:
    """Return the side from which the bye of a draw with allocated sides has to come."""
    allocated = options.draw_side_allocations == ALLOCATED and snapshot.sides == TWO_SIDES
    if not allocated or snapshot.draw_type not in _WITH_SIDES or not len(snapshot.teams) % 2:
        return None
    aff = sum(team.allocated_side is Side.AFF for team in snapshot.teams)
    return Side.AFF if 2 * aff > len(snapshot.teams) else Side.NEG


def _check_two_team(snapshot: DrawSnapshot, options: DrawOptions) -> None:
    """Refuse teams that the draw type and the options in force cannot place."""
    draw_type, teams = snapshot.draw_type, snapshot.teams
    if draw_type in _WITH_SIDES and options.draw_side_allocations == ALLOCATED:
        check_allocated_sides(teams)
    if draw_type is DrawType.SEEDED:
        _check_seeds(teams)
    if draw_type is DrawType.POWER and not options.whole_round:
        _check_levels(teams, options)


def _check_seeds(teams: Iterable[DrawTeam]) -> None:
    blank = [team for team in teams if team.seed is None or not math.isfinite(team.seed)]
    if blank:
        raise UserError("draw_seeds_missing", teams=_names(blank))


def _check_levels(teams: Iterable[DrawTeam], options: DrawOptions) -> None:
    """Refuse fractions where a bracket is opened between two levels."""
    rule = options.draw_odd_bracket
    if rule not in INTERMEDIATE:
        return
    between = [team for team in teams if points_of(team.points) % 1]
    if between:
        raise UserError(
            "draw_points_fractional", rule=rule, teams=_names(between),
            possible=", ".join(WITH_BOTH_SIDES))


def _name(team: DrawTeam) -> str:
    return team.name or team.id


def _names(teams: Sequence[DrawTeam]) -> str:
    more = len(teams) - _MOST_NAMED
    named = ", ".join(_name(team) for team in teams[:_MOST_NAMED])
    return f"{named} and {more} more" if more > 0 else named
