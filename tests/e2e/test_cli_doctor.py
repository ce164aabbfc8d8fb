"""``doctor``: the shape of its answer, its exit codes, and that it changes nothing."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabapp.core.errors import UserError
from tabapp.core.settings import Folders
from tabapp.domain.health import Finding
from tabapp.gui.display import Probes, display_problem
from tabapp.services import program_checks
from tabapp.services.health_checks import Surroundings
from tests.e2e.program import call, done

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def named(document: object) -> dict[str, dict[str, str]]:
    assert isinstance(document, dict)
    return {one["name"]: one for one in document["checks"]}


# --- the command -------------------------------------------------------------------------------


def test_the_answer_has_its_shape() -> None:
    document = done("doctor")
    assert document.keys() == {"ok", "checks"}
    assert document["ok"] is True
    for one in document["checks"]:
        assert one.keys() == {"name", "status", "detail", "fix"}
        assert one["status"] in ("passed", "attention", "problem")
        assert one["detail"]
        assert not one["detail"].startswith("doctor_")
    assert {"program", "libraries", "window_library", "fonts", "folders", "disk", "time_zones",
            "clock"} <= named(document).keys()


def test_a_sound_database_is_looked_at_through_and_through(played: Path) -> None:
    document = done("doctor", played)
    found = named(document)
    assert {"integrity", "references", "schema", "journal", "programs", "results", "tables"} <= (
        found.keys())
    assert {one["status"] for one in found.values()} <= {"passed", "attention"}
    assert found["results"]["status"] == "passed"


def test_a_table_tells_people_the_same(played: Path) -> None:
    outcome = call("doctor", played)
    assert outcome.code == 0
    assert "Every stored result is what its ballots say." in outcome.out
    assert "Nothing is wrong." in outcome.out


def test_looking_changes_nothing(played: Path) -> None:
    def content() -> object:
        with closing(sqlite3.connect(played)) as connection:
            return list(connection.iterdump())

    before = content()
    done("doctor", played)
    assert content() == before
    assert [one.name for one in played.parent.iterdir()] == [played.name]


def test_a_damaged_file_is_a_problem_with_a_way_out(played: Path) -> None:
    data = bytearray(played.read_bytes())
    for start in range(8192, len(data), 4096):
        data[start:start + 100] = b"\xff" * 100
    played.write_bytes(data)
    outcome = call("doctor", played, "--json")
    assert outcome.code == 3
    assert outcome.json["ok"] is False
    wrong = [one for one in outcome.json["checks"] if one["status"] == "problem"]
    assert {one["name"] for one in wrong} <= {"integrity", "database"}
    assert wrong
    assert all(one["fix"] for one in wrong)


@pytest.mark.parametrize("name", ["missing.tabapp", "text.tabapp", "folder.tabapp"])
def test_what_is_no_database_is_a_problem_and_no_crash(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.tabapp").write_text("hello\n" * 100)
    (tmp_path / "folder.tabapp").mkdir()
    outcome = call("doctor", tmp_path / name, "--json")
    assert outcome.code == 3
    assert named(outcome.json)["database"]["status"] == "problem"
    assert not (tmp_path / "missing.tabapp").exists()


@pytest.mark.parametrize(("revision", "status", "code"), [("0001", "attention", 0),
                                                          ("9999", "problem", 3)])
def test_another_schema_is_told_and_left_as_it_is(
    played: Path, revision: str, status: str, code: int
) -> None:
    with closing(sqlite3.connect(played)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.commit()
    outcome = call("doctor", played, "--json")
    assert (outcome.code, named(outcome.json)["schema"]["status"]) == (code, status)
    with closing(sqlite3.connect(played)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (
            revision,)


def test_a_stored_result_that_is_not_its_ballots_is_found(played: Path) -> None:
    with closing(sqlite3.connect(played)) as connection:
        connection.execute("UPDATE result_team SET points = points + 1")
        connection.commit()
    outcome = call("doctor", played, "--json")
    assert outcome.code == 3
    assert named(outcome.json)["results"]["status"] == "problem"


def test_a_stored_table_that_is_older_than_the_ballots_is_told(played: Path) -> None:
    done("job", "run", played, "standings.recalculate")
    assert named(done("doctor", played))["tables"]["status"] == "passed"
    with closing(sqlite3.connect(played)) as connection:
        connection.execute("UPDATE standing SET place = place + 1 WHERE kind = 'teams'")
        connection.commit()
    found = named(done("doctor", played))["tables"]
    assert (found["status"], "teams" in found["detail"]) == ("attention", True)


def test_a_journal_with_a_hole_is_told(played: Path) -> None:
    with closing(sqlite3.connect(played)) as connection:
        connection.execute(
            "INSERT INTO change (action_id, n, table_name, row_id) VALUES (99999, 1, 'team', 1)")
        connection.commit()
    outcome = call("doctor", played, "--json")
    assert (outcome.code, named(outcome.json)["journal"]["status"]) == (3, "problem")


def test_nothing_of_the_window_is_loaded(played: Path) -> None:
    code = (
        "import json, sys\n"
        "from tabapp.app import start\n"
        "assert start(sys.argv[1:]) == 0\n"
        "print('\\n' + json.dumps([*sys.modules]))\n")
    ended = subprocess.run(
        [sys.executable, "-c", code, "doctor", str(played), "--json"], capture_output=True,
        text=True, check=True, timeout=60)
    loaded = {one.partition(".")[0] for one in json.loads(ended.stdout.splitlines()[-1])}
    assert loaded.isdisjoint({"PySide6", "shiboken6"})


# --- the checks of the program -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("version", "python", "status"),
    [
        ((6, 11, 3), (3, 11), "passed"), ((6, 12, 0), (3, 11), "problem"),
        ((6, 12, 0), (3, 12), "passed"), ((7, 0), (3, 11), "problem"),
    ],
)
def test_a_library_of_the_window_that_would_crash_is_a_problem(
    version: tuple[int, ...], python: tuple[int, int], status: str
) -> None:
    found = program_checks.window_library({program_checks.WINDOW: version}, python)
    assert found.status == status


def test_missing_and_old_libraries_are_named() -> None:
    there = dict(program_checks.WANTED)
    assert program_checks.libraries(there).status == "passed"
    there["SQLAlchemy"] = (1, 4)
    del there["scipy"]
    found = program_checks.libraries(there)
    assert found.status == "problem"
    assert {"SQLAlchemy", "scipy"} <= set(found.sentence.rstrip(".").replace(",", "").split())


def test_a_frozen_build_has_its_libraries_although_it_knows_few_versions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)
    known = {"numpy": program_checks.WANTED["numpy"]}
    assert program_checks.libraries(known).status == "passed"


def test_an_old_python_or_sqlite_is_a_problem() -> None:
    assert program_checks.python((3, 11, 4), (3, 40, 1)).status == "passed"
    assert program_checks.python((3, 10, 4), (3, 40, 1)).status == "problem"
    assert program_checks.python((3, 11, 4), (3, 31, 1)).status == "problem"


def test_folders_that_cannot_be_written_are_a_problem(tmp_path: Path) -> None:
    folders = Folders.find({"TABAPP_HOME": str(tmp_path / "not" / "there")})
    good = program_checks.folders_of_the_program(folders, Surroundings())
    assert [one.status for one in good] == ["passed", "passed"]
    bad = program_checks.folders_of_the_program(folders, Surroundings(writable=lambda _p: False))
    assert bad[0].status == "problem"


def test_a_zone_that_nobody_knows_is_a_problem() -> None:
    assert program_checks.time_zones(("UTC", "Europe/Nowhere")).status == "problem"


@pytest.mark.parametrize(
    ("now", "status"),
    [(NOW, "passed"), (datetime(1970, 1, 1, tzinfo=UTC), "problem"),
     (datetime(2108, 1, 1, tzinfo=UTC), "problem")],
)
def test_a_clock_that_cannot_be_right_is_a_problem(now: datetime, status: str) -> None:
    assert program_checks.wall_clock(now).status == status


def loads_nothing(name: str) -> object:
    raise OSError(f"{name}: cannot open shared object file")


def test_a_missing_display_is_no_fault_and_a_missing_library_is_one() -> None:
    none = display_problem({}, Probes(system="linux"))
    assert isinstance(none, UserError)
    assert program_checks.display_libraries(none).status == "attention"
    broken = display_problem(
        {"DISPLAY": ":0"}, Probes(load=loads_nothing, plugins=Path("/p"), system="linux"))
    found = program_checks.display_libraries(broken)
    assert found.status == "problem"
    assert found.fix
    assert program_checks.display_libraries(display_problem({}, Probes(system="darwin"))) == (
        Finding("display", "passed", "A window can come up here."))
