"""Draw options: their names, defaults and the values that a BP draw accepts."""

from __future__ import annotations

import difflib
import math
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import UserError

DRAW_DEFAULTS: Mapping[str, Any] = {
    "draw_odd_bracket": "intermediate_bubble_up_down",
    "draw_pairing_method": "slide",
    "draw_side_allocations": "balance",
    "draw_avoid_conflicts": "one_up_one_down",
    "draw_pullup_restriction": "none",
    "avoid_team_history": True,
    "avoid_same_institution": True,
    "team_history_penalty": 1000,
    "team_institution_penalty": 1,
    "side_penalty": 0,
    "pullup_debates_penalty": 0,
    "pairing_penalty": 1,
    "bye_team_selection": "off",
    "bye_team_results": "none",
    "bp_pullup_distribution": "anywhere",
    "bp_position_cost": "entropy",
    "bp_renyi_order": 1.0,
    "bp_position_cost_exponent": 4.0,
    "bp_assignment_method": "hungarian_preshuffled",
}
"""Every draw option of rules.md, section 2, with its default."""

_WITHOUT_EFFECT = ("team_standings_precedence", "speaker_standings_precedence")

_CHOICES = {
    "bye_team_selection": ("off", "random", "lowest"),
    "bp_pullup_distribution": ("anywhere", "one_room"),
    "bp_position_cost": ("simple", "entropy", "variance"),
    "bp_assignment_method": ("hungarian", "hungarian_preshuffled"),
}


@dataclass(frozen=True, slots=True)
class DrawOptions:
    """The options that a BP draw reads, validated."""

    bye_team_selection: str = "off"
    bp_pullup_distribution: str = "anywhere"
    bp_position_cost: str = "entropy"
    bp_renyi_order: float = 1.0
    bp_position_cost_exponent: float = 4.0
    bp_assignment_method: str = "hungarian_preshuffled"

    @classmethod
    def from_mapping(cls, options: Mapping[str, Any]) -> DrawOptions:
        """Read the options by name; what is left out has its default, other names are ignored.

        Raises ``UserError`` for a value that the option cannot have.
        """
        order = _number(options, "bp_renyi_order")
        if order < 0:
            raise UserError("draw_renyi_negative", value=f"{order:g}")
        exponent = _number(options, "bp_position_cost_exponent")
        if exponent < 0:
            raise _invalid("bp_position_cost_exponent", exponent, "a number of 0 or more")
        return cls(
            **{name: _choice(options, name) for name in _CHOICES},
            bp_renyi_order=order,
            bp_position_cost_exponent=exponent,
        )


def check_option_names(names: Iterable[str]) -> None:
    """Refuse the first name that is no option of rules.md, section 2."""
    known = [*DRAW_DEFAULTS, *_WITHOUT_EFFECT]
    for name in names:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)
            raise UserError("unknown_option", name=name, near=near[0])


def _choice(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name, DRAW_DEFAULTS[name])
    if not isinstance(value, str) or value not in _CHOICES[name]:
        raise _invalid(name, value, ", ".join(_CHOICES[name]))
    return value


def _number(options: Mapping[str, Any], name: str) -> float:
    value = options.get(name, DRAW_DEFAULTS[name])
    usable = isinstance(value, int | float) and not isinstance(value, bool)
    try:
        number = float(value) if usable else math.nan
    except OverflowError:  # a whole number beyond every float
        number = math.inf
    if not math.isfinite(number):
        raise _invalid(name, value, "a number of 0 or more")
    return number


def _invalid(name: str, value: object, possible: str) -> UserError:
    return UserError("draw_option_invalid", name=name, value=reprlib.repr(value), possible=possible)
