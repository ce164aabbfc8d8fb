"""Break categories and the break lists that were made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row, func, select

from tabapp.domain.breaks import (
    ELIGIBLE,
    BreakCategory,
    BreakList,
    Lots,
    Remark,
    is_personal,
)
from tabapp.domain.types import Stage
from tabapp.store import schema
from tabapp.store.refs import Refs
from tabapp.store.unit import ReadUnit, WriteUnit

BY_HAND, WORDS, LET_IN = "by_hand", "words", "let_in"
"""Keys beside a stored row: a person gave its remark, and said why. Archives carry them along.

``by_hand`` is false where a team is out because it was withdrawn from the tournament; ``let_in``
stands where a person freed the team from the minimum of rounds, whatever became of it.
"""
ASIDE = "aside"
"""Key beside the lots of a break: the teams whose preferences could not be followed."""
MADE_FROM = "made_from"
"""Key beside the lots of a break: what it was made from, see ``services.break_seal``."""


@dataclass(frozen=True, slots=True)
class HandRemark:
    """What a person decided about a team, and why in their own words."""

    remark: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One team of a stored break; ``said`` is what a person decided about it."""

    team: str
    rank: int | None
    break_rank: int | None
    remark: str | None
    reason: str
    said: HandRemark | None


@dataclass(frozen=True, slots=True)
class StoredBreak:
    """The break of one category as it was made; rows in the order in which they were stored."""

    rows: tuple[StoredRow, ...]
    lots: Lots | None

    @property
    def out(self) -> dict[str, HandRemark]:
        """Team -> why it does not play: a person's word, or withdrawn from the tournament."""
        withdrawn = {
            row.team: HandRemark(row.remark) for row in self.rows
            if row.remark == Remark.WITHDRAWN}
        return {**withdrawn, **self.said}

    @property
    def breaking(self) -> frozenset[str]:
        """The teams that play."""
        return frozenset(self.ranks)

    @property
    def ranks(self) -> dict[str, int]:
        """Team -> break rank of the teams that play."""
        return {row.team: row.break_rank for row in self.rows if row.break_rank is not None}

    @property
    def tied(self) -> tuple[str, ...]:
        """The teams level at the line about which nobody has decided."""
        return tuple(row.team for row in self.rows if row.remark == "tied")

    @property
    def said(self) -> dict[str, HandRemark]:
        """Team -> what a person decided about it."""
        return {row.team: row.said for row in self.rows if row.said is not None}


def read_categories(unit: ReadUnit, tournament_id: int) -> list[BreakCategory]:
    """Return the break categories of a tournament."""
    table = schema.break_category
    return [
        BreakCategory(
            slug=row.slug, name=row.name, size=row.size, reserve_size=row.reserve_size,
            rule=row.rule, priority=row.priority, general=row.general, seq=row.seq,
        )
        for row in unit.rows(
            select(table).where(table.c.tournament_id == tournament_id)
            .order_by(table.c.seq, table.c.id)
        )
    ]


def withdrawn_teams(unit: ReadUnit, tournament_id: int) -> frozenset[str]:
    """Return the teams that were withdrawn from the tournament."""
    team = schema.team
    return frozenset(ref for (ref,) in unit.fetch(
        select(team.c.ref).where(team.c.tournament_id == tournament_id, team.c.withdrawn)))


def institution_names(unit: ReadUnit, tournament_id: int) -> dict[str, str]:
    """Return what each institution is called, by its id."""
    table = schema.institution
    return dict(unit.fetch(
        select(table.c.ref, table.c.name).where(table.c.tournament_id == tournament_id)))


def forfeited_rounds(unit: ReadUnit, tournament_id: int) -> dict[str, int]:
    """Return how many preliminary debates teams forfeited themselves, those with any."""
    result, team, round_, debate = (
        schema.result_team, schema.team, schema.round_, schema.debate)
    return dict(unit.fetch(
        select(team.c.ref, func.count())
        .join(result, result.c.team_id == team.c.id)
        .join(round_, round_.c.id == result.c.round_id)
        .join(debate, debate.c.id == result.c.debate_id)
        .where(team.c.tournament_id == tournament_id, result.c.forfeit,
               round_.c.stage == Stage.PRELIMINARY.value, debate.c.status != "postponed")
        .group_by(team.c.ref)))


