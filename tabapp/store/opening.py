"""Recognise, make and bring up to date what ``Database.open`` is given."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, inspect, select, text

from tabapp.core.clock import Clock
from tabapp.core.errors import UserError
from tabapp.core.files import at_home
from tabapp.store import migrations
from tabapp.store.engine import (
    APPLICATION_ID,
    PROGRAM,
    open_engine,
    parse_url,
    read_transaction,
    write_transaction,
)
from tabapp.store.schema import meta, metadata
from tabapp.store.snapshots import copy_database
from tabapp.store.times import to_text

_MAGIC = b"SQLite format 3\x00"
_VERSION_TABLE = (
    "CREATE TABLE alembic_version (\n\tversion_num VARCHAR(32) NOT NULL,\n\t"
    "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n)"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a database is: its URL, its file (None on a server), its name in sentences."""

    url: URL
    path: Path | None

    @classmethod
    def of(cls, where: str | Path) -> Place:
        """Read a path, or a SQLAlchemy URL."""
        if isinstance(where, str) and "://" in where:
            url = parse_url(where)
            if url.get_backend_name() != "sqlite":
                return cls(url, None)
            where = url.database or ""
        path = at_home(Path(where)).resolve()
        return cls(URL.create("sqlite", database=str(path)), path)

    @property
    def name(self) -> str:
        """What to call it; never the password."""
        return str(self.path or self.url.render_as_string(hide_password=True))


def prepare(place: Place, *, create: bool, clock: Clock) -> None:
    """Make sure that a database of ours, of today's schema, is at ``place``."""
    fresh = _look_at_file(place, create) if place.path is not None else False
    engine = open_engine(place.url, where=place.name)
    try:
        with read_transaction(engine) as connection:
            fresh = fresh or _is_empty(connection)
            if not fresh or not create:
                found = _revision(connection, place)
        if fresh and create:
            _create(engine, clock)
            return
    finally:
        engine.dispose()
    if found != migrations.HEAD:
        _upgrade(place, found, clock)


def _look_at_file(place: Place, create: bool) -> bool:
    """Look at the file before SQLite does; return whether there is nothing yet."""
    path = place.path
    assert path is not None
    if path.is_dir():
        raise UserError("database_foreign", where=place.name)
    if not path.exists():
        if not create:
            raise UserError("database_missing", where=place.name)
        if not path.parent.is_dir():
            raise UserError(
                "database_unreachable", where=place.name, detail="the folder does not exist"
            )
        return True
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        detail = error.strerror or str(error)
        raise UserError("database_unreachable", where=place.name, detail=detail) from error
    if not header and create:
        return True
    if len(header) < 100 or not header.startswith(_MAGIC):
        raise UserError("database_foreign", where=place.name)
    if _is_of_others(header, path, create):
        raise UserError("database_foreign", where=place.name)
    if _is_cut_short(header, path.stat().st_size):
        raise UserError(
            "database_damaged", where=place.name, detail="the end of the file is missing"
        )
    return False


def _is_of_others(header: bytes, path: Path, create: bool) -> bool:
    """Tell whether another program made this file, which is then left as it is.

    As long as there is a log beside the file, its header may be older than what SQLite reads.
    """
    schema_cookie, mark = struct.unpack(">I", header[40:44]), struct.unpack(">I", header[68:72])
    if mark == (APPLICATION_ID,) or path.with_name(path.name + "-wal").exists():
        return False
    return not (create and schema_cookie == (0,))


def _is_cut_short(header: bytes, size: int) -> bool:
    """Compare the size with the header's; SQLite itself notices only at the missing page."""
    (page,) = struct.unpack(">H", header[16:18])
    pages, change_counter = struct.unpack(">I", header[28:32]), header[24:28]
    counted = change_counter == header[92:96]  # else an old program wrote it, without the count
    return counted and size < (65536 if page == 1 else page) * pages[0]


def _is_empty(connection: Connection) -> bool:
    return not inspect(connection).get_table_names()


def _revision(connection: Connection, place: Place) -> str:
    """Return the revision of the schema, read without Alembic, which takes 0.3 s to load."""
    if place.path is not None:
        mark = connection.exec_driver_sql("PRAGMA application_id").scalar()
        if mark != APPLICATION_ID:
            raise UserError("database_foreign", where=place.name)
    tables = set(inspect(connection).get_table_names())
    if not {"alembic_version", meta.name} <= tables:
        raise UserError("database_foreign", where=place.name)
    program = select(meta.c.value).where(meta.c.key == "application")
    if connection.execute(program).scalar() != PROGRAM:
        raise UserError("database_foreign", where=place.name)
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found not in migrations.REVISIONS:
        raise UserError("database_newer", where=place.name, revision=str(found))
    return str(found)


def _create(engine: Engine, clock: Clock) -> None:
    """Make all tables in one transaction, as the migrations would have."""
    with write_transaction(engine) as connection:
        if not _is_empty(connection):
            return  # another program was faster
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        metadata.create_all(connection, checkfirst=False)
        connection.exec_driver_sql(_VERSION_TABLE)
        connection.execute(
            text("INSERT INTO alembic_version VALUES (:head)"), {"head": migrations.HEAD}
        )
        connection.execute(meta.insert(), [
            {"key": "application", "value": PROGRAM},
            {"key": "created_at", "value": to_text(clock.now())},
        ])


def _upgrade(place: Place, found: str, clock: Clock) -> None:
    """Bring an older database up to date, after a verified copy beside it; all or nothing."""
    if place.path is not None:
        stamp = clock.now().strftime("%Y%m%d-%H%M%S")
        name = f"{place.path.stem}-schema-{found}-{stamp}{place.path.suffix}"
        copy_database(place.path, place.path.with_name(name))
    engine = open_engine(place.url, where=place.name, foreign_keys=False)
    try:
        with write_transaction(engine) as connection:
            migrations.upgrade(connection)
            if place.path is not None:
                orphan = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
                if orphan is not None:
                    raise UserError(
                        "migration_failed", where=place.name,
                        detail=f"{orphan[0]} refers to a missing {orphan[2]}",
                    )
    finally:
        engine.dispose()
