"""Which options of a two-team draw cannot stand together, and what stands nearest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

ALLOCATED = "preallocated"
"""The side allocation that stores a side for each team before the draw."""

WITH_BOTH_SIDES: tuple[str, ...] = (
    "pullup_top", "pullup_bottom", "pullup_random", "pullup_lowest_ds_rank",
)
"""Odd-bracket rules for free sides and for allocated ones."""

INTERMEDIATE_OF_FREE: tuple[str, ...] = ("intermediate", "intermediate_bubble_up_down")
INTERMEDIATE_OF_ALLOCATED: tuple[str, ...] = ("intermediate1", "intermediate2")

INTERMEDIATE: tuple[str, ...] = (*INTERMEDIATE_OF_FREE, *INTERMEDIATE_OF_ALLOCATED)
"""Odd-bracket rules that open a bracket between two levels, which only whole points leave."""

_NEEDS_FREE_SIDES = {
    **dict.fromkeys(INTERMEDIATE_OF_FREE, INTERMEDIATE_OF_ALLOCATED),
    "pullup_middle": WITH_BOTH_SIDES[:3],
}
"""Odd-bracket rules that take the sides as they come, each with the nearest that do not."""

_PAIRING_NEEDS_FREE_SIDES = {
    "adjacent": ("slide", "fold", "random"),
    "fold_top_adjacent_rest": ("fold", "slide", "random"),
}
"""Pairing methods in which neighbours meet, which may both have the same allocated side."""

_MATCHING = ("draw_matching_scope", "draw_avoid_conflicts")


class TwoTeamOptions(Protocol):
    """The options that are looked at together: those of a draw or of a tournament."""

    @property
    def draw_odd_bracket(self) -> str:
        """What is done with a bracket that does not fill up."""

    @property
    def draw_pairing_method(self) -> str:
        """Who meets whom within a bracket."""

    @property
    def draw_side_allocations(self) -> str:
        """Where the sides come from."""

    @property
    def draw_avoid_conflicts(self) -> str:
        """How pairings are changed to avoid conflicts."""

    @property
    def draw_pullup_restriction(self) -> str:
        """Which teams can be pulled up."""

    @property
    def draw_matching_scope(self) -> str:
        """Whether a matching is made for a bracket or for the round."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Options that do not go together: the code and facts of the sentence, and their names.

    The first name is the option to look at first.
    """

    code: str
    names: tuple[str, ...]
    facts: Mapping[str, str]


def is_whole_round(options: TwoTeamOptions) -> bool:
    """Tell whether one matching pairs the round, so that no bracket is filled by a rule."""
    return options.draw_avoid_conflicts == "graph" and options.draw_matching_scope == "round"


def odd_bracket_clash(options: TwoTeamOptions) -> Clash | None:
    """Find why brackets cannot be filled by the odd-bracket rule (rules.md, section 6)."""
    rule, sides = options.draw_odd_bracket, options.draw_side_allocations
    names = ("draw_odd_bracket", "draw_side_allocations", *_MATCHING)
    if is_whole_round(options):
        return None
    if sides == ALLOCATED and rule in _NEEDS_FREE_SIDES:
        return Clash("odd_bracket_needs_free_sides", names, {
            "rule": rule, "possible": ", ".join(_NEEDS_FREE_SIDES[rule])})
    if sides != ALLOCATED and rule in INTERMEDIATE_OF_ALLOCATED:
        return Clash("odd_bracket_needs_allocated_sides", names, {
            "rule": rule, "sides": sides, "possible": ", ".join(INTERMEDIATE_OF_FREE)})
    return None


def pairing_clash(options: TwoTeamOptions) -> Clash | None:
    """Find why a bracket cannot be paired by the pairing method (rules.md, section 6)."""
    method = options.draw_pairing_method
    if options.draw_side_allocations == ALLOCATED and method in _PAIRING_NEEDS_FREE_SIDES:
        return Clash("pairing_needs_free_sides", ("draw_pairing_method", "draw_side_allocations"), {
            "method": method, "possible": ", ".join(_PAIRING_NEEDS_FREE_SIDES[method])})
    return None


def idle_options(options: TwoTeamOptions) -> Iterator[Clash]:
    """Find options that can be drawn with and yet do nothing beside the others."""
    rule = options.draw_odd_bracket
    if is_whole_round(options):
        return
    if options.draw_matching_scope == "round":
        yield Clash("matching_scope_without_effect", _MATCHING, {
            "method": options.draw_avoid_conflicts})
    if options.draw_pullup_restriction != "none" and rule in INTERMEDIATE:
        names = ("draw_pullup_restriction", "draw_odd_bracket", *_MATCHING)
        yield Clash("restriction_without_pullups", names, {
            "restriction": options.draw_pullup_restriction, "rule": rule,
            "possible": ", ".join(WITH_BOTH_SIDES)})
