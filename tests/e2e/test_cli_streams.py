"""Signals, pipes, full disks, odd encodings: what only a real process meets."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e.program import (
    Program,
    Word,
    call,
    command_line,
    done,
    environment,
    export,
    written,
)

posix = pytest.mark.skipif(sys.platform == "win32", reason="shells and signals of POSIX")


@posix
def test_a_reader_that_has_read_enough_is_no_fault(program: Program) -> None:
    outcome = program.shell('"$@" | head -1', "presets", "--json")
    assert (outcome.out, outcome.err) == ("[\n", "")
    gone = program.shell('"$@" | true', "presets", "--json")
    assert (gone.code, gone.err) == (1, "")


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a full device is a thing of Linux")
def test_a_full_disk_is_told_in_one_sentence(program: Program, played: Path) -> None:
    for words in (["standings", played, "--json"], ["--version"]):
        outcome = program.shell('"$@" > /dev/full', *words)
        assert outcome.code == 1
        assert "could not be written" in outcome.err
        assert len(outcome.err.splitlines()) == 1


@posix
def test_closed_streams_do_not_stop_the_work(program: Program, tmp_path: Path) -> None:
    db = tmp_path / "x.tabapp"
    outcome = program.shell('"$@" <&- >&- 2>&-', "new", db, "--name", "X", "--json")
    assert outcome.code == 0
    assert done("check", db)["ok"]


def test_an_encoding_without_the_letters_spoils_nothing(
    program: Program, played: Path
) -> None:
    archive = export(played)
    names = ["Zürich", "日本"]
    for team, name in zip(archive["teams"], names, strict=False):
        team["name"] = name
    db = played.with_name("x.tabapp")
    done("import", db, written(played.with_name("a.json"), archive))
    document = program("standings", db, "--json", PYTHONIOENCODING="ascii")
    assert document.code == 0
    assert set(names) <= {row["name"] for row in document.json["rows"]}
    table = program("standings", db, PYTHONIOENCODING="ascii")
    assert table.code == 0
    assert "\\u65e5" in table.out


@posix
def test_an_interrupted_rehearsal_is_whole_rounds_or_none(
    program: Program, tmp_path: Path
) -> None:
    file, db = tmp_path / "a.json", tmp_path / "x.tabapp"
    done("generate", file, "--teams", 88, "--rounds", 9, "--seed", 2)
    archive = json.loads(file.read_bytes())
    for one in archive["rounds"]:
        one |= {"debates": [], "status": "none", "completed": False}
    done("import", db, written(file, archive))
    process = subprocess.Popen(
        command_line("simulate", db, "--rounds", "1-9", "--seed", 1, "--json"),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=environment(program.cache))
    states: list[str] = []
    while process.poll() is None and not (  # by then all that jobs need is loaded, and one runs
        "success" in states and len(states) > 1
    ):
        states = [one["status"] for one in done("job", "history", db)]
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, "")
    assert "Interrupted" in err
    assert "Traceback" not in err
    runs = done("job", "history", db)
    assert runs[0]["status"] == "cancelled"
    assert {one["status"] for one in runs[1:]} <= {"success"}
    for one in export(db)["rounds"]:
        assert len(one["debates"]) in (0, 22)
        assert sum(len(debate["ballots"]) for debate in one["debates"]) in (0, 22)
    assert done("check", db)["ok"]
    first = next(one for one in export(db)["rounds"] if not one["completed"])
    assert done("simulate", db, "--rounds", first["seq"], "--seed", 1)


def test_a_home_that_cannot_be_used_costs_the_log_and_not_the_work(
    program: Program, played: Path
) -> None:
    blocked = played.with_name("file")
    blocked.touch()
    outcome = program("standings", played, "--json", TABAPP_HOME=str(blocked / "home"))
    assert (outcome.code, len(outcome.json["rows"])) == (0, 16)
    assert len(outcome.err.splitlines()) == 1
    assert os.fspath(blocked) in outcome.err


def test_an_import_that_fails_while_it_stores_leaves_no_file(
    archive_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_named: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("tabapp.services.exchange.add", fail)
    calls: list[list[Word]] = [["import", "DB", archive_file], ["new", "DB", "--name", "X"]]
    for words in calls:
        db = tmp_path / "x.tabapp"
        outcome = call(*(db if word == "DB" else word for word in words))
        assert (outcome.code, outcome.out) == (130, "")
        assert list(tmp_path.iterdir()) == []
