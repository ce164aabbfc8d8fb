"""What is asked about a sheet once and never forbidden: unusual marks, and a paper that differs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from tabapp.core.errors import Problem
from tabapp.domain.ballots.paper import DECIMALS
from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.services.ballot_fields import (
    Asks,
    SheetForm,
    key_of,
    number,
    position_of,
    side_of,
    whole,
)
from tabapp.services.ballot_sheet import text_of
from tabapp.services.ballot_typed import Typed, mark_of, ranks_of, running

FAR = 1 / 6
"""How far, as a part of the range, a mark may lie off the speaker's mean without a question.

Between 50 and 99 that is eight marks. A mean of one round says little, so less would ask often.
"""
_MUCH = 0.7
"""How much nearer, as a part of ``FAR``, two marks lie to each other's records if swapped."""
_USUAL_SHARE = 2 / 3
"""The middle part of the range in which marks of a speaker without any are usual."""
_SWAPPABLE = 2
_TWO = 2
ASKED_WHEN_SAVED = frozenset({"ranks_not_typed"})
"""Codes of what is only missing while somebody is on the way to it."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something to look at twice, on whose sheet, and what is kept of it as an answer."""

    ref: str
    problem: Problem
    answer: str


def questions_of_sheets(form: SheetForm, sheets: dict[str, Typed]) -> list[Question]:
    """List what should be looked at twice, sheet by sheet, without what was answered for."""
    found: list[Question] = []
    for ref, typed in sheets.items():
        asked = list(_questions(form, typed))
        if ref == form.sheet_refs[0]:  # who spoke is the same on every sheet
            asked += _reply_questions(form, typed)
        for problem, answer in asked:
            if answer not in typed.kept:
                where = f"{ref}/{problem.where}" if ref else problem.where
                found.append(Question(ref, replace(problem, where=where), answer))
    return found


def _questions(form: SheetForm, typed: Typed) -> Iterator[tuple[Problem, str]]:
    if form.asks is not Asks.SCORES:
        return
    for seat in form.seats:
        if seat.side.value not in typed.forfeits:
            keys = [key_of(seat.side, position) for position in form.positions]
            yield from _mark_questions(form, typed, keys)
    yield from _paper_questions(form, typed)
    yield from _rank_questions(form, typed)


def _mark_questions(
    form: SheetForm, typed: Typed, keys: list[str]
) -> Iterator[tuple[Problem, str]]:
    """Yield what is unusual among the marks of one side; swapped ones are one question."""
    asked: set[str] = set()
    for one, other in combinations(keys, _SWAPPABLE):
        if _look_swapped(form, typed, one, other) and not asked & {one, other}:
            asked |= {one, other}
            marks = [text_of(mark_of(form, typed, key)) for key in (one, other)]
            yield Problem.of(
                "warning", one, "scores_swapped", first=marks[0], second=marks[1],
                speaker=form.name(typed.speakers.get(one)),
                other=form.name(typed.speakers.get(other)),
            ), f"{one}={marks[0]},{other}={marks[1]}"
    for key in keys:
        mark = _allowed(form, typed, key)
        if mark is None or key in asked or not _is_far(form, typed, key, mark):
            continue
        text = text_of(mark)
        facts = {"score": text, "speaker": form.name(typed.speakers.get(key))}
        turned = _turned(form, typed, key, mark)
        found = Problem.of("warning", key, "score_unusual", **facts)
        if turned:
            found = Problem.of("warning", key, "score_turned", **facts, turned=turned)
        yield found, f"{key}={text}"


def _allowed(form: SheetForm, typed: Typed, key: str) -> float | None:
    """Return the mark of a speech where it can be one; of others the field says enough."""
    mark, limits = mark_of(form, typed, key), form.limits(position_of(key))
    return mark if mark is not None and limits.low <= mark <= limits.high else None


def _record(form: SheetForm, typed: Typed, key: str) -> float | None:
    """Return the mean of whoever gives a substantive speech."""
    if position_of(key) > form.settings.substantive_speakers:
        return None
    return form.means.get(typed.speakers.get(key, ""))


def _is_far(form: SheetForm, typed: Typed, key: str, mark: float) -> bool:
    """Tell whether a mark lies off the record, or without one out of the middle of the range."""
    limits, mean = form.limits(position_of(key)), _record(form, typed, key)
    width = limits.high - limits.low
    if mean is None:
        return abs(mark - (limits.low + limits.high) / 2) > width / 2 * _USUAL_SHARE
    return abs(mark - mean) > width * FAR


