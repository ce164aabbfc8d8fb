"""Who is safe, live or dead before a round (rules.md, section 10), round weights respected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

State = Literal["safe", "live", "dead"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """With ``safe`` points or more a team breaks, with ``dead`` or fewer it does not."""

    safe: int
    dead: int

    def state(self, points: float) -> State:
        """Return how a team with so many points stands.

        >>> Thresholds(5, 1).state(5), Thresholds(5, 1).state(2), Thresholds(5, 1).state(1)
        ('safe', 'live', 'dead')
        """
        if points >= self.safe:
            return "safe"
        return "dead" if points <= self.dead else "live"


EVERYONE_SAFE = Thresholds(0, -1)
"""Where no more teams can break than there are places."""


def thresholds(
    *,
    teams: int,
    size: int,
    best: int,
    weights: Sequence[int],
    remaining: Sequence[int],
    general: bool,
    points: Sequence[float],
) -> Thresholds:
    """Return from how many points on a team is safe, and up to how many it is dead.

    ``teams`` counts the teams of the tournament that can break, ``points`` holds those of the
    category's teams that can break, from the rounds before. ``best`` is what a debate gives at
    most: 1 where two teams debate, 3 where four do. ``weights`` are those of all preliminary
    rounds, ``remaining`` of the rounds without a result.

    The formulas of rules.md ask how many teams are expected to have dropped i points. With
    weights a round of weight w drops 0 or w points (0, w, 2w or 3w among four), each alike; the
    expected distribution is the convolution of these over the rounds, the most a team can have
    is ``best`` times the sum of the weights, and what is left to win likewise. With weights of 1
    the convolution is the row of binomial (quadrinomial) coefficients that rules.md names.
    """
    if teams < size or (not general and len(points) <= size):
        return EVERYONE_SAFE
    most, left = best * sum(weights), best * sum(remaining)
    if size <= 0:
        return Thresholds(most + 1, most)  # without places everyone is dead
    counts = _ways(weights, best)
    ways = (best + 1) ** len(weights)
    safe = most - (_first_above(size, [-(-teams * n // ways) for n in counts]) - 1)
    if general:
        cut = _first_above(size, [teams * n // ways for n in counts])
        return Thresholds(safe, (most - cut) - left - 1)
    ranked = sorted((round(one) for one in points), reverse=True)
    return Thresholds(min(safe, ranked[size] + left + 1), ranked[size - 1] - left - 1)


def _ways(weights: Sequence[int], best: int) -> list[int]:
    """Return in how many ways a team can drop 0, 1, 2, … points over the rounds."""
    counts = [1]
    for weight in weights:
        longer = [0] * (len(counts) + best * weight)
        for dropped in range(best + 1):
            for before, number in enumerate(counts):
                longer[before + dropped * weight] += number
        counts = longer
    return counts


def _first_above(size: int, expected: Sequence[int]) -> int:
    """Return the first index up to which more than ``size`` teams are expected."""
    total = 0
    for index, number in enumerate(expected):
        total += number
        if total > size:
            return index
    return len(expected)
