"""Ballots between their document shape and their rows; the only place that knows both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select

from tabapp.domain.archive import Ballot, Sheet, SideSheet, Speech
from tabapp.store.refs import Refs
from tabapp.store.schema import ballot, ballot_sheet, ballot_veto, debate, speech
from tabapp.store.unit import ReadUnit, WriteUnit

BALLOT_COLUMNS = (
    "version", "status", "forfeit", "comment", "reason", "entered_by", "confirmed_by",
)


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
    unit: ReadUnit, refs: Refs, where: ColumnElement[bool]
) -> dict[int, list[tuple[int, Ballot]]]:
    """Return debate id -> (ballot id, ballot) by version, for ballots that fulfil ``where``.

    ``where`` may speak of the tables ``ballot`` and ``debate``; ``refs`` knows speakers, judges
    and motions.
    """
    chosen = select(ballot.c.id).join(debate, debate.c.id == ballot.c.debate_id).where(where)
    heads = unit.rows(
        select(ballot)
        .join(debate, debate.c.id == ballot.c.debate_id)
        .where(where)
        .order_by(ballot.c.debate_id, ballot.c.version)
    )
    sheets = unit.rows(
        select(ballot_sheet)
        .where(ballot_sheet.c.ballot_id.in_(chosen))
        .order_by(ballot_sheet.c.id)
    )
    of_sheet = _read_speeches(unit, refs, chosen)
    vetoes: dict[int, dict[str, str]] = defaultdict(dict)
    for row in unit.rows(select(ballot_veto).where(ballot_veto.c.ballot_id.in_(chosen))):
        vetoes[row.ballot_id][row.side] = refs.ref("motion", row.motion_id)
    of_ballot: dict[int, list[Sheet]] = defaultdict(list)
    for row in sheets:
        of_ballot[row.ballot_id].append(_sheet(row, of_sheet.get(row.id, {}), refs))
    result: dict[int, list[tuple[int, Ballot]]] = defaultdict(list)
    for row in heads:
        item = Ballot(
            **{name: getattr(row, name) for name in BALLOT_COLUMNS},
            motion=refs.maybe_ref("motion", row.motion_id),
            vetoes=vetoes.get(row.id, {}),
            sheets=of_ballot.get(row.id, []),
            **row.extra,
        )
        result[row.debate_id].append((row.id, item))
    return dict(result)


def _read_speeches(
    unit: ReadUnit, refs: Refs, chosen: Any
) -> dict[int, dict[str, list[Speech]]]:
    result: dict[int, dict[str, list[Speech]]] = defaultdict(lambda: defaultdict(list))
    rows = unit.rows(
        select(speech)
        .join(ballot_sheet, ballot_sheet.c.id == speech.c.ballot_sheet_id)
        .where(ballot_sheet.c.ballot_id.in_(chosen))
        .order_by(speech.c.ballot_sheet_id, speech.c.side, speech.c.position)
    )
    for row in rows:
        result[row.ballot_sheet_id][row.side].append(
            Speech(
                position=row.position,
                speaker=refs.maybe_ref("speaker", row.speaker_id),
                score=row.score, ghost=row.ghost, rank=row.rank, criteria=row.criteria,
                substitute_for=refs.maybe_ref("speaker", row.substitute_for_id),
                **row.extra,
            )
        )
    return result


def _sheet(row: Any, speeches: dict[str, list[Speech]], refs: Refs) -> Sheet:
    return Sheet(
        adjudicator=refs.maybe_ref("adjudicator", row.adjudicator_id),
        winners=row.winners,
        ranks=row.ranks,
        sides=[SideSheet(**entry, speeches=speeches.get(entry["side"], [])) for entry in
               row.side_list],
        **row.extra,
    )


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
