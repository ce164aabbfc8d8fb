"""Simulated results of two teams: what each format's ballots ask for, and nothing else."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from statistics import fmean

import pytest

from tabapp.core.errors import UserError
from tabapp.domain.archive import (
    Adjudicator,
    Archive,
    Ballot,
    Debate,
    DebateSide,
    PanelMember,
    Sheet,
    Speaker,
    Team,
    Tournament,
)
from tabapp.domain.ballots import DebateContext, check_ballot, decide
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import (
    available_presets,
    line_ups,
    make_talent,
    simulate_ballot,
)
from tabapp.domain.types import TWO_SIDES, Role, Stage

TWO_TEAM = [name for name in available_presets() if resolve(name, {}).teams_in_debate == 2]
MEMBERS = 3


def people(judges: int = 3) -> Archive:
    return Archive(
        tournament=Tournament(name="Open", slug="open"),
        teams=[Team(id="T1"), Team(id="T2")],
        speakers=[
            Speaker(id=f"S{team}{n}", team=f"T{team}") for team in (1, 2) for n in range(MEMBERS)
        ],
        adjudicators=[Adjudicator(id=f"A{n}") for n in range(judges + 1)],
    )


def room(judges: int = 3) -> Debate:
    roles = ["chair", *["panellist"] * (judges - 1)][:judges]
    return Debate(
        id="D1",
        sides=[DebateSide(side="aff", team="T1"), DebateSide(side="neg", team="T2")],
        panel=[
            *(
                PanelMember.model_validate({"adjudicator": f"A{n}", "role": role})
                for n, role in enumerate(roles)
            ),
            PanelMember(adjudicator=f"A{judges}", role="trainee"),
        ],
    )


def context(debate: Debate, everybody: Archive, stage: Stage) -> DebateContext:
    teams = tuple((side, f"T{n}") for n, side in enumerate(TWO_SIDES, start=1))
    found = DebateContext(
        debate.id, 1, stage, teams,
        {team: frozenset(members) for team, members in line_ups(everybody).items()},
    )
    return replace(
        found, panel=tuple((seat.adjudicator, Role(seat.role)) for seat in debate.panel))


def play(
    settings: Settings, seed: int, *, judges: int = 3, stage: Stage = Stage.PRELIMINARY,
    irons: dict[str, str] | None = None, forfeit: tuple[str, ...] = (),
) -> Ballot:
    everybody = people(judges)
    return simulate_ballot(
        room(judges), make_talent(everybody, seed), settings, rng=random.Random(seed),
        speakers=line_ups(everybody), irons=irons, forfeit=forfeit,
        advancing=None if stage is Stage.PRELIMINARY else 1,
    )


def total(sheet: Sheet, side: str) -> float:
    part = next(part for part in sheet.sides if part.side == side)
    return sum(speech.score or 0.0 for speech in part.speeches)


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.parametrize("judges", [1, 3])
@pytest.mark.parametrize("preset", TWO_TEAM)
def test_every_format_takes_its_ballots_without_a_problem(
    preset: str, judges: int, stage: Stage
) -> None:
    settings, everybody = resolve(preset, {}), people(judges)
    held = context(room(judges), everybody, stage)
    for seed in range(12):
        ballot = play(settings, seed, judges=judges, stage=stage)
        assert check_ballot(ballot, held, settings) == []
        result = decide(ballot, held, settings)
        assert sorted(team.win is True for team in result.teams) == [False, True]


@pytest.mark.parametrize("rule", ["none", "high-points", "tied-points", "low-points"])
@pytest.mark.parametrize("ranks", ["none", "any", "high-points"])
@pytest.mark.parametrize("ballots", ["per-adj", "per-debate"])
def test_winners_and_ranks_are_given_where_they_are_asked_for(
    rule: str, ranks: str, ballots: str
) -> None:
    settings = resolve("wsdc", {
        "winners_in_ballots": rule, "speaker_ranks": ranks, "ballots_per_debate_prelim": ballots})
    held = context(room(), people(), Stage.PRELIMINARY)
    for seed in range(8):
        ballot = play(settings, seed)
        assert check_ballot(ballot, held, settings) == []
        for sheet in ballot.sheets:
            assert (sheet.winners is None) is (rule == "none")
            told = [
                speech.rank for part in sheet.sides for speech in part.speeches
                if speech.position <= MEMBERS
            ]
            assert sorted(told, key=str) == (
                [None] * 6 if ranks == "none" else [1, 2, 3, 4, 5, 6])


def test_each_voting_judge_has_a_sheet_and_a_trainee_has_none() -> None:
    ballot = play(resolve("australs", {}), 1)
    assert [sheet.adjudicator for sheet in ballot.sheets] == ["A0", "A1", "A2"]
    assert [sheet.adjudicator for sheet in play(resolve("apda", {}), 1).sheets] == [None]


def test_some_panels_split_and_both_sides_win_alike() -> None:
    settings = resolve("australs", {})
    splits: Counter[int] = Counter()
    won = []
    for seed in range(400):
        votes = [
            total(sheet, "aff") > total(sheet, "neg") for sheet in play(settings, seed).sheets]
        splits[min(sum(votes), 3 - sum(votes))] += 1
        won.append(sum(votes) >= 2)
    assert 0.12 < splits[1] / 400 < 0.4
    assert fmean(won) == pytest.approx(0.5, abs=0.08)


@pytest.mark.parametrize("preset", ["australs", "wsdc", "uadc", "apda", "cp"])
def test_marks_are_around_the_middle_of_the_range_and_use_it(preset: str) -> None:
    settings = resolve(preset, {})
    said = [
        speech.score or 0.0
        for seed in range(60) for sheet in play(settings, seed).sheets
        for part in sheet.sides for speech in part.speeches
        if speech.position <= settings.substantive_speakers
    ]
    width = settings.score_max - settings.score_min
    assert fmean(said) == pytest.approx(settings.score_min + 0.54 * width, abs=0.08 * width)
    assert max(said) - min(said) > 0.3 * width


def test_sheets_of_one_room_agree_on_who_spoke_and_who_is_a_ghost() -> None:
    settings = resolve("australs", {})
    held = context(room(), people(), Stage.PRELIMINARY)
    for seed in range(20):
        ballot = play(settings, seed, irons={"T1": "S11"})
        assert check_ballot(ballot, held, settings) == []
        spoken = [
            [(speech.speaker, speech.ghost) for speech in sheet.sides[0].speeches]
            for sheet in ballot.sheets
        ]
        assert spoken[0] == spoken[1] == spoken[2]
        assert [speaker for speaker, _ghost in spoken[0]].count("S11") == 2
        assert sum(ghost for _speaker, ghost in spoken[0]) == 1
        assert not spoken[0][-1][1]  # a reply never is


def test_the_last_speaker_does_not_reply() -> None:
    settings = resolve("wsdc", {})
    for seed in range(20):
        for part in play(settings, seed).sheets[0].sides:
            assert part.speeches[-1].position == MEMBERS + 1
            assert part.speeches[-1].speaker != part.speeches[-2].speaker


def test_the_largest_margin_is_kept() -> None:
    settings = resolve("easters", {"maximum_margin": 2.0})
    for seed in range(30):
        sheet = play(settings, seed).sheets[0]
        assert 0.0 < abs(total(sheet, "aff") - total(sheet, "neg")) <= 2.0


def test_winners_of_fewer_points_are_few_and_only_where_they_can_be() -> None:
    def low(rule: str) -> int:
        settings = resolve("apda", {"winners_in_ballots": rule})
        found = 0
        for seed in range(120):
            sheet = play(settings, seed).sheets[0]
            winner = (sheet.winners or [""])[0]
            other = "neg" if winner == "aff" else "aff"
            found += total(sheet, winner) < total(sheet, other)
        return found

    assert low("tied-points") == 0
    assert 0 < low("low-points") < 30


def test_after_a_forfeit_there_is_nothing_to_mark() -> None:
    settings = resolve("australs", {})
    ballot = play(settings, 1, forfeit=("aff",))
    assert (ballot.forfeit, ballot.sheets) == (["aff"], [])
    result = decide(ballot, context(room(), people(), Stage.PRELIMINARY), settings)
    assert [team.win for team in result.teams] == [False, True]


def test_votes_without_marks_name_a_winner_each() -> None:
    ballot = play(resolve("australs", {"speakers_in_ballots": "never"}), 3)
    assert len(ballot.sheets) == 3
    assert all(sheet.winners and not sheet.sides for sheet in ballot.sheets)


@pytest.mark.parametrize(("overrides", "judges", "code"), [
    ({}, 0, "simulate_no_judges"),
    ({"score_min": 70, "score_max": 70.5, "reply_score_min": 35, "reply_score_max": 35.25}, 1,
     "simulate_range_too_small"),
])
def test_what_cannot_be_simulated_for_two_teams_is_refused(
    overrides: dict[str, float], judges: int, code: str
) -> None:
    with pytest.raises(UserError) as caught:
        play(resolve("australs", overrides), 1, judges=judges)
    assert caught.value.code == code
    assert code not in caught.value.message
