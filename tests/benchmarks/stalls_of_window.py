"""How long the window is stopped while jobs run: ``python -m tests.benchmarks.stalls_of_window``.

A timer of 10 ms in the window's thread tells how late it comes, on the offscreen platform, while
the draw and the standings of a tournament run in their threads and their changes are shown. From
the root of the tree, on a machine that does nothing else. Targets: longest 50 ms, 99th percentile
16 ms with 1000 teams.

On Linux a second pair of figures leaves out for how long the window's thread was ready to run and
waited for a processor: what is left is the window's own work and its waiting for the interpreter.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from threading import get_native_id
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.session import Session
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.warming import warm_up
from tabapp.services import exchange
from tabapp.store.tournaments import list_rounds

PERIOD = 10
PLACES = ("rounds/draw", "results", "jobs", "people")


def waited() -> float:
    """Return for how many milliseconds this thread has waited for a processor; 0 if untold."""
    try:
        words = Path(f"/proc/self/task/{get_native_id()}/schedstat").read_text().split()
    except OSError:
        return 0.0
    return int(words[1]) / 1e6


class Lateness(QObject):
    """Collects by how many milliseconds a timer came too late, and without the queue's share."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[float] = []
        self.own: list[float] = []
        self._due = self._waited = 0.0
        self._timer = QTimer(self, interval=PERIOD)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        self.found, self.own = [], []
        self._waited = waited()
        self._due = perf_counter() + PERIOD / 1e3
        self._timer.start()

    def stop(self) -> tuple[list[float], list[float]]:
        self._timer.stop()
        return sorted(self.found), sorted(self.own)

    def _on_time(self) -> None:
        now, queue = perf_counter(), waited()
        late = max(0.0, now - self._due) * 1e3
        self.found.append(late)
        self.own.append(max(0.0, late - (queue - self._waited)))
        self._due, self._waited = now + PERIOD / 1e3, queue


def rest(milliseconds: int) -> None:
    """Let the window work as the program does; ``QTest.qWait`` holds the interpreter meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def wait_until(done: Callable[[], bool], seconds: float = 60.0) -> None:
    end = perf_counter() + seconds
    while not done():
        if perf_counter() > end:
            raise TimeoutError
        rest(5)


def tell(what: str, runs: Sequence[tuple[list[float], list[float]]]) -> None:
    """Print the longest stall and the tail of several runs, each of which is sorted."""
    told = []
    for which in (0, 1):
        longest = [run[which][-1] for run in runs]
        tails = [run[which][min(len(run[which]) - 1, int(len(run[which]) * 0.99))] for run in runs]
        told.append(
            f"longest {max(longest):5.1f} ms (median {median(longest):5.1f}),"
            f" 99th percentile {median(tails):5.1f} ms")
    print(f"{what:12} {told[0]}; without the queue {told[1]}", flush=True)  # noqa: T201


def measure(teams: int, rounds: int, repeats: int) -> None:
    archive = generate_tournament(preset="bp", teams=teams, rounds=rounds, seed=5)
    last = archive.rounds[-1]
    last.debates, last.status, last.completed = [], "none", False
    with (
        tempfile.TemporaryDirectory() as folder,
        open_workspace(Path(folder) / "large.tabapp", create=True, threads=True) as work,
    ):
        exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")
        owner = work.tournament()
        with work.database.read() as unit:
            round_id = list_rounds(unit, owner.id)[-1].id
        session = Session(work, owner.id)
        window = MainWindow(session)
        window.resize(1366, 768)
        window.show()
        session.set_round(round_id)
        warm_up(work.queue.registry).join()  # as the program does once its window is shown
        wait_until(lambda: session.is_idle)
        rest(200)  # the first paint
        late = Lateness()
        late.start()
        rest(2000)
        tell("nothing runs", [late.stop()])
        for place in PLACES:
            session.go(place)
            wait_until(lambda: session.is_idle)
            found = []
            for seed in range(repeats):
                late.start()
                session.submit(
                    window, "draw.generate", round_id=round_id, seed=seed, replace=True,
                    released=True)
                session.submit(window, "standings.recalculate", tournament_id=owner.id)
                wait_until(lambda: session.is_idle)
                found.append(late.stop())
            tell(place, found)
        window.close()
        session.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=10)
    given = parser.parse_args()
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    measure(given.teams, given.rounds, given.repeats)


if __name__ == "__main__":
    main()
