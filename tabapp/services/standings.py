"""Tables of teams, speakers, replies and judges, on demand and as the cache that screens show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tabapp import __version__
from tabapp.core.errors import UserError
from tabapp.core.revisions import Revision
from tabapp.domain.standings import (
    JUDGE_KEYS,
    REPLY_METRICS,
    adjudicator_standings,
    reply_standings,
    speaker_standings,
    team_standings,
)
from tabapp.domain.types import AdjudicatorInfo, ResultData, Standings
from tabapp.services.events import StandingsUpdated
from tabapp.store.freshness import store_stamp
from tabapp.store.judge_reads import read_adjudicators
from tabapp.store.result_reads import read_results
from tabapp.store.standing_rows import StandingChanges, category_slugs, write_standings
from tabapp.store.tournaments import TournamentRow, list_rounds
from tabapp.store.unit import ReadUnit, WriteUnit

Kind = Literal["teams", "speakers", "replies", "adjudicators"]
CACHE = "standings"
"""The topic of the cached tables themselves."""
KINDS: tuple[Kind, ...] = ("teams", "speakers", "replies", "adjudicators")


@dataclass(frozen=True, slots=True)
class StandingsInput:
    """What tables are made from; read once, computed without a lock."""

    owner: TournamentRow
    data: ResultData
    adjudicators: tuple[AdjudicatorInfo, ...]
    feedback_weight: float
    general: frozenset[str]
    break_slugs: frozenset[str]
    speaker_slugs: frozenset[str]


def read_input(
    unit: ReadUnit, owner: TournamentRow, *, until: int | None = None
) -> StandingsInput:
    """Read everything that the tables of a tournament need; ``until`` is for those of judges."""
    played = [
        one for one in list_rounds(unit, owner.id)
        if one.status != "none" and (until is None or one.seq <= until)]
    slugs = category_slugs(unit, owner.id)
    return StandingsInput(
        owner=owner, data=read_results(unit, owner),
        adjudicators=read_adjudicators(unit, owner.id, until=until),
        feedback_weight=played[-1].feedback_weight if played else 0.0,
        general=slugs.general, break_slugs=slugs.breaks, speaker_slugs=slugs.speakers,
    )


def compute(
    found: StandingsInput,
    kind: Kind,
    *,
    metrics: Sequence[str] | None = None,
    extra: Sequence[str] | None = None,
    until: int | None = None,
    category: str | None = None,
) -> Standings:
    """Make one table; metrics default to the tournament's precedence.

    ``UserError``: ``category_unknown``, ``judges_without_categories``, and those of metrics
    that make no table.
    """
    settings = found.owner.settings
    if kind == "teams":
        _check_category(category, found.break_slugs)
        return team_standings(
            found.data,
            metrics=settings.team_standings_precedence if metrics is None else metrics,
            extra=settings.team_standings_extra_metrics if extra is None else extra,
            until=until, category=None if category in found.general else category,
        )
    if kind == "adjudicators":
        if category is not None:
            raise UserError("judges_without_categories", slug=category)
        return adjudicator_standings(
            found.adjudicators, feedback_weight=found.feedback_weight,
            metrics=JUDGE_KEYS[:1] if metrics is None else metrics,
            extra=JUDGE_KEYS[1:] if extra is None else extra)
    _check_category(category, found.speaker_slugs)
    if kind == "replies":
        return reply_standings(
            found.data, metrics=REPLY_METRICS[:1] if metrics is None else metrics,
            extra=REPLY_METRICS[1:] if extra is None else extra, until=until, category=category,
            missable=settings.standings_missed_replies,
        )
    return speaker_standings(
        found.data,
        metrics=settings.speaker_standings_precedence if metrics is None else metrics,
        extra=settings.speaker_standings_extra_metrics if extra is None else extra,
        until=until, category=category, missable=settings.standings_missed_debates,
    )


def _check_category(category: str | None, known: frozenset[str]) -> None:
    if category is not None and category not in known:
        raise UserError(
            "category_unknown", slug=category, known=", ".join(sorted(known)) or "none")


def as_json(table: Standings) -> dict[str, Any]:
    """Return the shape of ``headless.md``, row ``standings``."""
    return {
        "metrics": list(table.metrics), "extra": list(table.extra),
        "rows": [
            {"id": row.id, "name": row.name, "rank": row.rank, "tied": row.tied,
             "values": dict(row.values)}
            for row in table.rows
        ],
    }


def store(
    unit: WriteUnit, owner: TournamentRow, changes: StandingChanges, rows: int, read: Revision
) -> int:
    """Change the cached tables, which have so many ``rows`` then; return how many changed.

    ``read`` is what they were made from, by which ``freshness`` knows them again.
    """
    write_standings(unit, owner.id, changes)
    store_stamp(unit, read, __version__, rows)
    unit.touch(CACHE, tournament=owner.id)
    unit.emit(StandingsUpdated(owner.id))
    return changes.count
