"""What is wrong with a sheet while it is typed: each at its field, in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import ballot_findings
from tabapp.domain.side_names import side_short
from tabapp.domain.types import Side
from tabapp.services.ballot_fields import (
    Asks,
    Limits,
    Seat,
    SheetForm,
    key_of,
    number,
    position_of,
    whole,
)
from tabapp.services.ballot_typed import Typed, mark_of, ranks_of, running
from tabapp.services.ballot_words import at_the_desk

_NUMBERS = {4: "four", 6: "six", 8: "eight"}
_SAID_AT_THE_FIELD = frozenset({
    "score_missing", "score_out_of_range", "score_off_step", "tied_totals",
    "criteria_missing", "criterion_out_of_range", "criterion_off_step",
    "speech_rank_out_of_range", "sheets_differ_in_speakers", "sheets_differ_in_ghosts",
})  # fmt: skip
"""What the fields themselves tell in the words of the desk."""
_NOT_WRONG = frozenset({
    "reply_by_last_speaker", "speech_ranks_missing", "speech_ranks_not_asked"})
"""What is asked about (``ballot_questions``), and ranks that are kept and nobody asks for."""
_ONLY_MISSING = frozenset({
    "side_missing", "speech_rank_missing", "judge_sheet_missing", "speaker_missing",
    "ranks_missing",
})  # fmt: skip
"""What is said once somebody wants to save."""
_OF_SPEAKERS = frozenset({
    "speaker_missing", "speaker_unknown", "speaker_not_in_team", "substitute_for_stranger",
    "speaker_twice", "ghost_alone", "reply_without_speech",
})
_OF_RANKS = frozenset({
    "speech_rank_missing", "speech_rank_twice", "speech_rank_against_score"})


def findings_at_fields(
    form: SheetForm, sheets: dict[str, Typed], ballot: Ballot, *, complete: bool
) -> Iterator[Problem]:
    """Yield what is wrong with the ballot that the sheets make, each at its field."""
    for judge, found in ballot_findings(ballot, form.context, form.settings):
        if found.code in _NOT_WRONG:
            continue
        one = at_the_desk(form, found)
        if judge is None and form.judges:  # what the room has once
            if one.code not in _SAID_AT_THE_FIELD and (complete or one.code not in _ONLY_MISSING):
                yield replace(one, where="")
        elif (judge or "") in sheets:
            ref = judge or ""
            yield from at_sheet(ref, _at_field(one, form, sheets[ref], judge, complete))


def at_sheet(ref: str, found: Iterable[Problem]) -> Iterator[Problem]:
    """Put problems on the sheet of a judge."""
    for one in found:
        yield replace(one, where=f"{ref}/{one.where}") if ref else one


def field_problems(form: SheetForm, typed: Typed, *, complete: bool) -> Iterator[Problem]:
    """Yield what is wrong with single fields of one sheet, in the words of the desk."""
    standing = [seat for seat in form.seats if seat.side.value not in typed.forfeits]
    # the last team standing has won without a debate and needs no marks
    wanted = complete and (len(standing) > 1 or not typed.forfeits)
    if form.asks is Asks.SCORES:
        for seat in standing:
            for position in form.positions:
                yield from _speech_problems(form, typed, key_of(seat.side, position), wanted)
        for seat in standing:
            yield from _paper_problems(typed, seat, len(standing))
        yield from _rank_problems(form, typed, len(standing))
        yield from _ties(form, typed)


def _speech_problems(
    form: SheetForm, typed: Typed, key: str, wanted: bool
) -> Iterator[Problem]:
    """Yield what is wrong with the mark of a speech, or with its marks by criterion."""
    limits = form.limits(position_of(key))
    fields = form.keys_of_marks(key)
    text = typed.scores.get(key, "").strip()
    by_criterion = [typed.criteria.get(one, "").strip() for one in fields if one != key]
    if fields == [key] or (text and not any(by_criterion)):
        found = list(_mark_problems(key, text, limits))
        yield from found
        if not text and wanted:
            yield Problem.of(
                "error", key, "score_wanted", speaker=form.name(typed.speakers.get(key)),
                **_range(limits))
        return
    for field, given in zip(fields, by_criterion, strict=True):
        ref = field.rpartition(".")[2]
        own = form.criterion_limits(ref)
        yield from _mark_problems(field, given, own)
        if not given and wanted:
            yield Problem.of(
                "error", field, "criterion_wanted", speaker=form.name(typed.speakers.get(key)),
                criterion=form.criterion(ref).name or ref, **_range(own))
    total = mark_of(form, typed, key)
    if total is not None and not limits.low <= total <= limits.high:
        yield Problem.of(
            "error", key, "criteria_out_of_range", total=f"{total:g}", **_range(limits))


def _mark_problems(key: str, text: str, limits: Limits) -> Iterator[Problem]:
    score = number(text)
    facts = _range(limits)
    if not text:
        return
    if score is None:
        yield Problem.of("error", key, "score_not_a_number", text=_short(text), **facts)
    elif score > limits.high:
        yield Problem.of("error", key, "score_above", score=_short(text), **facts)
    elif score < limits.low:
        yield Problem.of("error", key, "score_below", score=_short(text), **facts)
    elif not limits.allows(score):
        start = limits.low if limits.low > float("-inf") else 0.0
        below = start + limits.step * ((score - start) // limits.step)
        yield Problem.of(
            "error", key, "score_between_steps", score=_short(text), lower=f"{below:g}",
            upper=f"{min(below + limits.step, limits.high):g}")


def _range(limits: Limits) -> dict[str, str]:
    """Return the facts ``low``, ``high`` and ``range`` of sentences about marks."""
    low, high = f"{limits.low:g}", f"{limits.high:g}"
    said = f"{low} to {high}"
    if limits.low == float("-inf"):
        said = "a number" if limits.high == float("inf") else f"at most {high}"
    elif limits.high == float("inf"):
        said = f"{low} or more"
    return {"low": low, "high": high, "range": said}


def _short(text: str) -> str:
    """Return a text so that a sentence can hold it."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


