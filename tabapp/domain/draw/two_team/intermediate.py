"""Intermediate brackets where sides are free: two teams between two levels."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.draw.two_team.values import Bracket

STEP = 0.5
"""How far an intermediate bracket lies above the level from which its lower team comes."""


def open_intermediate(levels: Sequence[Bracket]) -> list[Bracket]:
    """Let the last team of each odd bracket, from the top, meet the first of the next one.

    Both leave their brackets for one between them. A bracket that thereby becomes odd goes on in
    the same way; one that becomes empty vanishes.
    """
    brackets = []
    waiting = list(reversed(levels))
    while waiting:
        bracket = waiting.pop()
        between = None
        if len(bracket.teams) % 2:
            below = waiting[-1]
            pair = [bracket.teams.pop(), below.teams.pop(0)]
            between = Bracket(below.points + STEP, teams=pair, intermediate=True)
        if bracket.teams:
            brackets.append(bracket)
        if between:
            brackets.append(between)
    return brackets
