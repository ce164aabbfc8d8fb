"""Awards of the tournament: what earns each, and what comes near and does not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tabapp.domain.achievements import evaluate
from tests.award_world import FOUR, ORDER, Room, World, duel, duels, fours

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_the_tournament_is_finished_when_it_is_over() -> None:
    world = fours(ORDER)
    assert world.winners("tournament_finished") == {}
    world.finished = True
    assert set(world.winners("tournament_finished")) == {""}


def test_each_round_that_was_completed_by_its_end_was_on_time() -> None:
    world = World(4)
    for late in (-5, 0, 1):
        world.play(
            Room(FOUR, ORDER), expected_end=NOON, finished_at=NOON + timedelta(minutes=late))
    world.play(Room(FOUR, ORDER), expected_end=NOON)
    found = evaluate(world.facts(), ["round_on_time"])
    assert [(one.round_seq, one.facts["minutes"]) for one in found] == [(1, 5), (2, 0)]


def test_a_hundred_debates_are_debates_with_results() -> None:
    world = World(2, sides=2, line_up=1)
    for _ in range(99):
        world.play(duel(0, 1))
    world.play(Room((0,), (1,)), duel(0, 1, confirmed=False))
    assert world.winners("hundred_debates") == {}
    world.play(duel(0, 1))
    assert world.winners("hundred_debates")[""].round_seq == 101


def test_neck_and_neck_is_a_tie_for_the_most_points() -> None:
    assert duels(*[(0, 0)] * 3).winners("neck_and_neck")[""].facts["teams"] == 2
    assert duels((0, 0), (0, 0), (0, 1)).winners("neck_and_neck") == {}


def test_new_faces_means_that_nobody_met_twice() -> None:
    world = World(4, sides=2, line_up=1)
    world.play(duel(0, 1), duel(2, 3)).play(duel(0, 2), duel(1, 3)).play(duel(0, 3), duel(1, 2))
    assert set(world.winners("new_faces")) == {""}
    world.play(duel(1, 0), duel(2, 3))
    assert world.winners("new_faces") == {}


def test_everybody_is_complete_only_when_all_are() -> None:
    world = World(
        1, judges=1, speakers_complete=frozenset({0, 1}), judges_complete=frozenset({0}))
    assert world.winners("everybody_complete")[""].facts["people"] == 3
    world.speakers_complete = frozenset({0})
    assert world.winners("everybody_complete") == {}
