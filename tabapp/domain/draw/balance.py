"""The balance report: which side each team had how often, before a round and after it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from tabapp.domain.draw.positions import Change, balance_change, is_balanced
from tabapp.domain.types import BoolArray, IntArray, ResultData, Side, Stage, TeamInfo, id_key

CHANGES: tuple[Change, ...] = ("regression", "still_bad", "improving", "resolved", "none")
"""What a round does to a team's balance (rules.md, section 7), the worst first."""


@dataclass(frozen=True, slots=True)
class TeamBalance:
    """A team with its counts, in the order of the format's sides, before and after the round.

    ``kind_before`` and ``kind_after`` count the rounds of the same kind only; they are empty for
    a round without a kind. ``side`` is None for a team that rests or is not placed. ``trend`` is
    by how much the most frequent side led the rarest after each round so far.
    """

    id: str
    name: str
    before: tuple[int, ...]
    after: tuple[int, ...]
    kind_before: tuple[int, ...]
    kind_after: tuple[int, ...]
    side: Side | None
    change: Change
    trend: tuple[int, ...]

    @property
    def spread(self) -> int:
        """By how much the most frequent side leads the rarest, after the round."""
        return spread_of(self.after)

    @property
    def is_balanced(self) -> bool:
        """Tell whether no side is more than one ahead of another, after the round."""
        return is_balanced(self.after)


@dataclass(frozen=True, slots=True)
class BalancePoint:
    """How many teams of the report were in each category after a round."""

    seq: int
    counts: Mapping[Change, int]

    @property
    def uneven(self) -> int:
        """How many were not balanced."""
        return sum(self.counts.get(one, 0) for one in ("regression", "still_bad", "improving"))


@dataclass(frozen=True, slots=True)
class BalanceReport:
    """The teams, the worst first, and the categories after each round, the earliest first.

    Before the round ``is_placed`` nothing changes: ``after`` is ``before``, and the last point is
    that of the round before.
    """

    sides: tuple[Side, ...]
    round_seq: int
    kind: str
    is_placed: bool
    teams: tuple[TeamBalance, ...]
    points: tuple[BalancePoint, ...]

    @property
    def counts(self) -> Mapping[Change, int]:
        """How many teams are in each category."""
        return Counter(team.change for team in self.teams)


def spread_of(counts: tuple[int, ...]) -> int:
    """Return by how much the highest count leads the lowest."""
    return max(counts, default=0) - min(counts, default=0)


def lean_of(counts: tuple[int, ...]) -> int:
    """Return affirmatives minus negatives of a team in a format of two sides."""
    aff, neg = counts
    return aff - neg


def balance_report(
    data: ResultData, sides: tuple[Side, ...], *, round_seq: int, kind: str,
    teams: Collection[str], placed: Mapping[str, Side],
) -> BalanceReport:
    """Report the balance of ``teams`` before and after a round whose draw has ``placed`` them.

    Counted are the preliminary rounds before it, as for the draw. ``placed`` is empty for a round
    that is not drawn; a team on another side than one of ``sides`` rests.
    """
    counts = _Counts(data, sides, round_seq, kind)
    memory: dict[tuple[tuple[int, ...], int], Change] = {}
    seen = [_Seen(counts, team, memory) for team in data.teams if team.id in teams]
    points = [
        BalancePoint(seq, Counter(one.changes[at] for one in seen))
        for at, seq in enumerate(counts.seqs)
    ]
    found = [one.placed(placed.get(one.id)) for one in seen]
    if placed:
        points.append(BalancePoint(round_seq, Counter(one.change for one in found)))
    return BalanceReport(
        sides=sides, round_seq=round_seq, kind=kind, is_placed=bool(placed),
        teams=tuple(sorted(found, key=_badness)), points=tuple(points))


def _badness(team: TeamBalance) -> tuple[object, ...]:
    kind = spread_of(team.kind_after)
    return (-team.spread, CHANGES.index(team.change), -kind, team.name, id_key(team.id))


class _Counts:
    """Teams × sides after each counted round, and the side of each team in it (-1 for none)."""

    def __init__(
        self, data: ResultData, sides: tuple[Side, ...], round_seq: int, kind: str
    ) -> None:
        self.sides = sides
        self.index = {team.id: at for at, team in enumerate(data.teams)}
        drawn = set(np.unique(data.team_round).tolist())
        earlier = sorted(
            (one.seq, at) for at, one in enumerate(data.rounds)
            if one.stage == Stage.PRELIMINARY and one.seq < round_seq and at in drawn)
        self.seqs = [seq for seq, _at in earlier]
        shape = (len(data.teams), len(sides))
        self.so_far: list[list[tuple[int, ...]]] = [[(0,) * len(sides)] * len(data.teams)]
        self.taken: list[list[int]] = []
        total = np.zeros(shape, dtype=np.int64)
        same_kind = np.zeros(shape, dtype=np.int64)
        for _seq, at in earlier:
            rows = (data.team_round == at) & (data.team_side >= 0)
            added, side = _of_round(data, rows, shape)
            total = total + added
            if kind and data.rounds[at].kind == kind:
                same_kind = same_kind + added
            self.so_far.append([tuple(row) for row in total.tolist()])
            self.taken.append(side)
        self.of_kind = [tuple(row) if kind else () for row in same_kind.tolist()]


def _of_round(
    data: ResultData, rows: BoolArray, shape: tuple[int, int]
) -> tuple[IntArray, list[int]]:
    """Return what a round adds to teams × sides, and the side of each team or -1."""
    added = np.zeros(shape, dtype=np.int64)
    np.add.at(added, (data.team_team[rows], data.team_side[rows]), 1)
    side = np.full(shape[0], -1, dtype=np.int64)
    side[data.team_team[rows]] = data.team_side[rows]
    return added, side.tolist()


class _Seen:
    """One team through the counted rounds."""

    def __init__(
        self, counts: _Counts, team: TeamInfo, memory: dict[tuple[tuple[int, ...], int], Change]
    ) -> None:
        self.id = team.id
        self._name = team.name
        self._counts = counts
        self._at = counts.index[team.id]
        self._memory = memory
        self.changes = list(self._changes())

    def _changes(self) -> Iterator[Change]:
        for at, side in enumerate(self._counts.taken):
            yield self._change(self._counts.so_far[at][self._at], side[self._at])

    def _change(self, before: tuple[int, ...], side: int) -> Change:
        found = self._memory.get((before, side))
        if found is None:
            if side >= 0:
                found = balance_change(before, side)
            else:
                found = "none" if is_balanced(before) else "still_bad"
            self._memory[before, side] = found
        return found

    def placed(self, side: Side | None) -> TeamBalance:
        """Return the team after it has stood on ``side``; None, or a bye, changes nothing."""
        counts = self._counts
        at = counts.sides.index(side) if side in counts.sides else -1
        before, kind = counts.so_far[-1][self._at], counts.of_kind[self._at]
        after = _added(before, at)
        trend = [spread_of(rows[self._at]) for rows in counts.so_far[1:]]
        if side is not None:
            trend.append(spread_of(after))
        return TeamBalance(
            id=self.id, name=self._name, before=before, after=after, kind_before=kind,
            kind_after=_added(kind, at), side=side if at >= 0 else None,
            change=self._change(before, at), trend=tuple(trend))


def _added(counts: tuple[int, ...], at: int) -> tuple[int, ...]:
    return tuple(count + (index == at) for index, count in enumerate(counts))
