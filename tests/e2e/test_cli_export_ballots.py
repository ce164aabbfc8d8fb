"""Ballots out of one file and into another by command, and what a list of ballots is told."""

from __future__ import annotations

import copy
import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import small_archive
from tests.e2e.program import call, done, export, refused, written
from tests.voting import sheets, voting_archive

Doc = dict[str, Any]


def without_ballots(document: Doc, folder: Path) -> Path:
    """Import a tournament as it was drawn."""
    empty = copy.deepcopy(document)
    for round_ in empty["rounds"]:
        for debate in round_["debates"]:
            debate |= {"ballots": [], "status": "none"}
    db = folder / "again.tabapp"
    done("import", db, written(folder / "again.json", empty), "--accept-warnings")
    return db


def ballots_of(document: Doc) -> dict[str, Any]:
    return {
        debate["id"]: (debate["status"], debate["ballots"])
        for round_ in document["rounds"] for debate in round_["debates"]}


def with_versions(document: Doc) -> Doc:
    """Let D1 be corrected, with a mark that the rules do not allow before, and D2 wait twice."""
    one, two = (document["rounds"][0]["debates"][n] for n in (0, 1))
    old = copy.deepcopy(one["ballots"][0]) | {"status": "discarded", "entered_by": "Ann"}
    old["sheets"][0]["sides"][0]["speeches"][0]["score"] = 12
    one["ballots"] = [old, one["ballots"][0] | {
        "version": 2, "entered_by": "Ben", "confirmed_by": "Cleo", "reason": "misread"}]
    second = copy.deepcopy(two["ballots"][0]) | {
        "version": 2, "status": "draft", "entered_by": "Ben", "comment": "late"}
    second["motion"] = None
    two["ballots"] = [two["ballots"][0] | {"status": "draft", "entered_by": "Ann"}, second]
    two["status"] = "draft"
    return document


@pytest.mark.parametrize("kind", ["four teams", "judges"])
def test_exported_ballots_are_entered_again_as_they_were(kind: str, tmp_path: Path) -> None:
    made = voting_archive() if kind == "judges" else with_versions(small_archive(8, 2))
    db = tmp_path / "first.tabapp"
    done("import", db, written(tmp_path / "first.json", made), "--accept-warnings")
    file = tmp_path / "ballots.json"
    count = done("export", db, "ballots", "-o", file)["rows"]
    document = export(db)
    assert count == sum(len(given) for _status, given in ballots_of(document).values())
    other = without_ballots(document, tmp_path)
    assert done("ballot", other, file)["entered"] == count
    assert ballots_of(export(other)) == ballots_of(document)
    assert done("check", other)["ok"]
    before = export(other)
    again = done("ballot", other, file)
    codes = [one["code"] for one in again["problems"]]
    assert (again["entered"], codes.count("ballot_same")) == (0, count)
    assert export(other) == before


def test_a_table_of_ballots_has_a_row_a_speech(played: Path, tmp_path: Path) -> None:
    file = tmp_path / "ballots.csv"
    told = done("export", played, "ballots", "-o", file, "--until", 1)
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert told["rows"] == len(rows) == 4 * 4 * 2
    assert {row["Round"] for row in rows} == {"Round 1"}
    first = rows[0]
    assert (first["Status"], first["Side"], first["Position"]) == (
        "confirmed", "Opening Gov", "1")
    assert float(first["Total"]) == float(first["Score"]) + float(rows[1]["Score"])
    for ending in (".xlsx", ".html", ".pdf"):
        other = file.with_suffix(ending)
        assert done("export", played, "ballots", "-o", other)["rows"] == 96
        assert other.stat().st_size > 0


def test_the_public_version_waits_for_its_release(played: Path, tmp_path: Path) -> None:
    assert "Publish" in refused(
        "export", played, "ballots", "-o", tmp_path / "b.csv", "--public")


def of_judges() -> list[Doc]:
    return [{"round": 1, "debate": "D1", "sheets": copy.deepcopy(sheets()["D1"])}]


def _speech(ballot: Doc, judge: int = 0, number: int = 0) -> Doc:
    found: Doc = ballot["sheets"][judge]["sides"][0]["speeches"][number]
    return found


