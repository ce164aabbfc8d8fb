"""The look at the health of an open database, on whole and on broken ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import select

from tabapp.core.actors import CLOCK
from tabapp.core.disks import mount_kind
from tabapp.domain.health import Finding
from tabapp.jobs.ports import RunRecord
from tabapp.jobs.resources import Resources
from tabapp.jobs.testing import JobTestContext
from tabapp.services import health_checks as checks
from tabapp.services.clockwork import ClockState, Clockwork
from tabapp.services.health import retry_stuck, wrong
from tabapp.services.health_checks import Surroundings
from tabapp.services.snapshot_files import SnapshotInfo
from tabapp.store import schema, soundness
from tabapp.tasks.maintenance import optimize
from tests.services.desk_scenes import confirm, filled, form_of, save
from tests.services.health_room import NOW, Room, open_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as made:
        yield made


def enter_a_ballot(room: Room) -> None:
    form = form_of(room.work)
    save(room.work, form, filled(form))
    confirm(room.work, form_of(room.work))


def told_whole(finding: Finding) -> bool:
    """Tell whether no fact of the sentences is missing."""
    return "(" not in finding.fix and not finding.sentence.startswith("health_")


# --- a whole one -------------------------------------------------------------------------------


def test_a_new_database_is_healthy(room: Room) -> None:
    report = room.desk.look()
    assert report.status == "passed", wrong(report)
    assert room.desk.last is report
    assert {"integrity", "references", "disk", "log", "folder", "place", "copies", "queue"} <= {
        one.name for one in report.findings}
    assert all(map(told_whole, report.findings))


def test_the_change_is_told_once_and_not_with_every_figure(room: Room) -> None:
    room.desk.look()
    room.around["free"] -= 1
    room.desk.look()
    assert len(room.heard) == 1
    room.around["free"] = checks.MB
    room.desk.look()
    room.desk.look()
    assert [one.report.status for one in room.heard] == ["passed", "problem"]


def test_the_whole_file_is_read_once_a_day_and_a_part_of_it_at_each_look(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str] | None] = []

    def noting(_path: Path, tables: list[str] | None = None) -> list[str]:
        asked.append(tables)
        room.clock.advance(0.008)
        return []

    monkeypatch.setattr(soundness, "faults", noting)
    room.desk.look()
    assert asked == [None]
    room.desk.look()
    first = [table for one in asked[1:] for table in one or []]
    assert len(first) == 3  # as many as the time of one look allows
    everything = set(soundness.tables_of(room.path))
    for _ in range(len(everything)):
        room.desk.look()
    seen = {table for one in asked[1:] for table in one or []}
    assert seen == everything
    room.clock.advance(24 * 3600)
    room.desk.look()
    assert asked[-1] is None


# --- broken ones -------------------------------------------------------------------------------


def damage(path: Path) -> None:
    """Overwrite the middle of a table of a closed file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (page,) = connection.execute("PRAGMA page_size").fetchone()
        (at,) = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'change'").fetchone()
    with path.open("r+b") as file:
        file.seek((at - 1) * page)
        file.write(b"\xff" * 200)


def test_a_damaged_page_is_told_and_stays_told_until_the_file_is_whole(room: Room) -> None:
    room.desk.look()
    whole = room.path.read_bytes()
    damage(room.path)
    room.clock.advance(25 * 3600)
    found = room.find("integrity")
    assert (found.status, str(room.path) in found.sentence) == ("problem", True)
    assert found.fix
    assert room.find("integrity").status == "problem"
    room.path.write_bytes(whole)
    assert room.find("integrity").status == "passed"


def test_a_row_that_refers_to_nothing_is_told(room: Room) -> None:
    with closing(sqlite3.connect(room.path)) as connection:
        connection.execute("PRAGMA foreign_keys=OFF")
        connection.execute("DELETE FROM institution")
        connection.commit()
    found = room.find("references")
    assert found.status == "problem"
    assert "institution" in found.sentence


