"""Papers that come to the ballot desk: marking one as received, by its code or by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tabapp.core.errors import UserError
from tabapp.domain.types import Side
from tabapp.services.barcodes import find_code
from tabapp.store.check_in_rows import (
    insert_receipt,
    receipt_ids,
    receipt_of_debate,
    receipts_of_round,
    undo_receipts,
)
from tabapp.store.desk_reads import RoomRow, RoundHead, papers_missing, read_room, read_round_head
from tabapp.store.times import from_text
from tabapp.store.unit import ReadUnit, WriteUnit

Outcome = Literal["received", "again", "entered"]
"""Of a paper: it is marked now, it was marked before, or its ballot is entered already."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came of a paper. ``at`` and ``by``: when it was marked, and by whom, if ever.

    ``left``: sheets of its round that are out still, of rooms without any entry.
    """

    debate_id: int
    ref: str
    room: str
    round_id: int
    round: str
    outcome: Outcome
    at: datetime | None
    by: str
    left: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A score sheet by its code."""

    debate_id: int
    ref: str
    room: str


@dataclass(frozen=True, slots=True)
class _Found:
    round: RoundHead
    row: RoomRow

    @property
    def facts(self) -> dict[str, str]:
        """Return room and round as sentences name them."""
        return {
            "room": self.row.room or self.row.ref,
            "round": self.round.name or f"Round {self.round.seq}"}

    @property
    def is_entered(self) -> bool:
        """Claim that somebody entered a ballot of this room, confirmed or not."""
        return any(one.status in ("draft", "confirmed") for one in self.row.versions)


def find_paper(unit: ReadUnit, tournament: int, text: str) -> Paper:
    """Return the sheet that a code of ten or six digits belongs to.

    ``UserError`` as ``find_code`` raises it, and ``code_is_badge`` or ``code_is_sign``.
    """
    found = find_code(unit, tournament, text)
    if found.kind == "venue":
        raise UserError("code_is_sign", text=text.strip(), name=found.name)
    if found.kind != "debate":
        raise UserError("code_is_badge", text=text.strip(), name=found.name)
    return Paper(found.id, found.ref, found.name)


def receive(unit: WriteUnit, tournament: int, debate_id: int) -> Receipt:
    """Mark the paper of a debate as received, by who writes; nothing is written twice.

    ``UserError`` for a bye, a postponed room and a round whose draw is not out.
    """
    found = _find(unit, debate_id)
    facts = found.facts
    if found.row.teams and found.row.teams[0][0] is Side.BYE:
        raise UserError("paper_of_bye", name=found.row.teams[0][1], round=facts["round"])
    if found.row.status == "postponed":
        raise UserError("paper_of_postponed", **facts)
    if found.round.status != "released":
        raise UserError("paper_not_out", **facts)
    unit.describe(subject=f"{facts['room']}, {facts['round']}")
    before = receipt_of_debate(unit, debate_id)
    at, by = (before.at, before.by) if before is not None else (None, "")
    outcome: Outcome = "entered" if found.is_entered else "again"
    if before is None and not found.is_entered:
        outcome, at, by = "received", from_text(unit.header.at), unit.header.actor
        insert_receipt(unit, tournament, found.row.barcode or found.row.ref, at, by)
    return Receipt(
        debate_id, found.row.ref, facts["room"], found.round.id, facts["round"], outcome, at, by,
        count_out(unit, found.round.id))


def receive_code(unit: WriteUnit, tournament: int, text: str) -> Receipt:
    """Mark the paper as received whose code was scanned, or typed."""
    return receive(unit, tournament, find_paper(unit, tournament, text).debate_id)


def take_back(unit: WriteUnit, tournament: int, debate_id: int) -> str:
    """Let a paper be out again that was marked by mistake; return the name of its room.

    The check-in stays in the file as one that was taken back.
    """
    found = _find(unit, debate_id)
    facts = found.facts
    if found.is_entered:
        raise UserError("paper_entered", room=facts["room"])
    if receipt_of_debate(unit, debate_id) is None:
        raise UserError("paper_not_received", room=facts["room"])
    undo_receipts(unit, receipt_ids(unit, tournament, (found.row.ref, found.row.barcode)))
    unit.describe(subject=f"{facts['room']}, {facts['round']}")
    return facts["room"]


def count_out(unit: ReadUnit, round_id: int) -> int:
    """Return how many sheets of a round are with the judges still."""
    return len(papers_missing(unit, round_id) - receipts_of_round(unit, round_id).keys())


def _find(unit: ReadUnit, debate_id: int) -> _Found:
    found = read_room(unit, debate_id)
    head = read_round_head(unit, found[0]) if found is not None else None
    if found is None or head is None:
        raise UserError("debate_unknown", debate=debate_id)
    return _Found(head, found[1])
