"""Pull-ups: which team fills a bracket, and odd brackets filled by them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import PULLUP, DrawTeam

_RESTRICTED_BY: Mapping[str, Callable[[DrawTeam], float]] = {
    "none": lambda _team: 0,
    "least_to_date": lambda team: team.pullups,
    "lowest_ds_wins": lambda team: points_of(team.draw_strength),
    "lowest_ds_speaks": lambda team: points_of(team.draw_strength_speaks),
}


def barred_by(team: DrawTeam, options: DrawOptions) -> float:
    """Return what the restriction wants as low as can be in a team that is pulled up."""
    return _RESTRICTED_BY[options.draw_pullup_restriction](team)


def eligible_places(teams: Sequence[DrawTeam], options: DrawOptions) -> list[int]:
    """Return the places of the teams of a bracket that meet the pull-up restriction."""
    values = [barred_by(team, options) for team in teams]
    least = min(values)
    return [place for place, value in enumerate(values) if value == least]


def choose(teams: Sequence[DrawTeam], options: DrawOptions, lots: Lots) -> int:
    """Return which of the teams of a bracket is pulled up: first the restriction, then the rule.

    ``teams`` stand in the order of the draw. ``pullup_lowest_ds_rank`` takes the first of the
    teams whose opponents' ranks have the smallest sum.
    """
    eligible = eligible_places(teams, options)
    half, odd = divmod(len(eligible), 2)
    match options.draw_odd_bracket:
        case "pullup_top":
            return eligible[0]
        case "pullup_bottom":
            return eligible[-1]
        case "pullup_middle":
            return eligible[half if odd else half - int(lots.permutation(2)[0])]
        case "pullup_lowest_ds_rank":
            return min(eligible, key=lambda place: points_of(teams[place].draw_strength_rank))
        case _:
            return eligible[int(lots.permutation(len(eligible))[0])]


def pull_up(levels: Sequence[Bracket], options: DrawOptions, lots: Lots) -> list[Bracket]:
    """Let each odd bracket, from the top, take one team of the next one that has teams left.

    The bracket below may become odd, and pulls up in turn, or empty, and vanishes.
    """
    brackets = []
    waiting = list(reversed(levels))
    while waiting:
        bracket = waiting.pop()
        if len(bracket.teams) % 2:
            below = waiting[-1].teams
            team = below.pop(choose(below, options, lots))
            bracket.teams.append(team)
            bracket.team_flags[team.id] = (PULLUP,)
        if bracket.teams:
            brackets.append(bracket)
    return brackets
