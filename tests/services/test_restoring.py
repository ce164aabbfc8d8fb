"""Putting a snapshot back: the old file or the new one, never a log of one in the other."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.core.events import EventBus
from tabapp.core.files import lock_file, window_lock_of
from tabapp.jobs.leases import EXPIRY, new_owner
from tabapp.services.restoring import Restored, choose, restore
from tabapp.services.snapshots import Snapshots, listed_in
from tabapp.store import schema
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases
from tests.services.hostile_files import HOSTILE, hostile

START = datetime(2026, 11, 23, 6, 15, tzinfo=UTC)


@dataclass
class Shelf:
    """A tournament file that nobody has open, and its snapshot of an earlier moment."""

    path: Path
    snapshot: Path
    folder: Path
    cache: Path
    clock: ManualClock

    def restore(self, snapshot: Path | None = None) -> Restored:
        """Restore the snapshot, or another file."""
        return restore(
            self.path, snapshot or self.snapshot, folder=self.folder, cache=self.cache,
            clock=self.clock)

    def people(self, path: Path | None = None) -> list[str]:
        """Return who stands in a file, as the program reads it."""
        database = Database.open(path or self.path)
        try:
            with database.read() as unit:
                return sorted(one for (one,) in unit.fetch(
                    schema.operator.select().with_only_columns(schema.operator.c.name)))
        finally:
            database.close()

    def beside(self) -> list[str]:
        """Return what lies beside the file."""
        return sorted(
            one.name for one in self.path.parent.iterdir() if self.path.name in one.name)


def add(database: Database, name: str) -> None:
    with database.write(verb="add") as unit:
        unit.insert(schema.operator, [{"name": name, "role": "volunteer", "pin_hash": ""}])


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    clock = ManualClock(START)
    path, folder = tmp_path / "desk" / "Worlds.tabapp", tmp_path / "copies"
    path.parent.mkdir()
    database = Database.open(path, create=True, clock=clock)
    add(database, "early")
    taken = Snapshots(database, folder, None, clock, EventBus()).take("by hand")
    add(database, "late")
    database.close()
    clock.advance(60)
    return Shelf(path, taken.path, folder, tmp_path / "cache", clock)


def test_a_snapshot_takes_the_place_of_the_file_which_is_kept(shelf: Shelf) -> None:
    done = shelf.restore()
    assert (done.path, done.verified, done.kept_sound) == (shelf.path, True, True)
    assert done.bytes == shelf.path.stat().st_size
    assert shelf.people() == ["early"]
    assert done.kept is not None
    assert shelf.people(done.kept) == ["early", "late"]
    reasons = [one.reason for one in listed_in(shelf.path, shelf.folder, None)]
    assert reasons == ["before restoring the snapshot of 2026-11-23 061500", "by hand"]
    assert shelf.beside() == [shelf.path.name]


def test_what_was_kept_can_be_restored_in_turn(shelf: Shelf) -> None:
    kept = shelf.restore().kept
    assert kept is not None
    shelf.restore(kept)
    assert shelf.people() == ["early", "late"]


CRASH = """
import os, sqlite3, sys
driver = sqlite3.connect(sys.argv[1], isolation_level=None)
driver.execute("PRAGMA journal_mode=WAL")
driver.execute("PRAGMA wal_autocheckpoint=0")
driver.execute("INSERT INTO operator (id, name, role, pin_hash, active)"
               " VALUES (900, 'in the log', 'volunteer', '', 1)")
