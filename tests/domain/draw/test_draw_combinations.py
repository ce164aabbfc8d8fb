"""Every combination of options that can be selected is drawn, or refused with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import product
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.core.messages import MESSAGES
from tabapp.domain.draw.generate import generate
from tabapp.domain.draw.validity import check_draw
from tabapp.domain.formats import check_overrides, setting_infos
from tabapp.domain.types import BP_SIDES, TWO_SIDES, DrawSnapshot, DrawTeam, DrawType, Side
from tests.domain.draw.two_team_field import field_of

CHOICES = {
    info.name: info.choices or (False, True)
    for info in setting_infos() if info.kind in ("choice", "flag")}
ODD, PAIRING, SIDES = "draw_odd_bracket", "draw_pairing_method", "draw_side_allocations"
CONFLICTS, SCOPE = "draw_avoid_conflicts", "draw_matching_scope"
RESTRICTION, BYES = "draw_pullup_restriction", "bye_team_selection"
FLAGS = ("avoid_team_history", "avoid_same_institution")
BP = ("bp_pullup_distribution", "bp_position_cost", "bp_assignment_method",
      "bp_secondary_preferences", BYES)

READ = {
    (TWO_SIDES, DrawType.POWER): (ODD, PAIRING, SIDES, CONFLICTS, SCOPE, RESTRICTION, *FLAGS),
    (TWO_SIDES, DrawType.SEEDED): (PAIRING, SIDES, CONFLICTS, SCOPE, BYES, *FLAGS),
    (TWO_SIDES, DrawType.RANDOM): (SIDES, CONFLICTS, SCOPE, BYES, *FLAGS),
    (TWO_SIDES, DrawType.ROUND_ROBIN): (SIDES, BYES),
    (TWO_SIDES, DrawType.MANUAL): (SIDES, BYES),
    (BP_SIDES, DrawType.POWER): BP,
    (BP_SIDES, DrawType.RANDOM): (BYES, SIDES),
    (BP_SIDES, DrawType.ROUND_ROBIN): (BYES, SIDES),
    (BP_SIDES, DrawType.MANUAL): (BYES, SIDES),
}
"""The options with choices that a draw type reads in a format."""

NEED_FREE_SIDES = {"intermediate", "intermediate_bubble_up_down", "pullup_middle"}
NEED_ALLOCATED_SIDES = {"intermediate1", "intermediate2"}
NEIGHBOURS_MEET = {"adjacent", "fold_top_adjacent_rest"}


def combinations(
    kind: tuple[Any, DrawType], without: tuple[str, ...] = ()
) -> Iterator[dict[str, Any]]:
    names = [name for name in READ[kind] if name not in without]
    for values in product(*(CHOICES[name] for name in names)):
        yield dict(zip(names, values, strict=True))


@cache
def twelve(size: int) -> tuple[DrawTeam, ...]:
    """Teams that have met on levels that do not fill up."""
    met: dict[str, dict[str, Any]] = {
        "C": {"seen": {"D": 1}}, "H": {"institution": "X"}, "I": {"institution": "X"}}
    teams = field_of("4: A+ B+ C-; 3: D+; 2: E+ F- G- H-; 1: I- J+ K+; 0: L-", **met)
    return tuple(
        replace(team, sides=(0,) * size, seed=float(place // 3), pullups=place % 3)
        for place, team in enumerate(teams))


def snapshot(kind: tuple[Any, DrawType], options: dict[str, Any]) -> DrawSnapshot:
    """Eleven teams where somebody can rest, else twelve."""
    sides, draw_type = kind
    teams = twelve(len(sides))
    rests = options.get(BYES, "off") != "off"
    return DrawSnapshot(sides, draw_type, teams[:-1] if rests else teams, options)


def draw(given: DrawSnapshot) -> None:
    """Draw, and look whether each team stands in one room that is full, or rests."""
    rooms = generate(given, seed=0).debates
    if given.draw_type is DrawType.MANUAL:
        assert rooms == ()
        return
    placed = [team for room in rooms for team in room.teams]
    assert sorted(placed) == sorted(team.id for team in given.teams)
    for room in rooms:
        sides = tuple(side for side, _team in room.sides)
        assert sides == (given.sides if room.bracket >= 0 else (Side.BYE,))


def is_impossible(kind: tuple[Any, DrawType], options: dict[str, Any]) -> bool:
    """Say so after rules.md, section 6, and not after the program."""
    sides, draw_type = kind
    if sides != TWO_SIDES or draw_type not in (DrawType.POWER, DrawType.SEEDED):
        return False
    allocated = options[SIDES] == "preallocated"
    if allocated and options[PAIRING] in NEIGHBOURS_MEET:
        return True
    if draw_type is DrawType.SEEDED or (options[CONFLICTS], options[SCOPE]) == ("graph", "round"):
        return False
    return options[ODD] in (NEED_FREE_SIDES if allocated else NEED_ALLOCATED_SIDES)


@pytest.mark.parametrize(("kind", "rule"), [
    (kind, rule) for kind, names in READ.items()
    for rule in (CHOICES[ODD] if ODD in names else [""])
], ids=lambda part: part if isinstance(part, str) else f"{len(part[0])}-{part[1].value}")
def test_every_combination_is_drawn_or_refused(kind: tuple[Any, DrawType], rule: str) -> None:
    for options in combinations(kind):
        if options.get(ODD, "") != rule:
            continue
        if is_impossible(kind, options):
            with pytest.raises(UserError) as caught:
                draw(snapshot(kind, options))
            assert caught.value.code in MESSAGES
        else:
            draw(snapshot(kind, options))


def test_every_rule_is_drawn_where_a_team_rests() -> None:
    kind = (TWO_SIDES, DrawType.POWER)
    for rule, sides, byes in product(CHOICES[ODD], CHOICES[SIDES], ("lowest", "random")):
        options = {ODD: rule, SIDES: sides, BYES: byes, PAIRING: "slide"}
        if not is_impossible(kind, options | {CONFLICTS: "off", SCOPE: "bracket"}):
            draw(snapshot(kind, options))


def test_what_a_refusal_names_as_possible_is_possible() -> None:
    kind = (TWO_SIDES, DrawType.POWER)
    refusals = 0
    for options in combinations(kind, without=(RESTRICTION, *FLAGS)):
        if not is_impossible(kind, options):
            continue
        with pytest.raises(UserError) as caught:
            check_draw(snapshot(kind, options))
        (name, listed), *_ = re.findall(r"(draw_\w+) to one of ([\w, ]+), or", str(caught.value))
        for value in listed.split(", "):
            better = options | {name: value}
            other = "slide" if name == ODD else better[PAIRING]
            check_draw(snapshot(kind, better | {
                PAIRING: other, ODD: better[ODD] if name == ODD else "pullup_top"}))
            refusals += 1
        [sides] = re.findall(r"or draw_side_allocations to (\w+)\.", str(caught.value))
        swapped = NEED_ALLOCATED_SIDES if sides == "balance" else NEIGHBOURS_MEET
        if not swapped & {options[ODD], options[PAIRING]}:
            check_draw(snapshot(kind, options | {SIDES: sides}))
    assert refusals


def test_what_cannot_be_drawn_cannot_be_set() -> None:
    kind = (TWO_SIDES, DrawType.POWER)
    for options in combinations(kind, without=(RESTRICTION, *FLAGS)):
        errors = [one for one in check_overrides("australs", options) if one.level == "error"]
        assert bool(errors) == is_impossible(kind, options), options
        assert not [one for one in check_overrides("bp", options) if one.level == "error"]
