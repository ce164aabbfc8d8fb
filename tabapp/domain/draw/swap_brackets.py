"""What the odd-bracket rule asks of a two-team draw, for a swap between two brackets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tabapp.domain.draw.brackets import points_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.two_team.pull_ups import barred_by
from tabapp.domain.types import DrawTeam


def choice_of(team: DrawTeam, options: DrawOptions) -> tuple[float, float]:
    """Return what the rule looks at to pick a team out of its level; who is equal is level."""
    rule = options.draw_odd_bracket
    if not rule.startswith("pullup"):
        return 0.0, team.rank
    place = {
        "pullup_random": 0.0, "pullup_lowest_ds_rank": points_of(team.draw_strength_rank),
    }.get(rule, team.rank)
    return barred_by(team, options), place


def expected_brackets(
    teams: Sequence[DrawTeam], options: DrawOptions
) -> dict[float, Counter[float]] | None:
    """Return how many teams on which points each bracket holds, by its label.

    None where that depends on more than the points: with allocated sides, with one matching over
    all brackets, or where the number of teams is odd.
    """
    over_all = (
        options.draw_avoid_conflicts == "graph" and options.draw_matching_scope == "round")
    if options.draw_side_allocations == "preallocated" or over_all or len(teams) % 2:
        return None
    levels = sorted(Counter(points_of(team.points) for team in teams).items(), reverse=True)
    pulls = options.draw_odd_bracket.startswith("pullup")
    found: dict[float, Counter[float]] = {}
    taken = 0
    for at, (points, size) in enumerate(levels):
        left = size - taken
        taken = left % 2
        if not taken:
            if left:
                found[points] = Counter({points: left})
            continue
        below = levels[at + 1][0]
        if pulls:
            found[points] = Counter({points: left, below: 1})
            continue
        if left > 1:
            found[points] = Counter({points: left - 1})
        found[points_of(below + 0.5)] = Counter({points: 1, below: 1})
    return found
