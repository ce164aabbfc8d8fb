"""Brackets of two-team draws: the worked examples, and what each rule does with an odd one."""

from __future__ import annotations

import pytest

from tabapp.core.errors import UserError
from tests.domain.draw.two_team_field import WORKED, brackets_of, field_of, flags_of, written

INST = {"institution": "X"}
BUBBLE = "intermediate_bubble_up_down"


# --- pull-ups ----------------------------------------------------------------------------------


def test_the_top_of_the_next_bracket_is_pulled_up_as_in_the_worked_example() -> None:
    made = brackets_of(WORKED, "pullup_top")
    assert written(made) == "3: A B C D; 2: E F G H; 1: I J; 0: K L"
    assert flags_of(made) == {"D": ("pullup",), "H": ("pullup",)}
    assert [bracket.pulled_up for bracket in made] == [{"D"}, {"H"}, set(), set()]


def test_the_bottom_of_the_next_bracket_is_pulled_up() -> None:
    assert written(brackets_of(WORKED, "pullup_bottom")) == "3: A B C G; 2: D E F J; 1: H I; 0: K L"


def test_the_middle_of_an_odd_number_is_pulled_up() -> None:
    made = brackets_of("3: A; 2: B C D E F", "pullup_middle")
    assert written(made) == "3: A D; 2: B C E F"


def test_one_of_the_two_middle_ones_is_pulled_up_by_lot() -> None:
    drawn = {written(brackets_of("3: A; 2: B C D E; 1: F", "pullup_middle", seed))
             for seed in range(12)}
    assert drawn == {"3: A C; 2: B D E F", "3: A D; 2: B C E F"}


def test_any_team_of_the_next_bracket_is_pulled_up_by_lot() -> None:
    drawn = {written(brackets_of("3: A; 2: B C D", "pullup_random", seed)) for seed in range(30)}
    assert drawn == {"3: A B; 2: C D", "3: A C; 2: B D", "3: A D; 2: B C"}


def test_the_team_whose_opponents_rank_best_together_is_pulled_up() -> None:
    strong = {"B": {"draw_strength_rank": 9.0}, "C": {"draw_strength_rank": 4.0},
              "D": {"draw_strength_rank": 4.0 + 1e-9}, "E": {"draw_strength_rank": 30.0}}
    made = brackets_of(field_of("3: A; 2: D C B E; 1: F", **strong), "pullup_lowest_ds_rank")
    assert written(made) == "3: A D; 2: C B E F"


@pytest.mark.parametrize(("restriction", "column"), [
    ("least_to_date", "pullups"), ("lowest_ds_wins", "draw_strength"),
    ("lowest_ds_speaks", "draw_strength_speaks"),
])
@pytest.mark.parametrize(("rule", "taken"), [
    ("pullup_top", "C"), ("pullup_middle", "D"), ("pullup_bottom", "E"),
])
def test_a_restriction_comes_before_the_rule(
    restriction: str, column: str, rule: str, taken: str
) -> None:
    least = {team: {column: 1} for team in "CDE"} | {team: {column: 2} for team in "BF"}
    made = brackets_of(
        field_of("3: A; 2: B C D E F", **least), rule, draw_pullup_restriction=restriction)
    assert flags_of(made) == {taken: ("pullup",)}


def test_the_lowest_rank_sum_is_sought_among_those_that_a_restriction_leaves() -> None:
    teams = field_of("3: A; 2: B C D", B={"pullups": 1, "draw_strength_rank": 1.0},
                     C={"draw_strength_rank": 8.0}, D={"draw_strength_rank": 7.0})
    made = brackets_of(teams, "pullup_lowest_ds_rank", draw_pullup_restriction="least_to_date")
    assert written(made) == "3: A D; 2: B C"


def test_thirds_of_a_mark_are_equally_low() -> None:
    teams = field_of("3: A; 2: B C D", B={"draw_strength_speaks": 0.1 + 0.2},
                     C={"draw_strength_speaks": 0.3}, D={"draw_strength_speaks": 0.5})
    made = brackets_of(teams, "pullup_top", draw_pullup_restriction="lowest_ds_speaks")
    assert written(made) == "3: A B; 2: C D"


def test_a_level_that_was_swallowed_vanishes_and_the_next_one_is_asked() -> None:
    assert written(brackets_of("3: A; 2: B; 1: C; 0: D", "pullup_top")) == "3: A B; 1: C D"
    assert written(brackets_of("4: A B C; 3: D; 2: E F G; 0: H", "pullup_top")) == (
        "4: A B C D; 2: E F G H")


