"""The draw engine alone: cases in a file or on standard input, always JSON out."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import Program, call, done, keys, written

Case = dict[str, Any]


def bp(count: int = 8, **more: Any) -> Case:
    """Return a case of teams on falling points that have spoken once, each elsewhere."""
    teams: list[Case] = [
        {"id": f"T{n}", "points": 3 - n * 4 // (count + 1), "rank": n,
         "institution": f"I{n % 3}", "sides": [int(n % 4 == side) for side in range(4)],
         "seen": {}, "pullups": 0, "subrank": 1, "allocated_side": None}
        for n in range(1, count + 1)
    ]
    return {"format": "bp", "seed": 0, "options": {}, "teams": teams, **more}


def elimination(**more: Any) -> Case:
    teams = [{"id": f"T{n}", "break_rank": n} for n in range(1, 9)]
    return {"format": "elimination", "sides": 4, "break_size": 8, "previous": None,
            "teams": teams, **more}


def two_team(count: int = 8, **more: Any) -> Case:
    """Return a case of teams on falling points that have each spoken once, on sides in turn."""
    teams: list[Case] = [
        {"id": f"T{n}", "points": 1 - n * 2 // (count + 1), "rank": n,
         "institution": f"I{n % 3}", "sides": [n % 2, 1 - n % 2], "seen": {}, "pullups": 0,
         "subrank": 1 + (n - 1) % (count // 2), "allocated_side": None}
        for n in range(1, count + 1)
    ]
    return {"format": "two-team", "seed": 0, "options": {}, "teams": teams, **more}


def solved(case: Any) -> Any:
    outcome = call("pair", stdin=json.dumps(case).encode())
    assert outcome.code == 0, outcome.err
    return outcome.json


def test_a_case_is_solved_with_every_key() -> None:
    answer = solved(bp())
    keys(answer, "debates quality audit")
    keys(answer["debates"], "bracket room_rank sides flags team_flags")
    keys(answer["quality"], "pullups position_cost position_cost_optimum rematches "
         "same_institution side_imbalance")
    assert answer["audit"]["ok"]
    assert answer["quality"]["position_cost"] == pytest.approx(
        answer["quality"]["position_cost_optimum"])
    drawn = [team for debate in answer["debates"] for team in debate["sides"]]
    assert sorted(drawn) == sorted(f"T{n}" for n in range(1, 9))


def test_a_case_for_two_teams_is_solved_with_every_key() -> None:
    answer = solved(two_team(10))
    keys(answer, "debates quality audit")
    keys(answer["debates"], "bracket room_rank sides flags team_flags")
    keys(answer["quality"], "pullups position_cost position_cost_optimum rematches "
         "same_institution side_imbalance pairing_cost pairing_cost_optimum")
    assert answer["audit"]["ok"]
    assert [debate["bracket"] for debate in answer["debates"]] == [1, 1, 0.5, 0, 0]
    assert {frozenset(debate["sides"]) for debate in answer["debates"]} >= {
        frozenset({"T5", "T6"})}


def test_every_draw_type_is_drawn_for_two_teams() -> None:
    seeds = [{"id": f"T{n}", "seed": n} for n in range(1, 9)]
    cases = [
        two_team(teams=seeds, draw_type=kind)
        for kind in ("random", "power", "round-robin", "seeded", "manual")
    ]
    assert [len(answer["debates"]) for answer in solved(cases)] == [4, 4, 4, 4, 0]


def test_a_file_and_standard_input_give_the_same_answer(
    tmp_path: Path, program: Program
) -> None:
    file = written(tmp_path / "case.json", bp())
    from_file = done("pair", file)
    assert from_file == solved(bp())
    process = program("pair", stdin=file.read_bytes())
    assert (process.code, process.json) == (0, from_file)


def test_the_same_seed_gives_the_same_draw_and_another_another() -> None:
    answers = [solved(bp(32, seed=seed))["debates"] for seed in (1, 1, 2)]
    assert answers[0] == answers[1] != answers[2]


def test_an_elimination_round_folds_the_break() -> None:
    rooms = [set(room["sides"]) for room in solved(elimination())["debates"]]
    assert rooms == [{"T1", "T4", "T5", "T8"}, {"T2", "T3", "T6", "T7"}]


def test_an_elimination_round_for_two_teams_lets_the_best_wait() -> None:
    teams = [{"id": f"T{n}", "break_rank": n} for n in range(1, 7)]
    case = elimination(sides=2, break_size=6, teams=teams)
    answer = solved(case)
    assert answer["audit"]["ok"]
    assert [(room["room_rank"], set(room["sides"])) for room in answer["debates"]] == [
        (3, {"T3", "T6"}), (4, {"T4", "T5"})]
    previous = [{"room_rank": room["room_rank"], "teams": room["sides"],
                 "advancing": room["sides"][:1]} for room in answer["debates"]]
    later = solved({**case, "previous": previous})
    assert later["audit"]["ok"]
    assert [room["room_rank"] for room in later["debates"]] == [1, 2]


REFUSED: dict[str, tuple[Any, str]] = {
    "no object": (None, "pair_case_invalid"),
    "a text": ("bp", "pair_case_invalid"),
    "nothing in it": ({}, "pair_case_invalid"),
    "no such format": (bp(format="chess"), "pair_case_invalid"),
    "teams of no list": (bp(teams={}), "pair_case_invalid"),
    "no teams": (bp(teams=[]), "draw_too_few_teams"),
    "five teams": (bp(5), "draw_team_count"),
    "a team twice": (bp(teams=bp(4)["teams"] * 2), "draw_duplicate_team"),
    "unknown option": (bp(options={"colour": "red"}), "unknown_option"),
    "option of no value": (bp(options={"bp_position_cost": "cheap"}), "draw_option_invalid"),
    "negative order": (bp(options={"bp_renyi_order": -1}), "draw_renyi_negative"),
    "negative seed": (bp(seed=-1), "draw_seed_invalid"),
    "seven teams": (two_team(7), "draw_team_count"),
    "no such draw type": (two_team(draw_type="swiss"), "pair_case_invalid"),
    "past the round-robin": (two_team(draw_type="round-robin", cycle=7),
                             "draw_cycle_over_one_leg"),
    "break without bracket": (elimination(break_size=7), "draw_break_size"),
    "too few in the break": (elimination(break_size=16), "draw_break_teams"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_case_is_answered_with_its_error(name: str) -> None:
    case, code = REFUSED[name]
    outcome = call("pair", stdin=json.dumps(case).encode())
    assert outcome.code == 1
    assert set(outcome.json) == {"error"}
    assert set(outcome.json["error"]) == {"code", "message"}
    assert outcome.json["error"]["code"] == code
    assert outcome.err.strip() == outcome.json["error"]["message"]


def test_a_list_is_answered_with_a_list_and_no_error_stops_it() -> None:
    cases = [bp(), *(case for case, _ in REFUSED.values()), elimination()]
    answers = solved(cases)
    assert [one.get("error", {}).get("code") for one in answers] == [
        None, *(code for _, code in REFUSED.values()), None]
    assert answers[0] == solved(bp())
    assert solved([]) == []


@pytest.mark.parametrize("odd", [
    '{"seed": %s}' % ("9" * 30), '{"seed": NaN}', '{"seed": 1, "seed": 2}', '{"teams": "\\ud800"}',
    '{"format": "bp", "teams": [{"id": "\\ud800"}]}',
    '{"format": "bp", "teams": [{"id": "T1", "points": 1e999}]}',
])
def test_odd_values_in_one_case_do_not_stop_the_others(odd: str) -> None:
    outcome = call("pair", stdin=f"[{odd}, {json.dumps(bp())}]".encode())
    assert outcome.code == 0
    first, second = outcome.json
    assert set(first["error"]) == {"code", "message"}
    assert second == solved(bp())


@pytest.mark.parametrize("text", [
    b"", b" ", b"{", b"[{}", b"bp", b"\xff\xfe\xfa", b"[" * 100_000, b"1" * 5000, b"{} {}",
])
def test_what_is_no_json_is_refused_in_json(text: bytes) -> None:
    outcome = call("pair", stdin=text)
    assert outcome.code == 1
    assert outcome.json["error"]["code"] == "cases_unreadable"
    assert len(outcome.err.splitlines()) == 1


def test_a_file_that_cannot_be_read_is_refused_in_json(tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "no-such.json"):
        outcome = call("pair", file, "--json")
        assert outcome.code == 1
        assert outcome.json["error"]["code"] == "file_unreadable"
        assert str(file) in outcome.err
