"""What an award is, and what it is to have earned one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tabapp.domain.achievements.board import Board

Family = Literal["teams", "speakers", "adjudicators", "tournament"]
FAMILIES: tuple[Family, ...] = ("teams", "speakers", "adjudicators", "tournament")
Rarity = Literal["common", "uncommon", "rare", "legendary"]
Part = Literal["results", "people"]
"""What an award follows from: results, draws and rounds, or the registration alone."""
PublicAfter = Literal["results", "team_tab", "speaker_tab", "participants", "always", "never"]
"""What has to be public before the hall may read of an award.

``results``: the results of all rounds on which it rests; ``team_tab`` and ``speaker_tab``: that
table too, as the award tells a place on it or a mark; ``participants``: the list of those who take
part; ``always``: it tells of no result; ``never``: it is between a person and the tab room.
"""

Fact: TypeAlias = str | int | float


@dataclass(frozen=True, slots=True)
class Earned:
    """An award that somebody has earned. ``subject`` is an archive id, "" the tournament.

    ``rounds`` are the sequences of the rounds of whose results it tells, those among them in which
    it was not earned yet; ``round_seq`` is the one in which it was. ``facts`` fill the award's
    sentence: ``round`` and ``since`` hold the sequence of a round, ``opponent`` the id of a team.
    """

    key: str
    subject: str
    round_seq: int | None = None
    rounds: tuple[int, ...] = ()
    facts: Mapping[str, Fact] = field(default_factory=dict)


Predicate: TypeAlias = Callable[[Board], Iterable[Earned]]


@dataclass(frozen=True, slots=True)
class Award:
    """An award as data, and the predicate that finds who has earned it.

    ``sentence`` says how it is earned, ``told`` what a winner did, with facts in braces. ``icon``
    is the name of a Lucide icon. ``each_round``: it can be earned once in every round.
    """

    key: str
    family: Family
    title: str
    sentence: str
    told: str
    icon: str
    rarity: Rarity
    public_after: PublicAfter
    predicate: Predicate
    part: Part = "results"
    each_round: bool = False
