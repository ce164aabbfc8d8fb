"""Whom a debate without an opponent credits with the average of the team's other rounds."""

from __future__ import annotations

import numpy as np

from tabapp.domain.formats import Settings
from tabapp.domain.types import BoolArray, FloatArray, IntArray


def averaged_rows(
    debate: IntArray, side: IntArray, win: FloatArray, forfeit: BoolArray, settings: Settings
) -> BoolArray:
    """Mark the wins over nobody that count as an average round (rules.md, section 0, Forfeits).

    One row for each team in each debate, as in ``ResultData``; ``forfeit`` marks who forfeited.
    A room of four is judged without the team that stays away, so it credits nobody.
    """
    alone = np.zeros(len(debate), dtype=np.bool_)
    if settings.teams_in_debate == 2 and settings.forfeit_winner_speaks == "average":
        alone |= np.isin(debate, debate[forfeit])
    if settings.bye_speaks == "average":
        alone |= side < 0
    found: BoolArray = alone & (win == 1)
    return found
