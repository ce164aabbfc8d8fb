"""Judges on panels: conflicts, sizes, chairs, order and a small optimum by brute force."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.allocation import (
    PanelDebate,
    PanelJudge,
    PanelSnapshot,
    allocate_panels,
)
from tabapp.domain.allocation.costs import strength_cost

BP = {"ballots_per_debate": "per-debate", "adj_max_score": 10.0}
VOTING = {"ballots_per_debate": "per-adj"}


def make_debates(count: int, **fields: int) -> tuple[PanelDebate, ...]:
    return tuple(
        PanelDebate(f"D{d}", tuple(f"T{4 * d + n}" for n in range(4)), room_rank=d + 1, **fields)
        for d in range(count)
    )


def make_judges(*scores: float, trainees: int = 0) -> tuple[PanelJudge, ...]:
    voting = [PanelJudge(f"A{n}", score=score) for n, score in enumerate(scores)]
    learning = [PanelJudge(f"B{n}", score=2.0, trainee=True) for n in range(trainees)]
    return (*voting, *learning)


@st.composite
def snapshots(draw: st.DrawFn) -> PanelSnapshot:
    debates = tuple(
        replace(debate, importance=draw(st.integers(-2, 2)))
        for debate in make_debates(draw(st.integers(1, 5)))
    )
    teams = [team for debate in debates for team in debate.teams]
    count = draw(st.integers(1, 14))
    ids = [f"A{n}" for n in range(count)]
    judges = tuple(
        PanelJudge(
            ref,
            score=draw(st.integers(0, 10)) / 2.0,
            trainee=ref != "A0" and draw(st.integers(0, 4)) == 0,
            team_conflicts=frozenset(draw(st.lists(st.sampled_from(teams), max_size=6))),
            judge_conflicts=frozenset(draw(st.lists(st.sampled_from(ids), max_size=3))) - {ref},
            teams_seen=frozenset(draw(st.lists(st.sampled_from(teams), max_size=3))),
            judges_seen=frozenset(draw(st.lists(st.sampled_from(ids), max_size=3))) - {ref},
        )
        for ref in ids
    )
    judges = (replace(judges[0], score=5.0), *judges[1:])
    options = {
        "ballots_per_debate": draw(st.sampled_from(["per-adj", "per-debate"])),
        "panel_size_policy": draw(st.sampled_from(["important_first", "even", "tabbycat"])),
        "no_panellist_position": draw(st.booleans()),
        "no_trainee_position": draw(st.booleans()),
    }
    return PanelSnapshot(debates, judges, options)


@given(snapshots(), st.integers(0, 3))
@settings(max_examples=120, deadline=None)
def test_nobody_sits_twice_or_with_anyone_it_clashes_with(
    snapshot: PanelSnapshot, seed: int
) -> None:
    allocation = allocate_panels(snapshot, seed=seed)
    judges = {judge.id: judge for judge in snapshot.judges}
    teams = {debate.id: set(debate.teams) for debate in snapshot.debates}
    seated = [judge for panel in allocation.panels for judge in panel.members]
    assert len(seated) == len(set(seated))
    assert {panel.debate for panel in allocation.panels} == set(teams)
    for panel in allocation.panels:
        for member in panel.members:
            judge = judges[member]
            assert not judge.team_conflicts & teams[panel.debate]
            assert not judge.judge_conflicts & set(panel.members)
        for member in panel.voting:
            assert not judges[member].trainee
            assert judges[member].score >= 1.5
        if panel.chair is not None:
            best = max(judges[member].score for member in panel.voting)
            assert judges[panel.chair].score == best
        else:
            assert not panel.members
    assert allocation.cost == pytest.approx(sum(allocation.parts.values()))


@given(snapshots(), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_the_input_changes_nothing(
    snapshot: PanelSnapshot, shuffler: random.Random
) -> None:
    debates, judges = list(snapshot.debates), list(snapshot.judges)
    shuffler.shuffle(debates)
    shuffler.shuffle(judges)
    other = PanelSnapshot(tuple(debates), tuple(judges), snapshot.options)
    assert allocate_panels(snapshot, seed=5) == allocate_panels(other, seed=5)


def test_the_cost_is_the_least_that_brute_force_finds() -> None:
    rng = random.Random(3)
    for _case in range(15):
        debates = tuple(replace(d, importance=rng.randint(-2, 2)) for d in make_debates(3))
        teams = [team for debate in debates for team in debate.teams]
        judges = tuple(
            PanelJudge(
                f"A{n}", score=rng.randint(3, 10) / 2.0,
                teams_seen=frozenset(rng.sample(teams, 3)),
            )
            for n in range(5)
        )
        snapshot = PanelSnapshot(debates, judges, {"ballots_per_debate": "per-debate"})
        allocation = allocate_panels(snapshot, seed=1)
        order = sorted(debates, key=lambda d: (-d.importance, d.room_rank))
        places = [(debate, -n) for d, debate in enumerate(order) for n in range(2 if d < 2 else 1)]
        least = min(
            sum(
                float(strength_cost(debate.importance, np.array([judge.score]), t, 5.0)[0])
                + 10_000.0 * len(judge.teams_seen & set(debate.teams))
                for (debate, t), judge in zip(places, seated, strict=True)
            )
            for seated in itertools.permutations(judges)
        )
        assert allocation.cost == pytest.approx(least)


def test_a_consensus_format_gives_the_judges_left_over_to_the_important_rooms() -> None:
    debates = tuple(
        replace(debate, importance=importance)
        for debate, importance in zip(make_debates(3), (-1, 2, 0), strict=True)
    )
    allocation = allocate_panels(
        PanelSnapshot(debates, make_judges(5, 5, 5, 5, 5, 5, 5, 5), BP), seed=1
    )
    assert {panel.debate: len(panel.voting) for panel in allocation.panels} == {
        "D1": 3, "D2": 3, "D0": 2,
    }


def test_the_best_judges_go_to_the_important_rooms() -> None:
    debates = (make_debates(2)[0], replace(make_debates(2)[1], importance=2))
    allocation = allocate_panels(PanelSnapshot(debates, make_judges(9, 3, 8, 4), BP), seed=1)
    chairs = {panel.debate: panel.chair for panel in allocation.panels}
    assert chairs["D1"] == "A0"


def test_voting_panels_of_three_go_to_the_important_rooms_first() -> None:
    debates = (make_debates(2)[0], replace(make_debates(2)[1], importance=1))
    allocation = allocate_panels(PanelSnapshot(debates, make_judges(5, 4, 4, 3), VOTING), seed=1)
    assert {panel.debate: len(panel.voting) for panel in allocation.panels} == {"D1": 3, "D0": 1}
    assert [problem.code for problem in allocation.problems] == ["allocate_short_panels"]


def test_the_policy_of_the_code_gives_the_important_room_one_strong_judge() -> None:
    debates = (make_debates(2)[0], replace(make_debates(2)[1], importance=1))
    options = {**VOTING, "panel_size_policy": "tabbycat"}
    allocation = allocate_panels(
        PanelSnapshot(debates, make_judges(5, 4, 4, 3), options), seed=1
    )
    panels = {panel.debate: panel for panel in allocation.panels}
    assert panels["D1"].voting == ("A0",)
    assert len(panels["D0"].voting) == 3


def test_too_few_judges_sit_in_the_important_rooms_and_it_is_said() -> None:
    debates = (*make_debates(2), PanelDebate("D9", ("T90",), importance=2, room_rank=9))
    allocation = allocate_panels(PanelSnapshot(debates, make_judges(8, 7), BP), seed=1)
    assert [panel.debate for panel in allocation.panels if panel.chair] == ["D9", "D0"]
    assert [(p.code, p.where) for p in allocation.problems] == [
        ("allocate_few_judges", ""), ("allocate_room_without_judge", "D1"),
    ]


def test_a_room_stays_empty_rather_than_take_a_judge_with_a_conflict() -> None:
    judge = PanelJudge("A1", score=9.0, team_conflicts=frozenset({"T0"}))
    allocation = allocate_panels(PanelSnapshot(make_debates(1), (judge,), BP), seed=1)
    assert allocation.panels[0].chair is None
    assert {p.code for p in allocation.problems} == {
        "allocate_room_without_judge", "allocate_judge_not_placed",
    }


def test_judges_who_clash_are_parted_by_an_exchange() -> None:
    judges = tuple(
        replace(judge, judge_conflicts=frozenset({"A1"}) if judge.id == "A0" else frozenset())
        for judge in make_judges(8, 8, 8, 8)
    )
    for seed in range(6):
        allocation = allocate_panels(PanelSnapshot(make_debates(2), judges, BP), seed=seed)
        assert [len(panel.voting) for panel in allocation.panels] == [2, 2]
        assert all(set(panel.voting) != {"A0", "A1"} for panel in allocation.panels)


def test_judges_who_have_sat_together_are_parted_where_that_costs_nothing() -> None:
    judges = tuple(
        replace(judge, judges_seen=frozenset({"A1"}) if judge.id == "A0" else frozenset())
        for judge in make_judges(8, 8, 8, 8)
    )
    for seed in range(6):
        allocation = allocate_panels(PanelSnapshot(make_debates(2), judges, BP), seed=seed)
        assert allocation.parts["judge_history"] == 0.0


def test_a_trainee_never_sits_with_a_chair_it_clashes_with() -> None:
    trainee = PanelJudge("B0", score=2.0, trainee=True, judge_conflicts=frozenset({"A0"}))
    allocation = allocate_panels(
        PanelSnapshot(make_debates(2), (*make_judges(9, 8), trainee), BP), seed=1
    )
    assert [panel.trainees for panel in allocation.panels if panel.chair == "A1"] == [("B0",)]


def test_positions_that_are_switched_off_stay_empty() -> None:
    options = {**BP, "no_panellist_position": True, "no_trainee_position": True}
    allocation = allocate_panels(
        PanelSnapshot(make_debates(2), make_judges(9, 8, 7, 6, trainees=2), options), seed=1
    )
    assert sorted(len(panel.members) for panel in allocation.panels) == [1, 1]
    assert {panel.chair for panel in allocation.panels} == {"A0", "A1"}


@pytest.mark.parametrize(
    ("snapshot", "code"),
    [
        (PanelSnapshot((), make_judges(5), BP), "allocate_no_debates"),
        (PanelSnapshot(make_debates(1), (), BP), "allocate_no_judges"),
        (PanelSnapshot(make_debates(1), make_judges(1.0, trainees=1), BP), "allocate_none_votes"),
        (
            PanelSnapshot(make_debates(1), make_judges(5), {"panel_size_policy": "wide"}),
            "allocate_unknown_policy",
        ),
    ],
)
def test_an_impossible_allocation_is_refused(snapshot: PanelSnapshot, code: str) -> None:
    with pytest.raises(UserError) as caught:
        allocate_panels(snapshot, seed=1)
    assert caught.value.code == code
    assert code not in caught.value.message


def test_a_score_outside_the_range_is_told() -> None:
    allocation = allocate_panels(PanelSnapshot(make_debates(1), make_judges(12.0), BP), seed=1)
    assert [problem.code for problem in allocation.problems] == ["allocate_score_out_of_range"]


@pytest.mark.parametrize(
    ("importance", "q", "adjustment", "cost"),
    [(0, 5, 0, 15_642.6), (0, 3, 0, 115_586.3), (2, 5, 0, 115_584.3), (-2, 5, 0, 2_117.0),
     (-2, 5, -2, 0.0)],
)
def test_the_strength_term_has_the_check_values_of_the_rules(
    importance: int, q: float, adjustment: int, cost: float
) -> None:
    found = strength_cost(importance, np.array([float(q)]), adjustment, 5.0)
    assert found[0] == pytest.approx(cost, abs=0.05)
