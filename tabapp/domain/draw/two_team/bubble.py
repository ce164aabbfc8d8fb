"""Bubble up, bubble down: conflicts in intermediate brackets, solved by their neighbours."""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.intermediate import STEP
from tabapp.domain.draw.two_team.values import Bracket, same_institution, times_met
from tabapp.domain.types import DrawTeam

INSTITUTION = "institution"
HISTORY = "history"


def bubble_up_down(brackets: Sequence[Bracket], options: DrawOptions) -> None:
    """Change the intermediate brackets in which a conflict stands, each once, from the top.

    The upper team changes places with the last team of the bracket 0.5 above, failing that the
    lower one with the first team of the bracket 0.5 below; failing both it stays. Other brackets
    than those 0.5 away are never touched (rules.md, section 6).
    """
    full = {bracket.points: bracket for bracket in brackets if not bracket.intermediate}
    for bracket in brackets:
        if not bracket.intermediate:
            continue
        kind = conflict(bracket.teams[0], bracket.teams[1], options)
        if kind is None:
            continue
        above, below = full.get(bracket.points + STEP), full.get(bracket.points - STEP)
        if not _up(bracket, above, kind, options) and not _down(bracket, below, kind, options):
            for team in bracket.teams:
                _note(bracket, team, "cannot_bubble")


def conflict(one: DrawTeam, other: DrawTeam, options: DrawOptions) -> str | None:
    """Return why two teams should not meet: the institution before the history, or None."""
    if options.avoid_same_institution and same_institution(one, other):
        return INSTITUTION
    if options.avoid_team_history and times_met(one, other):
        return HISTORY
    return None


def _up(bracket: Bracket, above: Bracket | None, kind: str, options: DrawOptions) -> bool:
    upper, lower = bracket.teams
    if above is None or conflict(above.teams[-1], lower, options):
        return False
    bracket.teams[0], above.teams[-1] = above.teams[-1], upper
    _note(above, upper, f"bubble_up_{kind}")
    _note(bracket, bracket.teams[0], "bubble_accommodate")
    return True


def _down(bracket: Bracket, below: Bracket | None, kind: str, options: DrawOptions) -> bool:
    upper, lower = bracket.teams
    if below is None or conflict(upper, below.teams[0], options):
        return False
    bracket.teams[1], below.teams[0] = below.teams[0], lower
    _note(below, lower, f"bubble_down_{kind}")
    _note(bracket, bracket.teams[1], "bubble_accommodate")
    return True


def _note(bracket: Bracket, team: DrawTeam, flag: str) -> None:
    bracket.team_flags[team.id] = (*bracket.team_flags.get(team.id, ()), flag)