_LONGEST = 24


def _paper_problems(typed: Typed, seat: Seat, last: int) -> Iterator[Problem]:
    side = seat.side.value
    total, place = typed.paper.get(side, "").strip(), typed.paper_places.get(side, "").strip()
    if total and number(total) is None:
        yield Problem.of(
            "error", f"{side}.paper", "paper_total_not_a_number", text=_short(total))
    if place and not 1 <= (whole(place) or 0) <= last:
        yield Problem.of(
            "error", f"{side}.paper_place", "paper_place_wrong", text=_short(place), last=last)


def _rank_problems(form: SheetForm, typed: Typed, standing: int) -> Iterator[Problem]:
    last = standing * form.settings.substantive_speakers
    for key, text in ranks_of(form, typed).items():
        if not 1 <= (whole(text) or 0) <= last:
            yield Problem.of("error", f"{key}.rank", "rank_wrong", text=_short(text), last=last)


def _ties(form: SheetForm, typed: Typed) -> Iterator[Problem]:
    """Yield the sides that are level, as sentence 7 of the words has it."""
    rule = form.settings.winners_in_ballots
    if not form.is_contest or (len(form.seats) == 2 and rule in ("tied-points", "low-points")):
        return
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


def _at_field(
    one: Problem, form: SheetForm, typed: Typed, judge: str | None, complete: bool
) -> Iterator[Problem]:
    """Put a finding of the domain to its field, in the words of the desk."""
    if one.code in _SAID_AT_THE_FIELD or (one.code in _ONLY_MISSING and not complete):
        return
    room = form.context.of_judge(judge) if judge else form.context
    key = next((key for key in form.keys if (
        room.speech(key.partition(".")[0], position_of(key)) == one.where)), "")
    standing = len(form.seats) - len(typed.forfeits)
    if one.code in _OF_SPEAKERS:
        yield replace(one, where=f"{key}.speaker")
    elif one.code in _OF_RANKS:
        yield replace(one, where=f"{key}.rank")
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
    elif one.code == "margin_too_large":  # beside what the totals make
        yield replace(one, where="order")
    elif one.code in ("winner_forfeited", "winner_twice"):
        yield replace(one, where="winners")
    elif one.code in ("ranks_missing", "ranks_wrong", "rank_out_of_range"):
        if complete:
            yield Problem.of("error", "places", "places_wrong", last=standing)
    else:
        yield replace(one, where="")
