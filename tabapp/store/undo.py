"""Undo and redo: the inverse of an action's changes, as a new action.

The inverse runs in exactly the reverse order, so that every state in between is one that the
constraints have already allowed once.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import Any, NoReturn

from sqlalchemy import Row, Table, select

from tabapp.core.actors import AUTOMATIC
from tabapp.core.errors import UserError
from tabapp.store.code_rows import TAG
from tabapp.store.images import Image, carried, carried_columns, plain
from tabapp.store.journal import Action, latest_on_row, read_action
from tabapp.store.schema import action, change, metadata
from tabapp.store.unit import ReadUnit, WriteUnit


class Overtaken(UserError):
    """A later action stands in the way; ``by`` is None where nobody knows which."""

    def __init__(self, by: Action | None) -> None:
        named = f"{by.verb} {by.subject}".strip() if by else ""
        super().__init__(
            "undo_blocked", by=named or "a later change", action_id=by.id if by else None,
            verb=by.verb if by else "", subject=by.subject if by else "",
            actor=by.actor if by else "", time=_clock(by),
        )


def _clock(by: Action | None) -> str:
    return by.at.isoformat(sep=" ", timespec="seconds") if by and by.at else "unknown"


def pick_undo(
    unit: WriteUnit, tournament: int | None, action_id: int | None, *, trail_only: bool = False
) -> Action:
    """Return the action to take back: the given one, or the last of a person that can be undone.

    What the program did by itself is taken back by its id alone. A redo stands for the action
    that it brought back. ``trail_only`` passes over what the trail does not show.
    """
    if action_id is None:
        statement = (
            select(action.c.id)
            .where(
                action.c.undoes_id.is_(None), action.c.undone_by_id.is_(None),
                action.c.undoable, action.c.actor.not_in(AUTOMATIC),
            )
            .order_by(action.c.id.desc())
        )
        if tournament is not None:
            statement = statement.where(action.c.tournament_id == tournament)
        if trail_only:
            statement = statement.where(action.c.trail)
        action_id = unit.scalar(statement)
        if action_id is None:
            raise UserError("nothing_to_undo")
    found = read_action(unit.connection, action_id)
    below = read_action(unit.connection, found.undoes) if found and found.undoes else None
    if below and below.undoes:
        found = read_action(unit.connection, below.undoes)
    if found is None or tournament not in (None, found.tournament) or not found.undoable:
        raise UserError("not_undoable", action_id=action_id)
    if found.undone_by is not None:
        raise UserError("already_undone", action_id=action_id)
    return found


def pick_redo(unit: WriteUnit, tournament: int | None) -> Action:
    """Return the last undo, if nobody did anything else since.

    What no undo takes back, as the awards that follow from results, is nobody's doing, nor is
    what the program did by itself.
    """
    undone = action.alias("undone")
    last = (
        select(action.c.id)
        .join(undone, undone.c.id == action.c.undoes_id)
        .where(action.c.undone_by_id.is_(None), undone.c.undoes_id.is_(None))
        .order_by(action.c.id.desc())
    )
    own = (
        select(action.c.id)
        .where(
            action.c.undoes_id.is_(None), action.c.undoable, action.c.actor.not_in(AUTOMATIC))
        .order_by(action.c.id.desc())
    )
    if tournament is not None:
        last = last.where(action.c.tournament_id == tournament)
        own = own.where(action.c.tournament_id == tournament)
    undo_id = unit.scalar(last)
    if undo_id is None or (unit.scalar(own) or 0) > undo_id:
        raise UserError("nothing_to_redo")
    found = read_action(unit.connection, undo_id)
    if found is None:
        raise UserError("nothing_to_redo")
    return found


def invert(unit: WriteUnit, target: Action) -> None:
    """Take ``target`` back in this unit, whose action this becomes.

    ``Overtaken`` when a row is not any more as the action left it.
    """
    header = unit.header
    redo = target.undoes is not None
    header.verb = "redo" if redo else "undo"
    header.subject = f"{target.verb} {target.subject}".strip()
    if redo and (original := read_action(unit.connection, target.undoes or 0)):
        header.subject = f"{original.verb} {original.subject}".strip()
    header.tournament, header.undoes = target.tournament, target.id
    header.trail, header.undoable = target.trail, True
    changes = unit.rows(
        select(change).where(change.c.action_id == target.id).order_by(change.c.n)
    )
    _check(unit, target, changes)
    for (name, kind), group in groupby(
        reversed(changes), key=lambda one: (one.table_name, _kind(one))
    ):
        for part in _without_repeats(list(group)):
            _apply(unit, metadata.tables[name], kind, part)
    unit.topics.update(target.topics)


def _without_repeats(changes: list[Row[Any]]) -> list[list[Row[Any]]]:
    """Cut where a row comes again: what stood aside for a swap has to stand aside once more."""
    parts: list[list[Row[Any]]] = [[]]
    seen: set[int] = set()
    for one in changes:
        if one.row_id in seen:
            parts.append([])
            seen.clear()
        parts[-1].append(one)
        seen.add(one.row_id)
    return parts


def _kind(one: Row[Any]) -> str:
    if one.before is None:
        return "inserted"
    return "deleted" if one.after is None else "updated"


def _check(unit: ReadUnit, target: Action, changes: list[Row[Any]]) -> None:
    """Compare what the action left with what is there, and its own changes with one another."""
    left: dict[str, dict[int, Image | None]] = defaultdict(dict)
    for one in changes:
        rows, table = left[one.table_name], metadata.tables[one.table_name]
        if one.row_id in rows and not _same(table, rows[one.row_id], one.before):
            _overtaken(unit, target, one.table_name, one.row_id)
        rows[one.row_id] = one.after
    for name, rows in left.items():
        table = metadata.tables[name]
        now = unit.images(table, rows)
        for row_id, after in rows.items():
            if not _same(table, now.get(row_id), after):
                _overtaken(unit, target, name, row_id)


def _same(table: Table, one: Image | None, other: Image | None) -> bool:
    """Compare two images of a row, leaving out what the database keeps in step by itself.

    Columns that one of them lacks came or went with a migration. A code that was given since for
    something printed is in nobody's way.
    """
    if one is None or other is None:
        return one is other
    aside = carried_columns(table)
    return all(
        plain(one[name]) == plain(other[name]) or _is_given(table, name, one[name], other[name])
        for name in one if name not in aside and name in other and name in table.c
    )


def _is_given(table: Table, column: str, one: Any, other: Any) -> bool:
    """Tell whether two values differ by a code alone, which one has and the other has not yet."""
    if column == "barcode":
        return not one or not other
    if table.name != "tournament" or column != "extra":
        return False
    return {**one, TAG: None} == {**other, TAG: None}


def _overtaken(unit: ReadUnit, target: Action, table: str, row_id: int) -> NoReturn:
    raise Overtaken(latest_on_row(unit.connection, table, row_id, besides=target.id))


def _apply(unit: WriteUnit, table: Table, kind: str, changes: list[Row[Any]]) -> None:
    if kind == "inserted":
        unit.delete(table, [one.row_id for one in changes])
    elif kind == "deleted":
        rows = [
            {name: value for name, value in one.before.items() if name in table.c}
            for one in changes
        ]
        _carry(unit, table, rows)
        unit.insert(table, rows)
    else:
        unit.update(table, _values_before(unit, table, changes))


def _values_before(
    unit: WriteUnit, table: Table, changes: list[Row[Any]]
) -> dict[int, dict[str, Any]]:
    """Return the values to set back: what the action changed, and what follows from that."""
    aside = carried_columns(table)
    values: dict[int, dict[str, Any]] = {}
    for one in changes:
        old = {
            name: value for name, value in one.before.items()
            if name in table.c and name not in aside and value != one.after.get(name)
        }
        values[one.row_id] = values.pop(one.row_id, {}) | old
    moved = [
        row for row in values.values() if any(up.reference in row for up in carried(table))
    ]
    _carry(unit, table, moved)
    return values


def _carry(unit: WriteUnit, table: Table, rows: list[dict[str, Any]]) -> None:
    """Give ``rows`` what their parents carry now; the journal may remember an older slot."""
    for up in carried(table):
        parents = unit.images(metadata.tables[up.parent], {row[up.reference] for row in rows})
        for row in rows:
            if (parent := parents.get(row[up.reference])) is not None:
                row.update({own: parent[theirs] for own, theirs in up.pairs})

