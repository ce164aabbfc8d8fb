"""Which teams break, or do not, whatever the open debates bring."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tabapp.domain.breaks.guard_fork import (
    COLUMNS,
    OF_OTHERS,
    RISING,
    Result,
    Supposed,
    forked,
    leading,
    places,
    values,
    with_result,
)
from tabapp.domain.breaks.guard_values import GuardInput, OpenBallot
from tabapp.domain.types import FloatArray, IntArray

Standing = Literal["always", "never", "live"]


@dataclass(frozen=True, slots=True)
class _Reach:
    """The worst and the best place of each team; places count from 0, the best."""

    worst: Mapping[int, int]
    best: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class _Field:
    """Who may be in the way in a category: everybody who perhaps is, and who surely is."""

    maybe: frozenset[int]
    sure: frozenset[int]
    best_of_maybe: IntArray
    worst_of_sure: IntArray


class Bounds:
    """Compares what teams can come to at best and at worst, by the metrics that rise with results.

    A team that can still be reached by so many others is not safe, even where no single
    combination of results lets all of them pass: so nothing is called settled that is not.
    """

    def __init__(self, found: GuardInput) -> None:
        self._found = found
        keys = leading(found.metrics, RISING)
        waiting = [one for one in found.ballots if one.status != "out"]
        sides = [self._columns(keys, waiting, best=best) for best in (False, True)]
        count = len(sides[0][0]) if keys else 0
        level = places(
            [np.concatenate(pair) for pair in zip(*sides, strict=True)], keys, 2 * count
        ).tolist()
        teams = len(found.data.teams)
        if not keys:  # nothing bounds anybody
            count, level = teams, [0] * (2 * teams)
        self._base = _Reach(
            dict(enumerate(level[:teams])), dict(enumerate(level[count:count + teams])))
        self._widened: dict[str, _Reach] = {}
        at = teams
        for one in waiting if keys else ():
            members = found.data.team_team[found.rows_of(one)].tolist()
            self._widened[one.id] = _Reach(
                dict(zip(members, level[at:at + len(members)], strict=True)),
                dict(zip(members, level[count + at:count + at + len(members)], strict=True)))
            at += len(members)
        self._fields: dict[str, _Field] = {}
        self._standing: dict[str, dict[int, Standing]] = {}
        for category in found.ordered:
            self._fields[category.slug] = self._field(category.slug)
            self._standing[category.slug] = {
                team: self._stands(category.slug, team, self._base)
                for team in found.pools[category.slug]}

    def _columns(
        self, keys: tuple[str, ...], waiting: list[OpenBallot], *, best: bool
    ) -> list[FloatArray]:
        """Return the metrics at the worst or at the best of every open debate."""
        found = self._found
        data = found.data
        for one in found.ballots:
            if one.status == "out":
                rows = found.rows_of(one)
                data = with_result(data, rows, extreme(found, one, best=best))
        return values(forked(data, [
            Supposed(found.rows_of(one), [_nearby(found, one, best=best)]) for one in waiting
        ]), keys)

    def of(self, ballot: OpenBallot) -> tuple[frozenset[str], bool]:
        """Return the teams of a debate about which it is open whether they break, anywhere.

        And whether any of its teams may break at all.
        """
        data = self._found.data
        members = data.team_team[self._found.rows_of(ballot)].tolist()
        reach = self._widened.get(ballot.id)
        found: dict[int, set[Standing]] = {
            team: {
                self._standing[slug][team] if reach is None
                else self._stands(slug, team, reach, frozenset(members))
                for slug, pool in self._found.pools.items() if team in self._standing[slug]
            } for team in members}
        live = frozenset(data.teams[team].id for team, all_of in found.items() if "live" in all_of)
        return live, any(all_of - {"never"} for all_of in found.values())

    @property
    def moves_others(self) -> bool:
        """Tell whether a result moves figures of teams that are not in the room."""
        return not OF_OTHERS.keys().isdisjoint(self._found.metrics)

    def _field(self, slug: str) -> _Field:
        """Return who is in the way: not those who surely break in a break of higher priority."""
        own = next(one for one in self._found.categories if one.slug == slug)
        higher = [
            self._standing[one.slug] for one in self._found.ordered
            if one.priority > own.priority]
        pool = self._found.pools[slug]
        maybe = frozenset(
            team for team in pool if all(one.get(team, "never") != "always" for one in higher))
        sure = frozenset(
            team for team in pool if all(one.get(team, "never") == "never" for one in higher))
        return _Field(
            maybe, sure,
            np.sort(np.array([self._base.best[team] for team in maybe], dtype=np.int64)),
            np.sort(np.array([self._base.worst[team] for team in sure], dtype=np.int64)))

    def _stands(
        self, slug: str, team: int, reach: _Reach, moved: frozenset[int] = frozenset()
    ) -> Standing:
        """Say how a team stands; those ``moved`` have the places of ``reach``, others their own."""
        if not self._found.is_plain:
            return "live"
        size = next(one.size for one in self._found.categories if one.slug == slug)
        field = self._fields[slug]
        if team not in field.maybe:
            return "never"
        worst, best = reach.worst[team], reach.best[team]
        reaching = int(np.searchsorted(field.best_of_maybe, worst, "right"))
        passing = int(np.searchsorted(field.worst_of_sure, best, "left"))
        for other in moved or {team}:
            reaching -= other in field.maybe and self._base.best[other] <= worst
            passing -= other in field.sure and self._base.worst[other] < best
            if other != team:
                reaching += other in field.maybe and reach.best[other] <= worst
                passing += other in field.sure and reach.worst[other] < best
        if passing >= size:
            return "never"
        return "always" if team in field.sure and reaching < size else "live"


def extreme(found: GuardInput, ballot: OpenBallot, *, best: bool) -> Result:
    """Return the best, or the worst, that each team can have of a debate that is out."""
    count = len(found.rows_of(ballot))
    top = float(best)
    span = np.nan if ballot.low is None or ballot.high is None else ballot.high - ballot.low
    score = ballot.high if best else ballot.low
    one = {
        "team_points": top * (count - 1), "team_win": top if count == 2 else np.nan,
        "team_score": np.nan if score is None else score,
        "team_margin": (span if best else -span) if count == 2 else np.nan,
        "team_votes_given": top if ballot.voting else np.nan,
        "team_votes_possible": 1.0 if ballot.voting else np.nan,
    }
    return {name: np.full(count, one[name]) for name in COLUMNS}


def _nearby(found: GuardInput, ballot: OpenBallot, *, best: bool) -> Result:
    """Return the best, or the worst, that a small change of a ballot can give each team."""
    rows = found.rows_of(ballot)
    step = {
        "team_score": ballot.point, "team_margin": ballot.point,
    }
    result = {}
    for name in COLUMNS:
        own: FloatArray = getattr(found.data, name)[rows]
        known = own[~np.isnan(own)]
        if not len(known):
            result[name] = own.copy()
            continue
        edge = float(known.max()) if best else float(known.min())
        edge += step.get(name, 0.0) if best else -step.get(name, 0.0)
        result[name] = np.where(np.isnan(own), np.nan, edge)
    return result
