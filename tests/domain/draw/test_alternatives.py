"""Draws to choose between: which are offered, and how they are told apart."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.draw import generate
from tabapp.domain.draw.alternatives import (
    Figures,
    Variant,
    best_figures,
    draw_variant,
    is_possible,
    rooms_of,
    variants,
)
from tabapp.domain.types import (
    BP_SIDES,
    TWO_SIDES,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

FREE: dict[str, Any] = {"draw_odd_bracket": "pullup_top"}


def field(count: int, *, sides: int, seed: int = 3) -> tuple[DrawTeam, ...]:
    """Make teams some of which have met, with points that leave odd brackets."""
    chance = random.Random(seed)
    points = sorted((float(chance.randint(0, 4)) for _ in range(count)), reverse=True)
    met = {number: chance.sample(range(count), 4) for number in range(count)}
    return tuple(
        DrawTeam(
            id=f"T{number}", points=value, rank=1 + sum(other > value for other in points),
            institution=f"I{number % 5}", seed=float(-number),
            sides=tuple(chance.randint(0, 2) for _ in range(sides)),
            seen={f"T{other}": 1 for other in range(count)
                  if other in met[number] or number in met[other]},
        )
        for number, value in enumerate(points))


def pairs(draw_type: DrawType = DrawType.POWER, **options: Any) -> DrawSnapshot:
    return DrawSnapshot(TWO_SIDES, draw_type, field(22, sides=2), options, round_seq=4)


def fours(draw_type: DrawType = DrawType.POWER, **options: Any) -> DrawSnapshot:
    return DrawSnapshot(BP_SIDES, draw_type, field(24, sides=4), options, round_seq=4)


def offered(snapshot: DrawSnapshot) -> Sequence[Variant]:
    return variants(snapshot, seed=1, other_seed=2)


def changes(snapshot: DrawSnapshot) -> list[dict[str, Any]]:
    return [dict(one.changes) for one in offered(snapshot)[2:]]


def test_the_rule_in_force_comes_first_with_both_seeds() -> None:
    first, second = offered(pairs())[:2]
    assert first == Variant(1, {})
    assert second == Variant(2, {})
    assert {one.seed for one in offered(pairs())[2:]} == {1}


def test_in_bp_pull_ups_and_secondary_preferences_can_be_otherwise() -> None:
    assert changes(fours()) == [
        {"bp_pullup_distribution": "one_room"}, {"bp_secondary_preferences": True}]
    assert changes(fours(bp_pullup_distribution="one_room", bp_secondary_preferences=True)) == [
        {"bp_pullup_distribution": "anywhere"}, {"bp_secondary_preferences": False}]
    assert changes(fours(DrawType.RANDOM)) == []


def test_each_rule_of_two_teams_has_a_change_before_any_has_a_second() -> None:
    assert changes(pairs(**FREE))[:5] == [
        {"draw_avoid_conflicts": "graph"},
        {"draw_odd_bracket": "intermediate_bubble_up_down"},
        {"draw_pairing_method": "fold"},
        {"draw_pullup_restriction": "least_to_date"},
        {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round"},
    ]


def test_every_change_is_offered_once_and_changes_something() -> None:
    snapshot = pairs(**FREE)
    found = changes(snapshot)
    assert len({repr(sorted(one.items())) for one in found}) == len(found)
    for one in found:
        assert all(snapshot.options.get(name) != value for name, value in one.items())
    assert len([one for one in found if "draw_odd_bracket" in one]) == 6
    assert len([one for one in found if "draw_pairing_method" in one]) == 4
    assert len([one for one in found if "draw_avoid_conflicts" in one]) == 3


def test_who_is_pulled_up_is_asked_only_where_somebody_is() -> None:
    rules = pairs(draw_odd_bracket="intermediate")
    assert not any("draw_pullup_restriction" in one for one in changes(rules))


def test_one_matching_over_all_is_left_for_one_a_bracket() -> None:
    whole: dict[str, Any] = {
        "draw_avoid_conflicts": "graph", "draw_matching_scope": "round", **FREE}
    found = changes(pairs(**whole))
    assert {"draw_matching_scope": "bracket"} in found
    assert {"draw_avoid_conflicts": "off", "draw_matching_scope": "bracket"} in found
    odd = [one["draw_odd_bracket"] for one in found if "draw_odd_bracket" in one]
    assert odd == ["pullup_bottom", "pullup_middle", "pullup_lowest_ds_rank"]


@pytest.mark.parametrize(("draw_type", "names"), [
    (DrawType.RANDOM, {"draw_avoid_conflicts"}),
    (DrawType.SEEDED, {"draw_avoid_conflicts", "draw_pairing_method"}),
    (DrawType.ROUND_ROBIN, set()),
])
def test_only_rules_that_the_draw_type_reads_are_changed(
    draw_type: DrawType, names: set[str]
) -> None:
    assert {name for one in changes(pairs(draw_type)) for name in one} == names


def test_rules_that_do_not_go_with_allocated_sides_are_not_offered() -> None:
    teams = tuple(
        replace(team, allocated_side=TWO_SIDES[number % 2])
        for number, team in enumerate(field(22, sides=2)))
    snapshot = replace(
        pairs(draw_side_allocations="preallocated", **FREE), teams=teams)
    found = changes(snapshot)
    odd = {one["draw_odd_bracket"] for one in found if "draw_odd_bracket" in one}
    assert odd == {
        "pullup_bottom", "pullup_random", "pullup_lowest_ds_rank", "intermediate1",
        "intermediate2"}
    assert not any(one.get("draw_pairing_method") == "adjacent" for one in found)
    assert not is_possible(snapshot, Variant(1, {"draw_pairing_method": "adjacent"}))


def test_a_rule_that_cannot_be_followed_leaves_those_that_can() -> None:
    broken = pairs(draw_odd_bracket="intermediate1")
    found = offered(broken)
    assert found
    assert all(one.changes for one in found)
    assert all(is_possible(broken, one) for one in found)


def test_what_cannot_be_drawn_at_all_is_refused() -> None:
    with pytest.raises(UserError) as error:
        offered(replace(pairs(), teams=field(21, sides=2)))
    assert error.value.code == "draw_team_count"


@pytest.mark.parametrize("snapshot", [
    pairs(**FREE), pairs(draw_avoid_conflicts="graph", draw_matching_scope="round"), fours(),
    pairs(DrawType.RANDOM), pairs(DrawType.SEEDED), fours(DrawType.RANDOM)])
def test_every_alternative_is_drawn_as_its_rule_would_draw_it(snapshot: DrawSnapshot) -> None:
    for one in offered(snapshot):
        found = draw_variant(snapshot, one)
        rule = replace(snapshot, options={**snapshot.options, **one.changes})
        assert found.draw == generate(rule, seed=one.seed)
        quality = found.draw.quality
        assert found.figures.rematches == quality.rematches
        assert found.figures.same_institution == quality.same_institution
        assert found.figures.side_imbalance == quality.side_imbalance
        assert found.figures.pullups == quality.pullups


def test_rooms_are_compared_by_who_meets_and_not_by_sides() -> None:
    snapshot = pairs()
    base = draw_variant(snapshot, Variant(1, {})).draw.debates
    against = rooms_of(base)
    assert draw_variant(snapshot, Variant(1, {}), against).figures.other_rooms == 0
    turned = [replace(one, sides=tuple(
        (side, team) for side, team in zip(TWO_SIDES, one.teams[::-1], strict=True)))
        for one in base]
    assert rooms_of(turned) == against
    fold = draw_variant(snapshot, Variant(1, {"draw_pairing_method": "fold"}), against)
    met = rooms_of(fold.draw.debates)
    assert fold.figures.other_rooms == sum(room not in against for room in met) > 0


def test_who_rests_is_no_room() -> None:
    snapshot = replace(
        pairs(bye_team_selection="lowest"), teams=field(21, sides=2))
    debates = draw_variant(snapshot, Variant(1, {})).draw.debates
    assert sum(one.sides[0][0] is Side.BYE for one in debates) == 1
    assert len(rooms_of(debates)) == 10


def test_a_cost_is_told_where_a_cost_made_the_draw() -> None:
    measured = {
        tuple(one.changes.items()): draw_variant(pairs(), one).figures
        for one in offered(pairs())}
    assert measured[()].cost is None
    assert measured[()].optimum is None
    graph = measured[("draw_avoid_conflicts", "graph"),]
    assert graph.measure == "pairs"
    assert graph.cost == graph.optimum is not None
    whole = measured[("draw_avoid_conflicts", "graph"), ("draw_matching_scope", "round")]
    assert whole.measure == "round"
    bp = draw_variant(fours(), Variant(1, {})).figures
    assert bp.measure == "positions"
    assert bp.cost is not None
    assert bp.cost == pytest.approx(bp.optimum)
    by_lot = draw_variant(fours(DrawType.RANDOM), Variant(1, {})).figures
    assert by_lot.cost is not None
    assert by_lot.optimum is None


def figures(cost: float | None = None, measure: str = "", **values: int) -> Figures:
    blank = {"pullups": 0, "rematches": 0, "same_institution": 0, "side_imbalance": 0}
    return Figures(**blank | values, other_rooms=0, cost=cost, measure=measure)


def test_the_best_figures_are_those_that_not_all_have() -> None:
    found = [figures(rematches=2, pullups=4), figures(rematches=1, pullups=4)]
    assert best_figures(found) == {"rematches": 1}
    assert best_figures([]) == {}


def test_costs_of_different_measures_are_not_compared() -> None:
    assert best_figures([figures(3, "pairs"), figures(2, "pairs")]) == {"cost": 2}
    assert best_figures([figures(3, "pairs"), figures(2, "round")]) == {}
    assert best_figures([figures(3, "pairs"), figures()]) == {}
