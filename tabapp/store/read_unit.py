"""What a unit of work reads, and the rules of using one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, select

from tabapp.core.revisions import Revision
from tabapp.store.faults import translate
from tabapp.store.images import Image
from tabapp.store.schema import revision

CHUNK = 500
"""Ids in one statement; databases limit the number of parameters."""

T = TypeVar("T")


def chunks(items: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut ``items`` into parts that fit into one statement."""
    for start in range(0, len(items), CHUNK):
        yield items[start:start + CHUNK]


class ReadUnit:
    """A view of one moment of the database."""

    def __init__(self, connection: Connection, where: str) -> None:
        self._open: Connection | None = connection
        self._where = where
        self._thread = threading.get_ident()
        self._known: dict[str, Any] = {}

    @property
    def connection(self) -> Connection:
        """The transaction, for the store's own tables (journal, revisions)."""
        return self._usable()

    def _usable(self) -> Connection:
        if self._open is None:
            raise RuntimeError("a unit of work was used after its with block")
        if threading.get_ident() != self._thread:
            raise RuntimeError("a unit of work was used in another thread")
        return self._open

    def close(self) -> None:
        """End the unit; only ``Database`` calls this."""
        self._open = None

    def once(self, name: str, read: Callable[[], T]) -> T:
        """Return what was read under this name before, else read it.

        Whoever writes it within the unit calls ``forget``.
        """
        if name not in self._known:
            self._known[name] = read()
        found: T = self._known[name]
        return found

    def forget(self, name: str) -> None:
        """Read anew what ``once`` read, the next time."""
        self._known.pop(name, None)

    def rows(self, statement: Select[Any]) -> list[Row[Any]]:
        """Return all rows, with every value in its Python type."""
        return list(self.connection.execute(statement).all())

    def one(self, statement: Select[Any]) -> Row[Any] | None:
        """Return the first row, None where there is none."""
        return self.connection.execute(statement).first()

    def scalar(self, statement: Select[Any]) -> Any:
        """Return the first column of the first row, None where there is none."""
        return self.connection.execute(statement).scalar()

    def fetch(self, statement: Select[Any]) -> list[tuple[Any, ...]]:
        """Return the driver's own rows: fast, for many numbers.

        Types stay the driver's: on SQLite a flag is 0 or 1 and JSON is text.
        """
        connection = self.connection
        result = connection.execute(statement)
        cursor = result.cursor
        try:
            return list(cursor.fetchall()) if cursor is not None else []
        except connection.dialect.loaded_dbapi.Error as error:
            if (ours := translate(error, self._where)) is not None:
                raise ours from error
            raise
        finally:
            result.close()

    def revision(self, tournament: int, *topics: str) -> Revision:
        """Return how often each of ``topics`` has changed; 0 for one that never did."""
        columns = revision.c
        found = self.connection.execute(
            select(columns.topic, columns.revision)
            .where(columns.tournament_id == tournament, columns.topic.in_(topics))
        )
        known = {row.topic: row.revision for row in found}
        return Revision(tournament, dict.fromkeys(topics, 0) | known)

    def images(self, table: Table, ids: Iterable[int]) -> dict[int, Image]:
        """Return whole rows by id, in the order asked for; ids that are not there are left out."""
        wanted = list(dict.fromkeys(ids))
        found: dict[int, Image] = {}
        for part in chunks(wanted):
            for row in self.connection.execute(select(table).where(table.c.id.in_(part))):
                found[row.id] = dict(row._mapping)
        return {row_id: found[row_id] for row_id in wanted if row_id in found}
