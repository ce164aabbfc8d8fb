"""Brackets where sides are allocated: what one side has too many meets the other from below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, islice

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.pull_ups import (
    choose,
)
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import PULLUP, DrawTeam

_Choose = Callable[[Sequence[DrawTeam]], int]


def pull_up_allocated(
    levels: Sequence[Bracket], options: DrawOptions, lots: Lots
) -> list[Bracket]:
    """Let the shorter side of each bracket, from the top, take as many teams as it lacks.

    They come from the same side of the next bracket, then of those below it. The restriction and
    the rule choose them one after the other; they join in the order of the draw.
    """
    for place, bracket in enumerate(levels):
        parts = _take(levels, place, lambda teams: choose(teams, options, lots))
        taken = list(chain.from_iterable(parts))
        _shorter(bracket).extend(taken)
        bracket.team_flags |= {team.id: (PULLUP,) for team in taken}
    return [bracket for bracket in levels if bracket.aff]


def open_allocated(levels: Sequence[Bracket], *, apart: bool) -> list[Bracket]:
    """Let the teams that one side has too many meet the top ones of the other side below.

    They do so in one bracket half a point lower, or ``apart`` in one for each level that the
    others come from, k of them 1/(k + 1) of a point apart (rules.md, section 6, intermediate 1
    and 2).
    """
    brackets = []
    for place, level in enumerate(levels):
        parts = _take(levels, place, lambda _teams: 0)
        if not apart:
            parts = [list(chain.from_iterable(parts))] if parts else []
        both = min(len(level.aff), len(level.neg))
        affirms = len(level.aff) > both
        rest = iter((level.aff if affirms else level.neg)[both:])
        del level.aff[both:], level.neg[both:]
        if both:
            brackets.append(level)
        for number, part in enumerate(parts, start=1):
            upper = list(islice(rest, len(part)))
            brackets.append(Bracket(
                level.points - number / (len(parts) + 1),
                aff=upper if affirms else part,
                neg=part if affirms else upper,
                intermediate=True,
            ))
    return brackets


def _take(levels: Sequence[Bracket], place: int, choose_one: _Choose) -> list[list[DrawTeam]]:
    """Take from below what the shorter side of a level lacks: a list for each level it is from.

    Above ``place`` both sides are equally long, so that below it there are always enough.
    """
    level = levels[place]
    affirms = _shorter(level) is level.aff
    lacks = abs(len(level.aff) - len(level.neg))
    parts = []
    for lower in islice(levels, place + 1, None):
        if not lacks:
            break
        theirs = lower.aff if affirms else lower.neg
        teams = list(theirs)
        chosen = [theirs.pop(choose_one(theirs)) for _ in range(min(lacks, len(theirs)))]
        lacks -= len(chosen)
        if chosen:
            ids = {team.id for team in chosen}
            parts.append([team for team in teams if team.id in ids])
    return parts


def _shorter(bracket: Bracket) -> list[DrawTeam]:
    return bracket.aff if len(bracket.aff) < len(bracket.neg) else bracket.neg
