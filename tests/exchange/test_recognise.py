"""Sources are recognised by what is in them and read within bounds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tabapp.exchange import read_source, recognise_kind
from tests.builders import small_archive
from tests.exchange.debatexml_samples import bp_file


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def only_code(paths: list[Path], kind: str | None = None) -> str:
    imported = read_source(paths, kind)
    assert imported.archive is None
    assert [problem.level for problem in imported.problems] == ["error"]
    return imported.problems[0].code


def test_an_archive_and_a_debatexml_are_read_whatever_they_are_called(tmp_path: Path) -> None:
    archive = write(tmp_path, "a.xml", json.dumps(small_archive()).encode())
    xml = write(tmp_path, "b.json", b"\xef\xbb\xbf" + bp_file())
    assert (read_source([archive]).kind, read_source([xml]).kind) == ("archive", "debatexml")
    assert read_source([archive]).problems == read_source([xml]).problems == ()


def test_progress_is_reported_and_can_cancel(tmp_path: Path) -> None:
    path = write(tmp_path, "a.json", json.dumps(small_archive()).encode())
    seen: list[tuple[int, int]] = []
    read_source([path], tick=lambda done, total: seen.append((done, total)))
    assert seen == [(0, 2), (1, 2), (2, 2)]

    def cancel(done: int, _total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_source([path], tick=cancel)


def test_a_folder_of_tables_is_read_and_a_table_alone_not_yet(tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    table = write(folder, "Teams.CSV", b"reference\nA\n")
    assert recognise_kind(folder) == "tabbycat-csv"
    assert recognise_kind(table) == "table"
    other = write(folder, "rounds.csv", b"name\nRound 1\n")
    for sources in ([folder], [table, other]):
        archive = read_source(sources).archive
        assert archive is not None
        assert (len(archive.teams), len(archive.rounds)) == (1, 1)
        assert archive.tournament.slug == "csv"
    assert only_code([table]) == "import_kind_not_available"
    alone = read_source([table], "tabbycat-csv").archive
    assert alone is not None
    assert (len(alone.teams), len(alone.rounds)) == (1, 0)
    assert only_code([write(tmp_path, "a.json", b"{}")], "tabbycat-csv") == "csv_not_folder"


def test_a_folder_of_other_tables_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "shopping.csv", b"what\nmilk\n")
    assert only_code([tmp_path]) == "csv_no_known_file"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import_file_empty"),
        (b" \n\t", "import_file_empty"),
        (b"plain words", "import_unknown_kind"),
        (b"\x00\x01\x02\x03", "import_unknown_kind"),
        (b"\x89PNG\r\n", "import_unknown_kind"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, data: bytes, code: str) -> None:
    assert only_code([write(tmp_path, "f.bin", data)]) == code


def test_a_kind_that_was_named_is_believed(tmp_path: Path) -> None:
    path = write(tmp_path, "f", bp_file())
    assert only_code([path], "archive") == "import_bad_json"
    assert only_code([path], "spreadsheet") == "import_no_such_kind"
    assert only_code([write(tmp_path, "g", b" ")], "archive") == "import_file_empty"


def test_paths_that_lead_to_no_file_are_told(tmp_path: Path) -> None:
    assert only_code([]) == "import_nothing_given"
    assert only_code([tmp_path / "nothing.json"]) == "import_file_missing"
    assert only_code([tmp_path]) == "import_is_folder"
    assert only_code([tmp_path], "archive") == "import_is_folder"
    assert only_code([Path("a\x00b")]) in {"import_file_missing", "import_file_unreadable"}
    assert only_code([tmp_path / ("x" * 5000)]) in {
        "import_file_missing", "import_file_unreadable",
    }
    path = write(tmp_path, "a.json", b"{}")
    assert only_code([path, path]) == "import_one_file_only"


def test_a_file_that_is_too_large_is_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabapp.exchange.bounded.LARGEST", 1000)
    assert only_code([write(tmp_path, "a.json", b"{" + b" " * 1000)]) == "import_file_too_large"
