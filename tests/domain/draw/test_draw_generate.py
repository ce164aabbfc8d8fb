"""The BP draw engine: its rules, its optimum and that it can be repeated."""

from __future__ import annotations

import hashlib
import itertools
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.audit.draws import audit_draw, optimal_position_cost
from tabapp.domain.draw import ENGINE, fingerprint, generate, quality_of
from tabapp.domain.draw.options import DrawOptions
from tabapp.domain.draw.positions import CostTable
from tabapp.domain.types import (
    BP_SIDES,
    Draw,
    DrawSnapshot,
    DrawTeam,
    DrawType,
    Side,
)

MakeSnapshot = Callable[..., DrawSnapshot]

counts = st.integers(0, 3)
options_of = st.fixed_dictionaries({
    "bp_pullup_distribution": st.sampled_from(["anywhere", "one_room"]),
    "bp_position_cost": st.sampled_from(["simple", "entropy", "variance"]),
    "bp_renyi_order": st.sampled_from([0, 0.5, 1.0, 2.0, 50.0]),
    "bp_position_cost_exponent": st.sampled_from([0, 1, 2.5, 4.0, 8.0]),
    "bp_assignment_method": st.sampled_from(["hungarian", "hungarian_preshuffled"]),
    "bye_team_selection": st.sampled_from(["random", "lowest"]),
})


@st.composite
def snapshots(draw: st.DrawFn, least: int = 4, most: int = 40) -> DrawSnapshot:
    records = draw(st.lists(
        st.tuples(st.integers(0, 6), st.tuples(counts, counts, counts, counts)),
        min_size=least, max_size=most,
    ))
    records.sort(reverse=True)
    teams = tuple(
        DrawTeam(f"T{place}", float(points), place, sides=history)
        for place, (points, history) in enumerate(records, 1)
    )
    return DrawSnapshot(BP_SIDES, DrawType.POWER, teams, draw(options_of), 4)


def as_json(draw: Draw) -> str:
    return json.dumps([
        [d.bracket, d.room_rank, d.sides, sorted(d.team_flags), d.allowed_points]
        for d in draw.debates
    ])


@settings(deadline=None, max_examples=150)
@given(snapshots(), st.integers(0, 2**64))
def test_every_draw_passes_its_audit(snapshot: DrawSnapshot, seed: int) -> None:
    draw = generate(snapshot, seed=seed)
    assert [c for c in audit_draw(snapshot, draw.debates) if c.status != "passed"] == []
    assert draw.quality.position_cost == pytest.approx(draw.quality.position_cost_optimum)


@settings(deadline=None, max_examples=40)
@given(snapshots(), st.integers(0, 99), st.randoms(use_true_random=False))
def test_the_order_of_the_input_never_matters(
    snapshot: DrawSnapshot, seed: int, shuffler: random.Random
) -> None:
    teams = list(snapshot.teams)
    shuffler.shuffle(teams)
    shuffled = replace(snapshot, teams=tuple(teams))
    assert generate(shuffled, seed=seed) == generate(snapshot, seed=seed)
    assert fingerprint(shuffled) == fingerprint(snapshot)


@settings(deadline=None, max_examples=25)
@given(snapshots(least=8, most=8))
def test_the_optimum_is_that_of_trying_everything(snapshot: DrawSnapshot) -> None:
    draw = generate(snapshot, seed=3)
    best = least_by_trying(snapshot)
    assert draw.quality.position_cost_optimum == pytest.approx(best, rel=1e-9, abs=1e-6)
    assert optimal_position_cost(snapshot) == pytest.approx(best, rel=1e-9, abs=1e-6)


