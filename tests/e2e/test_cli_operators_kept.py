"""People at the keyboard in whatever leaves a file or comes back to it: copies, exports, logs."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest

from tabapp.app import open_workspace
from tabapp.core.clock import SystemClock
from tabapp.core.errors import UserError
from tabapp.core.settings import HOME_VARIABLE
from tabapp.services.exports import WHATS
from tabapp.services.operators import check_pin, list_operators
from tests.e2e.program import Program, call, done, export

PIN, OTHER = "73918264", "60594837"
KINDS = (".json", ".xml", ".xlsx", ".pdf")


@pytest.fixture
def staffed(played: Path) -> Path:
    done("operator", "add", played, "Ann", stdin=PIN.encode())
    done("operator", "add", played, "Bea", "--role", "volunteer", stdin=b"5678")
    return played


def signs_in(db: Path, name: str, pin: str) -> str:
    """Return "" where the PIN is right, else the code of the refusal."""
    with open_workspace(db) as work:
        with work.database.read() as unit:
            (who,) = [one for one in list_operators(unit, gone=True) if one.name == name]
        try:
            check_pin(work.database, who.id, pin, SystemClock().now())
        except UserError as error:
            return error.code
    return ""


def roles(db: Path) -> dict[str, tuple[str, bool]]:
    return {row["name"]: (row["role"], row["active"]) for row in done("operator", "list", db)}


def test_a_restored_copy_brings_back_who_signed_in_then_with_the_pin_of_then(
    staffed: Path
) -> None:
    copy = done("snapshot", staffed)["file"]
    done("operator", "reset-pin", staffed, "Ann", stdin=OTHER.encode())
    done("operator", "role", staffed, "Bea", "adjudication_core")
    done("operator", "remove", staffed, "Bea")
    done("operator", "add", staffed, "Cy", stdin=b"1111")
    now = roles(staffed)
    kept = done("restore", staffed, copy)["kept"]
    assert roles(staffed) == {"Ann": ("tab_director", True), "Bea": ("volunteer", True)}
    assert [signs_in(staffed, "Ann", one) for one in (PIN, OTHER)] == ["", "pin_wrong"]
    assert signs_in(staffed, "Bea", "5678") == ""
    # whoever comes after takes no id of somebody else
    done("operator", "add", staffed, "Dee", stdin=b"2222")
    done("restore", staffed, kept)
    assert roles(staffed) == now
    assert [signs_in(staffed, "Ann", one) for one in (PIN, OTHER)] == ["pin_wrong", ""]
    assert signs_in(staffed, "Cy", "1111") == ""
    assert signs_in(staffed, "Bea", "5678") == "operator_gone"


def test_a_copy_of_a_file_without_people_opens_without_a_pin(played: Path) -> None:
    copy = done("snapshot", played)["file"]
    done("operator", "add", played, "Ann", stdin=PIN.encode())
    done("restore", played, copy)
    assert roles(played) == {}
    assert done("operator", "add", played, "Ann", stdin=OTHER.encode())["role"] == "tab_director"
    assert signs_in(played, "Ann", OTHER) == ""


def test_an_archive_takes_nobody_along_and_an_import_leaves_who_is_there(
    staffed: Path, tmp_path: Path
) -> None:
    export(staffed)
    archive = staffed.with_suffix(".export.json")
    done("import", tmp_path / "new.tabapp", archive)
    assert roles(tmp_path / "new.tabapp") == {}
    before = roles(staffed)
    done("import", staffed, archive, "--slug", "again")
    assert roles(staffed) == before
    assert signs_in(staffed, "Ann", PIN) == ""


def texts(path: Path) -> Iterator[bytes]:
    """Yield everything that a file says, taken out of what packs it."""
    yield path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as packed:
            yield from (packed.read(name) for name in packed.namelist())
    if path.suffix == ".pdf":
        with closing(pypdfium2.PdfDocument(path)) as document:
            for page in document:
                with closing(page), closing(page.get_textpage()) as text:
                    yield text.get_text_range().encode()


def hashes(db: Path) -> list[str]:
    with closing(sqlite3.connect(db)) as driver:
        return [one for (one,) in driver.execute("SELECT pin_hash FROM operator") if one]


def test_no_export_log_trail_or_journal_ever_holds_a_pin(
    staffed: Path, program: Program, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    for pin in (PIN, OTHER, "12x4"):  # the last is no PIN, and its refusal says nothing of it
        told = program(
            "--debug", "operator", "reset-pin", staffed, "Ann", stdin=pin.encode(),
            **{HOME_VARIABLE: str(home)})
        assert not any(pin in text for text in (told.out, told.err))
    assert signs_in(staffed, "Ann", PIN) == "pin_wrong"
    secrets = [PIN.encode(), OTHER.encode(), b"12x4", b"argon2", b"pin_hash"]
    secrets += [one.encode() for one in hashes(staffed)]
    out = tmp_path / "out"
    out.mkdir()
    for what in ("archive", "debatexml", *WHATS):
        for kind in KINDS:
            program_said = program_export(staffed, what, out / f"{what}{kind}")
            assert not any(one in program_said.encode() for one in secrets)
    files = [one for one in (*out.rglob("*"), *home.rglob("*")) if one.is_file()]
    assert len(files) > len(WHATS)
    assert any(one.suffix == ".log" for one in files)
    for file in files:
        for text in texts(file):
            assert not any(one in text for one in secrets), file
    with closing(sqlite3.connect(staffed)) as driver:
        lines = [one for one in driver.iterdump() if "operator" not in one.split("(")[0]]
    assert len(lines) > len(files)
    assert not any(one.decode() in line for line in lines for one in secrets)


def program_export(db: Path, what: str, file: Path) -> str:
    """Write one file of every kind that there is; return what was said."""
    outcome = call("export", db, what, "-o", file)
    assert outcome.code in (0, 1, 2)
    return outcome.out + outcome.err
