"""Presets: named settings with a citation for each value, shipped as versioned data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from tabapp.core.errors import Problem, ProblemsFound, UserError
from tabapp.core.resources import resource_texts
from tabapp.domain.formats.checks import examine, unknown_setting
from tabapp.domain.formats.settings import Settings, as_json, setting_names


@dataclass(frozen=True, slots=True)
class Preset:
    """A format under its name. ``values`` and ``sources`` hold what it sets and inherits.

    ``sources`` says for each value where it comes from. A setting that no preset names has the
    default of ``Settings``.
    """

    name: str
    title: str
    version: int
    values: Mapping[str, Any]
    sources: Mapping[str, str]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    value: Any
    source: str = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    name: str
    title: str
    version: int
    parent: str | None = None
    settings: dict[str, _Value]


@cache
def presets() -> tuple[Preset, ...]:
    """Return all presets in order of name, read once."""
    files = {
        name: _File.model_validate_json(text)
        for name, text in resource_texts("presets", suffix=".json").items()
    }
    return tuple(_with_parents(files, name) for name in sorted(files))


def load_preset(name: str) -> Preset:
    """Return a preset; UserError ``unknown_preset`` lists those that there are."""
    found = next((preset for preset in presets() if preset.name == name), None)
    if found is None:
        known = ", ".join(preset.name for preset in presets())
        raise UserError("unknown_preset", name=name, known=known)
    return found


def resolve(preset: str, overrides: Mapping[str, Any]) -> Settings:
    """Put overrides over a preset. Unknown names are ignored, null means not set.

    Raises ProblemsFound with every value and combination that is refused (rules.md, sections 0,
    2 and 13.14), UserError for an unknown preset.
    """
    settings, problems = examine(_merged(preset, overrides))
    errors = [problem for problem in problems if problem.level == "error"]
    if settings is None or errors:
        raise ProblemsFound(errors)
    return settings


def check_overrides(preset: str, overrides: Mapping[str, Any]) -> list[Problem]:
    """Find unknown settings (warnings), refused values and combinations (errors)."""
    unknown = [unknown_setting(name) for name in overrides if name not in setting_names()]
    _settings, problems = examine(_merged(preset, overrides))
    return unknown + problems


def differences(preset: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Keep only what differs from the preset, as JSON values in order of name.

    Unknown settings are kept as they are, null is left out. 70 and 70.0, a list and a tuple are
    the same.
    """
    usual = resolve(preset, {}).as_json()
    given = {
        name: as_json(value) if name in usual else value
        for name, value in settings.items()
        if value is not None
    }
    return {
        name: given[name]
        for name in sorted(given)
        if name not in usual or not _same(given[name], usual[name])
    }


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def _merged(preset: str, overrides: Mapping[str, Any]) -> dict[str, Any]:
    names = setting_names()
    own = {key: value for key, value in overrides.items() if key in names and value is not None}
    return {**load_preset(preset).values, **own}


def _with_parents(files: Mapping[str, _File], name: str) -> Preset:
    file = files[name]
    above = _with_parents(files, file.parent) if file.parent else None
    values = dict(above.values) if above else {}
    sources = dict(above.sources) if above else {}
    for key, entry in file.settings.items():
        values[key] = tuple(entry.value) if isinstance(entry.value, list) else entry.value
        sources[key] = entry.source
    return Preset(
        file.name, file.title, file.version, MappingProxyType(values), MappingProxyType(sources),
    )
