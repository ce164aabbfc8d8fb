"""The points from which a team is safe, and up to which it is out (rules.md, section 10)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction


def lost_points(weights: Sequence[int], most: int) -> list[Fraction]:
    """Return how probable it is to drop 0, 1, 2, … points where every result is as likely."""
    found = [Fraction(1)]
    for weight in weights:
        longer = [Fraction(0)] * (len(found) + most * weight)
        for dropped, chance in enumerate(found):
            for step in range(most + 1):
                longer[dropped + step * weight] += chance / (most + 1)
        found = longer
    return found


def thresholds(
    *, teams: int, weights: Sequence[int], round_number: int, size: int, scores: Sequence[float],
    general: bool, most: int,
) -> tuple[float, float]:  # fmt: skip
    """Return (safe, dead) before round ``round_number``, counted from 1.

    ``most`` is the most that one debate gives: 1 to one of two teams, 3 to one of four. ``scores``
    are the points of the eligible teams from the rounds before. Weights of rounds count as points
    do: a round of weight 2 doubles what can be dropped in it.
    """
    if teams < size or (not general and len(scores) <= size):
        return (0, -1)
    top = most * sum(weights)
    to_come = most * sum(weights[round_number - 1:])
    expected = [teams * chance for chance in lost_points(weights, most)]
    safe = top - (first_above(map(math.ceil, expected), size, top) - 1)
    dead = (top - first_above(map(math.floor, expected), size, top)) - to_come - 1
    if general:
        return (safe, dead)
    ordered = sorted(scores, reverse=True) + [0] * (size + 1)
    return (min(safe, ordered[size] + to_come + 1), ordered[size - 1] - to_come - 1)


def first_above(numbers: map[int], size: int, top: int) -> int:
    """Return where the running sum first exceeds the break size, one past the end if never."""
    running = 0
    for place, number in enumerate(numbers):
        running += number
        if running > size:
            return place
    return top + 1
