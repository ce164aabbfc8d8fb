"""What the bubble guard reads and says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

import numpy as np

from tabapp.domain.breaks.preferences import may_break
from tabapp.domain.breaks.values import BreakCategory, by_priority
from tabapp.domain.types import IntArray, ResultData

Status = Literal["out", "entered", "unchecked"]
Membership: TypeAlias = Mapping[str, tuple[frozenset[str], frozenset[str]]]
"""Category slug -> the teams that break, and those that are level at the line and undecided."""


@dataclass(frozen=True, slots=True)
class OpenBallot:
    """A debate whose result may still be another one; ``number`` is its own in the results.

    ``out``: nothing is entered; ``entered``: it waits for its check, and the results hold what was
    entered; ``unchecked``: it counts, and nobody but who entered it has looked. A team's score
    lies from ``low`` to ``high`` (None where no scores are given) and is typed in steps of
    ``point``. ``by_totals``: places follow from the scores; ``voting``: single judges vote.
    """

    id: str
    number: int
    status: Status
    low: float | None
    high: float | None
    point: float = 1.0
    by_totals: bool = True
    voting: bool = False


@dataclass(frozen=True)
class GuardInput:
    """The break as it stands: results with what is entered, categories, and who stays out.

    ``out`` is category slug -> teams that a person keeps out; ``strict`` is a choice of a rule,
    see ``qualify``.
    """

    data: ResultData
    ballots: tuple[OpenBallot, ...]
    categories: tuple[BreakCategory, ...]
    metrics: tuple[str, ...]
    two_team: bool = False
    ties_all: bool = False
    strict: bool = False
    out: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @cached_property
    def ordered(self) -> tuple[BreakCategory, ...]:
        """The categories as they are gone through."""
        return tuple(by_priority(self.categories))

    @property
    def slugs(self) -> tuple[str, ...]:
        """The categories by slug, as they are gone through."""
        return tuple(one.slug for one in self.ordered)

    @cached_property
    def pools(self) -> Mapping[str, tuple[int, ...]]:
        """Category slug -> numbers of the teams that may break in it."""
        return {
            one.slug: tuple(
                index for index, team in enumerate(self.data.teams)
                if may_break(team, one) and team.id not in self.out.get(one.slug, {}))
            for one in self.categories
        }

    @cached_property
    def is_plain(self) -> bool:
        """Tell whether nothing but the order of the teams decides who breaks.

        Other rules, and teams that choose among breaks, are asked of ``qualify`` itself.
        """
        return all(one.rule == "standard" for one in self.categories) and not any(
            team.break_preferences for team in self.data.teams)

    @cached_property
    def _rows(self) -> Mapping[int, IntArray]:
        order = np.argsort(self.data.team_debate, kind="stable")
        numbers, starts = np.unique(self.data.team_debate[order], return_index=True)
        parts = np.split(order, starts[1:])
        return {
            int(number): part[np.argsort(self.data.team_side[part], kind="stable")]
            for number, part in zip(numbers.tolist(), parts, strict=True)}

    def rows_of(self, ballot: OpenBallot) -> IntArray:
        """Return the rows of a debate in the results, in the order of its sides."""
        return self._rows[ballot.number]

    def teams_of(self, ballot: OpenBallot) -> Sequence[str]:
        """Return the teams of a debate in the order of their sides."""
        return [
            self.data.teams[index].id
            for index in self.data.team_team[self.rows_of(ballot)].tolist()]


@dataclass(frozen=True, slots=True)
class Change:
    """The least that flips the break, and who then breaks or does not.

    ``point``: the score of ``team`` is ``amount`` higher (lower where negative); ``exchange``:
    ``team`` and ``other`` have each other's results; ``place``: ``team`` can break with place
    ``amount`` in its room and not with the next.
    """

    kind: Literal["point", "exchange", "place"]
    team: str
    other: str
    amount: float
    category: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardedBallot:
    """What one ballot can still change.

    ``alone``: by itself, by ``change``; otherwise only together with others that are out.
    ``teams`` are those of its teams about which it is open whether they break.
    """

    id: str
    status: Status
    effect: Literal["break", "order", "nothing"]
    alone: bool
    teams: tuple[str, ...]
    change: Change | None
