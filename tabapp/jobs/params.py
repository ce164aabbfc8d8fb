"""A job's parameters, validated against its signature before anything is queued."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, ValidationError, create_model

from tabapp.core.errors import Problem
from tabapp.jobs.errors import JobValidationError
from tabapp.jobs.ports import Json

RESERVED = frozenset({"tournament", "submitted_by", "about"})
"""Keywords of ``submit`` itself, which therefore cannot be parameters of a job."""


SMALLEST, LARGEST = -(2**63), 2**63 - 1
"""Bounds of the whole numbers that a database stores."""

LONGEST_SHOWN = 80

_BOUNDS = {
    "greater_than_equal": ("job_param_too_small", "ge"),
    "less_than_equal": ("job_param_too_large", "le"),
    "greater_than": ("job_param_not_above", "gt"),
    "less_than": ("job_param_not_below", "lt"),
}
"""The codes of the bounds that a signature may name, and where pydantic keeps the bound."""


class ParameterSet:
    """The parameters of one job, as a model built from its signature on first use."""

    def __init__(self, job: str, function: Callable[..., object]) -> None:
        self._job = job
        hints = get_type_hints(function, include_extras=True)
        fields: dict[str, Any] = {}
        self.names = parameter_names(function)
        signature = inspect.signature(function).parameters
        for name in self.names:
            default = signature[name].default
            # Prefixed, since a model's own attributes (copy, json) are good names for parameters.
            fields[f"p_{name}"] = (
                hints.get(name, Any),
                Field(
                    default=... if default is inspect.Parameter.empty else default,
                    alias=name,
                    title=name.replace("_", " ").capitalize(),
                ),
            )
        self._model: type[BaseModel] = create_model(
            f"Parameters of {job}", __config__=ConfigDict(extra="forbid"), **fields
        )

    def validate(self, given: Mapping[str, object]) -> dict[str, Any]:
        """Check values that code gave, strictly: text is no number, True is not 1."""
        return self._values(lambda: self._model.model_validate(given, strict=True))

    def validate_text(self, given: Mapping[str, str]) -> dict[str, Any]:
        """Check values that a person typed; lists and objects are written as JSON."""
        read = {name: _from_text(text) for name, text in given.items()}
        return self._values(lambda: self._first_that_fits(given, read))

    def load(self, stored: Mapping[str, Json]) -> dict[str, Any]:
        """Return the values of parameters that were stored by ``dump``."""
        return self._values(
            lambda: self._model.model_validate_json(json.dumps(stored), strict=True)
        )

    def dump(self, values: Mapping[str, object]) -> dict[str, Json]:
        """Return validated values as JSON data."""
        model = self._model.model_construct(
            None, **{name: values[name] for name in self.names}
        )
        return cast(dict[str, Json], model.model_dump(mode="json", by_alias=True))

    def schema(self) -> dict[str, Any]:
        """Return the JSON schema from which a form can be made."""
        return self._model.model_json_schema(by_alias=True)

    def _first_that_fits(self, text: Mapping[str, str], read: Mapping[str, object]) -> BaseModel:
        try:
            return self._model.model_validate(text)
        except ValidationError as error:
            unfit = {str(found["loc"][0]) for found in error.errors() if found["loc"]}
            mixed = {name: read[name] if name in unfit else text[name] for name in text}
            return self._model.model_validate(mixed)

    def _values(self, validate: Callable[[], BaseModel]) -> dict[str, Any]:
        try:
            model = validate()
        except ValidationError as error:
            raise JobValidationError(
                "job_params_invalid", problems=self._problems(error), job=self._job
            ) from error
        values = {name: getattr(model, f"p_{name}") for name in self.names}
        if problems := list(self._too_long(values)):
            raise JobValidationError("job_params_invalid", problems=problems, job=self._job)
        return values

    def _too_long(self, values: Mapping[str, object]) -> Iterator[Problem]:
        for name, number in _whole_numbers(self.dump(values)):
            if number < SMALLEST:
                code, bound = "job_param_too_small", SMALLEST
            elif number > LARGEST:
                code, bound = "job_param_too_large", LARGEST
            else:
                continue
            yield Problem.of(
                "error", f"{self._job}.{name}", code, name=name, value=_shown(number), bound=bound
            )

    def _problems(self, error: ValidationError) -> list[Problem]:
        problems = []
        for found in error.errors(include_url=False):
            name = ".".join(str(part) for part in found["loc"])
            where = f"{self._job}.{name}"
            if found["type"] == "extra_forbidden":
                known = ", ".join(self.names) or "none"
                problems.append(Problem.of(
                    "error", where, "job_param_unknown", name=name, job=self._job, known=known
                ))
            elif found["type"] == "missing":
                problems.append(Problem.of("error", where, "job_param_missing", name=name))
            elif found["type"] in _BOUNDS:
                code, key = _BOUNDS[found["type"]]
                problems.append(Problem.of(
                    "error", where, code,
                    name=name, value=_shown(found["input"]), bound=found["ctx"][key],
                ))
            else:
                problems.append(Problem.of(
                    "error", where, "job_param_wrong",
                    name=name, value=_shown(found["input"]), reason=_lowered(found["msg"]),
                ))
        return problems


def parameter_names(function: Callable[..., object]) -> tuple[str, ...]:
    """Return the names of a job's parameters after the context; ``ValueError`` if it has none.

    Positional-only, ``*args`` and ``**kwargs`` have no name under which they could be stored.
    """
    parameters = list(inspect.signature(function).parameters.values())
    by_name = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)
    if not parameters or parameters[0].kind is inspect.Parameter.KEYWORD_ONLY:
        raise ValueError("a job's first parameter is its context")
    for parameter in parameters[1:]:
        if parameter.kind not in by_name:
            raise ValueError(f"parameter {parameter} of a job has no name to store it under")
        if parameter.name in RESERVED or parameter.name.startswith("_"):
            raise ValueError(f"{parameter.name!r} cannot be the name of a job's parameter")
    return tuple(parameter.name for parameter in parameters[1:])


def _from_text(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _whole_numbers(given: Mapping[str, Json]) -> Iterator[tuple[str, int]]:
    """Yield every whole number in JSON data with its place, as in ``options.rounds.2``."""
    found = list(given.items())
    for name, value in found:  # which grows while it is read
        if isinstance(value, int) and not isinstance(value, bool):
            yield name, value
        elif isinstance(value, Mapping):
            found.extend((f"{name}.{key}", inner) for key, inner in value.items())
        elif isinstance(value, list):
            found.extend((f"{name}.{place}", inner) for place, inner in enumerate(value))


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out thousands of digits
        return "a number of so many digits"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
