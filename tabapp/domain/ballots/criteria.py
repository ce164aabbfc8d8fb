"""Marks by criterion: what they add up to, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot, Criterion, Sheet, Speech
from tabapp.domain.ballots.values import DebateContext

TOLERANCE = 1e-6
"""Marks this near to a step, a bound or a sum are on it."""

_DECIMALS = 9  # sums of weighted marks carry noise of computers behind these

Criteria = Mapping[str, Criterion]
"""The scoring criteria of a tournament by id."""


def criteria_sum(speech: Speech, criteria: Criteria) -> float | None:
    """Add up the marks of a speech, each with its criterion's weight (rules.md, section 3).

    None where one of the criteria has no mark, or there are none: then the entered score counts.
    """
    if not criteria or not criteria.keys() <= speech.criteria.keys():
        return None
    return round(
        sum(one.weight * speech.criteria[name] for name, one in criteria.items()), _DECIMALS)


def with_sum(speech: Speech, criteria: Criteria) -> Speech:
    """Return the speech with the score that counts: what its criteria make, or the entered one."""
    total = criteria_sum(speech, criteria)
    return speech if total is None else speech.model_copy(update={"score": total})


def fill_sums(ballot: Ballot, criteria: Criteria) -> Ballot:
    """Return the ballot with the sum as the score of each speech that has marks and no score."""
    return ballot if not criteria else ballot.model_copy(update={"sheets": [
        sheet.model_copy(update={"sides": [
            side.model_copy(update={"speeches": [
                with_sum(one, criteria) if one.score is None else one for one in side.speeches]})
            for side in sheet.sides
        ]})
        for sheet in ballot.sheets
    ]})


def has_marks(speech: Speech, criteria: Criteria) -> bool:
    """Whether any of the criteria has a mark."""
    return not criteria.keys().isdisjoint(speech.criteria)


def check_criteria(sheet: Sheet, debate: DebateContext) -> Iterator[Problem]:
    """Yield what is wrong with the marks of one sheet by criterion.

    A speech without any is marked as a whole. A score that says other than its criteria is told,
    since one of the two was written down wrong; the criteria count.
    """
    if not debate.criteria:
        return
    for part in sheet.sides:
        for speech in part.speeches:
            if has_marks(speech, debate.criteria):
                yield from _check_speech(speech, part.side, debate)


def _check_speech(speech: Speech, side: str, debate: DebateContext) -> Iterator[Problem]:
    where = debate.speech(side, speech.position)
    facts = {
        "debate": debate.id, "side": side, "position": speech.position,
        "speaker": debate.name(speech.speaker or "?"),
    }  # fmt: skip
    missing = [one.name or name for name, one in debate.criteria.items()
               if name not in speech.criteria]  # fmt: skip
    if missing:
        yield Problem.of("error", where, "criteria_missing", **facts, missing=" and ".join(missing))
    for name, one in debate.criteria.items():
        if (mark := speech.criteria.get(name)) is None:
            continue
        told = {**facts, "criterion": one.name or name, "mark": f"{mark:g}"}
        if mark < _or(one.min, mark) - TOLERANCE or mark > _or(one.max, mark) + TOLERANCE:
            yield Problem.of("error", where, "criterion_out_of_range", **told, range=_range(one))
        elif one.step is not None and not is_on_step(mark, one.min or 0.0, one.step):
            yield Problem.of(
                "error", where, "criterion_off_step", **told, step=f"{one.step:g}",
                low=f"{one.min or 0.0:g}")
    total = criteria_sum(speech, debate.criteria)
    score = speech.score
    if total is not None and score is not None and abs(total - score) > TOLERANCE:
        yield Problem.of(
            "error", where, "score_against_criteria", **facts, score=f"{score:g}",
            total=f"{total:g}")


def _or(bound: float | None, mark: float) -> float:
    return mark if bound is None else bound


def _range(one: Criterion) -> str:
    """Say which marks a criterion takes, one of whose bounds may be open."""
    if one.min is None:
        return f"at most {one.max:g}"
    return f"{one.min:g} or more" if one.max is None else f"{one.min:g} to {one.max:g}"


def is_on_step(mark: float, low: float, step: float) -> bool:
    """Tell whether a mark lies on a step from the lowest; without a step every mark does."""
    if step <= 0:
        return True
    steps = (mark - low) / step
    return abs(steps - round(steps)) <= TOLERANCE
