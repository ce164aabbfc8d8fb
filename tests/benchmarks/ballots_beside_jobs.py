"""How long a ballot takes from Enter until it is durable, with every job of a round at work.

``python -m tests.benchmarks.ballots_beside_jobs`` from the root of the tree, on a machine that
does nothing else. Each ballot of a round is entered and confirmed, as two people at the desk do
it: first with nothing but what they set off by themselves, then while a draw, standings, awards,
suggestions, a copy and a cleanup run again and again. Clock and automation are at work, the desk is
on the screen. Target: 99th percentile 30 ms with 400 teams.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tabapp.app import open_workspace
from tabapp.domain.archive import Archive, Ballot
from tabapp.domain.simulation import generate_tournament
from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.session import Session
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.warming import warm_up
from tabapp.jobs.handle import JobHandle
from tabapp.services import exchange
from tabapp.services.ballot_desk import read_desk
from tabapp.services.ballots import Entry, Seen, confirm_ballot, save_ballot
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import WriteUnit
from tests.benchmarks.stalls_of_window import rest, wait_until

PAUSE = 700
"""Milliseconds between two writes: more than a hall of 100 rooms brings at its busiest."""

Change = Callable[[WriteUnit], object]


def make(teams: int, rounds: int) -> tuple[Archive, dict[str, Ballot]]:
    """Return a tournament with one round to enter and one to draw, and the ballots to enter."""
    archive = generate_tournament(preset="bp", teams=teams, rounds=rounds + 1, seed=5)
    open_round, last = archive.rounds[-2:]
    last.debates, last.status, last.completed = [], "none", False
    ballots = {}
    for debate in open_round.debates:
        ballots[debate.id] = debate.ballots[-1]
        debate.ballots, debate.status = [], "none"
    open_round.completed = False
    return archive, ballots


class Jobs:
    """Keeps every job of a round running."""

    def __init__(self, work: Workspace, owner: TournamentRow, drawn: RoundRow) -> None:
        self._work, self._owner = work, owner
        self._calls: dict[str, dict[str, Any]] = {
            "draw.generate": {
                "round_id": drawn.id, "replace": True, "ignore_missing": True, "released": True},
            "standings.recalculate": {"tournament_id": owner.id},
            "achievements.check_all": {"tournament_id": owner.id},
            "recommendations.refresh": {"tournament_id": owner.id},
            "maintenance.snapshot": {"reason": "benchmark"},
            "maintenance.cleanup": {},
        }
        self._running: dict[str, JobHandle | None] = dict.fromkeys(self._calls)
        self.ended = dict.fromkeys(self._calls, 0)
        self.failed: list[str] = []

    def go_on(self) -> None:
        """Submit again what has ended."""
        for name, handle in self._running.items():
            result = handle.result if handle is not None else None
            if handle is not None and result is None:
                continue
            if result is not None:
                self.ended[name] += 1
                if result.status != "success":
                    self.failed.append(f"{name}: {result.error}")
            more: dict[str, Any] = {"seed": 1 + self.ended[name]} if name == "draw.generate" else {}
            self._running[name] = self._work.queue.submit(
                name, tournament=self._owner.id, submitted_by="benchmark",
                **self._calls[name], **more)


class Desk:
    """Enters and confirms ballots in a thread of its own, as the window does."""

    def __init__(self, work: Workspace, owner: TournamentRow, played: RoundRow) -> None:
        self._work, self._owner, self._round = work, owner, played
        self._writer = ThreadPoolExecutor(1)

    def _seen(self, debate: str) -> Seen:
        with self._work.database.read() as unit:
            rooms = read_desk(unit, self._owner.id, self._round.id).rooms
        return next(room.seen for room in rooms if room.row.ref == debate)

    def _write(self, verb: str, change: Change) -> float:
        began = perf_counter()

        def work() -> float:
            with self._work.database.write(
                actor="Ann", verb=verb, tournament=self._owner.id
            ) as unit:
                change(unit)
            return perf_counter()

        written = self._writer.submit(work)
        wait_until(written.done)
        return (written.result() - began) * 1e3

    def enter(self, debate: str, ballot: Ballot) -> list[float]:
        """Enter a ballot and give it its second look; return the milliseconds of both."""
        seen, entry = self._seen(debate), Entry(self._round.seq, debate, ballot)
        taken = [self._write(
            "enter the ballot of", lambda unit: save_ballot(unit, self._owner, entry, seen=seen))]
        rest(PAUSE)
        seen = self._seen(debate)
        waiting = next(row for row, status in seen.versions if status == "draft")
        taken.append(self._write("confirm the ballot of", lambda unit: confirm_ballot(
            unit, self._owner, debate, waiting, seen=seen)))
        rest(PAUSE)
        return taken


def tell(what: str, taken: Sequence[float]) -> None:
    """Print the middle and the tail."""
    found = sorted(taken)
    p99 = found[min(len(found) - 1, int(len(found) * 0.99))]
    print(  # noqa: T201
        f"{what:12} {len(found)} writes: median {found[len(found) // 2]:.1f} ms,"
        f" 99th percentile {p99:.1f} ms, longest {found[-1]:.1f} ms", flush=True)


def measure(teams: int, rounds: int, most: int) -> None:
    """Enter so many ballots with nothing but what they set off, and as many beside the jobs."""
    archive, ballots = make(teams, rounds)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TABAPP_HOME"] = folder
        path = Path(folder) / "large.tabapp"
        with open_workspace(path, create=True, threads=True, household=True) as work:
            exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")
            owner = work.tournament()
            with work.database.read() as unit:
                played, drawn = list_rounds(unit, owner.id)[-2:]
            session = Session(work, owner.id)
            window = MainWindow(session)
            window.resize(1366, 768)
            window.show()
            session.set_round(played.id)
            assert work.household is not None
            warm_up(work.queue.registry, work.household.start).join()
            session.go("ballots")
            wait_until(lambda: session.is_idle)
            desk, jobs = Desk(work, owner, played), Jobs(work, owner, drawn)
            wanted = list(ballots.items())
            half = min(most, len(wanted) // 2)
            tell("alone", [
                one for debate, ballot in wanted[:half] for one in desk.enter(debate, ballot)])
            beside = []
            with ThreadPoolExecutor(1) as submitting:
                for debate, ballot in wanted[half:2 * half]:
                    submitting.submit(jobs.go_on).result()
                    beside += desk.enter(debate, ballot)
            tell("beside jobs", beside)
            print(", ".join(f"{name} {n}" for name, n in jobs.ended.items()))  # noqa: T201
            for problem in jobs.failed:
                print(problem)  # noqa: T201
            window.close()
            session.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--teams", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--ballots", type=int, default=50)
    given = parser.parse_args()
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    measure(given.teams, given.rounds, given.ballots)


if __name__ == "__main__":
    main()
