"""The sheets of single judges: who votes, for whom, who decides and whose marks count.

In public speaking nobody votes: the marks of all judges count, and nothing follows from them but
their means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from tabapp.domain import archive
from tabapp.domain.ballots.paper import Paper, read_sheet
from tabapp.domain.ballots.values import SCORELESS, DebateContext, ResultType
from tabapp.domain.formats import Settings
from tabapp.domain.types import Role, Side


@dataclass(frozen=True, slots=True)
class Vote:
    """The sheet of one voting judge and whom it puts first, None where it does not say."""

    judge: str
    paper: Paper
    side: Side | None


@dataclass(frozen=True, slots=True)
class Votes:
    """All votes of a room, the chair's first. ``relevant`` are those whose marks count."""

    cast: tuple[Vote, ...]
    winner: Side | None
    relevant: tuple[Vote, ...]

    def given(self, side: Side) -> int:
        """Return how many judges put a side first."""
        return sum(one.side is side for one in self.cast)

    def mean(self, figure: Callable[[Paper], float | None]) -> float | None:
        """Return the mean of a figure over the relevant sheets that have it."""
        found = [value for one in self.relevant if (value := figure(one.paper)) is not None]
        return sum(found) / len(found) if found else None


def is_voting(ballot: archive.Ballot) -> bool:
    """Tell whether single judges hand in this ballot, whatever the settings ask for by now."""
    return any(sheet.adjudicator is not None for sheet in ballot.sheets)


def voting_sheets(ballot: archive.Ballot, debate: DebateContext) -> list[archive.Sheet]:
    """Return the sheets that count, one of each judge, the chair's first.

    Trainees never vote. A judge who left the panel after voting has voted.
    """
    roles = dict(debate.panel)
    own: dict[str, archive.Sheet] = {}
    for sheet in ballot.sheets:
        if sheet.adjudicator is not None and roles.get(sheet.adjudicator) is not Role.TRAINEE:
            own.setdefault(sheet.adjudicator, sheet)
    return sorted(own.values(), key=lambda one: roles.get(one.adjudicator or "") is not Role.CHAIR)


def read_votes(
    ballot: archive.Ballot, debate: DebateContext, settings: Settings, kind: ResultType
) -> Votes:
    """Count the sheets of single judges (rules.md, section 3), as votes between two teams.

    The majority wins, and with a panel evenly split the side of its chair; nobody wins where that
    is not known. Relevant are the judges of the majority, or all of them with
    ``margin_includes_dissenters``, and where nobody wins, as in every larger room.
    """
    two = len(debate.sides) == 2
    cast = []
    for sheet in voting_sheets(ballot, debate):
        paper = read_sheet(sheet, ballot, debate)
        side = None
        if two and not paper.forfeits:
            side = paper.winner(settings, scoreless=kind in SCORELESS)
        cast.append(Vote(sheet.adjudicator or "", paper, side))
    winner = _majority(cast, {judge for judge, role in debate.panel if role is Role.CHAIR})
    whole = winner is None or settings.margin_includes_dissenters
    relevant = [one for one in cast if whole or one.side is winner]
    return Votes(tuple(cast), winner, tuple(relevant))


def _majority(cast: list[Vote], chairs: set[str]) -> Side | None:
    counts = Counter(one.side for one in cast if one.side is not None)
    most = max(counts.values(), default=0)
    first = [side for side, count in counts.items() if count == most]
    if len(first) == 1:
        return first[0]
    return next((one.side for one in cast if one.judge in chairs), None)
