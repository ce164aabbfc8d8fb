"""Two programs on one file: one job of a tournament at a time, wherever it runs."""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import pytest

from tabapp.app import open_workspace
from tabapp.jobs.leases import EXPIRY, is_alive
from tabapp.jobs.ports import RunRecord
from tabapp.store.leases import SqlLeases
from tests.reliability.programs import (
    PATIENCE,
    begin,
    everything_said,
    meet_another,
    open_with_probes,
    race,
    race_of_many,
    servers,
    stay_inside,
)
from tests.reliability.scenes import add, assert_results_are_derived, exports, made_up

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="programs are forked here")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with two tournaments; their row ids are 1 and 2."""
    path = tmp_path / "shared.tabapp"
    with open_workspace(path, create=True) as work:
        assert [add(work, made_up(seed)).id for seed in (1, 2)] == [1, 2]
    return path


def runs_of(path: Path) -> list[RunRecord]:
    with open_workspace(path) as work:
        return list(work.runs.history(limit=1000))


def test_two_jobs_of_one_tournament_never_run_at_once(path: Path, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    start = servers().Barrier(2)
    programs = [begin(race, path, diary, who, start) for who in ("a", "b")]
    said = [line for _process, hears in programs for line in everything_said(hears)]
    for process, _hears in programs:
        process.join(PATIENCE)
        assert process.exitcode == 0
    assert {status for _run, status in said} == {"success"}

    inside: dict[str, str] = {}
    visits = defaultdict(list)
    for line in diary.read_text().splitlines():
        place, what, who = line.split()
        if what == "enter":
            assert place not in inside, f"{who} entered while {inside[place]} was inside"
            inside[place] = who
            visits[place].append(who)
        else:
            assert inside.pop(place) == who
    assert inside == {}
    everybody = sorted(f"{who}{number}" for who in "ab" for number in range(4))
    assert {place: sorted(whos) for place, whos in visits.items()} == {
        "1": everybody, "2": everybody}

    runs = [run for run in runs_of(path) if run.id in {run for run, _status in said}]
    assert {run.state for run in runs} == {"success"}
    held = [(run.tournament, run.epoch) for run in runs]
    assert None not in {epoch for _tournament, epoch in held}
    assert len(set(held)) == len(held)  # each run had a term of the lock to itself
    with open_workspace(path) as work:
        assert len(exports(work.database)) == 2
        assert_results_are_derived(work.database)


def test_fifty_runs_each_of_two_programs_never_meet(path: Path, tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    start = servers().Barrier(2)
    programs = [begin(race_of_many, path, diary, who, 50, start) for who in ("a", "b")]
    said = [line for _process, hears in programs for line in everything_said(hears)]
    for process, _hears in programs:
        process.join(PATIENCE)
    assert [status for _run, status in said] == ["success"] * 100
    lines = [line.split() for line in diary.read_text().splitlines()]
    assert len(lines) == 200
    for entered, left in zip(lines[::2], lines[1::2], strict=True):  # nobody between the two
        assert (entered[1], left[1]) == ("enter", "leave")
        assert (entered[0], entered[2]) == (left[0], left[2])


def test_the_lock_of_a_killed_program_is_free_within_its_expiry(
    path: Path, tmp_path: Path
) -> None:
    process, hears = begin(stay_inside, path, tmp_path / "diary", 1, "probe.hold_once")
    hears.recv()
    with open_workspace(path) as work:
        leases = SqlLeases(work.database, lambda owner: None)  # as from another computer
        kept = leases.holder("tournament:1")
        assert kept is not None
        process.kill()
        process.join()
        hears.close()
        now = work.clock.now()
        assert kept.expires_at - now <= EXPIRY
        assert leases.acquire("tournament:1", "other", now, EXPIRY) is None
        last = leases.holder("tournament:1")
        assert last is not None
        assert last.expires_at - now <= EXPIRY
        token = leases.acquire("tournament:1", "other", last.expires_at, EXPIRY)
        assert token is not None
        assert token.epoch == kept.epoch + 1
        leases.release(token)
        # and on this computer at once
        here = SqlLeases(work.database, is_alive)
        assert here.acquire("tournament:1", work.queue.owner, now, EXPIRY) is not None


def test_jobs_of_two_tournaments_run_at_once_in_two_programs(path: Path, tmp_path: Path) -> None:
    programs = [
        begin(meet_another, path, tmp_path, 1, "one", "two"),
        begin(meet_another, path, tmp_path, 2, "two", "one"),
    ]
    assert [everything_said(hears) for _process, hears in programs] == [["success"], ["success"]]


@pytest.mark.parametrize(("job", "ends"), [
    ("probe.hold", "success"), ("probe.hold_once", "interrupted"),
])
def test_a_living_program_takes_over_from_one_that_was_killed_inside(
    path: Path, tmp_path: Path, job: str, ends: str
) -> None:
    diary = tmp_path / "diary"
    with open_with_probes(path) as work:
        process, hears = begin(stay_inside, path, diary, 1, job)
        held = hears.recv()
        waiting = work.queue.submit("standings.recalculate", tournament=1, tournament_id=1)
        other = work.queue.submit("standings.recalculate", tournament=2, tournament_id=2)
        assert other.wait(PATIENCE).status == "success"
        assert waiting.state != "success"  # somebody alive has the lock
        assert work.queue.recover_interrupted() == 0  # and is left alone
        process.kill()
        process.join()
        hears.close()
        assert waiting.wait(PATIENCE).status == "success"
        work.queue.recover_interrupted()  # the heartbeat does so too, but not at once
        handle = work.queue.handle(held)
        if handle is not None:
            handle.wait(PATIENCE)
        run = work.runs.get(held)
        assert run is not None
        assert run.state == ends
        assert [
            line.fields["queued_again"] for line in work.runs.logs(held) if line.fields
            if "queued_again" in line.fields
        ] == [ends == "success"]
    assert len(diary.read_text().splitlines()) == (2 if ends == "success" else 1)


def test_the_next_program_takes_over_as_it_opens_the_file(path: Path, tmp_path: Path) -> None:
    process, hears = begin(stay_inside, path, tmp_path / "diary", 1, "probe.hold_once")
    held = hears.recv()
    process.kill()
    process.join()
    hears.close()
    with open_workspace(path, threads=True) as work:
        run = work.runs.get(held)
        assert run is not None
        assert (run.state, run.error_code) == ("interrupted", "job_interrupted")
        result = work.run("standings.recalculate", tournament=1, tournament_id=1)
        assert result.status == "success"
