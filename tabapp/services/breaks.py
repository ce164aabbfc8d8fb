"""Who breaks: reading what it needs, qualifying, storing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.breaks import BreakCategory, BreakList, TieRule, qualify
from tabapp.domain.standings import needs_speeches
from tabapp.domain.types import ResultData
from tabapp.store import topics
from tabapp.store.break_rows import (
    read_breaking,
    read_categories,
    read_remarks,
    replace_breaks,
)
from tabapp.store.result_reads import read_results
from tabapp.store.tournaments import TournamentRow
from tabapp.store.unit import ReadUnit, WriteUnit

TOPICS = (topics.RESULTS, topics.ROUNDS, topics.PEOPLE, topics.SETTINGS, topics.BREAK)
"""What a break is made from."""


@dataclass(frozen=True, slots=True)
class BreakInput:
    """What a break is made from; ``settled`` says who breaks by the stored lists."""

    owner: TournamentRow
    data: ResultData
    categories: tuple[BreakCategory, ...]
    remarks: Mapping[str, Mapping[str, str]]
    settled: Mapping[str, frozenset[str]]


def read_input(unit: ReadUnit, owner: TournamentRow) -> BreakInput:
    """Read results, categories, the remarks that people gave, and who breaks as of now."""
    categories = tuple(read_categories(unit, owner.id))
    if not categories:
        raise UserError("no_break_category")
    precedence = owner.settings.team_standings_precedence
    return BreakInput(
        owner=owner, data=read_results(unit, owner, speeches=needs_speeches(precedence)),
        categories=categories, remarks=read_remarks(unit, owner.id),
        settled=read_breaking(unit, owner.id),
    )


def compute(
    found: BreakInput, *, category: str | None = None, ties: TieRule | None = None,
    seed: int | None = None,
) -> tuple[BreakList, ...]:
    """Qualify teams; ties at the line are treated as the tournament's setting says by default.

    A seed without a choice means that nobody can be asked: the lot decides. One ``category``
    alone leaves the stored breaks of the others as they are.
    """
    settings = found.owner.settings
    chosen: TieRule = ties or (
        "lot" if seed is not None and settings.break_ties == "ask" else settings.break_ties
    )
    return qualify(
        found.data, found.categories, metrics=settings.team_standings_precedence, ties=chosen,
        seed=seed, remarks=found.remarks, settled=found.settled,
        two_team=settings.teams_in_debate == 2, only=category,
    )


def store(unit: WriteUnit, owner: TournamentRow, lists: Sequence[BreakList]) -> None:
    """Keep break lists in place of the earlier ones of their categories."""
    replace_breaks(unit, owner.id, lists)


def as_json(lists: Sequence[BreakList]) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``break``."""
    return {
        "categories": [
            {
                "slug": one.category, "rule": one.rule, "size": one.size,
                "rows": [
                    {"team": row.team, "rank": row.rank, "break_rank": row.break_rank,
                     "remark": row.remark, "reason": one.reasons.get(row.team, "")}
                    for row in one.rows
                ],
                "note": one.note,
            }
            for one in lists
        ]
    }
