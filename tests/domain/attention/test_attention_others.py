"""Judges' scores, cheaper panels, missing data and what is news of an answered suggestion."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from tabapp.domain.allocation.board import Board, BoardDebate, BoardJudge, BoardTeam, TeamClash
from tabapp.domain.allocation.costs import read_options
from tabapp.domain.attention import (
    JudgeRecord,
    Person,
    Registered,
    Suggestion,
    TeamRecord,
    is_news,
)
from tabapp.domain.attention.judges import suggest_scores
from tabapp.domain.attention.registration import suggest_registration
from tabapp.domain.attention.swaps import saving, suggest_swaps
from tabapp.domain.types import Role, Side

# --- judges ------------------------------------------------------------------------------------


def judges(seed: int, count: int = 60, kinder: float = 0.4) -> list[JudgeRecord]:
    rng = random.Random(seed)
    made = []
    for n in range(count):
        base = round(rng.uniform(1.5, 4.0), 1)
        told = tuple(
            round(min(5.0, max(0.0, base + kinder + rng.gauss(0, 0.6))), 1)
            for _ in range(rng.randint(0, 8)))
        made.append(JudgeRecord(f"A{n}", f"Judge {n}", base, told))
    return made


def test_honest_judges_keep_their_scores_though_feedback_is_kinder() -> None:
    flagged = sum(len(suggest_scores(judges(seed), 0.0, 5.0)) for seed in range(20))
    assert flagged / (20 * 60) <= 0.02


def test_a_judge_far_from_the_feedback_gets_a_score_between_the_two() -> None:
    them = [*judges(1), JudgeRecord("A99", "Ida", 4.5, (2.0, 2.4, 1.9, 2.2, 2.6))]
    (one,) = [s for s in suggest_scores(them, 0.0, 5.0) if s.subject == "judge:A99"]
    assert 1.5 < one.facts["proposed"] < 4.5
    assert one.facts["count"] == 5
    assert one.facts["mean"] == 2.22


def test_more_feedback_draws_the_proposal_nearer_to_it() -> None:
    def proposed(times: int) -> float:
        them = [*judges(1), JudgeRecord("A99", "Ida", 4.5, (1.9, 2.0, 2.1) * times)]
        return float(next(
            s for s in suggest_scores(them, 0.0, 5.0) if s.subject == "judge:A99"
        ).facts["proposed"])

    assert proposed(6) < proposed(1)


@pytest.mark.parametrize("told", [(), (2.0,), (1.5, 2.0)])
def test_little_feedback_is_no_reason(told: tuple[float, ...]) -> None:
    assert suggest_scores([JudgeRecord("A1", "Ida", 4.5, told)], 0.0, 5.0) == []


# --- panels ------------------------------------------------------------------------------------


def judge(ref: str, score: float, **more: object) -> BoardJudge:
    return BoardJudge(ref, f"Judge {ref}", score, q=score / 2, **more)  # type: ignore[arg-type]


def room(number: int, chair: str, *others: str, **more: object) -> BoardDebate:
    teams = tuple(
        BoardTeam(f"T{number}{side.value}", f"Team {number} {side}", side)
        for side in (Side.OG, Side.OO, Side.CG, Side.CO))
    seats = ((chair, Role.CHAIR), *((one, Role.PANELLIST) for one in others))
    return BoardDebate(
        f"D{number}", number, f"Room {number}", number, 0.0, 0, teams, seats,
        **more)  # type: ignore[arg-type]


def board(debates: list[BoardDebate], everybody: list[BoardJudge]) -> Board:
    options = read_options({"adj_max_score": 10.0, "ballots_per_debate": "per-debate"})
    return Board(
        7, 3, "Round 3", "confirmed", tuple(debates), {one.id: one for one in everybody}, options)


def test_a_judge_who_meets_a_team_again_is_swapped_with_one_who_does_not() -> None:
    met = judge("A1", 8, teams_met={"T1og": "Round 1"})
    made = board([room(1, "A1"), room(2, "A2")], [met, judge("A2", 8)])
    (one,) = suggest_swaps(made)
    assert one.facts["before"] - one.facts["after"] == 1.0
    assert set(one.facts["about"]) == {"A1", "A2", "D1", "D2"}
    assert [each["name"] for each in one.facts["rooms"]] == ["Room 1", "Room 2"]


def test_a_strong_judge_of_the_pool_takes_a_weak_ones_place() -> None:
    made = board([room(1, "A1")], [judge("A1", 5), judge("A2", 9)])
    (one,) = suggest_swaps(made)
    assert one.facts["code"] == "swap_pool"
    assert one.facts["other_debate"] is None


def test_no_swap_makes_a_clash_seats_who_is_away_or_touches_a_decided_room() -> None:
    met = judge("A1", 8, teams_met={"T1og": "Round 1"})
    clash = {"T1co": TeamClash("clash_personal")}
    for other in (
        judge("A2", 8, team_clashes=clash), judge("A2", 8, may_vote=False),
        judge("A2", 8, available=False), judge("A2", 8, elsewhere="Final"),
    ):
        assert suggest_swaps(board([room(1, "A1"), room(2, "A2")], [met, other])) == []
        assert saving(board([room(1, "A1"), room(2, "A2")], [met, other]), "A1", "A2") is None
    decided = board([room(1, "A1"), room(2, "A2", has_result=True)], [met, judge("A2", 8)])
    assert suggest_swaps(decided) == []


def test_panels_that_cannot_be_cheaper_are_left_alone() -> None:
    made = board([room(1, "A1"), room(2, "A2")], [judge("A1", 8), judge("A2", 8), judge("A3", 3)])
    assert suggest_swaps(made) == []


def test_each_judge_stands_in_one_swap_at_most() -> None:
    everybody = [judge(f"A{n}", 8, teams_met={f"T{n}og": "Round 1"}) for n in range(1, 7)]
    made = board([room(n, f"A{n}") for n in range(1, 7)], everybody)
    swaps = suggest_swaps(made)
    named = [ref for one in swaps for ref in (one.facts["one"], one.facts["other"])]
    assert len(swaps) == 3
    assert len(named) == len(set(named))


def test_what_a_swap_says_it_saves_is_what_the_board_prices() -> None:
    rng = random.Random(4)
    everybody = [
        judge(f"A{n}", rng.randint(4, 9), teams_met={
            f"T{rng.randint(1, 8)}{side}": "Round 1" for side in ("og", "co")})
        for n in range(1, 26)]
    debates = [room(n, f"A{3 * n - 2}", f"A{3 * n - 1}", f"A{3 * n}") for n in range(1, 9)]
    made = board(debates, everybody)
    assert suggest_swaps(made)
    for one in suggest_swaps(made):
        price = saving(made, one.facts["one"], one.facts["other"])
        assert price is not None
        assert price.saved == pytest.approx(
            one.facts["before"] - one.facts["after"], abs=0.02)
        assert price.saved >= 0.5


# --- registration ------------------------------------------------------------------------------


def people(*names: str) -> tuple[Person, ...]:
    return tuple(
        Person(f"S{n}", name, f"Team {n}", "x@y.org") for n, name in enumerate(names, 1))


def subjects(found: list[Suggestion]) -> set[str]:
    return {one.subject for one in found}


def test_what_is_missing_is_named_record_by_record() -> None:
    teams = [TeamRecord(f"T{n}", f"Team {n}", "I1", speakers=2) for n in range(10)]
    teams[3] = replace(teams[3], institution=None)
    teams[4] = replace(teams[4], speakers=1)
    teams[5] = replace(teams[5], institution=None, type="swing")
    speakers = people("Ana Ruiz", "Bo Lind", "Cy Twombly")
    speakers = (*speakers[:2], replace(speakers[2], email=""))
    judged = (Person("A1", "Ida Berg", "Oslo", "i@b.no", score=None),
              Person("A2", "Jon Dahl", "", "j@d.no", score=4.0),
              Person("A3", "Kim Eng", "Oslo", "k@e.no", score=4.0),
              Person("A4", "Lea Foss", "", "l@f.no", independent=True, score=4.0))
    found = suggest_registration(Registered(tuple(teams), speakers, judged, 2))
    assert subjects(found) == {
        "team:T3/institution", "team:T4/speakers", "speaker:S3/email", "judge:A1/score",
        "judge:A2/institution"}


def test_what_nobody_has_is_not_missing() -> None:
    teams = tuple(TeamRecord(f"T{n}", f"Team {n}", None, speakers=2) for n in range(10))
    speakers = tuple(replace(one, email="") for one in people("Ana Ruiz", "Bo Lind"))
    assert suggest_registration(Registered(teams, speakers)) == []


def test_many_who_lack_the_same_stand_in_one_line() -> None:
    names = [f"{first} {last}" for first in ("Ana", "Bo", "Cy", "Di", "Ed")
             for last in ("Ruiz", "Lind", "Tomas", "Weber")]
    speakers = tuple(
        replace(one, email="" if n < 9 else "x@y.org") for n, one in enumerate(people(*names)))
    (one,) = suggest_registration(Registered((), speakers))
    assert one.subject == "speakers/email"
    assert one.facts["missing"] == 9


@pytest.mark.parametrize(("one", "other"), [
    ("María Fernández", "Maria Fernandez"), ("Jonathan Smith", "Jonathon Smith"),
    ("Smith Jonathan", "Jonathan Smith"), ("Katarina Novak", "Katarina Novaak"),
    ("Olivia Brown", "Oliiva Brown"),
])
def test_names_that_are_nearly_the_same_are_told_of(one: str, other: str) -> None:
    found = suggest_registration(Registered((), people(one, "Somebody Else", other)))
    assert subjects(found) == {"twice:S1+S3"}


@pytest.mark.parametrize(("one", "other"), [
    ("Jan Li", "Jan Lo"), ("Speaker S0001", "Speaker S0002"), ("Jonathan Smith", "Jonathan Braun"),
    ("Anna A Becker", "Anna B Becker"), ("Beatrice", "Beatrice"),
])
def test_other_names_are_other_people(one: str, other: str) -> None:
    assert suggest_registration(Registered((), people(one, other))) == []


# --- news --------------------------------------------------------------------------------------


def test_an_answered_ballot_is_never_news() -> None:
    assert not is_news("ballot", {"z": 3.0}, {"z": 9.0})


def test_a_judge_is_news_when_the_score_was_changed_or_feedback_grew_by_half() -> None:
    old = {"base": 4.5, "count": 4}
    assert not is_news("judge_score", old, {"base": 4.5, "count": 6})
    assert is_news("judge_score", old, {"base": 4.5, "count": 7})
    assert is_news("judge_score", old, {"base": 4.0, "count": 4})


def test_a_swap_is_news_when_it_saves_twice_as_much() -> None:
    old = {"before": 5.0, "after": 4.0}
    assert not is_news("panel_swap", old, {"before": 6.0, "after": 4.5})
    assert is_news("panel_swap", old, {"before": 8.0, "after": 4.0})


def test_registration_is_news_when_somebody_else_lacks_it() -> None:
    assert not is_news("registration", {"about": ["S1", "S2"]}, {"about": ["S1"]})
    assert is_news("registration", {"about": ["S1"]}, {"about": ["S1", "S3"]})
