"""Sort the eligible teams by a rule: who claims a place, and who is capped (rules.md, section 9).

A rule does not draw the line. It makes queues: whoever is ``left`` claims first, then one wave
after another of those that were set aside, so that ties are treated alike wherever they stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

CAP = 3
"""Teams of an institution that break before a cap applies."""

Ground = Literal["cap", "below_cut_off", "wins"]
"""Why a team is set aside: by the cap, below the natural cut-off, or with too few wins."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A team in standings order; equal ranks mean level on every metric.

    ``home_rank`` is its rank among the teams of its institution by the whole precedence, 1 for a
    team without one; ``wins`` is None where nobody asks. ``lost``: a person said that it lost the
    toss for the last place, so that it takes none and yet counts for where the line is.
    """

    team: str
    rank: int
    home_rank: int = 1
    wins: float | None = None
    lost: bool = False


@dataclass(frozen=True, slots=True)
class Queues:
    """Who claims a place in which order; each queue in standings order.

    ``aside`` says of each team in a wave, or out altogether, why it is not ``left``. ``cut_off``
    is the rank of the natural cut-off, ``wins`` those of the last place, ``cap`` the cap; None
    where the rule asks for none of them.
    """

    left: tuple[Contender, ...]
    waves: tuple[tuple[Contender, ...], ...] = ()
    aside: Mapping[str, Ground] = field(default_factory=dict)
    cap: int | None = None
    cut_off: int | None = None
    wins: float | None = None


@dataclass(frozen=True, slots=True)
class CapRule:
    """How the rules of 2016 and 2019 differ; ``top_first``: a top three comes back first."""

    cap: Callable[[int], int]
    top_first: bool = False


_NATURAL: Mapping[str, CapRule] = {
    "aida-2016-easters": CapRule(lambda _size: CAP, top_first=True),
    "aida-2016-australs": CapRule(lambda _size: CAP),
    "aida-2019-australs-open": CapRule(lambda size: CAP + max(0, size - 16) // 8),
}


def queues(
    rule: str, eligible: Sequence[Contender], size: int, *, strict: bool = False
) -> Queues:
    """Sort eligible teams, in standings order, by a rule.

    ``strict`` is the manual's reading of the Easters rule: only capped teams in their
    institution's top three come back, even if the break stays short.
    """
    if rule == "aida-1996":
        return _at_most_three(eligible)
    if rule in _NATURAL:
        return _by_cut_off(_NATURAL[rule], eligible, size, strict=strict)
    return Queues(tuple(eligible))


def _at_most_three(eligible: Sequence[Contender]) -> Queues:
    """AIDA 1996: whoever is below third at home is out, however short the break may be."""
    return Queues(
        tuple(one for one in eligible if one.home_rank <= CAP), cap=CAP,
        aside={one.team: "cap" for one in eligible if one.home_rank > CAP})


def _by_cut_off(
    rule: CapRule, eligible: Sequence[Contender], size: int, *, strict: bool
) -> Queues:
    """AIDA 2016 and 2019; with fewer teams than places nobody is capped.

    A precedence that does not begin with wins can put teams with too few wins above others. They
    are dropped as the text says, and claim what is left after everybody else.
    """
    if size <= 0 or len(eligible) < size:
        return Queues(tuple(eligible))
    wins = eligible[size - 1].wins or 0.0
    kept = [one for one in eligible if (one.wins or 0.0) >= wins]
    dropped = tuple(one for one in eligible if (one.wins or 0.0) < wins)
    aside: dict[str, Ground] = {one.team: "wins" for one in dropped}
    if len(kept) < size:
        return Queues(tuple(kept), (dropped,), aside, wins=wins)
    cap, cut_off = rule.cap(size), kept[size - 1].rank
    for one in kept:
        if one.rank > cut_off and one.home_rank > 1:
            aside[one.team] = "below_cut_off"
        elif one.rank <= cut_off and one.home_rank > cap:
            aside[one.team] = "cap"
    capped = [one for one in kept if one.team in aside]
    waves: tuple[tuple[Contender, ...], ...] = (tuple(capped), dropped)
    if rule.top_first:
        top = tuple(one for one in capped if one.home_rank <= CAP)
        rest = tuple(one for one in capped if one.home_rank > CAP)
        waves = (top,) if strict else (top, rest, dropped)
    left = tuple(one for one in kept if one.team not in aside)
    return Queues(left, waves, aside, cap=cap, cut_off=cut_off, wins=wins)
