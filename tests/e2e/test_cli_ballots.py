"""Ballots by command: all of them or none, corrections as new versions, every finding named."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import small_archive
from tests.e2e.program import call, done, export, refused, written

Doc = dict[str, Any]
Spoil = Callable[[Doc], object]


def ballots(seq: int = 1) -> list[Doc]:
    """Return the ballots of a round of the tournament of 8 teams."""
    played = small_archive(8, 2)["rounds"][seq - 1]["debates"]
    return [copy.deepcopy(one["ballots"][0]) | {"round": seq, "debate": one["id"]}
            for one in played]


def sides_of(ballot: Doc) -> list[Doc]:
    return list(ballot["sheets"][0]["sides"])


def speech(ballot: Doc, side: int = 0, number: int = 0) -> Doc:
    found: Doc = sides_of(ballot)[side]["speeches"][number]
    return found


def points(db: Path) -> dict[str, float]:
    return {row["id"]: row["values"]["points"] for row in done("standings", db)["rows"]}


def test_ballots_count_as_soon_as_they_are_entered(drawn: Path, tmp_path: Path) -> None:
    assert set(points(drawn).values()) == {0}
    document = done("ballot", drawn, written(tmp_path / "b.json", ballots()))
    assert document == {"entered": 2, "problems": []}
    assert sorted(points(drawn).values()) == [0, 0, 1, 1, 2, 2, 3, 3]
    assert done("check", drawn)["ok"]


def test_the_same_ballots_again_are_not_entered_again(drawn: Path, tmp_path: Path) -> None:
    file = written(tmp_path / "b.json", ballots())
    done("ballot", drawn, file)
    before = export(drawn)
    again = done("ballot", drawn, file)
    assert again["entered"] == 0
    assert {one["code"] for one in again["problems"]} == {"ballot_same"}
    assert export(drawn) == before


def test_a_corrected_ballot_is_a_new_version_and_the_old_one_is_kept(
    drawn: Path, tmp_path: Path
) -> None:
    given = ballots()
    done("ballot", drawn, written(tmp_path / "b.json", given))
    before = points(drawn)
    worst = min(sides_of(given[0]), key=lambda one: one["speeches"][0]["score"])
    for one in worst["speeches"]:
        one["score"] = 90
    given[0]["reason"] = "added up wrongly"
    assert done("ballot", drawn, written(tmp_path / "c.json", given[:1]))["entered"] == 1
    debate = export(drawn)["rounds"][0]["debates"][0]
    assert [(one["version"], one["status"]) for one in debate["ballots"]] == [
        (1, "discarded"), (2, "confirmed")]
    team = next(one["team"] for one in debate["sides"] if one["side"] == worst["side"])
    assert (before[team], points(drawn)[team]) == (0, 3)
    assert done("check", drawn)["ok"]


def test_a_draft_counts_for_nothing(drawn: Path, tmp_path: Path) -> None:
    given = [one | {"status": "draft"} for one in ballots()]
    assert done("ballot", drawn, written(tmp_path / "b.json", given))["entered"] == 2
    assert set(points(drawn).values()) == {0}


def test_the_same_draft_twice_in_a_file_is_entered_once(drawn: Path, tmp_path: Path) -> None:
    draft = ballots()[0] | {"status": "draft"}
    document = done("ballot", drawn, written(tmp_path / "b.json", [draft, draft]))
    assert document["entered"] == 1
    assert [one["code"] for one in document["problems"]] == ["ballot_same"]
    assert "version 1" in document["problems"][0]["message"]
    other = draft | {"entered_by": "Ben"}  # that is a second entry
    assert done("ballot", drawn, written(tmp_path / "b.json", [other, draft]))["entered"] == 1


def other_team(ballot: Doc) -> None:
    speech(ballot)["speaker"] = speech(ballot, side=1)["speaker"]


def tied(ballot: Doc) -> None:
    for one, other in zip(sides_of(ballot)[0]["speeches"], sides_of(ballot)[1]["speeches"],
                          strict=True):
        one["score"] = other["score"]


def side_left_out(ballot: Doc) -> None:
    del ballot["sheets"][0]["sides"][0]


ERRORS: dict[str, tuple[Spoil, str]] = {
    "too high": (lambda one: speech(one).update(score=100), "score_out_of_range"),
    "too low": (lambda one: speech(one).update(score=49), "score_out_of_range"),
    "off step": (lambda one: speech(one).update(score=75.5), "score_off_step"),
    "no score": (lambda one: speech(one).update(score=None), "score_missing"),
    "no speaker": (lambda one: speech(one).update(speaker=None), "speaker_missing"),
    "unknown speaker": (lambda one: speech(one).update(speaker="S999"), "speaker_unknown"),
    "of another team": (other_team, "speaker_not_in_team"),
    "position twice": (lambda one: speech(one).update(position=2), "speech_position_twice"),
    "third speech": (lambda one: speech(one).update(position=3), "speech_position_wrong"),
    "tied": (tied, "tied_totals"),
    "empty side": (side_left_out, "side_missing"),
    "no sheet": (lambda one: one.update(sheets=[]), "sheet_missing"),
    "unknown side": (lambda one: sides_of(one)[0].update(side="aff"), "unknown_side"),
    "unknown debate": (lambda one: one.update(debate="D99"), "debate_unknown"),
    "another round": (lambda one: one.update(round=2), "debate_of_other_round"),
    "motion without a name": (lambda one: one.update(motion=""), "motion_unknown"),
    "veto without a name": (lambda one: one.update(vetoes={"og": ""}), "motion_unknown"),
    "speaker without a name": (lambda one: speech(one).update(speaker=""), "speaker_unknown"),
    "unknown people of what is discarded": (
        lambda one: speech(one).update(speaker="S3", substitute_for="S777") or one.update(
            status="discarded"), "record_unknown"),
    "unknown motion": (lambda one: one.update(motion="M99"), "motion_unknown"),
    "unknown judge": (
        lambda one: one["sheets"][0].update(adjudicator="A99"), "judge_unknown"),
    "text for a score": (lambda one: speech(one).update(score="high"), "ballot_malformed"),
    "no debate": (lambda one: one.pop("debate"), "ballot_malformed"),
    "no such status": (lambda one: one.update(status="sealed"), "ballot_malformed"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_one_faulty_ballot_keeps_all_of_them_out(
    name: str, drawn: Path, tmp_path: Path
) -> None:
    spoil, code = ERRORS[name]
    given = ballots()
    spoil(given[0])
    outcome = call("ballot", drawn, written(tmp_path / "b.json", given), "--json")
    assert outcome.code == 3
    assert outcome.json["entered"] == 0
    errors = [one for one in outcome.json["problems"] if one["level"] == "error"]
    assert code in {one["code"] for one in errors}
    for one in errors:
        assert one["where"]
        assert one["message"] in outcome.err
    debates = [one for round_ in export(drawn)["rounds"] for one in round_["debates"]]
    assert {(one["status"], len(one["ballots"])) for one in debates} == {("none", 0)}


def test_all_faults_are_told_at_once(drawn: Path, tmp_path: Path) -> None:
    given = ballots()
    speech(given[0]).update(score=100)
    speech(given[0], side=1).update(speaker="S999")
    speech(given[1]).update(score=None)
    outcome = call("ballot", drawn, written(tmp_path / "b.json", given), "--json")
    assert {one["code"] for one in outcome.json["problems"]} >= {
        "score_out_of_range", "speaker_unknown", "score_missing"}
    assert len(call("ballot", drawn, tmp_path / "b.json").err.splitlines()) >= 3


def test_two_confirmed_ballots_of_one_debate_are_refused(drawn: Path, tmp_path: Path) -> None:
    given = ballots()[:1]
    outcome = call("ballot", drawn, written(tmp_path / "b.json", given * 2), "--json")
    assert outcome.code == 3
    assert {one["code"] for one in outcome.json["problems"]} == {"two_confirmed_given"}


@pytest.mark.parametrize(("text", "code"), [
    ("", "import_bad_json"), ("{", "import_bad_json"), ("null", "ballot_malformed"),
    ('["D1"]', "ballot_malformed"), ("[NaN]", "import_not_a_number"),
    ("[" * 70 + "]" * 70, "import_too_deep"),
])
def test_a_file_that_holds_no_ballots_is_refused(
    text: str, code: str, drawn: Path, tmp_path: Path
) -> None:
    file = tmp_path / "b.json"
    file.write_text(text)
    outcome = call("ballot", drawn, file, "--json")
    assert outcome.code == 3
    assert code in {one["code"] for one in outcome.json["problems"]}


def test_an_empty_list_enters_nothing(drawn: Path, tmp_path: Path) -> None:
    assert done("ballot", drawn, written(tmp_path / "b.json", [])) == {
        "entered": 0, "problems": []}


def test_a_file_that_is_not_there_is_no_problem_of_a_ballot(drawn: Path, tmp_path: Path) -> None:
    assert str(tmp_path) in refused("ballot", drawn, tmp_path)
    assert "no-such.json" in refused("ballot", drawn, tmp_path / "no-such.json")


def test_judges_and_rooms_stay_once_there_are_results(drawn: Path, tmp_path: Path) -> None:
    done("ballot", drawn, written(tmp_path / "b.json", ballots()[:1]))
    before = export(drawn)
    for command in ("allocate", "venues"):
        assert "results" in refused(command, drawn, 1)
    assert "--replace" in refused("draw", drawn, 1)
    assert export(drawn) == before
