"""Which rounds run at the same time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tabapp.domain.archive import Round


def slots(rounds: Sequence[Round]) -> list[int]:
    """Return for each round the place of the first one that runs at the same time as it.

    Elimination rounds with one start time run at once, any other round alone. Two of one category
    never do: a start time may be without its day, and each waits for the results of the one before.
    """
    first: dict[tuple[str, int], int] = {}
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for at, one in enumerate(rounds):
        if one.stage != "elimination" or not one.starts_at:
            found.append(at)
            continue
        category = one.break_category or ""
        found.append(first.setdefault((one.starts_at, seen[one.starts_at, category]), at))
        if category:
            seen[one.starts_at, category] += 1
    return found
