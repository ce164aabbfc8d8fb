"""Check what a ballot says of the outcome: totals, winners, announced ranks and margins."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from tabapp.core.errors import Problem
from tabapp.domain.ballots.paper import DECIMALS, Paper
from tabapp.domain.ballots.speech_checks import last_position
from tabapp.domain.ballots.values import DebateContext
from tabapp.domain.formats import Settings
from tabapp.domain.types import Side


def _full_totals(paper: Paper, settings: Settings) -> dict[Side, float]:
    """Return the totals of the sides with every mark; a total with holes says nothing."""
    last = last_position(settings)
    return {
        side: round(paper.total(side) or 0.0, DECIMALS)
        for side in paper.standing
        if paper.is_complete(side, last)
    }


def check_scored(paper: Paper, debate: DebateContext, settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with the order of the totals."""
    totals = _full_totals(paper, settings)
    if len(debate.sides) == 2:
        yield from _check_two_teams(paper, totals, debate, settings)
    else:
        yield from _check_ties(totals, debate)


def _check_ties(totals: dict[Side, float], debate: DebateContext) -> Iterator[Problem]:
    level: dict[float, list[Side]] = defaultdict(list)
    for side, total in totals.items():
        level[total].append(side)
    for total, sides in sorted(level.items(), reverse=True):
        if len(sides) > 1:
            yield Problem.of(
                "error", debate.id, "tied_totals",
                debate=debate.id, sides=" and ".join(sides), total=f"{total:g}",
            )  # fmt: skip


def _check_two_teams(
    paper: Paper, totals: dict[Side, float], debate: DebateContext, settings: Settings
) -> Iterator[Problem]:
    rule = settings.winners_in_ballots
    if rule != "none" or paper.winners:  # ticked unasked, it must be right
        yield from check_winners(paper, debate)
    if len(totals) < 2:
        return
    if rule in {"none", "high-points"}:
        yield from _check_ties(totals, debate)
    if rule != "low-points" and paper.winners and len(paper.winners) == 1:
        winner = paper.winners[0]
        best = max(totals.values())
        if totals[winner] < best:
            yield Problem.of(
                "error", debate.id, "winner_not_highest",
                debate=debate.id, side=winner.value, total=f"{totals[winner]:g}", best=f"{best:g}",
            )  # fmt: skip
    margin = round(max(totals.values()) - min(totals.values()), DECIMALS)
    if 0 < settings.maximum_margin < margin:
        yield Problem.of(
            "error", debate.id, "margin_too_large",
            debate=debate.id, margin=f"{margin:g}", largest=f"{settings.maximum_margin:g}",
        )  # fmt: skip


def check_winners(paper: Paper, debate: DebateContext) -> Iterator[Problem]:
    """Yield what is wrong with the ticked winners or advancing teams."""
    for side in sorted(paper.forfeits.intersection(paper.winners or ())):
        yield Problem.of(
            "error", f"{debate.id} {side}", "winner_forfeited", debate=debate.id, side=side.value
        )
    if paper.forfeits and len(paper.standing) <= debate.advancing:
        return
    ticked = len(set(paper.winners or ()))
    if ticked == 0:
        yield Problem.of("error", debate.id, "winner_missing", debate=debate.id)
    elif ticked != debate.advancing:
        yield Problem.of(
            "error", debate.id, "wrong_number_advancing",
            debate=debate.id, count=ticked, needed=debate.advancing,
        )  # fmt: skip


def check_ranks(paper: Paper, debate: DebateContext, settings: Settings) -> Iterator[Problem]:
    """Yield what is wrong with announced places: each once, from 1, and as the totals say."""
    if not paper.ranks:
        return
    size = len(debate.sides)
    for side, rank in paper.ranks.items():
        if not 1 <= rank <= size:
            yield Problem.of(
                "error", f"{debate.id} {side}", "rank_out_of_range",
                debate=debate.id, side=side.value, rank=rank, last=size,
            )  # fmt: skip
    counts = Counter(paper.ranks.get(side) for side in paper.standing)
    if None in counts or max(counts.values(), default=0) > 1:
        yield Problem.of(
            "error", debate.id, "ranks_wrong", debate=debate.id, last=len(paper.standing)
        )
    totals = [
        (paper.ranks[side], side, total)
        for side, total in _full_totals(paper, settings).items()
        if side in paper.ranks
    ]
    totals.sort()
    for (_better, side, total), (_worse, other, more) in pairwise(totals):
        if more > total:
            yield Problem.of(
                "error", debate.id, "ranks_against_totals",
                debate=debate.id, side=side.value, total=f"{total:g}",
                other=other.value, more=f"{more:g}",
            )  # fmt: skip
