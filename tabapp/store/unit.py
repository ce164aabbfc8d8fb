"""Units of work: what reads see and how everything is written.

A unit never outlives its ``with`` and never crosses a thread; either is a RuntimeError.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Insert,
    Table,
    Update,
    bindparam,
    delete,
    insert,
    update,
)

from tabapp.core.errors import UserError
from tabapp.core.events import Event
from tabapp.store.ids import Ids
from tabapp.store.images import Image, RowChange, full_row, is_journaled, plain
from tabapp.store.journal import Header, Topics
from tabapp.store.read_unit import ReadUnit, chunks
from tabapp.store.schema import metadata

__all__ = ["ReadUnit", "WriteUnit", "chunks"]


class WriteUnit(ReadUnit):
    """A unit that commits as a whole when its ``with`` ends, or not at all.

    ``insert``, ``update`` and ``delete`` keep the journal; tables that are exempt from it may be
    written with them too. ``header`` says what the action will be called.
    """

    def __init__(self, connection: Connection, where: str, header: Header) -> None:
        super().__init__(connection, where)
        self.header = header
        self._ids = Ids(connection)
        self.changes: list[RowChange] = []
        self.touched: dict[str, set[int]] = {}
        self.topics: Topics = set()
        self.events: list[Event] = []
        self.action_id: int | None = None
        self.failed = False
        self.papers: dict[str, dict[int, Image]] = {}
        """Rows of all ballots of some debates by table and id, as this unit has read them."""

    @property
    def ids(self) -> Ids:
        """Where the ids of new rows come from; for a row that must know its own id."""
        self._usable()
        return self._ids

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add rows in one statement and return their ids, in order.

        ``id`` is given out where a row has none; columns left out get their defaults.
        """
        if "id" not in table.c:
            raise TypeError(f"rows of {table.name} have no id; use replace_derived")
        if not rows:
            return []
        images = self._with_ids(table, rows)
        self._write(insert(table), images)
        for image in images:
            self._note(table, image["id"], None, image)
        return [image["id"] for image in images]

    def update(self, table: Table, changes: Mapping[int, Mapping[str, Any]]) -> None:
        """Set the given columns of the rows named by id; rows that stay as they are are skipped.

        ``UserError("row_gone")`` where a row is not there any more.
        """
        before = self.images(table, changes)
        if missing := changes.keys() - before.keys():
            raise UserError("row_gone", table=table.name, id=min(missing))
        moved: dict[int, Image] = {}
        for row_id, given in changes.items():
            values = {name: plain(value) for name, value in given.items()}
            old = before[row_id]
            if unknown := values.keys() - old.keys():
                raise TypeError(f"{table.name} has no column {', '.join(sorted(unknown))}")
            if values.get("id", row_id) != row_id:
                raise TypeError("an id never changes")
            if any(old[name] != value for name, value in values.items()):
                moved[row_id] = values
        for names, group in groupby(moved.items(), key=lambda one: tuple(one[1])):
            statement = update(table).where(table.c.id == bindparam("_row")).values(
                {name: bindparam(f"_{name}") for name in names}
            )
            self._write(statement, [
                {"_row": row_id} | {f"_{name}": value for name, value in values.items()}
                for row_id, values in group
            ])
        for row_id, values in moved.items():
            self._note(table, row_id, before[row_id], before[row_id] | values)

    def move(self, table: Table, ids: Iterable[int], **moves: tuple[Any, Any]) -> None:
        """Take a column of some rows from one value to another: ``status=("draft", "confirmed")``.

        One statement, where ``update`` reads the rows before it writes them.
        ``UserError("row_gone")`` where a row is not there, or not at the first value any more.
        """
        wanted = set(ids)
        before = {name: plain(old) for name, (old, _new) in moves.items()}
        after = {name: plain(new) for name, (_old, new) in moves.items()}
        for part in chunks(sorted(wanted)):
            self.failed = True
            rows = self.connection.execute(
                update(table).values(after)
                .where(table.c.id.in_(part), *(table.c[k] == v for k, v in before.items()))
                .returning(table)).all()
            self.failed = False
            for image in (dict(row._mapping) for row in rows):
                self._note(table, image["id"], image | before, image)
                wanted.discard(image["id"])
        if wanted:
            raise UserError("row_gone", table=table.name, id=min(wanted))

    def delete(self, table: Table, ids: Iterable[int]) -> None:
        """Remove rows; those that are gone already are passed over.

        Rows of exempt tables that hang on them go too: they are derived, and no undo is held up.
        """
        before = self.images(table, ids)
        for part in chunks(list(before)):
            for child, column in _exempt_children(table):
                self._write(delete(child).where(child.c[column].in_(part)))
            self._write(delete(table).where(table.c.id.in_(part)))
        for row_id, image in before.items():
            self._note(table, row_id, image, None)

    def replace_derived(
        self, table: Table, delete_where: ColumnElement[bool], rows: Sequence[Mapping[str, Any]]
    ) -> None:
        """Delete what matches and insert ``rows`` instead, in a table exempt from the journal."""
        _refuse_journaled(table)
        self._write(delete(table).where(delete_where))
        if rows:
            with_ids = "id" in table.c
            images = self._with_ids(table, rows) if with_ids else [
                full_row(table, row) for row in rows
            ]
            self._write(insert(table), images)

    def execute(
        self,
        statement: Insert | Update | Delete,
        rows: Sequence[Mapping[str, Any]] | None = None,
    ) -> int:
        """Run a statement on a table exempt from the journal; return the number of rows."""
        table = statement.table
        if not isinstance(table, Table):
            raise TypeError("only statements on one table")
        _refuse_journaled(table)
        return self._write(statement, rows)

    def touch(self, *topics: str, tournament: int | None = None) -> None:
        """Move the revisions of ``topics`` on when this unit commits.

        Without ``tournament`` those of the unit's own; 0 is the whole database.
        """
        owner = self.header.tournament if tournament is None else tournament
        self.topics.update((owner or 0, topic) for topic in topics)

    def keep_papers(self, papers: Mapping[str, Mapping[int, Image]]) -> None:
        """Remember the rows of all ballots of some debates, so that they are read but once."""
        for name, rows in papers.items():
            self.papers.setdefault(name, {}).update(rows)

    def emit(self, event: Event) -> None:
        """Publish ``event`` after the commit; forget it if there is none."""
        self.events.append(event)

    def describe(
        self, *, subject: str | None = None, old: str | None = None, new: str | None = None
    ) -> None:
        """Complete what the activity trail will say about this action."""
        header = self.header
        header.subject = header.subject if subject is None else subject
        header.old = header.old if old is None else old
        header.new = header.new if new is None else new

    def _write(
        self,
        statement: Insert | Update | Delete,
        rows: Sequence[Mapping[str, Any]] | None = None,
    ) -> int:
        """Run a statement; after a failure the unit cannot commit, since half may be written."""
        self.failed = True
        count = self.connection.execute(statement, rows).rowcount
        self.failed = False
        return count

    def _with_ids(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> list[Image]:
        images = [full_row(table, row) for row in rows]
        given = [image["id"] for image in images if image["id"] is not None]
        if given:
            self.ids.seen(table.name, given)
        free = iter(self.ids.take(table.name, len(images) - len(given)))
        for image in images:
            if image["id"] is None:
                image["id"] = next(free)
        return images

    def _note(self, table: Table, row_id: int, before: Image | None, after: Image | None) -> None:
        self.changes.append(RowChange(table.name, row_id, before, after))
        self.touched.setdefault(table.name, set()).add(row_id)


def _refuse_journaled(table: Table) -> None:
    if is_journaled(table):
        raise TypeError(f"{table.name} is journaled: use insert, update and delete")


def _exempt_children(table: Table) -> list[tuple[Table, str]]:
    """Return the exempt tables that refer to ``table``, with the column that does."""
    return [
        (child, key.parent.name)
        for child in metadata.sorted_tables if not is_journaled(child)
        for key in child.foreign_keys if key.column.table is table and key.column.name == "id"
    ]
