"""Copies from the command line: made, listed, and put back."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tabapp.store.snapshots import verify
from tests.e2e.program import call, done, environment, export, keys, refused


def test_a_snapshot_is_made_listed_and_restored(played: Path) -> None:
    made = done("snapshot", played)
    keys(made, "file bytes verified")
    assert made["verified"] is True
    assert Path(made["file"]).stat().st_size == made["bytes"]
    (listed,) = done("snapshots", played)
    keys(listed, "file at reason bytes second")
    assert (listed["file"], listed["bytes"], listed["second"]) == (
        made["file"], made["bytes"], False)
    before = export(played)
    done("new", played, "--name", "Another", "--slug", "another")
    assert call("standings", played).code == 1  # two tournaments by now
    restored = done("restore", played, made["file"])
    keys(restored, "file bytes verified kept")
    assert (restored["file"], restored["verified"]) == (str(played), True)
    assert export(played) == before
    verify(Path(restored["kept"]))
    assert [one["file"] for one in done("snapshots", played)] == [
        restored["kept"], made["file"]]


def test_what_was_kept_is_the_first_of_the_list(played: Path) -> None:
    done("snapshot", played)
    done("new", played, "--name", "Another", "--slug", "another")
    done("restore", played, 1)
    assert call("standings", played, "--json").code == 0
    done("restore", played, 1)
    assert call("standings", played).code == 1


def test_a_snapshot_is_chosen_by_the_time_that_the_list_shows(played: Path) -> None:
    done("snapshot", played)
    (listed,) = done("snapshots", played)
    assert done("restore", played, listed["at"])["snapshot"] == listed["file"]


def test_a_copy_goes_to_the_folder_that_was_named(played: Path, tmp_path: Path) -> None:
    made = done("snapshot", played, "--to", tmp_path / "stick")
    assert Path(made["file"]).parent == tmp_path / "stick"
    assert done("snapshots", played) == []


def test_a_lost_file_is_brought_back(played: Path) -> None:
    before = export(played)
    done("snapshot", played)
    played.unlink()
    assert len(done("snapshots", played)) == 1
    assert done("restore", played, 1)["kept"] is None
    assert export(played) == before


def test_a_damaged_file_is_brought_back_and_kept(played: Path) -> None:
    before = export(played)
    done("snapshot", played)
    played.write_bytes(played.read_bytes()[:20_000])
    assert "damaged" in refused("standings", played)
    restored = done("restore", played, 1)
    assert restored["kept_sound"] is False
    assert Path(restored["kept"]).stat().st_size == 20_000
    assert export(played) == before


def test_an_open_file_is_not_restored(played: Path, tmp_path: Path) -> None:
    done("snapshot", played)
    holder = (
        "import sys\n"
        "from tabapp.app import open_workspace\n"
        "with open_workspace(sys.argv[1], threads=True) as work:\n"
        "    work.tournament()\n"
        "    print('open', flush=True)\n"
        "    sys.stdin.read()\n")
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(played)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True, env=environment(tmp_path / "cache"),
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        said = refused("restore", played, 1)
        program.communicate("")
    assert "another program" in said
    assert f"(process {program.pid})" in said
    done("restore", played, 1)


def test_wrong_words_are_told_plainly(played: Path, tmp_path: Path) -> None:
    assert "none of the 0 snapshots" in refused("restore", played, 7)
    assert "nowhere.tabapp" in refused("restore", played, tmp_path / "nowhere.tabapp")
    notes = tmp_path / "notes.txt"
    notes.write_text("dear diary")
    assert "notes.txt" in refused("restore", played, notes)
    done("snapshot", played)
    assert "not a tournament file" in refused("restore", notes, export_snapshot(played))
    assert notes.read_text() == "dear diary"
    refused("snapshot", tmp_path / "nothing.tabapp")
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert "snapshot" in refused("snapshot", played, "--to", blocked)
    assert "server" in refused("snapshots", "postgresql://localhost/none")


def export_snapshot(db: Path) -> str:
    """Return the newest snapshot of a database."""
    return str(done("snapshots", db)[0]["file"])


def test_people_read_a_table(played: Path, tmp_path: Path) -> None:
    assert call("snapshot", played).out.startswith("Copied ")
    table = call("snapshots", played).out
    assert "by hand" in table
    assert call("restore", played, 1).out.count("\n") == 2


def test_a_recovery_runs_as_a_job(played: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(played, tmp_path / "other.tabapp"))
    result = done("job", "run", played, "recovery.recover", f"source={other}")
    assert result["value"]["equal"] is True
