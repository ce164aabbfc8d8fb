"""Reads a JSON list of ballots as somebody hands them in for entry."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from tabapp.core.errors import Problem, UserError
from tabapp.domain.archive import Ballot
from tabapp.exchange.strict_json import parse_json


class GivenBallot(Ballot):
    """A ballot in the archive's shape, with the round and the debate that it is for."""

    round: int
    debate: str


def read_ballot_list(path: Path) -> tuple[list[GivenBallot], list[Problem]]:
    """Return the ballots of a file and everything that is wrong with its form.

    Raises ``UserError("file_unreadable")``.
    """
    try:
        document, problems = parse_json(path.read_bytes())
    except OSError as error:
        raise UserError(
            "file_unreadable", file=path, reason=error.strerror or str(error)) from error
    if problems:
        return [], problems
    ballots = []
    for number, item in enumerate(document if isinstance(document, list) else [document], start=1):
        try:
            ballots.append(GivenBallot.model_validate(item))
        except ValidationError as error:
            problems += [
                Problem.of(
                    "error", ": ".join((f"ballot {number}", *map(str, one["loc"]))),
                    "ballot_malformed", reason=one["msg"].rstrip("."),
                )
                for one in error.errors()
            ]
    return ballots, problems
