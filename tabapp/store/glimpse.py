"""A look into a tournament file without opening it: nothing is written, brought up to date or kept.

For the list of recent tournaments, which must come up at once and may name files of any age.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tabapp.core.files import at_home

Phase = Literal["empty", "draw", "drawn", "ballots", "complete", "finished"]


@dataclass(frozen=True, slots=True)
class Glimpse:
    """What a file says of its first tournament. ``round`` is the first that is not completed."""

    name: str
    preset: str
    teams: int
    rounds: int
    round: str
    seq: int
    phase: Phase
    others: int
    """Further tournaments in the file."""


def glimpse(path: Path) -> Glimpse | None:
    """Return what stands in a file, None where it has no tournament or cannot be read so."""
    uri = f"{at_home(path).resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True, timeout=0.5)) as connection:
            return _read(connection)
    except sqlite3.Error:
        return None


def _read(connection: sqlite3.Connection) -> Glimpse | None:
    rows = connection.execute("SELECT id, name, preset FROM tournament ORDER BY id").fetchall()
    if not rows:
        return None
    owner, name, preset = rows[0]
    (teams,) = connection.execute(
        "SELECT count(*) FROM team WHERE tournament_id = ?", (owner,)).fetchone()
    rounds = connection.execute(
        "SELECT id, seq, name, status, completed FROM round WHERE tournament_id = ? ORDER BY seq",
        (owner,)).fetchall()
    current = next((one for one in rounds if not one[4]), None)
    if current is None:
        phase: Phase = "finished" if rounds else "empty"
        return Glimpse(name, preset, teams, len(rounds), "", 0, phase, len(rows) - 1)
    row_id, seq, title, status, _completed = current
    phase = _phase(connection, row_id, status) if teams else "empty"
    return Glimpse(
        name, preset, teams, len(rounds), title or f"Round {seq}", seq, phase, len(rows) - 1)


def _phase(connection: sqlite3.Connection, round_id: int, status: str) -> Phase:
    if status == "none":
        return "draw"
    if status != "released":
        return "drawn"
    (waiting,) = connection.execute(
        "SELECT count(*) FROM debate WHERE round_id = ? AND status NOT IN ('postponed')"
        " AND id NOT IN (SELECT debate_id FROM ballot WHERE status = 'confirmed')"
        " AND id NOT IN (SELECT debate_id FROM debate_side WHERE side = 'bye')",
        (round_id,)).fetchone()
    return "ballots" if waiting else "complete"
