"""How strong teams are, from their marks so far, and how sure that is.

A team's total in a debate is its strength plus luck. How much of what is seen is strength is
estimated from the debates themselves, drawn towards what was measured on 56 tabs of four-team
tournaments: speakers' means differ with an SD of 2.43, one speaker's marks with 2.30. Strengths
are drawn towards the mean by as much as luck can explain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tabapp.domain.formats import Settings
from tabapp.domain.standings.records import TeamRecords, mean, totals
from tabapp.domain.types import FloatArray

SPEAKER_SD = 2.43
WITHIN_SD = 2.30
POSITIONS = (0.02, 0.42, -0.30, -0.14)
"""Marks for each speech of OG, OO, CG, CO that give the points measured for the positions."""

SHARED = 0.6
"""The share of the variance between speakers, and of the luck, that partners have in common."""
ROOM_SHARE = 0.1
"""The share of the luck that all teams of a room have in common: how severe its judges are."""
_SHARE_OF_RESULTS = 0.35
"""Of the variance of single results, the share that is strength, where there are no marks."""

_PLACES = {2: (-0.56, 0.56), 4: (-1.03, -0.30, 0.30, 1.03)}
"""What a result says of how a team spoke where there are no marks: means of order statistics."""

_LEAST = 0.05  # of the variance is strength, however even a field looks


@dataclass(frozen=True, slots=True)
class Strengths:
    """Means and standard deviations of what is known of each team's strength.

    ``luck`` is the standard deviation of a total around the strength, ``mark`` what one mark of
    the measured scale is in a total; ``by_results``: there are no marks to tell strength by.
    """

    mean: FloatArray
    sd: FloatArray
    centre: float
    luck: float
    mark: float
    by_results: bool


def estimate(records: TeamRecords, settings: Settings, *, scored: bool) -> Strengths:
    """Estimate from the counted debates; without ``scored`` ballots from their results."""
    size = settings.teams_in_debate
    seen = records.score
    by_results = not scored or bool(np.isnan(seen).all() and not np.isnan(records.points).all())
    if by_results:
        places = np.array(_PLACES.get(size, (0.0,) * size))
        index = np.clip(np.nan_to_num(records.points), 0, size - 1).astype(np.int64)
        seen = np.where(np.isnan(records.points), np.nan, places[index])
    known = ~np.isnan(seen)
    team, y, teams = records.team[known], seen[known], records.teams
    share, usual = _measured(settings, by_results)
    centre = float(y.mean()) if len(y) else (
        0.0 if by_results else settings.substantive_speakers * _middle(settings))
    spread = float(y.var(ddof=1)) if len(y) > size else usual
    spread = spread or usual
    counts = np.bincount(team, minlength=teams).astype(np.float64)
    average = np.where(counts > 0, mean(team, y, teams), centre)
    within = float(totals(team, (y - average[team]) ** 2, teams).sum())
    # what was measured counts as much as one round does
    freedom = max(float(len(y) - np.count_nonzero(counts)), 0.0)
    luck = (within + teams * (1 - share) * spread) / (freedom + teams) if teams else usual
    strength = max(spread - luck, _LEAST * spread)
    trust = strength / (strength + luck / np.maximum(counts, 1e-9))
    return Strengths(
        mean=np.round(centre + trust * (average - centre), 6),
        sd=np.round((strength * (1 - trust)) ** 0.5, 6),
        centre=round(centre, 6), luck=round(luck**0.5, 6),
        mark=0.0 if by_results else round((spread / usual) ** 0.5 * _mark(settings), 6),
        by_results=by_results,
    )


def _middle(settings: Settings) -> float:
    return (settings.score_min + settings.score_max) / 2


def _mark(settings: Settings) -> float:
    """Return what a mark of the scale from 50 to 99 is in this tournament's."""
    return (settings.score_max - settings.score_min) / 49.0


def _measured(settings: Settings, by_results: bool) -> tuple[float, float]:
    """Return which share of a total's variance is strength, and that variance."""
    if by_results:
        return _SHARE_OF_RESULTS, 1.0
    speakers = settings.substantive_speakers
    common = SHARED + (1 - SHARED) / speakers
    between, within = SPEAKER_SD**2 * common, WITHIN_SD**2 * common
    return between / (between + within), (
        (between + within) * (speakers * _mark(settings)) ** 2)
