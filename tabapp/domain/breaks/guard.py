"""Bubble guard: which open or unchecked ballots can still change who breaks, and how little does.

Two questions are kept apart. What no result of the open debates can change is told by bounds
(``guard_bounds``), which err on the safe side: a ballot called settled can flip nothing. What one
small change of a single ballot does, all others staying as they are, is worked out exactly
(``guard_cases``): a speaker point more or less, two results exchanged, another place in the room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tabapp.domain.breaks.guard_bounds import Bounds
from tabapp.domain.breaks.guard_cases import Case, Judge, cases_of
from tabapp.domain.breaks.guard_values import (
    Change,
    GuardedBallot,
    GuardInput,
    Membership,
    OpenBallot,
    Status,
)

__all__ = [
    "Change", "GuardInput", "GuardedBallot", "OpenBallot", "Status", "guard_break", "in_order",
]

_FIRST: Mapping[str, int] = {"point": 0, "exchange": 1, "place": 2}
_STATUS: Mapping[Status, int] = {"entered": 0, "unchecked": 1, "out": 2}
Effect = Literal["break", "order", "nothing"]


@dataclass(frozen=True, slots=True)
class _Alone:
    """What a ballot does by itself: the least change that flips, and who then comes or goes."""

    change: Change | None
    breaks: frozenset[str]


def guard_break(found: GuardInput) -> tuple[GuardedBallot, ...]:
    """Say of every ballot what it can still change, those that flip the break first.

    A ballot that is out can have any result; of one that is entered or unchecked a small change is
    looked for. ``break``: it can change who breaks (``alone``: by itself, others as they stand),
    ``order``: a team of it may break, in another place, ``nothing``: neither. Bounds know results
    in points and scores, not forfeits to come.
    """
    bounds, judge = Bounds(found), Judge(found)
    cases = {one.id: cases_of(found, one) for one in found.ballots}
    after = judge.judge([case for several in cases.values() for case in several])
    rows = []
    start = 0
    anything_out = any(one.status == "out" for one in found.ballots)
    for ballot in found.ballots:
        several = cases[ballot.id]
        made = after[start:start + len(several)]
        start += len(several)
        rows.append(_guarded(found, ballot, bounds, anything_out, _alone(
            found, ballot, judge.base, list(zip(several, made, strict=True)))))
    return in_order(rows)


def in_order(rows: Sequence[GuardedBallot]) -> tuple[GuardedBallot, ...]:
    """Put first what flips the break by the least, then by what is known of it."""
    effects: Sequence[Effect] = ("break", "order", "nothing")
    return tuple(sorted(rows, key=lambda one: (
        effects.index(one.effect), not one.alone,
        _FIRST[one.change.kind] if one.change else 3, _STATUS[one.status])))


def _guarded(
    found: GuardInput, ballot: OpenBallot, bounds: Bounds, anything_out: bool, alone: _Alone
) -> GuardedBallot:
    teams = found.teams_of(ballot)
    live, may_break = bounds.of(ballot)
    if alone.change is not None:
        effect: Effect = "break"
    elif live and anything_out:
        effect = "break"
    elif may_break or alone.breaks or bounds.moves_others:
        effect = "order"
    else:
        effect = "nothing"
    moved = set(alone.change.enters + alone.change.leaves) if alone.change else set()
    concerned = tuple(one for one in teams if one in live or one in moved)
    return GuardedBallot(
        id=ballot.id, status=ballot.status, effect=effect, alone=alone.change is not None,
        teams=concerned if effect == "break" else (), change=alone.change)


def _alone(
    found: GuardInput, ballot: OpenBallot, base: Membership,
    results: Sequence[tuple[Case, Membership]],
) -> _Alone:
    """Return the first change that flips; for a ballot that is out, a place that makes one."""
    teams = set(found.teams_of(ballot))
    breaks = frozenset(
        team for made in (base, *(one for _case, one in results))
        for breaking, _tied in made.values() for team in breaking if team in teams)
    if ballot.status == "out":
        return _Alone(_by_place(found, results), breaks)
    for case, made in results:
        slug = _differing(base, made, found)
        if slug is not None:
            before, now = base[slug][0], made[slug][0]
            return _Alone(
                Change(
                    kind=case.kind, team=case.team, other=case.other, amount=case.amount,
                    category=slug, enters=tuple(sorted(now - before)),
                    leaves=tuple(sorted(before - now))),
                breaks)
    return _Alone(None, breaks)


def _by_place(
    found: GuardInput, results: Sequence[tuple[Case, Membership]]
) -> Change | None:
    """Return the team whose place in the room decides whether it breaks, the surest one first.

    ``place`` is the last with which it can break; with the next one it may not.
    """
    best: tuple[int, Change] | None = None
    for slug in found.slugs:
        for team in results[0][0].places if results else ():
            inside = {case.places[team] for case, made in results if team in made[slug][0]}
            outside = {case.places[team] for case, made in results if team not in made[slug][0]}
            steps = [place for place in inside if place + 1 in outside]
            if steps:
                change = Change("place", team, "", float(max(steps)), slug, (team,), ())
                blurred = len(inside & outside)
                if best is None or blurred < best[0]:
                    best = blurred, change
    return best[1] if best is not None else None


def _differing(base: Membership, made: Membership, found: GuardInput) -> str | None:
    return next((slug for slug in found.slugs if base[slug] != made[slug]), None)
