"""Ballots by command at the border: who signs them, why they change, and what is no ballot."""

from __future__ import annotations

import copy
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.builders import small_archive
from tests.e2e.program import Word, call, done, export, written
from tests.e2e.test_cli_ballots import ballots, sides_of, speech

Doc = dict[str, Any]


def versions(db: Path, debate: str = "D1") -> list[Doc]:
    found = next(one for round_ in export(db)["rounds"] for one in round_["debates"]
                 if one["id"] == debate)
    return list(found["ballots"])


def names(db: Path) -> list[tuple[str, str]]:
    return [(one["entered_by"], one["confirmed_by"]) for one in versions(db)]


def enter(db: Path, *given: Doc, more: tuple[Word, ...] = ()) -> Doc:
    document: Doc = done("ballot", db, written(db.with_suffix(".json"), list(given)), *more)
    return document


def codes(document: Doc) -> list[tuple[str, str]]:
    return [(one["level"], one["code"]) for one in document["problems"]]


def unsigned(**more: Any) -> Doc:
    ballot = ballots()[0]
    for name in ("entered_by", "confirmed_by"):
        ballot.pop(name, None)
    return ballot | more


def corrected(**more: Any) -> Doc:
    ballot = unsigned(**more)
    best = max(sides_of(ballot), key=lambda one: one["speeches"][0]["score"])
    best["speeches"][0]["score"] += 2
    return ballot


@pytest.fixture
def staffed(drawn: Path) -> Path:
    for name in ("Ann", "Ben"):
        done("operator", "add", drawn, name, stdin=b"1234\n")
    return drawn


@pytest.fixture(scope="session")
def _blind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("blind")
    made = small_archive(8, 2, results=False)
    made["tournament"]["settings"] = {"enable_blind_checks": True}
    done("import", folder / "b.tabapp", written(folder / "b.json", made), "--accept-warnings")
    return folder / "b.tabapp"


@pytest.fixture
def blind(_blind: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(_blind, tmp_path / "blind.tabapp"))


# --- who signs ---------------------------------------------------------------------------------


@pytest.mark.parametrize("left_out", [{}, {"entered_by": None, "confirmed_by": None}])
def test_a_ballot_without_names_is_signed_by_who_calls(left_out: Doc, drawn: Path) -> None:
    assert enter(drawn, unsigned(**left_out)) == {"entered": 1, "problems": []}
    ((entered, confirmed),) = names(drawn)
    assert entered == confirmed
    assert entered.endswith(" (command line)")
    assert export(drawn)["activity"][-1]["actor"] == entered


def test_a_draft_is_signed_once_and_nobody_has_confirmed_it(drawn: Path) -> None:
    enter(drawn, unsigned(status="draft"))
    ((entered, confirmed),) = names(drawn)
    assert entered.endswith(" (command line)")
    assert confirmed == ""
    again = enter(drawn, unsigned(status="draft"))
    assert (again["entered"], codes(again)) == (0, [("warning", "ballot_same")])


def test_names_that_are_given_are_kept(drawn: Path) -> None:
    assert enter(drawn, unsigned(entered_by="Ann", confirmed_by="Ben"))["problems"] == []
    assert names(drawn) == [("Ann", "Ben")]


def test_a_name_that_an_export_leaves_empty_stays_empty(drawn: Path) -> None:
    enter(drawn, unsigned(entered_by="", confirmed_by=""))
    assert names(drawn) == [("", "")]


def test_strangers_who_sign_are_told_once_where_people_are_registered(staffed: Path) -> None:
    first, second = ballots()
    for one in (first, second):
        one |= {"entered_by": "Evil", "confirmed_by": "Evil"}
    document = enter(staffed, first, second)
    assert document["entered"] == 2
    assert codes(document) == [("warning", "ballots_signed_by_stranger")]
    assert "Evil signs 2 of these ballots" in document["problems"][0]["message"]
    assert names(staffed) == [("Evil", "Evil")]
    again = enter(staffed, first, second)
    assert {code for _level, code in codes(again)} == {"ballot_same"}


def test_people_who_are_registered_or_were_sign_without_a_word(staffed: Path) -> None:
    done("operator", "remove", staffed, "Ben")
    assert enter(staffed, unsigned(entered_by="ann", confirmed_by="Ben"))["problems"] == []


def test_who_calls_signs_without_a_word_where_people_are_registered(staffed: Path) -> None:
    assert enter(staffed, unsigned())["problems"] == []
    ((entered, _confirmed),) = names(staffed)
    assert entered.endswith(" (command line)")


def test_one_person_for_both_is_told_under_blind_checks(blind: Path) -> None:
    document = enter(blind, unsigned(entered_by="Ann", confirmed_by="ANN "))
    assert codes(document) == [("warning", "ballot_confirmed_by_author")]
    assert document["entered"] == 1
    other = ballots()[1] | {"entered_by": "Ann", "confirmed_by": "Ben"}
    assert enter(blind, other)["problems"] == []


def test_exported_ballots_with_their_names_are_the_same_again(staffed: Path) -> None:
    enter(staffed, unsigned(), ballots()[1] | {"entered_by": "Evil", "confirmed_by": "Evil"})
    file = staffed.with_suffix(".out.json")
    done("export", staffed, "ballots", "-o", file)
    before = export(staffed)
    again = done("ballot", staffed, file)
    assert (again["entered"], codes(again)) == (0, [("warning", "ballot_same")] * 2)
    assert export(staffed) == before


# --- why they change ---------------------------------------------------------------------------


