"""Two-team fields written as people write them, for the tests of brackets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.brackets import make_brackets
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import DrawTeam, Side

WORKED = "3: A B C; 2: D E F G; 1: H I J; 0: K L"
"""The field of the worked example of rules.md, section 6."""

_SIDES = {"+": Side.AFF, "-": Side.NEG}


def field_of(text: str, **changes: dict[str, Any]) -> list[DrawTeam]:
    """Read ``3: A B; 2: C D``, ``A+`` affirming and ``A-`` opposing; changes are by team."""
    teams: list[DrawTeam] = []
    for level in text.split(";"):
        points, names = level.split(":")
        rank = len(teams) + 1
        for name in names.split():
            ident = name.rstrip("+-")
            team = DrawTeam(ident, float(points), rank, sides=(0, 0),
                            allocated_side=_SIDES.get(name[-1]))
            teams.append(replace(team, **changes.get(ident, {})))
    return teams


def brackets_of(
    teams: Sequence[DrawTeam] | str, rule: str, seed: int = 0, **options: Any
) -> list[Bracket]:
    """Make the brackets of a field by an odd-bracket rule."""
    field = field_of(teams) if isinstance(teams, str) else teams
    given = DrawOptions.from_mapping({"draw_odd_bracket": rule, **options})
    return make_brackets(field, given, Lots(seed))


def written(brackets: Sequence[Bracket]) -> str:
    """Write brackets as ``field_of`` reads them; aff and neg stand on both sides of a bar."""
    return "; ".join(f"{bracket.points:g}: {_teams(bracket)}" for bracket in brackets)


def flags_of(brackets: Sequence[Bracket]) -> dict[str, tuple[str, ...]]:
    """Return what was noted of teams, all brackets together."""
    return {team: flags for bracket in brackets for team, flags in bracket.team_flags.items()}


def _teams(bracket: Bracket) -> str:
    if bracket.teams:
        return _ids(bracket.teams)
    return f"{_ids(bracket.aff)} | {_ids(bracket.neg)}"


def _ids(teams: Sequence[DrawTeam]) -> str:
    return " ".join(team.id for team in teams)
