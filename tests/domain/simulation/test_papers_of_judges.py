"""Made-up sheets with marks by criterion, ranks of speeches, and judges who mark four alone."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as options
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.archive import Archive, Criterion, Sheet, Speech
from tabapp.domain.audit.results import audit_results, audit_standings
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.simulation import generate_tournament, usual_criteria
from tabapp.domain.simulation.rubric import split_score
from tabapp.domain.snapshots import debate_result, result_data
from tabapp.domain.standings import speaker_standings, team_standings
from tabapp.exchange import check_archive

PUBLIC = {"ballots_per_debate_prelim": "per-adj", "margin_includes_dissenters": True}
ASKED: list[tuple[str, dict[str, Any]]] = [
    ("bp", {"speaker_ranks": "high-points"}),
    ("bp", {"speaker_ranks": "any"}),
    ("bp", {**PUBLIC, "speaker_ranks": "high-points"}),
    ("bp", {"speakers_in_ballots": "never"}),
    ("australs", {"speaker_ranks": "any"}),
    ("wsdc", {"speaker_ranks": "high-points"}),
    ("uadc", {"winners_in_ballots": "low-points"}),
]


def made(preset: str, settings: dict[str, Any], *, criteria: bool, seed: int = 4) -> Archive:
    rules = resolve(preset, settings)
    return generate_tournament(
        preset=preset, teams=8, rounds=3, seed=seed, chaos=1.0, settings=settings,
        criteria=usual_criteria(rules) if criteria else ())


def sheets(archive: Archive) -> list[Sheet]:
    return [
        sheet for round_ in archive.rounds for debate in round_.debates
        for ballot in debate.ballots if ballot.status == "confirmed" for sheet in ballot.sheets]


def speeches(archive: Archive) -> list[Speech]:
    return [
        speech for sheet in sheets(archive) for side in sheet.sides for speech in side.speeches]


def stored(archive: Archive, rules: Settings) -> dict[str, dict[str, Any]]:
    criteria = {one.id: one for one in archive.tournament.criteria}
    found = {
        debate.id: debate_result(round_, debate, rules, criteria)
        for round_ in archive.rounds for debate in round_.debates if len(debate.sides) > 1}
    return {
        debate: {team.team: (team.points, team.score) for team in result.teams}
        for debate, result in found.items() if result is not None}


@pytest.mark.parametrize(("preset", "settings"), ASKED)
@pytest.mark.parametrize("criteria", [True, False], ids=["criteria", "plain"])
def test_made_up_sheets_are_sound_and_counted_alike_twice(
    preset: str, settings: dict[str, Any], criteria: bool
) -> None:
    archive, rules = made(preset, settings, criteria=criteria), resolve(preset, settings)
    told = {one.code for one in check_archive(archive)}
    assert told <= {"import_even_panel"}
    data = result_data(archive, rules)
    checks = [
        *audit_results(archive, stored(archive, rules), rules),
        *audit_standings(
            archive, team_standings(
                data, metrics=rules.team_standings_precedence,
                extra=["speaks_sum", "speaks_ind_avg", "margin_sum", "num_adjs", "num_iron"]),
            rules),
        *audit_standings(
            archive, speaker_standings(
                data, metrics=["average"], extra=["total", "count", "srank"]), rules),
    ]
    assert [one for one in checks if one.status != "passed"] == []


def test_each_mark_by_criterion_is_on_its_paper() -> None:
    archive = made("bp", {}, criteria=True)
    found = speeches(archive)
    assert {frozenset(one.criteria) for one in found} == {
        frozenset({"content", "style", "strategy"})}
    assert any(len(set(one.criteria.values())) == 3 for one in found)
    for one in found:
        content, style, strategy = one.criteria.values()
        assert one.score == pytest.approx(0.4 * content + 0.4 * style + 0.2 * strategy)


def test_replies_have_a_score_alone() -> None:
    by_criteria = {bool(one.criteria): one.position for one in speeches(
        made("australs", {}, criteria=True))}
    assert by_criteria[False] == 4
    assert by_criteria[True] < 4


def test_the_same_seed_gives_the_same_papers_with_or_without_criteria() -> None:
    once, twice = (made("bp", {}, criteria=True) for _again in range(2))
    assert once == twice
    plain = made("bp", {"speaker_ranks": "none"}, criteria=False)
    assert [one.rank for one in speeches(plain)] == [None] * len(speeches(plain))


def test_judges_who_mark_four_teams_alone_differ_and_decide_nothing() -> None:
    archive = made("bp", PUBLIC, criteria=False)
    rules = resolve("bp", PUBLIC)
    found = sheets(archive)
    assert found
    assert all(sheet.adjudicator for sheet in found)
    assert not any(sheet.winners or sheet.ranks for sheet in found)
    results = [pair for teams in stored(archive, rules).values() for pair in teams.values()]
    assert {points for points, _score in results} == {None}
    assert any(score is not None and score % 1 for _points, score in results)


@pytest.mark.parametrize(("rule", "strange"), [("high-points", False), ("any", True)])
def test_ranks_go_with_marks_unless_they_are_free(rule: str, strange: bool) -> None:
    archive = made("bp", {"speaker_ranks": rule}, criteria=False)
    found = False
    for sheet in sheets(archive):
        spoken = [one for side in sheet.sides for one in side.speeches]
        order = sorted(spoken, key=lambda one: one.rank or 0)
        assert [one.rank for one in order] == list(range(1, len(spoken) + 1))
        scores = [one.score or 0.0 for one in order]
        found |= scores != sorted(scores, reverse=True)
    assert found is strange


def test_rooms_of_four_without_marks_are_placed_and_corrected_by_a_swap() -> None:
    archive = generate_tournament(
        preset="bp", teams=32, rounds=6, seed=4, chaos=1.0,
        settings={"speakers_in_ballots": "never"})
    corrected = [
        debate.ballots for round_ in archive.rounds for debate in round_.debates
        if len(debate.ballots) == 2]
    assert corrected
    for wrong, right in corrected:
        before, after = wrong.sheets[0].ranks or {}, right.sheets[0].ranks or {}
        assert sum(before[side] != after[side] for side in after) == 2
        assert right.reason.endswith("changed places")
    for sheet in sheets(archive):
        assert not any(side.speeches for side in sheet.sides)
        assert sorted((sheet.ranks or {}).values()) == list(range(1, len(sheet.ranks or {}) + 1))


@given(score=st.integers(120, 160), seed=st.integers(0, 999))
@options(deadline=None)
def test_any_score_is_taken_apart_within_the_ranges(score: int, seed: int) -> None:
    """WSDC: content and style of 24 to 32, strategy of 12 to 16, in halves."""
    criteria = [
        Criterion(id="C", min=24, max=32, step=0.5), Criterion(id="S", min=24, max=32, step=0.5),
        Criterion(id="T", min=12, max=16, step=0.5)]
    marks = split_score(score / 2, criteria, random.Random(seed))
    assert sum(marks.values()) == score / 2
    for one in criteria:
        assert (one.min or 0) <= marks[one.id] <= (one.max or 0)
        assert marks[one.id] * 2 == int(marks[one.id] * 2)


def test_without_bounds_marks_are_whole_and_without_criteria_there_are_none() -> None:
    assert split_score(75, [], random.Random(1)) == {}
    assert split_score(75, [Criterion(id="C")], random.Random(1)) == {"C": 75}
    assert sum(split_score(
        75, [Criterion(id="C"), Criterion(id="D", max=20)], random.Random(1)).values()) == 75


def test_criteria_that_cannot_make_a_score_are_refused_in_plain_words() -> None:
    with pytest.raises(UserError, match="The marks for Style cannot add up to the score 75"):
        split_score(75, [Criterion(id="S", name="Style", max=10)], random.Random(1))
