"""Who stands elsewhere in one of two tables, and who breaks in only one of two breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tabapp.domain.breaks import BreakList
from tabapp.domain.standings.ladder import DECIMALS
from tabapp.domain.types import StandingRow, Standings, Value


@dataclass(frozen=True, slots=True)
class Move:
    """A row of a table that is not as it was. A rank is None where the row is not ranked."""

    id: str
    name: str
    rank_before: int | None
    rank_after: int | None
    before: Mapping[str, Value]
    after: Mapping[str, Value]

    @property
    def is_ranked_otherwise(self) -> bool:
        """Tell whether the rank is another one, and not only a figure."""
        return self.rank_before != self.rank_after


@dataclass(frozen=True, slots=True)
class BreakMove:
    """What becomes of the break of a category.

    Teams that ``enters`` and ``leaves`` names; ``tied``: level at the line on one side only;
    ``reseeded``: team -> break rank before and after, of those that break either way.
    """

    category: str
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    tied: tuple[str, ...]
    reseeded: Mapping[str, tuple[int, int]]

    @property
    def is_other_field(self) -> bool:
        """Tell whether other teams break."""
        return bool(self.enters or self.leaves or self.tied)

    @property
    def is_same(self) -> bool:
        """Tell whether all is as it was."""
        return not self.is_other_field and not self.reseeded


def moves(before: Standings, after: Standings) -> tuple[Move, ...]:
    """Return the rows that differ in rank or in a figure, in the order of the table after."""
    old = {row.id: row for row in before.rows}
    return tuple(
        Move(row.id, row.name, was.rank, row.rank, was.values, row.values)
        for row in after.rows
        for was in (old.get(row.id, StandingRow(row.id, row.name, None, tied=False, values={})),)
        if was.rank != row.rank or not _same(was.values, row.values))


def _same(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    return one.keys() == other.keys() and all(
        _rounded(one[key]) == _rounded(other[key]) for key in one)


def _rounded(value: Value) -> Value:
    return round(value, DECIMALS) if isinstance(value, float) else value


def break_moves(
    before: Sequence[BreakList], after: Sequence[BreakList]
) -> tuple[BreakMove, ...]:
    """Compare the breaks of each category; both sides name the same categories."""
    new = {one.category: one for one in after}
    return tuple(_moved(one, new[one.category]) for one in before)


def _moved(before: BreakList, after: BreakList) -> BreakMove:
    old, new = _ranks(before), _ranks(after)
    return BreakMove(
        category=before.category,
        enters=tuple(team for team in new if team not in old),
        leaves=tuple(team for team in old if team not in new),
        tied=tuple(sorted(_tied(before) ^ _tied(after))),
        reseeded={
            team: (old[team], rank) for team, rank in new.items()
            if team in old and old[team] != rank})


def _ranks(made: BreakList) -> dict[str, int]:
    return {row.team: row.break_rank for row in made.rows if row.break_rank is not None}


def _tied(made: BreakList) -> frozenset[str]:
    return frozenset(row.team for row in made.rows if row.remark == "tied")
