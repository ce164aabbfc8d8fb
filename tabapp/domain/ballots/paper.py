"""One score sheet laid out by side: speeches, totals, places and forfeits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from tabapp.domain import archive
from tabapp.domain.ballots.criteria import with_sum
from tabapp.domain.ballots.values import DebateContext
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side

DECIMALS = 6
"""Totals are compared after rounding to this many decimals (rules.md, section 0)."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One sheet, of a whole room or of one judge. Sides that are not the debate's are left out."""

    speeches: dict[Side, tuple[archive.Speech, ...]]
    forfeits: frozenset[Side]
    winners: tuple[Side, ...] | None
    ranks: dict[Side, int]

    @property
    def standing(self) -> tuple[Side, ...]:
        """The sides that did not forfeit, in speaking order."""
        return tuple(side for side in self.speeches if side not in self.forfeits)

    def total(self, side: Side) -> float | None:
        """Sum of all speeches, replies and ghosts included; None where no speech has a score."""
        return _sum(self.speeches[side])

    def team_score(self, side: Side, *, ghosts: bool) -> float | None:
        """Sum that standings use: the total, without its ghosts unless ``ghosts``."""
        return _sum(speech for speech in self.speeches[side] if ghosts or not speech.ghost)

    def has_ghost(self, side: Side) -> bool:
        """Whether a speech of this side, a reply too, is a speaker's second."""
        return any(speech.ghost for speech in self.speeches[side])

    def is_complete(self, side: Side, last_position: int) -> bool:
        """Whether each position has a score, so that the total can be compared."""
        scored = {s.position for s in self.speeches[side] if s.score is not None}
        return scored >= set(range(1, last_position + 1))

    @property
    def announced(self) -> dict[Side, int]:
        """The announced places; none where a side that stood has no place in the list."""
        places = {side: self.ranks[side] for side in self.standing if side in self.ranks}
        return places if len(places) == len(self.standing) else {}

    def places(self) -> dict[Side, int | None]:
        """Places of the sides that did not forfeit, from the announced ranks or the totals.

        Equal ones share a place and the next is skipped (1, 2, 2, 4). Where the totals decide, a
        side of which nothing is known stands last; where nothing at all is known nobody has a
        place, but for the only one that did not forfeit.
        """
        keys: dict[Side, float] = {side: float(rank) for side, rank in self.announced.items()}
        if not keys:
            totals = {side: self.total(side) for side in self.standing}
            if len(totals) > 1 and all(total is None for total in totals.values()):
                return dict.fromkeys(self.standing)
            keys = {
                side: float("inf") if total is None else -round(total, DECIMALS)
                for side, total in totals.items()
            }
        found: dict[Side, int | None] = dict.fromkeys(self.standing)
        place = 1
        for _key, group in groupby(sorted(keys, key=keys.__getitem__), key=keys.__getitem__):
            level = list(group)
            found.update(dict.fromkeys(level, place))
            place += len(level)
        return found

    def winner(self, settings: Settings, *, scoreless: bool) -> Side | None:
        """Return which of two sides that both stood this sheet puts first, None where unclear."""
        declared = self.winners[0] if self.winners and len(self.winners) == 1 else None
        by_rule = scoreless or settings.winners_in_ballots in {"tied-points", "low-points"}
        if by_rule and declared is not None:
            return declared
        first = [side for side, place in self.places().items() if place == 1]
        return first[0] if len(first) == 1 else declared


def read_paper(ballot: archive.Ballot, debate: DebateContext) -> Paper:
    """Lay out the first sheet of a ballot; an empty paper where it has none."""
    sheet = ballot.sheets[0] if ballot.sheets else archive.Sheet()
    return read_sheet(sheet, ballot, debate)


def read_sheet(sheet: archive.Sheet, ballot: archive.Ballot, debate: DebateContext) -> Paper:
    """Lay out one sheet of a ballot, which says who forfeited; marks by criterion are added up."""
    known = {side.value: side for side, _team in debate.sides}
    speeches: dict[Side, tuple[archive.Speech, ...]] = dict.fromkeys(known.values(), ())
    for part in sheet.sides:
        side = known.get(part.side)
        if side is not None and not speeches[side]:
            scored = (with_sum(speech, debate.criteria) for speech in part.speeches)
            speeches[side] = tuple(sorted(scored, key=lambda s: s.position))
    return Paper(
        speeches=speeches,
        forfeits=frozenset(known[name] for name in ballot.forfeit if name in known),
        winners=None
        if sheet.winners is None
        else tuple(known[name] for name in sheet.winners if name in known),
        ranks={known[name]: rank for name, rank in (sheet.ranks or {}).items() if name in known},
    )


def _sum(speeches: Iterable[archive.Speech]) -> float | None:
    scores = [s.score for s in speeches if s.score is not None]
    return sum(scores) if scores else None
