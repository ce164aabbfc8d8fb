"""Brackets and position costs against the worked examples of the rules."""

from __future__ import annotations

import numpy as np
import pytest

from tabapp.core.errors import UserError
from tabapp.domain.draw.brackets import define_rooms, points_of
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DRAW_DEFAULTS, DrawOptions, check_option_names
from tabapp.domain.draw.positions import CostTable, balance_change


def rooms(levels: dict[int, int], distribution: str = "anywhere") -> list[tuple[float, set[float]]]:
    points = [value for value, count in levels.items() for _ in range(count)]
    return [(room.level, set(room.allowed)) for room in define_rooms(points, distribution)]


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (
            {9: 5, 8: 2, 7: 6, 6: 7},
            [(9, {9, 8, 7}), (9, {9, 8, 7}), (7, {7, 6}), (7, {7, 6}), (6, {6})],
        ),
        ({6: 7, 5: 5, 4: 4}, [(6, {6, 5}), (6, {6, 5}), (5, {5}), (4, {4})]),
        ({12: 1, 11: 1, 10: 1, 9: 6, 8: 3}, [(12, {12, 11, 10, 9}), (9, {9, 8}), (9, {9, 8})]),
        ({3: 4, 2: 4}, [(3, {3}), (2, {2})]),
        ({3: 2, 2: 2, 1: 4}, [(3, {3, 2}), (1, {1})]),
        ({0: 8}, [(0, {0}), (0, {0})]),
    ],
)
def test_pullups_anywhere_open_every_room_of_the_bracket_to_the_levels_it_needs(
    levels: dict[int, int], expected: list[tuple[float, set[float]]]
) -> None:
    assert rooms(levels) == expected


def test_pullups_in_one_room_cut_the_standings_into_fours() -> None:
    assert rooms({9: 5, 8: 2, 7: 6, 6: 7}, "one_room") == [
        (9, {9}), (9, {9, 8, 7}), (7, {7}), (7, {7, 6}), (6, {6}),
    ]


def test_thirds_of_a_mark_tie_and_zero_has_no_sign() -> None:
    assert points_of(76 + 1 / 3) == points_of(229 / 3)
    assert str(points_of(-0.0)) == "0.0"


def cost(history: tuple[int, ...], position: int, **options: object) -> float:
    table = CostTable([history], DrawOptions.from_mapping(options))
    return float(table.of_teams()[0, position])


def test_position_costs_of_the_worked_example() -> None:
    assert cost((2, 1, 1, 0), 3) == pytest.approx(0.023, abs=5e-4)
    assert cost((2, 1, 1, 0), 0) == pytest.approx(97.8, abs=0.1)
    assert cost((2, 1, 1, 0), 0, bp_position_cost_exponent=1.0) == pytest.approx(3.145, abs=5e-4)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"bp_position_cost": "simple"}, 2.0),
        ({"bp_position_cost": "variance"}, 1.5),  # of 3, 1, 0, 0
        ({"bp_renyi_order": 0}, 4 * (2 - 1)),
        ({"bp_renyi_order": 0.5}, 4 * (2 - 2 * np.log2(0.75**0.5 + 0.25**0.5))),
        ({"bp_renyi_order": 2}, 4 * (2 + np.log2(10 / 16))),
    ],
)
def test_every_form_of_the_cost_follows_its_definition(
    options: dict[str, object], expected: float
) -> None:
    found = cost((2, 1, 0, 0), 0, bp_position_cost_exponent=1.0, **options)
    assert found == pytest.approx(expected)


@pytest.mark.parametrize("order", [1 - 1e-9, 1 + 1e-9, 0.999999, 1.000001])
def test_renyi_orders_beside_one_run_into_shannons(order: float) -> None:
    assert cost((3, 1, 1, 0), 1, bp_renyi_order=order) == pytest.approx(
        cost((3, 1, 1, 0), 1), rel=1e-4
    )


def test_very_high_renyi_orders_look_at_the_largest_share_alone() -> None:
    high = cost((3, 1, 1, 0), 1, bp_renyi_order=1e6, bp_position_cost_exponent=1.0)
    assert high == pytest.approx(6 * (2 - 1), rel=1e-4)


def test_an_exponent_of_zero_makes_every_position_cost_the_same() -> None:
    assert {cost((2, 0, 0, 0), s, bp_position_cost_exponent=0) for s in range(4)} == {1.0}


def test_a_fractional_exponent_of_an_even_history_is_a_number() -> None:
    for count in range(1, 40):
        history = (count, count, count, count - 1)
        assert cost(history, 3, bp_position_cost_exponent=0.3) == pytest.approx(0, abs=1e-4)


def test_costs_beyond_comparison_are_refused() -> None:
    with pytest.raises(UserError) as refused:
        cost((9, 0, 0, 0), 0, bp_position_cost_exponent=500)
    assert refused.value.code == "draw_cost_too_large"


@pytest.mark.parametrize(
    ("history", "position", "change"),
    [
        ((1, 1, 1, 0), 3, "none"),
        ((1, 1, 1, 0), 0, "regression"),
        ((2, 1, 1, 0), 3, "resolved"),
        ((3, 0, 0, 1), 1, "improving"),
        ((3, 0, 0, 1), 0, "still_bad"),
    ],
)
def test_the_position_balance_report_names_the_change(
    history: tuple[int, ...], position: int, change: str
) -> None:
    assert balance_change(history, position) == change


def test_defaults_are_those_of_the_rules_and_foreign_names_are_passed_over() -> None:
    assert DrawOptions.from_mapping({"adj_history_penalty": 5}) == DrawOptions()
    assert DrawOptions.from_mapping(DRAW_DEFAULTS) == DrawOptions()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"bp_renyi_order": -0.5}, "draw_renyi_negative"),
        ({"bp_renyi_order": float("nan")}, "draw_option_invalid"),
        ({"bp_renyi_order": True}, "draw_option_invalid"),
        ({"bp_position_cost_exponent": -1}, "draw_option_invalid"),
        ({"bp_position_cost_exponent": 10**400}, "draw_option_invalid"),
        ({"bp_position_cost": "renyi"}, "draw_option_invalid"),
        ({"bye_team_selection": ["off"]}, "draw_option_invalid"),
    ],
)
def test_values_that_an_option_cannot_have_are_refused(
    options: dict[str, object], code: str
) -> None:
    with pytest.raises(UserError) as refused:
        DrawOptions.from_mapping(options)
    assert refused.value.code == code


def test_an_unknown_option_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="bp_renyi_order") as refused:
        check_option_names(["bp_position_cost", "bp_renyi"])
    assert refused.value.code == "unknown_option"


def test_lots_are_the_same_on_every_machine() -> None:
    lots = Lots(17)
    assert lots.permutation(8).tolist() == [1, 4, 3, 5, 6, 2, 7, 0]
    assert lots.permutation(8).tolist() == [1, 7, 4, 2, 3, 0, 6, 5]
    assert sorted(lots.permutation(100).tolist()) == list(range(100))


@pytest.mark.parametrize("seed", [-1, True, 1.5])
def test_a_seed_that_is_no_count_is_refused(seed: object) -> None:
    with pytest.raises(UserError) as refused:
        Lots(seed)  # type: ignore[arg-type]
    assert refused.value.code == "draw_seed_invalid"
