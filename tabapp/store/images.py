"""Rows as the journal keeps them: complete, in values that JSON gives back as they were."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import ForeignKeyConstraint, Table
from sqlalchemy.sql.schema import ColumnDefault

from tabapp.store.engine import dumps

Image: TypeAlias = dict[str, Any]
"""One row, all columns by name."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row before and after a write; None where it was not there."""

    table: str
    row_id: int
    before: Image | None
    after: Image | None


@dataclass(frozen=True, slots=True)
class Carried:
    """Columns that the database itself keeps equal to the parent's (ON UPDATE CASCADE).

    ``pairs`` are (own column, parent's column), as ``slot_id`` of a debate and of its round.
    """

    parent: str
    reference: str
    pairs: tuple[tuple[str, str], ...]


def is_journaled(table: Table) -> bool:
    """Tell whether writes to ``table`` belong into the journal."""
    return bool(table.info.get("journal", True))


def plain(value: Any) -> Any:
    """Return ``value`` as JSON gives it back: tuples are lists, enumerations their values.

    What it returns shares no list or dictionary with what it was given.
    """
    kind = type(value)
    if value is None or kind in (str, int, float, bool):
        return value
    if kind in (list, tuple):
        return [plain(item) for item in value]
    if kind is dict and all(type(name) is str for name in value):
        return {name: plain(item) for name, item in value.items()}
    return json.loads(dumps(value))


@cache
def _columns(table: Table) -> tuple[tuple[str, Callable[[], Any] | None], ...]:
    """Return each column's name and the maker of its default; None where it has none."""
    return tuple((column.name, _maker(column.default)) for column in table.columns)


def _maker(default: Any) -> Callable[[], Any] | None:
    if not isinstance(default, ColumnDefault):
        return None
    value: Any = default.arg
    if callable(value):
        return lambda: value(None)
    return lambda: value


def full_row(table: Table, row: Mapping[str, Any]) -> Image:
    """Return ``row`` with the defaults of the columns that it leaves out."""
    columns = _columns(table)
    if unknown := row.keys() - {name for name, _ in columns}:
        raise TypeError(f"{table.name} has no column {', '.join(sorted(unknown))}")
    return {
        name: plain(row[name]) if name in row else None if make is None else make()
        for name, make in columns
    }


@cache
def carried(table: Table) -> tuple[Carried, ...]:
    """Return what ``table`` carries of its parents."""
    found = []
    for rule in table.constraints:
        if not isinstance(rule, ForeignKeyConstraint) or rule.onupdate != "CASCADE":
            continue
        own = [element.parent.name for element in rule.elements]
        theirs = [element.column.name for element in rule.elements]
        found.append(Carried(
            parent=rule.referred_table.name,
            reference=own[theirs.index("id")],
            pairs=tuple(pair for pair in zip(own, theirs, strict=True) if pair[1] != "id"),
        ))
    return tuple(found)


@cache
def carried_columns(table: Table) -> frozenset[str]:
    """Return the columns of ``table`` that are not its own to decide."""
    return frozenset(own for one in carried(table) for own, _ in one.pairs)
