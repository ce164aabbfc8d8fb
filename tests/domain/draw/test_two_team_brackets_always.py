"""What holds for the brackets of every two-team field, by whatever rule."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw.field import take_field
from tabapp.domain.draw.lots import Lots
from tabapp.domain.draw.two_team.values import Bracket
from tabapp.domain.types import DrawTeam, Side
from tests.domain.draw.two_team_field import brackets_of, flags_of

PULL_UPS = ("pullup_top", "pullup_bottom", "pullup_middle", "pullup_random",
            "pullup_lowest_ds_rank")
BETWEEN = ("intermediate", "intermediate_bubble_up_down")
ALLOCATED_PULL_UPS = tuple(rule for rule in PULL_UPS if rule != "pullup_middle")
ALLOCATED_BETWEEN = ("intermediate1", "intermediate2")
SIDES: dict[str, Any] = {"draw_side_allocations": "preallocated"}
LOWEST: dict[str, Callable[[DrawTeam], float]] = {
    "none": lambda _team: 0, "least_to_date": lambda team: team.pullups,
    "lowest_ds_wins": lambda team: team.draw_strength,
    "lowest_ds_speaks": lambda team: team.draw_strength_speaks,
}

records = st.tuples(
    st.integers(0, 5), st.integers(0, 2), st.integers(0, 2), st.sampled_from([None, "X", "Y"]),
    st.integers(0, 9))


@st.composite
def fields(draw: st.DrawFn, most: int = 14) -> list[DrawTeam]:
    """An even number of teams in the order of the draw; as many affirm as oppose."""
    rows = draw(st.lists(st.tuples(records, records), min_size=1, max_size=most // 2))
    flat = sorted((row for pair in rows for row in pair), key=lambda row: -row[0])
    sides = draw(st.permutations([Side.AFF, Side.NEG] * len(rows)))
    met = draw(st.sets(st.sampled_from(range(len(flat)))))
    teams = []
    for place, (points, pullups, strength, institution, ranks) in enumerate(flat):
        seen = {f"T{place + 1}": 1} if place in met else {}
        teams.append(DrawTeam(
            f"T{place}", float(points), place + 1, institution=institution, sides=(0, 0),
            pullups=pullups, seen=seen, allocated_side=sides[place], draw_strength=strength,
            draw_strength_speaks=pullups / 3, draw_strength_rank=ranks))
    return teams


def all_teams(bracket: Bracket) -> list[DrawTeam]:
    return [*bracket.teams, *bracket.aff, *bracket.neg]


def is_sound(teams: Sequence[DrawTeam], made: Sequence[Bracket], *, allocated: bool) -> None:
    placed = [team.id for bracket in made for team in all_teams(bracket)]
    assert sorted(placed) == sorted(team.id for team in teams)
    labels = [bracket.points for bracket in made]
    assert labels == sorted(set(labels), reverse=True)
    for bracket in made:
        assert all_teams(bracket)
        assert bracket.team_flags.keys() <= {team.id for team in all_teams(bracket)}
        if allocated:
            assert len(bracket.aff) == len(bracket.neg)
            assert not bracket.teams
            assert {team.allocated_side for team in bracket.aff} == {Side.AFF}
            assert {team.allocated_side for team in bracket.neg} == {Side.NEG}
        else:
            assert len(bracket.teams) % 2 == 0


@settings(deadline=None, max_examples=60)
@given(fields(), st.sampled_from(PULL_UPS + BETWEEN), st.sampled_from(list(LOWEST)),
       st.integers(0, 9))
def test_free_sides_every_team_stands_once_in_brackets_that_can_be_paired(
    teams: list[DrawTeam], rule: str, restriction: str, seed: int
) -> None:
    made = brackets_of(teams, rule, seed, draw_pullup_restriction=restriction)
    is_sound(teams, made, allocated=False)


@settings(deadline=None, max_examples=60)
@given(fields(), st.sampled_from(ALLOCATED_PULL_UPS + ALLOCATED_BETWEEN),
       st.sampled_from(list(LOWEST)), st.integers(0, 9))
def test_allocated_sides_every_team_stands_once_in_brackets_that_can_be_paired(
    teams: list[DrawTeam], rule: str, restriction: str, seed: int
) -> None:
    made = brackets_of(teams, rule, seed, draw_pullup_restriction=restriction, **SIDES)
    is_sound(teams, made, allocated=True)


@settings(deadline=None, max_examples=60)
@given(fields(), st.sampled_from(PULL_UPS), st.integers(0, 9))
def test_only_levels_that_end_on_an_odd_count_pull_up_and_then_one_team(
    teams: list[DrawTeam], rule: str, seed: int
) -> None:
    made = brackets_of(teams, rule, seed)
    sizes = [len(list(level)) for _points, level in groupby(teams, key=lambda team: team.points)]
    assert len(flags_of(made)) == sum(count % 2 for count in accumulate(sizes))
    for bracket in made:
        assert len(bracket.pulled_up) <= 1
        own = [team for team in bracket.teams if team.id not in bracket.pulled_up]
        assert {team.points for team in own} == {bracket.points}
        assert [team.id for team in bracket.teams[len(own):]] == list(bracket.pulled_up)


@settings(deadline=None, max_examples=60)
@given(fields(), st.sampled_from(ALLOCATED_PULL_UPS), st.integers(0, 9))
def test_only_the_shorter_side_is_filled_and_no_more_than_it_lacks(
    teams: list[DrawTeam], rule: str, seed: int
) -> None:
    for bracket in brackets_of(teams, rule, seed, **SIDES):
        pulled = [[t.id in bracket.pulled_up for t in side] for side in (bracket.aff, bracket.neg)]
        assert not any(pulled[0]) or not any(pulled[1])
        for side, up in zip((bracket.aff, bracket.neg), pulled, strict=True):
            assert up == sorted(up)
            assert {t.points for t, is_up in zip(side, up, strict=True) if not is_up} <= {
                bracket.points}
            assert all(t.points < bracket.points for t, is_up in zip(side, up, strict=True)
                       if is_up)


@settings(deadline=None, max_examples=80)
@given(fields(), st.sampled_from(ALLOCATED_PULL_UPS), st.sampled_from(list(LOWEST)),
       st.booleans(), st.integers(0, 9))
def test_a_pulled_up_team_is_the_one_that_trying_everything_finds(
    teams: list[DrawTeam], rule: str, restriction: str, allocated: bool, seed: int
) -> None:
    given_sides: dict[str, Any] = SIDES if allocated else {}
    made = brackets_of(teams, rule, seed, draw_pullup_restriction=restriction, **given_sides)
    left = list(teams)
    for bracket in made:
        for team in all_teams(bracket):
            if team.id not in bracket.pulled_up:
                left.remove(team)
        pulled = [team for team in all_teams(bracket) if team.id in bracket.pulled_up]
        for _one in pulled:
            able = [team for team in left if team.points < bracket.points
                    and (not allocated or team.allocated_side == pulled[0].allocated_side)]
            able = [team for team in able if team.points == max(t.points for t in able)]
            least = min(map(LOWEST[restriction], able))
            able = [team for team in able if LOWEST[restriction](team) == least]
            if rule == "pullup_top":
                able = able[:1]
            if rule == "pullup_bottom":
                able = able[-1:]
            if rule == "pullup_lowest_ds_rank":
                able = [min(able, key=lambda team: (team.draw_strength_rank, team.rank))]
            chosen = [team for team in able if team in pulled]
            assert chosen
            left.remove(chosen[0])
    assert left == []


@settings(deadline=None, max_examples=60)
@given(fields())
def test_intermediate_brackets_keep_the_order_of_the_draw(teams: list[DrawTeam]) -> None:
    made = brackets_of(teams, "intermediate")
    assert [team for bracket in made for team in bracket.teams] == teams
    for bracket in made:
        points = [team.points for team in bracket.teams]
        assert bracket.intermediate == (len(set(points)) > 1)
        assert bracket.points == (points[1] + 0.5 if bracket.intermediate else points[0])
    for rule in ALLOCATED_BETWEEN:
        made = brackets_of(teams, rule, **SIDES)
        aff = [team for bracket in made for team in bracket.aff]
        assert aff == [team for team in teams if team.allocated_side is Side.AFF]
        neg = [team for bracket in made for team in bracket.neg]
        assert neg == [team for team in teams if team.allocated_side is Side.NEG]


@settings(deadline=None, max_examples=80)
@given(fields())
def test_bubbling_leaves_a_conflict_only_where_it_says_so(teams: list[DrawTeam]) -> None:
    made = brackets_of(teams, "intermediate_bubble_up_down")
    before = brackets_of(teams, "intermediate")
    for bracket, old in zip(made, before, strict=True):
        assert bracket.points == old.points
        if bracket.intermediate:
            one, other = bracket.teams
            clash = (one.institution is not None and one.institution == other.institution) or (
                other.id in one.seen or one.id in other.seen)
            flags = {flag for team in bracket.teams
                     for flag in bracket.team_flags.get(team.id, ())}
            assert clash == ("cannot_bubble" in flags)
            assert flags <= {"cannot_bubble", "bubble_accommodate"}
        moved = {team.id for team in bracket.teams} ^ {team.id for team in old.teams}
        assert {t.id for t in bracket.teams if t.id in moved} == {
            team for team, flags in bracket.team_flags.items() if "cannot_bubble" not in flags}


@settings(deadline=None, max_examples=40)
@given(fields(), st.sampled_from(PULL_UPS + BETWEEN), st.integers(0, 9),
       st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(
    teams: list[DrawTeam], rule: str, seed: int, shuffler: random.Random
) -> None:
    tied = [replace(team, rank=1 + sum(t.points > team.points for t in teams)) for team in teams]
    shuffled = shuffler.sample(tied, len(tied))
    one, other = (
        brackets_of(take_field(field, size=2, byes="off", lots=Lots(seed)).drawn, rule, seed)
        for field in (tied, shuffled))
    assert one == other
