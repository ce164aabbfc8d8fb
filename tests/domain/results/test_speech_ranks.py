"""Which ranks a room's speeches may have, and what they give a speaker."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.domain.ballots import as_history, check_ballot, decide
from tabapp.domain.formats import resolve
from tests.domain.results.papers import ballot, debate, good_sheet, problems

HIGH = resolve("bp", {"speaker_ranks": "high-points"})
ANY = resolve("bp", {"speaker_ranks": "any"})
NONE = resolve("bp", {})
# marks of og 75, 80, oo 75, 75, cg 75, 70, co 75, 85
BY_MARKS = (3, 2, 4, 5, 6, 8, 7, 1)


def ranked(*ranks: int | None) -> dict[str, Any]:
    sheet = good_sheet()
    speeches = [one for side in sheet["sides"] for one in side["speeches"]]
    for one, rank in zip(speeches, ranks, strict=True):
        one["rank"] = rank
    return sheet


def test_ranks_that_follow_the_marks_are_good_under_either_rule() -> None:
    assert problems(ranked(*BY_MARKS), HIGH) == []
    assert problems(ranked(*BY_MARKS), ANY) == []


@given(equal=st.permutations([3, 4, 5, 6, 7]))
def test_equal_marks_stand_in_any_order(equal: list[int]) -> None:
    og, oo, oo2, cg, co = equal
    assert problems(ranked(og, 2, oo, oo2, cg, 8, co, 1), HIGH) == []


def test_a_lower_mark_may_stand_above_a_higher_one_only_where_ranks_are_free() -> None:
    sheet = ranked(3, 1, 4, 5, 6, 8, 7, 2)
    assert problems(sheet, ANY) == []
    (told,) = check_ballot(ballot(sheet), debate(), HIGH)
    assert (told.where, told.code) == ("D31 co speech 2", "speech_rank_against_score")
    assert "has 85 and the rank 2, below speech 2 of og with 80 and the rank 1" in told.message


@pytest.mark.parametrize(
    ("ranks", "found"),
    [
        ((3, 2, 4, 5, 6, None, 7, 1), [("D31 cg speech 2", "speech_rank_missing")]),
        ((3, 2, 4, 5, 6, 9, 7, 1), [("D31 cg speech 2", "speech_rank_out_of_range")]),
        ((3, 2, 4, 5, 6, 0, 7, 1), [("D31 cg speech 2", "speech_rank_out_of_range")]),
        ((3, 2, 4, 5, 6, 7, 7, 1), [("D31 cg speech 2", "speech_rank_twice")]),
    ],
)
def test_each_speech_has_a_rank_of_its_own(ranks: Any, found: Any) -> None:
    assert problems(ranked(*ranks), ANY) == found
    told = as_history(check_ballot(ballot(ranked(*ranks)), debate(), ANY))
    assert {one.level for one in told} == {"warning"}


def test_a_room_without_ranks_is_only_warned() -> None:
    (told,) = check_ballot(ballot(good_sheet()), debate(), ANY)
    assert (told.code, told.level) == ("speech_ranks_missing", "warning")


def test_ranks_that_nobody_asked_for_are_told_once_and_kept() -> None:
    (told,) = check_ballot(ballot(ranked(*BY_MARKS)), debate(), NONE)
    assert (told.code, told.level) == ("speech_ranks_not_asked", "warning")
    assert [s.rank for s in decide(ballot(ranked(*BY_MARKS)), debate(), NONE).speeches] == list(
        BY_MARKS)


def test_without_a_team_that_stays_away_there_are_fewer_ranks() -> None:
    sheet = ranked(2, 1, 3, 4, 5, 6, 7, 8)
    sheet["sides"].pop()
    assert problems(sheet, HIGH, forfeit=["co"]) == []
    sheet["sides"][2]["speeches"][1]["rank"] = 7
    assert problems(sheet, HIGH, forfeit=["co"]) == [
        ("D31 cg speech 2", "speech_rank_out_of_range")]


def test_a_lone_team_is_ranked_against_nobody() -> None:
    sheet = {"sides": good_sheet()["sides"][:1]}
    assert problems(sheet, ANY, forfeit=["oo", "cg", "co"]) == []


def test_replies_are_not_ranked() -> None:
    rules = resolve("bp", {"speaker_ranks": "any", "reply_scores_enabled": True,
                           "reply_score_min": 25, "reply_score_max": 50})
    sheet = ranked(*BY_MARKS)
    for number, side in enumerate(sheet["sides"]):
        reply = {"position": 3, "speaker": f"S{number}a", "score": 40}
        side["speeches"].append(reply)
    assert problems(sheet, rules) == []
    sheet["sides"][0]["speeches"][2]["rank"] = 9
    assert problems(sheet, rules) == [("D31 og speech 3", "reply_ranked")]
