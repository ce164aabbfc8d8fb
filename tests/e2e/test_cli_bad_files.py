"""Files that are damaged, foreign or hostile are refused in one sentence and left as they were."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.builders import small_archive
from tests.e2e.program import Word, call, done, refused, written

Doc = dict[str, Any]


def other_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE song (title TEXT)")
    connection.close()


def overwritten(path: Path, whole: bytes) -> None:
    data = bytearray(whole)
    for start in range(4096, len(data), 4096):
        data[start:start + 200] = b"\xff" * 200
    path.write_bytes(data)


def future(path: Path, whole: bytes) -> None:
    path.write_bytes(whole)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()


NO_DATABASES: dict[str, tuple[Callable[[Path, bytes], object], str]] = {
    "missing": (lambda path, whole: None, "no database"),
    "text": (lambda path, whole: path.write_text("hello\n" * 50), "not a tournament file"),
    "empty": (lambda path, whole: path.write_bytes(b""), "not a tournament file"),
    "folder": (lambda path, whole: path.mkdir(), "not a tournament file"),
    "foreign": (lambda path, whole: other_program(path), "not a tournament file"),
    "header only": (lambda path, whole: path.write_bytes(whole[:100]), "damaged"),
    "cut": (lambda path, whole: path.write_bytes(whole[:50_000]), "damaged"),
    "overwritten": (overwritten, "damaged"),
    "newer": (future, "newer version"),
    "below a file": (lambda path, whole: path.parent.joinpath("f").write_text(""), ""),
}
CALLS: tuple[tuple[str, ...], ...] = (
    ("standings", "DB"), ("draw", "DB", "1"), ("check", "DB"), ("job", "history", "DB"),
    ("export", "DB", "archive", "-o", "OUT"), ("simulate", "DB", "--rounds", "1"),
)


def state(path: Path) -> object:
    return path.read_bytes() if path.is_file() else path.exists()


def kinds(*left_out: str) -> list[str]:
    """Return the kinds of files that are none of ours."""
    return [kind for kind in NO_DATABASES if kind not in left_out]


@pytest.mark.parametrize("kind", kinds())
def test_what_is_no_tournament_file_is_refused_and_left_alone(
    kind: str, played: Path, tmp_path: Path
) -> None:
    make, reason = NO_DATABASES[kind]
    db = tmp_path / "x.tabapp"
    make(db, played.read_bytes())
    if kind == "below a file":
        db = tmp_path / "f" / "x.tabapp"
    before = state(db)
    for words in CALLS:
        filled = [{"DB": str(db), "OUT": str(tmp_path / "out.json")}.get(w, w) for w in words]
        message = refused(*filled, "--json")
        assert reason in message
        assert len(message.splitlines()) == 1
        assert str(db) in message
    assert state(db) == before
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("kind", kinds("missing", "empty"))
def test_nothing_is_made_or_imported_into_what_is_no_tournament_file(
    kind: str, played: Path, archive_file: Path, tmp_path: Path
) -> None:
    db = tmp_path / "x.tabapp"
    NO_DATABASES[kind][0](db, played.read_bytes())
    if kind == "below a file":
        db = tmp_path / "f" / "x.tabapp"
    before = state(db)
    refused("new", db, "--name", "X")
    refused("import", db, archive_file)
    assert state(db) == before


def test_an_empty_file_is_a_place_for_a_new_tournament(
    archive_file: Path, tmp_path: Path
) -> None:
    calls: list[list[Word]] = [["new", "DB", "--name", "X"], ["import", "DB", archive_file]]
    for words in calls:
        db = tmp_path / f"{words[0]}.tabapp"
        db.touch()
        assert call(*(db if word == "DB" else word for word in words)).code == 0
        assert done("check", db)["ok"]


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "://"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert "address" in refused("standings", url)


def test_a_url_is_as_good_as_a_path(played: Path, archive_file: Path, tmp_path: Path) -> None:
    assert done("standings", f"sqlite:///{played}") == done("standings", played)
    url = f"sqlite:///{tmp_path / 'new.tabapp'}"
    done("import", url, archive_file, "--dry-run")
    assert not (tmp_path / "new.tabapp").exists()
    done("import", url, archive_file)
    assert done("check", url)["ok"]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE t [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 9))
    + ']><tournament name="&a8;"/>'
)
SOURCES: dict[str, tuple[bytes | None, str]] = {
    "missing.xml": (None, "import_file_missing"),
    "empty.json": (b"", "import_file_empty"),
    "blank.xml": (b" \n ", "import_file_empty"),
    "half.json": (b'{"format": "tabapp-archive", "teams": [{"id": "T1', "import_bad_json"),
    "list.json": (b"[]", "import_not_archive"),
    "other.json": (b'{"format": "gpx"}', "import_not_archive"),
    "newer.json": (b'{"format": "tabapp-archive", "version": 2}', "import_newer_version"),
    "nan.json": (b'{"format": "tabapp-archive", "x": NaN}', "import_not_a_number"),
    "deep.json": (b"[" * 100_000, "import_too_deep"),
    "latin.json": ('{"name": "Zürich"}'.encode("latin-1"), "import_not_utf8"),
    "broken.xml": (b'<tournament name="x"><round></tournament>', "debatexml_broken"),
    "root.xml": (b"<gpx/>", "debatexml_wrong_root"),
    "bomb.xml": (BOMB.encode(), "debatexml_forbidden"),
    "entity.xml": (
        b'<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]><tournament>&a;</tournament>',
        "debatexml_forbidden"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "import_unknown_kind"),
    "notes.txt": (b"hello", "import_unknown_kind"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_cannot_be_read_makes_no_database(name: str, tmp_path: Path) -> None:
    data, code = SOURCES[name]
    source, db = tmp_path / name, tmp_path / "x.tabapp"
    if data is not None:
        source.write_bytes(data)
    for more in ([], ["--accept-warnings"], ["--dry-run"]):
        outcome = call("import", db, source, *more, "--json")
        assert outcome.code == 3
        document = outcome.json
        assert (document["tournament"], document["created"]) == (None, {})
        assert {one["level"] for one in document["problems"]} == {"error"}
        assert document["problems"][0]["code"] == code
        assert document["problems"][0]["message"] in outcome.err
        assert not db.exists()


def test_a_folder_and_several_files_are_refused(archive_file: Path, tmp_path: Path) -> None:
    for sources in ([tmp_path], [archive_file, archive_file]):
        assert call("import", tmp_path / "x.tabapp", *sources, "--json").code == 3
    assert list(tmp_path.iterdir()) == []


def change(path: str, value: object) -> Callable[[Doc], object]:
    """Return a change of one place, such as ``teams.0.name``."""

    def apply(document: Doc) -> None:
        *way, last = path.split(".")
        here: Any = document
        for step in way:
            here = here[int(step) if isinstance(here, list) else step]
        here[int(last) if isinstance(here, list) else last] = value

    return apply


def again(document: Doc) -> None:
    document["rounds"].append(document["rounds"][0])


def team_in_two_rooms(document: Doc) -> None:
    first, second = document["rounds"][0]["debates"]
    first["sides"][0]["team"] = second["sides"][0]["team"]


ERRORS: dict[str, tuple[Callable[[Doc], object], str]] = {
    "team unknown": (change("rounds.0.debates.0.sides.0.team", "T99"), "import_unknown_reference"),
    "speaker's team unknown": (change("speakers.0.team", "T99"), "import_unknown_reference"),
    "room unknown": (change("rounds.0.debates.0.venue", "V99"), "import_unknown_reference"),
    "judge unknown": (
        change("rounds.0.debates.0.panel.0.adjudicator", "A99"), "import_unknown_reference"),
    "id twice": (change("teams.1.id", "T1"), "import_duplicate_id"),
    "round twice": (again, "import_duplicate_id"),
    "number of a round twice": (change("rounds.1.seq", 1), "import_duplicate_seq"),
    "team in two rooms": (team_in_two_rooms, "import_team_in_two_rooms"),
    "judge in two rooms": (
        change("rounds.0.debates.0.panel.0.adjudicator", "A2"), "import_judge_in_two_rooms"),
    "no such preset": (change("tournament.preset", "chess"), "unknown_preset"),
    "no such stage": (change("rounds.0.stage", "halves"), "import_wrong_value"),
    "text for a number": (change("teams.0.seed", "first"), "import_wrong_value"),
    "number beyond all": (change("teams.0.seed", 2**63), "import_number_too_large"),
    "no slug": (change("tournament.slug", ""), "import_blank_slug"),
    "setting of a wrong kind": (
        change("tournament.settings", {"score_min": "low"}), "setting_not_a_number"),
}


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_in_an_archive_keeps_all_of_it_out(
    name: str, played: Path, tmp_path: Path
) -> None:
    spoil, code = ERRORS[name]
    document = small_archive(8, 2)
    spoil(document)
    source, fresh = written(tmp_path / "a.json", document), tmp_path / "x.tabapp"
    before = played.read_bytes()
    for db in (fresh, played):
        outcome = call("import", db, source, "--accept-warnings", "--json")
        assert outcome.code == 3
        assert outcome.json["created"] == {}
        found = [one["code"] for one in outcome.json["problems"] if one["level"] == "error"]
        assert code in found
    assert not fresh.exists()
    assert played.read_bytes() == before


WARNINGS: dict[str, tuple[Callable[[Doc], object], str]] = {
    "unknown setting": (change("tournament.settings", {"colour": "red"}), "unknown_setting"),
    "score out of range": (
        change("rounds.0.debates.0.ballots.0.sheets.0.sides.0.speeches.0.score", 120),
        "score_out_of_range"),
    "score off step": (
        change("rounds.0.debates.0.ballots.0.sheets.0.sides.0.speeches.0.score", 76.5),
        "score_off_step"),
    "no chair": (change("rounds.0.debates.0.panel.0.role", "panellist"), "import_no_chair"),
    "break without a bracket": (
        change("break_categories.0.size", 7), "import_size_without_bracket"),
}


@pytest.mark.parametrize("name", WARNINGS)
def test_a_warning_keeps_an_archive_out_until_it_is_accepted(name: str, tmp_path: Path) -> None:
    spoil, code = WARNINGS[name]
    document = small_archive(8, 2)
    spoil(document)
    source, db = written(tmp_path / "a.json", document), tmp_path / "x.tabapp"
    first = call("import", db, source, "--json")
    assert (first.code, first.json["created"], db.exists()) == (3, {}, False)
    assert code in {one["code"] for one in first.json["problems"]}
    second = call("import", db, source, "--accept-warnings", "--json")
    assert (second.code, second.json["problems"]) == (0, first.json["problems"])
    assert second.json["created"]["teams"] == 8
    assert done("standings", db)["rows"]


def test_names_in_any_script_and_length_come_back_as_they_went_in(tmp_path: Path) -> None:
    document = small_archive(8, 1)
    names = ["日本語 ☃ 𝔘", "a" * 5000, "[bold]x[/nope]", "Ünï\u202e\u0301",
             "'; DROP TABLE team; --", "line\nbreak\ttab", "🧑‍⚖️ judge", "\x1b[31mred"]
    for team, name in zip(document["teams"], names, strict=True):
        team["name"] = name
    db = tmp_path / "日本 ü.tabapp"
    done("import", db, written(tmp_path / "ä b.json", document))
    table = done("standings", db)
    assert {row["name"] for row in table["rows"]} == set(names)
    out = tmp_path / "ö.json"
    done("export", db, "archive", "-o", out)
    assert {team["name"] for team in json.loads(out.read_bytes())["teams"]} == set(names)
    shown = call("standings", db)
    assert shown.code == 0
    assert "[bold]x[/nope]" in shown.out
    assert "\x1b" not in shown.out
    assert len(shown.out.splitlines()) == 13