SPOILT: dict[str, tuple[Callable[[Doc], object], str]] = {
    "missing mark": (lambda one: _speech(one).pop("score"), "score_missing"),
    "mark above the range": (lambda one: _speech(one).update(score=99), "score_out_of_range"),
    "mark off step": (lambda one: _speech(one).update(score=75.25), "score_off_step"),
    "stranger": (lambda one: _speech(one).update(speaker="S3a"), "speaker_not_in_team"),
    "same speaker twice": (
        lambda one: [_speech(one, n, 1).update(speaker="S1a") for n in range(3)],
        "speaker_twice"),
    "reply by the last speaker": (
        lambda one: [_speech(one, n, 3).update(speaker="S1c") for n in range(3)],
        "reply_by_last_speaker"),
    "reply by somebody who did not speak": (
        lambda one: [_speech(one, n, 0).update(speaker="S1b", ghost=True) for n in range(3)],
        "reply_without_speech"),
    "order that judges saw differently": (
        lambda one: (_speech(one, 1, 0).update(speaker="S1b"),
                     _speech(one, 1, 1).update(speaker="S1a")),
        "sheets_differ_in_speakers"),
    "ghost that one judge saw": (
        lambda one: _speech(one, 1, 0).update(ghost=True), "sheets_differ_in_ghosts"),
    "motion of another round": (lambda one: one.update(motion="M2"), "motion_of_other_round"),
    "motion of nowhere": (lambda one: one.update(motion="M9"), "motion_unknown"),
    "veto of another round": (
        lambda one: one.update(vetoes={"aff": "M2"}), "motion_of_other_round"),
    "sheet of a trainee": (
        lambda one: one["sheets"].append({**copy.deepcopy(one["sheets"][0]),
                                          "adjudicator": "A9"}), "sheet_of_trainee"),
    "missing sheet": (lambda one: one["sheets"].pop(), "judge_sheet_missing"),
    "sheet given twice": (
        lambda one: one["sheets"].append(copy.deepcopy(one["sheets"][0])), "judge_sheet_twice"),
    "state that cannot be": (
        lambda one: one.update(status="confirmed and discarded"), "ballot_malformed"),
    "letters in a number": (lambda one: _speech(one).update(score="7S"), "ballot_malformed"),
    "decimal comma": (lambda one: _speech(one).update(score="75,5"), "ballot_malformed"),
    "room of another draw": (lambda one: one.update(debate="D77"), "debate_unknown"),
}  # fmt: skip


@pytest.fixture(scope="session")
def _drawn_votes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("votes")
    made = voting_archive(results=False)
    made["motions"] = [
        {"id": f"M{n}", "reference": f"Motion {n}", "text": f"That we test {n}."} for n in (1, 2)]
    for n, one in enumerate(made["rounds"], start=1):
        one["motions"] = [f"M{n}"]
    done("import", folder / "votes.tabapp", written(folder / "v.json", made), "--accept-warnings")
    return folder / "votes.tabapp"


@pytest.fixture
def votes(_drawn_votes: Path, tmp_path: Path) -> Path:
    """Two drawn rounds in which single judges vote."""
    return Path(shutil.copy(_drawn_votes, tmp_path / "votes.tabapp"))


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_wrong_with_a_ballot_of_judges_is_told(
    what: str, votes: Path, tmp_path: Path
) -> None:
    spoil, code = SPOILT[what]
    given = of_judges()
    spoil(given[0])
    outcome = call("ballot", votes, written(tmp_path / "b.json", given), "--json")
    problems = json.loads(outcome.out)["problems"]
    assert code in {one["code"] for one in problems}
    if code != "reply_by_last_speaker":  # which circuits differ on
        assert outcome.code == 3
        assert ballots_of(export(votes))["D1"] == ("none", [])


def test_the_same_ballot_twice_in_one_list_is_told(votes: Path, tmp_path: Path) -> None:
    given = of_judges() * 2
    outcome = call("ballot", votes, written(tmp_path / "b.json", given), "--json")
    assert outcome.code == 3
    assert "two_confirmed_given" in {one["code"] for one in json.loads(outcome.out)["problems"]}
