"""The settings of a tournament as one validated value."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from tabapp.domain.formats import house, rules
from tabapp.domain.formats.values import Group
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Side

GROUPS: tuple[type[Group], ...] = (
    rules.ScoreRules, rules.DebateRules, rules.DrawRules, rules.JudgeRules, rules.StandingsRules,
    rules.BreakRules, house.FeedbackSettings, house.MotionSettings, house.DataEntrySettings,
    house.DeadlineSettings, house.TabReleaseSettings, house.PublicSettings,
    house.DisplaySettings, house.RegistrationSettings, house.ForeignSettings,
)
"""In the order in which the settings page shows them."""

DRAW_OPTIONS: tuple[str, ...] = tuple(rules.DrawRules.model_fields)
"""Names of the options of a draw (rules.md, section 2), in their order there."""

Kind = Literal["number", "whole", "flag", "text", "choice", "list"]


class Settings(
    rules.ScoreRules, rules.DebateRules, rules.DrawRules, rules.JudgeRules, rules.StandingsRules,
    rules.BreakRules, house.FeedbackSettings, house.MotionSettings, house.DataEntrySettings,
    house.DeadlineSettings, house.TabReleaseSettings, house.PublicSettings,
    house.DisplaySettings, house.RegistrationSettings, house.ForeignSettings,
):
    """Every setting in force. Make one with ``resolve``, which also checks how they combine."""

    @property
    def is_bp(self) -> bool:
        """Four teams meet in a debate."""
        return self.teams_in_debate == len(BP_SIDES)

    @property
    def sides(self) -> tuple[Side, ...]:
        """The sides in speaking order; none where another number of teams speaks in turn."""
        if self.is_bp:
            return BP_SIDES
        return TWO_SIDES if self.teams_in_debate == len(TWO_SIDES) else ()

    def draw_options(self) -> dict[str, Any]:
        """Every option of a draw by name, as JSON values."""
        return {name: getattr(self, name) for name in DRAW_OPTIONS}

    def as_json(self) -> dict[str, Any]:
        """Every setting by name, in the order of the groups, as JSON values."""
        return {info.name: as_json(getattr(self, info.name)) for info in setting_infos()}


@dataclass(frozen=True, slots=True)
class SettingInfo:
    """What the settings page and the manual say of one setting.

    ``choices`` are the possible values of a ``choice``, or the possible items of a ``list``.
    """

    name: str
    group: str
    default: Any
    meaning: str
    choices: tuple[str, ...] | None
    kind: Kind


@cache
def setting_infos() -> tuple[SettingInfo, ...]:
    """Describe every setting, in the order of the groups."""
    return tuple(
        _describe(name, group.GROUP, field)
        for group in GROUPS
        for name, field in group.model_fields.items()
    )


@cache
def setting_names() -> frozenset[str]:
    """The names of all settings."""
    return frozenset(Settings.model_fields)


def as_json(value: Any) -> Any:
    """Write a value in its one JSON form: 70.0 as 70, a tuple as a list."""
    if isinstance(value, tuple):
        return list(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _describe(name: str, group: str, field: FieldInfo) -> SettingInfo:
    kind, choices = _kind(field.annotation)
    return SettingInfo(name, group, field.default, field.description or "", choices, kind)


def _kind(annotation: Any) -> tuple[Kind, tuple[str, ...] | None]:
    plain: dict[Any, Kind] = {float: "number", int: "whole", bool: "flag", str: "text"}
    if annotation in plain:
        return plain[annotation], None
    if get_origin(annotation) is tuple:
        return "list", get_args(get_args(annotation)[0])
    return "choice", get_args(annotation)
