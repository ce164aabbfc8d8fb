"""What is refused before anything is drawn, with the teams and the fix named."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.draw import generate
from tabapp.domain.draw.field import take_field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.validity import check_draw, resting_side
from tabapp.domain.types import BP_SIDES, TWO_SIDES, DrawSnapshot, DrawTeam, DrawType, Side
from tests.domain.draw.two_team_field import WORKED, field_of

SIDED = "3: A+ B- C+; 2: D- E+ F-"
PREALLOCATED: dict[str, Any] = {
    "draw_side_allocations": "preallocated", "draw_odd_bracket": "pullup_top"}
OTHERS = [DrawType.RANDOM, DrawType.SEEDED, DrawType.ROUND_ROBIN]


def snapshot(
    teams: list[DrawTeam] | str, draw_type: DrawType = DrawType.POWER, **options: Any
) -> DrawSnapshot:
    field = field_of(teams) if isinstance(teams, str) else teams
    seeded = [replace(team, seed=1.0) for team in field] if draw_type is DrawType.SEEDED else field
    return DrawSnapshot(TWO_SIDES, draw_type, tuple(seeded), options)


def refused(given: DrawSnapshot) -> UserError:
    with pytest.raises(UserError) as caught:
        check_draw(given)
    return caught.value


# --- how many ----------------------------------------------------------------------------------


@pytest.mark.parametrize("draw_type", [DrawType.POWER, DrawType.RANDOM, DrawType.SEEDED])
def test_an_odd_number_needs_a_bye(draw_type: DrawType) -> None:
    error = refused(snapshot("0: A B C", draw_type))
    assert error.code == "draw_team_count"
    assert "bye_team_selection" in error.message
    check_draw(snapshot("0: A B C", draw_type, bye_team_selection="lowest"))


def test_an_odd_round_robin_has_its_bye_anyway() -> None:
    check_draw(snapshot("0: A B C", DrawType.ROUND_ROBIN))


@pytest.mark.parametrize("teams", ["0: A B C", "0: A A", "0.5: A"])
def test_a_manual_draw_is_never_refused(teams: str) -> None:
    check_draw(snapshot(teams, DrawType.MANUAL, draw_side_allocations="preallocated"))


def test_a_value_that_no_option_can_have_is_refused() -> None:
    wrong: dict[str, Any] = {
        "bp_position_cost_exponent": -1, "side_penalty": -1, "draw_odd_bracket": "pullup",
        "round_robin_legs": 3}
    for name, value in wrong.items():
        given: dict[str, Any] = {name: value}
        assert refused(snapshot(WORKED, **given)).code == "draw_option_invalid"
    assert refused(snapshot(WORKED, bp_renyi_order=-0.5)).code == "draw_renyi_negative"


@pytest.mark.parametrize("points", [1e13, -1e13])
def test_points_beyond_all_measure_are_refused(points: float) -> None:
    error = refused(snapshot(field_of("0: A B", B={"points": points, "name": "Bree"})))
    assert error.code == "draw_points_too_large"
    assert "Bree" in error.message


@pytest.mark.parametrize("counts", [(1,), (1, 2, 3), (0, -1)])
def test_sides_within_a_kind_are_counts_too(counts: tuple[int, ...]) -> None:
    assert refused(snapshot(field_of("0: A B", A={"kind_sides": counts}))).code == (
        "draw_sides_invalid")
    check_draw(snapshot(field_of("0: A B", A={"kind_sides": (1, 2)})))


# --- allocated sides ---------------------------------------------------------------------------


@pytest.mark.parametrize("draw_type", [DrawType.POWER, DrawType.RANDOM, DrawType.SEEDED])
def test_a_team_without_an_allocated_side_is_named(draw_type: DrawType) -> None:
    teams = field_of("3: A+ B C-; 2: D", B={"name": "Beech"}, C={"allocated_side": Side.OG})
    error = refused(snapshot(teams, draw_type, **PREALLOCATED))
    assert error.code == "draw_sides_missing"
    assert "Beech, C, D" in error.message
    assert "draw_side_allocations" in error.message


def test_of_many_teams_the_first_dozen_is_named() -> None:
    teams = field_of("0: " + " ".join(f"T{number}" for number in range(14)))
    assert "T11 and 2 more." in refused(snapshot(teams, **PREALLOCATED)).message
    assert "T10, T11." in refused(snapshot(teams[:12], **PREALLOCATED)).message


@pytest.mark.parametrize("draw_type", [DrawType.POWER, DrawType.RANDOM, DrawType.SEEDED])
def test_unequal_allocated_sides_are_refused_with_how_many_to_move(draw_type: DrawType) -> None:
    error = refused(snapshot("0: A+ B+ C- D+ E+ F+", draw_type, **PREALLOCATED))
    assert error.code == "draw_sides_unequal"
    assert error.facts == {"aff": 5, "neg": 1, "move": 2, "longer": "aff"}
    assert refused(snapshot("0: A- B-", draw_type, **PREALLOCATED)).facts["longer"] == "neg"


def test_sides_that_are_not_allocated_are_not_looked_at() -> None:
    for sides in ("balance", "random", "manual-ballot"):
        check_draw(snapshot("0: A+ B+", draw_side_allocations=sides))
    check_draw(snapshot("0: A B", DrawType.ROUND_ROBIN, **PREALLOCATED))
    four = tuple(replace(team, sides=(0,) * 4) for team in field_of("0: A B C D"))
    for draw_type in (DrawType.POWER, DrawType.RANDOM):
        check_draw(DrawSnapshot(
            BP_SIDES, draw_type, four, {"draw_side_allocations": "preallocated"}))


@pytest.mark.parametrize("byes", ["random", "lowest"])
def test_with_allocated_sides_a_team_of_the_longer_side_rests(byes: str) -> None:
    for teams, side, resting in (("3: A+ B+; 2: C- D+ E-", Side.AFF, set("ABD")),
                                 ("3: A+ B-; 2: C-", Side.NEG, set("BC"))):
        given = snapshot(teams, bye_team_selection=byes, **PREALLOCATED)
        options = check_draw(given)
        assert resting_side(given, options) is side
        rested = {
            take_field(given.teams, size=2, byes=byes, lots=Lots(seed), resting=side).byes[0].id
            for seed in range(30)}
        assert rested == (resting if byes == "random" else {max(resting)})


@pytest.mark.parametrize("sides", ["balance", "preallocated"])
def test_the_byes_of_a_seeded_draw_go_to_the_lowest_seeds(sides: str) -> None:
    seeds = {"A": 1.0, "B": 5.0, "C": 3.0, "D": 4.0, "E": 0.5}
    given = snapshot("3: A+ B+; 2: C- D+ E-", DrawType.SEEDED, **{
        **PREALLOCATED, "draw_side_allocations": sides, "bye_team_selection": "lowest"})
    given = replace(given, teams=tuple(replace(one, seed=seeds[one.id]) for one in given.teams))
    for seed in range(5):
        draw = generate(given, seed=seed)
        assert draw.debates[-1].sides == ((Side.BYE, "E" if sides == "balance" else "A"),)
        if sides == "balance":
            assert [set(one.teams) for one in draw.debates[:2]] == [{"B", "C"}, {"D", "A"}]


def test_with_allocated_sides_an_odd_number_leaves_one_team_over_and_no_more() -> None:
    given = snapshot("0: A+ B+ C+ D- E+", bye_team_selection="lowest", **PREALLOCATED)
    assert refused(given).facts == {"aff": 4, "neg": 1, "move": 1, "longer": "aff"}


def test_no_side_rests_where_nobody_is_left_over_or_sides_are_free() -> None:
    for teams, draw_type, options in (
        (SIDED, DrawType.POWER, PREALLOCATED), ("0: A+ B+ C-", DrawType.POWER, {}),
        ("0: A+ B+ C-", DrawType.ROUND_ROBIN, PREALLOCATED),
    ):
        given = snapshot(teams, draw_type, bye_team_selection="lowest", **options)
        assert resting_side(given, check_draw(given)) is None


# --- points and seeds --------------------------------------------------------------------------

HALVES: dict[str, dict[str, Any]] = {"B": {"points": 2.5, "name": "Birch"}, "C": {"points": 2.5}}


@pytest.mark.parametrize("rule", ["intermediate", "intermediate_bubble_up_down"])
def test_fractions_leave_no_room_for_intermediate_brackets(rule: str) -> None:
    error = refused(snapshot(field_of("3: A; 2: B C D", **HALVES), draw_odd_bracket=rule))
    assert error.code == "draw_points_fractional"
    assert "Birch, C." in error.message
    assert "pullup_top" in error.message


@pytest.mark.parametrize("rule", ["intermediate1", "intermediate2"])
def test_fractions_leave_no_room_between_allocated_brackets(rule: str) -> None:
    teams = field_of("3: A+; 2: B- C+ D-", **HALVES)
    options = PREALLOCATED | {"draw_odd_bracket": rule}
    assert refused(snapshot(teams, **options)).code == "draw_points_fractional"


def test_fractions_are_no_matter_where_no_bracket_is_opened() -> None:
    teams = field_of("3: A; 2: B C D", **HALVES)
    check_draw(snapshot(teams, draw_odd_bracket="pullup_top"))
    check_draw(snapshot(teams, draw_avoid_conflicts="graph", draw_matching_scope="round"))
    for draw_type in OTHERS:
        check_draw(snapshot(teams, draw_type))


def test_points_that_are_whole_but_for_rounding_are_whole() -> None:
    check_draw(snapshot(field_of("3: A B", A={"points": 3 - 1e-9})))


@pytest.mark.parametrize("blank", [None, math.nan])
def test_a_blank_seed_is_refused_in_a_seeded_draw(blank: float | None) -> None:
    given = snapshot(WORKED, DrawType.SEEDED)
    teams = (*given.teams[:-1], replace(given.teams[-1], seed=blank, name="Larch"))
    error = refused(replace(given, teams=teams))
    assert error.code == "draw_seeds_missing"
    assert "Larch" in error.message
    assert "0 for unseeded" in error.message
    check_draw(replace(given, teams=teams, draw_type=DrawType.POWER))


# --- combinations ------------------------------------------------------------------------------


@pytest.mark.parametrize(("options", "code", "nearest"), [
    ({"draw_odd_bracket": "intermediate"}, "odd_bracket_needs_free_sides", "intermediate1"),
    ({"draw_odd_bracket": "pullup_middle"}, "odd_bracket_needs_free_sides", "pullup_top"),
    ({"draw_pairing_method": "adjacent"}, "pairing_needs_free_sides", "slide"),
    ({"draw_pairing_method": "fold_top_adjacent_rest"}, "pairing_needs_free_sides", "fold"),
])
def test_what_needs_free_sides_is_refused_with_the_nearest(
    options: dict[str, Any], code: str, nearest: str
) -> None:
    error = refused(snapshot(SIDED, **(PREALLOCATED | options)))
    assert error.code == code
    assert f"one of {nearest}" in error.message


def test_what_needs_allocated_sides_is_refused_without() -> None:
    error = refused(snapshot(WORKED, draw_odd_bracket="intermediate2"))
    assert error.code == "odd_bracket_needs_allocated_sides"
    assert "balance" in error.message


def test_a_draw_without_brackets_reads_no_rule_for_them() -> None:
    options = PREALLOCATED | {"draw_odd_bracket": "pullup_middle"}
    check_draw(snapshot(SIDED, DrawType.SEEDED, **options))
    check_draw(snapshot(
        SIDED, **options, draw_avoid_conflicts="graph", draw_matching_scope="round"))
    check_draw(snapshot(SIDED, DrawType.RANDOM, **options, draw_pairing_method="adjacent"))
    assert refused(snapshot(
        SIDED, DrawType.SEEDED, **options, draw_pairing_method="adjacent")).code == (
        "pairing_needs_free_sides")