def test_a_log_that_a_forgotten_reader_keeps_is_told_and_is_gone_when_it_lets_go(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "LARGE_LOG", 200_000)
    context = JobTestContext(
        room.work.database, clock=room.clock, resources=Resources(room.desk))
    with closing(sqlite3.connect(room.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM team").fetchone()
        for number in range(40):
            with room.work.database.write(actor="Ann", verb="rename", tournament=1) as unit:
                rows = [row_id for (row_id,) in unit.fetch(select(schema.team.c.id))]
                unit.update(schema.team, {row: {"name": f"{row} {number}"} for row in rows})
        found = room.find("log")
        assert (found.status, found.action) == ("attention", "maintenance.optimize")
        context.run(optimize)
        context.assert_logged("warning", "Another program is reading")
        assert room.find("log").status == "attention"
    context.run(optimize)
    assert room.find("log").status == "passed"


@pytest.mark.parametrize(
    ("free", "status"),
    [(50 * checks.GB, "passed"), (900 * checks.MB, "attention"), (150 * checks.MB, "problem")],
)
def test_a_disk_that_fills_is_told(room: Room, free: int, status: str) -> None:
    room.around["free"] = free
    assert room.find("disk").status == status


def test_a_disk_without_room_for_five_copies_of_a_large_file_is_a_problem() -> None:
    around = Surroundings(free=lambda _p: 4 * checks.GB)
    assert checks.disk(Path("/x"), checks.GB, around).status == "problem"


def test_a_drive_that_does_not_answer_is_told() -> None:
    def gone(_path: Path) -> int:
        raise OSError(5, "Input/output error")

    found = checks.disk(Path("/x"), 1, Surroundings(free=gone))
    assert (found.status, "Input/output error" in found.sentence) == ("problem", True)


def test_a_folder_that_cannot_be_written_is_told(room: Room) -> None:
    room.around["writable"] = False
    found = room.find("folder")
    assert (found.status, str(room.path.parent) in found.sentence) == ("problem", True)


@pytest.mark.parametrize(
    ("path", "kind", "status"),
    [
        ("/home/ann/Documents/t.tabapp", "ext4", "passed"),
        ("/home/ann/Dropbox/t.tabapp", "ext4", "attention"),
        ("/home/ann/OneDrive - Uni/tab/t.tabapp", "ext4", "attention"),
        ("/home/ann/Library/Mobile Documents/t.tabapp", "apfs", "attention"),
        ("/net/tab/t.tabapp", "nfs4", "attention"),
        ("/home/ann/dropbox.tabapp", "ext4", "passed"),
    ],
)
def test_a_file_that_others_copy_or_write_is_told(path: str, kind: str, status: str) -> None:
    assert checks.place(Path(path), Surroundings(kind=lambda _p: kind)).status == status


def test_the_kind_of_a_disk_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\nserver:/tab /home/net\\040tab nfs4 rw 0 0\nbroken\n")
    assert mount_kind(Path("/home/net tab/x"), mounts) == "nfs4"
    assert mount_kind(Path("/home/network"), mounts) == "ext4"
    assert mount_kind(Path("/x"), tmp_path / "none") == ""


# --- copies ------------------------------------------------------------------------------------


def test_results_that_no_copy_has_are_told_after_ten_minutes(room: Room) -> None:
    assert room.find("copies").status == "passed"
    enter_a_ballot(room)
    assert room.find("copies").status == "passed"
    room.clock.advance(11 * 60)
    found = room.find("copies")
    assert (found.status, found.action) == ("attention", "maintenance.snapshot")
    room.copies.at = room.clock.now()
    assert room.find("copies").status == "passed"
    room.clock.advance(3600)
    assert room.find("copies").status == "passed"  # nothing was confirmed since


def test_a_second_folder_that_is_away_or_refuses_is_told(room: Room, tmp_path: Path) -> None:
    assert (room.find("second_folder").status, room.find("second_folder").action) == (
        "passed", "second_folder")
    room.copies.second_folder = tmp_path / "stick"
    assert room.find("second_folder").status == "attention"
    room.copies.second_folder.mkdir()
    assert room.find("second_folder").status == "passed"
    with room.work.database.write(actor="x", verb="x") as unit:
        unit.execute(schema.breaker.insert().values(
            name="second_folder", state="open", failures=5, last_error="The stick is full."))
    found = room.find("second_folder")
    assert (found.status, "The stick is full." in found.sentence) == ("attention", True)


def test_a_server_keeps_its_own_copies(room: Room) -> None:
    room.copies.available = False
    assert room.find("copies").status == "passed"


# --- clock and queue ---------------------------------------------------------------------------

RUNNING = ClockState(running=True, paused=False, elsewhere=False, last_look=NOW, jumped=None)


@pytest.mark.parametrize(
    ("state", "status", "action"),
    [
        (RUNNING, "passed", ""),
        (replace(RUNNING, paused=True), "attention", "resume_clock"),
        (replace(RUNNING, running=False), "problem", ""),
        (replace(RUNNING, running=False, elsewhere=True), "passed", ""),
        (replace(RUNNING, last_look=NOW - timedelta(minutes=5)), "problem", ""),
    ],
)
def test_a_clock_that_does_not_run_is_told(state: ClockState, status: str, action: str) -> None:
    found = checks.schedules(state, NOW)
    assert (found.status, found.action) == (status, action)


def test_a_clock_that_jumped_is_told_for_a_while(room: Room) -> None:
    @dataclass
    class Jumped:
        state: ClockState

    clockwork = Jumped(replace(RUNNING, jumped=NOW))
    room.desk.clockwork = cast(Clockwork, clockwork)
    assert room.find("jumps").status == "attention"
    room.clock.advance(3600)
    clockwork.state = replace(clockwork.state, last_look=room.clock.now())
    assert room.find("jumps").status == "passed"
    assert room.find("schedules").status == "passed"


def test_dead_workers_and_long_waits_are_told(room: Room) -> None:
    room.pool.alive = 2
    assert room.find("queue").status == "problem"
    room.pool.alive, room.pool.waiting, room.pool.longest_wait_seconds = 3, 4, 300.0
    found = room.find("queue")
    assert (found.status, "5 min" in found.sentence) == ("attention", True)


def test_runs_that_wait_for_a_person_are_told_and_started_again(room: Room) -> None:
    def run(state: Any, **more: Any) -> int:
        given: dict[str, Any] = {"submitted_by": CLOCK} | more
        return room.work.runs.create(RunRecord(
            name=given.pop("name", "a.job"), title="A", submitted_at=NOW, state=state, **given)).id

    run("failed", name="ended.well")
    run("success", name="ended.well")
    run("failed", name="by.hand", submitted_by="Ann")
    failed = run("failed", name="by.clock")
    cut_off = run("interrupted", name="cut.off", submitted_by="Ann")
    found = room.find("runs")
    assert (found.status, found.action) == ("attention", "retry_runs")
    assert retry_stuck(room.desk) == 2
    assert room.pool.requeued == [cut_off, failed]


@pytest.mark.parametrize(("has_copy", "waits", "words"), [
    (False, False, "There are no results yet that a copy would have to keep."),
    (False, True, "The first copy is taken after the next ballot."),
    (True, False, "The last copy is 2 min old and has all results."),
    (True, True, "The last copy is 2 min old; the next one has the latest results."),
])
def test_a_copy_is_said_to_have_all_results_only_where_it_has(
    has_copy: bool, waits: bool, words: str
) -> None:
    latest = SnapshotInfo(
        path=Path("one.tabapp"), at=NOW - timedelta(minutes=2), reason="by hand",
        bytes=1, second=False) if has_copy else None
    found = checks.copies(latest, NOW - timedelta(minutes=1) if waits else None, NOW)
    assert (found.status, found.sentence) == ("passed", words)
