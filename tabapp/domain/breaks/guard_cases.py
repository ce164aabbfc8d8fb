"""Single changes of single ballots, and who breaks after each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, permutations
from typing import Literal

import numpy as np

from tabapp.domain.breaks.guard_fork import (
    COLUMNS,
    OF_OTHERS,
    OWN,
    Result,
    Supposed,
    forked,
    leading,
    places,
    values,
    with_result,
)
from tabapp.domain.breaks.guard_line import Later, Levels, fill, level_still
from tabapp.domain.breaks.guard_values import GuardInput, Membership, OpenBallot
from tabapp.domain.breaks.qualify import qualify
from tabapp.domain.breaks.values import Remark
from tabapp.domain.standings import team_ranks
from tabapp.domain.types import FloatArray, ResultData


@dataclass(frozen=True, slots=True)
class Case:
    """One supposed result. ``places`` are those of the teams where any result is possible."""

    ballot: OpenBallot
    kind: Literal["point", "exchange", "place"]
    result: Result
    team: str = ""
    other: str = ""
    amount: float = 0.0
    places: Mapping[str, int] = field(default_factory=dict)


def cases_of(found: GuardInput, ballot: OpenBallot) -> list[Case]:
    """Return what is tried of a ballot, the least changes first.

    Of a ballot that is out: every order of its teams, with middling scores. Of the others: a
    point up or down for each team, and each two results exchanged, neighbours in place first.
    """
    if len(found.rows_of(ballot)) not in (2, 4):
        return []
    if ballot.status == "out":
        return list(_orders(found, ballot))
    return [*_points(found, ballot), *_exchanges(found, ballot)]


def _now(found: GuardInput, ballot: OpenBallot) -> dict[str, FloatArray]:
    rows = found.rows_of(ballot)
    return {name: getattr(found.data, name)[rows] for name in COLUMNS}


def _orders(found: GuardInput, ballot: OpenBallot) -> Iterator[Case]:
    teams = found.teams_of(ballot)
    count = len(teams)
    nothing = np.full(count, np.nan)
    for order in permutations(range(1, count + 1)):
        place = np.array(order, dtype=np.float64)
        score = _middling(found, ballot) + (count // 2 - place) * ballot.point
        won = count - place
        two = count == 2
        yield Case(ballot, "place", {
            "team_points": won, "team_win": won if two else nothing, "team_score": score,
            "team_margin": score - score[::-1] if two else nothing,
            "team_votes_given": won if ballot.voting else nothing,
            "team_votes_possible": np.ones(count) if ballot.voting else nothing,
        }, places=dict(zip(teams, order, strict=True)))


def _middling(found: GuardInput, ballot: OpenBallot) -> float:
    if ballot.low is None or ballot.high is None:
        return np.nan
    given = found.data.team_score[found.data.team_confirmed & ~np.isnan(found.data.team_score)]
    middle = float(given.mean()) if len(given) else (ballot.low + ballot.high) / 2
    return round((middle - ballot.low) / ballot.point) * ballot.point + ballot.low


def _points(found: GuardInput, ballot: OpenBallot) -> Iterator[Case]:
    now = _now(found, ballot)
    score = now["team_score"]
    teams = found.teams_of(ballot)
    if ballot.low is None or ballot.high is None:
        return
    for at, team in enumerate(teams):
        for amount in (ballot.point, -ballot.point):
            typed = score.copy()
            typed[at] += amount
            if np.isnan(typed[at]) or not ballot.low <= typed[at] <= ballot.high:
                continue
            made = _with_scores(now, typed, by_totals=ballot.by_totals)
            if made is not None:
                yield Case(ballot, "point", made, team, amount=amount)


def _with_scores(
    now: Mapping[str, FloatArray], typed: FloatArray, *, by_totals: bool
) -> Result | None:
    """Return a result with other scores; None where they make no ballot, since totals are equal.

    Places follow from totals if they do so as it stands: not where somebody forfeited, or where
    places were announced.
    """
    result = {**now, "team_score": typed}
    if not np.isnan(now["team_margin"]).any():
        result["team_margin"] = typed - typed[::-1]
    if not by_totals or np.isnan(now["team_score"]).any():
        return result
    before, after = _order(now["team_score"]), _order(typed)
    if before is None or (np.diff(now["team_points"][before]) > 0).any():
        return result
    if after is None:
        return None
    for name in ("team_points", "team_win", "team_votes_given"):
        column = now[name].copy()
        column[after] = now[name][before]
        result[name] = column
    return result


def _order(scores: FloatArray) -> list[int] | None:
    """Return who has most, who next …; None where two have the same."""
    if len(np.unique(np.round(scores, 6))) < len(scores):
        return None
    return [int(one) for one in np.argsort(-scores, kind="stable")]


def _exchanges(found: GuardInput, ballot: OpenBallot) -> Iterator[Case]:
    now = _now(found, ballot)
    teams = found.teams_of(ballot)
    pairs = sorted(
        combinations(range(len(teams)), 2),
        key=lambda pair: abs(float(np.diff(np.nan_to_num(now["team_points"][list(pair)]))[0])))
    for one, other in pairs:
        if any(np.isnan(now[name][one]) != np.isnan(now[name][other]) for name in COLUMNS):
            continue
        order = list(range(len(teams)))
        order[one], order[other] = other, one
        yield Case(
            ballot, "exchange", {name: column[order] for name, column in now.items()},
            teams[one], teams[other])


class Judge:
    """Says who breaks under each of many suppositions.

    By the leading metrics that follow from a team's own debates, for all of them at once, and
    where that leaves a tie at the line by those after them; where it stays, though there are more
    metrics, or another rule decides, by the whole standings.
    """

    def __init__(self, found: GuardInput) -> None:
        self._found = found
        self._own = leading(found.metrics, OWN)
        known = leading(found.metrics, OWN | OF_OTHERS.keys())
        self._after = known[len(self._own):]
        self._complete = known == tuple(found.metrics)
        self._names = [team.id for team in found.data.teams]
        self._place: list[int] = places(
            values(found.data, self._own), self._own, len(self._names)).tolist()
        self._pools = {slug: frozenset(pool) for slug, pool in found.pools.items()}
        self._rest: dict[str, list[tuple[int, int]]] = {}
        self._without: frozenset[int] | None = None
        later = Later(found.data, found.data, self._after)
        self.base: Membership = self._quick({}, later.after((), 0)) or self._exact(found.data)

    def judge(self, cases: Sequence[Case]) -> list[Membership]:
        """Return who breaks after each case."""
        found = self._found
        if not found.is_plain:
            return [self._exact(self._data(case)) for case in cases]
        supposed = [
            Supposed(found.rows_of(case.ballot), [case.result]) for case in cases]
        data = forked(found.data, _together(supposed))
        level = places(values(data, self._own), self._own, len(data.teams)).tolist()
        later = Later(found.data, data, self._after)
        self._place = level[:len(self._names)]
        self._without = None
        at = len(self._names)
        made = []
        for case, one in zip(cases, supposed, strict=True):
            members = found.data.team_team[one.rows].tolist()
            moved = dict(zip(members, level[at:at + len(members)], strict=True))
            made.append(
                self._quick(moved, later.after(members, at)) or self._exact(self._data(case)))
            at += len(members)
        return made

    def _quick(self, moved: Mapping[int, int], levels: Levels) -> Membership | None:
        """Return who breaks where the teams ``moved`` have these places, None if that is open."""
        if not self._found.is_plain:
            return None
        if frozenset(moved) != self._without:
            self._without = frozenset(moved)
            self._rest = self._in_order(self._place, self._without)
        return self._go_through(self._rest, moved, levels, complete=self._complete)

    def _in_order(
        self, place: Sequence[int], without: frozenset[int] = frozenset()
    ) -> dict[str, list[tuple[int, int]]]:
        """Return place and number of the teams of each category, in order."""
        return {
            slug: sorted((place[team], team) for team in pool if team not in without)
            for slug, pool in self._found.pools.items()}

    def _go_through(
        self, teams: Mapping[str, list[tuple[int, int]]], moved: Mapping[int, int],
        levels: Levels, *, complete: bool,
    ) -> Membership | None:
        """Fill the breaks, highest priority first; unless all is known, ``complete``, no tie."""
        made: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        broke: list[tuple[int, Sequence[int]]] = []
        for category in self._found.ordered:
            pool = self._pools[category.slug]
            line = teams[category.slug] + [(moved[team], team) for team in moved if team in pool]
            barred = {
                team for priority, teams_of in broke if priority > category.priority
                for team in teams_of}
            if barred:
                line = [one for one in line if one[1] not in barred]
            line.sort()
            found = fill(line, category, levels, all_level=self._found.ties_all)
            if found.level and not complete:
                return None
            broke.append((category.priority, found.inside))
            made[category.slug] = (
                frozenset(self._names[team] for team in found.inside),
                frozenset(self._names[team] for team in found.tied))
        return made

    def _data(self, case: Case) -> ResultData:
        data = with_result(
            self._found.data, self._found.rows_of(case.ballot), case.result)
        return _with_speech(data, case) if case.kind == "point" else data

    def _exact(self, data: ResultData) -> Membership:
        found = self._found
        if found.is_plain:
            ranks: list[int] = team_ranks(data, found.metrics, None).tolist()
            made = self._go_through(self._in_order(ranks), {}, level_still, complete=True)
            if made is not None:
                return made
        lists = qualify(
            data, found.categories, metrics=found.metrics, remarks=found.out,
            ties="all" if found.ties_all else "ask", two_team=found.two_team, strict=found.strict)
        return {
            one.category: (one.breaking, frozenset(
                row.team for row in one.rows if row.remark == Remark.TIED))
            for one in lists}


def _together(supposed: Sequence[Supposed]) -> list[Supposed]:
    """Join neighbours that suppose something of the same debate."""
    joined: list[tuple[Supposed, list[Result]]] = []
    for one in supposed:
        if joined and joined[-1][0].rows is one.rows:
            joined[-1][1].extend(one.results)
        else:
            joined.append((one, list(one.results)))
    return [Supposed(one.rows, results) for one, results in joined]


def _with_speech(data: ResultData, case: Case) -> ResultData:
    """Let the first speech of a team have the point, where single speeches count."""
    team = next(i for i, one in enumerate(data.teams) if one.id == case.team)
    own = np.flatnonzero(
        (data.speech_debate == case.ballot.number) & (data.speech_team == team)
        & ~data.speech_ghost & ~data.speech_reply)
    if not len(own):
        return data
    score = data.speech_score.copy()
    score[own[0]] += case.amount
    return replace(data, speech_score=score)
