"""Codes in rows: who has which, the tournament's four digits, and the codes of what is gone."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table, or_, select

from tabapp.domain.barcodes import KINDS, Kind
from tabapp.store import schema
from tabapp.store.unit import ReadUnit, WriteUnit

TAG = "barcode_tag"
"""The key of the tournament's four digits in what is kept beside its columns."""
COUNTER = "barcode "
"""With the row id of a tournament, the name under which its codes are counted."""
_KNOWN = "codes known "
"""The same for the codes of which this file knows; no restored copy takes that over."""
_LINE = 1_000_000
"""Where the count of each line begins."""
_TABLES: Mapping[Kind, Table] = {
    "debate": schema.debate, "adjudicator": schema.adjudicator, "speaker": schema.speaker,
    "venue": schema.venue,
}


@dataclass(frozen=True, slots=True)
class CodedRow:
    """Something that has a code, or could have one. ``name`` of a debate is its room."""

    kind: Kind
    id: int
    ref: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class GoneDebate:
    """A debate that was deleted, as the journal knows it: its round, room and teams."""

    round_id: int
    venue_id: int | None
    teams: frozenset[int]


@dataclass(frozen=True, slots=True)
class SeatedDebate:
    """A debate of a round as it is now, by the rows of its room and its teams."""

    room: str
    venue_id: int | None
    teams: frozenset[int]


def read_tags(unit: ReadUnit) -> dict[int, tuple[object, str, str]]:
    """Return tournament -> what it has for its four digits, its name, when it was made."""
    table = schema.tournament
    return {
        row.id: (row.extra.get(TAG), row.name, row.created_at)
        for row in unit.rows(
            select(table.c.id, table.c.name, table.c.created_at, table.c.extra)
            .order_by(table.c.id))
    }


def keep_tag(unit: WriteUnit, tournament: int, tag: str) -> None:
    """Keep the four digits of a tournament."""
    table = schema.tournament
    extra = unit.scalar(select(table.c.extra).where(table.c.id == tournament))
    unit.update(table, {tournament: {"extra": {**extra, TAG: tag}}})


def read_codes(
    unit: ReadUnit, tournament: int, kinds: Sequence[Kind] = KINDS
) -> list[CodedRow]:
    """Return everything of these kinds, also what has no code yet."""
    found = []
    for kind in kinds:
        table, venue = _TABLES[kind], schema.venue
        query = select(table.c.id, table.c.ref, table.c.barcode)
        query = query.add_columns(venue.c.name).outerjoin(
            venue, venue.c.id == table.c.venue_id) if kind == "debate" else query.add_columns(
                table.c.name)
        found += [
            CodedRow(kind, row_id, ref, name or "", code)
            for row_id, ref, code, name in unit.fetch(
                query.where(table.c.tournament_id == tournament).order_by(table.c.id))]
    return found


def write_codes(unit: WriteUnit, kind: Kind, codes: Mapping[int, str]) -> None:
    """Give rows their codes."""
    unit.update(_TABLES[kind], {row: {"barcode": code} for row, code in codes.items()})


def known_to_journal(unit: ReadUnit, codes: Collection[str]) -> set[str]:
    """Return those of the codes that anything ever had, whatever became of it."""
    before, after = (
        column["barcode"].as_string() for column in (schema.change.c.before, schema.change.c.after))
    wanted = sorted(codes)
    rows = unit.fetch(
        select(before, after)
        .where(
            schema.change.c.table_name.in_([one.name for one in _TABLES.values()]),
            or_(before.in_(wanted), after.in_(wanted))))
    return {code for row in rows for code in row if code in set(wanted)}


def code_line(unit: WriteUnit, tournament: int, count: int) -> int:
    """Count codes that are about to be given; return the line of the file's life, 0 the first.

    A copy that came in the place of a file is told how many codes were given there
    (``keep_counting``), but not which: it then begins a line of its own.
    """
    counter, known = f"{COUNTER}{tournament}", f"{_KNOWN}{tournament}"
    reached, remembered = (unit.ids.take(one, 0).start for one in (counter, known))
    if reached != remembered:
        reached = (reached // _LINE + 1) * _LINE
    for one in (counter, known):
        unit.ids.seen(one, [reached + count - 1])
    return reached // _LINE


def debates_of_journal(
    unit: ReadUnit, tournament: int, code: str
) -> tuple[list[int], GoneDebate | None]:
    """Return the debates that ever had a code, newest first, and the newest as it was last."""
    change = schema.change
    before, after = change.c.before, change.c.after
    rows = unit.rows(
        select(change.c.row_id, before, after)
        .where(
            change.c.table_name == schema.debate.name,
            or_(before["barcode"].as_string() == code, after["barcode"].as_string() == code))
        .order_by(change.c.action_id.desc(), change.c.n.desc()))
    images = [
        (row.row_id, image) for row in rows
        if (image := row.before if row.after is None else row.after) is not None
        and image.get("tournament_id") == tournament]
    if not images:
        return [], None
    row_id, image = images[0]
    return list(dict.fromkeys(one for one, _image in images)), GoneDebate(
        image["round_id"], image["venue_id"], _teams_of_gone(unit, row_id))


def _teams_of_gone(unit: ReadUnit, debate_id: int) -> frozenset[int]:
    """Return who stood in a debate when its last side was taken away."""
    change = schema.change
    rows = unit.rows(
        select(change.c.action_id, change.c.before)
        .where(
            change.c.table_name == schema.debate_side.name, change.c.after.is_(None),
            change.c.before["debate_id"].as_integer() == debate_id)
        .order_by(change.c.action_id.desc()))
    return frozenset(
        row.before["team_id"] for row in rows if row.action_id == rows[0].action_id)


def round_now(unit: ReadUnit, round_id: int) -> tuple[str, list[SeatedDebate]] | None:
    """Return the name of a round and its debates, None where it is gone."""
    round_, debate, side, venue = (
        schema.round_, schema.debate, schema.debate_side, schema.venue)
    head = unit.one(select(round_.c.name, round_.c.seq).where(round_.c.id == round_id))
    if head is None:
        return None
    teams: dict[int, set[int]] = {}
    for debate_id, team in unit.fetch(
        select(side.c.debate_id, side.c.team_id).where(side.c.round_id == round_id)
    ):
        teams.setdefault(debate_id, set()).add(team)
    return head.name or f"Round {head.seq}", [
        SeatedDebate(name or ref, venue_id, frozenset(teams.get(row_id, ())))
        for row_id, ref, venue_id, name in unit.fetch(
            select(debate.c.id, debate.c.ref, debate.c.venue_id, venue.c.name)
            .outerjoin(venue, venue.c.id == debate.c.venue_id)
            .where(debate.c.round_id == round_id).order_by(debate.c.room_rank, debate.c.id))]


def venue_name(unit: ReadUnit, venue_id: int | None) -> str:
    """Return what a room is called, "" where there is none."""
    found = unit.scalar(select(schema.venue.c.name).where(schema.venue.c.id == venue_id))
    return found or ""
