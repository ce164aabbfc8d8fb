"""What passes between the steps of a two-team draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tabapp.domain.types import PULLUP, DrawTeam


@dataclass(slots=True)
class Bracket:
    """Teams that are paired with one another.

    ``teams`` stand in the order of the draw, pulled-up teams last (those of a bracket with
    pre-allocated sides stand in ``aff`` and ``neg`` instead, each in that order). ``points`` is
    the label: the upper level for a bracket with pull-ups, between the levels for an intermediate
    one. ``team_flags`` is what the odd-bracket rule noted: ``pullup``, ``bubble_up_history``,
    ``bubble_up_institution``, ``bubble_down_history``, ``bubble_down_institution``,
    ``bubble_accommodate``, ``cannot_bubble``.
    """

    points: float
    teams: list[DrawTeam] = field(default_factory=list)
    aff: list[DrawTeam] = field(default_factory=list)
    neg: list[DrawTeam] = field(default_factory=list)
    intermediate: bool = False
    team_flags: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def pulled_up(self) -> frozenset[str]:
        """The ids of the teams that were pulled up into it."""
        return frozenset(t for t, flags in self.team_flags.items() if PULLUP in flags)


@dataclass(slots=True)
class Pairing:
    """Two teams that meet. ``first`` is the higher one, or the one with the allocated side aff.

    ``flags`` is what conflict avoidance noted: ``1u1d_history``, ``1u1d_institution``,
    ``1u1d_accommodate``, ``too_many_swaps``.
    """

    bracket: float
    first: DrawTeam
    second: DrawTeam
    flags: tuple[str, ...] = ()
    team_flags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def times_met(one: DrawTeam, other: DrawTeam) -> int:
    """Return in how many debates both stood, even if only one of the two remembers."""
    return max(one.seen.get(other.id, 0), other.seen.get(one.id, 0))


def same_institution(one: DrawTeam, other: DrawTeam) -> bool:
    """Tell whether both are of one institution; a team without one clashes with nobody."""
    return one.institution is not None and one.institution == other.institution
