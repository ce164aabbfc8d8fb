"""People at the keyboard by commands alone, as when a PIN is forgotten."""

from __future__ import annotations

import getpass
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tabapp.app import open_workspace, start
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.services.operators import check_pin, list_operators, unseen_resets
from tabapp.store.operator_rows import insert_operator
from tests.e2e.program import Program, call, done, export, keys, refused, written


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.tabapp"
    done("new", path, "--name", "Open", "--rounds", 2)
    return path


@pytest.fixture
def staffed(db: Path) -> Path:
    done("operator", "add", db, "Ann", stdin=b"1234\n")
    done("operator", "add", db, "Bea Kim", "--role", "volunteer", stdin=b"5678\n")
    return db


def listed(db: Path) -> dict[str, Any]:
    return {row["name"]: row for row in done("operator", "list", db)}


def signs_in(db: Path, name: str, pin: str) -> str:
    """Return "" where the PIN is right, else the code of the refusal."""
    with open_workspace(db) as work:
        with work.database.read() as unit:
            who = next(one for one in list_operators(unit, gone=True) if one.name == name)
        try:
            check_pin(work.database, who.id, pin, SystemClock().now())
        except UserError as error:
            return error.code
    return ""


def test_a_new_file_lists_nobody(db: Path) -> None:
    assert done("operator", "list", db) == []


def test_the_first_one_is_a_tab_director_and_the_next_a_volunteer(db: Path) -> None:
    first = done("operator", "add", db, "Ann", stdin=b"1234\n")
    keys(first, "name role active since pin_set_at pin_set_by entered confirmed former_names")
    assert (first["name"], first["role"], first["active"]) == ("Ann", "tab_director", True)
    assert first["pin_set_by"].endswith(" (command line)")
    assert done("operator", "add", db, "Bea", stdin=b"1234")["role"] == "volunteer"
    assert signs_in(db, "Bea", "1234") == ""
    told = call("operator", "add", db, "Cy", "--role", "adjudication_core", stdin=b"1234")
    assert (told.code, told.out) == (0, "Cy signs in as adjudication core.\n")


def test_the_first_one_cannot_be_a_volunteer(db: Path) -> None:
    said = refused(
        "operator", "add", db, "Bea", "--role", "volunteer", "--json", stdin=b"1234\n")
    assert "first person at the keyboard is a tab director" in said
    assert listed(db) == {}


def test_a_role_is_changed_but_not_that_of_the_last_director(staffed: Path) -> None:
    assert done("operator", "role", staffed, "bea kim", "adjudication_core")["role"] == (
        "adjudication_core")
    assert "only tab director" in refused("operator", "role", staffed, "Ann", "volunteer")
    assert "only tab director" in refused("operator", "remove", staffed, "Ann")


def test_the_very_last_one_is_removed_and_the_next_is_the_first_again(staffed: Path) -> None:
    done("operator", "remove", staffed, "Bea Kim")
    assert done("operator", "remove", staffed, "Ann")["active"] is False
    assert "Bring back or add a tab director first" in refused(
        "operator", "restore", staffed, "Bea Kim", stdin=b"1111\n")
    assert done("operator", "add", staffed, "Cy", stdin=b"1111\n")["role"] == "tab_director"
    assert signs_in(staffed, "Cy", "1111") == ""


def test_a_forgotten_pin_is_set_anew_and_the_trail_and_the_directors_know(staffed: Path) -> None:
    told = call("operator", "reset-pin", staffed, "bea KIM", stdin=b"999900\n")
    assert (told.code, told.out) == (
        0, "Bea Kim has a new PIN. Every tab director is told of it.\n")
    assert signs_in(staffed, "Bea Kim", "5678") == "pin_wrong"
    assert signs_in(staffed, "Bea Kim", "999900") == ""
    with open_workspace(staffed) as work:
        line = work.database.history(1)[0]
        with work.database.read() as unit:
            ann = list_operators(unit)[0]
            resets = [f"{one.verb} {one.subject}" for one in unseen_resets(unit, ann)]
    assert (line.verb, line.subject) == ("set a new PIN for", "Bea Kim")
    assert line.actor.endswith(" (command line)")
    assert resets[-1] == "set a new PIN for Bea Kim"


def test_a_removed_one_stays_in_the_list_and_comes_back(staffed: Path) -> None:
    assert not done("operator", "remove", staffed, "Bea Kim")["active"]
    assert not listed(staffed)["Bea Kim"]["active"]
    assert signs_in(staffed, "Bea Kim", "5678") == "operator_gone"
    assert "removed" in call("operator", "list", staffed).out
    assert "Bring this person back first" in refused(
        "operator", "reset-pin", staffed, "Bea Kim", stdin=b"1111\n")
    assert done("operator", "restore", staffed, "Bea Kim", stdin=b"1111\n")["active"]
    assert signs_in(staffed, "Bea Kim", "1111") == ""
    assert "Nothing was to be brought back" in refused(
        "operator", "restore", staffed, "Bea Kim", stdin=b"1111\n")


