"""An open tournament for tests of pages: a file, its queue, a session."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tabapp.app import open_workspace
from tabapp.core.clock import Clock
from tabapp.domain.archive import Archive
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.session import Session
from tabapp.services import exchange
from tabapp.services.workspace import Workspace
from tabapp.store.tournaments import RoundRow, TournamentRow, list_rounds
from tabapp.tasks.play import play_break, play_round


@dataclass(frozen=True, slots=True)
class Desk:
    """What a test of a page works with."""

    workspace: Workspace
    session: Session
    owner: TournamentRow
    qtbot: QtBot

    def settle(self, timeout: int = 15_000) -> None:
        """Wait until nothing is read, written or run any more, and all of it is shown.

        What was shown last comes onto the screen in a turn of its own, which may begin new work.
        """
        while True:
            self.qtbot.waitUntil(lambda: self.session.is_idle, timeout=timeout)
            QTest.qWait(0)
            QCoreApplication.processEvents()
            if self.session.is_idle:
                return

    def rounds(self) -> list[RoundRow]:
        """Return the rounds as they are stored now."""
        with self.workspace.database.read() as unit:
            return list_rounds(unit, self.owner.id)

    def play(self, count: int, seed: int = 1) -> None:
        """Play rounds 1 to ``count`` to their end: draw, judges, rooms, ballots, completed."""
        for one in self.rounds()[:count]:
            for _result in play_round(self.workspace, self.owner, one, seed):
                pass

    def play_break(self, seed: int = 1) -> None:
        """Make the break."""
        play_break(self.workspace, self.owner, seed)


@contextmanager
def open_desk(
    qtbot: QtBot, folder: Path, *, teams: int = 16, rounds: int = 3, preset: str = "bp",
    seed: int = 1, archive: Archive | None = None, clock: Clock | None = None, actor: str = "",
    name: str = "desk", household: bool = False,
) -> Iterator[Desk]:
    """Open a new file with a random tournament (nothing drawn), or with ``archive``.

    ``household``: with what works by itself, which is not started.
    """
    with open_workspace(
        folder / f"{name}.tabapp", create=True, threads=True, household=household, clock=clock
    ) as opened:
        work = replace(opened, actor=actor) if actor else opened
        document = archive or generate_tournament(
            preset=preset, teams=teams, rounds=rounds, seed=seed, play=False)
        slug = exchange.add(
            work.database, document, now=work.clock.now(), actor=work.actor)
        owner = work.tournament(slug)
        session = Session(work, owner.id)
        try:
            yield Desk(work, session, owner, qtbot)
        finally:
            session.close()
