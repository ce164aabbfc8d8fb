"""Ballots worth a second look: what is planted is found, what is honest is left in peace."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from tabapp.domain.attention import Mark, Scale, Suggestion, TeamResult
from tabapp.domain.attention.ballots import suggest_ballots
from tabapp.domain.attention.record import expect
from tests.domain.attention.made_up import BP, changed, honest


def found(marks: list[Mark], scale: Scale = BP) -> list[Suggestion]:
    return suggest_ballots(marks, [], scale)


def codes(suggestions: list[Suggestion]) -> Counter[str]:
    return Counter(one.facts["code"] for one in suggestions)


@pytest.mark.parametrize(("teams", "rounds"), [(16, 3), (32, 1), (32, 2), (60, 5), (120, 6)])
def test_of_honest_speeches_one_in_a_hundred_is_looked_at_twice(teams: int, rounds: int) -> None:
    flagged = total = rooms = 0
    others: Counter[str] = Counter()
    for seed in range(6):
        marks = honest(seed, teams, rounds)
        here = found(marks)
        flagged += sum(
            one.facts.get("count", 1) for one in here if one.facts["code"] in ("speech", "team"))
        others += codes(here)
        total += len(marks)
        rooms += len({one.debate for one in marks})
    assert flagged / total <= 0.02
    assert (others["exchange_speakers"] + others["exchange_teams"]) / rooms <= 0.02
    assert others["margin"] / rooms <= 0.02


def test_a_tournament_of_which_some_are_flagged_is_no_accident() -> None:
    marks = honest(1, 120, 6)
    assert 0.004 <= len(found(marks)) / len(marks) <= 0.02


def test_a_mark_far_from_the_speakers_own_record_is_found_first() -> None:
    marks = changed(honest(3, 120, 5), {("S17.1", 4): 60.0})
    first = found(marks)[0]
    assert first.subject.startswith("speech:")
    assert first.facts["name"] == "Speaker 17 1"
    assert first.facts["score"] == 60.0
    assert first.facts["z"] < -4
    (row,) = first.facts["rows"]
    assert len(row["others"]) == 4
    assert abs(row["expected"] - np.mean(row["others"])) < 3
    assert {"S17.1", "T17"} <= set(first.facts["about"])


def test_the_same_mark_is_unusual_for_one_speaker_and_usual_for_another() -> None:
    marks = honest(4, 60, 6, between=4.0)
    by_mean = sorted(
        {one.speaker for one in marks},
        key=lambda who: np.mean([one.score for one in marks if one.speaker == who]))
    weak, strong = by_mean[2], by_mean[-3]
    planted = changed(marks, {(weak, 3): 70.0, (strong, 3): 70.0})
    named = {one.facts["rows"][0]["name"] for one in found(planted)
             if one.facts["code"] == "speech" and one.facts["score"] == 70.0}
    names = {one.speaker: one.name for one in marks}
    assert names[strong] in named
    assert names[weak] not in named


def test_spread_is_measured_where_there_is_enough_and_known_before() -> None:
    calm = expect(honest(5, 60, 6, within=1.2, day=0.4, severity=0.2), BP)
    wild = expect(honest(5, 60, 6, within=4.5), BP)
    few = expect(honest(5, 4, 1, within=1.2, day=0.4), BP)
    assert calm.sd.mean() < 1.7
    assert wild.sd.mean() > 4.2
    assert 2.4 < few.sd.mean() < 4.0


def test_a_lenient_room_is_nobodys_outlier() -> None:
    marks = honest(6, 60, 5)
    lenient = [
        replace(one, score=one.score + 6) if one.debate == "D3.2" else one for one in marks]
    assert not [
        one for one in found(lenient)
        if one.facts["debate"] == "D3.2" and one.facts["code"] in ("speech", "team")]


def test_a_mark_at_the_end_of_the_range_is_what_the_best_can_get() -> None:
    marks = honest(7, 60, 5, middle=79.0)
    best = max(marks, key=lambda one: one.score).speaker
    top = [replace(one, score=99.0) if one.speaker == best else one for one in marks]
    scale = Scale(50.0, 99.0)
    record = expect(top, scale)
    own = [i for i, one in enumerate(top) if one.speaker == best]
    assert all(record.expected[i] <= 99.0 for i in own)
    assert best not in {
        ref for one in found(top, scale) if one.facts["code"] == "speech"
        for ref in one.facts["about"]}


def partners_apart(marks: list[Mark]) -> tuple[str, str]:
    """Return two partners whose records lie far apart."""
    mean = {who: float(np.mean([m.score for m in marks if m.speaker == who]))
            for who in {m.speaker for m in marks}}
    teams = sorted({m.team[1:] for m in marks})
    best = max(teams, key=lambda team: abs(mean[f"S{team}.0"] - mean[f"S{team}.1"]))
    return f"S{best}.0", f"S{best}.1"


def exchanged(marks: list[Mark], one: str, other: str, seq: int) -> list[Mark]:
    scores = {m.speaker: m.score for m in marks if m.seq == seq}
    return changed(marks, {(one, seq): scores[other], (other, seq): scores[one]})


def test_one_exchanged_pair_among_a_thousand_honest_speeches_is_found() -> None:
    marks = honest(8, 100, 5, between=3.2)
    assert len(marks) == 1000
    one, other = partners_apart(marks)
    first = next(
        s for s in found(exchanged(marks, one, other, 3))
        if s.facts["code"] == "exchange_speakers")
    assert {one, other} <= set(first.facts["about"])
    assert first.facts["times"] > 100
    assert [row["would"] for row in first.facts["rows"]] == [
        row["score"] for row in reversed(first.facts["rows"])]


def test_two_teams_that_were_exchanged_are_found_as_such_and_not_speech_by_speech() -> None:
    marks = honest(9, 100, 6, between=3.2)
    mean = {team: float(np.mean([m.score for m in marks if m.team == team]))
            for team in {m.team for m in marks}}
    rooms = {(m.debate, m.seq): set[str]() for m in marks}
    for m in marks:
        rooms[m.debate, m.seq].add(m.team)
    (_room, seq), one, other = max(
        ((room, *pair) for room, teams in rooms.items()
         for pair in combinations(sorted(teams), 2)),
        key=lambda each: abs(mean[each[1]] - mean[each[2]]))
    planted = marks
    for n in (0, 1):
        planted = exchanged(planted, f"S{one[1:]}.{n}", f"S{other[1:]}.{n}", seq)
    here = [s for s in found(planted) if {one, other} & set(s.facts["about"])
            and s.facts["round"] == f"Round {seq}"]
    assert [s.facts["code"] for s in here] == ["exchange_teams"]
    assert {one, other} <= set(here[0].facts["about"])


def test_a_margin_that_no_single_speech_explains_is_found() -> None:
    scale = Scale(50.0, 99.0)
    marks = honest(10, 80, 6, sides=("aff", "neg"), speakers=3)
    room = [m for m in marks if m.debate == "D4.3"]
    record = expect(marks, scale)
    at = {(m.speaker, m.seq): i for i, m in enumerate(marks)}
    moved = {  # each of them within what is usual, all of a team in one direction
        (m.speaker, m.seq): round(
            record.expected[at[m.speaker, m.seq]] + (4.5 if m.side == "aff" else -4.5))
        for m in room}
    here = [s for s in found(changed(marks, moved), scale) if s.facts["debate"] == "D4.3"]
    assert codes(here) == {"margin": 1}
    assert here[0].facts["margin"] > here[0].facts["expected"] + 15
    assert here[0].facts["side"] == "aff"


def result(side: str, points: float, score: float, *, split: bool = False) -> TeamResult:
    return TeamResult(
        "D1", 1, "Round 1", side, f"T-{side}", f"Team {side}", points, score, is_split=split)


def test_a_result_against_the_marks_is_found_but_not_of_a_panel_that_was_split() -> None:
    won = suggest_ballots([], [result("aff", 1, 220.0), result("neg", 0, 226.0)], BP)
    assert codes(won) == {"against": 1}
    assert won[0].facts["by"] == 6
    right = [result("aff", 1, 226.0), result("neg", 0, 220.0)]
    split = [result("aff", 1, 220.0, split=True), result("neg", 0, 226.0, split=True)]
    assert suggest_ballots([], right, BP) == suggest_ballots([], split, BP) == []


def test_replies_have_a_record_of_their_own() -> None:
    marks = honest(11, 40, 5, sides=("aff", "neg"), speakers=3)
    reply = Scale(25.0, 49.5, 0.5)
    replies = [
        replace(m, reply=True, position=4, score=38.0) for m in marks if m.position == 1]
    wrong = [replace(m, score=29.0) if m.speaker == "S5.0" and m.seq == 2 else m for m in replies]
    flagged = [s for s in suggest_ballots(marks + wrong, [], BP, reply) if s.facts.get("reply")]
    assert [s.facts["score"] for s in flagged] == [29.0]
    assert not [s for s in suggest_ballots(marks + wrong, [], BP) if s.facts.get("reply")]


def test_a_corrected_ballot_is_another_subject() -> None:
    marks = changed(honest(3, 120, 5), {("S17.1", 4): 60.0})
    again = [replace(one, version=2) if one.seq == 4 else one for one in marks]
    assert found(marks)[0].subject != found(again)[0].subject


def test_nothing_is_said_where_there_are_no_marks() -> None:
    assert suggest_ballots([], [], BP) == []
    ghosts = [replace(one, ghost=True) for one in honest(1, 8, 1)]
    assert suggest_ballots(ghosts, [], BP) == []
