"""A ballot's sheet as it is typed: the texts that a sheet makes, and the sheet that texts make.

The fields that there are stand in ``ballot_fields``, the texts in ``ballot_typed``, what keys do to
them in ``ballot_turns``; all of it is told on from here. A whole room is a ``Bundle``.
"""

from __future__ import annotations

from collections.abc import Sequence

from tabapp.domain.archive import Sheet, SideSheet, Speech
from tabapp.services.ballot_fields import (
    Asks,
    JudgeSeat,
    Limits,
    Seat,
    SheetForm,
    asked,
    key_of,
    number,
    position_of,
    side_of,
    whole,
)
from tabapp.services.ballot_turns import (
    choose_speaker,
    follow_marks,
    has_pair,
    swap_speakers,
    turn_iron_person,
    turn_winner,
    veto,
)
from tabapp.services.ballot_typed import Running, Typed, blank, mark_of, ranks_of, running

__all__ = [
    "Asks", "JudgeSeat", "Limits", "Running", "Seat", "SheetForm", "Typed", "asked",
    "blank", "choose_speaker", "fill_sheet", "follow_marks", "has_pair", "key_of",
    "mark_of", "number", "position_of", "ranks_of",
    "running", "sheet_of", "side_of", "swap_speakers", "text_of",
    "turn_iron_person", "turn_winner", "veto", "whole",
]  # fmt: skip


def text_of(value: float | None) -> str:
    """Write a number as somebody types it, so that it is read as the same number."""
    if value is None:
        return ""
    text = repr(float(value))
    return f"{value:.12f}".rstrip("0").rstrip(".") if "e" in text else text.removesuffix(".0")


def fill_sheet(form: SheetForm, made: Typed, sheet: Sheet) -> None:
    """Type what a stored sheet says."""
    made.winners = list(sheet.winners or ())
    made.places = {side: str(place) for side, place in (sheet.ranks or {}).items()}
    for part in sheet.sides:
        for one in part.speeches:
            _fill_speech(form, made, f"{part.side}.{one.position}", one)
    given = {
        f"{part.side}.{one.position}": one.rank
        for part in sheet.sides for one in part.speeches if one.rank is not None}
    made.rank_order = sorted(given, key=given.__getitem__)
    follows = ranks_of(form, made)
    # what follows from the marks goes on to follow them when one is corrected
    made.ranks = {key: str(rank) for key, rank in given.items() if (
        key in form.ranked_keys and follows.get(key) != str(rank))}


def _fill_speech(form: SheetForm, made: Typed, key: str, one: Speech) -> None:
    made.scores[key] = text_of(one.score)
    by_criterion = form.criterion_keys(one.position)
    for criterion in by_criterion:
        if criterion in one.criteria:
            made.criteria[f"{key}.{criterion}"] = text_of(one.criteria[criterion])
    made.speakers.pop(key, None)
    if one.speaker is not None:
        made.speakers[key] = one.speaker
    if one.substitute_for is not None:
        made.substitutes[key] = one.substitute_for
    if one.ghost:
        made.ghosts.append(key)


def sheet_of(
    form: SheetForm, typed: Typed, old: Sheet, motion: str | None, judge: str = ""
) -> Sheet:
    """Return the sheet that texts make; ``old`` is the one that is corrected."""
    sides = []
    for seat in form.seats:
        if seat.side.value in typed.forfeits or form.asks is not Asks.SCORES:
            continue
        speeches = _speeches(form, typed, seat, old)
        if speeches:
            sides.append(SideSheet(side=seat.side.value, speeches=speeches))
    ranks = None
    if form.asks is Asks.PLACES:
        places = {side: whole(text) for side, text in typed.places.items()}
        ranks = {side: place for side, place in places.items() if (
            place is not None and side not in typed.forfeits)}
    update = {
        "adjudicator": judge or None, "sides": sides, "ranks": ranks,
        "winners": in_order(form, typed.winners) if form.asks_winners else None,
    }
    # what an old sheet repeats of its room must not contradict it
    room = {"motion": motion, "forfeit": in_order(form, typed.forfeits)}
    return old.model_copy(update=update | {
        name: value for name, value in room.items() if name in (old.model_extra or {})})


def in_order(form: SheetForm, sides: Sequence[str]) -> list[str]:
    """Return sides in speaking order."""
    return [seat.side.value for seat in form.seats if seat.side.value in sides]


def _speeches(form: SheetForm, typed: Typed, seat: Seat, old: Sheet) -> list[Speech]:
    """Return the speeches of a side; none of a team that stood alone and was not marked."""
    keys = [key_of(seat.side, position) for position in form.positions]
    alone = typed.forfeits and len(typed.forfeits) >= len(form.seats) - 1
    if alone and all(mark_of(form, typed, key) is None for key in keys):
        return []
    before = {
        one.position: one for part in old.sides if part.side == seat.side.value
        for one in part.speeches}
    ranks = ranks_of(form, typed)
    return [
        _speech(form, typed, key, before.get(position_of(key)), ranks.get(key, ""))
        for key in keys]


def _speech(form: SheetForm, typed: Typed, key: str, old: Speech | None, rank: str) -> Speech:
    position, score = position_of(key), mark_of(form, typed, key)
    old = old if old is not None else Speech(position=position)
    asked_for = form.criterion_keys(position)
    criteria = {one: mark for one in asked_for if (
        mark := number(typed.criteria.get(f"{key}.{one}", ""))) is not None}
    if not asked_for and old.score == score:
        criteria = old.criteria  # a reply that was marked by criterion keeps its marks
    return old.model_copy(update={
        "speaker": typed.speakers.get(key), "score": score, "criteria": criteria,
        "ghost": key in typed.ghosts, "substitute_for": typed.substitutes.get(key),
        "rank": whole(rank) if form.asks_ranks else old.rank,
    })
