"""What a ballot may hold, and what it decides."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.errors import UserError
from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import (
    ARCHIVE_WARNINGS,
    ResultType,
    as_history,
    check_ballot,
    decide,
    result_type,
)
from tabapp.domain.formats import Settings, resolve
from tabapp.domain.types import BP_SIDES, Side, Stage
from tests.domain.results.papers import (
    ballot,
    debate,
    good_sheet,
    problems,
    sheet_of,
    speech,
)


def test_a_good_ballot_has_no_problem(bp: Settings) -> None:
    assert problems(good_sheet(), bp) == []


def test_points_go_by_the_order_of_the_totals(bp: Settings) -> None:
    result = decide(ballot(good_sheet()), debate(), bp)
    assert [(t.team, t.rank, t.points, t.score, t.win) for t in result.teams] == [
        ("T0", 2, 2.0, 155, None), ("T1", 3, 1.0, 150, None),
        ("T2", 4, 0.0, 145, None), ("T3", 1, 3.0, 160, None),
    ]  # fmt: skip
    assert [(s.speaker, s.score) for s in result.speeches][:2] == [("S0a", 75), ("S0b", 80)]


@pytest.mark.parametrize(
    ("changed", "where", "code"),
    [
        (speech(1, "S0a", None), "og speech 1", "score_missing"),
        (speech(1, "S0a", 104), "og speech 1", "score_out_of_range"),
        (speech(1, "S0a", 75.5), "og speech 1", "score_off_step"),
        (speech(1, "S1a", 75), "og speech 1", "speaker_not_in_team"),
        (speech(1, "S77", 75), "og speech 1", "speaker_unknown"),
        (speech(1, None, 75), "og speech 1", "speaker_missing"),
        (speech(1, "S0b", 75), "og speech 2", "speaker_twice"),
        (speech(1, "S0a", 75, ghost=True), "og speech 1", "ghost_alone"),
        (speech(2, "S0a", 75), "og speech 2", "speech_position_twice"),
        (speech(3, "S0a", 75), "og speech 3", "speech_position_wrong"),
        (speech(0, "S0a", 75), "og speech 0", "speech_position_wrong"),
        (speech(1, "S9", 75, substitute_for="S1a"), "og speech 1", "substitute_for_stranger"),
    ],
)
def test_a_bad_speech_is_found(changed: Any, where: str, code: str, bp: Settings) -> None:
    sheet = good_sheet()
    sheet["sides"][0]["speeches"][0] = changed
    assert (f"D31 {where}", code) in problems(sheet, bp)


def test_a_sentence_names_the_person_and_the_value(bp: Settings) -> None:
    sheet = good_sheet()
    sheet["sides"][0]["speeches"][0] = speech(1, "S0a", 104)
    (found,) = check_ballot(ballot(sheet), debate(), bp)
    assert found.level == "error"
    assert "104" in found.message
    assert "Ann" in found.message
    assert "50 to 99" in found.message


def test_all_problems_are_told_at_once(bp: Settings) -> None:
    sheet = sheet_of(155, 155, 145, 160)
    sheet["sides"][2]["speeches"][0] = speech(1, "S77", 30)
    assert problems(sheet, bp) == [
        ("D31 cg speech 1", "score_out_of_range"),
        ("D31 cg speech 1", "speaker_unknown"),
        ("D31", "tied_totals"),
    ]


def test_structure_is_checked(bp: Settings) -> None:
    assert problems(None, bp) == [("D31", "sheet_missing")]
    two = Ballot.model_validate({"sheets": [good_sheet(), good_sheet()]})
    assert [p.code for p in check_ballot(two, debate(), bp)] == ["sheets_several"]
    assert problems({**good_sheet(), "adjudicator": "A1"}, bp) == [("D31", "sheet_of_one_judge")]
    odd = good_sheet()
    odd["sides"][3]["side"] = "aff"
    assert problems(odd, bp) == [("D31 aff", "unknown_side"), ("D31 co", "side_missing")]
    odd["sides"][3]["side"] = "og"
    assert ("D31 og", "side_twice") in problems(odd, bp)


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ({"vetoes": {"aff": "M1"}}, [("D31 aff", "unknown_side")]),
        ({"forfeit": ["neg"]}, [("D31 neg", "unknown_side")]),
        ({"forfeit": ["co", "co"]}, [("D31 co", "forfeit_twice")]),
    ],
)
def test_what_is_said_beside_the_sheet_names_each_side_once(
    more: Any, found: Any, bp: Settings
) -> None:
    sheet = forfeit_sheet() if "co" in more.get("forfeit", ()) else good_sheet()
    assert problems(sheet, bp, **more) == found


def test_a_scored_sheet_ticks_each_side_once(bp: Settings) -> None:
    assert problems({**good_sheet(), "winners": ["og", "og"]}, bp) == [("D31 og", "winner_twice")]


def test_a_bye_takes_no_ballot(bp: Settings) -> None:
    for given_ballot in (ballot(None), ballot(None, forfeit=["bye"])):
        found = check_ballot(given_ballot, debate(sides=(Side.BYE,)), bp)
        assert [p.code for p in found] == ["ballot_of_bye"]


def test_a_substitute_may_stand_in_for_a_member(bp: Settings) -> None:
    sheet = good_sheet()
    sheet["sides"][0]["speeches"][0] = speech(1, "S9", 75, substitute_for="S0a")
    assert problems(sheet, bp) == []


def test_an_iron_person_counts_once_and_the_team_twice(bp: Settings) -> None:
    sheet = good_sheet()
    sheet["sides"][0]["speeches"][1] = speech(2, "S0a", 80, ghost=True)
    assert problems(sheet, bp) == []
    result = decide(ballot(sheet), debate(), bp)
    assert [s.ghost for s in result.speeches][:2] == [False, True]
    assert (result.teams[0].has_ghost, result.teams[0].score) == (True, 155)
    strict = resolve("bp", {"teamscore_includes_ghosts": False})
    kept = decide(ballot(sheet), debate(), strict).teams[0]
    assert (kept.score, kept.points) == (75, 2.0), "the total still decides the place"


def test_tied_totals_share_the_better_place(bp: Settings) -> None:
    sheet = sheet_of(155, 155, 160, 145)
    assert problems(sheet, bp) == [("D31", "tied_totals")]
    assert [t.points for t in decide(ballot(sheet), debate(), bp).teams] == [2, 2, 3, 0]


def test_thirds_of_a_mark_tie(bp: Settings) -> None:
    sheet = sheet_of(150 + 1 / 3, 150.33333333, 140, 160)
    assert [t.points for t in decide(ballot(sheet), debate(), bp).teams] == [2, 2, 0, 3]


def test_announced_places_decide_over_totals(bp: Settings) -> None:
    sheet = {**good_sheet(), "ranks": {"og": 4, "oo": 3, "cg": 2, "co": 1}}
    sheet["sides"][0]["speeches"].pop()
    assert problems(sheet, bp) == [
        ("D31 og speech 2", "score_missing"), ("D31", "ranks_against_totals"),
    ]  # fmt: skip
    assert [t.points for t in decide(ballot(sheet), debate(), bp).teams] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("ranks", "code"),
    [
        ({"og": 0, "oo": 3, "cg": 4, "co": 1}, "rank_out_of_range"),
        ({"og": 2, "oo": 2, "cg": 4, "co": 1}, "ranks_wrong"),
        ({"og": 2, "co": 1}, "ranks_wrong"),
    ],
)
def test_announced_places_must_be_places(ranks: Any, code: str, bp: Settings) -> None:
    assert code in [c for _w, c in problems({**good_sheet(), "ranks": ranks}, bp)]


def test_what_a_tab_room_could_have_done_is_a_warning_in_an_archive(bp: Settings) -> None:
    sheet = sheet_of(155, 155, 145, 190)
    sheet["sides"][0]["speeches"][0]["speaker"] = "S77"
    found = as_history(check_ballot(ballot(sheet), debate(), bp))
    assert {(p.code, p.level) for p in found} == {
        ("score_out_of_range", "warning"), ("tied_totals", "warning"),
        ("speaker_unknown", "error"),
    }  # fmt: skip
    assert {p.code for p in found if p.level == "warning"} <= ARCHIVE_WARNINGS


# --- forfeits ----------------------------------------------------------------------------------


def forfeit_sheet() -> dict[str, Any]:
    sheet = good_sheet()
    sheet["sides"].pop(3)
    return sheet


@pytest.mark.parametrize(
    ("rule", "scores", "speeches"),
    [("none", [None] * 4, 0), ("average", [155, 150, 145, None], 6),
     ("as_judged", [155, 150, 145, None], 6)],
)  # fmt: skip
def test_a_forfeiting_team_has_nothing_and_the_others_stand_above(
    rule: str, scores: list[float | None], speeches: int
) -> None:
    rules = resolve("bp", {"forfeit_winner_speaks": rule})
    assert problems(forfeit_sheet(), rules, forfeit=["co"]) == []
    result = decide(ballot(forfeit_sheet(), forfeit=["co"]), debate(), rules)
    assert [t.points for t in result.teams] == [3, 2, 1, 0]
    assert [t.score for t in result.teams] == scores
    assert [t.forfeit for t in result.teams] == [False, False, False, True]
    assert len(result.speeches) == speeches


def test_when_all_forfeit_nobody_has_points(bp: Settings) -> None:
    gone = [side.value for side in BP_SIDES]
    assert problems(None, bp, forfeit=gone) == []
    assert [t.points for t in decide(ballot(None, forfeit=gone), debate(), bp).teams] == [0] * 4


def test_the_only_team_that_came_is_first(bp: Settings) -> None:
    alone = ballot(None, forfeit=["og", "oo", "cg"])
    assert [t.points for t in decide(alone, debate(), bp).teams] == [0, 0, 0, 3]


def test_a_forfeit_is_checked(bp: Settings) -> None:
    assert problems(good_sheet(), bp, forfeit=["co"]) == [("D31 co", "forfeit_with_speeches")]
    assert ("D31 neg", "unknown_side") in problems(good_sheet(), bp, forfeit=["neg"])


# --- elimination -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("winners", "last", "codes"),
    [
        (["og", "co"], False, []), (["og"], True, []), (["og"], False, ["wrong_number_advancing"]),
        (["og", "co"], True, ["wrong_number_advancing"]), ([], False, ["winner_missing"]),
        (["og", "og"], False, ["winner_twice", "wrong_number_advancing"]),
        (["og", "aff"], False, ["unknown_side", "wrong_number_advancing"]),
    ],
)  # fmt: skip
def test_the_right_number_advances(
    winners: list[str], last: bool, codes: list[str], bp: Settings
) -> None:
    where = debate(Stage.ELIMINATION, last=last)
    assert [c for _w, c in problems({"winners": winners}, bp, where)] == codes


def test_an_elimination_debate_gives_wins_and_no_points(bp: Settings) -> None:
    result = decide(ballot({"winners": ["oo", "co"]}), debate(Stage.ELIMINATION), bp)
    assert [(t.win, t.points, t.score) for t in result.teams] == [
        (False, None, None), (True, None, None), (False, None, None), (True, None, None),
    ]  # fmt: skip


def test_scores_are_not_asked_in_elimination(bp: Settings) -> None:
    sheet = {**good_sheet(), "winners": ["oo", "co"]}
    found = problems(sheet, bp, debate(Stage.ELIMINATION))
    assert {c for _w, c in found} == {"scores_not_asked"}


def test_who_forfeits_cannot_advance(bp: Settings) -> None:
    where = debate(Stage.ELIMINATION)
    sheet = {"winners": ["oo", "co"]}
    assert problems(sheet, bp, where, forfeit=["co"]) == [("D31 co", "winner_forfeited")]
    assert decide(ballot(sheet, forfeit=["co"]), where, bp).teams[3].win is False
    # where so many forfeit that all others go on nobody need be ticked
    gone = ballot({"winners": None}, forfeit=["cg", "co"])
    assert check_ballot(gone, where, bp) == []
    assert [t.win for t in decide(gone, where, bp).teams] == [True, True, False, False]
    final = ballot({"winners": ["oo"]}, forfeit=["cg", "co"])
    assert [t.win for t in decide(final, where, bp).teams] == [False, True, False, False]
    assert problems(sheet, bp, where, forfeit=["cg", "co"]) == [("D31 co", "winner_forfeited")]
    assert problems({"winners": ["og", "oo"]}, bp, where, forfeit=["cg", "co"]) == []


# --- kinds of ballots --------------------------------------------------------------------------


def test_the_kind_of_ballot_follows_the_settings(bp: Settings) -> None:
    australs = resolve("australs", {})
    assert result_type(bp, Stage.PRELIMINARY, 4) is ResultType.CONSENSUS_SCORES
    assert result_type(bp, Stage.ELIMINATION, 4) is ResultType.CONSENSUS_WINNERS
    assert result_type(australs, Stage.PRELIMINARY, 2) is ResultType.PANEL_SCORES
    never = australs.model_copy(update={"speakers_in_ballots": "never"})
    assert result_type(never, Stage.PRELIMINARY, 2) is ResultType.PANEL_WINNERS
    with pytest.raises(UserError, match="4 teams"):
        result_type(australs, Stage.PRELIMINARY, 4)


def test_mere_votes_of_single_judges_in_larger_rooms_are_refused_in_plain_words() -> None:
    rules = resolve("australs", {"speakers_in_ballots": "never"})
    with pytest.raises(UserError, match="D31 has 4 teams and a ballot of each judge"):
        decide(ballot(good_sheet()), debate(), rules)
    assert problems(good_sheet(), rules) == [("D31", "result_type_not_available")]


def test_scoreless_rooms_of_four_are_decided_by_places() -> None:
    rules = resolve("bp", {"speakers_in_ballots": "never"})
    assert problems({"sides": []}, rules) == [("D31", "ranks_missing")]
    sheet = {"ranks": {"og": 1, "oo": 2, "cg": 3, "co": 4}}
    assert problems(sheet, rules) == []
    assert [t.points for t in decide(ballot(sheet), debate(), rules).teams] == [3, 2, 1, 0]


SCORES = st.one_of(st.none(), st.floats(0, 120))
SPEECHES = st.lists(
    st.builds(
        lambda p, who, score, ghost: speech(p, who, score, ghost=ghost),
        st.integers(-1, 4), st.sampled_from(["S0a", "S1a", "S9", "S77", None]), SCORES,
        st.booleans(),
    ),
    max_size=4,
)  # fmt: skip
NAMES = st.sampled_from([*Side, "x"])


@given(
    sides=st.lists(st.tuples(NAMES, SPEECHES), max_size=5),
    ranks=st.none() | st.dictionaries(NAMES, st.integers(-1, 5)),
    winners=st.none() | st.lists(NAMES, max_size=3),
    forfeit=st.lists(NAMES, max_size=4),
    stage=st.sampled_from(Stage),
)
def test_no_ballot_crashes_the_verdict_or_the_check(
    sides: Any, ranks: Any, winners: Any, forfeit: Any, stage: Stage, bp: Settings
) -> None:
    sheet = {
        "sides": [{"side": side, "speeches": speeches} for side, speeches in sides],
        "ranks": ranks, "winners": winners,
    }  # fmt: skip
    given_ballot = ballot(sheet, forfeit=forfeit)
    result = decide(given_ballot, debate(stage), bp)
    assert [t.team for t in result.teams] == ["T0", "T1", "T2", "T3"]
    found = check_ballot(given_ballot, debate(stage), bp)
    assert all(p.message.endswith(".") and "(" + p.code not in p.message for p in found)
    if stage is Stage.PRELIMINARY and not found:
        assert sorted(t.points or 0 for t in result.teams if not t.forfeit) == sorted(
            [3.0, 2.0, 1.0, 0.0][: 4 - sum(t.forfeit for t in result.teams)]
        )
