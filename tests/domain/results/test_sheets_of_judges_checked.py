"""Every problem of the sheets of single judges is found, with its judge and its sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tabapp.domain.archive import Ballot
from tabapp.domain.ballots import as_history, check_ballot
from tabapp.domain.formats import resolve
from tabapp.domain.types import Stage
from tests.domain.results.test_votes_of_judges import LOSS, PANEL, room, ticks
from tests.voting import flat, sheet, two_to_one

RULES = resolve("australs", {})
Spoil = Callable[[list[Any]], object]
NAMES = {"A1": "Ann", "A2": "Ben", "A3": "Cleo", "A9": "Tom", "T1": "Oxford A", "S1a": "Zoe"}
SPEAKERS = {f"T{n}": frozenset(f"S{n}{letter}" for letter in "abc") for n in (1, 2)}


def check(sheets: list[Any], where: Any = None, forfeit: Any = (), **more: Any) -> Any:
    where = replace(where or room(), names=NAMES, speakers=SPEAKERS)
    ballot = Ballot.model_validate({"sheets": sheets, "forfeit": forfeit})
    return check_ballot(ballot, where, resolve("australs", more))


def found(sheets: list[Any], where: Any = None, forfeit: Any = (), **more: Any) -> Any:
    return [(one.where, one.code) for one in check(sheets, where, forfeit, **more)]


def speech(sheets: list[Any], number: int = 1, side: int = 0, place: int = 0) -> Any:
    return sheets[number]["sides"][side]["speeches"][place]


def test_a_good_ballot_has_no_problems() -> None:
    assert check(two_to_one()) == []


BEN = "D1 (sheet of Ben)"


@pytest.mark.parametrize(
    ("spoil", "problems"),
    [
        (lambda s: s.pop(1), [("D1", "judge_sheet_missing")]),
        (lambda s: s.append(s[1]), [("D1", "judge_sheet_twice")]),
        (lambda s: s.append(sheet("A9", *LOSS)), [("D1", "sheet_of_trainee")]),
        (lambda s: s.append(sheet("A7", *LOSS)), [("D1", "judge_not_on_panel")]),
        (lambda s: s.append(sheet(None, *LOSS)), [("D1", "sheet_without_judge")]),
        (lambda s: s.clear(), [("D1", "sheet_missing")]),
        (lambda s: speech(s).update(score=81), [(f"{BEN} aff speech 1", "score_out_of_range")]),
        (lambda s: speech(s).update(score=75.5), [(f"{BEN} aff speech 1", "score_off_step")]),
        (lambda s: speech(s).update(score=None), [(f"{BEN} aff speech 1", "score_missing")]),
        (lambda s: speech(s, place=3).update(score=34.5),
         [(f"{BEN} aff speech 4", "score_out_of_range")]),
        (lambda s: speech(s).update(speaker="S1b"), [("D1", "sheets_differ_in_speakers")]),
        (lambda s: speech(s).update(ghost=True), [("D1", "sheets_differ_in_ghosts")]),
        (lambda s: speech(s).update(position=5),
         [(f"{BEN} aff speech 5", "speech_position_wrong"),
          (f"{BEN} aff speech 5", "score_out_of_range"),
          (f"{BEN} aff speech 1", "score_missing")]),
        (lambda s: s[1]["sides"].pop(1), [(f"{BEN} neg", "side_missing")]),
        (lambda s: s[1]["sides"].append({"side": "og"}), [(f"{BEN} og", "unknown_side")]),
        (lambda s: s.__setitem__(1, sheet("A2", flat(75), flat(75))), [(BEN, "tied_totals")]),
    ],
)
def test_what_is_wrong_is_told_with_its_judge(spoil: Spoil, problems: Any) -> None:
    sheets = two_to_one()
    spoil(sheets)
    assert found(sheets) == problems


def test_a_wrong_speaker_on_all_sheets_is_told_once() -> None:
    sheets = two_to_one()
    for one in sheets:
        one["sides"][0]["speeches"][0]["speaker"] = "S2a"
    assert found(sheets) == [
        ("D1 (sheet of Ann) aff speech 1", "speaker_not_in_team"),
        ("D1 (sheet of Ann) aff speech 4", "reply_without_speech"),
    ]


def test_sentences_name_the_judge() -> None:
    (one,) = check(two_to_one()[:2])
    assert one.message.startswith("The sheet of Cleo in D1 is missing.")
    sheets = two_to_one()
    speech(sheets).update(score=99)
    message = check(sheets)[0].message
    assert "Zoe (aff, speech 1) in D1 (sheet of Ben) is outside 70 to 80" in message


def test_a_panel_needs_a_chair() -> None:
    assert found(two_to_one(), room(panel=PANEL[1:3]))[0] == ("D1", "panel_without_chair")


@pytest.mark.parametrize(
    ("rule", "ticked", "codes"),
    [
        ("high-points", "aff", []), ("high-points", "neg", ["winner_not_highest"]),
        ("high-points", None, ["winner_missing"]), ("tied-points", "neg", ["winner_not_highest"]),
        ("low-points", "neg", []),
    ],
)
def test_each_sheet_follows_the_rule_for_winners(rule: str, ticked: Any, codes: Any) -> None:
    sheets = [
        one | {"winners": [side]}
        for one, side in zip(two_to_one(), ("aff", "neg", "aff"), strict=True)
    ]
    sheets[2]["winners"] = [ticked] if ticked else None
    assert found(sheets, winners_in_ballots=rule) == [
        ("D1 (sheet of Cleo)", code) for code in codes]


def test_the_margin_of_each_sheet_is_limited() -> None:
    assert found(two_to_one(), maximum_margin=3.5) == [("D1 (sheet of Cleo)", "margin_too_large")]


def test_a_sheet_for_the_whole_room_names_no_judge() -> None:
    assert found([sheet(None, flat(75), flat(74))]) == [("D1", "sheet_without_judge")]
    assert found(two_to_one(), ballots_per_debate_prelim="per-debate") == [
        ("D1", "sheets_several")]


def test_a_forfeit_needs_no_sheets_and_no_votes() -> None:
    assert found([], forfeit=["neg"]) == []
    assert found([], forfeit=["neg", "aff"]) == []
    one = two_to_one()[:1]
    assert found(one, forfeit=["neg"]) == [("D1 neg", "forfeit_with_speeches")]
    one[0]["sides"].pop(1)
    assert found(one, forfeit=["neg"]) == []


def test_votes_without_marks_name_one_winner_each() -> None:
    where = room(Stage.ELIMINATION)
    assert found(ticks("neg", "aff", "neg"), where, speakers_in_ballots="prelim") == []
    wrong = ticks("neg", "aff", "neg")
    wrong[1]["winners"], wrong[2]["winners"] = None, ["aff", "neg"]
    assert found(wrong, where, speakers_in_ballots="prelim") == [
        (BEN, "winner_missing"), ("D1 (sheet of Cleo)", "wrong_number_advancing")]
    marked = two_to_one()
    assert {code for _where, code in found(marked, where, speakers_in_ballots="prelim")} == {
        "scores_not_asked", "winner_missing"}


def test_what_a_tab_room_could_have_done_is_a_warning_in_history() -> None:
    strange = [sheet("A2", flat(75), flat(75)), sheet("A7", flat(60), flat(74)),
               sheet("A9", *LOSS), sheet(None, *LOSS)]
    told = as_history(check(strange, room(panel=PANEL[1:])))
    assert {one.code for one in told} >= {
        "judge_sheet_missing", "judge_not_on_panel", "sheet_of_trainee", "sheet_without_judge",
        "panel_without_chair", "tied_totals", "score_out_of_range"}
    assert {one.level for one in told} == {"warning"}


@pytest.mark.parametrize("more", [{"speaker": "S1b"}, {"ghost": True}])
def test_judges_who_saw_different_debates_are_refused_and_only_told_in_history(more: Any) -> None:
    sheets = two_to_one()
    speech(sheets).update(more)
    assert {one.level for one in check(sheets)} == {"error"}
    assert {one.level for one in as_history(check(sheets))} == {"warning"}


@pytest.mark.parametrize(
    ("head", "code", "words"),
    [
        ({"motion": "M2"}, "sheet_says_other_motion", "Ben in D1 names the motion M2"),
        ({"forfeit": ["neg"]}, "sheet_says_other_forfeit", "Ben in D1 lets neg forfeit"),
        ({"motion": "M1", "forfeit": []}, None, ""),
    ],
)
def test_a_sheet_cannot_say_what_its_ballot_does_not(head: Any, code: Any, words: str) -> None:
    sheets = two_to_one()
    sheets[1].update(head)
    ballot = Ballot.model_validate({"sheets": sheets, "motion": "M1"})
    told = check_ballot(ballot, replace(room(), names=NAMES, speakers=SPEAKERS), RULES)
    assert [(one.where, one.code) for one in told] == ([("D1", code)] if code else [])
    assert all(words in one.message for one in told)
    assert {one.level for one in as_history(told)} <= {"warning"}


def test_a_declared_winner_is_held_against_the_totals_even_where_none_is_asked() -> None:
    sheets = two_to_one()
    sheets[1]["winners"] = ["aff"]
    assert found(sheets) == [(BEN, "winner_not_highest")]
    assert found(sheets, winners_in_ballots="low-points") == [
        ("D1 (sheet of Ann)", "winner_missing"), ("D1 (sheet of Cleo)", "winner_missing")]
