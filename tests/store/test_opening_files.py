"""What may be opened, what is made, and the plain words for everything else."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tabapp.core.errors import UserError
from tabapp.store import engine
from tabapp.store.database import Database
from tabapp.store.schema import meta, team, tournament


def refusal(where: str | Path, *, create: bool = False) -> str:
    with pytest.raises(UserError) as caught:
        Database.open(where, create=create)
    assert Path(str(where)).name.partition("?")[0] in caught.value.message
    return caught.value.code


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as driver:
        for statement in statements:
            driver.execute(statement)
        driver.commit()


def test_a_missing_file_is_not_made_by_accident(path: Path) -> None:
    assert refusal(path) == "database_missing"
    assert not path.exists()


def test_a_file_is_made_when_asked_for_and_found_again(path: Path) -> None:
    for create in (True, True, False):
        database = Database.open(path, create=create)
        with database.write() as unit:
            unit.insert(tournament, [{"slug": f"t{unit.ids.take('tournament')[0]}"}])
        database.close()
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("SELECT count(*) FROM tournament").fetchone() == (3,)


def test_a_file_may_be_named_by_url_or_by_path(path: Path) -> None:
    Database.open(str(path), create=True).close()
    database = Database.open(f"sqlite:///{path}")
    assert (database.path, database.url) == (path, f"sqlite:///{path}")
    database.close()


@pytest.mark.parametrize("name", ["with space.tabapp", "50% ü?.tabapp", "a#b.tabapp"])
def test_strange_names_of_files_are_names(tmp_path: Path, name: str) -> None:
    Database.open(tmp_path / name, create=True).close()
    Database.open(tmp_path / name).close()
    assert [one.name for one in tmp_path.iterdir()] == [name]


def test_closing_leaves_one_file(database: Database, path: Path, house: Any) -> None:
    assert Path(f"{path}-wal").exists()
    database.close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_closing_beside_another_program_leaves_its_log(
    database: Database, path: Path, house: Any
) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("SELECT * FROM team").fetchall()
        database.close()
        assert other.execute("SELECT count(*) FROM team").fetchone() == (4,)
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_pragmas_stand_as_measured(database: Database) -> None:
    wanted = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}
    for one, synchronous in ((database._engine, 2), (database._quick, 1)):
        with one.connect() as connection:
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in (*wanted, "synchronous")
            }
        assert found == wanted | {"synchronous": synchronous}


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"PK\x03\x04 a spreadsheet", b"x" * 5000])
def test_another_kind_of_file_is_foreign_and_stays_as_it_was(
    path: Path, content: bytes, create: bool
) -> None:
    path.write_bytes(content)
    assert refusal(path, create=create) == "database_foreign"
    assert path.read_bytes() == content


@pytest.mark.parametrize("create", [False, True])
def test_a_database_of_another_program_is_foreign(path: Path, create: bool) -> None:
    change(path, "CREATE TABLE songs (name TEXT)")
    assert refusal(path, create=create) == "database_foreign"


def test_a_folder_is_foreign(tmp_path: Path) -> None:
    assert refusal(tmp_path) == "database_foreign"


def test_our_mark_alone_does_not_make_a_file_ours(database: Database, path: Path) -> None:
    database.close()
    change(path, "DELETE FROM meta WHERE key = 'application'")
    assert refusal(path) == "database_foreign"


def test_an_empty_file_is_filled_only_when_asked(path: Path) -> None:
    path.touch()
    assert refusal(path) == "database_foreign"
    Database.open(path, create=True).close()
    Database.open(path).close()


def test_a_creation_that_was_cut_short_is_done_again(path: Path) -> None:
    change(path, "PRAGMA journal_mode=WAL")
    assert path.stat().st_size > 0
    Database.open(path, create=True).close()
    Database.open(path).close()


def test_a_file_from_a_newer_version_is_refused(database: Database, path: Path) -> None:
    database.close()
    change(path, "UPDATE alembic_version SET version_num = '9999'")
    assert refusal(path) == "database_newer"


def test_a_file_without_its_end_is_damaged(database: Database, path: Path, house: Any) -> None:
    database.close()
    content = path.read_bytes()
    path.write_bytes(content[:len(content) // 2])
    assert refusal(path) == "database_damaged"


def test_a_file_with_a_broken_schema_page_is_damaged(database: Database, path: Path) -> None:
    database.close()
    content = path.read_bytes()
    path.write_bytes(content[:100] + b"\xff" * 3996 + content[4096:])
    assert refusal(path) == "database_damaged"


def test_a_damaged_page_met_later_is_said_plainly(
    database: Database, path: Path, house: Any, opened: Any
) -> None:
    with database.read() as unit:
        page: Any = unit.connection.exec_driver_sql(
            "SELECT rootpage FROM sqlite_master WHERE name = 'team'"
        ).scalar()
    database.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096:page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    again = opened(path)
    for read in ("rows", "fetch"):
        with pytest.raises(UserError) as caught, again.read() as unit:
            getattr(unit, read)(select(team))
        assert caught.value.code == "database_damaged"


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert refusal(tmp_path / "no" / "x.tabapp", create=True) == "database_unreachable"


@pytest.mark.parametrize("where", ["mysql://host/x", "sqlite://", "sqlite:///:memory:", "://x"])
def test_an_address_of_another_kind_is_refused(where: str) -> None:
    with pytest.raises(UserError) as caught:
        Database.open(where)
    assert caught.value.code == "database_url"


def test_a_file_that_was_taken_away_is_missed_at_the_next_write(
    database: Database, path: Path, house: Any
) -> None:
    path.rename(path.with_suffix(".away"))
    with pytest.raises(UserError) as caught, database.write():
        raise AssertionError("the body must not run")
    assert caught.value.code == "database_missing"
    path.with_suffix(".away").rename(path)
    with database.write() as unit:
        unit.update(team, {house.teams[0]: {"name": "New"}})


def test_a_full_disk_is_said_plainly_and_work_goes_on(database: Database, house: Any) -> None:
    with database._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        pages = driver.execute("PRAGMA page_count").fetchone()[0]
        driver.execute(f"PRAGMA max_page_count={pages}")
    big = {house.teams[0]: {"name": "x" * 1_000_000}}
    with pytest.raises(UserError) as caught, database.write() as unit:
        unit.update(team, big)
    assert caught.value.code == "disk_full"
    with database._engine.connect() as connection:
        connection.connection.driver_connection.execute(  # type: ignore[union-attr]
            "PRAGMA max_page_count=1000000"
        )
    with database.write() as unit:
        unit.update(team, big)


def test_a_file_that_may_not_be_written_says_so(database: Database, house: Any) -> None:
    with database._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        driver.execute("PRAGMA query_only=ON")
    with pytest.raises(UserError) as caught, database.write() as unit:
        unit.update(team, {house.teams[0]: {"name": "New"}})
    assert caught.value.code == "database_readonly"


def test_our_files_are_told_by_their_header(database: Database, path: Path) -> None:
    database.close()
    assert path.read_bytes()[68:72] == engine.APPLICATION_ID.to_bytes(4, "big")
    with closing(sqlite3.connect(path)) as driver:
        found = driver.execute(str(select(meta.c.value).where(meta.c.key == "application")
                                   .compile(compile_kwargs={"literal_binds": True})))
        assert found.fetchone() == (engine.PROGRAM,)


def test_opening_loads_neither_the_orm_nor_alembic(
    database: Database, path: Path, environment: dict[str, str]
) -> None:
    code = (
        "import sys; from tabapp.store.database import Database;"
        f"Database.open({str(path)!r}).close();"
        "print([m for m in ('sqlalchemy.orm', 'alembic', 'psycopg') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"
