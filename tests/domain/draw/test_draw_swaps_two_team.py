"""Swaps in draws of two teams: what is allowed, what they cost, who is pulled up after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw import generate, quality_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.swap_brackets import expected_brackets
from tabapp.domain.draw.swaps import Judging, SwapBook
from tabapp.domain.types import TWO_SIDES, DrawnDebate, DrawSnapshot, DrawTeam, DrawType, Side

NOBODY = Judging({}, frozenset())


def pairs(
    points: Sequence[float], options: dict[str, Any] | None = None, *,
    draw_type: DrawType = DrawType.POWER, **facts: Sequence[Any],
) -> DrawSnapshot:
    teams = tuple(
        DrawTeam(f"T{n + 1}", points=float(p), rank=n + 1,
                 subrank=n + 1 - list(points).index(p),
                 **{"sides": (0, 0), **{name: row[n] for name, row in facts.items()}})
        for n, p in enumerate(points))
    return DrawSnapshot(TWO_SIDES, draw_type, teams, options or {})


def room(rank: int, aff: str, neg: str, bracket: float, **flags: tuple[str, ...]) -> DrawnDebate:
    return DrawnDebate(bracket, rank, ((Side.AFF, aff), (Side.NEG, neg)), (), flags)


TOP = {"draw_odd_bracket": "pullup_top"}
PULLED = (
    room(1, "T1", "T2", 3), room(2, "T3", "T4", 3, T4=("pullup",)),
    room(3, "T5", "T6", 2), room(4, "T7", "T8", 1))


def pulled(options: dict[str, Any] = TOP, **facts: Any) -> SwapBook:
    return SwapBook(PULLED, pairs([3, 3, 3, 2, 2, 2, 1, 1], options, **facts), NOBODY)


def legality(book: SwapBook, one: str, other: str) -> tuple[bool, str]:
    price = book.price(one, other)
    return price.legal, price.lines[0].sentence


# --- what is allowed ---------------------------------------------------------------------------


def test_teams_of_one_bracket_change_places_freely() -> None:
    assert legality(pulled(), "T1", "T3") == (True, "Allowed: both stand on 3 points.")
    assert legality(pulled(), "T1", "T4") == (True, "Allowed: both rooms keep to their bracket.")
    assert legality(pulled(), "T1", "T2") == (True, "Allowed: both stay in their room.")


def test_a_team_does_not_leave_for_a_bracket_that_lacks_its_points() -> None:
    legal, words = legality(pulled(), "T1", "T8")
    assert not legal
    assert words == "T8 (1) does not belong in the bracket of 3."


def test_whom_the_rule_pulled_up_is_not_a_matter_of_choice() -> None:
    assert not legality(pulled(), "T4", "T5")[0]
    assert legality(pulled({"draw_odd_bracket": "pullup_random"}), "T4", "T5")[0]
    lots = {"draw_odd_bracket": "pullup_random", "draw_pullup_restriction": "least_to_date"}
    assert not legality(pulled(lots, pullups=[0, 0, 0, 0, 1, 0, 0, 0]), "T4", "T5")[0]
    assert legality(pulled(lots, pullups=[0, 0, 0, 0, 1, 0, 0, 0]), "T4", "T6")[0]
    by_rank = {"draw_odd_bracket": "pullup_lowest_ds_rank"}
    strengths = [0, 0, 0, 4.0, 4.0, 5.0, 0, 0]
    assert legality(pulled(by_rank, draw_strength_rank=strengths), "T4", "T5")[0]
    assert not legality(pulled(by_rank, draw_strength_rank=strengths), "T4", "T6")[0]


def test_a_place_between_brackets_is_given_by_rank() -> None:
    snapshot = pairs([3, 3, 3, 2, 2, 2])
    rooms = (room(1, "T1", "T2", 3), room(2, "T3", "T4", 2.5), room(3, "T5", "T6", 2))
    assert not legality(SwapBook(rooms, snapshot, NOBODY), "T2", "T3")[0]
    level = replace(snapshot, teams=tuple(replace(one, rank=1) for one in snapshot.teams))
    assert legality(SwapBook(rooms, level, NOBODY), "T2", "T3")[0]


def test_a_swap_that_mends_the_brackets_is_allowed() -> None:
    book = pulled()
    wrong = SwapBook(book.swapped("T1", "T8"), book.snapshot, NOBODY)
    assert any("does not belong" in flag for flag in wrong.flags_of(0))
    assert any("does not belong" in flag for flag in wrong.flags_of(3))
    assert legality(wrong, "T1", "T8")[0]
    assert not legality(wrong, "T2", "T8")[1].startswith("Against")


def test_one_matching_over_all_brackets_allows_any_pair() -> None:
    options = {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round", **TOP}
    assert legality(pulled(options), "T1", "T8")[0]
    assert pulled(options).flags_of(0) == ()


@pytest.mark.parametrize(("draw_type", "legal", "words"), [
    (DrawType.RANDOM, True, "by lot"), (DrawType.MANUAL, True, "by hand"),
    (DrawType.SEEDED, True, "keep to their bracket"),
    (DrawType.ROUND_ROBIN, False, "Against the cycle"),
])
def test_other_draw_types_have_their_own_word(
    draw_type: DrawType, legal: bool, words: str
) -> None:
    rooms = (room(1, "T1", "T2", 0), room(2, "T3", "T4", 0))
    snapshot = pairs([1] * 4, draw_type=draw_type, seed=[3.0, 2.0, 1.0, 0.0])
    found = legality(SwapBook(rooms, snapshot, NOBODY), "T1", "T3")
    assert found[0] is legal
    assert words in found[1]


def test_who_rests_does_not_change_places() -> None:
    rooms = (room(1, "T1", "T2", 1), DrawnDebate(-1.0, 2, ((Side.BYE, "T3"),)))
    book = SwapBook(rooms, pairs([1, 1, 1]), NOBODY)
    assert not legality(book, "T1", "T3")[0]
    assert [one.other for one in book.prices("T1")] == ["T2"]


# --- what it costs -----------------------------------------------------------------------------


def test_meetings_institutions_and_sides_make_the_price() -> None:
    book = pulled(
        seen=[{"T2": 1}, {}, {}, {}, {}, {}, {}, {}],
        institution=["A", "B", "B", None, "C", "D", "E", "F"], sides=[(2, 0), *[(0, 0)] * 7])
    # T1 and T2 have met; T1 comes to three affs and no neg
    assert book.total == 1000 + 2
    price = book.price("T1", "T3")
    assert price.change == -1000 + 1  # T3 and T2 are of one institution
    assert [line.kind for line in price.lines] == ["legality", "cost", "institution"]
    turned = book.price("T1", "T2")
    assert turned.change == -2
    assert [line.sentence for line in turned.lines[2:]] == [
        "T1 comes to Aff 2, Neg 1.", "T2 comes to Aff 1, Neg 0."]
    assert all(line.good for line in turned.lines)


def test_what_is_not_avoided_costs_nothing() -> None:
    free = {**TOP, "avoid_team_history": False, "avoid_same_institution": False}
    book = pulled(
        free, seen=[{"T2": 1}, *[{}] * 7], institution=["A", "A", *["B"] * 6])
    assert book.total == 0


def test_sides_that_lean_further_are_no_good_line() -> None:
    book = pulled(sides=[(0, 2), (2, 0), *[(0, 0)] * 6])
    price = book.price("T1", "T2")
    assert price.change == 4
    assert [line.good for line in price.lines] == [True, False, False, False]
    assert price.warnings == 2


def test_judges_that_clash_are_told_in_the_room_to_come() -> None:
    judging = Judging({1: (("J1", "Ann"),)}, frozenset({("J1", "T1")}))
    book = SwapBook(PULLED, pairs([3, 3, 3, 2, 2, 2, 1, 1], TOP), judging)
    lines = book.price("T1", "T3").lines
    assert [line.sentence for line in lines if line.kind == "clash"] == ["Ann clashes with T1."]


FACTS = st.lists(st.tuples(
    st.integers(0, 2), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2),
    st.sampled_from("ABC"), st.integers(1, 10)), min_size=10, max_size=10)
RULES = st.sampled_from([
    {}, TOP, {**TOP, "draw_avoid_conflicts": "graph", "pullup_debates_penalty": 3},
    {"draw_avoid_conflicts": "graph", "side_penalty": 2},
    {"draw_avoid_conflicts": "graph", "draw_matching_scope": "round", **TOP},
])


@settings(max_examples=25, deadline=None)
@given(FACTS, RULES)
def test_a_price_is_the_difference_of_the_totals(
    facts: list[tuple[int, int, int, int, str, int]], options: dict[str, Any]
) -> None:
    rows = sorted(facts, reverse=True)
    snapshot = pairs(
        [row[0] for row in rows], options, sides=[row[1:3] for row in rows],
        pullup_debates=[row[3] for row in rows], institution=[row[4] for row in rows],
        seen=[{f"T{row[5]}": 1} if row[5] != n + 1 else {} for n, row in enumerate(rows)])
    draw = generate(snapshot, seed=1)
    book = SwapBook(draw.debates, snapshot, NOBODY)
    assert not [f for n in range(5) for f in book.flags_of(n) if "belong" in f]
    if book.matched:
        assert book.total == draw.quality.pairing_cost == draw.quality.pairing_cost_optimum
        assert quality_of(draw.debates, snapshot) == draw.quality
    for one, other in list(combinations(book.seats, 2))[::7]:
        after = SwapBook(book.swapped(one, other), snapshot, NOBODY)
        assert after.total - book.total == pytest.approx(book.price(one, other).change)


# --- the rooms afterwards ----------------------------------------------------------------------


def test_the_pulled_up_are_flagged_anew() -> None:
    after = pulled().swapped("T4", "T5")
    assert after[1].team_flags == {"T5": ("pullup",)}
    assert after[2].team_flags == {}
    assert after[0] is PULLED[0]


def test_a_room_between_brackets_pulls_nobody_up() -> None:
    rooms = (room(1, "T1", "T2", 3), room(2, "T3", "T4", 2.5, T3=("cannot_bubble",)))
    book = SwapBook(rooms, pairs([3, 3, 3, 2]), NOBODY)
    assert book.flags_of(1) == (
        "T3 clashes with its opponent, and neither neighbouring bracket had a team to change "
        "places with.",)
    after = book.swapped("T1", "T4")
    assert after[0].team_flags == {}
    assert after[1].team_flags == {"T3": ("cannot_bubble",)}


def test_turned_sides_keep_the_rooms_flags_and_new_company_does_not() -> None:
    first = replace(PULLED[0], flags=("1u1d_history",))
    book = SwapBook((first, *PULLED[1:]), pulled().snapshot, NOBODY)
    assert book.swapped("T1", "T2")[0].flags == ("1u1d_history",)
    assert book.swapped("T1", "T3")[0].flags == ()


def test_a_room_of_two_has_one_turn_and_no_orders() -> None:
    book = pulled(sides=[(0, 2), *[(0, 0)] * 7])
    assert book.side_swaps(0) == [(Side.AFF, Side.NEG, 2.0)]
    assert book.equal_orders(0) == 1


def test_a_repeat_meeting_is_a_flag_of_a_room_of_two() -> None:
    book = pulled(seen=[{"T2": 1}, *[{}] * 7], institution=["A", "A", *[None] * 6])
    assert book.flags_of(0) == (
        "T1 and T2 have met before.", "T1 and T2 are of one institution.")


@pytest.mark.parametrize("rule", ["pullup_top", "pullup_random", "intermediate"])
def test_brackets_hold_what_the_engine_puts_there(rule: str) -> None:
    points = [4, 3, 3, 2, 1, 1, 1, 1, 0, 0]
    snapshot = pairs(points, {"draw_odd_bracket": rule})
    expected = expected_brackets(snapshot.teams, DrawOptions.from_mapping(snapshot.options))
    assert expected is not None
    held: dict[float, list[float]] = {}
    of = {team.id: team.points for team in snapshot.teams}
    for debate in generate(snapshot, seed=3).debates:
        held.setdefault(debate.bracket, []).extend(of[team] for team in debate.teams)
    assert {label: sorted(found) for label, found in held.items()} == {
        label: sorted(found.elements()) for label, found in expected.items()}
