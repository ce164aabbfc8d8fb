"""Ballots between their document shape and their rows; the only place that knows both.

A ballot is never edited: a correction is a new version, with sheets and speeches of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

from sqlalchemy import ColumnElement, Row, Table, select

from tabapp.domain.archive import Ballot, Criterion, Sheet, SideSheet, Speech
from tabapp.store.images import Image
from tabapp.store.refs import Refs
from tabapp.store.schema import ballot, ballot_sheet, ballot_veto, criterion, debate, speech
from tabapp.store.unit import ReadUnit, WriteUnit

BALLOT_COLUMNS = (
    "version", "status", "forfeit", "comment", "reason", "entered_by", "confirmed_by",
)
PAPER_TABLES: tuple[Table, ...] = (ballot, ballot_sheet, ballot_veto, speech)
"""The tables that a ballot is made of."""

Papers: TypeAlias = Mapping[str, Mapping[int, Image]]
"""Rows of ``PAPER_TABLES`` by table, then by id."""

_HEADS = (
    ballot.join(debate, debate.c.id == ballot.c.debate_id)
    .outerjoin(ballot_sheet, ballot_sheet.c.ballot_id == ballot.c.id)
    .outerjoin(ballot_veto, ballot_veto.c.ballot_id == ballot.c.id)
)


class Names(Protocol):
    """What rows are called in a document."""

    def ref(self, table: str, row_id: int) -> str:
        """Return what a row is called."""
        ...

    def maybe_ref(self, table: str, row_id: int | None) -> str | None:
        """Return what a row is called, None for None."""
        ...


def insert_ballots(
    unit: WriteUnit, items: Sequence[tuple[int, Ballot]], refs: Refs
) -> list[int]:
    """Insert ballots with their sheets, speeches and vetoes; return the ids of the ballots.

    ``items`` pairs the row id of a debate with a ballot. ``refs`` knows speakers, judges and
    motions.
    """
    ids = unit.insert(ballot, [
        {name: getattr(item, name) for name in BALLOT_COLUMNS}
        | {
            "debate_id": debate_id, "motion_id": refs.maybe_id("motion", item.motion),
            "extra": item.model_extra or {},
        }
        for debate_id, item in items
    ])
    vetoes = [
        {"ballot_id": ballot_id, "side": side, "motion_id": refs.id("motion", motion)}
        for ballot_id, (_debate, item) in zip(ids, items, strict=True)
        for side, motion in item.vetoes.items()
    ]
    if vetoes:
        unit.insert(ballot_veto, vetoes)
    sheets = [
        (ballot_id, sheet)
        for ballot_id, (_debate, item) in zip(ids, items, strict=True)
        for sheet in item.sheets
    ]
    if sheets:
        sheet_ids = unit.insert(ballot_sheet, [_sheet_row(row, refs) for row in sheets])
        speeches = [
            _speech_row(sheet_id, side.side, one, refs)
            for sheet_id, (_ballot, sheet) in zip(sheet_ids, sheets, strict=True)
            for side in sheet.sides
            for one in side.speeches
        ]
        if speeches:
            unit.insert(speech, speeches)
    return ids


def _sheet_row(item: tuple[int, Sheet], refs: Refs) -> dict[str, Any]:
    ballot_id, sheet = item
    return {
        "ballot_id": ballot_id,
        "adjudicator_id": refs.maybe_id("adjudicator", sheet.adjudicator),
        "winners": sheet.winners,
        "ranks": sheet.ranks,
        "side_list": [{"side": side.side, **(side.model_extra or {})} for side in sheet.sides],
        "extra": sheet.model_extra or {},
    }


def _speech_row(sheet_id: int, side: str, one: Speech, refs: Refs) -> dict[str, Any]:
    return {
        "ballot_sheet_id": sheet_id, "side": side, "position": one.position,
        "speaker_id": refs.maybe_id("speaker", one.speaker), "score": one.score,
        "ghost": one.ghost, "rank": one.rank, "criteria": one.criteria,
        "substitute_for_id": refs.maybe_id("speaker", one.substitute_for),
        "extra": one.model_extra or {},
    }


def read_ballots(
    unit: ReadUnit, names: Names, where: ColumnElement[bool]
) -> dict[int, list[tuple[int, Ballot]]]:
    """Return debate id -> (ballot id, ballot) by version, for ballots that fulfil ``where``.

    ``where`` may speak of the tables ``ballot`` and ``debate``; ``names`` knows speakers, judges
    and motions.
    """
    return build_ballots(read_papers(unit, where), names)


def read_papers(unit: ReadUnit, where: ColumnElement[bool]) -> Papers:
    """Read all rows of the ballots that fulfil ``where``, speeches in a statement of their own.

    For a whole tournament that is twice as fast as ``read_few_papers``.
    """
    chosen = select(ballot.c.id).join(debate, debate.c.id == ballot.c.debate_id).where(where)
    speeches = (
        select(speech)
        .join(ballot_sheet, ballot_sheet.c.id == speech.c.ballot_sheet_id)
        .where(ballot_sheet.c.ballot_id.in_(chosen))
    )
    heads = select(ballot, ballot_sheet, ballot_veto).select_from(_HEADS).where(where)
    return {
        **_by_table(unit.rows(heads), ballot, ballot_sheet, ballot_veto),
        **_by_table(unit.rows(speeches), speech),
    }


def read_few_papers(unit: ReadUnit, where: ColumnElement[bool]) -> Papers:
    """Read all rows of the ballots that fulfil ``where`` in one statement."""
    joined = _HEADS.outerjoin(speech, speech.c.ballot_sheet_id == ballot_sheet.c.id)
    rows = unit.rows(select(*PAPER_TABLES).select_from(joined).where(where))
    return _by_table(rows, *PAPER_TABLES)


def _by_table(rows: Sequence[Row[Any]], *tables: Table) -> dict[str, dict[int, Image]]:
    """Take apart rows that were joined; a row of one table that came several times is one."""
    found: dict[str, dict[int, Image]] = {}
    start = 0
    for table in tables:
        names = table.c.keys()
        parts = (row[start:start + len(names)] for row in rows)
        images = (dict(zip(names, part, strict=True)) for part in parts)
        found[table.name] = {one["id"]: one for one in images if one["id"] is not None}
        start += len(names)
    return found


def build_ballots(papers: Papers, names: Names) -> dict[int, list[tuple[int, Ballot]]]:
    """Return debate id -> (ballot id, ballot) by version."""
    speeches: dict[tuple[int, str], list[Image]] = defaultdict(list)
    for row in papers[speech.name].values():
        speeches[row["ballot_sheet_id"], row["side"]].append(row)
    sheets: dict[int, list[Sheet]] = defaultdict(list)
    for row_id, row in sorted(papers[ballot_sheet.name].items()):
        sheets[row["ballot_id"]].append(_sheet(row_id, row, speeches, names))
    vetoes: dict[int, dict[str, str]] = defaultdict(dict)
    for row in papers[ballot_veto.name].values():
        vetoes[row["ballot_id"]][row["side"]] = names.ref("motion", row["motion_id"])
    result: dict[int, list[tuple[int, Ballot]]] = defaultdict(list)
    for row_id, row in sorted(papers[ballot.name].items(), key=lambda one: one[1]["version"]):
        result[row["debate_id"]].append((row_id, Ballot(
            **{name: row[name] for name in BALLOT_COLUMNS},
            motion=names.maybe_ref("motion", row["motion_id"]),
            vetoes=vetoes.get(row_id, {}), sheets=sheets.get(row_id, []), **row["extra"],
        )))
    return dict(result)


def _sheet(
    row_id: int, row: Image, speeches: Mapping[tuple[int, str], list[Image]], names: Names
) -> Sheet:
    return Sheet(
        adjudicator=names.maybe_ref("adjudicator", row["adjudicator_id"]),
        winners=row["winners"],
        ranks=row["ranks"],
        sides=[
            SideSheet(**entry, speeches=[
                _speech(one, names) for one in sorted(
                    speeches.get((row_id, entry["side"]), ()), key=lambda one: one["position"])
            ])
            for entry in row["side_list"]
        ],
        **row["extra"],
    )


def _speech(row: Image, names: Names) -> Speech:
    return Speech(
        position=row["position"],
        speaker=names.maybe_ref("speaker", row["speaker_id"]),
        score=row["score"], ghost=row["ghost"], rank=row["rank"], criteria=row["criteria"],
        substitute_for=names.maybe_ref("speaker", row["substitute_for_id"]),
        **row["extra"],
    )


def read_criteria(unit: ReadUnit, tournament_id: int) -> dict[str, Criterion]:
    """Return the scoring criteria of a tournament by archive id."""
    table = criterion.c
    return {
        ref: Criterion(id=ref, name=name, weight=weight, min=low, max=high, step=step)
        for ref, name, weight, low, high, step in unit.fetch(
            select(table.ref, table.name, table.weight, table.min, table.max, table.step)
            .where(table.tournament_id == tournament_id).order_by(table.id))
    }


def delete_ballots(unit: WriteUnit, ballot_ids: Iterable[int]) -> None:
    """Delete ballots with everything that hangs on them."""
    ids = list(ballot_ids)
    if not ids:
        return
    sheets = [row for (row,) in unit.fetch(
        select(ballot_sheet.c.id).where(ballot_sheet.c.ballot_id.in_(ids)))]
    speeches = [row for (row,) in unit.fetch(
        select(speech.c.id).where(speech.c.ballot_sheet_id.in_(sheets)))]
    vetoes = [row for (row,) in unit.fetch(
        select(ballot_veto.c.id).where(ballot_veto.c.ballot_id.in_(ids)))]
    unit.delete(speech, speeches)
    unit.delete(ballot_sheet, sheets)
    unit.delete(ballot_veto, vetoes)
    unit.delete(ballot, ids)
