"""A two-team draw explains itself in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from tabapp.domain.draw import explain, generate
from tabapp.domain.types import (
    TWO_SIDES,
    Cycle,
    Draw,
    DrawnDebate,
    DrawQuality,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)


def pairs(
    points: Sequence[float], options: dict[str, Any] | None = None, *,
    draw_type: DrawType = DrawType.POWER, cycle: Cycle | None = None, **facts: Sequence[Any],
) -> DrawSnapshot:
    """Return teams T1, T2 … in rank order; ``facts`` give each team a field's value."""
    teams = tuple(
        DrawTeam(f"T{n + 1}", points=float(p), rank=n + 1,
                 subrank=n + 1 - list(points).index(p),
                 **{"sides": (0, 0), **{name: row[n] for name, row in facts.items()}})
        for n, p in enumerate(points))
    return DrawSnapshot(TWO_SIDES, draw_type, teams, options or {}, cycle=cycle)


def room(
    aff: str, neg: str, bracket: float = 0.0, flags: tuple[str, ...] = (), **team_flags: Any
) -> DrawnDebate:
    return DrawnDebate(bracket, 1, ((Side.AFF, aff), (Side.NEG, neg)), flags, team_flags)


def said(snapshot: DrawSnapshot, *rooms: DrawnDebate, seed: int = 1) -> str:
    draw = Draw(rooms, seed, DrawQuality(), "")
    return " ".join(explain(draw, snapshot)[0])


def test_places_and_the_pairing_method_are_told() -> None:
    words = said(pairs([2] * 4), room("T3", "T1", 2), room("T2", "T4", 2))
    assert "the bracket of 2, which has 4 teams" in words
    assert "T1 stands 1st of 4 in it, T3 3rd. By slide these two meet." in words


@pytest.mark.parametrize(("method", "other"), [("fold", "T4"), ("adjacent", "T2")])
def test_a_pair_that_is_not_the_methods_names_the_one_that_would_be(
    method: str, other: str
) -> None:
    snapshot = pairs([2] * 4, {"draw_pairing_method": method})
    words = said(snapshot, room("T1", "T3", 2), room("T2", "T4", 2))
    assert f"By {method} alone T1 would have met {other}." in words


def test_fold_top_adjacent_rest_is_told_by_its_bracket() -> None:
    snapshot = pairs([3] * 4 + [2] * 4, {"draw_pairing_method": "fold_top_adjacent_rest"})
    draw = generate(snapshot, seed=1)
    words = [" ".join(one) for one in explain(draw, snapshot)]
    assert [("By fold" in one, "By adjacent" in one) for one in words] == [
        (True, False), (True, False), (False, True), (False, True)]


def test_places_are_counted_on_each_side_where_sides_are_allocated() -> None:
    snapshot = pairs(
        [1] * 4, {"draw_side_allocations": "preallocated", "draw_odd_bracket": "pullup_top"},
        allocated_side=[Side.AFF, Side.AFF, Side.NEG, Side.NEG])
    words = said(snapshot, room("T2", "T4", 1), room("T1", "T3", 1))
    assert "T2 stands 2nd of 2 on its side of it, T4 2nd on the other. By slide" in words
    assert "The sides were allocated beforehand." in words


def test_pairs_by_lot_have_no_places() -> None:
    snapshot = pairs([1] * 4, {"draw_pairing_method": "random"})
    words = said(snapshot, room("T2", "T4", 1), room("T1", "T3", 1))
    assert "were paired by lot among 4" in words
    assert "stands" not in words


ODD = [3, 3, 3, 2, 2, 2, 2, 1]


@pytest.mark.parametrize(("rule", "team", "sentence"), [
    ("pullup_top", "T4", "takes from the top of the 4"),
    ("pullup_bottom", "T7", "takes from the bottom of the 4"),
    ("pullup_middle", "T5", "takes from the middle of the 4"),
    ("pullup_middle", "T6", "takes from the middle of the 4"),
    ("pullup_random", "T5", "Lots chose among the 4"),
    ("pullup_lowest_ds_rank", "T6", "lowest draw strength by rank, here 2, of the 4"),
])
def test_a_pull_up_is_told_with_its_rule(rule: str, team: str, sentence: str) -> None:
    snapshot = pairs(
        ODD, {"draw_odd_bracket": rule}, draw_strength_rank=[0, 0, 0, 9, 9, 2, 9, 0])
    flags: dict[str, Any] = {team: ("pullup",)}
    words = said(snapshot, room("T1", team, 3, **flags), room("T2", "T3", 3))
    assert f"{team} (2) is pulled up, as the bracket of 3 had an odd number" in words
    assert sentence in words


