"""A call of a job, checked before anything is queued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import Problem
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.ports import Json, RunRecord
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
    about: str = "",
    text: bool = False,
) -> Request:
    """Check a call and return it; ``JobValidationError`` lists everything that is wrong.

    ``about`` completes the title, as in "Draw: Round 3". With ``text`` the values are what a
    person typed.
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
    params = spec.parameters.dump(values)
    facts = {**params, "tournament": tournament}
    title = spec.title_of(facts)
    return Request(
        spec, values, params, tournament, submitted_by,
        title=f"{title}: {about}" if about else title, dedup=spec.dedup_key(tournament, facts),
    )


def reload(spec: AnySpec, record: RunRecord) -> Request:
    """Return the call of a stored run; ``JobValidationError`` when the job has changed since."""
    facts = {**record.params, "tournament": record.tournament}
    return Request(
        spec, spec.parameters.load(record.params), record.params, record.tournament,
        record.submitted_by, title=record.title,
        dedup=spec.dedup_key(record.tournament, facts),
    )
