"""The board of judges as it is read: ties in words, what is wrong, and what a move costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tabapp.domain.allocation.board import (
    Board,
    Seat,
    after_move,
    clashes_here,
    findings,
    meetings_here,
    moved,
)
from tabapp.domain.allocation.gaps import fill_gaps
from tabapp.domain.allocation.price import price_of, room_cost
from tabapp.domain.allocation.snapshots import panel_snapshot
from tabapp.domain.types import Role
from tabapp.services.panels import read_board
from tests.services.board_scene import Scene, document, open_scene


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with open_scene(tmp_path) as found:
        yield found


@pytest.fixture
def board(scene: Scene) -> Board:
    return read(scene)


def read(scene: Scene) -> Board:
    with scene.work.database.read() as unit:
        return read_board(unit, scene.round.id)


def texts(board: Board) -> list[str]:
    return [one.text for one in findings(board)]


def after(board: Board, judge: str, target: Seat) -> Board:
    """Return the board as a move leaves it."""
    changed = moved(board, after_move(board, judge, target))
    return replace(board, debates=tuple(changed.get(one.id, one) for one in board.debates))


def test_the_board_has_the_panels_and_the_pool(board: Board) -> None:
    assert [(one.id, one.seats) for one in board.debates] == [
        ("D3", (("A1", Role.CHAIR), ("A2", Role.PANELLIST), ("A3", Role.PANELLIST))),
        ("D4", (("A4", Role.CHAIR), ("A5", Role.PANELLIST), ("A6", Role.PANELLIST))),
    ]
    assert [one.id for one in board.pool] == ["A7", "A8", "A9"]  # A10 is absent, A9 a trainee
    assert [one.label for one in board.debates] == ["Aula", "Library"]


def test_the_board_reads_what_the_allocator_reads(scene: Scene, board: Board) -> None:
    snapshot = panel_snapshot(scene.archive(), 2, scene.owner.settings)
    for judge in snapshot.judges:
        mine = board.judges[judge.id]
        assert mine.available
        assert (mine.score, set(mine.team_clashes)) == (judge.score, set(judge.team_conflicts))
        assert mine.judge_clashes == judge.judge_conflicts
        assert set(mine.teams_met) == set(judge.teams_seen)
        assert set(mine.judges_met) == set(judge.judges_seen)
    assert {one.id for one in board.judges.values() if not one.available} == {"A10"}


def test_ties_are_said_in_words_with_the_round(board: Board) -> None:
    there = after(board, "A8", Seat("D4", Role.PANELLIST))
    assert [one.text for one in clashes_here(there, "A8", there.debate["D4"])] == [
        "Same institution as College 1 B"]
    assert [one.text for one in clashes_here(board, "A5", board.debate["D4"])] == [
        "Conflict with C2, as has College 2 B"]
    there = after(board, "A3", Seat("D4", Role.PANELLIST))
    assert [one.text for one in meetings_here(there, "A3", there.debate["D4"])] == [
        f"Judged College {team} in Round 1" for team in ("3 B", "2 B", "1 B", "4 B")]
    assert [one.text for one in meetings_here(board, "A1", board.debate["D3"])] == [
        "Sat with Judge A2 in Round 1", "Sat with Judge A3 in Round 1"]


def test_what_is_wrong_is_listed_room_by_room(board: Board) -> None:
    assert texts(board) == [
        "Library, Judge A5: Conflict with C2, as has College 2 B. Move the judge, or seat again "
        "and give a reason."]
    without = replace(board.debates[0], seats=board.debates[0].seats[1:])
    nobody = replace(board.debates[1], seats=())
    broken = replace(board, debates=(without, nobody))
    assert texts(broken)[0].startswith("Aula has no chair.")
    assert texts(broken)[-1].startswith("Library has no judges.")
    twice = replace(
        board.debates[1], seats=(("A1", Role.CHAIR), ("A9", Role.PANELLIST), ("A10", Role.CHAIR)))
    said = texts(replace(board, debates=(board.debates[0], twice)))
    assert any("Judge A1 sits in Library and in another room" in one for one in said)
    assert any("Judge A9 votes in Library but is a trainee" in one for one in said)
    assert any("Judge A10 sits in Library but is marked absent" in one for one in said)


def test_a_clash_that_was_allowed_is_no_problem_any_more(tmp_path: Path) -> None:
    made = document()
    made["rounds"][1]["debates"][1]["overrides"] = [
        {"adjudicator": "A5", "team": "T4", "reason": "Small town.", "by": "Ingrid"}]
    with open_scene(tmp_path, made) as scene:
        board = read(scene)
    assert findings(board) == ()
    [tie] = clashes_here(board, "A5", board.debate["D4"])
    assert tie.reason == "Small town."


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("instead", [True, False])
def test_the_lines_of_a_price_add_up_to_what_the_board_then_costs(
    board: Board, role: Role, instead: bool
) -> None:
    now = sum(room_cost(board, one).total for one in board.debates)
    for judge in ("A1", "A3", "A5", "A7", "A8", "A9"):
        for debate in board.debates:
            here = debate.of_role(role)
            price = price_of(board, judge, debate.id, role, here[-1] if instead and here else None)
            then = moved(board, price.places)
            cost = sum(
                room_cost(board, then.get(one.id, one)).total for one in board.debates)
            assert price.total == pytest.approx(cost - now, abs=1e-9)
            assert sum(line.amount or 0.0 for line in price.lines) == pytest.approx(price.total)


def test_a_price_names_the_clash_the_history_and_who_has_to_go(board: Board) -> None:
    price = price_of(board, "A3", "D4", Role.CHAIR)
    said = [(line.kind, line.text) for line in price.lines]
    assert said[0] == ("clash", "No clash with the teams or the panel.")
    assert ("strength", "Weaker chair than Judge A4") in said
    assert ("moves", "Judge A4 goes to Aula") in said
    assert sum(line.kind == "history" and line.amount == 1.0 for line in price.lines) == 4
    price = price_of(board, "A7", "D3", Role.CHAIR)
    assert [one.text for one in price.clashes] == ["Personal conflict with College 2 A"]
    assert ("moves", "Judge A1 goes to the pool.") in [(o.kind, o.text) for o in price.lines]


def test_the_best_alternative_clashes_with_nobody(board: Board) -> None:
    assert price_of(board, "A7", "D3", Role.CHAIR).best is None  # A8 clashes with T1
    best = price_of(board, "A8", "D4", Role.CHAIR).best
    assert best is not None
    assert best[0] == "A7"


def test_a_judge_dropped_where_it_sits_moves_nobody(board: Board) -> None:
    price = price_of(board, "A1", "D3", Role.CHAIR, "A1")
    assert (price.places, price.lines, price.total) == ({}, (), 0.0)


def test_an_empty_place_that_the_room_is_due_costs_more_than_any_judge(board: Board) -> None:
    debate = board.debates[0]
    weaker = replace(debate, seats=debate.seats[:2], places=3)
    assert room_cost(board, weaker).strength > room_cost(board, debate).strength


def test_the_same_seed_fills_the_same_gaps(board: Board) -> None:
    opened = replace(board, debates=tuple(
        replace(one, seats=one.seats[1:], places=3) for one in board.debates))
    found = fill_gaps(opened, seed=4)
    assert found == fill_gaps(opened, seed=4)
    assert {seat.role for seat in found.values()} == {Role.CHAIR}
    for judge, seat in found.items():
        assert not clashes_here(opened, judge, opened.debate[seat.debate])
