"""What all tables share: the metadata, naming of constraints, and short forms of columns.

Times are ISO 8601 text in UTC, which sorts, compares and travels alike on every database. Ids are
given out by the write unit (``id_counter``), never by the database, so that an undone delete comes
back under its own id and no id is used twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
)
from sqlalchemy import (
    false as sql_false,
)
from sqlalchemy import (
    text as sql,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

OWN: dict[str, Any] = {"journal": False}
"""``info`` of tables that are derived or keep themselves; undo never touches them."""


def key() -> Column[int]:
    """Return the primary key of a table."""
    return Column("id", Integer, primary_key=True, autoincrement=False)


def to(table: str, name: str | None = None, *, optional: bool = False) -> Column[int]:
    """Return a reference to ``table``."""
    return Column(
        name or f"{table}_id", Integer, ForeignKey(f"{table}.id"), nullable=optional, index=True
    )


def ref() -> Column[str]:
    """Return the archive's id of a record, unique in its tournament."""
    return Column("ref", String(200), nullable=False)


def text(name: str, default: str = "") -> Column[str]:
    """Return a text that is never null."""
    return Column(name, Text, nullable=False, default=default, server_default=default)


def maybe_text(name: str) -> Column[str]:
    """Return a text that may be missing."""
    return Column(name, Text, nullable=True)


def flag(name: str, default: bool = False) -> Column[bool]:
    """Return a yes or no."""
    return Column(name, Boolean, nullable=False, default=default)


def later_flag(name: str) -> Column[bool]:
    """Return a yes or no that came with a migration: no in the rows that were there before."""
    return Column(name, Boolean, nullable=False, default=False, server_default=sql_false())


def whole(name: str, default: int = 0) -> Column[int]:
    """Return a whole number."""
    return Column(name, Integer, nullable=False, default=default)


def later_whole(name: str) -> Column[int]:
    """Return a whole number that came with a migration: 0 in the rows that were there before."""
    return Column(name, Integer, nullable=False, default=0, server_default="0")


def maybe_whole(name: str) -> Column[int]:
    """Return a whole number that may be missing."""
    return Column(name, Integer, nullable=True)


def maybe_seed(name: str) -> Column[int]:
    """Return a seed that may be missing; PostgreSQL's integers end at 31 bits."""
    return Column(name, BigInteger, nullable=True)


def number(name: str, default: float = 0.0) -> Column[float]:
    """Return a number."""
    return Column(name, Float, nullable=False, default=default)


def maybe_number(name: str) -> Column[float]:
    """Return a number that may be missing."""
    return Column(name, Float, nullable=True)


def json(name: str, default: type[dict[str, Any]] | type[list[Any]] = dict) -> Column[Any]:
    """Return a JSON value that is never null."""
    return Column(name, JSON, nullable=False, default=default)


def maybe_json(name: str) -> Column[Any]:
    """Return a JSON value; None is SQL's NULL."""
    return Column(name, JSON(none_as_null=True), nullable=True)


def extra() -> Column[Any]:
    """Return the place for keys that an imported file had and that we do not know."""
    return json("extra")


def partial(name: str, column: str, where: str, *, unique: bool = True) -> Index:
    """Return an index over the rows that fulfil ``where``.

    PostgreSQL learns of the condition from ``tell_postgresql``: naming it here would load its
    dialect at every start, which takes a tenth of a small command.
    """
    return Index(
        name, column, unique=unique, sqlite_where=sql(where), info={"where": where})


def tell_postgresql() -> None:
    """Give PostgreSQL the conditions of partial indexes; before its first engine is used."""
    for table in metadata.tables.values():
        for index in table.indexes:
            if "where" in index.info:
                index.dialect_options["postgresql"]["where"] = sql(index.info["where"])


def one_of(column: str, values: Iterable[str]) -> CheckConstraint:
    """Allow only ``values`` in ``column``."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
