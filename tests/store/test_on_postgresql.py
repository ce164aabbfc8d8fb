"""The same schema and code on a PostgreSQL server, started by these tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import func, select, text

from tabapp.core.clock import ManualClock
from tabapp.core.errors import DatabaseBusy, StaleInput, TransientError, UserError
from tabapp.jobs.ports import RunRecord
from tabapp.store import migrations
from tabapp.store.breakers import BreakerRow, SqlBreakers
from tabapp.store.database import Database
from tabapp.store.engine import ADVISORY_KEY, open_engine, parse_url, write_transaction
from tabapp.store.leases import SqlLeases
from tabapp.store.runs import SqlRunLog
from tabapp.store.schedule_rows import (
    Outcome,
    ScheduleState,
    ended_runs,
    insert_schedule,
    list_schedules,
    open_runs,
    read_states,
    store_states,
    topics_moved,
)
from tabapp.store.schema import debate_side, metadata, round_, team

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
FAST = "-c fsync=off -c full_page_writes=off -c listen_addresses="


def run(folder: Path, *command: str) -> None:
    """Run a tool of the server, which refuses to run as root."""
    owner = ("runuser", "-u", "postgres", "--") if os.geteuid() == 0 else ()
    subprocess.run([*owner, *command], check=True, stdout=subprocess.DEVNULL, cwd=folder)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """A server on a socket in a folder of its own; gives the URL but for the database's name."""
    if not SERVERS:
        pytest.skip("PostgreSQL's initdb is not installed")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    if os.geteuid() == 0:
        shutil.chown(folder, user="postgres")
    data, tools = folder / "data", SERVERS[-1].parent
    initdb = (str(tools / "initdb"), "-D", str(data), "-A", "trust", "-U", "tab", "-E", "UTF8")
    run(folder, *initdb, "--no-sync")
    control = (str(tools / "pg_ctl"), "-D", str(data), "-w")
    run(folder, *control, "-o", f"{FAST} -k {folder}", "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://tab@/{{name}}?host={folder}"
    finally:
        run(folder, *control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of this test."""
    name = request.node.name.removeprefix("test_")[:60]
    engine = open_engine(parse_url(server.format(name="postgres")), where="server")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return server.format(name=name)


@pytest.fixture
def database(url: str, clock: ManualClock) -> Iterator[Database]:
    database = Database.open(url, create=True, clock=clock)
    yield database
    database.close()


def test_a_database_is_made_found_and_recognised(url: str) -> None:
    with pytest.raises(UserError) as caught:
        Database.open(url)
    assert caught.value.code == "database_foreign"
    for create in (True, False):
        Database.open(url, create=create).close()


def test_migrations_make_what_the_models_say(url: str) -> None:
    engine = open_engine(parse_url(url), where=url)
    with write_transaction(engine) as connection:
        migrations.upgrade(connection)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_writes_undo_and_redo(database: Database, house: Any) -> None:
    def rows() -> tuple[list[Any], list[Any]]:
        with database.read() as unit:
            return (
                unit.fetch(select(team).order_by(team.c.id)),
                unit.fetch(select(debate_side).order_by(debate_side.c.id)),
            )

    before = rows()
    with database.write(verb="write", tournament=house.tournament) as unit:
        unit.delete(debate_side, house.sides[:1])
        unit.delete(team, house.teams[:1])
        unit.insert(team, [{"tournament_id": house.tournament, "ref": "T0", "extra": {"ü": [1]}}])
        unit.update(team, {house.teams[1]: {"seed": 0.1, "use_institution_prefix": True}})
        unit.touch("people")
    after = rows()
    database.undo(house.tournament, actor="Bob")
    assert rows() == before
    database.redo(house.tournament, actor="Bob")
    assert rows() == after
    with database.write(verb="seed", tournament=house.tournament) as unit:
        unit.update(round_, {house.round: {"draw_seed": 2**62, "slot_id": 5}})
    with database.read() as reader:
        assert {row.slot_id for row in reader.rows(select(debate_side))} == {5}
        assert reader.revision(house.tournament, "people").topics == {"people": 4}


def test_rules_are_named_and_blocked_undos_too(database: Database, house: Any) -> None:
    row = {"tournament_id": house.tournament, "ref": "T9", "name": "X"}
    for change, constraint in (
        ({"ref": "T0"}, "uq_team_tournament_id_ref"),
        ({"institution_id": 9}, "foreign key"),
        ({"type": "strange"}, "ck_team_type"),
    ):
        with pytest.raises(UserError) as caught, database.write() as unit:
            unit.insert(team, [row | change])
        assert caught.value.facts["constraint"] == constraint
    with database.write(verb="add", tournament=house.tournament) as unit:
        (new,) = unit.insert(team, [row])
    with database.write(verb="swap in", subject="X", tournament=house.tournament) as later:
        later.update(debate_side, {house.sides[0]: {"team_id": new}})
    with pytest.raises(UserError, match="because of swap in X"):
        database.undo(house.tournament, actor="Bob", action_id=unit.action_id)


def test_a_reader_sees_one_moment_and_stale_input_is_refused(
    database: Database, house: Any
) -> None:
    names = select(team.c.name).where(team.c.id == house.teams[0])
    with database.read() as reader:
        revision = reader.revision(house.tournament, "people")
        with database.write(tournament=house.tournament) as unit:
            unit.update(team, {house.teams[0]: {"name": "New"}})
            unit.touch("people")
        assert reader.scalar(names) == "Team 0"
    with pytest.raises(StaleInput), database.write(expected=revision):
        pass


def test_writers_stand_in_line_and_one_gives_up(database: Database, house: Any, url: str) -> None:
    other = open_engine(parse_url(url), where=url)
    with database.write(), other.connect() as connection:
        connection.execute(text("SET lock_timeout = 10"))
        with pytest.raises(DatabaseBusy):
            connection.execute(text(f"SELECT pg_advisory_xact_lock({ADVISORY_KEY})"))
    other.dispose()

    def write(number: int) -> None:
        with database.write(tournament=house.tournament) as unit:
            unit.insert(team, [{"tournament_id": house.tournament, "ref": f"W{number}"}])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(40)))
    with database.read() as reader:
        assert reader.scalar(select(func.count()).select_from(team)) == 44


def test_runs_and_locks_are_kept(database: Database, clock: ManualClock) -> None:
    runs = SqlRunLog(database)
    run = runs.create(RunRecord(name="a", title="A", submitted_at=clock.now(), params={"x": 1}))
    assert runs.claim(run.id, {"owner": "me", "value": {"n": 1}}, previous=None)
    assert not runs.claim(run.id, {"owner": "you"}, previous=None)
    assert [one.value for one in runs.unfinished()] == [{"n": 1}]
    leases = SqlLeases(database)
    token = leases.acquire("k", "me", clock.now(), timedelta(seconds=15))
    assert leases.acquire("k", "you", clock.now(), timedelta(seconds=15)) is None
    with database.write(lease=token):
        pass


def test_runs_are_found_by_every_filter(database: Database, clock: ManualClock) -> None:
    runs = SqlRunLog(database)
    first = runs.create(RunRecord(
        name="draw.generate", title="Draw: Über Round_1", submitted_at=clock.now(),
        labels=("draw", "100 %"), submitted_by="Ann", state="success", fingerprint="f",
        batches={"1:50:ab": 2}))
    later = clock.now() + timedelta(minutes=1)
    second = runs.create(RunRecord(
        name="drawX", title="Copy", submitted_at=later, labels=("drawn",), submitted_by="clock",
        parent=first.id, next_at=later, waiting_for="Draw", state="waiting"))
    assert list(runs.history()) == [second, first]

    def ids(**filters: Any) -> list[int]:
        return [run.id for run in runs.history(**filters)]

    for filters in (
        {"prefix": "draw."}, {"label": "draw"}, {"label": "100 %"}, {"submitted_by": "Ann"},
        {"text": "round_1"}, {"text": "über"}, {"states": frozenset({"success"})},
        {"until": later}, {"before": second.id}, {"name": "draw.generate"},
    ):
        assert ids(**filters) == [first.id], filters
    assert ids(since=later) == ids(label="drawn") == [second.id]
    assert runs.succeeded("draw.generate", "f") == first
    assert runs.succeeded("draw.generate", "g") is None
    assert runs.update(first.id, {"batches": {"1:50:ab": 3}}, if_owner=None)
    found = runs.get(first.id)
    assert found is not None
    assert (found.batches, found.labels) == ({"1:50:ab": 3}, ("draw", "100 %"))


def test_what_came_of_schedules_is_kept(database: Database, clock: ManualClock) -> None:
    runs = SqlRunLog(database)
    with database.write(verb="add schedule") as unit:
        insert_schedule(unit, {
            "name": "mine", "title": "Mine", "job": "a.b", "kind": "cron",
            "spec": {"expression": "30 3 * * sun"}, "params": {"n": 1}, "builtin": False,
            "paused": False})
    now = clock.now()
    for ok in (True, False):
        store_states(database, {"mine": now, "a.b": now}, [
            Outcome("mine", now, "success" if ok else "failed", "" if ok else "It broke.", 1.5)])
    run = runs.create(RunRecord(
        name="a.b", title="A", submitted_at=now, submitted_by="clock", state="running"))
    with database.read() as view:
        (row,) = list_schedules(view)
        assert (row.name, dict(row.spec), dict(row.params)) == (
            "mine", {"expression": "30 3 * * sun"}, {"n": 1})
        states = read_states(view)
        assert states["mine"] == ScheduleState(
            now, now, "failed", "It broke.", 2, 1, (1.5, 1.5))
        assert states["a.b"].last_due_at == now
        assert open_runs(view, "clock") == [(run.id, "a.b", None)]
        assert ended_runs(view, {run.id}) == {}
        assert topics_moved(view, ["schedule"]) > 0
    runs.update(run.id, {"state": "failed", "error_message": "No.", "seconds": 2.0})
    with database.read() as view:
        assert ended_runs(view, {run.id, 99}) == {run.id: ("failed", "No.", 2.0)}


def test_breakers_are_kept(database: Database, clock: ManualClock) -> None:
    store = SqlBreakers(database)
    for failures in (1, 5):
        store.save("drive", state="open", failures=failures, opened_at=clock.now(),
                   last_error="gone")
    assert store.load() == [BreakerRow("drive", "open", 5, clock.now(), "gone")]


def test_locks_are_found_by_how_their_keys_begin(database: Database, clock: ManualClock) -> None:
    leases, soon = SqlLeases(database), timedelta(seconds=15)
    for key in ("tournament:1", "tournament:2", "tournamentX"):
        token = leases.acquire(key, "me", clock.now(), soon)
        assert token is not None
        if key == "tournament:2":
            leases.release(token)
    assert [held.key for held in leases.holders("tournament:")] == ["tournament:1"]
    clock.advance(16)
    taken = leases.acquire("tournament:1", "you", clock.now(), soon)
    assert taken is not None
    assert taken.epoch == 2


def test_a_server_that_is_not_there_is_said_plainly(server: str) -> None:
    with pytest.raises(TransientError, match="does not answer"):
        Database.open(server.format(name="x").replace("host=", "host=/nowhere"))


def test_a_password_is_never_shown() -> None:
    with pytest.raises(TransientError) as caught:
        Database.open("postgresql://tab:secret@/x?host=/nowhere")
    assert "secret" not in caught.value.message
