"""The worked examples of the rules through the command: a file, standard input, one and many."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.domain.draw.test_draw_case_two_team import ALLOCATED, LEVELS
from tests.domain.draw.two_team_cases import EIGHT, Room, case, met, rooms
from tests.e2e.program import Program, call, written

Case = dict[str, Any]


def with_sides(rule: str) -> Case:
    """Return the worked example of sides that were allocated before the draw."""
    teams = {team: float(points) for team, (points, _side) in ALLOCATED.items()}
    changes = {team: {"allocated_side": side} for team, (_points, side) in ALLOCATED.items()}
    return case(teams, changes, draw_odd_bracket=rule, draw_side_allocations="preallocated")


EXAMPLES: dict[str, tuple[Case, list[Room]]] = {
    "pull-up top": (
        case(LEVELS, draw_odd_bracket="pullup_top"),
        [(3, "AC"), (3, "BD"), (2, "EG"), (2, "FH"), (1, "IJ"), (0, "KL")]),
    "pull-up bottom": (
        case(LEVELS, draw_odd_bracket="pullup_bottom"),
        [(3, "AC"), (3, "BG"), (2, "DF"), (2, "EJ"), (1, "HI"), (0, "KL")]),
    "intermediate": (
        case(LEVELS, draw_odd_bracket="intermediate"),
        [(3, "AB"), (2.5, "CD"), (2, "EF"), (1.5, "GH"), (1, "IJ"), (0, "KL")]),
    "bubble up": (
        case(LEVELS, met("CD")),
        [(3, "AC"), (2.5, "BD"), (2, "EF"), (1.5, "GH"), (1, "IJ"), (0, "KL")]),
    "bubble down": (
        case(LEVELS, met("CD", "BD")),
        [(3, "AB"), (2.5, "CE"), (2, "DF"), (1.5, "GH"), (1, "IJ"), (0, "KL")]),
    "slide": (
        case(EIGHT, draw_pairing_method="slide"), [(1, "15"), (1, "26"), (1, "37"), (1, "48")]),
    "fold": (
        case(EIGHT, draw_pairing_method="fold"), [(1, "18"), (1, "27"), (1, "36"), (1, "45")]),
    "adjacent": (
        case(EIGHT, draw_pairing_method="adjacent"),
        [(1, "12"), (1, "34"), (1, "56"), (1, "78")]),
    "one up, one down": (
        case(EIGHT, {team: {"institution": "I1"} for team in "37"}),
        [(1, "15"), (1, "27"), (1, "36"), (1, "48")]),
    "minimum cost": (
        case(EIGHT, draw_avoid_conflicts="graph"),
        [(1, "15"), (1, "26"), (1, "37"), (1, "48")]),
    "allocated, pull-up top": (
        with_sides("pullup_top"),
        [(2, "a1n1"), (2, "a2m1"), (2, "a3m2"), (1, "b1o1"), (0, "c1o2")]),
    "allocated, intermediate 1": (
        with_sides("intermediate1"),
        [(2, "a1n1"), (1.5, "a2m1"), (1.5, "a3m2"), (0.5, "b1o1"), (0, "c1o2")]),
}
REFUSED = case({**EIGHT, "9": 1.0})
"""Nine teams, nobody of whom may rest."""


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_drawn_to_the_last_team_from_a_file_and_from_standard_input(
    name: str, tmp_path: Path
) -> None:
    one, expected = EXAMPLES[name]
    from_file = call("pair", written(tmp_path / "case.json", one))
    assert (from_file.code, from_file.err) == (0, "")
    assert rooms(from_file.json) == expected
    assert from_file.json["audit"]["ok"]
    assert call("pair", stdin=json.dumps(one).encode()).out == from_file.out


def test_all_examples_and_a_refused_case_are_answered_in_order_by_one_process(
    tmp_path: Path, program: Program
) -> None:
    cases = [one for one, _expected in EXAMPLES.values()]
    file = written(tmp_path / "cases.json", [*cases, REFUSED, *cases])
    from_file, given = program("pair", file), program("pair", stdin=file.read_bytes())
    assert (from_file.code, from_file.err) == (given.code, given.err) == (0, "")
    assert from_file.out == given.out
    assert from_file.out.count("\n") == 1  # indented, a long list takes five times as long
    answers = from_file.json
    refused = answers.pop(len(cases))
    assert refused["error"]["code"] == "draw_team_count"
    expected = [rooms_ for _one, rooms_ in EXAMPLES.values()]
    assert [rooms(answer) for answer in answers] == expected * 2


def test_a_refused_case_alone_ends_with_1_and_still_answers(
    tmp_path: Path, program: Program
) -> None:
    file = written(tmp_path / "case.json", REFUSED)
    for outcome in (program("pair", file), program("pair", stdin=file.read_bytes())):
        assert outcome.code == 1
        assert set(outcome.json) == {"error"}
        assert outcome.err.strip() == outcome.json["error"]["message"]
