"""Tables written to files by the command line."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tabapp.services.exports import WHATS
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
    found = json.loads((tmp_path / "t.json").read_text())
    assert [{key: one[key] for key in table["rows"][0]} for one in found] == table["rows"]
    assert all(one["team"] for one in found)


@pytest.mark.parametrize(
    ("what", "suffix"),
    [*((one, ".pdf") for one in WHATS),
     *(("results", one) for one in (".csv", ".xlsx", ".json", ".html"))])
def test_everything_goes_into_every_kind_of_file(
    what: str, suffix: str, played: Path, tmp_path: Path
) -> None:
    file = tmp_path / f"{what}{suffix}"
    said = done("export", played, what, "-o", file)
    assert set(said) == {"file", "rows"}
    assert said["rows"] > 0 or what == "replies"
    assert file.stat().st_size > (0 if what == "replies" else 100)
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".part"] == []


def test_a_table_of_another_kind_of_file_is_refused(played: Path, tmp_path: Path) -> None:
    assert ".csv" in refused("export", played, "teams", "-o", tmp_path / "t.doc")
    assert not (tmp_path / "t.doc").exists()


@pytest.mark.parametrize("what", ["feedback", "debatexml"])
def test_what_cannot_be_exported_yet_is_said(what: str, played: Path, tmp_path: Path) -> None:
    assert what in refused("export", played, what, "-o", tmp_path / "t.csv")


def test_what_is_not_released_is_refused_with_the_setting_that_releases_it(
    played: Path, tmp_path: Path
) -> None:
    said = refused("export", played, "teams", "-o", tmp_path / "t.html", "--public")
    assert "Publish the team tab" in said
    said = refused("export", played, "archive", "-o", tmp_path / "t.json", "--public")
    assert "--public" in said
    assert list(tmp_path.glob("t.*")) == []


def test_a_folder_that_is_not_there_is_named(played: Path, tmp_path: Path) -> None:
    file = tmp_path / "no" / "t.pdf"
    assert str(file) in refused("export", played, "teams", "-o", file)
    folder = tmp_path / "folder.csv"
    folder.mkdir()
    assert "folder.csv" in refused("export", played, "teams", "-o", folder)


def test_a_side_is_called_as_the_settings_call_it(tmp_path: Path) -> None:
    db, file = tmp_path / "w.tabapp", tmp_path / "t.csv"
    done("generate", tmp_path / "w.json", "--preset", "wsdc", "--teams", 8, "--rounds", 2)
    done("import", db, tmp_path / "w.json")
    done("export", db, "teams", "-o", file)
    with file.open(encoding="utf-8-sig", newline="") as rows:
        assert {row["R1 side"] for row in csv.DictReader(rows)} == {"Prop", "Opp"}


def test_what_writes_files_is_loaded_when_a_file_is_written() -> None:
    code = (
        "import sys; from tabapp.app import start\n"
        "try: start(['--version'])\n"
        "finally:\n"
        "    import tabapp.cli.results, tabapp.cli.tournaments\n"
        "    print({'typst', 'xlsxwriter', 'pypdfium2'} & {*sys.modules})\n")
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2])
    assert ended.stdout.strip().endswith("set()"), (ended.stdout, ended.stderr)
