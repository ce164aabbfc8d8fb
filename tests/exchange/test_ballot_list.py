"""Lists of ballots are read within bounds, and what is wrong with their form is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tabapp.core.errors import UserError
from tabapp.exchange.ballot_list import read_ballot_list
from tests.builders import small_archive


def given(**changes: Any) -> dict[str, Any]:
    ballot = small_archive()["rounds"][0]["debates"][0]["ballots"][0]
    return {**ballot, "round": 1, "debate": "D1", **changes}


def written(folder: Path, document: Any) -> Path:
    path = folder / "ballots.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_one_ballot_or_a_list_of_them_is_read(tmp_path: Path) -> None:
    for document in (given(), [given()]):
        found = read_ballot_list(written(tmp_path, document))
        assert found.problems == []
        assert [(number, one.round, one.debate, len(one.sheets))
                for number, one in found.ballots] == [(1, 1, "D1", 1)]


@pytest.mark.parametrize(
    ("ballot", "where", "reason"),
    [
        ({"debate": "D1"}, "ballot 2: round", "round is missing"),
        (given(version="first"), "ballot 2: version",
         'version is "first" where a whole number'),
        (given(sheets=[{"sides": [{"side": None}]}]), "ballot 2: sheets[0].sides[0].side",
         "sheets[0].sides[0].side is null where a text is wanted"),
        ("D1", "ballot 2", 'it is "D1" where an object is wanted'),
    ],
)
def test_what_is_wrong_with_the_form_is_told_by_its_place(
    ballot: Any, where: str, reason: str, tmp_path: Path
) -> None:
    found = read_ballot_list(written(tmp_path, [given(), ballot]))
    assert [number for number, _ballot in found.ballots] == [1]
    ((number, problem),) = found.problems
    assert (number, problem.where) == (2, where)
    assert reason in problem.message


def test_a_flood_of_wrong_ballots_is_told_in_short(tmp_path: Path) -> None:
    found = read_ballot_list(written(tmp_path, [{}] * 5000))
    assert found.ballots == []
    assert len(found.problems) == 201
    assert found.problems[-1][1].code == "import_more_problems"
    assert "9800" in found.problems[-1][1].message


def test_one_ballot_with_a_flood_of_wrong_values_is_told_in_short(tmp_path: Path) -> None:
    found = read_ballot_list(written(tmp_path, [given(forfeit=[None] * 20_001), given()]))
    assert [(number, one.code) for number, one in found.problems] == [(1, "import_wrong_flood")]
    assert [number for number, _ballot in found.ballots] == [2]


def with_speech(**values: Any) -> dict[str, Any]:
    ballot = given()
    ballot["sheets"][0]["sides"][0]["speeches"][0].update(values)
    return ballot


@pytest.mark.parametrize(
    ("ballot", "said"),
    [
        (with_speech(score="80"), 'score is "80" where a number is wanted'),
        (with_speech(score=True), "score is true where a number is wanted"),
        (with_speech(criteria={"C1": "5"}), 'criteria.C1 is "5" where a number is wanted'),
        (with_speech(position="1"), 'position is "1" where a whole number is wanted'),
        (with_speech(position=True), "position is true where a whole number is wanted"),
        (with_speech(position=1.5), "position is 1.5 where a whole number is wanted"),
        (with_speech(ghost=1), "ghost is 1 where true or false is wanted"),
        (with_speech(ghost="no"), 'ghost is "no" where true or false is wanted'),
        (with_speech(speaker=False), "speaker is false where a text is wanted"),
        (given(round="1"), 'round is "1" where a whole number is wanted'),
        (given(debate=None), "debate is null where a text is wanted"),
        (given(version=2.0**40), "where a number of at most"),
        (given(entered_by=["Ann"]), 'entered_by is ["Ann"] where a text is wanted'),
    ],
)
def test_a_value_of_another_kind_is_refused(
    ballot: dict[str, Any], said: str, tmp_path: Path
) -> None:
    ((_number, problem),) = read_ballot_list(written(tmp_path, [ballot])).problems
    assert (problem.level, problem.code) == ("error", "ballot_malformed")
    assert said in problem.message


def test_what_an_archive_may_hold_is_read_as_there(tmp_path: Path) -> None:
    """Ids as numbers, whole numbers with a point, and null for whatever is left out."""
    ballot = with_speech(speaker=5, position=1.0, ghost=None, rank=None, score=75)
    ballot |= {"debate": 7, "version": None, "status": None, "comment": None, "vetoes": {"og": 3}}
    found = read_ballot_list(written(tmp_path, [ballot]))
    assert found.problems == []
    ((_number, read),) = found.ballots
    speech = read.sheets[0].sides[0].speeches[0]
    assert (read.debate, read.status, read.vetoes) == ("7", "confirmed", {"og": "3"})
    assert (speech.speaker, speech.position, speech.score) == ("5", 1, 75)


def test_names_that_are_null_are_left_out(tmp_path: Path) -> None:
    ballots = [given(entered_by=None, confirmed_by=""), given(entered_by="Ann")]
    found = read_ballot_list(written(tmp_path, ballots)).ballots
    names = [one.model_fields_set & {"entered_by", "confirmed_by"} for _number, one in found]
    assert names == [{"confirmed_by"}, {"entered_by"}]


def test_each_number_that_is_none_is_told_by_its_place(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text('[{"comment": "NaN",\n "x": NaN, "y": "\\"NaN", "z": -Infinity},\n\nNaN]')
    assert [(one.where, one.code) for _number, one in read_ballot_list(path).problems] == [
        (f"line {line}, column {column}", "import_not_a_number")
        for line, column in ((2, 7), (2, 31), (4, 1))]


def test_a_file_that_is_too_large_or_no_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError) as missing:
        read_ballot_list(tmp_path / "no-such.json")
    assert missing.value.code == "file_unreadable"
    path = written(tmp_path, [given()])
    monkeypatch.setattr("tabapp.exchange.bounded.LARGEST", 100)
    with pytest.raises(UserError) as large:
        read_ballot_list(path)
    assert large.value.code == "import_file_too_large"


def test_a_number_that_is_too_large_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text('[{"x": 1e999, "y": 1e999}]')
    assert [one.code for _number, one in read_ballot_list(path).problems] == [
        "import_number_too_large"]