def least_by_trying(snapshot: DrawSnapshot) -> float:
    """Try every choice of upper room that its points allow, and every order in each room."""
    options = DrawOptions.from_mapping(snapshot.options)
    costs: list[list[float]] = CostTable(
        [team.sides for team in snapshot.teams], options
    ).of_teams().tolist()
    points = [team.points for team in snapshot.teams]
    ordered = sorted(points, reverse=True)
    # Two rooms of one bracket are open to all; two brackets hold each a fixed set of points.
    one_room = options.bp_pullup_distribution == "one_room"
    joined = not one_room and ordered[0] == ordered[4]
    top = Counter(ordered[:4])

    def room(indices: tuple[int, ...]) -> float:
        return min(
            sum(costs[team][place] for place, team in enumerate(seated))
            for seated in itertools.permutations(indices)
        )

    everyone = set(range(8))
    return min(
        room(upper) + room(tuple(sorted(everyone - set(upper))))
        for upper in itertools.combinations(range(8), 4)
        if joined or Counter(points[team] for team in upper) == top
    )


def test_a_pulled_up_team_meets_the_bracket_above(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([3, 3, 3, 2, 2, 2, 2, 2])
    draw = generate(snapshot, seed=1)
    top = draw.debates[0]
    assert (top.bracket, top.room_rank, top.allowed_points) == (3.0, 1, (3.0, 2.0))
    pulled = [team for team, flags in top.team_flags.items() if flags == ("pullup",)]
    assert len(pulled) == 1
    assert pulled[0] in {"T4", "T5", "T6", "T7", "T8"}
    assert draw.debates[1].team_flags == {}
    assert draw.quality.pullups == 1


def test_who_is_pulled_up_is_decided_by_positions_not_by_rank(snapshot_of: MakeSnapshot) -> None:
    lacks_og, lacks_oo, lacks_cg, lacks_co = (
        (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0),
    )
    histories = [
        lacks_og, lacks_oo, lacks_co, lacks_og, lacks_oo, lacks_co, lacks_cg, lacks_cg,
    ]
    snapshot = snapshot_of([3, 3, 3, 2, 2, 2, 2, 2], histories)
    pulled = {
        team for seed in range(20) for team in generate(snapshot, seed=seed).debates[0].team_flags
    }
    assert pulled == {"T7", "T8"}


def test_teams_get_the_positions_that_they_lack(snapshot_of: MakeSnapshot) -> None:
    lacks = [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)]
    draw = generate(snapshot_of([5, 5, 5, 5], lacks), seed=9)
    assert draw.debates[0].teams == ("T1", "T2", "T3", "T4")
    assert draw.quality.position_cost == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(("cost", "order"), [
    ("entropy", 1.0), ("entropy", 2.0), ("entropy", 0.5), ("variance", 1.0)])
def test_histories_that_differ_in_order_alone_cost_the_same_to_the_last_bit(
    cost: str, order: float
) -> None:
    options = DrawOptions(bp_position_cost=cost, bp_renyi_order=order)
    for after in ((0, 1, 3, 5), (0, 1, 1, 6), (1, 2, 3, 5)):
        found = set()
        for counts in itertools.permutations(after):
            place = counts.index(max(counts))
            before = tuple(count - (at == place) for at, count in enumerate(counts))
            found.add(float(CostTable([before], options).costs[0, place]))
        assert len(found) == 1


