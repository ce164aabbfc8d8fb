"""The condition of some circuits that a team must have debated often enough to break."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from tabapp.domain.standings.records import counted_rounds, tally
from tabapp.domain.types import ResultData


def rounds_debated(
    data: ResultData, forfeits: Mapping[str, int] | None = None
) -> dict[str, int]:
    """Count the preliminary rounds that each team debated: those with a confirmed ballot.

    A bye counts, and so does a win over a team that forfeited: the team was there. ``forfeits``
    are debates that a team itself forfeited, which do not count; the results do not tell them.
    """
    alone = np.bincount(data.team_debate)[data.team_debate] == 1
    there = counted_rounds(data, None)[data.team_round] & (data.team_confirmed | alone)
    counts = tally(data.team_team, there, len(data.teams))
    return {
        team.id: int(counts[index]) - (forfeits or {}).get(team.id, 0)
        for index, team in enumerate(data.teams)
    }
