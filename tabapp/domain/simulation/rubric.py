"""Scores taken apart into marks by criterion, as judges would have given them."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tabapp.core.errors import UserError
from tabapp.domain.archive import Criterion
from tabapp.domain.formats import Settings

_DECIMALS = 6
_TRIES = 20  # with other luck; the last one follows the score in every criterion alike
_SPREAD = 0.08  # of a criterion's range, how far its mark strays from the score's place in its own
_SHARES = (("content", "Content", 0.4), ("style", "Style", 0.4), ("strategy", "Strategy", 0.2))


def usual_criteria(settings: Settings) -> list[Criterion]:
    """Return the three criteria of most circuits, each marked on the scale of the whole speech.

    They weigh 40, 40 and 20 percent, so that every score can be taken apart.
    """
    return [
        Criterion(
            id=name, name=title, weight=weight, min=settings.score_min, max=settings.score_max,
            step=settings.score_step)
        for name, title, weight in _SHARES
    ]


def split_score(
    score: float, criteria: Sequence[Criterion], rng: random.Random
) -> dict[str, float]:
    """Return a mark for each criterion, which add up to the score; none without criteria.

    A criterion without a lowest mark begins at 0, one without a highest ends where it alone would
    make the score, and one without a step has whole marks. Raises ``UserError``
    (``simulate_criteria_do_not_fit``).
    """
    if not criteria:
        return {}
    scales = [_Scale(one, score) for one in criteria]
    for tried in range(_TRIES):
        spread = _SPREAD if tried < _TRIES - 1 else 0.0
        steps = _try(score, scales, spread, rng)
        if steps is not None:
            return {
                one.id: round(scale.low + step * scale.step, _DECIMALS)
                for one, scale, step in zip(criteria, scales, steps, strict=True)
            }
    raise UserError("simulate_criteria_do_not_fit", score=f"{score:g}", criteria=" and ".join(
        one.name or one.id for one in criteria))


class _Scale:
    """The marks that one criterion can have: ``low`` and ``top`` steps above it."""

    def __init__(self, one: Criterion, score: float) -> None:
        self.weight = one.weight
        self.step = one.step if one.step else 1.0
        self.low = one.min or 0.0
        high = one.max
        if high is None:
            high = max(self.low, score / one.weight if one.weight > 0 else self.low)
        self.top = int((high - self.low) / self.step + 1e-9)

    @property
    def worth(self) -> float:
        """What one step adds to the score."""
        return self.weight * self.step


def _try(
    score: float, scales: Sequence[_Scale], spread: float, rng: random.Random
) -> list[int] | None:
    """Choose marks near the score's own place in the range, then make up for the difference."""
    bottom = sum(one.weight * one.low for one in scales)
    width = sum(one.worth * one.top for one in scales)
    share = (score - bottom) / width if width else 0.0
    steps = [
        min(max(round((share + rng.gauss(0.0, spread)) * one.top), 0), one.top)
        for one in scales
    ]
    missing = score - bottom - sum(
        one.worth * step for one, step in zip(scales, steps, strict=True))
    # the criteria of which a step weighs most go first, so that small ones close the gap
    order = sorted(range(len(scales)), key=lambda place: -abs(scales[place].worth))
    for place in order:
        worth = scales[place].worth
        if worth:
            wanted = steps[place] + int(missing / worth + (1e-9 if missing > 0 else -1e-9))
            now = min(max(wanted, 0), scales[place].top)
            missing -= (now - steps[place]) * worth
            steps[place] = now
    return steps if abs(missing) < 10**-_DECIMALS else None