def _look_swapped(form: SheetForm, typed: Typed, one: str, other: str) -> bool:
    """Tell whether two marks each fit the other speaker's record, and much better."""
    a, b = _allowed(form, typed, one), _allowed(form, typed, other)
    mean_a, mean_b = _record(form, typed, one), _record(form, typed, other)
    if a is None or b is None or mean_a is None or mean_b is None:
        return False
    limits = form.limits(position_of(one))
    far = (limits.high - limits.low) * FAR
    pairs = ((abs(a - mean_a), abs(a - mean_b)), (abs(b - mean_b), abs(b - mean_a)))
    return all(swapped <= far and now - swapped >= far * _MUCH for now, swapped in pairs)


def _turned(form: SheetForm, typed: Typed, key: str, mark: float) -> str:
    """Return a mark with its two digits turned round where that one fits, "" else."""
    digits = text_of(mark)
    typed_so = form.keys_of_marks(key) == [key]
    if not typed_so or len(digits) != _SWAPPABLE or not digits.isdecimal() or digits[1] == "0":
        return ""
    turned, limits = float(digits[::-1]), form.limits(position_of(key))
    fits = limits.low <= turned <= limits.high and limits.allows(turned)
    return text_of(turned) if fits and not _is_far(form, typed, key, turned) else ""


def _paper_questions(form: SheetForm, typed: Typed) -> Iterator[tuple[Problem, str]]:
    """Yield where the paper says another total or place than its marks make."""
    stands, places = running(form, typed), _places(form, typed)
    for seat in form.seats:
        side = seat.side.value
        name = side_short(seat.side, form.settings.side_names)
        text = typed.paper.get(side, "").strip()
        paper = number(text)
        if paper is not None and seat.side in stands.complete:
            total = stands.totals[seat.side]
            if round(paper - total, DECIMALS):
                yield Problem.of(
                    "warning", f"{side}.paper", "paper_total_differs", paper=text_of(paper),
                    side=name, total=f"{total:g}",
                ), f"{side}.paper={text_of(paper)}/{text_of(total)}"
        place = whole(typed.paper_places.get(side, ""))
        now = places.get(seat.side)
        if place is not None and now is not None and place != now:
            yield Problem.of(
                "warning", f"{side}.paper_place", "paper_place_differs", paper=place,
                side=name, place=now,
            ), f"{side}.paper_place={place}/{now}"


def _rank_questions(form: SheetForm, typed: Typed) -> Iterator[tuple[Problem, str]]:
    """Yield that no speech has a rank, once every mark is there to be ranked by."""
    standing = len(form.seats) - len(typed.forfeits)
    keys = [key for key in form.ranked_keys if side_of(key) not in typed.forfeits]
    if keys and standing >= _TWO and not running(form, typed).to_go and not ranks_of(form, typed):
        yield Problem.of("warning", f"{keys[0]}.rank", "ranks_not_typed"), "ranks="


def _reply_questions(form: SheetForm, typed: Typed) -> Iterator[tuple[Problem, str]]:
    """Yield who gives the reply after the last speech, which some circuits allow."""
    last = form.settings.substantive_speakers
    if form.asks is not Asks.SCORES or last + 1 not in form.positions:
        return
    for seat in form.seats:
        reply = key_of(seat.side, last + 1)
        speaker = typed.speakers.get(reply)
        if speaker and seat.side.value not in typed.forfeits and (
            speaker == typed.speakers.get(key_of(seat.side, last))
        ):  # fmt: skip
            yield Problem.of(
                "warning", f"{reply}.speaker", "reply_by_last", speaker=form.name(speaker),
                team=seat.name), f"{reply}.speaker={speaker}"


def _places(form: SheetForm, typed: Typed) -> dict[Side, int]:
    """Return the places that the sheet gives, once they are clear."""
    declared = form.settings.winners_in_ballots in ("tied-points", "low-points")
    if len(form.seats) == 2 and declared:
        if len(typed.winners) != 1:
            return {}
        return {seat.side: 1 if seat.side.value in typed.winners else 2 for seat in form.seats}
    stands = running(form, typed)
    standing = len(form.seats) - len(typed.forfeits)
    clear = len(stands.complete) == standing == len(set(stands.places.values()))
    return stands.places if clear else {}