def test_exact_ties_are_broken_by_the_seed_alone(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of([0] * 16)
    first = [as_json(generate(snapshot, seed=seed)) for seed in range(6)]
    assert len(set(first)) == 6
    assert first == [as_json(generate(snapshot, seed=seed)) for seed in range(6)]


def test_without_preshuffle_the_seed_decides_only_ties_in_rank(
    snapshot_of: MakeSnapshot,
) -> None:
    snapshot = snapshot_of([8, 7, 6, 5] * 2, options={"bp_assignment_method": "hungarian"})
    ranked = replace(snapshot, teams=tuple(
        replace(team, rank=place) for place, team in enumerate(snapshot.teams, 1)
    ))
    first = generate(ranked, seed=0).debates
    assert generate(ranked, seed=1).debates == first


def golden(snapshot_of: MakeSnapshot) -> DrawSnapshot:
    points = [(number * 7) % 11 for number in range(48)]
    histories = [
        tuple((number * step) % 3 for step in (1, 2, 5, 7)) for number in range(48)
    ]
    return snapshot_of(points, histories)


def test_a_fixed_seed_gives_the_draw_that_it_has_always_given(snapshot_of: MakeSnapshot) -> None:
    snapshot = golden(snapshot_of)
    draw = generate(snapshot, seed=20260101)
    assert ENGINE == "tabapp-draw 2"
    assert hashlib.sha256(as_json(draw).encode()).hexdigest()[:16] == "36fd371ba1ea5d9d"
    assert fingerprint(snapshot)[:16] == "79de0f65d58ceb5d"


def test_the_fingerprint_knows_defaults_and_sees_every_change(snapshot_of: MakeSnapshot) -> None:
    snapshot = golden(snapshot_of)
    same = replace(snapshot, options={"bp_renyi_order": 1, "unrelated": 3}, round_seq=2)
    assert fingerprint(same) == fingerprint(snapshot)
    teams = snapshot.teams
    others = [
        replace(snapshot, options={"bp_renyi_order": 2}),
        replace(snapshot, draw_type=DrawType.RANDOM),
        *(
            replace(snapshot, teams=(replace(teams[0], **change), *teams[1:]))
            for change in (
                {"points": 1.5}, {"rank": 40}, {"institution": "I9"}, {"sides": (0, 0, 0, 9)},
                {"seen": {"T2": 1}}, {"id": "T99"},
            )
        ),
    ]
    prints = {fingerprint(other) for other in (snapshot, *others)}
    assert len(prints) == 1 + len(others)


def test_a_random_draw_seats_everybody_once_whatever_the_points(snapshot_of: MakeSnapshot) -> None:
    snapshot = snapshot_of(list(range(12)), draw_type=DrawType.RANDOM)
    draw = generate(snapshot, seed=4)
    assert sorted(team for debate in draw.debates for team in debate.teams) == sorted(
        team.id for team in snapshot.teams
    )
    assert [(d.bracket, d.room_rank, d.team_flags) for d in draw.debates] == [
        (0.0, 1, {}), (0.0, 2, {}), (0.0, 3, {}),
    ]
    assert draw.quality.pullups == 0
    assert draw.debates != generate(snapshot, seed=5).debates


def test_a_manual_draw_is_empty(snapshot_of: MakeSnapshot) -> None:
    assert generate(snapshot_of([1, 2], draw_type=DrawType.MANUAL), seed=1).debates == ()


@pytest.mark.parametrize("draw_type", [DrawType.POWER, DrawType.RANDOM])
def test_the_lowest_teams_have_byes_at_the_end_of_the_draw(
    snapshot_of: MakeSnapshot, draw_type: DrawType
) -> None:
    options = {"bye_team_selection": "lowest"}
    draw = generate(snapshot_of([6, 5, 4, 3, 2, 1], options=options, draw_type=draw_type), seed=1)
    assert [(d.bracket, d.room_rank, d.sides) for d in draw.debates[1:]] == [
        (-1.0, 2, ((Side.BYE, "T5"),)), (-1.0, 3, ((Side.BYE, "T6"),)),
    ]


@pytest.mark.parametrize("draw_type", [DrawType.POWER, DrawType.RANDOM])
def test_random_byes_go_to_any_team(snapshot_of: MakeSnapshot, draw_type: DrawType) -> None:
    options = {"bye_team_selection": "random"}
    snapshot = snapshot_of([5, 4, 3, 2, 1], options=options, draw_type=draw_type)
    resting = {generate(snapshot, seed=seed).debates[-1].teams for seed in range(40)}
    assert resting == {(f"T{number}",) for number in range(1, 6)}


@pytest.mark.parametrize("rule", ["lowest", "random"])
def test_nobody_rests_again_while_someone_has_not(
    snapshot_of: MakeSnapshot, rule: str
) -> None:
    options = {"bye_team_selection": rule}
    plain = snapshot_of([5, 4, 3, 2, 1, 0], options=options)
    rested = replace(plain, teams=tuple(
        replace(team, byes=0 if team.id in ("T2", "T4", "T5") else 1) for team in plain.teams))
    resting = {
        debate.teams[0]
        for seed in range(30) for debate in generate(rested, seed=seed).debates[1:]
    }
    assert resting == ({"T4", "T5"} if rule == "lowest" else {"T2", "T4", "T5"})


def test_quality_counts_rematches_and_institutions_but_not_the_lack_of_one(
    snapshot_of: MakeSnapshot,
) -> None:
    snapshot = snapshot_of(
        [3, 3, 3, 3], [(3, 0, 0, 0)] * 4,
        seen=[{"T2": 2, "T3": 1}, {"T1": 2}, {}, {}], institution=["I1", "I1", None, None],
    )
    quality = generate(snapshot, seed=1).quality
    assert (quality.rematches, quality.same_institution, quality.side_imbalance) == (3, 1, 4)


def test_quality_of_an_edited_draw_shows_the_gap_to_the_optimum(snapshot_of: MakeSnapshot) -> None:
    lacks = [(0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)]
    snapshot = snapshot_of([5, 5, 5, 5], lacks)
    room = generate(snapshot, seed=9).debates[0]
    seated = room.teams
    edited = replace(room, sides=tuple(zip(BP_SIDES, seated[1:] + seated[:1], strict=True)))
    quality = quality_of([edited], snapshot)
    assert quality.position_cost > 1
    assert quality.position_cost_optimum == pytest.approx(0, abs=1e-9)
    assert quality_of([], snapshot).position_cost_optimum == 0


def refusal(snapshot: DrawSnapshot) -> UserError:
    with pytest.raises(UserError) as refused:
        generate(snapshot, seed=1)
    return refused.value


def test_a_count_that_fills_no_rooms_is_refused_with_every_way_out(
    snapshot_of: MakeSnapshot,
) -> None:
    error = refusal(snapshot_of([1] * 10))
    assert error.code == "draw_team_count"
    assert error.facts == {"count": 10, "size": 4, "add": 2, "remove": 2}
    assert "swing" in error.message
    assert "bye" in error.message


def test_what_cannot_be_drawn_is_refused(snapshot_of: MakeSnapshot) -> None:
    four = snapshot_of([1, 1, 1, 1])
    twice = replace(four, teams=(four.teams[0], *four.teams[:3]))
    assert refusal(twice).code == "draw_duplicate_team"
    few = snapshot_of([1, 1, 1], options={"bye_team_selection": "random"})
    assert refusal(few).code == "draw_too_few_teams"
    assert refusal(snapshot_of([1, 1, 1, float("inf")])).code == "draw_points_not_finite"
    assert refusal(snapshot_of([1] * 4, [(1, 1)] * 4)).code == "draw_sides_invalid"
    assert refusal(snapshot_of([1] * 4, [(1, 1, 1, -1)] * 4)).code == "draw_sides_invalid"
    seeded = replace(four, draw_type=DrawType.SEEDED)
    assert refusal(seeded).code == "draw_type_not_for_format"
    assert refusal(replace(four, sides=BP_SIDES[:3])).code == "draw_type_not_for_format"


def test_a_draw_reports_progress_and_can_be_cancelled(snapshot_of: MakeSnapshot) -> None:
    seen: list[tuple[int, int]] = []
    generate(snapshot_of([2] * 4 + [1] * 4), seed=1, tick=lambda *step: seen.append(step))
    assert seen == [(0, 2), (1, 2), (2, 2)]

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        generate(snapshot_of([2] * 4), seed=1, tick=stop)
