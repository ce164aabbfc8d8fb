"""Circuit breakers as rows, so that a drive that was away is not asked anew at each start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from tabapp.store.database import Database
from tabapp.store.schema import breaker
from tabapp.store.times import maybe_text, maybe_time


@dataclass(frozen=True, slots=True)
class BreakerRow:
    """One stored circuit breaker; see ``jobs.ports.StoredBreaker``."""

    name: str
    state: str
    failures: int
    opened_at: datetime | None
    last_error: str


class SqlBreakers:
    """The ``BreakerStore`` of a database; see ``jobs.ports``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> Sequence[BreakerRow]:
        """Return all that are known, by name."""
        with self._database.read() as unit:
            return [
                BreakerRow(
                    row.name, row.state, row.failures, maybe_time(row.opened_at),
                    row.last_error or "",
                )
                for row in unit.rows(select(breaker).order_by(breaker.c.name))
            ]

    def save(
        self, name: str, *, state: str, failures: int, opened_at: datetime | None, last_error: str
    ) -> None:
        """Store how one stands."""
        values = {
            "state": state, "failures": failures, "opened_at": maybe_text(opened_at),
            "last_error": last_error,
        }
        with self._database.housekeeping() as connection:
            done = connection.execute(
                update(breaker).where(breaker.c.name == name).values(values))
            if done.rowcount == 0:
                connection.execute(insert(breaker).values(name=name, **values))
