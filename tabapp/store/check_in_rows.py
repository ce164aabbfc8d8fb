"""Check-ins as rows: when the paper of a debate came in, who saw it, and what was taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from tabapp.store.schema import change, check_in, debate
from tabapp.store.times import readable, to_text
from tabapp.store.unit import ReadUnit, WriteUnit, chunks

_KIND = "debate"


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """The paper of a debate came in: when, and by whose hands."""

    id: int
    debate_id: int
    at: datetime
    by: str


def receipts_of_round(unit: ReadUnit, round_id: int) -> dict[int, ReceiptRow]:
    """Return debate -> when its paper came in first; none for what was taken back."""
    return _receipts(unit, debate.c.round_id == round_id)


def receipt_of_debate(unit: ReadUnit, debate_id: int) -> ReceiptRow | None:
    """Return when the paper of one debate came in, None while it is out."""
    return _receipts(unit, debate.c.id == debate_id).get(debate_id)


def _receipts(unit: ReadUnit, where: ColumnElement[bool]) -> dict[int, ReceiptRow]:
    called: dict[str, int] = {}
    refs: set[str] = set()
    owners: set[int] = set()
    for debate_id, ref, code, owner in unit.fetch(
        select(debate.c.id, debate.c.ref, debate.c.barcode, debate.c.tournament_id).where(where)
    ):
        owners.add(owner)
        refs.add(ref)
        called.update({one: debate_id for one in (ref, code) if one})
    rows = [
        row for part in chunks(sorted(called)) for row in unit.fetch(
            select(check_in.c.id, check_in.c.at, check_in.c.by, check_in.c.subject)
            .where(
                check_in.c.tournament_id.in_(owners), check_in.c.kind == _KIND,
                check_in.c.undone.is_(False), check_in.c.subject.in_(part)))
    ]
    # a code is of one debate for ever, but a new draw calls its debates as the old one did
    doubtful = {row_id: called[subject] for row_id, _at, _by, subject in rows if subject in refs}
    drawn = _first_actions(unit, debate.name, doubtful.values())
    came = _first_actions(unit, check_in.name, doubtful)
    found: dict[int, ReceiptRow] = {}
    for row_id, text, by, subject in sorted(rows, key=lambda row: (row[1], row[0])):
        at, debate_id = readable(text), called[subject]
        of_old_draw = row_id in doubtful and (
            row_id in came and came[row_id] < drawn.get(debate_id, 0))
        if at is not None and not of_old_draw:
            found.setdefault(debate_id, ReceiptRow(row_id, debate_id, at, by))
    return found


def _first_actions(unit: ReadUnit, table: str, ids: Iterable[int]) -> dict[int, int]:
    """Return row -> the action of the journal that added it, where the journal knows."""
    found: dict[int, int] = {}
    for part in chunks(sorted(set(ids))):
        found.update(unit.fetch(
            select(change.c.row_id, func.min(change.c.action_id))
            .where(
                change.c.table_name == table, change.c.row_id.in_(part),
                change.c.before.is_(None))
            .group_by(change.c.row_id)))
    return found


def insert_receipt(
    unit: WriteUnit, tournament_id: int, subject: str, at: datetime, by: str
) -> int:
    """Keep that the paper of a debate came in; ``subject`` is its code, else its archive id."""
    (made,) = unit.insert(check_in, [{
        "tournament_id": tournament_id, "kind": _KIND, "subject": subject, "at": to_text(at),
        "by": by}])
    return made


def undo_receipts(unit: WriteUnit, ids: Iterable[int]) -> None:
    """Keep that these check-ins were taken back."""
    unit.update(check_in, {one: {"undone": True} for one in ids})


def receipt_ids(unit: ReadUnit, tournament_id: int, subjects: Iterable[str]) -> list[int]:
    """Return the check-ins of debates that stand, by what they are called."""
    wanted = [one for one in subjects if one]
    return [row for (row,) in unit.fetch(
        select(check_in.c.id)
        .where(
            check_in.c.tournament_id == tournament_id, check_in.c.kind == _KIND,
            check_in.c.subject.in_(wanted), check_in.c.undone.is_(False))
        .order_by(check_in.c.id))]
