"""The ids of new rows, given out by the write unit and never by the database.

So an undone delete comes back under its own id, and no id is used twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select, text

from tabapp.store.schema import id_counter

_KEEP = text(
    "INSERT INTO id_counter (table_name, next_id) VALUES (:name, :next_id)"
    " ON CONFLICT (table_name) DO UPDATE SET next_id = excluded.next_id"
)


class Ids:
    """The counters of all tables within one write transaction; ``keep`` stores what changed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._next: dict[str, int] | None = None
        self._moved: set[str] = set()

    def take(self, table: str, count: int = 1) -> range:
        """Give out ``count`` ids that were never used for ``table``."""
        counters = self._counters()
        start = counters.get(table, 1)
        counters[table] = start + count
        self._moved.add(table)
        return range(start, start + count)

    def seen(self, table: str, ids: Iterable[int]) -> None:
        """Learn of ids that somebody else gave, so that they are not given out again."""
        highest = max(ids, default=0)
        counters = self._counters()
        if highest >= counters.get(table, 1):
            counters[table] = highest + 1
            self._moved.add(table)

    def keep(self) -> None:
        """Store the counters that moved."""
        if self._moved:
            counters = self._counters()
            rows = [{"name": name, "next_id": counters[name]} for name in sorted(self._moved)]
            self._connection.execute(_KEEP, rows)
            self._moved.clear()

    def _counters(self) -> dict[str, int]:
        if self._next is None:
            columns = id_counter.c
            rows = self._connection.execute(select(columns.table_name, columns.next_id))
            self._next = {row.table_name: row.next_id for row in rows}
        return self._next
