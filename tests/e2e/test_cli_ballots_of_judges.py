"""Ballots of single judges by command: what a panel hands in, what it decides, what is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.e2e.program import call, done, export, written
from tests.voting import flat, sheet, sheets, voting_archive


@pytest.fixture
def db(tmp_path: Path) -> Path:
    made = tmp_path / "votes.tabapp"
    file = written(tmp_path / "votes.json", voting_archive(results=False))
    done("import", made, file, "--accept-warnings")
    return made


def given() -> list[dict[str, Any]]:
    return [
        {"round": 1 if debate in ("D1", "D2") else 2, "debate": debate, "sheets": papers}
        for debate, papers in sheets().items()
    ]


def values(db: Path, key: str) -> dict[str, float]:
    table = done("standings", db, "--metrics", f"wins,{key}")
    return {row["id"]: row["values"][key] for row in table["rows"]}


def test_the_votes_of_panels_make_the_table(db: Path, tmp_path: Path) -> None:
    document = done("ballot", db, written(tmp_path / "b.json", given()))
    assert document == {"entered": 4, "problems": []}
    assert values(db, "num_adjs") == pytest.approx({"T1": 2, "T2": 2.5, "T3": 4.8, "T4": 2.7})
    assert values(db, "margin_sum") == {"T1": -10.25, "T2": -0.25, "T3": 17.5, "T4": -7}
    assert done("check", db)["ok"]


def test_what_was_exported_is_imported_with_the_same_table(db: Path, tmp_path: Path) -> None:
    done("ballot", db, written(tmp_path / "b.json", given()))
    again = tmp_path / "again.tabapp"
    done("import", again, written(tmp_path / "a.json", export(db)), "--accept-warnings")
    assert export(again) == export(db)
    assert done("standings", again)["rows"] == done("standings", db)["rows"]


def test_a_panel_without_one_of_its_sheets_is_refused(db: Path, tmp_path: Path) -> None:
    ballot = given()[0]
    ballot["sheets"] = [*ballot["sheets"][:2], sheet("A9", flat(75), flat(74))]
    outcome = call("ballot", db, written(tmp_path / "b.json", [ballot]), "--json")
    assert outcome.code == 3
    assert outcome.json["entered"] == 0
    assert [(one["where"], one["code"]) for one in outcome.json["problems"]] == [
        ("D1", "sheet_of_trainee"), ("D1", "judge_sheet_missing")]
    assert set(values(db, "num_adjs").values()) == {0}


def test_a_sheet_of_a_trainee_in_an_archive_is_a_warning(tmp_path: Path) -> None:
    document = voting_archive()
    debate = document["rounds"][0]["debates"][0]
    debate["ballots"][0]["sheets"].append(sheet("A9", flat(73), flat(76)))
    file = written(tmp_path / "votes.json", document)
    found = call("import", tmp_path / "votes.tabapp", file, "--json").json["problems"]
    assert ("sheet_of_trainee", "warning") in [(one["code"], one["level"]) for one in found]
    done("import", tmp_path / "votes.tabapp", file, "--accept-warnings")
    assert values(tmp_path / "votes.tabapp", "num_adjs")["T1"] == 2


def test_elimination_rounds_are_won_by_votes_without_marks(tmp_path: Path) -> None:
    document = voting_archive(speakers_in_ballots="prelim")
    document["break_categories"] = [{"id": "B1", "slug": "open", "size": 2, "general": True}]
    final = document["rounds"].pop()
    final |= {"stage": "elimination", "draw_type": "elimination", "break_category": "open",
              "completed": False, "debates": final["debates"][1:]}
    final["debates"][0] |= {"status": "none", "ballots": []}
    document["rounds"].append(final)
    db = tmp_path / "out.tabapp"
    done("import", db, written(tmp_path / "out.json", document), "--accept-warnings")
    ticks = [{"adjudicator": "A2", "winners": ["neg"]}, {"adjudicator": "A3", "winners": ["aff"]}]
    entry = {"round": 2, "debate": "D4", "sheets": ticks}
    assert done("ballot", db, written(tmp_path / "b.json", [entry]))["entered"] == 1
    (debate,) = export(db)["rounds"][1]["debates"]
    assert debate["status"] == "confirmed"
    assert done("check", db)["ok"]
