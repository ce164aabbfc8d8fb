"""Ranks of teams in their bracket or level, and who is taken first for a pull-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.pull_ups import eligible_places
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import BoolArray, DrawTeam, IntArray

_POSITIONAL = ("pullup_top", "pullup_bottom", "pullup_middle", "pullup_lowest_ds_rank")


def ranks_in(bracket: Bracket) -> tuple[dict[str, int], int]:
    """Return the rank of each team of a bracket, and the largest, which is a pulled-up team's."""
    everybody = bracket.teams or sorted(
        [*bracket.aff, *bracket.neg], key=lambda team: team.rank)
    pulled_up = bracket.pulled_up
    ranks = _ranks([team for team in everybody if team.id not in pulled_up])
    largest = max(ranks.values(), default=len(everybody))
    return {team.id: ranks.get(team.id, largest) for team in everybody}, largest


def level_ranks(teams: Sequence[DrawTeam]) -> tuple[dict[str, int], dict[float, int]]:
    """Return the rank of each team in its level, and the largest rank of each level."""
    ranks: dict[str, int] = {}
    largest: dict[float, int] = {}
    for points, level in _levels(sorted(teams, key=lambda team: team.rank)).items():
        found = _ranks(level)
        ranks |= found
        largest[points] = max(found.values())
    return ranks, largest


def odd_tops(ranks: Sequence[object]) -> list[int]:
    """Return the odd numbers of teams, counted from the top, that end between two ranks.

    >>> odd_tops([1, 2, 2, 4, 4, 4])
    [1, 3]
    """
    return [end for end in range(1, len(ranks), 2) if ranks[end - 1] != ranks[end]]


def pullup_distances(
    teams: Sequence[DrawTeam], options: DrawOptions
) -> tuple[IntArray, BoolArray]:
    """Return how far each team is from where its level's pull-up is taken, and who is barred."""
    distance = {team.id: 0 for team in teams}
    barred: set[str] = set()
    for level in _levels(teams).values():
        candidates = _candidates(level, options)
        chosen = {team.id for team in candidates}
        places = _places(candidates, options.draw_odd_bracket)
        distance |= {team.id: place for team, place in zip(candidates, places, strict=True)}
        outside = {team.id for team in level} - chosen
        barred |= outside
        if options.draw_odd_bracket in _POSITIONAL:
            distance |= dict.fromkeys(outside, len(candidates))
    return (
        np.array([distance[team.id] for team in teams], dtype=np.int64),
        np.array([team.id in barred for team in teams], dtype=np.bool_),
    )


def _candidates(level: Sequence[DrawTeam], options: DrawOptions) -> list[DrawTeam]:
    if not options.draw_odd_bracket.startswith("pullup_"):
        return list(level)
    return [level[place] for place in eligible_places(level, options)]


def _places(candidates: Sequence[DrawTeam], rule: str) -> list[int]:
    count = len(candidates)
    if rule == "pullup_top":
        return list(range(count))
    if rule == "pullup_bottom":
        return list(range(count - 1, -1, -1))
    if rule == "pullup_middle":
        middles = (count // 2, (count - 1) // 2)
        return [min(abs(place - middle) for middle in middles) for place in range(count)]
    if rule == "pullup_lowest_ds_rank":
        strengths = [points_of(team.draw_strength_rank) for team in candidates]
        return [sum(other < strength for other in strengths) for strength in strengths]
    return [0] * count


def _ranks(teams: Sequence[DrawTeam]) -> dict[str, int]:
    return {
        team.id: place if team.subrank is None else team.subrank
        for place, team in enumerate(teams, start=1)
    }


def _levels(teams: Sequence[DrawTeam]) -> dict[float, list[DrawTeam]]:
    levels: defaultdict[float, list[DrawTeam]] = defaultdict(list)
    for team in teams:
        levels[points_of(team.points)].append(team)
    return dict(levels)
