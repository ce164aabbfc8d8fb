"""Snapshots: named for people, verified, in two places, skipped when nothing moved, thinned out."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabapp.core.actors import BALLOT
from tabapp.core.errors import UserError
from tabapp.jobs.breakers import Breakers
from tabapp.jobs.ports import StoredBreaker
from tabapp.jobs.resources import Resources
from tabapp.jobs.testing import JobTestContext
from tabapp.services import snapshots as module
from tabapp.services.events import SnapshotMade
from tabapp.services.snapshot_files import Label
from tabapp.services.snapshots import Snapshots, listed_in
from tabapp.store.snapshots import verify
from tabapp.store.unit import ReadUnit, WriteUnit
from tabapp.tasks.draws import generate_draw
from tabapp.tasks.upkeep_snapshots import snapshot
from tests.services.recovery_scene import scene
from tests.services.snapshot_room import START, Room, open_room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with open_room(tmp_path) as found:
        yield found


# names


def test_a_name_tells_the_file_the_time_and_the_reason(room: Room) -> None:
    taken = room.snapshots.take("before deleting the draw of Round 5")
    mark = Label.of(room.path).mark
    assert taken.path.name == (
        f"Worlds 2026-11-23 061500 before deleting the draw of Round 5 ~{mark}.tabapp")
    (first, second) = room.snapshots.listed()
    assert (first.at, first.reason) == (START, "before deleting the draw of Round 5")
    assert (first.second, second.second) == (False, True)
    assert first.bytes == taken.bytes == taken.path.stat().st_size


def test_two_copies_in_one_second_do_not_collide(room: Room) -> None:
    paths = [room.snapshots.take(reason).path for reason in ("one", "two", "one")]
    assert len(set(paths)) == 3
    assert [one.path for one in room.snapshots.listed() if not one.second] == paths[::-1]


FORBIDDEN = set('<>:"/\\|?*') | {chr(code) for code in range(32)}


@given(stem=st.text(min_size=1, max_size=300), reason=st.text(max_size=400))
def test_any_words_make_a_name_that_every_file_system_takes(stem: str, reason: str) -> None:
    path = Path("/nowhere") / stem.replace("/", "-").replace("\0", "-")
    label = Label(Label.of(path).stem, "3f2a9c")
    name = label.name(START, reason, 2)
    assert not FORBIDDEN & set(name)
    assert len(name.encode()) < 230
    read = label.read(name)
    assert read is not None
    assert read[:2] == (START, 2)
    assert label.name(*[read[0], read[2], read[1]]) == name


def test_files_of_one_name_in_two_folders_keep_their_copies_apart(
    room: Room, tmp_path: Path
) -> None:
    (tmp_path / "backup").mkdir()
    other = Path(shutil.copy(room.path, tmp_path / "backup" / "Worlds.tabapp"))
    room.snapshots.take("mine")
    assert listed_in(other, room.folder, None) == []


def test_copies_are_listed_when_the_database_is_gone(room: Room) -> None:
    room.snapshots.take("by hand")
    room.database.close()
    room.path.unlink()
    assert [one.reason for one in listed_in(room.path, room.folder, room.stick)] == ["by hand"] * 2


# the copies themselves


def test_a_copy_goes_to_both_places_and_is_told(room: Room) -> None:
    taken = room.snapshots.take("by hand")
    assert taken.verified
    assert taken.second == room.stick / taken.path.name
    for one in (taken.path, taken.second):
        verify(one)
    assert room.made == [SnapshotMade(None, str(taken.path), True)]


def test_a_copy_to_a_chosen_folder_goes_nowhere_else(room: Room, tmp_path: Path) -> None:
    taken = room.snapshots.take("", to=tmp_path / "chosen")
    assert taken.path.parent == tmp_path / "chosen"
    assert (taken.second, taken.second_problem) == (None, "")
    assert room.names(room.stick) == room.names() == []


def test_a_pulled_stick_is_said_plainly_and_gets_the_next_copy_when_it_is_back(
    room: Room
) -> None:
    room.stick.rmdir()
    taken = room.snapshots.take("by hand")
    assert taken.second is None
    assert str(room.stick) in taken.second_problem
    assert not room.stick.exists()
    verify(taken.path)
    assert room.made == [SnapshotMade(None, str(taken.path), False)]
    room.stick.mkdir()
    room.write()
    taken = room.snapshots.take("by hand")
    assert taken.second is not None
    assert room.names(room.stick) == [taken.path.name]


def test_a_stick_that_is_back_is_given_the_last_copy_though_nothing_was_written(
    room: Room
) -> None:
    room.stick.rmdir()
    first = room.snapshots.take("by hand")
    room.stick.mkdir()
    assert room.snapshots.take_if_changed("clock") is None
    assert room.names(room.stick) == [first.path.name] == room.names()


def test_a_file_in_place_of_the_second_folder_keeps_the_first_copy(room: Room) -> None:
    room.stick.rmdir()
    room.stick.write_text("not a folder")
    taken = room.snapshots.take("by hand")
    verify(taken.path)
    assert str(room.stick) in taken.second_problem
    assert room.stick.read_text() == "not a folder"


class Memory:
    """A storage of circuit breakers."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}

    def load(self) -> list[StoredBreaker]:
        return []

    def save(self, name: str, **row: Any) -> None:
        self.rows[name] = row


