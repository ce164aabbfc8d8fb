"""What a process acknowledged is there after it was killed, whole and consistent."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from tabapp.store.database import Database
from tabapp.store.schema import action, change, team
from tabapp.store.snapshots import verify

KILLS = int(os.environ.get("TABAPP_KILLS", "20"))
WRITER = Path(__file__).with_name("kill_writer.py")


def acknowledged(path: Path, start: int, rows: int, delay: float, env: dict[str, str]) -> list[int]:
    """Let a process write and kill it ``delay`` seconds after it acknowledged ``rows`` rows."""
    writer = subprocess.Popen(
        [sys.executable, str(WRITER), str(path), str(start)], stdout=subprocess.PIPE, text=True,
        env=env,
    )
    assert writer.stdout is not None
    lines = [writer.stdout.readline() for _ in range(rows)]
    timer = threading.Timer(delay, writer.send_signal, (signal.SIGKILL,))
    timer.start()
    lines += writer.stdout.readlines()
    timer.join()
    writer.stdout.close()
    assert writer.wait() == -signal.SIGKILL
    return [int(line) for line in lines if line.endswith("\n")]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_no_acknowledged_row_is_lost_when_the_process_is_killed(
    database: Database, house: Any, path: Path, environment: dict[str, str]
) -> None:
    database.close()
    chance = random.Random(KILLS)
    safe: list[int] = []
    for _ in range(KILLS):
        start = max(safe, default=0) + 2  # the one after the last may have been committed
        safe += acknowledged(path, start, chance.randint(1, 5), chance.random() / 20, environment)
    verify(path)
    database = Database.open(path)
    with database.read() as unit:
        found = [
            (int(ref[1:]), len(short))
            for ref, short in unit.fetch(
                select(team.c.ref, team.c.short_name).where(team.c.ref.like("K%"))
            )
        ]
        actions = unit.scalar(
            select(func.count()).select_from(action).where(action.c.actor == "kill")
        )
        changes = unit.scalar(
            select(func.count())
            .select_from(change.join(action, change.c.action_id == action.c.id))
            .where(action.c.actor == "kill")
        )
        moved = unit.revision(1, "people").topics["people"] - 1
    database.close()
    assert set(safe) <= {number for number, _ in found}
    assert len(found) <= len(safe) + KILLS
    assert {length for _, length in found} == {500}  # no half of a unit
    assert (actions, changes, moved) == (len(found), 2 * len(found), len(found))
