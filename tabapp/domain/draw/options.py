"""Draw options: their names, defaults and the values that each can have."""

from __future__ import annotations

import difflib
import math
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.formats.combinations import is_whole_round
from tabapp.domain.formats.values import HIGHEST_PENALTY

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
    "draw_matching_scope": "bracket",
    "pullup_penalty": 10_000,
    "bp_secondary_preferences": False,
    "round_robin_legs": 1,
}
"""Every draw option of rules.md, section 2, with its default; the last four are our own."""

_WITHOUT_EFFECT = ("team_standings_precedence", "speaker_standings_precedence")

_CHOICES = {
    "draw_odd_bracket": (
        "pullup_top", "pullup_bottom", "pullup_middle", "pullup_random", "intermediate",
        "intermediate_bubble_up_down", "intermediate1", "intermediate2", "pullup_lowest_ds_rank",
    ),
    "draw_pairing_method": ("slide", "fold", "random", "adjacent", "fold_top_adjacent_rest"),
    "draw_side_allocations": ("random", "balance", "preallocated", "manual-ballot"),
    "draw_avoid_conflicts": ("off", "one_up_one_down", "graph"),
    "draw_pullup_restriction": ("none", "least_to_date", "lowest_ds_wins", "lowest_ds_speaks"),
    "draw_matching_scope": ("bracket", "round"),
    "bye_team_selection": ("off", "random", "lowest"),
    "bye_team_results": ("none", "points"),
    "bp_pullup_distribution": ("anywhere", "one_room"),
    "bp_position_cost": ("simple", "entropy", "variance"),
    "bp_assignment_method": ("hungarian", "hungarian_preshuffled"),
}

_FLAGS = ("avoid_team_history", "avoid_same_institution", "bp_secondary_preferences")

_WHOLE = {
    "team_history_penalty": (0, HIGHEST_PENALTY), "team_institution_penalty": (0, HIGHEST_PENALTY),
    "side_penalty": (0, HIGHEST_PENALTY), "pullup_debates_penalty": (0, HIGHEST_PENALTY),
    "pairing_penalty": (0, HIGHEST_PENALTY), "pullup_penalty": (0, HIGHEST_PENALTY),
    "round_robin_legs": (1, 2),
}
"""Whole-number options with the least and the largest value each can have."""


@dataclass(frozen=True, slots=True)
class DrawOptions:
    """The options of a draw, validated one by one; see ``validity`` for how they combine.

    ``draw_matching_scope`` is read by minimum-cost matching only: one matching for each bracket,
    or one for the ``round`` in which ``pullup_penalty`` is the price of each point between two
    teams that meet, squared.
    """

    draw_odd_bracket: str = "intermediate_bubble_up_down"
    draw_pairing_method: str = "slide"
    draw_side_allocations: str = "balance"
    draw_avoid_conflicts: str = "one_up_one_down"
    draw_pullup_restriction: str = "none"
    draw_matching_scope: str = "bracket"
    avoid_team_history: bool = True
    avoid_same_institution: bool = True
    team_history_penalty: int = 1000
    team_institution_penalty: int = 1
    side_penalty: int = 0
    pullup_debates_penalty: int = 0
    pairing_penalty: int = 1
    pullup_penalty: int = 10_000
    bye_team_selection: str = "off"
    bye_team_results: str = "none"
    bp_secondary_preferences: bool = False
    round_robin_legs: int = 1
    bp_pullup_distribution: str = "anywhere"
    bp_position_cost: str = "entropy"
    bp_renyi_order: float = 1.0
    bp_position_cost_exponent: float = 4.0
    bp_assignment_method: str = "hungarian_preshuffled"

    @property
    def whole_round(self) -> bool:
        """One matching pairs the round: brackets, and the rule that fills them, are not read."""
        return is_whole_round(self)

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
        values: dict[str, Any] = {name: _choice(options, name) for name in _CHOICES}
        values |= {name: _flag(options, name) for name in _FLAGS}
        values |= {name: _whole(options, name) for name in _WHOLE}
        return cls(**values, bp_renyi_order=order, bp_position_cost_exponent=exponent)


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


def _flag(options: Mapping[str, Any], name: str) -> bool:
    value = options.get(name, DRAW_DEFAULTS[name])
    if not isinstance(value, bool):
        raise _invalid(name, value, "true, false")
    return value


def _whole(options: Mapping[str, Any], name: str) -> int:
    least, most = _WHOLE[name]
    value = options.get(name, DRAW_DEFAULTS[name])
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    if not whole or not least <= value <= most:
        raise _invalid(name, value, f"a whole number from {least} to {most}")
    return int(value)


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
