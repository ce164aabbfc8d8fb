"""One ballot paper: marks, totals, its winner, its places (rules.md, section 3)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.reference.document import setting
from tests.reference.exact import Doc, exact

DECLARED_STANDS = ("tied-points", "low-points")
"""Under these rules the declared winner is the winner; otherwise it must agree with the marks."""


def speeches(sheet: Doc, side: str) -> list[Doc]:
    """Return what a sheet says of the speeches of a side."""
    for part in sheet.get("sides") or []:
        if part["side"] == side:
            return list(part.get("speeches") or [])
    return []


def mark(doc: Doc, speech: Doc) -> Fraction | None:
    """Return the score of a speech: the weighted criteria where they are all marked."""
    criteria = doc["tournament"].get("criteria") or []
    marks = {ref: exact(score) for ref, score in (speech.get("criteria") or {}).items()}
    if not criteria or any(marks.get(one["id"]) is None for one in criteria):
        return exact(speech.get("score"))
    found = Fraction(0)
    for one in criteria:
        factor, value = exact(one["weight"]), marks[one["id"]]
        assert factor is not None
        assert value is not None
        found += factor * value
    return found


def total(doc: Doc, sheet: Doc, side: str, *, ghosts: bool = True) -> Fraction | None:
    """Sum all speeches of a side, replies included; None where nothing is marked."""
    found = None
    for speech in speeches(sheet, side):
        value = mark(doc, speech)
        if value is not None and (ghosts or not speech.get("ghost")):
            found = value if found is None else found + value
    return found


def winner_of_two(doc: Doc, sheet: Doc, sides: list[str]) -> str | None:
    """Return the side that one sheet puts first, None where it does not say."""
    declared: str | None = (sheet.get("winners") or [None])[0]
    one, other = (total(doc, sheet, side) for side in sides)
    if one is None or other is None:
        return declared
    if declared is not None and setting(doc, "winners_in_ballots") in DECLARED_STANDS:
        return declared
    if round(one - other, 6) == 0:
        return declared
    return sides[0] if one > other else sides[1]


def places_of_four(
    doc: Doc, sheet: Doc, sides: list[str], forfeit: list[str]
) -> dict[str, int | None]:
    """Return the place of each side: order of totals, or as announced; forfeits are last.

    Nobody is placed where nothing is marked or announced.
    """
    stood = [side for side in sides if side not in forfeit]
    told: dict[str, Any] = dict(sheet.get("ranks") or {})
    value: dict[str, Any]
    if told:
        value = {side: -told[side] if side in told else None for side in stood}
    else:
        value = {side: total(doc, sheet, side) for side in stood}
    places: dict[str, int | None] = dict.fromkeys(forfeit, len(sides))
    for side in stood:
        better = [o for o in stood if is_better(value[o], value[side])]
        if told and not forfeit:
            places[side] = told.get(side)
        elif all(one is None for one in value.values()) or (told and side not in told):
            places[side] = None
        else:
            places[side] = 1 + len(better)
    return places


def is_better(one: Any, other: Any) -> bool:
    """Compare two totals to 1e-6; one that is missing is last."""
    if one is None:
        return False
    return other is None or round(one, 6) > round(other, 6)
