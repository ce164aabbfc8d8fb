"""A call of a job, checked before anything is queued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import Problem
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.ports import Json
from tabapp.jobs.spec import AnySpec


@dataclass(frozen=True, slots=True)
class Request:
    """A valid call: the values for the function, their JSON form, title and dedup key."""

    spec: AnySpec
    values: Mapping[str, Any]
    params: Mapping[str, Json]
    tournament: int | None
    submitted_by: str
    title: str
    dedup: str


def prepare(
    spec: AnySpec,
    given: Mapping[str, object],
    *,
    tournament: int | None,
    submitted_by: str,
    text: bool = False,
) -> Request:
    """Check a call and return it; ``JobValidationError`` lists everything that is wrong.

    With ``text`` the values are what a person typed.
    """
    problems: list[Problem] = []
    values: dict[str, Any] = {}
    try:
        if text:
            typed = {name: str(value) for name, value in given.items()}
            values = spec.parameters.validate_text(typed)
        else:
            values = spec.parameters.validate(given)
    except JobValidationError as error:
        problems.extend(error.problems)
    if spec.lock == "tournament" and tournament is None:
        problems.append(
            Problem.of("error", spec.name, "job_needs_tournament", job=spec.name)
        )
    if problems:
        raise JobValidationError("job_params_invalid", problems=problems, job=spec.name)
    return _request(spec, values, spec.parameters.dump(values), tournament, submitted_by)


def reload(
    spec: AnySpec, params: Mapping[str, Json], *, tournament: int | None, submitted_by: str
) -> Request:
    """Return the call of a stored run; ``JobValidationError`` when the job has changed since."""
    values = spec.parameters.load(params)
    return _request(spec, values, params, tournament, submitted_by)


def _request(
    spec: AnySpec,
    values: Mapping[str, Any],
    params: Mapping[str, Json],
    tournament: int | None,
    submitted_by: str,
) -> Request:
    facts = {**params, "tournament": tournament}
    return Request(
        spec, values, params, tournament, submitted_by,
        title=spec.title_of(facts), dedup=spec.dedup_key(tournament, facts),
    )
