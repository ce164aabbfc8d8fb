"""The parameters of a job as fields of a form: read from the schema of its signature."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tabapp.gui.messages import tr
from tabapp.jobs.ports import Json
from tabapp.jobs.spec import AnySpec

FieldKind = Literal["text", "whole", "number", "flag", "choice", "list", "json", "round",
                    "tournament", "seed"]
NOTHING = "null"
"""What a person types for "none": JSON's own word, which the framework reads as that."""
_TYPES: Mapping[str, FieldKind] = {
    "string": "text", "integer": "whole", "number": "number", "boolean": "flag", "array": "list",
}
_NAMED: Mapping[str, tuple[FieldKind, str]] = {
    "round_id": ("round", "Round"), "tournament_id": ("tournament", "Tournament"),
    "seed": ("seed", "Seed"),
}
_TITLES: Mapping[str, str] = {
    "action": "What is done then", "activity_days": "Days that activity is kept",
    "ballot_id": "Number of the ballot", "category": "Break category",
    "confirm": "Confirm it at once", "debate_id": "Number of the debate",
    "dry_run": "Only look", "ignore_missing": "Although something is missing",
    "max_hours": "Hours at most", "released": "Although it is released",
    "replace": "Replace what is there", "run_days": "Days that runs are kept",
    "seen": "The draw that was seen", "source": "File or snapshot",
    "take_different": "Take what differs, too", "ties": "Ties at the line",
    "timeout_minutes": "Minutes after the expected end", "warning_minutes": "Minutes of warning",
}
"""What parameters are called that many jobs share; others by the name that their author chose."""
_HUGE = 2**53


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. ``default`` is as JSON; ``required`` has none. ``empty``: none is allowed."""

    name: str
    title: str
    kind: FieldKind
    required: bool
    default: Json
    empty: bool
    choices: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    words: str = ""

    @property
    def hint(self) -> str:
        """Return what stands below the field while it is right."""
        parts = [self.words]
        if self.least is not None and self.most is not None:
            parts.append(tr("{least} to {most}", least=f"{self.least:g}", most=f"{self.most:g}"))
        elif self.least is not None:
            parts.append(tr("at least {least}", least=f"{self.least:g}"))
        elif self.most is not None:
            parts.append(tr("at most {most}", most=f"{self.most:g}"))
        if self.kind == "list":
            parts.append(tr("with commas between"))
        if self.empty and self.kind != "flag":
            parts.append(tr("may be empty"))
        said = ", ".join(filter(None, parts))
        return said[:1].upper() + said[1:]


def title_of_job(spec: AnySpec) -> str:
    """Return what a job is called before anybody knows its parameters."""
    return spec.title.partition("{")[0].rstrip(" :,(") or spec.name


def sentence_of_job(spec: AnySpec) -> str:
    """Return the first sentence of what its author wrote of a job."""
    whole = " ".join((spec.function.__doc__ or "").replace("``", "").split())
    first, stop, _rest = whole.partition(". ")
    return first + "." if stop else whole


def parameters_of(spec: AnySpec) -> tuple[Parameter, ...]:
    """Return the parameters of a job in the order of its signature."""
    schema = spec.parameters.schema()
    known: Mapping[str, Any] = schema.get("$defs", {})
    required = set(schema.get("required", ()))
    return tuple(
        _parameter(name, found, known, required=name in required)
        for name, found in schema.get("properties", {}).items())


def _parameter(
    name: str, found: Mapping[str, Any], known: Mapping[str, Any], *, required: bool
) -> Parameter:
    parts = [_resolved(one, known) for one in found.get("anyOf", [found])]
    real = [one for one in parts if one.get("type") != "null"]
    shape = real[0] if len(real) == 1 else {}
    choices = tuple(str(one) for one in shape.get("enum", ()))
    kind: FieldKind = "choice" if choices else _TYPES.get(str(shape.get("type")), "json")
    title = _TITLES.get(name) or str(found.get("title", name))
    if name in _NAMED and kind == "whole":
        kind, title = _NAMED[name]
    return Parameter(
        name, tr(title), kind, required, found.get("default"), len(real) < len(parts), choices,
        _bound(shape, "minimum", "exclusiveMinimum"), _bound(shape, "maximum", "exclusiveMaximum"),
        str(found.get("description", "")))


def _resolved(found: Mapping[str, Any], known: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(found.get("$ref", "")).rpartition("/")[2]
    return known.get(name, found) if name else found


def _bound(shape: Mapping[str, Any], *names: str) -> float | None:
    found = next((shape[name] for name in names if name in shape), None)
    return float(found) if found is not None and abs(found) < _HUGE else None


def as_text(value: Json, kind: FieldKind) -> str:
    """Return a stored value as it stands in its field."""
    if value is None:
        return ""
    if kind == "list" and isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(one if isinstance(one, str) else json.dumps(one) for one in value)
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def list_from_text(text: str) -> str:
    """Return a list as JSON from words with commas between; numbers stay numbers."""
    parts = [part.strip() for part in text.split(",")]
    return json.dumps([_item(part) for part in parts if part], ensure_ascii=False)


def _item(text: str) -> object:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, (int, float)) else text
