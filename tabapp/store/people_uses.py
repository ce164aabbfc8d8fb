"""Where somebody stands in draws, ballots and breaks, and what else hangs on a record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import Select, Table, distinct, func, literal, select

from tabapp.domain.registration import Kind
from tabapp.store import schema
from tabapp.store.blockers import references
from tabapp.store.people_rows import TABLES
from tabapp.store.unit import ReadUnit

HOLDS: Mapping[str, str] = MappingProxyType({
    "debate_side": "draw", "panel_member": "draw", "debate": "draw", "speech": "ballot",
    "ballot_sheet": "ballot", "debate_override": "draw", "preformed_panel_member": "panel",
    "feedback": "feedback", "break_team": "break",
})
"""Tables that keep whoever they name from being deleted, and what that is called."""


def uses(unit: ReadUnit, kind: Kind, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return where records are in use, as (what, which): draw of Round 2, break of Open …"""
    table = TABLES[kind]
    found: dict[int, dict[tuple[str, str], None]] = defaultdict(dict)
    for child, column in references(table):
        if child.name in HOLDS:
            for record, where in unit.fetch(_where_used(child, column, ids)):
                found[record][HOLDS[child.name], where or ""] = None
    return {record: list(places) for record, places in found.items()}


def _where_used(child: Table, column: str, ids: Iterable[int]) -> Select[Any]:
    """Select record and name of the round, or of the category, in order of the rounds."""
    who = child.c[column]
    if child is schema.break_team:
        category = schema.break_category
        return (
            select(who, category.c.name)
            .join(category, category.c.id == child.c.break_category_id)
            .where(who.in_(ids)).order_by(category.c.seq)
        )
    if child is schema.feedback:
        return select(who, literal("")).where(who.in_(ids))
    debate, round_ = schema.debate, schema.round_
    query = select(who, round_.c.name)
    if child is schema.speech:
        query = (
            query.join(schema.ballot_sheet, schema.ballot_sheet.c.id == child.c.ballot_sheet_id)
            .join(schema.ballot, schema.ballot.c.id == schema.ballot_sheet.c.ballot_id)
            .join(debate, debate.c.id == schema.ballot.c.debate_id)
        )
    elif child is schema.ballot_sheet:
        query = query.join(schema.ballot, schema.ballot.c.id == child.c.ballot_id).join(
            debate, debate.c.id == schema.ballot.c.debate_id)
    elif child is schema.preformed_panel_member:
        panel = schema.preformed_panel
        query = query.join(panel, panel.c.id == child.c.preformed_panel_id)
        return query.join(round_, round_.c.id == panel.c.round_id).where(who.in_(ids)).order_by(
            round_.c.seq)
    elif child is schema.debate_override:
        query = query.join(debate, debate.c.id == child.c.debate_id)
    rounds = debate.c.round_id if "round_id" not in child.c else child.c.round_id
    return query.join(round_, round_.c.id == rounds).where(who.in_(ids)).order_by(round_.c.seq)


def members(unit: ReadUnit, institution_ids: Sequence[int]) -> dict[int, Counter[str]]:
    """Return how many teams and adjudicators each institution has."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for table in (schema.team, schema.adjudicator):
        home = table.c.institution_id
        for place, number in unit.fetch(
            select(home, func.count()).where(home.in_(institution_ids)).group_by(home)
        ):
            found[place][table.name] = number
    return found


def hanging(unit: ReadUnit, kind: Kind, ids: Sequence[int]) -> Counter[str]:
    """Count what goes when records are deleted: speakers, conflicts, wishes for rooms, members."""
    counts: Counter[str] = Counter()
    for child, column in references(TABLES[kind]):
        what = _HANGS.get(child.name)
        if child.name == "speaker_speaker_category" and kind == "speaker_category":
            what = "speaker"
        if child.name == "venue_venue_category" and kind == "venue_category":
            what = "venue"
        if what is not None:
            counts[what] += unit.scalar(
                select(func.count(distinct(child.c.id))).where(child.c[column].in_(ids))) or 0
    return +counts


_HANGS: Mapping[str, str] = MappingProxyType({
    "speaker": "speaker", "team_institution_conflict": "conflict",
    "team_team_conflict": "conflict", "adjudicator_team_conflict": "conflict",
    "adjudicator_institution_conflict": "conflict",
    "adjudicator_adjudicator_conflict": "conflict", "venue_constraint": "constraint",
})
