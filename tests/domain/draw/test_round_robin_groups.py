"""BP round-robins: plans in which all meet once, the search beside them, and positions."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations, permutations
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.draw import generate, quality_of
from tabapp.domain.draw.designs import DESIGNS, resolvable_design, transversal_round
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.draw.round_robin import draw_round_robin
from tabapp.domain.types import (
    BP_SIDES,
    Cycle,
    DrawnDebate,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

Teams = dict[str, DrawTeam]


def field(count: int) -> Teams:
    return {f"T{n}": DrawTeam(f"T{n}") for n in range(1, count + 1)}


def drawn(
    teams: Teams, index: int, *, away: tuple[str, ...] = (), seed: int = 3, **options: Any
) -> tuple[tuple[DrawnDebate, ...], tuple[str, ...]]:
    present = tuple(team for team in teams.values() if team.id not in away)
    snapshot = DrawSnapshot(
        BP_SIDES, DrawType.ROUND_ROBIN, present, {}, cycle=Cycle(index, tuple(teams)))
    return draw_round_robin(snapshot, DrawOptions.from_mapping(options), Lots(seed))


def played(teams: Teams, debates: tuple[DrawnDebate, ...]) -> Teams:
    after = dict(teams)
    for debate in debates:
        for side, team in debate.sides:
            seen = Counter(teams[team].seen)
            seen.update(other for other in debate.teams if other != team)
            counts = [n + (side is place)
                      for n, place in zip(teams[team].sides, BP_SIDES, strict=True)]
            after[team] = replace(
                teams[team], sides=tuple(counts), seen=seen,
                byes=teams[team].byes + (side is Side.BYE))
    return after


def repeats(teams: Teams, debates: tuple[DrawnDebate, ...]) -> int:
    return sum(
        bool(teams[one].seen.get(other)) for debate in debates
        for one, other in combinations(debate.teams, 2))


@pytest.mark.parametrize("count", DESIGNS)
def test_in_a_resolvable_design_each_two_meet_exactly_once(count: int) -> None:
    rounds = resolvable_design(count)
    assert rounds is not None
    assert len(rounds) == (count - 1) // 3
    pairs: Counter[tuple[int, ...]] = Counter()
    for rooms in rounds:
        assert sorted(place for room in rooms for place in room) == list(range(count))
        for room in rooms:
            pairs.update(combinations(sorted(room), 2))
    assert len(pairs) == pairs.total() == count * (count - 1) // 2


def test_designs_are_there_for_the_sizes_of_real_fields() -> None:
    assert {4, 16, 28, 40, 52, 64, 88, 112} <= set(DESIGNS)
    assert resolvable_design(20) is None


@pytest.mark.parametrize(("count", "rounds"), [(20, 5), (44, 11), (76, 19), (100, 25)])
def test_a_transversal_plan_has_no_repeat_while_it_lasts(count: int, rounds: int) -> None:
    pairs: Counter[tuple[int, ...]] = Counter()
    for index in range(rounds):
        rooms = transversal_round(count, index)
        assert rooms is not None
        assert sorted(place for room in rooms for place in room) == list(range(count))
        for room in rooms:
            pairs.update(combinations(sorted(room), 2))
    assert set(pairs.values()) == {1}
    assert transversal_round(count, rounds) is None


@pytest.mark.parametrize("count", [8, 12, 24, 36])
def test_there_is_no_transversal_plan_where_rounds_would_repeat(count: int) -> None:
    assert transversal_round(count, 1) is None


@pytest.mark.parametrize(("count", "rounds"), [(16, 5), (28, 9), (40, 13)])
def test_a_whole_cycle_of_a_design_has_no_repeats_and_says_nothing(
    count: int, rounds: int
) -> None:
    teams = field(count)
    for index in range(rounds):
        debates, remarks = drawn(teams, index)
        assert remarks == ()
        assert [d.room_rank for d in debates] == list(range(1, count // 4 + 1))
        teams = played(teams, debates)
    assert all(set(team.seen.values()) == {1} for team in teams.values())
    assert all(len(team.seen) == count - 1 for team in teams.values())
    assert max(max(team.sides) - min(team.sides) for team in teams.values()) <= 2


@pytest.mark.parametrize(("count", "rounds"), [(24, 4), (32, 5), (60, 9)])
def test_without_a_design_rounds_are_found_that_repeat_nothing(count: int, rounds: int) -> None:
    teams = field(count)
    for index in range(rounds):
        debates, remarks = drawn(teams, index)
        assert (repeats(teams, debates), remarks) == (0, ())
        teams = played(teams, debates)


def test_eight_teams_repeat_as_little_as_can_be_and_it_is_told() -> None:
    teams = field(8)
    for index, least in enumerate((0, 4, 4)):
        debates, remarks = drawn(teams, index)
        assert repeats(teams, debates) == least == fewest_of_eight(teams)
        assert remarks == ((f"{least} pairs of teams meet again, the fewest that were found.",)
                           if least else ())
        teams = played(teams, debates)


def fewest_of_eight(teams: Teams) -> int:
    def within(room: set[str]) -> int:
        return sum(other in teams[one].seen for one, other in combinations(sorted(room), 2))

    first, *others = teams
    return min(
        within({first, *three}) + within(set(others) - set(three))
        for three in combinations(others, 3))


def test_after_a_changed_round_the_plan_gives_way_to_fewer_repeats() -> None:
    teams = field(16)
    second, _remarks = drawn(teams, 1)
    teams = played(teams, second)
    debates, remarks = drawn(teams, 1)  # the plan would have them all meet again
    assert (repeats(teams, debates), remarks) == (0, ())


def test_in_the_second_leg_all_meet_a_second_time_without_a_remark() -> None:
    teams = field(16)
    for index in range(10):
        debates, remarks = drawn(teams, index, round_robin_legs=2)
        assert remarks == ()
        teams = played(teams, debates)
    assert all(set(team.seen.values()) == {2} for team in teams.values())


@pytest.mark.parametrize(("count", "rounds"), [(4, 1), (8, 3), (12, 4), (16, 5), (20, 7)])
def test_a_round_beyond_the_cycle_is_refused(count: int, rounds: int) -> None:
    assert drawn(field(count), rounds - 1)[0]
    with pytest.raises(UserError) as caught:
        drawn(field(count), rounds)
    assert caught.value.code == "draw_cycle_over_one_leg"
    assert f"round {rounds}," in caught.value.message


def test_byes_rotate_while_teams_do_not_fill_rooms() -> None:
    teams = field(9)
    for index in range(3):
        debates, _remarks = drawn(teams, index, bye_team_selection="lowest")
        assert [(d.bracket, d.room_rank) for d in debates] == [(0, 1), (0, 2), (-1, 3)]
        teams = played(teams, debates)
    assert sum(team.byes for team in teams.values()) == 3
    assert max(team.byes for team in teams.values()) == 1


def test_with_teams_away_the_others_are_searched_for_rooms() -> None:
    teams = field(16)
    first, _remarks = drawn(teams, 0)
    teams = played(teams, first)
    away = tuple(debate.teams[0] for debate in first)
    debates, remarks = drawn(teams, 1, away=away)
    assert {team for debate in debates for team in debate.teams} == set(teams) - set(away)
    assert (repeats(teams, debates), len(debates), remarks) == (0, 3, ())


def test_positions_cost_as_little_as_they_can_in_the_rooms_of_the_plan() -> None:
    teams = field(16)
    for index in range(5):
        debates, _remarks = drawn(teams, index)
        for debate in debates:
            costs = CostTable(
                [teams[team].sides for team in debate.teams], DrawOptions()).of_teams()
            least = min(
                sum(costs[team, place] for place, team in enumerate(order))
                for order in permutations(range(4)))
            assert costs.trace() == pytest.approx(least)
        teams = played(teams, debates)


def test_the_optimum_of_a_round_is_that_of_its_rooms() -> None:
    teams = field(16)
    for index in range(5):
        snapshot = DrawSnapshot(
            BP_SIDES, DrawType.ROUND_ROBIN, tuple(teams.values()), {},
            cycle=Cycle(index, tuple(teams)))
        draw = generate(snapshot, seed=3)
        quality = quality_of(draw.debates, snapshot)
        assert quality.position_cost == pytest.approx(quality.position_cost_optimum)
        room, *others = draw.debates
        turned = replace(room, sides=tuple(zip(
            BP_SIDES, (*room.teams[1:], room.teams[0]), strict=True)))
        worse = quality_of([turned, *others], snapshot)
        assert worse.position_cost_optimum == pytest.approx(quality.position_cost_optimum)
        some = quality_of([replace(room, sides=room.sides[:3]), *others], snapshot)
        assert some.position_cost_optimum <= quality.position_cost_optimum
        teams = played(teams, draw.debates)
    assert worse.position_cost > worse.position_cost_optimum + 1


def test_the_same_seed_gives_the_same_rooms_in_any_order_of_input() -> None:
    teams = field(12)
    for index in range(3):
        turned = dict(reversed(teams.items()))
        assert drawn(teams, index) == drawn(turned, index)
        teams = played(teams, drawn(teams, index)[0])
    assert drawn(teams, 3) != drawn(teams, 3, seed=4)
