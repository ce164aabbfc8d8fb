"""Every released schema becomes today's: all of it or nothing, after a verified copy."""

from __future__ import annotations

import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from tabapp.core.clock import ManualClock
from tabapp.core.errors import UserError
from tabapp.store import migrations
from tabapp.store.database import Database
from tabapp.store.engine import APPLICATION_ID, open_engine, write_transaction
from tabapp.store.opening import Place
from tabapp.store.schema import metadata, team, tournament
from tabapp.store.snapshots import verify

FIXTURES = Path(__file__).with_name("fixtures")
_BRACKETS = re.compile(r"DEFAULT \(([^()]*)\)")

NEXT = '''
"""A step of the future: rebuilds a parent table in batch mode."""
import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("team", recreate="always") as batch:
        batch.add_column(sa.Column("motto", sa.Text(), nullable=False, server_default="go"))
'''


def migrated(path: Path) -> None:
    """Make a database by the migrations alone."""
    engine = open_engine(Place.of(path).url, where=str(path), foreign_keys=False)
    try:
        with write_transaction(engine) as connection:
            migrations.upgrade(connection)
    finally:
        engine.dispose()


def shape(path: Path) -> dict[str, list[str]]:
    """Return every table and index as the sorted lines of its statement.

    A table that was rebuilt has its name in quotes and its defaults in brackets: all the same.
    """
    with closing(sqlite3.connect(path)) as driver:
        rows = driver.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        return {
            name: sorted(
                _BRACKETS.sub(r"DEFAULT \1", line.replace('"', "")).strip().rstrip(",").rstrip()
                for line in sql.splitlines()
            )
            for name, sql in rows
        }


def test_models_and_migrations_agree(path: Path) -> None:
    migrated(path)
    engine = open_engine(Place.of(path).url, where=str(path))
    try:
        with engine.connect() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": True})
            assert compare_metadata(context, metadata) == []
    finally:
        engine.dispose()


def test_a_new_file_is_what_the_migrations_make(path: Path, database: Database) -> None:
    other = path.with_name("migrated.tabapp")
    migrated(other)
    assert shape(other) == shape(path)


def test_the_list_of_revisions_is_that_of_the_scripts() -> None:
    config = Config()
    config.set_main_option("script_location", str(migrations.SCRIPTS))
    scripts = ScriptDirectory.from_config(config)
    assert [one.revision for one in scripts.walk_revisions()][::-1] == [*migrations.REVISIONS]


def test_every_released_schema_has_its_file() -> None:
    names = sorted(one.name for one in FIXTURES.glob("schema_*.sql"))
    assert names == [f"schema_{one}.sql" for one in migrations.REVISIONS]


@pytest.mark.parametrize("revision", migrations.REVISIONS)
def test_a_file_of_a_released_schema_opens_and_undoes(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as driver:
        driver.executescript((FIXTURES / f"schema_{revision}.sql").read_text(encoding="utf-8"))
    database = Database.open(path)
    try:
        with database.read() as unit:
            assert unit.scalar(select(tournament.c.slug)) == "house"
            assert len(unit.rows(select(team))) == 5
        last = database.history(None)[0]
        assert (last.actor, last.verb, last.subject) == ("Ann", "add team", "Team 4")
        database.undo(last.tournament, actor="Bob")
        with database.read() as unit:
            assert len(unit.rows(select(team))) == 4
    finally:
        database.close()
    verify(path)


@pytest.fixture
def future(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that knows one schema more; gives the module of that step."""
    versions = tmp_path / "versions"
    shutil.copytree(migrations.VERSIONS, versions, ignore=shutil.ignore_patterns("__pycache__"))
    step = versions / "0006_next.py"
    step.write_text(NEXT, encoding="utf-8")
    monkeypatch.setattr(migrations, "VERSIONS", versions)
    monkeypatch.setattr(migrations, "REVISIONS", (*migrations.REVISIONS, "0006"))
    monkeypatch.setattr(migrations, "HEAD", "0006")
    return step


def content(path: Path) -> dict[str, list[Any]]:
    with closing(sqlite3.connect(path)) as driver:
        names = [name for (name,) in driver.execute("SELECT name FROM sqlite_master "
                                                    "WHERE type = 'table' ORDER BY name")]
        return {name: driver.execute(f"SELECT * FROM {name}").fetchall() for name in names}


def test_an_older_file_is_brought_up_to_date_after_a_copy(
    database: Database, house: Any, path: Path, future: Path
) -> None:
    database.close()
    before = content(path)
    Database.open(path, clock=ManualClock()).close()
    after = content(path)
    assert [row[-1] for row in after.pop("team")] == ["go"] * 4
    assert len(after["debate_side"]) == 4  # no child was lost with its parent's old table
    assert after.pop("alembic_version") == [("0006",)]
    copy = path.with_name("test-schema-0005-20260101-090000.tabapp")
    assert content(copy) == before
    verify(copy)
    assert {name: rows for name, rows in before.items() if name in after} == after


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    database: Database, house: Any, path: Path, future: Path
) -> None:
    database.close()
    before = content(path)
    future.write_text(NEXT + "    op.execute('INSERT INTO nowhere VALUES (1)')\n")
    with pytest.raises(Exception, match="no such table: nowhere"):
        Database.open(path)
    assert content(path) == before


def test_a_migration_that_loses_a_parent_is_refused(
    database: Database, house: Any, path: Path, future: Path
) -> None:
    database.close()
    before = content(path)
    future.write_text(NEXT + "    op.execute('DELETE FROM team')\n")
    with pytest.raises(UserError, match="refers to a missing team") as caught:
        Database.open(path)
    assert caught.value.code == "migration_failed"
    assert content(path) == before


def test_the_fixtures_carry_our_mark() -> None:
    for one in migrations.REVISIONS:
        text = (FIXTURES / f"schema_{one}.sql").read_text(encoding="utf-8")
        assert f"PRAGMA application_id={APPLICATION_ID};" in text


def test_whoever_was_there_before_the_flag_came_is_not_withdrawn(path: Path) -> None:
    with closing(sqlite3.connect(path)) as driver:
        driver.executescript((FIXTURES / "schema_0001.sql").read_text(encoding="utf-8"))
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as driver:
        for table in ("team", "adjudicator", "venue"):
            rows = driver.execute(f"SELECT withdrawn FROM {table}").fetchall()
            assert {value for (value,) in rows} <= {0}
