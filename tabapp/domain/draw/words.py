"""What the sentences about any draw share: numbers, names, meetings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tabapp.core.messages import word
from tabapp.domain.draw.two_team.values import same_institution, times_met
from tabapp.domain.types import DrawTeam


def number(value: float) -> str:
    """Return a number with up to three decimals.

    >>> number(2.5), number(3.0), number(0.0004)
    ('2.5', '3', '0')
    """
    return f"{value:.3f}".rstrip("0").rstrip(".")


def listed(values: Sequence[float]) -> str:
    """Return numbers as a list of words.

    >>> listed([3.0, 2.5, 1.0])
    '3, 2.5 and 1'
    """
    shown = [number(value) for value in values]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def meetings(here: Sequence[DrawTeam]) -> Iterator[str]:
    """Say who has met before, and who is of one institution."""
    for one, other in combinations(here, 2):
        facts: dict[str, object] = {"team": name_of(one), "other": name_of(other)}
        times = times_met(one, other)
        if times:
            code = "why_met_once" if times == 1 else "why_met"
            yield word(code, facts | {"times": times})
        if same_institution(one, other):
            yield word("why_institution", facts)


def cycle_words(index: int, count: int) -> str:
    """Say of a round which one of a round-robin it is."""
    return word("why_cycle", {"number": index + 1, "count": count})


def name_of(team: DrawTeam) -> str:
    """Return what a team is called."""
    return team.name or team.id
