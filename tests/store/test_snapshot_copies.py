"""Copies of a file in use are whole, even beside a busy writer."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.core.errors import UserError
from tabapp.store.database import Database
from tabapp.store.schema import team
from tabapp.store.snapshots import copy_database, verify


def test_a_copy_beside_a_busy_writer_is_one_moment(
    database: Database, house: Any, path: Path, opened: Any
) -> None:
    """Each unit renames two teams to one name; a copy that tore a unit would show two."""
    stop, rounds = threading.Event(), 0
    with database.write(verb="rename") as unit:
        unit.update(team, {one: {"name": "0"} for one in house.teams[:2]})

    def write() -> None:
        nonlocal rounds
        while not stop.is_set():
            rounds += 1
            with database.write(verb="rename") as unit:
                unit.update(team, {one: {"name": str(rounds)} for one in house.teams[:2]})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        copies = [copy_database(path, path.with_name(f"copy{n}.tabapp")) for n in range(5)]
    finally:
        stop.set()
        writer.join()
    assert rounds > 1
    for one in copies:
        assert one.verified
        assert one.bytes == one.path.stat().st_size
        with opened(one.path).read() as unit:
            names = unit.fetch(select(team.c.name).where(team.c.id.in_(house.teams[:2])))
        assert len(set(names)) == 1


def test_a_copy_holds_what_stands_in_the_log_only(
    database: Database, house: Any, path: Path
) -> None:
    copy = path.with_name("copy.tabapp")
    copy_database(path, copy)
    with closing(sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)) as driver:
        assert driver.execute("SELECT count(*) FROM team").fetchone() == (4,)
        assert driver.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_copy_is_one_file_and_replaces_an_older_one(
    database: Database, house: Any, path: Path, tmp_path: Path
) -> None:
    target = tmp_path / "snapshots" / "a.tabapp"
    for _ in range(2):
        copy_database(path, target)
    assert [one.name for one in target.parent.iterdir()] == ["a.tabapp"]


def test_a_copy_of_a_damaged_file_is_never_called_one(
    database: Database, house: Any, path: Path
) -> None:
    database.close()
    content = bytearray(path.read_bytes())
    content[-4096:] = b"\xff" * 4096
    path.write_bytes(content)
    target = path.with_name("copy.tabapp")
    target.write_bytes(b"the older copy")
    with pytest.raises(UserError) as caught:
        copy_database(path, target)
    assert caught.value.code == "database_damaged"
    assert target.read_bytes() == b"the older copy"
    assert sorted(one.name for one in path.parent.iterdir()) == [target.name, path.name]


def test_a_copy_of_nothing_or_to_nowhere_is_refused(database: Database, path: Path) -> None:
    (path.parent / "file").touch()
    for source, target, code in (
        (path.with_name("none"), path.with_name("copy"), "database_missing"),
        (path, path.parent / "file" / "copy", "database_unreachable"),
    ):
        with pytest.raises(UserError) as caught:
            copy_database(source, target)
        assert caught.value.code == code


def test_a_lost_parent_is_found(database: Database, house: Any, path: Path) -> None:
    database.close()
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("DELETE FROM team WHERE id = 1")
        driver.commit()
    with pytest.raises(UserError, match="debate_side refers to a missing team"):
        verify(path)


def test_another_programs_file_is_not_verified(path: Path) -> None:
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("CREATE TABLE songs (name TEXT)")
    with pytest.raises(UserError) as caught:
        verify(path)
    assert caught.value.code == "database_foreign"