def test_every_bracket_may_pull_up_in_turn() -> None:
    made = brackets_of("4: A B C; 3: D E F G; 2: H I; 1: J K; 0: L", "pullup_top")
    assert written(made) == "4: A B C D; 3: E F G H; 2: I J; 1: K L"


def test_points_that_differ_by_rounding_are_one_level() -> None:
    teams = field_of("0.3: A; 0.2: B", B={"points": 0.1 + 0.2})
    assert written(brackets_of(teams, "pullup_top")) == "0.3: A B"


def test_teams_without_points_are_one_bracket() -> None:
    for rule in ("pullup_top", BUBBLE):
        assert written(brackets_of("0: A B C D", rule)) == "0: A B C D"


# --- intermediate brackets ---------------------------------------------------------------------


def test_the_last_and_the_first_team_meet_between_the_levels_as_in_the_worked_example() -> None:
    made = brackets_of(WORKED, "intermediate")
    assert written(made) == "3: A B; 2.5: C D; 2: E F; 1.5: G H; 1: I J; 0: K L"
    assert [bracket.intermediate for bracket in made] == [False, True] * 2 + [False, False]
    assert flags_of(made) == {}


def test_an_intermediate_bracket_lies_half_a_point_above_the_lower_team() -> None:
    assert written(brackets_of("5: A B C; 2: D E F", "intermediate")) == "5: A B; 2.5: C D; 2: E F"
    assert written(brackets_of("3: A; 2: B; 1: C; 0: D", "intermediate")) == "2.5: A B; 0.5: C D"
    assert written(brackets_of("3: A; 2: B C; 1: D", "intermediate")) == "2.5: A B; 1.5: C D"


# --- bubble up, bubble down --------------------------------------------------------------------


def test_a_conflict_bubbles_up_as_in_the_worked_example() -> None:
    made = brackets_of(field_of(WORKED, C=INST, D=INST), BUBBLE)
    assert written(made) == "3: A C; 2.5: B D; 2: E F; 1.5: G H; 1: I J; 0: K L"
    assert flags_of(made) == {"C": ("bubble_up_institution",), "B": ("bubble_accommodate",)}
    assert made[0].team_flags.keys() == {"C"}
    assert made[1].team_flags.keys() == {"B"}


def test_a_conflict_bubbles_down_where_it_cannot_bubble_up() -> None:
    teams = field_of(WORKED, B={"seen": {"D": 1}}, C={"seen": {"D": 1}})
    made = brackets_of(teams, BUBBLE)
    assert written(made) == "3: A B; 2.5: C E; 2: D F; 1.5: G H; 1: I J; 0: K L"
    assert flags_of(made) == {"D": ("bubble_down_history",), "E": ("bubble_accommodate",)}
    assert made[2].team_flags.keys() == {"D"}


def test_a_conflict_that_can_go_nowhere_stays_and_is_noted() -> None:
    teams = field_of(WORKED, B=INST, C=INST, D=INST, E=INST)
    made = brackets_of(teams, BUBBLE)
    assert written(made).startswith("3: A B; 2.5: C D; 2: E F;")
    assert flags_of(made) == {"C": ("cannot_bubble",), "D": ("cannot_bubble",)}


def test_the_institution_is_looked_at_before_the_history() -> None:
    teams = field_of(WORKED, C=INST, D=INST | {"seen": {"C": 2}})
    assert flags_of(brackets_of(teams, BUBBLE))["C"] == ("bubble_up_institution",)
    off = brackets_of(teams, BUBBLE, avoid_same_institution=False)
    assert flags_of(off)["C"] == ("bubble_up_history",)


def test_what_is_not_avoided_does_not_bubble() -> None:
    teams = field_of(WORKED, C=INST, D=INST | {"seen": {"C": 2}})
    made = brackets_of(teams, BUBBLE, avoid_same_institution=False, avoid_team_history=False)
    assert made == brackets_of(teams, "intermediate")


def test_teams_without_an_institution_never_clash() -> None:
    assert flags_of(brackets_of(WORKED, BUBBLE)) == {}


def test_only_brackets_half_a_point_away_take_part() -> None:
    far = field_of("5: A B C; 2: D", C=INST, D=INST)
    assert flags_of(brackets_of(far, BUBBLE)) == {
        "C": ("cannot_bubble",), "D": ("cannot_bubble",)}
    gone = field_of("3: A; 2: B; 1: C D", A=INST, B=INST)
    assert written(brackets_of(gone, BUBBLE)) == "2.5: A B; 1: C D"


