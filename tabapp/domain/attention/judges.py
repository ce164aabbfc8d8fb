"""Base scores of judges that the feedback so far speaks against, with what it would make them."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, median, pvariance

from tabapp.domain.attention.values import JudgeRecord, Suggestion

LEAST_FEEDBACK = 3
"""With less than this a spread cannot be told from luck."""
_SURE = 2.576
"""Standard errors off by which one in a hundred judges would be by luck alone."""
_WITHIN, _BETWEEN = 0.20, 0.15
"""Standard deviations as parts of the range, where nothing was measured yet: of pieces of
feedback on one judge, and of what judges are worth against their base scores."""
_FEW = 10.0
"""Pieces of feedback, or judges, as which those count."""
_WORTH_IT = 0.05
"""The least change, as a part of the range, that anybody should be asked about."""


def suggest_scores(
    judges: Sequence[JudgeRecord], low: float, high: float
) -> list[Suggestion]:
    """List judges whose base score lies far from their feedback, the furthest first.

    What is proposed lies between base score and mean feedback, nearer to the feedback the more
    there is of it. Feedback is often kinder than base scores as a whole, which is nobody's
    reason: that difference is taken off first.
    """
    span = high - low
    told = [one for one in judges if one.feedback]
    if span <= 0 or not told:
        return []
    within = _within(told, span)
    kinder = _kinder(told)
    between = _between(told, kinder, within, span)
    found = []
    for one in told:
        count, mean = len(one.feedback), fmean(one.feedback)
        off = mean - kinder - one.base
        error = sqrt(within / count)
        share = between / (between + within / count)
        proposed = round(min(max(one.base + share * off, low), high), 1)
        if (
            count >= LEAST_FEEDBACK and abs(off) > _SURE * error
            and abs(proposed - one.base) >= _WORTH_IT * span
        ):
            spread = sqrt(pvariance(one.feedback, mean) * count / (count - 1))
            found.append(Suggestion("judge_score", f"judge:{one.id}", round(abs(off) / error, 2), {
                "code": "judge", "about": [one.id], "judge": one.id, "name": one.name,
                "base": one.base, "mean": round(mean, 2), "spread": round(spread, 2),
                "count": count, "kinder": round(kinder, 2), "proposed": proposed,
                "z": round(off / error, 1), "low": low, "high": high,
                "feedback": list(one.feedback),
            }))
    return sorted(found, key=lambda one: (-one.weight, one.subject))


def _within(told: Sequence[JudgeRecord], span: float) -> float:
    """Return the variance of single pieces of feedback on one judge."""
    several = [one.feedback for one in told if len(one.feedback) > 1]
    square = sum(pvariance(one) * len(one) for one in several)
    count = sum(len(one) - 1 for one in several)
    return (square + _FEW * (_WITHIN * span) ** 2) / (count + _FEW)


def _kinder(told: Sequence[JudgeRecord]) -> float:
    """Return by how much feedback lies over base scores as a whole; 0 while few judges have any."""
    apart = median(fmean(one.feedback) - one.base for one in told)
    return apart * len(told) / (len(told) + _FEW)


def _between(
    told: Sequence[JudgeRecord], kinder: float, within: float, span: float
) -> float:
    """Return the variance of what judges are worth round their base scores."""
    measured = fmean(
        (fmean(one.feedback) - kinder - one.base) ** 2 - within / len(one.feedback)
        for one in told)
    known = (_BETWEEN * span) ** 2
    return max((max(measured, 0.0) * len(told) + known * _FEW) / (len(told) + _FEW), known / 4)