@pytest.mark.parametrize(
    "rule", ["pullup_top", "pullup_bottom", "pullup_middle", "pullup_lowest_ds_rank"])
def test_a_pull_up_that_the_rule_would_not_take_is_told_as_such(rule: str) -> None:
    snapshot = pairs(
        [3, 2, 2, 2, 2, 2], {"draw_odd_bracket": rule}, draw_strength_rank=[0, 1, 2, 2, 2, 2])
    words = said(snapshot, room("T1", "T3", 3, T3=("pullup",)))
    assert "The rule would have taken another." in words


@pytest.mark.parametrize(("restriction", "field", "sentence"), [
    ("least_to_date", "pullups", "fewest pull-ups so far (0) could be: 2 of 4"),
    ("lowest_ds_wins", "draw_strength", "draw strength by wins (0) could be: 2 of 4"),
    ("lowest_ds_speaks", "draw_strength_speaks", "draw strength by speaks (0) could be: 2 of 4"),
])
def test_a_restriction_is_told_with_its_numbers(
    restriction: str, field: str, sentence: str
) -> None:
    options = {"draw_odd_bracket": "pullup_top", "draw_pullup_restriction": restriction}
    facts: dict[str, Any] = {field: [0, 0, 0, 1, 0, 1, 0, 0]}
    snapshot = pairs(ODD, options, **facts)
    words = said(snapshot, room("T1", "T5", 3, T5=("pullup",)), room("T2", "T3", 3))
    assert sentence in words
    assert "takes from the top of the 2 that could be" in words


def test_a_team_that_rests_could_not_be_pulled_up() -> None:
    snapshot = pairs([3, 2, 2, 2, 2], {"draw_odd_bracket": "pullup_random"})
    rests = DrawnDebate(-1.0, 3, ((Side.BYE, "T5"),))
    words = said(snapshot, room("T1", "T2", 3, T2=("pullup",)), room("T3", "T4", 2), rests)
    assert "Lots chose among the 3" in words


def test_a_pull_up_for_an_allocated_side_says_so() -> None:
    options = {"draw_side_allocations": "preallocated", "draw_odd_bracket": "pullup_top"}
    snapshot = pairs(
        [3, 2, 2, 2], options, allocated_side=[Side.AFF, Side.NEG, Side.NEG, Side.AFF])
    words = said(snapshot, room("T1", "T2", 3, T2=("pullup",)), room("T4", "T3", 2))
    assert "lacked teams on its side" in words
    assert "top of the 2 that could be" in words


def test_a_pull_up_by_one_matching_is_told_with_its_price() -> None:
    options = {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round",
               "draw_odd_bracket": "pullup_top"}
    words = said(
        pairs([3, 1], options), room("T1", "T2", 3, T2=("pullup",)))
    assert "T2 (1) is pulled up to 3: one matching over all brackets paid 40000 for it." in words


def test_rooms_between_brackets_and_bubbles_are_told() -> None:
    snapshot = pairs([3, 3, 3, 2, 2, 2])
    words = said(snapshot, room(
        "T3", "T4", 2.5, T3=("bubble_up_history",), T4=("bubble_accommodate",)))
    assert "A room between brackets, as the upper one had an odd number: T3 (3) meets T4 (2)." in (
        words)
    assert "T3 changed places with a team of the bracket above, since it had met" in words
    assert "T4 changed places with a team of a neighbouring bracket" in words
    allocated = {"draw_side_allocations": "preallocated", "draw_odd_bracket": "intermediate1"}
    sides = [Side.AFF, Side.AFF, Side.AFF, Side.NEG, Side.NEG, Side.NEG]
    words = said(pairs([3, 3, 3, 2, 2, 2], allocated, allocated_side=sides),
                 room("T3", "T4", 2.5))
    assert "as the allocated sides of the upper one were unequal" in words


def test_a_team_from_another_bracket_is_told() -> None:
    words = said(pairs([3, 3, 1, 1]), room("T1", "T3", 3), room("T2", "T4", 3))
    assert "T3 (1) does not belong in the bracket of 3." in words


