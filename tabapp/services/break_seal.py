"""What a break was made from, kept with it so that a later look can tell what has changed since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.standings import team_standings
from tabapp.domain.types import ResultData


def seal(
    data: ResultData, categories: Sequence[BreakCategory], withdrawn: Collection[str],
    precedence: Sequence[str],
) -> dict[str, Any]:
    """Return what breaks are made from, by category slug: its size, and a hash of all the rest."""
    standings = team_standings(data, metrics=precedence)
    teams = {one.id: (one.type, sorted(one.break_categories)) for one in data.teams}
    text = json.dumps([
        sorted((one.slug, one.rule, one.priority, one.general) for one in categories),
        [*standings.metrics], sorted(withdrawn),
        sorted((row.id, row.rank, teams[row.id], [*row.values.values()])
               for row in standings.rows),
    ], default=str)
    sha = hashlib.sha256(text.encode()).hexdigest()
    return {one.slug: {"size": one.size, "sha256": sha} for one in categories}


def changed_since(then: object, now: object) -> str:
    """Say what has changed since a break was made, "" where nothing has or nobody can tell."""
    if not isinstance(then, Mapping) or not isinstance(now, Mapping):
        return ""
    if then.get("size") != now.get("size"):
        return f"the break was made with size {then.get('size')}"
    if then.get("sha256") != now.get("sha256"):
        return "results, people or settings were changed after this break"
    return ""
