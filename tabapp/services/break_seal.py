"""What a break was made from, kept with it so that a later look can tell what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.formats import Settings
from tabapp.domain.standings import team_standings
from tabapp.domain.types import ResultData


def seal(
    data: ResultData, categories: Sequence[BreakCategory], withdrawn: Collection[str],
    settings: Settings, debated: Mapping[str, int],
) -> dict[str, Any]:
    """Return what breaks are made from, by category slug: its size, and a hash of all the rest.

    ``debated`` are rounds that each team debated, of use only where so many are a condition.
    """
    standings = team_standings(data, metrics=settings.team_standings_precedence)
    teams = {one.id: (one.type, sorted(one.break_categories)) for one in data.teams}
    text = json.dumps([
        sorted((one.slug, one.rule, one.priority, one.general) for one in categories),
        [*standings.metrics], sorted(withdrawn),
        sorted((row.id, row.rank, teams[row.id], [*row.values.values()])
               for row in standings.rows),
        *_conditions(data, categories, settings, debated),
    ], default=str)
    sha = hashlib.sha256(text.encode()).hexdigest()
    return {one.slug: {"size": one.size, "sha256": sha} for one in categories}


def _conditions(
    data: ResultData, categories: Sequence[BreakCategory], settings: Settings,
    debated: Mapping[str, int],
) -> Iterator[object]:
    """Yield what only some tournaments ask for, so that the seals of all others stay the same."""
    if settings.break_min_rounds:
        yield "minimum", settings.break_min_rounds, sorted(debated.items())
    if any(one.rule != "standard" for one in categories):
        homes = sorted((one.id, one.institution) for one in data.teams)
        yield "caps", settings.break_easters_strict, homes
    wishes = sorted((one.id, one.break_preferences) for one in data.teams if one.break_preferences)
    if wishes:
        yield "preferences", wishes


def changed_since(then: object, now: object) -> str:
    """Say what has changed since a break was made, "" where nothing has or nobody can tell."""
    if not isinstance(then, Mapping) or not isinstance(now, Mapping):
        return ""
    if then.get("size") != now.get("size"):
        return f"the break was made with size {then.get('size')}"
    if then.get("sha256") != now.get("sha256"):
        return "results, people or settings were changed after this break"
    return ""
