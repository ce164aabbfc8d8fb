"""The auditor of two-team draws: it agrees with the engine and finds every planted fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.audit.draws import audit_draw
from tabapp.domain.audit.matching_optimum import (
    is_least_assignment,
    least_assignment,
    prove,
)
from tabapp.domain.audit.two_team_pairs import largest_gain
from tabapp.domain.draw import generate
from tabapp.domain.types import TWO_SIDES, Cycle, DrawTeam, DrawType
from tests.domain.draw.two_team_rooms import (
    AFF,
    NEG,
    Rooms,
    failed,
    level,
    rooms_of,
    snapshot_of,
    status,
    teams_of,
)

# --- ground, brackets ---------------------------------------------------------------------------

EXAMPLE = teams_of([3] * 3 + [2] * 4 + [1] * 3 + [0] * 2)
"""The worked example of the rules."""
OFF: Mapping[str, Any] = {"draw_avoid_conflicts": "off"}
UP = {**OFF, "draw_odd_bracket": "pullup_top"}
UP_ROOMS = [(3.0, "AC"), (3.0, "BD"), (2.0, "EG"), (2.0, "FH"), (1.0, "IJ"), (0.0, "KL")]
UP_FLAGS = {"D": ("pullup",), "H": ("pullup",)}
BETWEEN_ROOMS = [
    (3.0, "AB"), (2.5, "CD"), (2.0, "EF"), (1.5, "GH"), (1.0, "IJ"), (0.0, "KL")]


def test_the_worked_example_passes_every_check_with_and_without_the_seed() -> None:
    for options, rooms in (
        (UP, rooms_of(*UP_ROOMS, **UP_FLAGS)), (OFF, rooms_of(*BETWEEN_ROOMS)),
    ):
        for seed in (None, 5):
            checks = audit_draw(snapshot_of(EXAMPLE, **options), rooms, seed=seed)
            assert {one.status for one in checks} == {"passed", "skipped"}
            assert [one.name for one in checks] == [
                "every team once", "nobody else", "rooms of two", "byes", "room ranks",
                "brackets", "teams between brackets", "bracket flags", "pairing",
                "one up, one down", "sides"]


@pytest.mark.parametrize(("change", "name"), [
    ({5: (0.0, "KK")}, "every team once"),
    ({0: (2.0, "AC")}, "room ranks"),
    ({5: (0.5, "KL")}, "brackets"),
    ({1: (3.0, "BE"), 2: (2.0, "DG")}, "teams between brackets"),
    ({0: (3.0, "AB"), 1: (3.0, "CD")}, "pairing"),
    ({2: (2.0, "FH"), 3: (2.0, "EG")}, "pairing"),
])
def test_a_fault_in_the_pull_up_example_is_found_by_its_check(
    change: dict[int, tuple[float, str]], name: str
) -> None:
    planted = [change.get(at, room) for at, room in enumerate(UP_ROOMS)]
    flags = {"H": ("pullup",), "E" if name == "teams between brackets" else "D": ("pullup",)}
    found = failed(audit_draw(snapshot_of(EXAMPLE, **UP), rooms_of(*planted, **flags)))
    assert name in found
    if name in ("brackets", "pairing"):
        assert list(found) == [name]


def test_a_stranger_and_a_room_of_one_side_are_found() -> None:
    snapshot = snapshot_of(EXAMPLE, **UP)
    stranger = rooms_of(*UP_ROOMS[:5], (0.0, "KZ"), **UP_FLAGS)
    assert "Z in room 6" in failed(audit_draw(snapshot, stranger))["nobody else"]
    rooms = rooms_of(*UP_ROOMS, **UP_FLAGS)
    rooms[5] = replace(rooms[5], sides=((AFF, "K"), (AFF, "L")))
    checks = audit_draw(snapshot, rooms)
    assert list(failed(checks)) == ["rooms of two"]
    assert status(checks, "brackets") == "unclear"


@pytest.mark.parametrize("flags", [{"D": ("pullup",)}, {**UP_FLAGS, "A": ("pullup",)}])
def test_a_pull_up_flag_too_few_or_too_many_is_found(flags: dict[str, tuple[str, ...]]) -> None:
    found = failed(audit_draw(snapshot_of(EXAMPLE, **UP), rooms_of(*UP_ROOMS, **flags)))
    assert list(found) == ["bracket flags"]


PULLED = teams_of(
    [1] + [0] * 5, pullups=[0, 1, 0, 1, 0, 0], draw_strength=[0, 2, 2, 1, 1, 2],
    draw_strength_speaks=[0, 9, 9, 9, 9, 8], draw_strength_rank=[0, 7, 6, 5, 7, 9])


@pytest.mark.parametrize(("rule", "restriction", "right"), [
    ("pullup_top", "none", "B"), ("pullup_bottom", "none", "F"), ("pullup_middle", "none", "D"),
    ("pullup_random", "none", "BCDEF"), ("pullup_lowest_ds_rank", "none", "D"),
    ("pullup_top", "least_to_date", "C"), ("pullup_middle", "least_to_date", "E"),
    ("pullup_bottom", "lowest_ds_wins", "E"), ("pullup_middle", "lowest_ds_wins", "DE"),
    ("pullup_random", "lowest_ds_speaks", "F"), ("pullup_lowest_ds_rank", "lowest_ds_wins", "D"),
])
def test_each_pull_up_rule_takes_its_team_and_no_other(
    rule: str, restriction: str, right: str
) -> None:
    snapshot = snapshot_of(
        PULLED, **OFF, draw_odd_bracket=rule, draw_pullup_restriction=restriction)
    for team in "BCDEF":
        rest = [other for other in "BCDEF" if other != team]
        rooms = rooms_of(
            (1.0, f"A{team}"), (0.0, rest[0] + rest[2]), (0.0, rest[1] + rest[3]),
            **{team: ("pullup",)})
        found = failed(audit_draw(snapshot, rooms))
        assert list(found) == ([] if team in right else ["teams between brackets"]), team


def test_teams_level_in_rank_are_interchangeable_without_the_seed_only() -> None:
    snapshot = snapshot_of(level([1, 0, 0, 0]), **UP)
    verdicts = []
    for pulled, others in (("B", "CD"), ("C", "BD"), ("D", "BC")):
        rooms = rooms_of((1.0, f"A{pulled}"), (0.0, others), **{pulled: ("pullup",)})
        assert failed(audit_draw(snapshot, rooms)) == {}
        verdicts.append(failed(audit_draw(snapshot, rooms, seed=4)) == {})
    assert verdicts.count(True) == 1


# --- intermediate brackets ----------------------------------------------------------------------

def bubbling(**seen: str) -> tuple[DrawTeam, ...]:
    return tuple(
        replace(team, seen=dict.fromkeys(seen.get(team.id, ""), 1)) for team in EXAMPLE)


BUBBLED_UP = rooms_of(
    (3.0, "AC"), (2.5, "BD"), *BETWEEN_ROOMS[2:],
    C=("bubble_up_history",), B=("bubble_accommodate",))
BUBBLED_DOWN = rooms_of(
    (3.0, "AB"), (2.5, "CE"), (2.0, "DF"), *BETWEEN_ROOMS[3:],
    D=("bubble_down_history",), E=("bubble_accommodate",))
STUCK = rooms_of(*BETWEEN_ROOMS, C=("cannot_bubble",), D=("cannot_bubble",))
PLAIN = rooms_of(*BETWEEN_ROOMS)


@pytest.mark.parametrize(("seen", "right"), [
    ({}, PLAIN), ({"C": "D"}, BUBBLED_UP), ({"C": "D", "B": "D"}, BUBBLED_DOWN),
    ({"C": "DE", "B": "D"}, STUCK),
])
def test_only_the_bubbling_of_the_rule_passes(seen: dict[str, str], right: Rooms) -> None:
    snapshot = snapshot_of(bubbling(**seen), **OFF)
    for rooms in (PLAIN, BUBBLED_UP, BUBBLED_DOWN, STUCK):
        for seed in (None, 3):
            found = failed(audit_draw(snapshot, rooms, seed=seed))
            assert (found == {}) == (rooms is right)
            assert set(found) <= {"teams between brackets", "bracket flags"}


def test_plain_intermediate_brackets_never_bubble() -> None:
    snapshot = snapshot_of(bubbling(C="D"), **OFF, draw_odd_bracket="intermediate")
    assert failed(audit_draw(snapshot, PLAIN)) == {}
    assert "need not bubble" in failed(audit_draw(snapshot, BUBBLED_UP))["teams between brackets"]


def test_an_intermediate_bracket_of_the_wrong_team_is_found() -> None:
    rooms = rooms_of((3.0, "AC"), (2.5, "BD"), *BETWEEN_ROOMS[2:])
    found = failed(audit_draw(snapshot_of(EXAMPLE, **OFF), rooms, seed=1))
    assert list(found) == ["teams between brackets"]


# --- allocated sides ----------------------------------------------------------------------------

SIDED = teams_of(
    [2, 2, 2, 1, 1, 1, 0, 0], allocated_side=[AFF, AFF, AFF, NEG, NEG, AFF, NEG, NEG])
SIDED_RIGHT: Mapping[str, Rooms] = {
    "pullup_top": rooms_of((2.0, "AD"), (2.0, "BE"), (2.0, "CG"), (1.0, "FH"),
                           D=("pullup",), E=("pullup",), G=("pullup",), H=("pullup",)),
    "pullup_bottom": rooms_of((2.0, "AD"), (2.0, "BE"), (2.0, "CH"), (1.0, "FG"),
                              D=("pullup",), E=("pullup",), G=("pullup",), H=("pullup",)),
    "intermediate1": rooms_of((1.5, "AD"), (1.5, "BE"), (1.5, "CG"), (0.5, "FH")),
    "intermediate2": rooms_of((1 + 2 / 3, "AD"), (1 + 2 / 3, "BE"), (4 / 3, "CG"), (0.5, "FH")),
}


@pytest.mark.parametrize("rule", SIDED_RIGHT)
def test_each_rule_of_allocated_sides_passes_its_draw_and_no_other(rule: str) -> None:
    snapshot = snapshot_of(
        SIDED, **OFF, draw_odd_bracket=rule, draw_side_allocations="preallocated")
    for other, rooms in SIDED_RIGHT.items():
        assert (failed(audit_draw(snapshot, rooms)) == {}) == (rule == other), other
    turned = [replace(SIDED_RIGHT[rule][0], sides=((AFF, "D"), (NEG, "A"))),
              *SIDED_RIGHT[rule][1:]]
    assert list(failed(audit_draw(snapshot, turned))) == ["sides"]


# --- one up, one down ---------------------------------------------------------------------------

EIGHT = teams_of([0] * 8, institution=[None, None, "X", None, None, None, "X", None])
STRAIGHT = ((0.0, "AE"), (0.0, "BF"), (0.0, "CG"), (0.0, "DH"))
SWAPPED = ((0.0, "AE"), (0.0, "BG"), (0.0, "CF"), (0.0, "DH"))
LOWER = ((0.0, "AE"), (0.0, "BF"), (0.0, "CH"), (0.0, "DG"))


def noted(rooms: Rooms, *flags: str) -> Rooms:
    return [replace(room, flags=(flag,) if flag else ())
            for room, flag in zip(rooms, flags, strict=True)]


def test_the_higher_of_two_equal_swaps_is_due_with_its_notes() -> None:
    snapshot = snapshot_of(EIGHT)
    why = ("", "1u1d_accommodate", "1u1d_institution", "")
    assert failed(audit_draw(snapshot, noted(rooms_of(*SWAPPED), *why))) == {}
    assert list(failed(audit_draw(snapshot, rooms_of(*SWAPPED)))) == ["one up, one down"]
    for rooms, gain in ((rooms_of(*STRAIGHT), "gain 0,"), (rooms_of(*LOWER), "gain 0.999001,")):
        found = failed(audit_draw(snapshot, rooms, seed=2))
        assert list(found) == ["one up, one down"]
        assert gain in found["one up, one down"]


def test_a_swap_that_makes_history_worse_is_found() -> None:
    teams = tuple(replace(team, seen={"B": 1} if team.id == "G" else {}) for team in EIGHT)
    why = ("", "1u1d_accommodate", "1u1d_institution", "")
    found = failed(audit_draw(snapshot_of(teams), noted(rooms_of(*SWAPPED), *why)))
    assert "forbidden" in found["one up, one down"]


def test_without_the_seed_swaps_among_level_teams_are_unclear() -> None:
    teams = level([0] * 8, institution=[team.institution for team in EIGHT])
    checks = audit_draw(snapshot_of(teams), rooms_of(*STRAIGHT))
    assert status(checks, "pairing") == "passed"
    assert status(checks, "one up, one down") == "unclear"


@given(st.lists(st.one_of(st.none(), st.integers(-3, 12)), max_size=12))
def test_the_largest_gain_is_that_of_every_set_tried(gains: list[int | None]) -> None:
    best = 0
    for chosen in range(2 ** len(gains)):
        if chosen & chosen >> 1:
            continue
        taken = [gain for at, gain in enumerate(gains) if chosen >> at & 1]
        if None not in taken:
            best = max(best, sum(gain or 0 for gain in taken))
    assert largest_gain(gains) == best


# --- least cost ---------------------------------------------------------------------------------

GRAPH: Mapping[str, Any] = {"draw_avoid_conflicts": "graph"}


@pytest.mark.parametrize("options", [
    {}, {"draw_matching_scope": "round"}, {"draw_pairing_method": "fold"},
    {"draw_matching_scope": "round", "draw_odd_bracket": "pullup_bottom"},
])
def test_a_dearer_pair_is_found_with_both_figures(options: dict[str, Any]) -> None:
    snapshot = snapshot_of(EIGHT, **GRAPH, **options)
    draw = generate(snapshot, seed=3)
    assert failed(audit_draw(snapshot, draw.debates, seed=3)) == {}
    rooms = list(draw.debates)
    (aff, one), (neg, two) = rooms[0].sides
    (_aff, three), (_neg, four) = rooms[1].sides
    low, high = sorted((one, two)), sorted((three, four))
    rooms[0] = replace(rooms[0], sides=((aff, low[0]), (neg, high[0])))
    rooms[1] = replace(rooms[1], sides=((aff, low[1]), (neg, high[1])))
    found = failed(audit_draw(snapshot, rooms, seed=3))
    assert "is possible" in found["pairing cost at the optimum"]


def test_rooms_of_a_matching_out_of_the_order_of_their_best_teams_are_found() -> None:
    snapshot = snapshot_of(teams_of([0] * 4), **GRAPH)
    rooms = rooms_of((0.0, "BD"), (0.0, "AC"))
    assert list(failed(audit_draw(snapshot, rooms))) == ["room order"]


def test_a_dearer_pair_of_allocated_sides_is_found() -> None:
    teams = teams_of([0] * 4, allocated_side=[AFF, NEG, AFF, NEG], institution=list("XXYY"))
    snapshot = snapshot_of(
        teams, **GRAPH, draw_side_allocations="preallocated", draw_odd_bracket="pullup_top")
    assert failed(audit_draw(snapshot, rooms_of((0.0, "AD"), (0.0, "CB")))) == {}
    found = failed(audit_draw(snapshot, rooms_of((0.0, "AB"), (0.0, "CD"))))
    assert list(found) == ["pairing cost at the optimum"]


def test_a_cost_that_hangs_on_lots_is_unclear_without_the_seed() -> None:
    snapshot = snapshot_of(level([0] * 4), **GRAPH)
    draw = generate(snapshot, seed=9)
    name = "pairing cost at the optimum"
    assert status(audit_draw(snapshot, draw.debates), name) == "unclear"
    assert status(audit_draw(snapshot, draw.debates, seed=9), name) == "passed"


def plain_optimum(prices: np.ndarray, left: tuple[int, ...]) -> int:
    if not left:
        return 0
    return min(
        int(prices[left[0], other])
        + plain_optimum(prices, tuple(one for one in left[1:] if one != other))
        for other in left[1:])


@given(st.integers(1, 4), st.integers(0, 10**6), st.sampled_from([2, 4, 50]))
@settings(max_examples=120, deadline=None)
def test_the_proof_finds_the_optimum_of_any_prices(half: int, seed: int, most: int) -> None:
    lots = np.random.default_rng(seed)
    count = 2 * half
    prices = np.triu(lots.integers(-1, most, (count, count)), 1)
    prices = prices + prices.T
    order = lots.permutation(count)
    partner = np.empty(count, dtype=np.int64)
    partner[order[::2]], partner[order[1::2]] = order[1::2], order[::2]
    least = plain_optimum(prices, tuple(range(count)))
    proof = prove(prices, partner)
    assert proof.exact
    assert proof.least == least
    chosen = lots.permutation(count)
    cost = int(prices[np.arange(count), chosen].sum())
    assert is_least_assignment(prices, chosen) == (cost == least_assignment(prices))


# --- sides, random, seeded, round-robin ---------------------------------------------------------

def test_the_side_of_the_team_that_affirmed_oftener_is_found() -> None:
    more = (replace(EXAMPLE[10], sides=(2, 1)), replace(EXAMPLE[11], sides=(1, 2)))
    snapshot = snapshot_of((*EXAMPLE[:10], *more), **UP)
    found = failed(audit_draw(snapshot, rooms_of(*UP_ROOMS, **UP_FLAGS)))
    assert list(found) == ["sides"]
    kind = tuple(replace(team, sides=(1, 1), kind_sides=surplus)
                 for team, surplus in zip(more, ((1, 0), (0, 1)), strict=True))
    snapshot = snapshot_of((*EXAMPLE[:10], *kind), **UP)
    assert "of the kind" in failed(audit_draw(snapshot, rooms_of(*UP_ROOMS, **UP_FLAGS)))["sides"]


@pytest.mark.parametrize(("rule", "settled"), [("manual-ballot", False), ("balance", True)])
def test_sides_are_settled_unless_the_ballot_says_them(rule: str, settled: bool) -> None:
    snapshot = snapshot_of(EXAMPLE, **UP, draw_side_allocations=rule)
    rooms = rooms_of(*UP_ROOMS, **UP_FLAGS)
    for confirmed in (True, False):
        set_ = [replace(room, sides_confirmed=confirmed) for room in rooms]
        assert (failed(audit_draw(snapshot, set_)) == {}) == (confirmed is settled)


def test_a_conflict_that_a_random_draw_leaves_must_be_noted() -> None:
    teams = teams_of([0] * 4, institution=["X", "X", None, None])
    snapshot = snapshot_of(teams, DrawType.RANDOM)
    rooms = rooms_of((0.0, "AB"), (0.0, "CD"))
    assert list(failed(audit_draw(snapshot, rooms))) == ["conflicts noted"]
    assert failed(audit_draw(snapshot, noted(rooms, "too_many_swaps", ""))) == {}
    off = snapshot_of(teams, DrawType.RANDOM, **OFF)
    assert failed(audit_draw(off, rooms)) == {}
    graph = snapshot_of(teams, DrawType.RANDOM, **GRAPH)
    assert list(failed(audit_draw(graph, rooms))) == ["pairing cost at the optimum"]
    labelled = [replace(rooms[0], bracket=1.0), replace(rooms[1], flags=())]
    assert "one bracket" in failed(audit_draw(off, labelled))


def test_a_seeded_draw_goes_by_seed_and_not_by_points() -> None:
    teams = teams_of([9, 8, 7, 6], seed=[0, 1, 2, 3])
    snapshot = snapshot_of(teams, DrawType.SEEDED, **OFF)
    assert failed(audit_draw(snapshot, rooms_of((0.0, "DB"), (0.0, "CA")))) == {}
    assert list(failed(audit_draw(snapshot, rooms_of((0.0, "AC"), (0.0, "BD"))))) == ["pairing"]


def test_the_circle_is_followed_and_its_second_leg_reversed() -> None:
    for count in (5, 6):
        for index in range(2 * (count - 1 + count % 2)):
            teams = teams_of([0] * count)
            snapshot = replace(
                snapshot_of(teams, DrawType.ROUND_ROBIN, round_robin_legs=2),
                cycle=Cycle(index, tuple(team.id for team in teams)))
            rooms = list(generate(snapshot, seed=index).debates)
            assert failed(audit_draw(snapshot, rooms)) == {}
            turned = [replace(rooms[0], sides=tuple(zip(
                TWO_SIDES, reversed(rooms[0].teams), strict=True))), *rooms[1:]]
            assert list(failed(audit_draw(snapshot, turned))) == ["plan of the cycle"]
            later = replace(snapshot, cycle=Cycle((index + 1) % 3 + 3 * (index % 3 == 2),
                                                  snapshot.cycle.teams))  # type: ignore[union-attr]
            assert "plan of the cycle" in failed(audit_draw(later, rooms))


@pytest.mark.parametrize("method", ["fold", "slide", "adjacent"])
def test_a_seeded_draw_by_matching_pulls_nobody_up_who_has_less_than_no_points(
    method: str,
) -> None:
    teams = teams_of([-1, -1, 0, 0, 0, 0], seed=[9, 8, 7, 6, 5, 4])
    snapshot = snapshot_of(
        teams, DrawType.SEEDED, draw_avoid_conflicts="graph", draw_pairing_method=method)
    checks = audit_draw(snapshot, generate(snapshot, seed=1).debates, seed=1)
    assert failed(checks) == {}
