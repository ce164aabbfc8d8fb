"""Reads a JSON list of ballots as somebody hands them in for entry."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from tabapp.core.errors import Problem
from tabapp.domain.archive import Ballot
from tabapp.exchange.bounded import read_bounded
from tabapp.exchange.findings import Findings
from tabapp.exchange.strict_json import parse_json
from tabapp.exchange.texts import shown
from tabapp.exchange.wrong_values import details_of, expected, locate


class GivenBallot(Ballot):
    """A ballot in the archive's shape, with the round and the debate that it is for."""

    round: int
    debate: str


def read_ballot_list(path: Path) -> tuple[list[GivenBallot], list[Problem]]:
    """Return the ballots of a file and everything that is wrong with its form.

    Raises what ``read_bounded`` raises.
    """
    document, problems = parse_json(read_bounded(path))
    if problems:
        return [], problems
    found = Findings()
    ballots = []
    for number, item in enumerate(document if isinstance(document, list) else [document], start=1):
        try:
            ballots.append(GivenBallot.model_validate(item))
        except ValidationError as error:
            _note(error, item, f"ballot {number}", found)
    return ballots, found.listed()


def _note(error: ValidationError, item: object, where: str, found: Findings) -> None:
    for detail in details_of(error, found):
        place = locate(item, detail["loc"])
        if detail["type"] == "missing":
            reason = f"{place} is missing"
        else:
            value = shown(detail["input"])
            reason = f"{place or 'it'} is {value} where {expected(detail)} is wanted"
        found.add(
            Problem.of(
                "error", ": ".join(filter(None, (where, place))), "ballot_malformed", reason=reason
            )
        )
