"""Take one lock 25 times, from a process of its own; prints each epoch held alone."""

from __future__ import annotations

import os
import sys
from datetime import timedelta
from pathlib import Path

from tabapp.core.clock import SystemClock
from tabapp.core.errors import DatabaseBusy
from tabapp.core.revisions import LeaseToken
from tabapp.store.database import Database
from tabapp.store.leases import SqlLeases


def ask(leases: SqlLeases, owner: str) -> LeaseToken | None:
    try:
        return leases.acquire("race", owner, SystemClock().now(), timedelta(minutes=5))
    except DatabaseBusy:
        return None


def main() -> None:
    where, owner = Path(sys.argv[1]), sys.argv[2]
    inside = where.with_suffix(".inside")
    database = Database.open(where)
    leases = SqlLeases(database)
    rounds = 0
    while rounds < 25:
        token = ask(leases, owner)
        if token is None:
            continue
        handle = os.open(inside, os.O_CREAT | os.O_EXCL)  # fails when somebody else is inside
        with database.write(lease=token):
            pass
        os.close(handle)
        inside.unlink()
        leases.release(token)
        print(token.epoch, flush=True)  # noqa: T201
        rounds += 1
    database.close()


if __name__ == "__main__":
    main()