def test_a_correction_without_a_reason_is_told(drawn: Path) -> None:
    enter(drawn, unsigned())
    document = enter(drawn, corrected())
    assert (document["entered"], codes(document)) == (1, [("warning", "reason_missing")])
    assert document["problems"][0]["where"] == "debate D1"
    assert [one["status"] for one in versions(drawn)] == ["discarded", "confirmed"]


@pytest.mark.parametrize(("own", "option", "kept"), [
    ("added up wrongly", "", "added up wrongly"), ("", " misread ", "misread"),
    ("added up wrongly", "misread", "added up wrongly")])
def test_a_correction_has_its_own_reason_or_that_of_the_call(
    own: str, option: str, kept: str, drawn: Path
) -> None:
    enter(drawn, unsigned(), more=("--reason", "no correction"))
    document = enter(drawn, corrected(reason=own), more=("--reason", option))
    assert (document["entered"], document["problems"]) == (1, [])
    assert [one["reason"] for one in versions(drawn)] == ["", kept]


def test_what_was_discarded_and_what_is_the_same_needs_no_reason(drawn: Path) -> None:
    enter(drawn, unsigned())
    assert enter(drawn, corrected(status="discarded"))["problems"] == []
    assert codes(enter(drawn, unsigned())) == [("warning", "ballot_same")]


# --- everything at once ------------------------------------------------------------------------


def test_what_is_wrong_with_every_ballot_of_a_file_is_told_in_its_order(
    drawn: Path, tmp_path: Path
) -> None:
    first, second = ballots()
    sides_of(first)[0]["speeches"].append(
        {"position": 3, "speaker": speech(first)["speaker"], "score": 70})
    second["round"] = 9
    file = written(tmp_path / "b.json", [first, {"x": 1}, second, "D1"])
    outcome = call("ballot", drawn, file, "--json")
    assert (outcome.code, outcome.json["entered"]) == (3, 0)
    of = [next(number for number, mark in enumerate(("D1", "ballot 2", "D2", "ballot 4"), start=1)
               if mark in one["where"]) for one in outcome.json["problems"]]
    assert of == sorted(of)
    told = {number: {one["code"] for at, one in zip(of, outcome.json["problems"], strict=True)
                     if at == number} for number in of}
    assert "speech_position_wrong" in told[1]
    assert "debate_of_other_round" in told[3]
    assert told[2] == told[4] == {"ballot_malformed"}
    assert {one["status"] for one in export(drawn)["rounds"][0]["debates"]} == {"none"}


@pytest.mark.parametrize(("value", "said"), [
    ("80", 'score is "80" where a number is wanted'), (True, "score is true where a number")])
def test_a_score_that_is_no_number_is_refused(
    value: object, said: str, drawn: Path, tmp_path: Path
) -> None:
    ballot = unsigned()
    speech(ballot)["score"] = value
    outcome = call("ballot", drawn, written(tmp_path / "b.json", [ballot]))
    assert outcome.code == 3
    assert said in outcome.err
    assert versions(drawn) == []


def test_a_null_is_called_null(drawn: Path, tmp_path: Path) -> None:
    outcome = call("ballot", drawn, written(tmp_path / "b.json", None))
    assert outcome.code == 3
    assert "it is null where an object is wanted" in outcome.err


def test_the_same_fault_is_told_once_and_by_its_line(drawn: Path, tmp_path: Path) -> None:
    two = call("ballot", drawn, written(tmp_path / "b.json", [unsigned()] * 3), "--json")
    assert [one["message"] for one in two.json["problems"]] == [
        "3 confirmed ballots are given for debate D1. Keep one of them."]
    text = json.dumps([unsigned()], indent=1)
    file = tmp_path / "nan.json"
    score = f'"score": {speech(unsigned())["score"]}'
    text = text.replace(score, '"score": NaN', 1).replace('"round": 1', '"round": NaN')
    file.write_text(text)
    told = [(one["where"], one["message"]) for one in call(
        "ballot", drawn, file, "--json").json["problems"]]
    assert len(set(told)) == len(told) == text.count("NaN") == 2
    for where, message in told:
        assert where.startswith("line ")
        assert where in message


def test_a_room_without_judges_is_told(tmp_path: Path) -> None:
    made = copy.deepcopy(small_archive(8, 1, results=False))
    made["rounds"][0]["debates"][0]["panel"] = []
    db = tmp_path / "empty.tabapp"
    done("import", db, written(tmp_path / "a.json", made), "--accept-warnings")
    document = enter(db, *ballots())
    assert (document["entered"], codes(document)) == (2, [("warning", "ballot_without_panel")])


@pytest.mark.parametrize(("statuses", "said", "counts"), [
    (["confirmed"], "Entered 1 ballot.", {}),
    (["confirmed", "confirmed"], "Entered 2 ballots.", {}),
    (["draft"], "Entered 1 ballot: 1 to be checked before it counts.", {"drafts": 1}),
    (["discarded", "confirmed"], "Entered 2 ballots: 1 put aside, not counting.",
     {"discarded": 1}),
])
def test_it_is_said_which_ballots_do_not_count(
    statuses: list[str], said: str, counts: dict[str, int], drawn: Path, tmp_path: Path
) -> None:
    given = [one | {"status": status} for one, status in zip(ballots(), statuses, strict=False)]
    file = written(tmp_path / "b.json", given)
    other = Path(shutil.copy(drawn, tmp_path / "other.tabapp"))
    assert call("ballot", drawn, file).out == f"{said}\n"
    assert done("ballot", other, file) == {"entered": len(given), "problems": [], **counts}
