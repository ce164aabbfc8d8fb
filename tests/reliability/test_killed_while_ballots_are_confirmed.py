"""What was acknowledged to a person is there after a sudden death, and work goes on at once."""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import sys
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL

import pytest

from tabapp.app import open_workspace
from tabapp.domain.archive import Ballot
from tabapp.services.ballots import Entry, same_content
from tabapp.services.workspace import Workspace
from tabapp.store.archive_out import read_archive
from tests.reliability.programs import begin, confirm_ballots, everything_said
from tests.reliability.scenes import (
    THOROUGH,
    add,
    assert_results_are_derived,
    enter,
    entries_for,
    made_up,
    rounds_of,
)

KILLS = 200 if THOROUGH else 20
USABLE_WITHIN = 5.0
"""Seconds from opening to the next confirmed ballot; the target is 1, on a machine at rest."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")


@dataclass
class Room:
    """A tournament whose first round waits for ballots, and those that are handed in."""

    path: Path
    rest: Path
    given: dict[int, list[Entry]] = field(default_factory=dict)

    def entry(self, number: int) -> Entry:
        """Return ballot ``number``, as ``confirm_ballots`` counts them."""
        if not self.given:
            self._make(0)
        generation, place = divmod(number, len(self.given[0]))
        if generation not in self.given:
            self._make(generation)
        return self.given[generation][place]

    def _make(self, generation: int) -> None:
        with open_workspace(self.rest) as work:
            owner = work.tournament()
            self.given[generation] = entries_for(work, rounds_of(work, owner)[0], generation)


@pytest.fixture
def room(tmp_path: Path) -> Room:
    path = tmp_path / "live.tabapp"
    with open_workspace(path, create=True) as work:
        owner = add(work, made_up(1, teams=48, rounds=2))
        round_ = rounds_of(work, owner)[0]
        work.run("draw.generate", tournament=owner.id, round_id=round_.id, seed=1, confirm=True)
        work.run("draw.allocate_adjudicators", tournament=owner.id, round_id=round_.id, seed=1)
    rest = path.with_name("rest.tabapp")
    shutil.copy(path, rest)
    return Room(path, rest)


def killed(room: Room, first: int, chance: random.Random, *, load: bool) -> list[int]:
    """Let a program confirm ballots, kill it at a random moment; return what it acknowledged."""
    process, hears = begin(confirm_ballots, room.path, first, load)
    said = [hears.recv() for _ in range(chance.choice([0, 1, 4, 12]))]
    timer = threading.Timer(chance.random() / 5, process.kill)
    timer.start()
    said += everything_said(hears)
    timer.join()
    process.join()
    assert process.exitcode == -SIGKILL
    return said


def assert_sound(path: Path) -> None:
    """Read the file as it was left, before the program touches it."""
    with closing(sqlite3.connect(path)) as driver:
        assert driver.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert driver.execute("PRAGMA foreign_key_check").fetchall() == []


def go_on(room: Room, number: int) -> float:
    """Open the file as the program does, confirm the next ballot; return the seconds it took."""
    entry = room.entry(number)
    began = time.perf_counter()
    with open_workspace(room.path, threads=True) as work:
        enter(work, work.tournament(), [entry])
        took = time.perf_counter() - began
        assert_results_are_derived(work.database)
    return took


def ballots_of(work: Workspace) -> dict[str, list[Ballot]]:
    with work.database.read() as unit:
        archive = read_archive(unit, work.tournament().id)
    return {debate.id: debate.ballots for debate in archive.rounds[0].debates}


def assert_kept(room: Room, safe: list[int], open_end: int | None) -> None:
    """Fail unless each safe ballot is there and the last of its debate is the confirmed one.

    ``open_end`` is a ballot that may have been confirmed just before its acknowledgement.
    """
    with open_workspace(room.path) as work:
        stored = ballots_of(work)
    last: dict[str, list[Entry]] = {}
    for number in safe:
        entry = room.entry(number)
        assert any(same_content(entry.ballot, one) for one in stored[entry.debate]), number
        last[entry.debate] = [entry]
    if open_end is not None:
        entry = room.entry(open_end)
        last[entry.debate] = [*last.get(entry.debate, []), entry]
    for debate, candidates in last.items():
        confirmed = [one for one in stored[debate] if one.status == "confirmed"]
        if not confirmed:
            assert [room.entry(open_end or 0)] == candidates
            continue
        (ballot,) = confirmed
        assert any(same_content(one.ballot, ballot) for one in candidates), debate


def test_no_confirmed_ballot_is_lost_when_the_program_is_killed(
    room: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    chance = random.Random(KILLS)
    safe: list[int] = []
    times: list[float] = []
    for kill in range(KILLS):
        first = safe[-1] + 1 if safe else 0
        said = killed(room, first, chance, load=kill % 2 == 1)
        assert said == list(range(first, first + len(said)))
        safe += said
        assert_sound(room.path)
        following = safe[-1] + 1 if safe else 0
        assert_kept(room, safe[-24:], following)
        times.append(go_on(room, following))
        safe.append(following)
    assert_sound(room.path)
    assert_kept(room, safe, None)
    figures = (
        f"{KILLS} kills, {len(safe)} confirmed ballots, none lost; open and confirm the next: "
        f"median {statistics.median(times):.2f} s, longest {max(times):.2f} s")
    with capsys.disabled():
        sys.stdout.write(f"\n{figures}\n")
    assert len(safe) > 2 * KILLS
    assert max(times) < USABLE_WITHIN
