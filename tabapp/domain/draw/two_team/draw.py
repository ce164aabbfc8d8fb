"""Two-team draws of every type: brackets, pairs, sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.field import Field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.brackets import make_brackets
from tabapp.domain.draw.two_team.by_lot import pair_by_lot
from tabapp.domain.draw.two_team.pairing import pair_brackets
from tabapp.domain.draw.two_team.sides import give_sides
from tabapp.domain.draw.two_team.values import Bracket, Pairing
from tabapp.domain.draw.two_team.whole_round import pair_round
from tabapp.domain.types import (
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
    Tick,
    no_tick,
)


def draw_two_team(
    snapshot: DrawSnapshot, field: Field, options: DrawOptions, lots: Lots, tick: Tick = no_tick
) -> tuple[DrawnDebate, ...]:
    """Draw a random, power-paired or seeded round; byes are not among the debates.

    ``field.drawn`` is an even number of teams in the order of the draw.
    """
    pairings = _pair(snapshot.draw_type, field.drawn, options, lots, tick)
    sides = give_sides(pairings, options, lots)
    confirmed = options.draw_side_allocations != "manual-ballot"
    return tuple(
        DrawnDebate(
            bracket=pairing.bracket,
            room_rank=place,
            sides=((Side.AFF, aff.id), (Side.NEG, neg.id)),
            flags=pairing.flags,
            team_flags=pairing.team_flags,
            sides_confirmed=confirmed,
        )
        for place, (pairing, (aff, neg)) in enumerate(zip(pairings, sides, strict=True), start=1)
    )


def _pair(
    draw_type: DrawType, teams: Sequence[DrawTeam], options: DrawOptions, lots: Lots, tick: Tick
) -> list[Pairing]:
    if draw_type is DrawType.RANDOM:
        return pair_by_lot(teams, options, lots, tick)
    if draw_type is DrawType.SEEDED:
        return pair_brackets([_one_bracket(teams, options)], options, lots, tick)
    if options.whole_round:
        down = sorted(teams, key=lambda team: -points_of(team.points))  # whatever the ranks say
        return pair_round(down, options, lots, tick)
    return pair_brackets(make_brackets(teams, options, lots), options, lots, tick)


def _one_bracket(teams: Sequence[DrawTeam], options: DrawOptions) -> Bracket:
    """Put all teams into one bracket, ranked by their place in the order of the draw."""
    ranked = [
        replace(team, rank=place, subrank=place) for place, team in enumerate(teams, start=1)]
    if options.draw_side_allocations != "preallocated":
        return Bracket(0.0, ranked)
    return Bracket(
        0.0,
        aff=[team for team in ranked if team.allocated_side is Side.AFF],
        neg=[team for team in ranked if team.allocated_side is Side.NEG],
    )
