"""How long a ballot takes from Enter until it is durable, with every job of a round at work.

``python -m tests.benchmarks.ballots_beside_jobs`` from the root of the tree, on a machine that
does nothing else. Each ballot of a round is entered, typed a second time by somebody else, and
where that one may not confirm, confirmed by a third: first with nothing but what they set off by
themselves, then while a draw and standings run again and again, then with awards, suggestions, a
copy and a cleanup too. Last it is typed into the window itself beside all these jobs: from the
Ctrl+Enter to the commit, each mark from its key to the shown form, and how long the window stood
still meanwhile. Clock and automation are at work, the desk is on the screen. Target: 99th
percentile 30 ms with 400 teams, no stall above 50 ms.
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

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from tabapp.app import open_workspace
from tabapp.core.events import Changed
from tabapp.domain.archive import Archive, Ballot
from tabapp.domain.operators import OperatorRole
from tabapp.domain.simulation import generate_tournament
from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.pages.ballots.page import BallotsPage
from tabapp.gui.session import Session
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.warming import warm_up
from tabapp.jobs.handle import JobHandle
from tabapp.services import exchange
from tabapp.services.ballot_form import DeskForm, read_form
from tabapp.services.ballots import Entry, save_ballot
from tabapp.services.double_entry import confirm, save_second
from tabapp.services.operators import SealedPin, add_operator
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.store.unit import WriteUnit
from tests.benchmarks.stalls_of_window import Lateness, rest, wait_until

PAUSE = 700
"""Milliseconds between two writes: more than a hall of 100 rooms brings at its busiest."""
BETWEEN_KEYS = 60
"""Milliseconds between two keys of a quick typist."""
VOLUNTEER, CORE = OperatorRole.VOLUNTEER, OperatorRole.ADJUDICATION_CORE
ENTERS, CHECKS, CONFIRMS = "Ann", "Ben", "Cleo"

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

    def go_on(self, most: int) -> None:
        """Submit again what has ended of the first jobs."""
        for name, handle in list(self._running.items())[:most]:
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
    """Stores ballots in a thread of its own, as the window does, by turns for three people."""

    def __init__(self, work: Workspace, owner: TournamentRow, played: RoundRow) -> None:
        self._work, self._owner, self._round = work, owner, played
        self._writer = ThreadPoolExecutor(1)
        self.taken: dict[str, list[float]] = {}

    def _seen(self, debate: str, actor: str) -> DeskForm:
        with self._work.database.read() as unit:
            return read_form(unit, self._owner.id, debate, actor)

    def _write(self, actor: str, verb: str, change: Change) -> None:
        began = perf_counter()

        def work() -> float:
            with self._work.database.write(
                actor=actor, verb=verb, tournament=self._owner.id
            ) as unit:
                change(unit)
            return perf_counter()

        written = self._writer.submit(work)
        wait_until(written.done)
        self.taken.setdefault(verb, []).append((written.result() - began) * 1e3)
        rest(PAUSE)

    def enter(self, debate: str, ballot: Ballot, *, waits: bool) -> None:
        """Enter a ballot twice; it counts at once, or ``waits`` for a third person."""
        entry, form = Entry(self._round.seq, debate, ballot), self._seen(debate, ENTERS)
        self._write(ENTERS, "enter", lambda unit: save_ballot(
            unit, self._owner, entry, seen=form.seen))
        second, role = (CHECKS, VOLUNTEER) if waits else (CONFIRMS, CORE)
        form = self._seen(debate, second)
        self._write(second, "second entry", lambda unit: save_second(
            unit, self._owner, entry, seen=form.seen, role=role))
        if waits:
            form = self._seen(debate, CONFIRMS)
            assert form.waiting is not None
            row = form.waiting[0]
            self._write(CONFIRMS, "confirm", lambda unit: confirm(
                unit, self._owner, debate, row, seen=form.seen, role=CORE))


class Hands:
    """Types ballots into the window, key by key."""

    def __init__(self, window: MainWindow, session: Session, work: Workspace) -> None:
        self._session = session
        self._page = window.findChildren(BallotsPage)[0]
        self._stored = 0.0
        work.bus.subscribe(Changed, self._on_changed)
        self.saved: list[float] = []
        self.keys: list[float] = []

    def _on_changed(self, event: Changed) -> None:
        """Note when something was committed, in the thread that did."""
        if "results" in event.topics and not self._stored:
            self._stored = perf_counter()

    def _screen(self) -> QWindow:
        """Return where the system hands the keys over."""
        found = QGuiApplication.focusWindow()
        assert found is not None
        return found

    def type(self, debate: str, ballot: Ballot) -> None:
        """Open a room, type its marks and press Ctrl+Enter until it is stored."""
        form = self._page.form
        self._page.open_ref(debate)
        wait_until(lambda: form.desk is not None and form.desk.room.ref == debate)
        rest(PAUSE)
        marks = {
            f"{side.side}.{one.position}": f"{one.score:g}"
            for sheet in ballot.sheets for side in sheet.sides for one in side.speeches}
        for key, text in marks.items():
            field = form.fields[key]
            if QApplication.focusWidget() is not field:
                field.setFocus(Qt.FocusReason.TabFocusReason)
            for digit in text:
                began = perf_counter()
                QTest.keyClick(self._screen(), Qt.Key(ord(digit)))
                self.keys.append((perf_counter() - began) * 1e3)
                rest(BETWEEN_KEYS)
        self._stored, end = 0.0, perf_counter() + 10.0
        while not self._stored and perf_counter() < end:
            began = perf_counter()
            QTest.keyClick(
                self._screen(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            rest(PAUSE)  # a question about an unusual mark is answered by saving once more
        if self._stored:
            self.saved.append((self._stored - began) * 1e3)


def tell(what: str, taken: Sequence[float]) -> None:
    """Print the middle and the tail."""
    found = sorted(taken)
    if not found:
        print(f"{what:38} none")  # noqa: T201
        return
    p99 = found[min(len(found) - 1, int(len(found) * 0.99))]
    print(  # noqa: T201
        f"{what:38} {len(found):4}: lower quartile {found[len(found) // 4]:.1f} ms,"
        f" median {found[len(found) // 2]:.1f} ms,"
        f" 99th percentile {p99:.1f} ms, longest {found[-1]:.1f} ms", flush=True)


def measure(teams: int, rounds: int, most: int) -> None:
    """Enter so many ballots with nothing but what they set off, and as many beside the jobs."""
    archive, ballots = make(teams, rounds)
    archive.tournament.settings.update(
        enable_blind_checks=True, ballot_confirmed_by=CORE.value)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TABAPP_HOME"] = folder
        path = Path(folder) / "large.tabapp"
        with open_workspace(path, create=True, threads=True, household=True) as work:
            exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")
            owner = work.tournament()
            with work.database.write(
                actor="benchmark", verb="add people", tournament=owner.id
            ) as writing:
                at_window = add_operator(
                    writing, "Dana", OperatorRole.TAB_DIRECTOR, SealedPin("nobody's"))
                for name, role in ((ENTERS, VOLUNTEER), (CHECKS, VOLUNTEER), (CONFIRMS, CORE)):
                    add_operator(writing, name, role, SealedPin("nobody's"))
            with work.database.read() as unit:
                played, drawn = list_rounds(unit, owner.id)[-2:]
            session = Session(work, owner.id)
            window = MainWindow(session)
            window.resize(1366, 768)
            window.show()
            window.activateWindow()
            session.who.sign_in(at_window)
            session.set_round(played.id)
            assert work.household is not None
            warm_up(work.queue.registry, work.household.start).join()
            session.go("ballots")
            wait_until(lambda: session.is_idle)
            jobs = Jobs(work, owner, drawn)
            wanted = list(ballots.items())
            part = min(most, len(wanted) // 4)
            every = len(jobs.ended)
            with ThreadPoolExecutor(1) as submitting:
                for turn, (what, running) in enumerate(
                    (("alone", 0), ("beside draw, standings", 2), ("beside all jobs", every))
                ):
                    desk = Desk(work, owner, played)
                    for n, (debate, ballot) in enumerate(wanted[turn * part:(turn + 1) * part]):
                        submitting.submit(jobs.go_on, running).result()
                        desk.enter(debate, ballot, waits=n % 2 == 1)
                    for verb, taken in desk.taken.items():
                        tell(f"{what}, {verb}", taken)
                hands, late = Hands(window, session, work), Lateness()
                late.start()
                for debate, ballot in wanted[3 * part:4 * part]:
                    submitting.submit(jobs.go_on, every).result()
                    hands.type(debate, ballot)
                stalls, _own = late.stop()
                tell("window, Ctrl+Enter", hands.saved)
                tell("window, a key", hands.keys)
                tell("window, stalls", stalls)
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
