"""What is settled is settled under every result that is still missing."""

from __future__ import annotations

from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.draw.brackets import define_rooms
from tabapp.domain.draw.settled import OpenDebate, bracket_states

Standing = dict[str, float]


def _completions(points: Standing, debates: list[OpenDebate]) -> list[Standing]:
    orders = [list(permutations(range(len(one.teams)))) for one in debates]
    found = []
    for chosen in product(*orders):
        after = dict(points)
        for debate, order in zip(debates, chosen, strict=True):
            for team, gain in zip(debate.teams, order, strict=True):
                after[team] += gain * debate.weight
        found.append(after)
    return found


def _brackets(points: Standing) -> set[tuple[float, float, int, frozenset[str]]]:
    """Return the brackets as the draw cuts them: levels, number of rooms, teams on the levels."""
    rooms = [rule.allowed for rule in define_rooms(points.values(), "anywhere")]
    return {
        (allowed[0], allowed[-1], rooms.count(allowed),
         frozenset(team for team, value in points.items() if value in allowed))
        for allowed in rooms
    }


@given(
    st.lists(st.integers(0, 6), min_size=8, max_size=20).filter(lambda n: len(n) % 4 == 0),
    st.integers(0, 1), st.integers(1, 2),
)
def test_a_settled_bracket_is_the_same_under_every_missing_result(
    levels: list[int], debates: int, weight: int
) -> None:
    points = {f"T{n}": float(level) for n, level in enumerate(levels)}
    missing = [
        OpenDebate(tuple(f"T{4 * n + k}" for k in range(4)), weight) for n in range(debates)]
    ends = _completions(points, missing)
    settled = [one for one in bracket_states(points, missing, room=4) if one.settled]
    for one in settled:
        here = {
            bracket for bracket in _brackets(points)
            if (bracket[0], bracket[1]) == (one.top, one.bottom)}
        assert here, one
        assert all(here <= _brackets(end) for end in ends)


def test_with_all_results_in_every_bracket_is_settled() -> None:
    points = {f"T{n}": float(n % 3) for n in range(12)}
    states = bracket_states(points, [], room=4)
    assert [(one.top, one.bottom, one.teams) for one in states] == [
        (2.0, 2.0, 4), (1.0, 1.0, 4), (0.0, 0.0, 4)]
    assert all(one.settled for one in states)


def test_a_missing_room_leaves_open_what_its_teams_can_reach_and_no_more() -> None:
    points = dict(zip("ABCDEFGHIJKLMNOP", [9, 9, 9, 9, 5, 5, 5, 5, 3, 3, 3, 3, 0, 0, 0, 0],
                      strict=True))
    missing = [OpenDebate(("I", "J", "K", "L"))]
    open_teams = {one.top: one.open_teams for one in bracket_states(points, missing, room=4)}
    assert open_teams == {
        9: (), 5: ("I", "J", "K", "L"), 3: ("I", "J", "K", "L"), 0: ()}


def test_a_round_of_double_weight_reaches_twice_as_far() -> None:
    points = {"A": 9.0, "B": 9.0, "C": 9.0, "D": 9.0, "E": 3.0, "F": 3.0, "G": 3.0, "H": 3.0}
    once = bracket_states(points, [OpenDebate(("E", "F", "G", "H"))], room=4)
    twice = bracket_states(points, [OpenDebate(("E", "F", "G", "H"), 2)], room=4)
    assert [one.settled for one in once] == [True, False]
    assert [one.settled for one in twice] == [False, False]


def test_two_teams_a_room_gain_one_point_at_most() -> None:
    points = {"A": 3.0, "B": 3.0, "C": 1.0, "D": 1.0, "E": 1.0, "F": 0.0}
    states = bracket_states(points, [OpenDebate(("E", "F"))], room=2)
    assert [(one.top, one.bottom, one.open_teams) for one in states] == [
        (3.0, 3.0, ()), (1.0, 0.0, ("E", "F"))]
