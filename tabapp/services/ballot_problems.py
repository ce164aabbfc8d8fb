"""What is wrong with a ballot while it is typed: each at its field, in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterator

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import check_ballot
from tabapp.domain.ballots.paper import DECIMALS
from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.services.ballot_sheet import (
    Asks,
    Seat,
    SheetForm,
    Typed,
    ballot_of,
    key_of,
    number,
    running,
)

FAR = 1 / 6
"""How far, as a part of the range, a mark may lie off the speaker's mean without a question.

Between 50 and 99 that is eight marks. A mean of one round says little, so less would ask often.
"""
_USUAL_SHARE = 2 / 3
"""The middle part of the range in which marks of a speaker without any are usual."""
_NUMBERS = {4: "four", 6: "six", 8: "eight"}


def problems_of(
    form: SheetForm, typed: Typed, *, complete: bool = False, at: str = "",
    base: Ballot | None = None,
) -> list[Problem]:
    """List what is wrong with what is typed, each with the key of its field.

    Until somebody wants to save (``complete``), nothing is said of what is only missing; nothing
    ever of the field ``at``, which is being typed. ``where`` is ``og.1``, ``og.1.speaker``,
    ``og.paper``, ``order`` (ties), ``winners``, ``places``, ``motion`` or "".
    """
    found: list[Problem] = []
    if form.asks is Asks.SCORES:
        found += _field_problems(form, typed, complete)
    places = {f"{form.context.id} {side.value} speech {position}": key_of(side, position)
              for side, _team in form.context.sides for position in form.positions}
    checked = check_ballot(ballot_of(form, typed, base), form.context, form.settings)
    for one in checked:
        found += _at_field(one, form, typed, places.get(one.where, ""), complete)
    if any(one.code == "tied_totals" for one in checked):
        found += _ties(form, typed)
    if complete and form.asks_motion and typed.motion is None:
        found.append(Problem.of("error", "motion", "motion_missing"))
    return [one for one in found if one.where != at or not at]


def _field_problems(form: SheetForm, typed: Typed, complete: bool) -> Iterator[Problem]:
    """Yield what is wrong with single marks and totals, in the words of the desk."""
    for seat in form.seats:
        if seat.side.value in typed.forfeits:
            continue
        for position in form.positions:
            yield from _mark_problems(form, typed, seat, position, complete)
        yield from _paper_problems(form, typed, seat)


def _mark_problems(
    form: SheetForm, typed: Typed, seat: Seat, position: int, complete: bool
) -> Iterator[Problem]:
    key = key_of(seat.side, position)
    text, limits = typed.scores.get(key, "").strip(), form.limits(position)
    low, high = f"{limits.low:g}", f"{limits.high:g}"
    score = number(text)
    if not text:
        if complete:
            yield Problem.of(
                "error", key, "score_wanted", speaker=form.name(typed.speakers.get(key)),
                low=low, high=high)
    elif score is None:
        yield Problem.of("error", key, "score_not_a_number", text=text, low=low, high=high)
    elif score > limits.high:
        yield Problem.of("error", key, "score_above", score=text, low=low, high=high)
    elif score < limits.low:
        yield Problem.of("error", key, "score_below", score=text, low=low, high=high)
    elif not limits.allows(score):
        below = limits.low + limits.step * ((score - limits.low) // limits.step)
        yield Problem.of(
            "error", key, "score_between_steps", score=text, lower=f"{below:g}",
            upper=f"{min(below + limits.step, limits.high):g}")


def _paper_problems(form: SheetForm, typed: Typed, seat: Seat) -> Iterator[Problem]:
    key = f"{seat.side.value}.paper"
    text = typed.paper.get(seat.side.value, "").strip()
    if not text:
        return
    paper = number(text)
    stands = running(form, typed)
    if paper is None:
        yield Problem.of("error", key, "paper_total_not_a_number", text=text)
    elif seat.side in stands.complete and round(paper - stands.totals[seat.side], DECIMALS):
        yield Problem.of(
            "error", key, "paper_total_differs", paper=text,
            side=side_short(seat.side, form.settings.side_names),
            total=f"{stands.totals[seat.side]:g}")


def _ties(form: SheetForm, typed: Typed) -> Iterator[Problem]:
    """Yield the sides that are level, as sentence 7 of the words has it."""
    stands = running(form, typed)
    level: dict[float, list[Side]] = {}
    for seat in form.seats:
        if seat.side in stands.complete:
            level.setdefault(stands.totals[seat.side], []).append(seat.side)
    for total, sides in level.items():
        if len(sides) > 1:
            names = [side_short(side, form.settings.side_names) for side in sides]
            both = "both" if len(sides) == 2 else "all"
            count = len(sides) * len(form.positions)
            yield Problem.of(
                "error", "order", "totals_level", total=f"{total:g}",
                sides=f"{', '.join(names[:-1])} and {names[-1]} {both}",
                format="BP" if form.settings.is_bp else "This format",
                count=_NUMBERS.get(count, str(count)))


def unusual_marks(form: SheetForm, typed: Typed) -> list[Problem]:
    """List the marks that somebody should look at twice, without those that were answered for.

    Far from the speaker's mean so far; without one, out of the middle of the range. It never says
    what the earlier marks were.
    """
    found: list[Problem] = []
    if form.asks is not Asks.SCORES:
        return found
    for key in form.keys:
        text = typed.scores.get(key, "").strip()
        score, position = number(text), int(key.rpartition(".")[2])
        limits = form.limits(position)
        allowed = score is not None and limits.low <= score <= limits.high
        if not allowed or score is None or f"{key}={text}" in typed.kept:
            continue
        middle, far = (limits.low + limits.high) / 2, (limits.high - limits.low) / 2
        mean = form.means.get(typed.speakers.get(key, ""))
        if position > form.settings.substantive_speakers or mean is None:
            mean, far = middle, far * _USUAL_SHARE
        else:
            far = (limits.high - limits.low) * FAR
        if abs(score - mean) > far:
            found.append(Problem.of(
                "warning", key, "score_unusual", score=text,
                speaker=form.name(typed.speakers.get(key))))
    return found


_SAID_AT_THE_FIELD = frozenset({
    "score_missing", "score_out_of_range", "score_off_step", "tied_totals"})
_OF_SPEAKERS = frozenset({
    "speaker_missing", "speaker_unknown", "speaker_not_in_team", "substitute_for_stranger",
    "speaker_twice", "ghost_alone", "reply_by_last_speaker", "reply_without_speech",
})


def _at_field(
    one: Problem, form: SheetForm, typed: Typed, key: str, complete: bool
) -> Iterator[Problem]:
    """Put a finding of the domain to its field, in the words of the desk."""
    if one.code in _SAID_AT_THE_FIELD or (one.code == "side_missing" and not complete):
        return
    if one.code in _OF_SPEAKERS:
        if complete or one.code != "speaker_missing":
            yield Problem(one.level, f"{key}.speaker", one.code, one.message)
    elif one.code in ("winner_missing", "wrong_number_advancing"):
        if complete or len(typed.winners) > form.context.advancing:
            yield Problem.of(
                "error", "winners", "advancing_wrong", count=len(typed.winners),
                needed=form.context.advancing)
    elif one.code == "winner_not_highest":
        totals, ticked = running(form, typed).totals, Side(typed.winners[0])
        yield Problem.of(
            "error", "winners", "winner_lower", total=f"{totals[ticked]:g}",
            best=f"{max(totals.values()):g}",
            side=side_short(ticked, form.settings.side_names))
    elif one.code == "speech_ranks_missing" and not complete:
        return
    elif one.code in ("ranks_missing", "ranks_wrong", "rank_out_of_range"):
        if complete:
            yield Problem.of("error", "places", "places_wrong", last=len(form.seats))
    else:
        yield Problem(one.level, "", one.code, one.message)
