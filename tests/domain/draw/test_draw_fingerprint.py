"""What the seal of a draw's input sees, and that seals of earlier versions still hold."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tabapp.domain.draw import DRAW_DEFAULTS, fingerprint
from tabapp.domain.types import BP_SIDES, TWO_SIDES, Cycle, DrawSnapshot, DrawTeam, DrawType


def bp() -> DrawSnapshot:
    teams = tuple(
        DrawTeam(
            f"T{i}", points=float(i // 3), rank=i + 1, subrank=1,
            institution=None if i % 2 else "I1", sides=(i % 2, 1, 0, 2), pullups=i % 3,
            seen={"T2": 1} if i == 1 else {}, name="x")
        for i in range(8))
    options = {"bp_position_cost": "simple", "bp_renyi_order": 1}
    return DrawSnapshot(BP_SIDES, DrawType.POWER, teams, options, 4)


def two() -> DrawSnapshot:
    teams = tuple(DrawTeam(f"T{i}", rank=i, sides=(0, 0)) for i in (1, 2))
    return DrawSnapshot(TWO_SIDES, DrawType.POWER, teams, {})


def test_a_seal_from_before_the_later_options_still_holds() -> None:
    sealed = "24e791b44d75d3f823bed6f9bb964826358af0da8f1a59f6f47d3872181c5d7a"
    assert fingerprint(bp()) == sealed
    assert fingerprint(replace(bp(), options={**DRAW_DEFAULTS, **bp().options})) == sealed


@pytest.mark.parametrize(("name", "value"), [
    ("draw_matching_scope", "round"), ("pullup_penalty", 5),
    ("bp_secondary_preferences", True), ("round_robin_legs", 2),
])
def test_a_later_option_counts_when_it_is_not_its_default(name: str, value: Any) -> None:
    assert fingerprint(replace(two(), options={name: value})) != fingerprint(two())


@pytest.mark.parametrize(("name", "one", "other"), [
    ("team_history_penalty", 1000, 1000.0), ("bp_position_cost_exponent", 4, 4.0),
])
def test_a_whole_number_counts_the_same_however_it_is_written(
    name: str, one: float, other: float
) -> None:
    assert fingerprint(replace(two(), options={name: one})) == fingerprint(
        replace(two(), options={name: other}))


CHANGES: list[dict[str, Any]] = [
    {"draw_strength": 1.0}, {"draw_strength_speaks": 1.0}, {"draw_strength_rank": 1.0},
    {"pullup_debates": 1}, {"seed": 1.0}, {"kind_sides": (1, 0)},
]


@pytest.mark.parametrize("change", CHANGES)
def test_facts_that_only_draws_of_two_read_count_there_alone(change: dict[str, Any]) -> None:
    def changed(snapshot: DrawSnapshot) -> DrawSnapshot:
        return replace(snapshot, teams=(
            replace(snapshot.teams[0], **change), *snapshot.teams[1:]))

    assert fingerprint(changed(two())) != fingerprint(two())
    assert fingerprint(changed(bp())) == fingerprint(bp())


def test_the_place_in_a_cycle_counts() -> None:
    robin = replace(two(), draw_type=DrawType.ROUND_ROBIN)
    prints = {
        fingerprint(replace(robin, cycle=cycle))
        for cycle in (None, Cycle(0, ("T1", "T2")), Cycle(1, ("T1", "T2")),
                      Cycle(0, ("T1", "T2", "T3")))}
    assert len(prints) == 4
