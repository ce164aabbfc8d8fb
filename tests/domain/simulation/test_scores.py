"""Simulated results look like the real ones that they are calibrated on."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import fmean, pstdev, stdev, variance

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.archive import (
    Adjudicator,
    Archive,
    Debate,
    DebateSide,
    PanelMember,
    Round,
    Speaker,
    Team,
    Tournament,
)
from tabapp.domain.ballots import DebateContext, check_ballot, decide
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import line_ups, make_talent, simulate_ballot, simulate_round
from tabapp.domain.types import BP_SIDES, Stage

SIDES = ("og", "oo", "cg", "co")


def make_people(teams: int, judges: int = 0) -> Archive:
    return Archive(
        tournament=Tournament(name="Open", slug="open"),
        teams=[Team(id=f"T{n}") for n in range(teams)],
        speakers=[Speaker(id=f"S{n}", team=f"T{n // 2}") for n in range(2 * teams)],
        adjudicators=[Adjudicator(id=f"A{n}") for n in range(judges)],
    )


def make_debate(teams: list[str], judges: tuple[str, ...] = (), ref: str = "D1") -> Debate:
    return Debate(
        id=ref,
        sides=[DebateSide(side=s, team=t) for s, t in zip(SIDES, teams, strict=True)],
        panel=[PanelMember(adjudicator=judge, role="panellist") for judge in judges],
    )


def make_context(debate: Debate, people: Archive, stage: Stage) -> DebateContext:
    teams = [side.team for side in debate.sides]
    return DebateContext(
        debate.id, 1, stage, tuple(zip(BP_SIDES, teams, strict=True)),
        {team: frozenset(members) for team, members in line_ups(people).items()},
    )


@pytest.fixture(scope="module")
def bp() -> Settings:
    return resolve("bp", {})


@dataclass
class Sample:
    points: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    marks: dict[tuple[int, str], list[float]] = field(default_factory=lambda: defaultdict(list))


def play(sample: Sample, seed: int, bp: Settings, *, teams: int, rounds: int) -> None:
    """Play rounds in which teams of about equal points meet on sides drawn by lot."""
    people = make_people(teams, teams)
    talent, members = make_talent(people, seed), line_ups(people)
    rng = random.Random(seed)
    points = dict.fromkeys(members, 0)
    judges = [judge.id for judge in people.adjudicators]
    for _round in range(rounds):
        order = sorted(points, key=lambda team: (-points[team], rng.random()))
        rng.shuffle(judges)
        for room in range(teams // 4):
            four = order[4 * room : 4 * room + 4]
            rng.shuffle(four)
            panel = tuple(judges[3 * room : 3 * room + rng.choice((2, 3))])
            ballot = simulate_ballot(
                make_debate(four, panel), talent, bp, rng=rng, speakers=members
            )
            totals = {}
            for sheet, team in zip(ballot.sheets[0].sides, four, strict=True):
                scores = [speech.score or 0.0 for speech in sheet.speeches]
                totals[sum(scores)] = (sheet.side, team)
                for speech, score in zip(sheet.speeches, scores, strict=True):
                    sample.marks[seed, speech.speaker or ""].append(score)
            assert len(totals) == 4
            for place, total in enumerate(sorted(totals)):
                side, team = totals[total]
                sample.points[side].append(place)
                points[team] += place


@pytest.fixture(scope="module")
def sample(bp: Settings) -> Sample:
    found = Sample()
    for seed in range(12):
        play(found, seed, bp, teams=300, rounds=9)
    return found


def test_the_mean_mark_is_that_of_real_tournaments(sample: Sample) -> None:
    marks = [mark for row in sample.marks.values() for mark in row]
    assert fmean(marks) == pytest.approx(76.56, abs=0.3)
    assert pstdev(marks) == pytest.approx(3.37, abs=0.3)
    assert all(mark == int(mark) and 50 <= mark <= 99 for mark in marks)


def test_marks_vary_between_and_within_speakers_as_in_real_tournaments(sample: Sample) -> None:
    within = fmean(variance(row) for row in sample.marks.values()) ** 0.5
    between = stdev(fmean(row) for row in sample.marks.values())
    assert within == pytest.approx(2.30, abs=0.15)
    assert between == pytest.approx(2.59, abs=0.2)
    assert (between**2 - within**2 / 9) ** 0.5 == pytest.approx(2.43, abs=0.2)


def test_points_by_position_are_those_of_real_tournaments(sample: Sample) -> None:
    means = {side: fmean(points) for side, points in sample.points.items()}
    measured = {"og": 1.511, "oo": 1.711, "cg": 1.342, "co": 1.436}
    assert means == pytest.approx(measured, abs=0.05)
    assert sorted(means, key=lambda side: means[side]) == ["cg", "co", "og", "oo"]


def test_talent_follows_from_the_seed_and_the_ids_alone() -> None:
    few, many = make_people(4, 4), make_people(8, 8)
    many.teams.reverse()
    many.speakers.reverse()
    some, others = make_talent(few, 7), make_talent(many, 7)
    assert some.speakers == {s: others.speakers[s] for s in some.speakers}
    assert some.judges == {j: others.judges[j] for j in some.judges}
    assert make_talent(few, 8).speakers != some.speakers


def test_partners_are_more_alike_than_strangers() -> None:
    talent = make_talent(make_people(2000), 1)
    means = [talent.speakers[f"S{n}"] for n in range(4000)]
    partners = pstdev(a - b for a, b in zip(means[::2], means[1::2], strict=True))
    strangers = pstdev(a - b for a, b in zip(means[::2], means[3::2], strict=False))
    assert partners < 0.8 * strangers


def test_a_severe_judge_moves_the_marks_of_the_whole_room(bp: Settings) -> None:
    people = make_people(4, 40)
    talent = make_talent(people, 3)
    ranked = sorted(talent.judges, key=lambda judge: talent.judges[judge])
    teams = [team.id for team in people.teams]

    def mean_mark(judge: str) -> float:
        return fmean(
            speech.score or 0.0
            for seed in range(30)
            for side in simulate_ballot(
                make_debate(teams, (judge,)), talent, bp,
                rng=random.Random(seed), speakers=line_ups(people),
            ).sheets[0].sides
            for speech in side.speeches
        )

    assert mean_mark(ranked[-1]) - mean_mark(ranked[0]) == pytest.approx(
        talent.judges[ranked[-1]] - talent.judges[ranked[0]], abs=0.5
    )


RANGES = [(50, 99, 1), (60, 80, 0.5), (0, 2, 1), (1, 100, 3)]


@given(st.integers(0, 10_000), st.sampled_from(RANGES))
@settings(max_examples=60, deadline=None)
def test_every_ballot_is_one_that_may_be_entered(
    seed: int, scores: tuple[float, float, float]
) -> None:
    low, high, step = scores
    chosen = resolve("bp", {"score_min": low, "score_max": high, "score_step": step})
    people = make_people(4, 2)
    debate = make_debate([team.id for team in people.teams], ("A0", "A1"))
    ballot = simulate_ballot(
        debate, make_talent(people, seed), chosen,
        rng=random.Random(seed), speakers=line_ups(people),
        irons={"T2": "S5"} if seed % 3 == 0 else {},
        forfeit=["oo"] if seed % 5 == 0 else [],
    )
    context = make_context(debate, people, Stage.PRELIMINARY)
    assert [p.message for p in check_ballot(ballot, context, chosen) if p.level == "error"] == []
    result = decide(ballot, context, chosen)
    points = sorted(team.points for team in result.teams if team.points is not None)
    assert points == [0, 1, 2, 3]


def test_an_iron_persons_lower_mark_is_the_ghost(bp: Settings) -> None:
    people = make_people(4)
    ballot = simulate_ballot(
        make_debate([team.id for team in people.teams]), make_talent(people, 1), bp,
        rng=random.Random(4), speakers=line_ups(people), irons={"T0": "S1"},
    )
    first, second = ballot.sheets[0].sides[0].speeches
    assert first.speaker == second.speaker == "S1"
    ghost, heard = (first, second) if first.ghost else (second, first)
    assert ghost.ghost
    assert not heard.ghost
    assert (ghost.score or 0) <= (heard.score or 0)


def test_a_team_with_one_speaker_left_irons(bp: Settings) -> None:
    people = make_people(4)
    speakers = {**line_ups(people), "T3": ["S6"]}
    ballot = simulate_ballot(
        make_debate([team.id for team in people.teams]), make_talent(people, 1), bp,
        rng=random.Random(4), speakers=speakers,
    )
    assert [speech.ghost for speech in ballot.sheets[0].sides[3].speeches].count(True) == 1


@pytest.mark.parametrize(("last", "advancing"), [(False, 2), (True, 1)])
def test_an_elimination_debate_names_the_teams_that_go_on(
    bp: Settings, last: bool, advancing: int
) -> None:
    people = make_people(4)
    debate = make_debate([team.id for team in people.teams])
    round_ = Round(seq=4, stage="elimination", debates=[debate])
    ballot = simulate_round(
        round_, make_talent(people, 1), bp, seed=1, speakers=line_ups(people), last=last
    )["D1"]
    winners = ballot.sheets[0].winners or []
    assert len(set(winners)) == advancing
    result = decide(ballot, make_context(debate, people, Stage.ELIMINATION), bp)
    assert sum(team.win is True for team in result.teams) == advancing


def test_a_debates_result_does_not_depend_on_the_other_debates(bp: Settings) -> None:
    people = make_people(8)
    ids = [team.id for team in people.teams]
    rooms = [make_debate(ids[:4], ref="D1"), make_debate(ids[4:], ref="D2")]
    talent, members = make_talent(people, 5), line_ups(people)
    both = simulate_round(Round(seq=1, debates=rooms), talent, bp, seed=5, speakers=members)
    alone = simulate_round(Round(seq=1, debates=rooms[1:]), talent, bp, seed=5, speakers=members)
    assert both["D2"] == alone["D2"]


def test_byes_and_postponed_debates_have_no_ballot(bp: Settings) -> None:
    people = make_people(5)
    ids = [team.id for team in people.teams]
    waiting = make_debate(ids[:4])
    waiting.status = "postponed"
    bye = Debate(id="D2", sides=[DebateSide(side="bye", team=ids[4])])
    round_ = Round(seq=1, debates=[waiting, bye])
    members = line_ups(people)
    assert simulate_round(round_, make_talent(people, 1), bp, seed=1, speakers=members) == {}


def test_what_cannot_be_simulated_is_refused_with_a_sentence(bp: Settings) -> None:
    people = make_people(4)
    talent, members = make_talent(people, 1), line_ups(people)
    ids = [team.id for team in people.teams]
    sides = [DebateSide(side=side, team=f"T{n}") for n, side in enumerate(("og", "oo", "cg"))]
    three = Debate(id="D7", sides=sides)
    narrow = resolve("bp", {"score_min": 50, "score_max": 51})
    cases = [
        (three, bp, members, "simulate_other_room"),
        (make_debate(ids), bp, {**members, "T1": []}, "simulate_no_speakers"),
        (make_debate(ids), narrow, members, "simulate_range_too_small"),
    ]
    for debate, chosen, speakers, code in cases:
        with pytest.raises(UserError) as caught:
            simulate_ballot(debate, talent, chosen, rng=random.Random(1), speakers=speakers)
        assert caught.value.code == code
