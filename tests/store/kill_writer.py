"""Commit rows until somebody kills this process; prints the number of each row that is safe."""

from __future__ import annotations

import sys

from tabapp.jobs.ports import LogLine
from tabapp.store.database import Database
from tabapp.store.runs import SqlRunLog
from tabapp.store.schema import team


def main() -> None:
    database = Database.open(sys.argv[1])
    log = SqlRunLog(database)
    start = int(sys.argv[2])
    for number in range(start, start + 10_000):
        with database.write(actor="kill", verb="add", tournament=1) as unit:
            (row,) = unit.insert(team, [
                {"tournament_id": 1, "ref": f"K{number}", "name": str(number)}
            ])
            unit.update(team, {row: {"short_name": "x" * 500}})
            unit.touch("people")
        print(number, flush=True)  # noqa: T201
        log.append(1, [LogLine(database.clock.now(), "info", str(number))])


if __name__ == "__main__":
    main()