@pytest.mark.parametrize(
    ("given", "said"),
    [(b"", "There is no PIN"), (b"\n1234\n", "There is no PIN"), (b"123\n", "3 digits"),
     (b"123456789\n", "9 digits"), (b"12a4\n", "digits only"), (b"\xff\xfe\x00\n", "digits only"),
     (b"1" * 5000, "1000 digits")],
)
def test_a_pin_that_cannot_be_is_refused_and_nothing_is_stored(
    db: Path, given: bytes, said: str
) -> None:
    assert said in refused("operator", "add", db, "Ann", stdin=given)
    assert listed(db) == {}


@pytest.mark.parametrize(
    ("name", "said"),
    [("ANN", "at this keyboard already"), ("  ", "no name"), ("x" * 101, "too long"),
     ("Clock", "calls itself")],
)
def test_a_name_that_cannot_be_is_refused(staffed: Path, name: str, said: str) -> None:
    assert said in refused("operator", "add", staffed, name, stdin=b"1234\n")
    assert set(listed(staffed)) == {"Ann", "Bea Kim"}


@pytest.mark.parametrize(
    ("name", "said"),
    [("Ann\u200b", "nobody sees (U+200B, zero width space)"), ("An\u202en", "U+202E"),
     ("A\x1b[31mnn", "U+001B"), ("\u0391nn", "looks like Ann"), ("B\u0435a Kim", "looks like Bea"),
     ("Ann\ufe0f", "looks like Ann"), ("Ann (command line)", "works without the window"),
     ("Cy(COMMAND  LINE)", "works without the window"), ("\u0441lock", "calls itself"),
     ("\uff21nn", "at this keyboard already")],
)
def test_nobody_is_called_so_that_he_is_taken_for_another(
    staffed: Path, name: str, said: str
) -> None:
    told = refused("operator", "add", staffed, name, stdin=b"1234\n")
    assert said in told
    assert told.rstrip("\n").isprintable()
    assert set(listed(staffed)) == {"Ann", "Bea Kim"}


def test_a_terminal_gets_no_command_out_of_a_name_of_before(staffed: Path) -> None:
    name = "Evil\x1b[2J\u202e\x9b1m"
    with open_workspace(staffed) as work, work.database.write(actor="Ann") as unit:
        insert_operator(unit, name, "volunteer")
    document = call("operator", "list", staffed, "--json").out
    assert name in {row["name"] for row in json.loads(document)}
    table = call("operator", "list", staffed).out
    told = call("operator", "remove", staffed, name).out
    for text in (document, table, told):
        assert all(one.isprintable() for one in text.replace("\n", ""))
        assert "Evil" in text


def test_somebody_who_is_not_there_is_named_with_those_who_are(db: Path, staffed: Path) -> None:
    said = refused("operator", "remove", staffed, "Zoe")
    assert "Zoe" in said
    assert "Ann, Bea Kim" in said
    said = refused("operator", "role", staffed, "Ann", "boss", code=2)
    assert "boss" in said


def test_nobody_is_asked_where_nobody_is_registered(db: Path) -> None:
    assert "opens without a PIN" in refused("operator", "reset-pin", db, "Ann", stdin=b"1234\n")


def test_a_pin_is_never_an_argument(staffed: Path) -> None:
    refused("operator", "reset-pin", staffed, "Ann", "4321", code=2)
    refused("operator", "reset-pin", staffed, "Ann", "--pin", "4321", code=2)


class Terminal(io.StringIO):
    """A standard input at which somebody sits."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    answers: list[str] = []

    def ask(_prompt: str) -> str:
        if not answers:
            raise EOFError
        return answers.pop(0)

    monkeypatch.setattr(getpass, "getpass", ask)
    with patch("sys.stdin", Terminal()):
        yield answers


def test_at_a_terminal_the_pin_is_asked_twice_without_an_echo(
    db: Path, typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["operator", "add", str(db), "Ann"]
    typed += ["1234", "1243"]
    assert start(words) == 1
    typed += []
    assert start(words) == 1
    typed += ["1234", "1234"]
    assert start(words) == 0
    shown = capsys.readouterr()
    assert "typed in two ways" in shown.err
    assert "There is no PIN" in shown.err
    assert "1234" not in shown.out + shown.err
    assert signs_in(db, "Ann", "1234") == ""


def test_an_archive_of_a_staffed_file_brings_nobody_along(played: Path) -> None:
    done("operator", "add", played, "Ann", stdin=b"1234\n")
    archive = export(played)
    assert "operators" not in archive
    assert "argon2" not in str(archive)
    other = played.with_name("b.tabapp")
    done("import", other, written(played.with_name("b.json"), archive))
    assert done("operator", "list", other) == []


def test_without_a_standard_input_there_is_no_pin(program: Program, db: Path) -> None:
    outcome = program.shell('"$@" <&-', "operator", "add", db, "Ann")
    assert outcome.code == 1
    assert "There is no PIN" in outcome.err