os.kill(os.getpid(), 9)
"""


def crash(path: Path) -> None:
    """Leave a log with a committed row beside a file, as a program that was killed does."""
    subprocess.run([sys.executable, "-c", CRASH, str(path)], check=False, timeout=60)
    assert Path(f"{path}-wal").stat().st_size > 0


def test_a_log_that_a_crash_left_is_kept_and_never_replayed(shelf: Shelf) -> None:
    crash(shelf.path)
    done = shelf.restore()
    assert shelf.beside() == [shelf.path.name]
    assert shelf.people() == ["early"]
    assert done.kept is not None
    assert shelf.people(done.kept) == ["early", "in the log", "late"]


def test_a_file_that_is_gone_is_put_back_though_its_log_was_left(shelf: Shelf) -> None:
    crash(shelf.path)
    shelf.path.unlink()
    done = shelf.restore()
    assert done.kept is None
    assert shelf.people() == ["early"]


def test_a_folder_that_is_gone_is_made_anew(shelf: Shelf) -> None:
    shutil.rmtree(shelf.path.parent)
    shelf.restore()
    assert shelf.people() == ["early"]


@pytest.mark.parametrize("how", ["zeros", "short", "page", "empty"])
def test_a_damaged_file_is_kept_as_it_was(shelf: Shelf, how: str) -> None:
    content = shelf.path.read_bytes()
    shelf.path.write_bytes({
        "zeros": b"\0" * len(content), "short": content[:5000], "empty": b"",
        "page": content[:8192] + b"\xff" * 4096 * 20 + content[8192 + 4096 * 20:],
    }[how])
    was = shelf.path.read_bytes()
    done = shelf.restore()
    assert shelf.people() == ["early"]
    if how == "empty":
        return
    assert done.kept is not None
    assert not done.kept_sound
    assert done.kept.read_bytes()[100:] == was[100:]  # SQLite notes in the header that it looked
    assert done.kept.name.endswith(".tabapp.damaged")
    assert [one.reason for one in listed_in(shelf.path, shelf.folder, None)] == ["by hand"]


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_what_is_no_snapshot_is_refused_and_nothing_changes(
    shelf: Shelf, tmp_path: Path, kind: str
) -> None:
    bad = tmp_path / "bad.tabapp"
    hostile(bad, kind, shelf.snapshot)
    before = shelf.path.read_bytes()
    with pytest.raises(UserError) as caught:
        shelf.restore(bad)
    assert caught.value.code == HOSTILE[kind]
    assert str(bad) in caught.value.message
    assert shelf.path.read_bytes() == before
    assert shelf.beside() == [shelf.path.name]
    assert len(listed_in(shelf.path, shelf.folder, None)) == 1


def test_a_random_file_is_no_snapshot(shelf: Shelf, tmp_path: Path) -> None:
    bad = tmp_path / "notes.txt"
    bad.write_text("dear diary")
    with pytest.raises(UserError) as caught:
        shelf.restore(bad)
    assert caught.value.code == "snapshot_foreign"


def test_somebody_elses_file_is_never_overwritten(shelf: Shelf, tmp_path: Path) -> None:
    letter, base = tmp_path / "letter.odt", tmp_path / "books.tabapp"
    letter.write_text("dear diary")
    with closing(sqlite3.connect(base)) as driver:
        driver.execute("CREATE TABLE book (title)")
        driver.commit()
    for one in (letter, base, tmp_path):
        with pytest.raises(UserError) as caught:
            restore(one, shelf.snapshot, folder=shelf.folder, cache=shelf.cache,
                    clock=shelf.clock)
        assert caught.value.code == "restore_target_foreign"
    assert letter.read_text() == "dear diary"


def test_a_file_is_not_restored_from_itself(shelf: Shelf) -> None:
    with pytest.raises(UserError) as caught:
        shelf.restore(shelf.path)
    assert caught.value.code == "restore_itself"


# in use


HOLDER = """
import sys
from tabapp.store.database import Database
database = Database.open(sys.argv[1])
with database.read() as unit:
    unit.connection
