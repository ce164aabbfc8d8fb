"""Break categories, rules, remarks and the lists that come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Remark(StrEnum):
    """Why a listed team does not break; the words of ``remark`` in the archive."""

    CAPPED = "capped"
    INELIGIBLE = "ineligible"
    DIFFERENT_BREAK = "different_break"
    DISQUALIFIED = "disqualified"
    LOST_COIN_TOSS = "lost_coin_toss"
    WITHDRAWN = "withdrawn"
    ABSENT = "absent"
    RESERVE = "reserve"
    TIED = "tied"


KEPT_REMARKS = frozenset(Remark) - {Remark.RESERVE, Remark.TIED}
"""Remarks that hold when a break is made again; reserves and ties are found anew."""


@dataclass(frozen=True, slots=True)
class BreakRule:
    """A way to choose the teams of a break. ``available`` is false for one that comes later."""

    key: str
    name: str
    definition: str
    available: bool = True


BREAK_RULES: Mapping[str, BreakRule] = {
    rule.key: rule
    for rule in (
        BreakRule("standard", "Standard (WUDC)", "the first eligible teams up to the size"),
        BreakRule("aida-1996", "AIDA 1996", "at most three teams of an institution", False),
        BreakRule("aida-2016-easters", "AIDA 2016 Easters", "capped, top three first", False),
        BreakRule("aida-2016-australs", "AIDA 2016 Australs", "capped at the cut-off", False),
        BreakRule(
            "aida-2019-australs-open", "AIDA 2019 Australs Open", "capped by the size", False
        ),
    )
}


@dataclass(frozen=True, slots=True)
class BreakCategory:
    """A break of its own. A higher ``priority`` goes first; equal ones follow by ``seq``."""

    slug: str
    name: str
    size: int
    reserve_size: int = 0
    rule: str = "standard"
    priority: int = 0
    general: bool = False
    seq: int = 0


@dataclass(frozen=True, slots=True)
class BreakRow:
    """One team of a break list; it plays only with a ``break_rank``."""

    team: str
    rank: int
    break_rank: int | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class Lots:
    """A lot that was drawn: the teams at the line in the order in which they came out."""

    seed: int
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreakList:
    """The break of one category in standings order.

    ``reasons`` has a sentence for each row, by team; ``note`` one about the whole list, where
    there is something to say.
    """

    category: str
    rule: str
    size: int
    rows: tuple[BreakRow, ...]
    lots: Lots | None
    reasons: Mapping[str, str]
    note: str | None = None
