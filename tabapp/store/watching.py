"""Looks from outside at a database that others write too: which topics have moved."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import select

from tabapp.store.database import Database
from tabapp.store.schema import revision

Moved: TypeAlias = Mapping[tuple[int, str], int]
"""Tournament (0 for the whole database) and topic -> how often it has changed."""


class Watch:
    """A connection of its own on a file, or looks through the pool at a server.

    Used by one thread at a time. Asking a file costs nothing as long as nobody has written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._version: int | None = None
        self._connection: sqlite3.Connection | None = None

    def look(self) -> Moved | None:
        """Return all revisions, None where nothing was written since the last look.

        ``OSError`` where the database cannot be asked now.
        """
        if self._database.path is None:
            return self._through_the_pool()
        try:
            return self._beside_the_pool()
        except sqlite3.Error as error:
            self.close()
            raise OSError(str(error)) from error

    def _beside_the_pool(self) -> Moved | None:
        if self._connection is None:
            self._connection = sqlite3.connect(
                f"file:{_quoted(str(self._database.path))}?mode=rw", uri=True, timeout=1.0,
                isolation_level=None, check_same_thread=False)
        (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return None
        self._version = version
        rows = self._connection.execute("SELECT tournament_id, topic, revision FROM revision")
        return {(owner, topic): count for owner, topic, count in rows}

    def _through_the_pool(self) -> Moved:
        columns = revision.c
        with self._database.read() as unit:
            rows = unit.fetch(select(columns.tournament_id, columns.topic, columns.revision))
        return {(owner, topic): count for owner, topic, count in rows}

    def close(self) -> None:
        """Give the connection back; the next look opens another."""
        self._version = None
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _quoted(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")