def test_a_stick_that_stays_away_opens_its_breaker_and_is_used_once_it_is_back(
    room: Room
) -> None:
    memory = Memory()
    breakers = Breakers(memory, room.clock)
    copies = Snapshots(
        room.database, room.folder, room.stick, room.clock, room.database.bus, breakers)
    room.stick.rmdir()
    for _ in range(6):
        problem = copies.take("by hand").second_problem
    assert memory.rows["second_folder"]["state"] == "open"
    assert problem
    room.stick.mkdir()
    taken = copies.take("by hand")
    assert taken.second is not None
    assert len(room.names()) == 7


def refuse(code: int) -> Callable[..., Any]:
    def copy(*_: object, **__: object) -> Any:
        raise OSError(code, os.strerror(code))

    return copy


@pytest.mark.parametrize(("error", "code"), [
    (errno.ENOSPC, "snapshot_disk_full"), (errno.EACCES, "snapshot_not_written"),
    (errno.EROFS, "snapshot_not_written"),
])
def test_a_folder_that_refuses_leaves_nothing_half(
    room: Room, monkeypatch: pytest.MonkeyPatch, error: int, code: str
) -> None:
    monkeypatch.setattr("tabapp.store.snapshots.flush", refuse(error))
    with pytest.raises(UserError) as caught:
        room.snapshots.take("by hand")
    assert caught.value.code == code
    assert str(room.folder) in caught.value.message
    assert room.names() == room.names(room.stick) == []
    assert room.made == []


def test_a_full_stick_keeps_the_first_copy_and_nothing_half(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.copy_database

    def copy(source: Path, target: Path) -> Any:
        if target.parent == room.stick:
            raise UserError("disk_full", where=str(target), detail="No space left on device")
        return real(source, target)

    monkeypatch.setattr(module, "copy_database", copy)
    taken = room.snapshots.take("by hand")
    assert "no room" in taken.second_problem
    assert room.names() == [taken.path.name]


# when nothing was written


def test_an_automatic_copy_is_skipped_when_nothing_was_written(room: Room) -> None:
    assert room.snapshots.take_if_changed("clock") is not None
    assert room.snapshots.take_if_changed("clock") is None
    room.write()
    assert room.snapshots.take_if_changed("clock") is not None
    room.database.undo(None, actor="test")
    assert room.snapshots.take_if_changed("clock") is not None
    assert len(room.names()) == 3


def test_another_program_knows_the_last_copy_too(room: Room) -> None:
    room.snapshots.take("by hand")
    again = Snapshots(room.database, room.folder, None, room.clock, room.database.bus)
    assert again.take_if_changed("clock") is None
    assert again.before("deleting everything") is None


def test_a_damaged_last_copy_is_no_reason_to_skip(room: Room) -> None:
    first = room.snapshots.take("by hand").path
    first.write_bytes(b"\0" * 100)
    room.clock.advance(5)
    assert room.snapshots.take_if_changed("clock") is not None


def test_two_histories_of_one_copy_are_told_apart(room: Room, tmp_path: Path) -> None:
    room.write()
    ahead = room.snapshots.take("by hand")
    room.database.undo(None, actor="test")
    room.database.redo(None, actor="test")
    assert room.snapshots.take_if_changed("clock") is not None
    assert ahead.path.exists()


# before something destructive


def test_before_something_destructive_never_raises_and_says_what_is_wrong(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabapp.store.snapshots.flush", refuse(errno.ENOSPC))
    assert room.snapshots.before("deleting Round 5") is None
    (told,) = room.failed
    assert told.reason == "before deleting Round 5"
    assert str(room.folder) in told.problem


def test_before_something_destructive_takes_a_copy_once(room: Room) -> None:
    taken = room.snapshots.before("before deleting Round 5")
    assert taken is not None
    assert "before deleting Round 5" in taken.path.name
    assert room.snapshots.before("deleting Round 4") is None


# the job


def run_job(room: Room, actor: str = "Ann", **params: object) -> tuple[Any, dict[str, int]]:
    job = JobTestContext[ReadUnit, WriteUnit](
        room.database, clock=room.clock, submitted_by=actor, resources=Resources(room.snapshots))
    value = job.run(snapshot, **params)
    return value, job.stats


def test_the_job_copies_when_a_person_asks_and_skips_by_itself(room: Room) -> None:
    value, stats = run_job(room, reason="by hand")
    assert value["verified"]
    assert stats["bytes"] == value["bytes"]
    value, stats = run_job(room, BALLOT, reason="after a ballot")
    assert (value, stats) == ({"taken": False}, {})
    value, _ = run_job(room, reason="by hand")
    assert value["taken"]


def test_a_draw_in_place_of_another_is_preceded_by_a_copy(tmp_path: Path) -> None:
    with scene(tmp_path) as found:
        work = found.work
        copies = Snapshots(work.database, tmp_path / "copies", None, work.clock, work.bus)
        found.lose_ballots(3)
        job = JobTestContext[ReadUnit, WriteUnit](
            work.database, tournament=found.owner.id, resources=Resources(copies))
        job.run(
            generate_draw, round_id=found.round_id(3), seed=5, replace=True, released=True,
            ignore_missing=True)
        (only,) = copies.listed()
    assert only.reason.startswith("before drawing ")