@pytest.mark.parametrize(("flag", "sentence"), [
    ("1u1d_history", "since teams would have met again here"),
    ("1u1d_institution", "since teams of one institution would have met here"),
    ("1u1d_accommodate", "Its second team came from a neighbouring room"),
    ("too_many_swaps", "Twenty tries by lot"),
])
def test_what_conflict_avoidance_did_is_told(flag: str, sentence: str) -> None:
    words = said(pairs([2] * 4), room("T1", "T4", 2, (flag,)), room("T2", "T3", 2))
    assert sentence in words


def test_a_matched_room_tells_its_cost_and_that_of_the_plain_pair() -> None:
    snapshot = pairs(
        [2] * 4, {"draw_avoid_conflicts": "graph"}, seen=[{"T3": 1}, {}, {}, {}])
    draw = generate(snapshot, seed=1)
    words = " ".join(explain(draw, snapshot)[0])
    assert "T1 stands 1st of 4" in words
    assert "The room costs 1 in the cheapest matching." in words
    assert "T1 against T3, as the method has it, costs 1000." in words


@pytest.mark.parametrize(("facts", "options", "sentence"), [
    ({"sides": [(0, 2), (1, 1)]}, {}, "T1 is Gov, since its sides so far lean to the other one"),
    ({"sides": [(2, 0), (1, 1)]}, {}, "The sides are against the balance"),
    ({"sides": [(1, 1), (1, 1)]}, {}, "Both were level, so lots decided"),
    ({"sides": [(1, 1), (1, 1)], "kind_sides": [(0, 1), (1, 0)]}, {},
     "over all rounds the two are level, but in rounds of this kind"),
    ({"sides": [(0, 2), (1, 1)]}, {"draw_side_allocations": "random"}, "Lots decided the sides."),
])
def test_the_sides_are_told_with_their_reason(
    facts: dict[str, Any], options: dict[str, Any], sentence: str
) -> None:
    draw = Draw((room("T1", "T2", 1),), 1, DrawQuality(), "")
    words = " ".join(
        explain(draw, pairs([1, 1], options, **facts), side_names=("Gov", "Opp"))[0])
    assert sentence in words
    aff, neg = facts["sides"][0]
    assert f"T1: Gov, after Gov {aff}, Opp {neg}." in words


def test_sides_that_the_room_decides_are_only_suggested() -> None:
    words = said(pairs([1, 1]), replace(room("T1", "T2", 1), sides_confirmed=False))
    assert "only suggested until they are confirmed" in words


def test_meetings_and_institutions_are_told() -> None:
    words = said(
        pairs([1, 1], seen=[{}, {"T1": 2}], institution=["I1", "I1"]), room("T1", "T2", 1))
    assert "T1 and T2 have met 2 times before." in words
    assert "T1 and T2 are of one institution." in words


@pytest.mark.parametrize(("draw_type", "sentence"), [
    (DrawType.RANDOM, "Drawn by lot; points were not looked at."),
    (DrawType.MANUAL, "Paired by hand."),
    (DrawType.SEEDED, "All 2 teams stand in one bracket, by their seeds."),
    (DrawType.ROUND_ROBIN, "Round 3 of a round-robin of 4 teams"),
])
def test_each_draw_type_says_how_it_came_about(draw_type: DrawType, sentence: str) -> None:
    cycle = Cycle(2, ("T1", "T2", "T3", "T4"))
    snapshot = pairs([1, 1], draw_type=draw_type, cycle=cycle, seed=[2.0, 1.0])
    words = said(snapshot, room("T1", "T2"))
    assert sentence in words
    assert "stands" not in words


def test_a_bye_is_told_by_its_draw_type() -> None:
    rests = DrawnDebate(-1.0, 2, ((Side.BYE, "T3"),))
    assert said(pairs([1, 1, 1]), rests) == "T3 has a bye, since 3 teams do not fill rooms of two."
    robin = pairs([1, 1, 1], draw_type=DrawType.ROUND_ROBIN, cycle=Cycle(0, ("T1", "T2", "T3")))
    assert "in a round-robin of 3 teams" in said(robin, rests)


def test_unknown_teams_do_not_stop_the_words() -> None:
    snapshot = pairs([1, 1])
    assert said(snapshot, room("T8", "T9", 1)) == ""
    assert "T1: Affirmative" in said(snapshot, room("T1", "T9", 1))
