"""Locks that expire, heartbeats, who is alive, and runs that lose their lock."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tabapp.core.errors import DatabaseBusy
from tabapp.core.revisions import LeaseToken
from tabapp.jobs.leases import (
    EXPIRY,
    UNKNOWN,
    Keeper,
    is_alive,
    new_owner,
    own_key,
    start_time_of,
)
from tabapp.jobs.memory import MemoryLeases
from tabapp.jobs.run import RunControl
from tabapp.jobs.spec import db_job
from tests.jobs.world import Ctx, World


@pytest.fixture
def keeper(world: World) -> Keeper:
    return Keeper(world.leases, world.clock, "a:1:1:x", world.liveness, lambda: None)


def take(world: World, owner: str) -> LeaseToken | None:
    return world.leases.acquire("tournament:1", owner, world.clock.now(), EXPIRY)


def test_the_epoch_rises_at_each_take_over_and_after_a_release(world: World) -> None:
    first = take(world, "a")
    assert first == LeaseToken("tournament:1", "a", 1)
    assert take(world, "b") is None
    world.clock.advance(15)
    second = take(world, "b")
    assert second == LeaseToken("tournament:1", "b", 2)
    world.leases.release(second)
    assert take(world, "a") == LeaseToken("tournament:1", "a", 3)


def test_on_one_computer_the_process_decides_and_not_the_clock(world: World) -> None:
    world.alive.add("a")
    take(world, "a")
    world.clock.jump(3600)
    assert take(world, "b") is None
    world.alive.clear()
    world.dead.add("a")
    world.clock.jump(-7200)
    assert take(world, "b") is not None


def test_a_heartbeat_keeps_a_lease_and_a_stale_one_fails(world: World) -> None:
    token = take(world, "a")
    assert token is not None
    world.clock.advance(14)
    assert world.leases.heartbeat(token, world.clock.now(), EXPIRY)
    world.clock.advance(14)
    assert take(world, "b") is None
    world.clock.advance(1)
    assert take(world, "b") is not None
    assert not world.leases.heartbeat(token, world.clock.now(), EXPIRY)


def test_a_release_by_a_stale_owner_changes_nothing(world: World) -> None:
    stale = take(world, "a")
    assert stale is not None
    world.clock.advance(15)
    take(world, "b")
    world.leases.release(stale)
    holder = world.leases.holder("tournament:1")
    assert holder is not None
    assert holder.owner == "b"


def test_this_process_is_alive_and_one_that_ended_is_dead() -> None:
    assert is_alive(new_owner())
    host = new_owner().split(":", maxsplit=1)[0]
    code = "import sys; sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as child:
        owner = f"{host}:{child.pid}:{start_time_of(child.pid) or '-'}:x"
        assert is_alive(owner)
        child.communicate()
    assert not is_alive(owner)


def test_another_process_under_the_same_number_is_not_the_owner() -> None:
    host, pid, _, unique = new_owner().split(":")
    assert is_alive(f"{host}:{pid}:1:{unique}") is False


def test_of_another_computer_nothing_is_known() -> None:
    assert is_alive("not-this-host.example:1:1:x") is None
    assert is_alive("nonsense") is None


def test_a_living_process_of_which_only_the_number_is_known_is_not_certain() -> None:
    host, pid, _, unique = new_owner().split(":")
    assert is_alive(f"{host}:{pid}:{UNKNOWN}:{unique}") is None


def test_a_lock_under_a_number_that_passed_on_to_another_program_expires(world: World) -> None:
    host, pid, _, unique = new_owner().split(":")
    locks = MemoryLeases(is_alive)
    now = world.clock.now()
    assert locks.acquire("tournament:1", f"{host}:{pid}:{UNKNOWN}:{unique}", now, EXPIRY)
    assert locks.acquire("tournament:1", "b", now, EXPIRY) is None
    assert locks.acquire("tournament:1", "b", now + EXPIRY, EXPIRY) is not None


@pytest.mark.parametrize("pid", ["²", "٣", "9" * 5000, "-1", ""])
def test_an_owner_whose_number_is_none_is_strange(pid: str) -> None:
    host = new_owner().split(":", maxsplit=1)[0]
    assert is_alive(f"{host}:{pid}:1:x") is None


@pytest.mark.parametrize(("code", "text", "started"), [
    (0, "S+   Mon Jan  5 09:00:07 2026\n", "Mon-Jan-5-09.00.07-2026"),
    (0, "Z    Mon Jan  5 09:00:07 2026\n", None),
    (1, "", None),
    (2, "usage", UNKNOWN),
])
def test_without_proc_the_system_is_asked_for_the_start_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, text: str, started: str | None
) -> None:
    def ps(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        assert command[-1] == "7"
        return subprocess.CompletedProcess(command, code, text, "")

    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(subprocess, "run", ps)
    assert start_time_of(7, tmp_path / "missing") == started


def test_a_system_that_does_not_answer_leaves_the_start_time_unknown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hangs(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, 2)

    monkeypatch.setattr(subprocess, "run", hangs)
    assert start_time_of(7, tmp_path / "missing") == UNKNOWN


def test_the_start_time_is_read_behind_a_name_with_blanks_and_brackets(tmp_path: Path) -> None:
    fields = " ".join(str(number) for number in range(4, 30))
    for pid, state in ((7, "S"), (8, "Z")):
        (tmp_path / str(pid)).mkdir()
        (tmp_path / str(pid) / "stat").write_text(f"{pid} (a) b (c)) {state} {fields}")
    assert start_time_of(7, tmp_path) == "22"
    assert start_time_of(8, tmp_path) is None
    assert start_time_of(9, tmp_path) is None


# --- a lock that is lost ---


def test_a_write_under_a_lost_lease_is_refused_and_the_run_waits_for_its_lock(
    world: World,
) -> None:
    tries: list[int] = []

    @db_job("test.sleeper", lock="tournament")
    def sleeper(ctx: Ctx) -> None:
        tries.append(len(tries))
        if len(tries) == 1:  # the laptop sleeps, and another program takes the tournament
            world.clock.advance(60)
            taken.append(take(world, "b"))
        with ctx.write() as unit:
            unit.data["writer"] = "sleeper"

    taken: list[LeaseToken | None] = []
    queue = world.queue(sleeper, synchronous=True, start=False)
    handle = queue.submit(sleeper, tournament=1)
    assert (handle.state, handle.waiting_for) == ("waiting", "another program")
    assert world.units.data == {}
    assert taken[0] is not None
    world.leases.release(taken[0])
    world.clock.advance(1)
    queue.poke()
    assert handle.state == "success"
    assert (tries, world.units.data) == ([0, 1], {"writer": "sleeper"})


def test_a_run_that_lost_its_lease_takes_it_again_when_it_is_free(world: World) -> None:
    tries: list[int] = []

    @db_job("test.lucky", lock="tournament")
    def lucky(ctx: Ctx) -> None:
        tries.append(len(tries))
        if len(tries) == 1:
            world.clock.advance(60)
            token = take(world, "b")
            assert token is not None
            world.leases.release(token)
        with ctx.write() as unit:
            unit.data["done"] = True

    handle = world.queue(lucky, synchronous=True, start=False).submit(lucky, tournament=1)
    assert handle.result is not None
    assert (handle.result.status, handle.result.attempts, tries) == ("success", 1, [0, 1])


def test_a_heartbeat_tells_a_run_that_its_lock_is_gone(world: World) -> None:
    looked: list[str] = []

    @db_job("test.told", lock="tournament", retry="no_retry")
    def told(ctx: Ctx) -> None:
        looked.append("start")
        if len(looked) == 1:
            world.clock.advance(60)
            take(world, "b")
            queue._keeper.beat()
        ctx.check_cancelled()
        looked.append("went on")

    queue = world.queue(told, synchronous=True, start=False)
    assert queue.submit(told, tournament=1).state == "waiting"
    assert looked == ["start"]


def test_heartbeats_keep_the_lock_of_a_long_run(world: World) -> None:
    @db_job("test.long", lock="tournament")
    def long(ctx: Ctx) -> bool:
        for _ in range(20):
            world.clock.advance(2)
            queue._keeper.beat()
        return take(world, "b") is None

    queue = world.queue(long, synchronous=True, start=False)
    result = queue.submit(long, tournament=1).result
    assert result is not None
    assert result.value is True


def test_the_owners_own_lease_comes_and_goes_with_the_queue(world: World) -> None:
    queue = world.queue()
    assert world.leases.holder(own_key(queue.owner)) is not None
    queue.stop()
    assert world.leases.holder(own_key(queue.owner)) is None


def test_a_busy_database_neither_gives_nor_loses_a_lock(
    world: World, keeper: Keeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bool:
        raise DatabaseBusy

    control = RunControl()
    token = keeper.take("tournament:1", control)
    assert token is not None
    monkeypatch.setattr(world.leases, "heartbeat", busy)
    keeper.beat()
    control.check()
    monkeypatch.setattr(world.leases, "acquire", busy)
    assert keeper.take("tournament:2", control) is None
    monkeypatch.setattr(world.leases, "release", busy)
    keeper.give_back(token)
