"""Who claims a place by a break rule, caps included (rules.md, sections 0 and 9, step 3)."""

from __future__ import annotations

from dataclasses import dataclass, field

WITH_WINS = ("aida-2016-easters", "aida-2016-australs", "aida-2019-australs-open")
"""Rules that look at the wins of the last breaking team."""


@dataclass
class Field:
    """The teams of a category that are not excluded, best first, with their places and wins."""

    teams: list[str]
    rank: dict[str, int]
    institution_rank: dict[str, int]
    wins: dict[str, int]
    size: int


@dataclass
class Claims:
    """Who claims a place: all in ``first``, and if places are left, those who come ``back``.

    ``back`` are waves of teams, best first, one after another; whoever is in none stays out.
    """

    first: list[str]
    back: list[list[str]] = field(default_factory=list)


def claims(rule: str, given: Field, *, strict: bool) -> Claims:
    """Apply the caps of a rule; ``strict`` is the manual's reading of Easters."""
    if rule == "aida-1996":
        return Claims([team for team in given.teams if given.institution_rank[team] <= 3])
    if rule in WITH_WINS and len(given.teams) >= given.size > 0:
        return claims_2016(rule, given, strict=strict)
    return Claims(list(given.teams))


def claims_2016(rule: str, given: Field, *, strict: bool) -> Claims:
    """Cut at the wins of the last place, then cap above and below the natural cut-off.

    Teams with fewer wins come last of all: a break is not left short while somebody is eligible.
    """
    least = given.wins[given.teams[given.size - 1]]
    left = [team for team in given.teams if given.wins[team] >= least]
    dropped = [team for team in given.teams if given.wins[team] < least]
    if len(left) < given.size:
        return Claims(left, [dropped])
    cut_off = given.rank[left[given.size - 1]]
    cap = 3
    if rule == "aida-2019-australs-open":
        cap = 3 + max(0, given.size - 16) // 8
    capped = []
    for team in left:
        at_home = given.institution_rank[team]
        if (given.rank[team] > cut_off and at_home > 1) or (
                given.rank[team] <= cut_off and at_home > cap):
            capped.append(team)
    first = [team for team in left if team not in capped]
    if rule != "aida-2016-easters":
        return Claims(first, [capped, dropped])
    top_three = [team for team in capped if given.institution_rank[team] <= 3]
    others = [team for team in capped if given.institution_rank[team] > 3]
    return Claims(first, [top_three] if strict else [top_three, others, dropped])
