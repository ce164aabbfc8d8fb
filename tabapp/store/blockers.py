"""Which later action stands in the way of an undo that a constraint refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Index, Row, Table, UniqueConstraint, and_, select

from tabapp.store.images import is_journaled
from tabapp.store.journal import Action, latest_on_row
from tabapp.store.schema import change, metadata
from tabapp.store.unit import ReadUnit, chunks


def blocker(unit: ReadUnit, target: Action) -> Action | None:
    """Return the last action on the first row that is in the way; None where none is found."""
    changes = unit.rows(
        select(change).where(change.c.action_id == target.id).order_by(change.c.n.desc())
    )
    for table, row_id in _in_the_way(unit, changes):
        if (found := latest_on_row(unit.connection, table, row_id, besides=target.id)) is not None:
            return found
    return None


def _in_the_way(unit: ReadUnit, changes: list[Row[Any]]) -> Iterator[tuple[str, int]]:
    yield from _children(unit, changes)
    for one in changes:
        if one.before is not None:
            table = metadata.tables[one.table_name]
            yield from _missing_parents(unit, table, one.before)
            yield from _twins(unit, table, one.row_id, one.before)


def _children(unit: ReadUnit, changes: list[Row[Any]]) -> Iterator[tuple[str, int]]:
    """Find rows that refer to what the action inserted and that the undo would delete."""
    inserted: dict[str, set[int]] = defaultdict(set)
    for one in changes:
        if one.before is None:
            inserted[one.table_name].add(one.row_id)
    for name, ids in inserted.items():
        for child, column in references(metadata.tables[name]):
            for part in chunks(sorted(ids)):
                rows = unit.fetch(select(child.c.id).where(child.c[column].in_(part)))
                yield from (
                    (child.name, row_id) for (row_id,) in rows
                    if row_id not in inserted.get(child.name, ())
                )


def references(table: Table) -> list[tuple[Table, str]]:
    """Return each journaled table and its column that refers to the id of ``table``."""
    return [
        (child, key.parent.name)
        for child in metadata.sorted_tables if is_journaled(child)
        for key in child.foreign_keys if key.column is table.c.id
    ]


def _missing_parents(
    unit: ReadUnit, table: Table, image: dict[str, Any]
) -> Iterator[tuple[str, int]]:
    for key in table.foreign_keys:
        value, parent = image.get(key.parent.name), key.column.table
        if value is None or key.column.name != "id" or not isinstance(parent, Table):
            continue
        if unit.one(select(parent.c.id).where(parent.c.id == value)) is None:
            yield parent.name, value


def _twins(
    unit: ReadUnit, table: Table, row_id: int, image: dict[str, Any]
) -> Iterator[tuple[str, int]]:
    """Find other rows that hold what must be unique."""
    for columns, condition in _unique_rules(table):
        values = {name: image.get(name) for name in columns}
        if None in values.values():
            continue
        same = and_(*(table.c[name] == value for name, value in values.items()))
        statement = select(table.c.id).where(same, table.c.id != row_id)
        if condition is not None:
            statement = statement.where(condition)
        yield from ((table.name, twin) for (twin,) in unit.fetch(statement))


def _unique_rules(table: Table) -> Iterator[tuple[list[str], ColumnElement[bool] | None]]:
    rules: list[UniqueConstraint | Index] = [
        rule for rule in table.constraints if isinstance(rule, UniqueConstraint)
    ]
    rules += [index for index in table.indexes if index.unique]
    for rule in rules:
        condition = None
        if isinstance(rule, Index):
            condition = rule.dialect_options["sqlite"]["where"]
        yield [column.name for column in rule.columns], condition
