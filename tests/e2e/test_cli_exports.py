"""Tables written to files by the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.e2e.program import done, refused


@pytest.mark.parametrize("what", ["teams", "speakers", "adjudicators"])
def test_a_table_as_csv_is_that_of_the_standings(what: str, played: Path, tmp_path: Path) -> None:
    said = done("export", played, what, "-o", tmp_path / "t.csv")
    table = done("standings", played, "--kind", what)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert said == {"file": str(tmp_path / "t.csv"), "rows": len(rows)}
    assert [(row["Name"], row["Rank"]) for row in rows] == [
        (row["name"], str(row["rank"])) for row in table["rows"]]


def test_a_table_as_json_keeps_numbers_in_full(played: Path, tmp_path: Path) -> None:
    done("export", played, "speakers", "-o", tmp_path / "t.json", "--until", 2)
    table = done("standings", played, "--kind", "speakers", "--until", 2)
    assert json.loads((tmp_path / "t.json").read_text()) == table["rows"]


def test_a_table_of_another_kind_of_file_is_refused(played: Path, tmp_path: Path) -> None:
    assert ".csv" in refused("export", played, "teams", "-o", tmp_path / "t.pdf")
    assert not (tmp_path / "t.pdf").exists()


def test_what_cannot_be_exported_yet_is_said(played: Path, tmp_path: Path) -> None:
    assert "feedback" in refused("export", played, "feedback", "-o", tmp_path / "t.csv")
