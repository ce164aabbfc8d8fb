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
        ballots, problems = read_ballot_list(written(tmp_path, document))
        assert problems == []
        assert [(one.round, one.debate, len(one.sheets)) for one in ballots] == [(1, "D1", 1)]


@pytest.mark.parametrize(
    ("ballot", "where", "reason"),
    [
        ({"debate": "D1"}, "ballot 2: round", "round is missing"),
        (given(version="first"), "ballot 2: version", "version is first where a whole number"),
        (given(sheets=[{"sides": [{"side": None}]}]), "ballot 2: sheets[0].sides[0].side",
         "sheets[0].sides[0].side is None where a text is wanted"),
        ("D1", "ballot 2", "it is D1 where "),
    ],
)
def test_what_is_wrong_with_the_form_is_told_by_its_place(
    ballot: Any, where: str, reason: str, tmp_path: Path
) -> None:
    _ballots, problems = read_ballot_list(written(tmp_path, [given(), ballot]))
    assert [problem.where for problem in problems] == [where]
    assert reason in problems[0].message


def test_a_flood_of_wrong_ballots_is_told_in_short(tmp_path: Path) -> None:
    ballots, problems = read_ballot_list(written(tmp_path, [{}] * 5000))
    assert ballots == []
    assert len(problems) == 201
    assert problems[-1].code == "import_more_problems"
    assert "9800" in problems[-1].message


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
