"""Side plans: rounds half and half, teams even over all rounds and within each kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.domain.draw.side_plan import PlanRound, plan_sides
from tabapp.domain.types import Side

AFF, NEG = Side.AFF, Side.NEG
kinds = st.lists(st.sampled_from(["", "prepared", "impromptu"]), min_size=1, max_size=9)


def names(count: int) -> list[str]:
    return [f"T{n}" for n in range(1, count + 1)]


def leans(
    rounds: Sequence[PlanRound], sides: Mapping[int, Mapping[str, Side]]
) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    whole: Counter[str] = Counter()
    kind: Counter[tuple[str, str]] = Counter()
    for one in rounds:
        for team, side in sides[one.id].items():
            whole[team] += 1 if side is AFF else -1
            kind[one.kind, team] += 1 if side is AFF else -1
    return whole, kind


@settings(max_examples=120, deadline=None)
@given(count=st.integers(1, 20).map(lambda n: 2 * n), found=kinds, seed=st.integers(0, 999))
def test_from_nothing_no_team_has_more_than_one_side_too_many(
    count: int, found: list[str], seed: int
) -> None:
    rounds = [PlanRound(at, kind) for at, kind in enumerate(found)]
    plan = plan_sides(names(count), rounds, (), seed=seed)
    assert set(plan) == {one.id for one in rounds}
    for sides in plan.values():
        assert Counter(sides.values()) == {AFF: count // 2, NEG: count // 2}
    whole, within = leans(rounds, plan)
    assert all(abs(lean) == len(rounds) % 2 for lean in whole.values())
    for (kind, _team), lean in within.items():
        assert abs(lean) == found.count(kind) % 2


@settings(max_examples=80, deadline=None)
@given(
    count=st.integers(2, 15), found=kinds, done=st.integers(0, 4), seed=st.integers(0, 999),
    data=st.data())
def test_each_round_is_half_and_half_and_what_is_fixed_stays_so(
    count: int, found: list[str], done: int, seed: int, data: st.DataObject
) -> None:
    teams = names(count)
    sides = st.fixed_dictionaries(
        {}, optional={team: st.sampled_from([AFF, NEG]) for team in teams})
    fixed = [(PlanRound(100 + at, "prepared"), data.draw(sides)) for at in range(done)]
    before = [(one, dict(given)) for one, given in fixed]
    rounds = [PlanRound(at, kind) for at, kind in enumerate(found)]
    plan = plan_sides(teams, rounds, fixed, seed=seed)
    assert fixed == before
    for given_sides in plan.values():
        affs = sum(side is AFF for side in given_sides.values())
        assert abs(2 * affs - count) == count % 2
        assert set(given_sides) == set(teams)


@settings(max_examples=60, deadline=None)
@given(
    first=st.lists(st.sampled_from([AFF, NEG, None]), min_size=4, max_size=4),
    second=st.lists(st.sampled_from([AFF, NEG, None]), min_size=4, max_size=4),
    ahead=st.integers(1, 3), seed=st.integers(0, 99))
def test_uneven_rounds_are_made_up_for_as_far_as_that_goes(
    first: list[Side | None], second: list[Side | None], ahead: int, seed: int
) -> None:
    """Against every plan there is, by the sum of squares over all rounds."""
    teams = names(4)
    fixed = [
        (PlanRound(100 + at), {team: side for team, side in zip(teams, one, strict=True) if side})
        for at, one in enumerate((first, second))]
    start, _ = leans([one for one, _sides in fixed], {one.id: sides for one, sides in fixed})
    rounds = [PlanRound(at) for at in range(ahead)]

    def badness(plan: Mapping[int, Mapping[str, Side]]) -> int:
        whole, _ = leans(rounds, plan)
        return sum((start[team] + whole[team]) ** 2 for team in teams)

    halves = [
        dict(zip(teams, one, strict=True)) for one in product((AFF, NEG), repeat=4)
        if one.count(AFF) == 2]
    best = min(badness(dict(enumerate(one))) for one in product(halves, repeat=ahead))
    assert badness(plan_sides(teams, rounds, fixed, seed=seed)) == best


def test_lots_decide_who_begins_and_a_seed_gives_one_plan() -> None:
    teams, rounds = names(12), [PlanRound(1), PlanRound(2)]
    plans = [plan_sides(teams, rounds, (), seed=seed) for seed in range(6)]
    assert plans[0] == plan_sides(teams[::-1], rounds, (), seed=0)
    assert len({tuple(plan[1][team] for team in teams) for plan in plans}) > 3


def test_not_always_the_same_teams_can_meet() -> None:
    """Rounds are pairs of opposites, drawn anew for each pair."""
    rounds = [PlanRound(at) for at in range(4)]
    plan = plan_sides(names(16), rounds, (), seed=3)
    assert all(plan[0][team] is not plan[1][team] for team in names(16))
    assert any(plan[0][team] is plan[2][team] for team in names(16))
    assert any(plan[0][team] is not plan[2][team] for team in names(16))


def test_nobody_needs_no_side() -> None:
    assert plan_sides((), [PlanRound(1)], (), seed=1) == {1: {}}
    assert set(plan_sides(("T1",), [PlanRound(1)], (), seed=1)[1]) == {"T1"}