print("open", flush=True)
sys.stdin.read()
database.close()
"""


def test_a_file_that_another_program_has_open_is_left_alone(shelf: Shelf) -> None:
    before = shelf.people()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(shelf.path)], stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "open\n"
        with pytest.raises(UserError) as caught:
            shelf.restore()
        program.communicate("")
    assert caught.value.code == "restore_in_use"
    assert shelf.people() == before
    shelf.restore()
    assert shelf.people() == ["early"]


def test_a_file_that_this_program_has_open_is_left_alone(shelf: Shelf) -> None:
    database = Database.open(shelf.path)
    try:
        add(database, "before")
        with pytest.raises(UserError) as caught:
            shelf.restore()
        add(database, "after all")
    finally:
        database.close()
    assert caught.value.code == "restore_in_use"
    assert shelf.people() == ["after all", "before", "early", "late"]


def test_a_window_that_has_the_file_is_named(shelf: Shelf) -> None:
    lock = window_lock_of(shelf.path, shelf.cache)
    lock.parent.mkdir(parents=True)
    with lock.open("a+", encoding="utf-8") as held:
        lock_file(held)
        held.write('{"pid": 4711}')
        held.flush()
        with pytest.raises(UserError) as caught:
            shelf.restore()
    assert "4711" in caught.value.message
    shelf.restore()


def lease(shelf: Shelf, owner: str) -> None:
    database = Database.open(shelf.path, clock=shelf.clock)
    try:
        SqlLeases(database).acquire(f"owner:{owner}", owner, shelf.clock.now(), EXPIRY)
    finally:
        database.close()


def test_a_living_owner_of_the_queue_keeps_the_file(shelf: Shelf) -> None:
    lease(shelf, new_owner())
    with pytest.raises(UserError) as caught:
        shelf.restore()
    assert (caught.value.code, caught.value.facts["pid"]) == ("restore_in_use", str(os.getpid()))


def test_a_dead_owner_and_one_that_let_its_lease_run_out_do_not(shelf: Shelf) -> None:
    host, _pid, _started, mark = new_owner().split(":")
    lease(shelf, f"{host}:999999999:1:{mark}")
    shelf.restore()
    lease(shelf, f"elsewhere:1:1:{mark}")
    with pytest.raises(UserError):
        shelf.restore()
    shelf.clock.advance(EXPIRY.total_seconds() + 1)
    shelf.restore()


# disks that refuse, and sudden death


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES])
def test_a_disk_that_refuses_leaves_the_file_as_it_was(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    before = shelf.people()
    monkeypatch.setattr("tabapp.store.replacing.shutil.copyfile", refuse)
    with pytest.raises(UserError):
        shelf.restore()
    assert shelf.people() == before
    assert shelf.beside() == [shelf.path.name]


def test_no_room_for_what_is_kept_means_no_restore(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("tabapp.store.replacing.copy_open", refuse)
    with pytest.raises(UserError) as caught:
        shelf.restore()
    assert caught.value.code == "disk_full"
    assert shelf.people() == ["early", "late"]
    assert shelf.beside() == [shelf.path.name]


KILLED = """
import os, sys
from pathlib import Path
from tabapp.core.clock import SystemClock
from tabapp.services.restoring import restore
root, snapshot = map(Path, sys.argv[1:])
left = 0

def die(event, args):
    global left
    if event in ("open", "os.rename", "os.remove", "sqlite3.connect", "shutil.copyfile"):
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)

for step, home in enumerate(sorted(root.iterdir())):
    child = os.fork()
    if not child:
        left = step
        sys.addaudithook(die)
        restore(home / "Worlds.tabapp", snapshot, folder=home / "kept", cache=home / "cache",
                clock=SystemClock())
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
"""


def test_killed_at_any_moment_it_leaves_the_old_file_or_the_new_one(
    shelf: Shelf, tmp_path: Path
) -> None:
    """The program dies at each of its steps on the disk in turn, the log still beside the file."""
    crash(shelf.path)
    homes = [tmp_path / "homes" / f"{step:02}" for step in range(40)]
    for home in homes:
        shutil.copytree(shelf.path.parent, home)
    codes = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "homes"), str(shelf.snapshot)],
        check=True, timeout=60, capture_output=True, text=True).stdout.split()
    seen = {
        (int(code), tuple(shelf.people(home / shelf.path.name)))
        for code, home in zip(codes, homes, strict=True)}
    old, new = ("early", "in the log", "late"), ("early",)
    assert seen == {(0, new), (-signal.SIGKILL, old), (-signal.SIGKILL, new)}


# which one is meant


def test_a_snapshot_is_chosen_by_number_time_name_or_path(shelf: Shelf) -> None:
    shelf.restore()
    copies = listed_in(shelf.path, shelf.folder, None)
    assert [choose(number, copies, shelf.path) for number in ("1", "2")] == [
        one.path for one in copies]
    for given in (
        "2026-11-23 06:15:00", "2026-11-23T06:15:00+00:00", "2026-11-23 061500",
        "20261123061500", shelf.snapshot.name, str(shelf.snapshot),
    ):
        assert choose(given, copies, shelf.path) == shelf.snapshot


@pytest.mark.parametrize(("given", "code"), [
    ("0", "snapshot_unknown"), ("3", "snapshot_unknown"), ("2026-11-23", "snapshot_ambiguous"),
    ("1999-01-01", "snapshot_unknown"), ("nowhere.tabapp", "snapshot_missing"),
    ("yesterday", "snapshot_unknown"),
])
def test_what_stands_for_none_or_several_is_said_plainly(
    shelf: Shelf, given: str, code: str
) -> None:
    shelf.restore()
    with pytest.raises(UserError) as caught:
        choose(given, listed_in(shelf.path, shelf.folder, None), shelf.path)
    assert caught.value.code == code