def read_breaks(unit: ReadUnit, tournament_id: int) -> dict[str, StoredBreak]:
    """Return category slug -> its break, of the categories whose break was made."""
    category, listed, lots, team = (
        schema.break_category, schema.break_team, schema.break_lots, schema.team)
    drawn = {
        row.slug: _lots(row) for row in unit.rows(
            select(category.c.slug, lots.c.lots)
            .join(category, category.c.id == lots.c.break_category_id)
            .where(category.c.tournament_id == tournament_id))
    }
    rows: dict[str, list[StoredRow]] = defaultdict(list)
    for row in unit.rows(
        select(
            category.c.slug, team.c.ref, listed.c.rank, listed.c.break_rank, listed.c.remark,
            listed.c.reason, listed.c.extra,
        )
        .join(category, category.c.id == listed.c.break_category_id)
        .join(team, team.c.id == listed.c.team_id)
        .where(category.c.tournament_id == tournament_id).order_by(listed.c.id)
    ):
        rows[row.slug].append(StoredRow(
            team=row.ref, rank=row.rank, break_rank=row.break_rank, remark=row.remark,
            reason=row.reason, said=_said(row, drawn.get(row.slug))))
    return {
        slug: StoredBreak(tuple(rows.get(slug, ())), drawn.get(slug))
        for slug in {**drawn, **rows}
    }


def _lots(row: Row[Any]) -> Lots | None:
    return Lots(row.lots.get("seed"), tuple(row.lots["order"])) if row.lots else None


def _said(row: Row[Any], lots: Lots | None) -> HandRemark | None:
    if row.extra.get(LET_IN) is True:
        return HandRemark(ELIGIBLE, str(row.extra.get(WORDS, "")))
    by_hand = row.remark is not None and row.extra.get(BY_HAND) is True
    if row.extra.get(BY_HAND) is False:
        return None
    if not by_hand and not is_personal(row.remark, row.ref, lots.order if lots else ()):
        return None
    return HandRemark(row.remark, str(row.extra.get(WORDS, "")))


def replace_breaks(
    unit: WriteUnit, tournament_id: int, lists: Sequence[BreakList],
    said: Mapping[str, Mapping[str, HandRemark]], made_from: Mapping[str, Any],
) -> None:
    """Store break lists, with the remarks on teams below the line, in place of those there.

    ``said`` is what people decided: category slug -> team -> remark. ``made_from`` is kept with
    each list, by category slug. A list that comes out as it is stored keeps its rows, so that a
    break made again for nothing leaves no action to undo.
    """
    teams = Refs.load(unit, tournament_id, "team")
    category = schema.break_category
    ids = dict(unit.fetch(
        select(category.c.slug, category.c.id).where(category.c.tournament_id == tournament_id)))
    for one in lists:
        category_id = ids[one.category]
        by_hand = said.get(one.category, {})
        _put_lots(unit, category_id, {
            "seed": one.lots.seed if one.lots else None,
            "lots": asdict(one.lots) | {"order": list(one.lots.order)} if one.lots else None,
            "extra": {
                MADE_FROM: made_from[one.category],
                **({ASIDE: sorted(one.aside)} if one.aside else {})},
        })
        _put_rows(unit, category_id, [
            {
                "team_id": teams.id("team", row.team),
                "rank": row.rank, "break_rank": row.break_rank, "remark": row.remark,
                "reason": one.reasons.get(row.team, ""),
                "extra": _beside(by_hand.get(row.team), row.remark),
            }
            for row in (*one.rows, *one.unlisted)
        ])


def _put_lots(unit: WriteUnit, category_id: int, values: Mapping[str, Any]) -> None:
    table = schema.break_lots
    stored = unit.scalar(select(table.c.id).where(table.c.break_category_id == category_id))
    if stored is None:
        unit.insert(table, [{"break_category_id": category_id, **values}])
    else:
        unit.update(table, {stored: values})


def _put_rows(unit: WriteUnit, category_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    table = schema.break_team
    stored = [dict(row._mapping) for row in unit.rows(
        select(table).where(table.c.break_category_id == category_id).order_by(table.c.id))]
    wanted = [{"break_category_id": category_id, **row} for row in rows]
    old = [one.pop("id") for one in stored]
    if stored != wanted:
        unit.delete(table, old)
        unit.insert(table, wanted)


def _beside(said: HandRemark | None, remark: str | None) -> dict[str, Any]:
    if said is None and remark == Remark.WITHDRAWN:
        return {BY_HAND: False}
    if said is not None and said.remark == ELIGIBLE:
        return {LET_IN: True, WORDS: said.words} if said.words else {LET_IN: True}
    if said is None or said.remark != remark:
        return {}
    return {BY_HAND: True, WORDS: said.words} if said.words else {BY_HAND: True}
