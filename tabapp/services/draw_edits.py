"""Editing a draw by hand: two teams change places, and the record says so."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from tabapp.core.errors import UserError
from tabapp.core.messages import word
from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.draw import explain, quality_of
from tabapp.domain.draw.swaps import SwapPrice
from tabapp.domain.side_names import two_side_names
from tabapp.domain.types import Check, Draw, DrawnDebate, DrawQuality
from tabapp.services.draw_sheet import DrawSheet
from tabapp.store.draw_rows import draw_record, update_round
from tabapp.store.sheet_rows import reseat
from tabapp.store.unit import WriteUnit

BY_HAND = "edited by hand"


@dataclass(frozen=True, slots=True)
class EditedDraw:
    """A swap that is worked out and not yet stored."""

    sheet: DrawSheet
    price: SwapPrice
    rooms: tuple[int, ...]
    """Numbers of the rooms that change."""
    debates: tuple[DrawnDebate, ...]
    why: tuple[tuple[str, ...], ...]
    quality: DrawQuality
    audit: tuple[Check, ...]


def check_editable(sheet: DrawSheet) -> None:
    """Refuse to edit a draw that is not there, or that the hall has seen."""
    if not sheet.rooms or sheet.book is None:
        raise UserError("round_not_drawn", round=sheet.title, seq=sheet.round.seq)
    if sheet.round.status == "released":
        raise UserError("draw_is_released", round=sheet.title)
    if sheet.round.completed:
        raise UserError("round_is_completed", round=sheet.title)


def swap_teams(sheet: DrawSheet, one: str, other: str) -> EditedDraw:
    """Work out the draw in which two teams have changed places; it may break rules of the draw.

    Refused: a released draw, a room with a ballot, a team that is not drawn, the same team twice.
    """
    check_editable(sheet)
    book = sheet.book
    assert book is not None  # check_editable
    for team in (one, other):
        if team not in book.seats:
            raise UserError("team_not_drawn", team=book.name(team), round=sheet.title)
    if one == other:
        raise UserError("swap_with_itself", team=book.name(one))
    rooms = tuple(sorted({book.seats[one].room, book.seats[other].room}))
    for number in rooms:
        if sheet.rooms[number].ballots:
            raise UserError("swap_has_ballots", room=sheet.rooms[number].name)
    debates = book.swapped(one, other)
    by_hand = word("swap_by_hand", {"team": book.name(one), "other": book.name(other)})
    seed = sheet.certificate.seed
    reasons = explain(
        Draw(debates, seed or 0, DrawQuality(), ""), book.snapshot,
        side_names=two_side_names(sheet.owner.settings.side_names),
    ) if book.priced else ()
    optimum = None
    if book.by_pairs and book.keeps_brackets(one, other):
        optimum = sheet.quality.pairing_cost_optimum  # the same matchings, so the same optimum
    return EditedDraw(
        sheet=sheet, price=book.price(one, other), rooms=rooms, debates=debates,
        why=tuple(
            reasons[number] if reasons else (*sheet.rooms[number].why, by_hand)
            for number in rooms),
        quality=quality_of(debates, book.snapshot, optimum=optimum, seed=seed or 0)
        if book.priced else DrawQuality(),
        audit=() if sheet.is_elimination else audit_draw(book.snapshot, debates, seed=seed),
    )


def store_swap(unit: WriteUnit, edited: EditedDraw) -> None:
    """Store a swap and note it in the record of the draw.

    The unit is opened with ``expected=edited.sheet.revision``, so that nothing has moved since it
    was worked out.
    """
    sheet, price = edited.sheet, edited.price
    book = sheet.book
    assert book is not None  # swap_teams
    reseat(
        unit, sheet.owner.id,
        [(sheet.rooms[number].id, book.debates[number]) for number in edited.rooms],
        [(edited.debates[number], why)
         for number, why in zip(edited.rooms, edited.why, strict=True)])
    record = dict(draw_record(unit, sheet.round.id) or {})
    edits = record.get("edits")
    record["edits"] = [*(edits if isinstance(edits, list) else []), _noted(unit, edited)]
    if book.priced:
        record["quality"] = asdict(edited.quality)
    record["audit"] = (
        _elimination_audit(edited, record) if sheet.is_elimination
        else [finding_by_hand(one) for one in edited.audit])
    update_round(unit, sheet.round.id, draw_record=record)
    unit.describe(
        subject=f"{book.name(price.one)} and {book.name(price.other)} in {sheet.title}")


def _noted(unit: WriteUnit, edited: EditedDraw) -> dict[str, Any]:
    price = edited.price
    return {
        "what": "swap", "teams": [price.one, price.other], "at": unit.header.at,
        "by": unit.header.actor, "change": price.change,
    }


def _elimination_audit(edited: EditedDraw, record: dict[str, Any]) -> list[Any]:
    """Return the findings of before: sides are by lot, but a place in the tree was earned."""
    before = record.get("audit")
    kept = list(before) if isinstance(before, list) else []
    if edited.price.legal:
        return kept
    line = edited.price.lines[0].sentence
    return [*kept, {
        "name": "places in the bracket", "status": "unclear", "detail": f"{line} ({BY_HAND})"}]


def finding_by_hand(one: Check) -> dict[str, str]:
    """Say what an edit differs in from the rules; that is no failure of the program."""
    status, detail = one.status, one.detail
    if status == "failed":
        status, detail = "unclear", f"{detail} ({BY_HAND})"
    return {"name": one.name, "status": status, "detail": detail}
