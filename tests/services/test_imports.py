"""What an import finds is told all at once, and only what was looked at is stored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tabapp.app import open_workspace
from tabapp.core.errors import ProblemsFound
from tabapp.services import imports
from tabapp.services.imports import ImportEntry, Reading, ReadingStopped
from tests.builders import small_archive


def write(folder: Path, document: dict[str, Any], name: str = "small.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def read(folder: Path, document: dict[str, Any]) -> Reading:
    return imports.read([write(folder, document)])


def wheres(entry: ImportEntry, taken: frozenset[str] = frozenset()) -> list[str]:
    return [one.where for one in imports.check_entry(entry, taken)]


def test_errors_come_before_warnings_and_both_are_counted(tmp_path: Path) -> None:
    document = small_archive()
    document["tournament"]["settings"] = {"no_such_thing": 1}
    document["speakers"][0]["team"] = "T99"
    found = read(tmp_path, document)
    assert [one.level for one in found.problems] == sorted(one.level for one in found.problems)
    assert found.number("error") == 1
    assert found.number("warning") >= 1
    assert not found.has_more("error")


def test_a_flood_of_problems_is_counted_as_more_than_are_listed(tmp_path: Path) -> None:
    document = small_archive()
    document["speakers"] += [
        {"id": f"X{n}", "name": f"X {n}", "team": "T99"} for n in range(300)
    ]
    found = read(tmp_path, document)
    assert found.number("error") == 200
    assert found.has_more("error")


def test_a_missing_name_in_commands_is_asked_for_instead_of_refused(tmp_path: Path) -> None:
    document = small_archive()
    document["tournament"]["slug"] = " "
    found = read(tmp_path, document)
    assert found.archive is not None
    assert found.problems == ()
    assert wheres(ImportEntry("Small", found.archive.tournament.slug)) == ["slug"]


def test_names_and_the_file_are_checked_each_at_its_field(tmp_path: Path) -> None:
    there = write(tmp_path, {}, "there.tabapp")
    assert wheres(ImportEntry("Small", "small", str(tmp_path / "new.tabapp"))) == []
    assert wheres(ImportEntry(" ", "a b", str(there))) == ["name", "slug", "path"]
    assert wheres(ImportEntry("Small", "small", "~nobody-of-that-name/x.tabapp")) == ["path"]
    taken = frozenset({"small"})
    assert wheres(ImportEntry("Small", "small"), taken) == ["slug"]
    # in a new file there is nobody beside it
    assert wheres(ImportEntry("Small", "small", str(tmp_path / "new.tabapp")), taken) == []


def test_a_document_is_stored_under_the_names_that_were_typed(tmp_path: Path) -> None:
    found = read(tmp_path, small_archive())
    assert found.archive is not None
    with open_workspace(tmp_path / "db.tabapp", create=True) as work:
        wanted = imports.wanted_of(found.archive, ImportEntry(" Harbour  Cup ", "harbour"))
        owner = imports.add_beside(work, wanted.archive)
        assert (owner.slug, owner.name, wanted.path) == ("harbour", "Harbour Cup", None)
        again = imports.read(found.sources, workspace=work)
        assert again.taken == {"harbour"}
        with pytest.raises(ProblemsFound) as refused:
            imports.add_beside(work, wanted.archive)
        assert [one.code for one in refused.value.problems] == ["slug_taken"]


def test_a_source_that_was_changed_is_known_and_one_that_is_gone_does_no_harm(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, small_archive())
    assert not imports.is_changed(found)
    write(tmp_path, small_archive(12))
    assert imports.is_changed(found)
    found.sources[0].unlink()
    assert not imports.is_changed(found)


def test_a_file_added_to_a_folder_is_a_change(tmp_path: Path) -> None:
    folder = tmp_path / "csv"
    folder.mkdir()
    write(folder, {}, "teams.csv")
    found = imports.read([folder])
    write(folder, {}, "rooms.csv")
    assert imports.is_changed(found)


def test_the_reading_can_be_stopped(tmp_path: Path) -> None:
    def stop(done: int, _total: int) -> None:
        if done:
            raise ReadingStopped

    with pytest.raises(ReadingStopped):
        imports.read([write(tmp_path, small_archive())], tick=stop)
