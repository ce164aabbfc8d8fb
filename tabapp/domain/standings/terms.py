"""What a cell of a table is made of: rows with what each adds, and how they are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Literal

from tabapp.domain.types import Value

Per = Literal["debate", "speech", "opponent", "meeting", "peer", "part", "team"]
"""What one row is: a debate, a speech, an opponent met, a debate against the one other team that
is level, somebody who stands better, a part of a judge's score, a team of one debate."""
Why = Literal[
    "unconfirmed", "not_drawn", "bye", "averaged", "ghost", "blank", "highest", "lowest",
    "forfeit", "postponed",
]
"""Why a row adds nothing, or not what was debated."""


class Fold(StrEnum):
    """How the amounts of the rows that count become the number of the cell."""

    SUM = "sum"
    SUM_OR_BLANK = "sum-or-blank"
    MEAN = "mean"
    SPREAD = "spread"
    """The population standard deviation."""
    PLACE = "place"
    """One more than the sum."""


@dataclass(frozen=True, slots=True)
class Speech:
    """One speech: ``position`` counts from 1; ``score`` is None where there is none."""

    speaker: str
    name: str
    position: int
    score: float | None
    rank: float | None
    ghost: bool
    reply: bool


@dataclass(frozen=True, slots=True)
class DebateFacts:
    """What a team made of one debate. Numbers are None where the debate gave none."""

    points: float | None
    weight: int
    win: bool | None
    score: float | None
    margin: float | None
    votes_given: float | None
    votes_possible: float | None
    pulled_up: bool
    speeches: tuple[Speech, ...]
    opponents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One row: what it adds, and where that comes from.

    ``amount`` is None for what adds nothing; with ``counts`` false it is shown and left out.
    ``round`` is a round's number, ``side`` as in ``ResultData``, ``about`` the id of another team
    or what a part is.
    """

    amount: float | None
    counts: bool = True
    why: tuple[Why, ...] = ()
    round: int | None = None
    debate: int | None = None
    side: int | None = None
    about: str = ""
    debated: DebateFacts | None = None
    speech: Speech | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """All of a cell: ``value`` is what the table shows, ``definition`` what the metric is.

    ``place`` counts from 0 among the metrics that rank, None for one that is only shown.
    ``level`` are the ids of the other teams that are equal on all metrics before a who-beat-whom.
    """

    subject: str
    key: str
    per: Per
    fold: Fold
    terms: tuple[Term, ...]
    value: Value
    definition: str
    place: int | None = None
    level: tuple[str, ...] = ()

    @property
    def total(self) -> float | None:
        """Put the rows together; None where there is nothing to put together."""
        if self.per == "meeting" and len(self.level) != 1:
            return None
        return folded(self.fold, [
            one.amount for one in self.terms if one.counts and one.amount is not None])


def folded(fold: Fold, amounts: Sequence[float]) -> float | None:
    """Put amounts together (rules.md, sections 4 and 5)."""
    if fold is Fold.SUM:
        return sum(amounts)
    if fold is Fold.PLACE:
        return 1 + sum(amounts)
    if not amounts:
        return None
    if fold is Fold.SUM_OR_BLANK:
        return sum(amounts)
    mean = sum(amounts) / len(amounts)
    if fold is Fold.MEAN:
        return mean
    return sqrt(sum((one - mean) ** 2 for one in amounts) / len(amounts))