def test_a_later_intermediate_bracket_sees_what_an_earlier_one_changed() -> None:
    teams = field_of(
        "3: A; 2: B C D; 1: E F; 0: G H", A=INST, B=INST, D=INST, E=INST)
    assert written(brackets_of(teams, BUBBLE)) == "2.5: A C; 2: B D; 1: E F; 0: G H"
    odd = field_of(
        "3: A; 2: B C D E; 1: F", A=INST, B=INST, E={"seen": {"F": 1}}, D={"seen": {"F": 1}})
    assert written(brackets_of(odd, BUBBLE)) == "2.5: A C; 2: B D; 1.5: E F"
    assert flags_of(brackets_of(odd, BUBBLE)) == {
        "B": ("bubble_down_institution",), "C": ("bubble_accommodate",),
        "E": ("cannot_bubble",), "F": ("cannot_bubble",)}


# --- allocated sides ---------------------------------------------------------------------------

UNEVEN = "3: A+ B+ C+ D-; 2: E+ F- G- H+; 1: I- J+ K- L-"


def allocated(text: str, rule: str, seed: int = 0, **options: str) -> str:
    return written(brackets_of(
        text, rule, seed, draw_side_allocations="preallocated", **options))


@pytest.mark.parametrize(("rule", "made"), [
    ("pullup_top", "3: A B C | D F G; 2: E H | I K; 1: J | L"),
    ("pullup_bottom", "3: A B C | D F G; 2: E H | K L; 1: J | I"),
])
def test_the_shorter_side_takes_what_it_lacks(rule: str, made: str) -> None:
    assert allocated(UNEVEN, rule) == made


def test_the_shorter_side_takes_teams_by_lot_in_the_order_of_the_draw() -> None:
    drawn = {allocated("3: A+ B+; 2: C- D- E- F+", "pullup_random", seed) for seed in range(30)}
    assert drawn == {"3: A B | C D; 2: F | E", "3: A B | C E; 2: F | D", "3: A B | D E; 2: F | C"}


def test_the_shorter_side_goes_on_into_lower_brackets() -> None:
    made = allocated("3: A+ B+ C+; 2: D- E+; 1: F- G-; 0: H-", "pullup_top")
    assert made == "3: A B C | D F G; 2: E | H"


def test_a_restriction_is_honoured_on_the_side_that_is_short() -> None:
    teams = field_of("3: A+ B+; 2: C- D- E- F+", C={"pullups": 2}, D={"pullups": 1})
    made = brackets_of(teams, "pullup_top", draw_side_allocations="preallocated",
                       draw_pullup_restriction="least_to_date")
    assert written(made) == "3: A B | D E; 2: F | C"
    assert flags_of(made) == {"D": ("pullup",), "E": ("pullup",)}


def test_the_lowest_rank_sum_is_pulled_up_onto_its_own_side() -> None:
    teams = field_of("3: A+; 2: B- C- D+", B={"draw_strength_rank": 5.0})
    made = brackets_of(teams, "pullup_lowest_ds_rank", draw_side_allocations="preallocated")
    assert written(made) == "3: A | C; 2: D | B"


def test_what_is_over_meets_the_top_of_the_other_side_half_a_point_lower() -> None:
    made = "3: A | D; 2.5: B C | F G; 1.5: E H | I K; 1: J | L"
    assert allocated(UNEVEN, "intermediate1") == made


def test_one_intermediate_bracket_is_filled_from_several_levels() -> None:
    field = "3: A+ B+ C+; 2: D- E+; 1: F- G-; 0: H-"
    assert allocated(field, "intermediate1") == "2.5: A B C | D F G; 1.5: E | H"


def test_each_level_that_contributes_has_its_own_intermediate_bracket() -> None:
    field = "3: A- B- C- D+; 2: E+ F-; 1: G+ H+"
    assert allocated(field, "intermediate2") == (
        "3: D | A; 2.66667: E | B; 2.33333: G | C; 1.5: H | F")
    assert allocated(UNEVEN, "intermediate2") == allocated(UNEVEN, "intermediate1")


def test_a_level_without_the_side_that_is_short_contributes_nothing() -> None:
    field = "3: A+; 2: B+; 1: C- D-"
    assert allocated(field, "intermediate2") == "2.5: A | C; 1.5: B | D"
    assert allocated(field, "pullup_top") == "3: A | C; 2: B | D"


# --- refusals ----------------------------------------------------------------------------------


def test_an_odd_field_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        brackets_of("3: A B C", "pullup_top")
    assert caught.value.code == "draw_team_count"


@pytest.mark.parametrize(("field", "code"), [
    ("3: A+ B+; 2: C- D+", "draw_sides_unequal"), ("3: A+ B", "draw_sides_missing"),
])
def test_sides_that_cannot_meet_are_refused(field: str, code: str) -> None:
    with pytest.raises(UserError) as caught:
        allocated(field, "pullup_top")
    assert caught.value.code == code
