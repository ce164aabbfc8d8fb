"""Ballots in files: a row a speech, records to be entered again, and what the hall may see."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.domain.archive import Ballot
from tabapp.exchange.tables import Document, Table
from tabapp.services import exports
from tabapp.services.exports import ExportRequest
from tabapp.services.workspace import Workspace
from tests.builders import Doc
from tests.services.double_scene import Room
from tests.services.exported import built, everything, refused, tournament
from tests.voting import voting_archive

BALLOTS, PUBLIC = ExportRequest("ballots"), ExportRequest("ballots", public=True)


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "t.tabapp", create=True) as opened:
        yield opened


def lines(table: Table) -> list[dict[str, Any]]:
    titles = [one.title for one in table.columns]
    return [dict(zip(titles, row, strict=True)) for row in table.rows]


def shut(document: Doc) -> Doc:
    """A round that is silent, one that goes on, and one that everybody may see."""
    document["rounds"][1]["silent"] = True
    document["rounds"][2]["completed"] = False
    return document


def test_every_version_of_a_room_is_told_with_who_made_it(work: Workspace) -> None:
    room = Room(work)
    room.register("Dee", "Ann", "Ben", "Cleo")
    room.save("Ann", room.right)
    room.second("Ben", room.wrong, insist=True)
    room.decide("Cleo", room.wrong)
    (table,) = built(work, BALLOTS).tables
    rows = lines(table)
    assert [(one["Version"], one["Status"]) for one in rows[::8]] == [
        (1, "discarded"), (2, "discarded"), (3, "confirmed")]
    assert rows[16] == {
        "Room": "Room 1", "Debate": "D1", "Version": 3, "Status": "confirmed", "Judge": "",
        "Side": "Opening Gov", "Team": "College 1 B", "Position": 1, "Speaker": "Speaker 3",
        "Stands in for": "", "Score": 81.0, "Ghost": "", "Rank": None, "Total": 161.0, "Said": "",
        "Motion": "Motion 1", "Entered by": "Cleo", "Confirmed by": "Cleo",
        "Reason": "Ann and Ben entered it differently; Cleo decided."}


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("forfeit", [("Closing Opp", None, None, "forfeit")]),
        ("scoreless", [("Opening Gov", None, None, "place 1")]),
        ("votes", [("Affirmative", None, None, "won"), ("Negative", None, None, "")]),
        ("criteria", [("Opening Gov", 1, 71.0, "")]),
        ("panel", [("Affirmative", 4, 37.5, "")]),
    ],
)
def test_every_format_has_its_rows(
    format_: str, expected: list[tuple[Any, ...]], work: Workspace
) -> None:
    room = Room(work, format_)
    room.save("me", room.right)
    (table,) = built(work, BALLOTS).tables
    told = [(one["Side"], one["Position"], one["Score"], one["Said"]) for one in lines(table)]
    assert set(expected) <= set(told)
    if format_ == "criteria":
        assert (lines(table)[0]["Content"], lines(table)[0]["Style"]) == (20.0, 31.0)
    if format_ == "panel":
        assert [one["Judge"] for one in lines(table)[::8]] == ["Judge 1", "Judge 2", "Judge 3"]
        assert lines(table)[0]["Total"] == 262.5


def test_records_are_ballots_as_they_are_entered(work: Workspace) -> None:
    room = Room(work, "criteria")
    room.save("me", room.right)
    (record,) = built(work, BALLOTS).records
    given = {**record}
    assert (given.pop("round"), given.pop("debate")) == (1, "D1")
    assert Ballot.model_validate(given).sheets[0].sides[0].speeches[0].criteria == {
        "C1": 20.0, "C2": 31.0}


def test_rounds_after_the_last_one_that_is_asked_for_are_left_out(opened: Any) -> None:
    work = opened(tournament())
    assert [one.title for one in built(work, ExportRequest("ballots", until=2)).tables] == [
        "Round 1", "Round 2"]
    assert {one["round"] for one in built(work, ExportRequest("ballots", until=1)).records} == {1}


# --- what the hall may see ---------------------------------------------------------------------


def test_ballots_are_public_once_they_are_released(opened: Any) -> None:
    assert refused(opened(tournament()), PUBLIC).code == "export_not_released"
    made = built(opened(tournament(ballots_released=True)), PUBLIC)
    assert len(made.tables) == 3
    nothing = tournament(ballots_released=True)
    for one in nothing["rounds"]:
        one["completed"] = False
    assert refused(opened(nothing), PUBLIC).code == "export_nothing_public"


def test_silent_rounds_and_those_that_go_on_are_left_out(opened: Any) -> None:
    made = built(opened(shut(tournament(ballots_released=True))), PUBLIC)
    assert [one.title for one in made.tables] == ["Round 1"]
    assert {one["round"] for one in made.records} == {1}
    assert "silent rounds and those not completed" in everything(made)
    told = built(opened(shut(tournament(ballots_released=True, all_results_released=True))), PUBLIC)
    assert [one.title for one in told.tables] == ["Round 1", "Round 2"]


def test_the_hall_learns_of_no_version_that_does_not_count_and_of_nobody_at_the_desk(
    opened: Any,
) -> None:
    document = tournament(ballots_released=True)
    (first, *_others) = document["rounds"][0]["debates"]
    counted = first["ballots"][0] | {
        "version": 2, "entered_by": "Zoe", "confirmed_by": "Yan", "comment": "late",
        "reason": "misread"}
    old = copy.deepcopy(first["ballots"][0]) | {"status": "discarded", "entered_by": "Xia"}
    old["sheets"][0]["sides"][0]["speeches"][0]["score"] = 51.5
    first["ballots"] = [old, counted]
    work = opened(document)
    text = everything(built(work, PUBLIC))
    for secret in ("Zoe", "Yan", "Xia", "late", "misread", "51.5"):
        assert secret not in text
        assert secret in everything(built(work, BALLOTS))
    assert len(built(work, PUBLIC).records) == len(built(work, BALLOTS).records) - 1


def test_who_wants_no_name_has_none_nor_an_id(opened: Any) -> None:
    document = voting_archive(ballots_released=True)
    document["adjudicators"][1]["anonymous"] = True
    document["speakers"][0]["anonymous"] = True
    made = built(opened(document), PUBLIC)
    text = everything(made)
    assert "Judge 2" not in text
    assert "Speaker 1a" not in text
    sheets = [sheet for record in made.records for sheet in record["sheets"]]
    assert "A2" not in {sheet["adjudicator"] for sheet in sheets}
    assert "S1a" not in {
        one["speaker"] for sheet in sheets for side in sheet["sides"] for one in side["speeches"]}


def test_nothing_entered_yet_is_an_empty_table(work: Workspace) -> None:
    Room(work)
    made: Document = built(work, BALLOTS)
    assert (made.records, made.tables[0].rows, made.tables[0].note) == ((), (), "Nothing yet.")
    assert exports.lines_of(made, ".csv") == 0
