"""Reads a JSON list of ballots as somebody hands them in for entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError, model_validator
from pydantic_core import ErrorDetails

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.exchange.bounded import read_bounded
from tabapp.exchange.findings import MAX_PROBLEMS, Findings
from tabapp.exchange.strict_json import parse_json
from tabapp.exchange.texts import shown_json
from tabapp.exchange.wrong_values import details_of, expected, locate


class GivenBallot(Ballot):
    """A ballot in the archive's shape, with the round and the debate that it is for.

    A name that is null counts as left out: it is not in ``model_fields_set``.
    """

    round: int
    debate: str

    @model_validator(mode="before")
    @classmethod
    def _leave_out_null(cls, given: object) -> object:
        if not isinstance(given, dict):
            return given
        return {
            key: value for key, value in given.items()
            if value is not None or key not in ("entered_by", "confirmed_by")}


@dataclass(frozen=True, slots=True)
class BallotList:
    """What a file holds: ballots by their number in it, from 1, and what is wrong with the others.

    ``problems`` come in the order of the file, each with the number of its ballot; 0 is the file.
    """

    ballots: Sequence[tuple[int, GivenBallot]]
    problems: Sequence[tuple[int, Problem]]


def read_ballot_list(path: Path) -> BallotList:
    """Return the ballots of a file and everything that is wrong with its form.

    A ballot is read more strictly than an archive: no text is a number, no number a yes or a no.
    Numbers are ids all the same, and 2.0 is a whole number. Raises what ``read_bounded`` raises.
    """
    document, problems = parse_json(read_bounded(path))
    if problems:
        return BallotList((), [(0, one) for one in dict.fromkeys(problems)])
    ballots: list[tuple[int, GivenBallot]] = []
    kept: list[tuple[int, Problem]] = []
    more = 0
    for number, item in enumerate(document if isinstance(document, list) else [document], start=1):
        found = _wrong_with(item, f"ballot {number}")
        if not found:
            ballots.append((number, GivenBallot.model_validate(item)))
        space = MAX_PROBLEMS - len(kept)
        kept += [(number, one) for one in found[:space]]
        more += len(found[space:])
    if more:
        kept.append((number, Problem.of("error", "file", "import_more_problems", more=more)))
    return BallotList(ballots, kept)


def _wrong_with(item: object, where: str) -> list[Problem]:
    """Return everything that is wrong with the form of one ballot, each by its place."""
    flood = Findings()
    try:
        GivenBallot.model_validate(item, strict=True)
    except ValidationError as error:
        details = [one for one in details_of(error, flood) if not _is_harmless(one)]
    else:
        return []
    try:
        GivenBallot.model_validate(item)
    except ValidationError as error:
        told = {one["loc"] for one in details}
        details += [one for one in details_of(error, flood) if one["loc"] not in told]
    return flood.listed()[:1] or [_worded(one, item, where) for one in details]


def _worded(detail: ErrorDetails, item: object, where: str) -> Problem:
    place = locate(item, detail["loc"])
    if detail["type"] == "missing":
        reason = f"{place} is missing"
    else:
        value = shown_json(detail["input"])
        reason = f"{place or 'it'} is {value} where {expected(detail)} is wanted"
    return Problem.of(
        "error", ": ".join(filter(None, (where, place))), "ballot_malformed", reason=reason)


def _is_harmless(detail: ErrorDetails) -> bool:
    """Tell whether only the strictest of readers minds: an id as a number, 2.0 for 2."""
    given = detail["input"]
    if detail["type"] == "string_type":
        return isinstance(given, int | float) and not isinstance(given, bool)
    return detail["type"] == "int_type" and isinstance(given, float) and given.is_integer()
