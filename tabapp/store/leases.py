"""Locks as rows: they survive a crash, expire, and are fenced by an epoch.

One process after another may hold a key; the epoch rises at each acquisition, so that a write
under an older one is refused in its own transaction (``LeaseLost``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, insert, select, update

from tabapp.core.revisions import LeaseToken
from tabapp.jobs.ports import LeaseHolder, Liveness, OwnerId, may_take_over
from tabapp.store.database import Database, IsAlive
from tabapp.store.schema import lease
from tabapp.store.times import from_text, to_text
from tabapp.store.unit import ReadUnit, WriteUnit, chunks

OWN_PREFIX = "owner:"
"""How the keys begin that stand for programs themselves (``jobs.leases.own_key``)."""

LONG_GONE = timedelta(days=1)


class SqlLeases:
    """The ``Leases`` of a database; see ``jobs.ports``.

    Without ``is_alive`` here or in the database only the expiry counts.
    """

    def __init__(self, database: Database, is_alive: Liveness | None = None) -> None:
        self._database = database
        self._is_alive = is_alive or database.is_alive or _unknown

    def acquire(
        self, key: str, owner: OwnerId, now: datetime, ttl: timedelta
    ) -> LeaseToken | None:
        """Take the lock when it is free or may be taken over, else return None."""
        with self._database.housekeeping() as connection:
            row = connection.execute(select(lease).where(lease.c.key == key)).first()
            held = _holder(row)
            if (
                held is not None
                and held.owner != owner
                and not may_take_over(held, now, self._is_alive(held.owner))
            ):
                return None
            epoch = row.epoch + 1 if row else 1
            values = {
                "owner": owner, "epoch": epoch, "heartbeat_at": to_text(now),
                "expires_at": to_text(now + ttl),
            }
            mine = lease.c.key == key
            connection.execute(
                update(lease).where(mine).values(values) if row
                else insert(lease).values(key=key, **values)
            )
        return LeaseToken(key, owner, epoch)

    def heartbeat(self, token: LeaseToken, now: datetime, ttl: timedelta) -> bool:
        """Move the expiry to ``now + ttl``; False when the lock has another holder."""
        with self._database.housekeeping() as connection:
            done = connection.execute(
                update(lease).where(_held_by(token))
                .values(heartbeat_at=to_text(now), expires_at=to_text(now + ttl))
            )
        return done.rowcount == 1

    def release(self, token: LeaseToken) -> None:
        """Give the lock back and keep its epoch."""
        with self._database.housekeeping() as connection:
            connection.execute(update(lease).where(_held_by(token)).values(owner=None))

    def holder(self, key: str) -> LeaseHolder | None:
        """Return who holds the key, expired or not."""
        with self._database.read() as unit:
            return _holder(unit.one(select(lease).where(lease.c.key == key)))

    def holders(self, prefix: str) -> Sequence[LeaseHolder]:
        """Return who holds any key that begins so, expired or not."""
        named = lease.c.key.startswith(prefix, autoescape=True)
        with self._database.read() as unit:
            rows = unit.rows(select(lease).where(named, lease.c.owner.is_not(None)))
        return [held for row in rows if (held := _holder(row)) is not None]


def gone_programs(
    unit: ReadUnit, now: datetime, is_alive: IsAlive | None = None
) -> list[str]:
    """Return the keys of the rows that stand for programs which are gone.

    No program comes back under the name of one that ended. One that is not provably dead is gone
    a day after its last heartbeat. Rows of locks never count: their epochs rise for ever.
    """
    known = is_alive or _unknown
    own = lease.c.key.startswith(OWN_PREFIX, autoescape=True)
    return [
        row.key for row in unit.rows(select(lease).where(own).order_by(lease.c.key))
        if row.owner is None or _has_ended(known(row.owner), row.expires_at, now)
    ]


def _has_ended(alive: bool | None, expires_at: str, now: datetime) -> bool:
    return from_text(expires_at) < now - LONG_GONE if alive is None else not alive


def forget_programs(unit: WriteUnit, keys: Sequence[str]) -> int:
    """Delete the rows of programs that are gone; return how many there still were."""
    return sum(
        unit.execute(delete(lease).where(lease.c.key.in_(part))) for part in chunks(keys))


def _unknown(_owner: OwnerId) -> bool | None:
    return None


def _held_by(token: LeaseToken) -> ColumnElement[bool]:
    return and_(
        lease.c.key == token.key, lease.c.owner == token.owner, lease.c.epoch == token.epoch
    )


def _holder(row: Row[Any] | None) -> LeaseHolder | None:
    if row is None or row.owner is None:
        return None
    return LeaseHolder(row.key, row.owner, row.epoch, from_text(row.expires_at))
