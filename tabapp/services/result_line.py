"""Where the break stands in a table of teams as it is now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tabapp.domain.breaks import BreakCategory
from tabapp.domain.breaks.preferences import may_break
from tabapp.domain.types import StandingRow, Standings, TeamInfo


@dataclass(frozen=True, slots=True)
class BreakLine:
    """After how many rows of the table the break ends.

    Of ``size`` places, ``open`` are disputed by ``level`` teams that share one rank; both are 0
    where the line parts two ranks. ``after`` is the round, "" for the last one.
    """

    rows: int
    size: int
    level: int = 0
    open: int = 0
    after: str = ""


def break_line(
    table: Standings, categories: Sequence[BreakCategory], teams: Sequence[TeamInfo],
    category: str | None, after: str,
) -> BreakLine | None:
    """Return the line of a category, else of the general one; None where a rule moves it.

    Places go to those of ``teams`` that may break in the category; everybody else stands in the
    table and takes none.
    """
    found = next(
        (one for one in categories
         if (one.general if category is None else one.slug == category)), None)
    if found is None or found.rule != "standard":
        return None
    able = {one.id for one in teams if may_break(one, found)}
    ranked = [row for row in table.rows if row.rank is not None]
    running = [row for row in ranked if row.id in able]
    if not 0 < found.size < len(running):
        return None
    last, first_out = running[found.size - 1], running[found.size]
    if last.rank != first_out.rank:
        return BreakLine(_at(ranked, last) + 1, found.size, after=after)
    sharing = [row for row in running if row.rank == last.rank]
    sure = running.index(sharing[0])
    return BreakLine(
        _at(ranked, sharing[-1]) + 1, found.size, len(sharing), found.size - sure, after)


def _at(rows: Sequence[StandingRow], wanted: StandingRow) -> int:
    return next(i for i, row in enumerate(rows) if row is wanted)
