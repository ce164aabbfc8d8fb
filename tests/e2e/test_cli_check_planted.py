"""The checker of a stored tournament: whatever is changed behind the program's back is told."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from tests.e2e.program import call, done

ROUND = 3
"""The round that is drawn and waits for its ballots, so that nothing but its draw is wrong."""

Fault = Callable[[sqlite3.Connection], None]


def drawn_again(folder: Path, preset: str, teams: int) -> Path:
    """Make a played tournament and draw its last round anew."""
    file, db = folder / f"{preset}.json", folder / f"{preset}.tabapp"
    done("generate", file, "--preset", preset, "--teams", teams, "--rounds", ROUND, "--seed", 5)
    done("import", db, file)
    assert done("draw", db, ROUND, "--replace", "--seed", 4)["audit"]["ok"]
    assert done("check", db)["ok"]
    return db


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a database of each format that a fault is planted in."""
    folder = tmp_path_factory.mktemp("stored")
    sizes = {"australs": 12, "joynt": 12, "apda": 9, "bp": 16}
    return {preset: drawn_again(folder, preset, teams) for preset, teams in sizes.items()}


@contextmanager
def behind_its_back(db: Path) -> Iterator[sqlite3.Connection]:
    """Write into a database as no program of ours would: nothing holds the rows together."""
    with closing(sqlite3.connect(db)) as connection, connection:
        yield connection


SEATS = """SELECT debate.id, debate.bracket, debate_side.id, debate_side.side, debate_side.team_id
 FROM debate_side JOIN debate ON debate.id = debate_id JOIN round ON round.id = debate.round_id
 WHERE round.seq = ? ORDER BY debate.room_rank, debate_side.side"""


def seats(db: sqlite3.Connection) -> list[tuple[int, float, int, str, int]]:
    """Return debate, bracket, row, side and team of each seat of the round, by rank of room."""
    return db.execute(SEATS, (ROUND,)).fetchall()


def exchange(db: sqlite3.Connection, one: int, other: int) -> None:
    """Seat the teams of two rows in each other's place."""
    teams = dict(db.execute("SELECT id, team_id FROM debate_side WHERE id IN (?, ?)",
                            (one, other)).fetchall())
    # a team sits once in a slot, so one of the two waits on a place that nobody has
    for row, team in ((one, -1), (other, teams[one]), (one, teams[other])):
        db.execute("UPDATE debate_side SET team_id = ? WHERE id = ?", (team, row))


def two_teams_exchanged_between_brackets(db: sqlite3.Connection) -> None:
    rows = seats(db)
    assert rows[0][1] > rows[-1][1]
    exchange(db, rows[0][2], rows[-1][2])


def a_team_twice(db: sqlite3.Connection) -> None:
    rows = seats(db)
    db.execute("UPDATE debate_side SET team_id = ?, slot_id = -1 WHERE id = ?",
               (rows[0][4], rows[-1][2]))


def a_bracket_label_changed(db: sqlite3.Connection) -> None:
    db.execute("UPDATE debate SET bracket = bracket + 1 WHERE id = ?", (seats(db)[0][0],))


def a_side_changed(db: sqlite3.Connection) -> None:
    exchange(db, *(row[2] for row in seats(db)[:2]))


def a_bye_moved(db: sqlite3.Connection) -> None:
    rows = seats(db)
    assert [row[3] for row in rows].index("bye") == len(rows) - 1
    exchange(db, rows[0][2], rows[-1][2])


def a_room_rank_twice(db: sqlite3.Connection) -> None:
    db.execute("UPDATE debate SET room_rank = 1 WHERE id = ?", (seats(db)[-1][0],))


def a_flag_turned(db: sqlite3.Connection) -> None:
    db.execute("""UPDATE debate_side SET flags = CASE flags
        WHEN '[]' THEN '["pullup"]' ELSE '[]' END WHERE id = ?""", (seats(db)[0][2],))


def two_teams_exchanged_within_a_bracket(db: sqlite3.Connection) -> None:
    rows = [row for row in seats(db) if row[3] == "neg"]
    first, second = next(
        (one, other) for one, other in pairwise(rows) if one[1] == other[1])
    exchange(db, first[2], second[2])


def a_room_deleted(db: sqlite3.Connection) -> None:
    debate = seats(db)[-1][0]
    for table, column in (("debate_side", "debate_id"), ("debate", "id")):
        db.execute(f"DELETE FROM {table} WHERE {column} = ?", (debate,))


PLANTED: list[tuple[str, Fault, str]] = [
    ("australs", two_teams_exchanged_between_brackets, "brackets"),
    ("bp", two_teams_exchanged_between_brackets, "legal brackets"),
    ("australs", two_teams_exchanged_within_a_bracket, "pairing"),
    ("apda", two_teams_exchanged_within_a_bracket, "pairing cost at the optimum"),
    ("australs", a_team_twice, "every team once"),
    ("bp", a_team_twice, "every team once"),
    ("australs", a_room_deleted, "every team once"),
    ("bp", a_room_deleted, "every team once"),
    ("australs", a_bracket_label_changed, "brackets"),
    ("bp", a_bracket_label_changed, "bracket labels"),
    ("joynt", a_side_changed, "sides"),
    ("australs", a_side_changed, "sides"),
    ("bp", a_side_changed, "position cost at the optimum"),
    ("apda", a_bye_moved, "byes"),
    ("apda", a_room_rank_twice, "room ranks"),
    ("australs", a_flag_turned, "bracket flags"),
    ("bp", a_flag_turned, "pull-up flags"),
]


@pytest.mark.parametrize(
    ("preset", "plant", "name"), PLANTED,
    ids=[f"{preset}-{plant.__name__}" for preset, plant, _name in PLANTED])
def test_a_planted_fault_ends_with_3_and_is_called_by_its_name(
    preset: str, plant: Fault, name: str, stored: dict[str, Path], tmp_path: Path
) -> None:
    db = Path(shutil.copy(stored[preset], tmp_path))
    with behind_its_back(db) as connection:
        plant(connection)
    outcome = call("check", db, "--json")
    assert (outcome.code, outcome.json["ok"]) == (3, False)
    failed = [one for one in outcome.json["checks"] if one["status"] == "failed"]
    here = [one for one in failed if one["scope"] == f"round {ROUND}"]
    assert name in {one["name"] for one in here}, failed
    assert all(one["detail"] for one in failed)
    other_rounds = {f"round {seq}" for seq in range(1, ROUND)}
    assert not other_rounds & {one["scope"] for one in failed}, failed
