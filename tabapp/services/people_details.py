"""One team or one judge with everything that is known of it."""

from __future__ import annotations

from tabapp.store.people_details import (
    JudgeDetail,
    JudgeRound,
    TeamDetail,
    TeamRound,
    read_judge,
    read_team,
)

__all__ = ["JudgeDetail", "JudgeRound", "TeamDetail", "TeamRound", "read_judge", "read_team"]
