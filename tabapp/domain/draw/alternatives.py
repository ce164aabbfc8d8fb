"""Draws to choose between: other seeds, other rules one step away, and figures to compare them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any

from tabapp.core.errors import UserError
from tabapp.domain.draw.generate import generate
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.validity import check_draw
from tabapp.domain.formats.combinations import INTERMEDIATE
from tabapp.domain.types import (
    BP_SIDES,
    Draw,
    DrawnDebate,
    DrawSnapshot,
    DrawType,
    Side,
    Tick,
    no_tick,
)

FIRST = 6
"""As many alternatives as are compared unless more are asked for."""

_ODD_BRACKETS = (
    "intermediate_bubble_up_down", "pullup_top", "intermediate", "pullup_bottom",
    "pullup_middle", "pullup_lowest_ds_rank", "pullup_random", "intermediate1", "intermediate2",
)
_PREFERRED = ("pullup_top", "pullup_bottom", "pullup_middle", "pullup_lowest_ds_rank")
"""Odd-bracket rules that say whom one matching over all brackets had better pull up."""

_PAIRINGS = ("slide", "fold", "random", "adjacent", "fold_top_adjacent_rest")
_RESTRICTIONS = ("none", "least_to_date", "lowest_ds_wins", "lowest_ds_speaks")
_AVOIDING = ("one_up_one_down", "graph", "off")
_MATCHED = (DrawType.POWER, DrawType.RANDOM, DrawType.SEEDED)


@dataclass(frozen=True, slots=True)
class Variant:
    """A seed, and the options that differ from the rule in force; none for that rule itself."""

    seed: int
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a draw is compared by. Less is better in all of them.

    ``cost`` is None for a draw that no cost made. ``measure`` names what it counts: costs of
    different measures cannot be compared. ``optimum`` is the least possible cost by the same
    measure, None where no rule asks for it. ``other_rooms`` counts rooms whose teams do not stand
    together in the draw that this one is held against.
    """

    pullups: int
    rematches: int
    same_institution: int
    side_imbalance: int
    other_rooms: int
    cost: float | None = None
    optimum: float | None = None
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A variant with its draw."""

    variant: Variant
    draw: Draw
    figures: Figures


def variants(snapshot: DrawSnapshot, *, seed: int, other_seed: int) -> tuple[Variant, ...]:
    """Return what is worth comparing, the most telling first: two seeds, then one change each.

    Raises ``UserError`` where nothing can be drawn at all.
    """
    found = (Variant(seed, {}), Variant(other_seed, {}), *(
        Variant(seed, changes) for changes in _changes(snapshot)))
    possible = tuple(one for one in found if is_possible(snapshot, one))
    if not possible:
        check_draw(snapshot)
    return possible


def is_possible(snapshot: DrawSnapshot, variant: Variant) -> bool:
    """Tell whether the rules let a variant be drawn."""
    try:
        check_draw(_under(snapshot, variant))
    except UserError:
        return False
    return True


def draw_variant(
    snapshot: DrawSnapshot, variant: Variant, against: Iterable[frozenset[str]] | None = None,
    tick: Tick = no_tick,
) -> Alternative:
    """Draw a variant and measure it; ``against`` are the rooms of another draw.

    Raises ``UserError`` for a matching that has no solution.
    """
    changed = _under(snapshot, variant)
    draw = generate(changed, seed=variant.seed, tick=tick)
    return Alternative(variant, draw, _figures(draw, changed, frozenset(against or ())))


def rooms_of(debates: Iterable[DrawnDebate]) -> frozenset[frozenset[str]]:
    """Return who stands together, whatever the sides; byes left out."""
    return frozenset(
        frozenset(debate.teams) for debate in debates
        if all(side is not Side.BYE for side, _team in debate.sides))


def best_figures(found: Collection[Figures]) -> Mapping[str, float]:
    """Return the least value of each figure in which the draws differ.

    Costs are compared where all have one by the same measure.
    """
    best: dict[str, float] = {}
    for name in ("pullups", "rematches", "same_institution", "side_imbalance"):
        values = {getattr(one, name) for one in found}
        if len(values) > 1:
            best[name] = min(values)
    costs = [round(one.cost, 6) for one in found if one.cost is not None]
    measures = {one.measure for one in found}
    if len(costs) == len(found) and len(measures) == 1 and len(set(costs)) > 1:
        best["cost"] = min(costs)
    return best


def _under(snapshot: DrawSnapshot, variant: Variant) -> DrawSnapshot:
    return replace(snapshot, options={**snapshot.options, **variant.changes})


def _figures(
    draw: Draw, snapshot: DrawSnapshot, against: frozenset[frozenset[str]]
) -> Figures:
    quality = draw.quality
    figures = Figures(
        pullups=quality.pullups, rematches=quality.rematches,
        same_institution=quality.same_institution, side_imbalance=quality.side_imbalance,
        other_rooms=len(rooms_of(draw.debates) - against))
    if snapshot.sides == BP_SIDES:
        power = snapshot.draw_type is DrawType.POWER
        return replace(
            figures, measure="positions", cost=quality.position_cost,
            optimum=quality.position_cost_optimum if power else None)
    options = DrawOptions.from_mapping(snapshot.options)
    if options.draw_avoid_conflicts != "graph" or snapshot.draw_type not in _MATCHED:
        return figures
    whole = options.whole_round and snapshot.draw_type is DrawType.POWER
    return replace(
        figures, measure="round" if whole else "pairs", cost=quality.pairing_cost,
        optimum=quality.pairing_cost_optimum)


def _changes(snapshot: DrawSnapshot) -> Iterator[dict[str, Any]]:
    """Return changes of one rule each, one of every rule before the next of any."""
    options = DrawOptions.from_mapping(snapshot.options)
    for step in zip_longest(*_rules_read(snapshot, options)):
        for values in filter(None, step):
            yield {
                name: value for name, value in values.items() if getattr(options, name) != value}


def _rules_read(
    snapshot: DrawSnapshot, options: DrawOptions
) -> Sequence[list[dict[str, Any]]]:
    """Return for each rule that the draw type reads what else it could say."""
    draw_type = snapshot.draw_type
    if snapshot.sides == BP_SIDES:
        return _of_bp(options) if draw_type is DrawType.POWER else ()
    if draw_type not in _MATCHED:
        return ()
    power = draw_type is DrawType.POWER
    found = [_avoiding(options, brackets=power)]
    if power:
        rules = _PREFERRED if options.whole_round else _ODD_BRACKETS
        found.append(_others(options, "draw_odd_bracket", rules))
    if draw_type is not DrawType.RANDOM:
        found.append(_others(options, "draw_pairing_method", _PAIRINGS))
    if power and options.draw_odd_bracket not in INTERMEDIATE:
        found.append(_others(options, "draw_pullup_restriction", _RESTRICTIONS))
    return found


def _of_bp(options: DrawOptions) -> Sequence[list[dict[str, Any]]]:
    return (
        _others(options, "bp_pullup_distribution", ("anywhere", "one_room")),
        _others(options, "bp_secondary_preferences", (True, False)),
    )


def _others(options: DrawOptions, name: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    return [{name: value} for value in values if value != getattr(options, name)]


def _avoiding(options: DrawOptions, *, brackets: bool) -> list[dict[str, Any]]:
    """Return the other ways to avoid conflicts; the scope belongs to matching alone."""
    if not brackets:
        return _others(options, "draw_avoid_conflicts", _AVOIDING)
    ways = [("one_up_one_down", "bracket"), ("graph", "bracket"), ("graph", "round"),
            ("off", "bracket")]
    matched = options.draw_avoid_conflicts == "graph"
    now = (options.draw_avoid_conflicts, options.draw_matching_scope if matched else "bracket")
    return [
        {"draw_avoid_conflicts": method, "draw_matching_scope": scope}
        for method, scope in ways if (method, scope) != now]
