"""How long the window is stopped while a large round is drawn by each rule.

``python -m tests.benchmarks.stalls_of_draws`` from the root of the tree, on a machine that does
nothing else; ``--only round_adjacent`` takes one way. The draw is shown on its page when it comes.
Targets: longest 50 ms, 99th percentile 16 ms with 1000 teams. The figures mean what
``stalls_of_window`` says.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tabapp.app import open_workspace
from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.session import Session
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.warming import warm_up
from tests.benchmarks.draw_ways import BP_WAYS, TWO_TEAM_WAYS, Way, make_file, take_way
from tests.benchmarks.stalls_of_window import Lateness, rest, tell, wait_until

PAGES = ("jobs", "rounds/draw")
AFTER = 200
"""Milliseconds that are measured after a draw, when it is shown."""


def measure(preset: str, teams: int, rounds: int, ways: Mapping[str, Way], runs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TABAPP_HOME"] = folder
        path = Path(folder) / "large.tabapp"
        make_file(path, preset, teams, rounds)
        with open_workspace(path, threads=True, household=True) as work:
            session = Session(work, work.tournament().id)
            window = MainWindow(session)
            window.resize(1366, 768)
            window.show()
            session.set_round(work.round(None, rounds)[1].id)
            assert work.household is not None
            warm_up(work.queue.registry, work.household.start).join()
            for name, way in ways.items():
                while work.round(None, rounds)[1].status != "none":
                    work.database.undo(session.tournament, actor="benchmark")
                take_way(work, way, rounds)
                for page in PAGES:
                    draw(session, page, f"{preset} {name} on {page}", runs)
            window.close()
            session.close()


def draw(session: Session, page: str, words: str, runs: int) -> None:
    """Draw the round several times while a page is shown, each time by another seed."""
    late = Lateness()
    session.go(page)
    wait_until(lambda: session.is_idle)
    rest(AFTER)
    found = []
    for seed in range(runs):
        late.start()
        session.submit(
            session, "draw.generate", round_id=session.round_id, seed=seed, replace=True)
        wait_until(lambda: session.is_idle, 60.0)
        rest(AFTER)
        found.append(late.stop())
    tell(words, found)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="", choices=["", *TWO_TEAM_WAYS, "secondary"])
    given = parser.parse_args(arguments)
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    for preset, ways in (("apda", TWO_TEAM_WAYS), ("bp", {"secondary": BP_WAYS["secondary"]})):
        chosen = {name: way for name, way in ways.items() if given.only in ("", name)}
        if chosen:
            measure(preset, given.teams, given.rounds, chosen, given.runs)


if __name__ == "__main__":
    main()
