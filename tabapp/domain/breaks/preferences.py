"""Settle in which of several categories a team breaks: by priority, or where it would rather.

A team wants the categories that it lists first, in the order of its list, and then the others by
falling priority; those of equal priority that it does not list it can take together. It breaks in
the best category in which its record earns a place, and leaves its places in the others, which go
to the next. So nobody is barred from a place for the sake of one that it wants less, and where
lines follow the standings alone, the result is the only one in which no team would rather have a
place that it has earned. Without lists this is the rule of priority, category by category.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from tabapp.domain.breaks.values import BreakCategory
from tabapp.domain.types import TeamInfo

Holding = Mapping[str, frozenset[str]]
"""Category slug -> the teams that break there."""

Choose = Callable[[str, Mapping[str, BreakCategory]], frozenset[str]]
"""Return who breaks in a category, given the teams that break in one they want more."""


def may_break(team: TeamInfo, category: BreakCategory) -> bool:
    """Tell whether a team may break in a category: it is its own, and it is no swing team."""
    return category.slug in team.break_categories and team.type != "swing"


def wish(team: TeamInfo, category: BreakCategory) -> tuple[int, int]:
    """Return where a category stands among a team's wishes: the smaller, the rather.

    >>> esl = BreakCategory("esl", "ESL", 4, priority=5)
    >>> team = TeamInfo("T1", "Team 1", break_preferences=("esl",))
    >>> wish(team, esl) < wish(team, BreakCategory("open", "Open", 16, priority=10))
    True
    """
    if category.slug in team.break_preferences:
        return 0, team.break_preferences.index(category.slug)
    return 1, -category.priority


def matters(
    other: BreakCategory, category: BreakCategory, teams: Collection[TeamInfo]
) -> bool:
    """Tell whether who breaks in ``other`` decides who can break in ``category``."""
    return other.priority > category.priority or any(
        may_break(team, other) and may_break(team, category)
        and wish(team, other) < wish(team, category)
        for team in teams if team.break_preferences
    )


def barred(
    category: BreakCategory, categories: Sequence[BreakCategory], holding: Holding,
    teams: Mapping[str, TeamInfo],
) -> dict[str, BreakCategory]:
    """Return the teams that break in a category which they want more, and in which."""
    found: dict[str, BreakCategory] = {}
    for other in categories:
        if other.slug == category.slug:
            continue
        for team_id in holding.get(other.slug, ()):
            team = teams.get(team_id)
            if team is None or wish(team, other) >= wish(team, category):
                continue
            if team_id not in found or wish(team, other) < wish(team, found[team_id]):
                found[team_id] = other
    return found


def settle(
    categories: Sequence[BreakCategory], teams: Mapping[str, TeamInfo], choose: Choose,
    fixed: Holding, standing: Callable[[str], tuple[object, ...]],
) -> frozenset[str]:
    """Choose in all categories but the ``fixed`` ones until nothing moves.

    ``categories`` come in falling priority. Everybody starts where it would like best, and whoever
    earns no place there goes on to its next wish, so that the fewest are disappointed. Caps and
    lots can keep such a round going for ever; then the wishes of the team that stands lowest of
    those that move are left aside, and it follows priority. Returned are such teams.
    """
    aside: set[str] = set()
    while True:
        heard = {
            team.id: team for team in teams.values()
            if team.break_preferences and team.id not in aside}
        restless = _come_to_rest(categories, teams, heard, choose, fixed)
        if not restless:
            return frozenset(aside)
        aside.add(max(restless & heard.keys() or heard.keys(), key=standing))


def without_wishes(team: TeamInfo) -> TeamInfo:
    """Return a team that follows priority."""
    return replace(team, break_preferences=())


def _come_to_rest(
    categories: Sequence[BreakCategory], teams: Mapping[str, TeamInfo],
    heard: Mapping[str, TeamInfo], choose: Choose, fixed: Holding,
) -> set[str]:
    """Choose again and again; return the teams that move for ever, nobody when all is at rest."""
    wishing = {
        ref: heard.get(ref) or without_wishes(team) if team.break_preferences else team
        for ref, team in teams.items()}
    chosen = [one for one in categories if one.slug not in fixed]
    holding = {**fixed, **_first_wishes(chosen, wishing)}
    seen: list[dict[str, frozenset[str]]] = []
    while True:
        before = dict(holding)
        for one in chosen:
            holding[one.slug] = choose(
                one.slug, barred(one, categories, holding, wishing))
        if holding == before or not heard:
            return set()
        if holding in seen:
            states = seen[seen.index(holding):]
            return {
                team for slug in holding for state in states
                for team in state[slug] ^ holding[slug]}
        seen.append(dict(holding))


def _first_wishes(
    categories: Sequence[BreakCategory], teams: Mapping[str, TeamInfo]
) -> dict[str, frozenset[str]]:
    best = {
        ref: min((wish(team, one) for one in categories if may_break(team, one)), default=None)
        for ref, team in teams.items()}
    return {
        one.slug: frozenset(
            ref for ref, team in teams.items()
            if may_break(team, one) and wish(team, one) == best[ref])
        for one in categories}
