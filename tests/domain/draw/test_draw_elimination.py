"""BP elimination rounds, from the break to the final."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, log2
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.audit.draw_elimination import audit_elimination
from tabapp.domain.draw import PreviousRoom, draw_elimination, solve_case
from tabapp.domain.types import BP_SIDES, DrawnDebate


def breaking(size: int) -> dict[str, int]:
    return {f"T{rank}": rank for rank in range(1, size + 1)}


def ranks_of(debates: tuple[DrawnDebate, ...]) -> list[tuple[int, list[int]]]:
    return [(d.room_rank, sorted(int(team[1:]) for team in d.teams)) for d in debates]


def played(debates: tuple[DrawnDebate, ...]) -> list[PreviousRoom]:
    """The two best seeds of each room advance."""
    return [
        PreviousRoom(
            debate.room_rank, debate.teams,
            tuple(sorted(debate.teams, key=lambda team: int(team[1:]))[:2]),
        )
        for debate in debates
    ]


def draw(size: int, previous: list[PreviousRoom] | None = None) -> tuple[DrawnDebate, ...]:
    return draw_elimination(breaking(size), break_size=size, previous=previous, seed=3)


def test_sixteen_teams_are_folded_four_ways() -> None:
    assert ranks_of(draw(16)) == [
        (1, [1, 8, 9, 16]), (2, [2, 7, 10, 15]), (3, [3, 6, 11, 14]), (4, [4, 5, 12, 13]),
    ]


def test_a_break_of_forty_eight_begins_with_eight_rooms_below_sixteen_seeds() -> None:
    first = draw(48)
    assert [rank for rank, _teams in ranks_of(first)] == list(range(17, 25))
    assert ranks_of(first)[0] == (17, [17, 32, 33, 48])
    second = draw(48, played(first))
    assert ranks_of(second)[0] == (1, [1, 16, 17, 32])
    assert ranks_of(second)[7] == (8, [8, 9, 24, 25])


@pytest.mark.parametrize(("size", "rounds"), [(4, 1), (6, 2), (8, 2), (12, 3), (16, 3), (48, 5)])
def test_every_break_runs_to_one_final_and_passes_its_audit(size: int, rounds: int) -> None:
    previous = None
    for _round in range(rounds):
        debates = draw(size, previous)
        checks = audit_elimination(breaking(size), size, previous, debates)
        assert {check.status for check in checks} == {"passed"}
        previous = played(debates)
    assert [debate.room_rank for debate in debates] == [1]
    with pytest.raises(UserError) as refused:
        draw(size, previous)
    assert refused.value.code == "draw_final_done"


def test_winners_of_the_first_and_the_last_room_meet() -> None:
    first = draw(16)
    assert ranks_of(draw(16, played(first))) == [(1, [1, 4, 5, 8]), (2, [2, 3, 6, 7])]


def test_sides_are_drawn_by_lot() -> None:
    seen = {
        draw_elimination(breaking(4), break_size=4, previous=None, seed=seed)[0].teams
        for seed in range(30)
    }
    assert len(seen) > 10


def test_teams_of_one_break_rank_are_ordered_by_lot() -> None:
    ranks = {**breaking(8), "T5": 4}
    rooms = {
        frozenset(draw_elimination(ranks, break_size=8, previous=None, seed=seed)[0].teams)
        for seed in range(20)
    }
    assert rooms == {frozenset({"T1", "T4", "T5", "T8"})}
    six = {**breaking(6), "T3": 2}
    out = {
        frozenset(draw_elimination(six, break_size=6, previous=None, seed=seed)[0].teams)
        for seed in range(20)
    }
    assert out == {frozenset({"T3", "T4", "T5", "T6"}), frozenset({"T2", "T4", "T5", "T6"})}


@pytest.mark.parametrize("size", [0, 2, 3, 5, 10, 18, 20])
def test_a_break_size_without_a_bracket_is_refused(size: int) -> None:
    with pytest.raises(UserError) as refused:
        draw(size)
    assert refused.value.code == "draw_break_size"


def test_a_break_with_too_many_or_too_few_teams_is_refused() -> None:
    with pytest.raises(UserError) as refused:
        draw_elimination(breaking(9), break_size=8, previous=None, seed=1)
    assert refused.value.code == "draw_break_teams"


def test_rooms_without_exactly_two_advancing_are_refused() -> None:
    rooms = played(draw(8))
    for advancing in (("T1",), ("T1", "T1"), ("T1", "T99"), ("T1", "T4", "T5")):
        with pytest.raises(UserError) as refused:
            draw(8, [rooms[0]._replace(advancing=advancing), rooms[1]])
        assert refused.value.code == "draw_advancing"
        assert "Room 1 of the previous round" in refused.value.message
        assert "exactly 2" in refused.value.message


def test_all_rooms_without_a_result_are_named_at_once() -> None:
    rooms = [room._replace(advancing=()) for room in played(draw(8))]
    with pytest.raises(UserError, match=r"1 \(.*\), 2 \(.*\)") as refused:
        draw(8, rooms)
    assert refused.value.code == "draw_result_missing"


def test_rooms_that_are_no_whole_round_are_refused() -> None:
    rooms = played(draw(16))
    for previous in ([], rooms[:3], [rooms[0], rooms[2]], rooms[1:2]):
        with pytest.raises(UserError) as refused:
            draw(16, previous)
        assert refused.value.code == "draw_previous_rooms"


def test_rooms_that_contradict_each_other_are_refused() -> None:
    rooms = played(draw(16))
    twice = [rooms[0], rooms[0]._replace(room_rank=2)]
    with pytest.raises(UserError, match="stands in rooms 1 and 2") as refused:
        draw(16, twice)
    assert refused.value.code == "draw_room_twice"
    with pytest.raises(UserError, match="hold 4 teams each") as refused:
        draw(16, [rooms[0]._replace(teams=rooms[0].teams[:3]), *rooms[1:]])
    assert refused.value.code == "draw_room_teams"


def test_a_break_that_changed_under_a_partial_round_is_refused() -> None:
    first = played(draw(12))
    others = {f"N{rank}": rank for rank in range(1, 13)}
    with pytest.raises(UserError, match="drawn with 4 waiting") as refused:
        draw_elimination(others, break_size=12, previous=first, seed=1)
    assert refused.value.code == "draw_waiting"


@pytest.mark.parametrize("size", [4, 6, 8, 12, 16, 24, 32, 48, 64, 96])
def test_every_bp_size_is_played_to_its_final(size: int) -> None:
    rounds = 0
    previous: list[PreviousRoom] | None = None
    stood: set[str] = set()
    while True:
        debates = draw(size, previous)
        assert not any(debate.sides_confirmed for debate in debates)
        assert all(check.status == "passed" for check in audit_elimination(
            breaking(size), size, previous, debates))
        stood |= {team for debate in debates for team in debate.teams}
        rounds += 1
        if len(debates) == 1 and debates[0].room_rank == 1:
            break
        previous = played(debates)
    assert stood == breaking(size).keys()
    assert rounds == ceil(log2(size / 2))


def failed(debates: tuple[DrawnDebate, ...]) -> set[str]:
    checks = audit_elimination(breaking(16), 16, None, debates)
    return {check.name for check in checks if check.status == "failed"}


def test_the_auditor_finds_every_planted_fault() -> None:
    good = draw(16)
    one, two = good[0], good[1]
    assert failed(good) == set()
    assert "rooms of four" in failed((replace(one, sides=one.sides[:3]), *good[1:]))
    assert "no team twice" in failed((replace(one, sides=two.sides), *good[1:]))
    assert "room ranks" in failed((replace(one, room_rank=9), *good[1:]))
    crossed = (
        replace(one, sides=(*one.sides[:3], (BP_SIDES[3], two.teams[3]))),
        replace(two, sides=(*two.sides[:3], (BP_SIDES[3], one.teams[3]))),
    )
    assert failed((*crossed, *good[2:])) == {"seeds in their rooms"}


def case(**changes: Any) -> dict[str, Any]:
    teams = [{"id": f"T{rank}", "break_rank": rank} for rank in range(1, 9)]
    return {"format": "elimination", "sides": 4, "break_size": 8, "teams": teams, **changes}


def test_the_engine_alone_draws_first_and_next_rounds() -> None:
    first = solve_case(case(previous=None))
    assert [sorted(d["sides"]) for d in first["debates"]] == [
        ["T1", "T4", "T5", "T8"], ["T2", "T3", "T6", "T7"],
    ]
    previous = [
        {"room_rank": d["room_rank"], "teams": d["sides"], "advancing": d["sides"][:2]}
        for d in first["debates"]
    ]
    final = solve_case(case(previous=previous))
    assert sorted(final["debates"][0]["sides"]) == sorted(
        previous[0]["advancing"] + previous[1]["advancing"]
    )
    assert final["audit"]["ok"] is True


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sides": 3}, "pair_case_invalid"),
        ({"break_size": 7}, "draw_break_size"),
        ({"teams": [{"id": "T1", "break_rank": 1}] * 2}, "draw_duplicate_team"),
        ({"teams": [{"id": "T1", "break_rank": None}]}, "draw_break_teams"),
        ({"previous": [{"room_rank": 1}]}, "pair_case_invalid"),
        ({"sides": 2, "break_size": 4, "previous": [
            {"room_rank": 1, "teams": ["T1", "X9"], "advancing": ["X9"]},
            {"room_rank": 2, "teams": ["T2", "T3"], "advancing": ["T3"]}]}, "pair_team_unlisted"),
    ],
)
def test_refused_elimination_cases_have_their_error(changes: dict[str, Any], code: str) -> None:
    assert solve_case(case(**changes))["error"]["code"] == code


def test_a_team_that_left_the_break_since_may_have_stood_in_the_round_before() -> None:
    teams = [{"id": "T1", "break_rank": 1}, {"id": "T2", "break_rank": 2},
             {"id": "T3", "break_rank": 3}, {"id": "T4"}]
    previous = [{"room_rank": 1, "teams": ["T1", "T4"], "advancing": ["T1"]},
                {"room_rank": 2, "teams": ["T2", "T3"], "advancing": ["T3"]}]
    answer = solve_case(case(sides=2, break_size=4, teams=teams, previous=previous))
    assert answer["audit"]["ok"]
    assert sorted(answer["debates"][0]["sides"]) == ["T1", "T3"]
