"""How long the window is stopped while every job of the program runs on a large tournament.

``python -m tests.benchmarks.stalls_of_jobs`` from the root of the tree, on a machine that does
nothing else. Each job of the registry is submitted by its signature, alone and then all at once,
with clock and automation at work and the page of jobs on the screen. Targets: longest 50 ms, 99th
percentile 16 ms with 1000 teams. The figures mean what ``stalls_of_window`` says.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.gui import theme
from tabapp.gui.main_window import MainWindow
from tabapp.gui.session import Session
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.warming import warm_up
from tabapp.jobs.handle import JobHandle
from tabapp.jobs.params import parameter_names
from tabapp.jobs.spec import AnySpec
from tabapp.services import exchange
from tests.benchmarks.stalls_of_window import Lateness, rest, tell, wait_until
from tests.reliability.every_job import FILLED, Scene, tournament_of
from tests.reliability.scenes import rounds_of

PLACES = ("jobs", "rounds/draw")
MORE: Mapping[str, Mapping[str, Any]] = {
    "draw.generate": {"replace": True, "released": True, "confirm": True}}
FIRST = ("draw.generate", "draw.allocate_adjudicators", "draw.allocate_venues", "demo.simulate")
"""In the order of a round; the others follow by name."""

AFTER = 200
"""Milliseconds that are measured after a job, when its end is shown."""


def ordered(specs: Iterable[AnySpec]) -> list[AnySpec]:
    found = {spec.name: spec for spec in specs}
    names = [*FIRST, *(name for name in found if name not in FIRST)]
    return [found[name] for name in names]


def submit(scene: Scene, spec: AnySpec, source: str) -> JobHandle:
    filled = {
        name: source if name == "source" else FILLED[name](scene)
        for name in parameter_names(spec.function) if name in FILLED
    }
    return scene.work.queue.submit(
        spec, tournament=tournament_of(scene, spec), submitted_by="benchmark",
        **filled, **MORE.get(spec.name, {}))


def submit_all(scene: Scene, specs: list[AnySpec], source: str) -> None:
    """Submit them in another thread, since a window never waits for a run to be queued."""
    with ThreadPoolExecutor(1) as elsewhere:
        queued = [elsewhere.submit(submit, scene, one, source) for one in specs]
        wait_until(queued[-1].done)
        for one in queued:
            one.result()


def measure(teams: int, rounds: int) -> None:
    archive = generate_tournament(preset="bp", teams=teams, rounds=rounds, seed=5)
    last = archive.rounds[-1]
    last.debates, last.status, last.completed = [], "none", False
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TABAPP_HOME"] = folder
        path = Path(folder) / "large.tabapp"
        with open_workspace(path, create=True, threads=True, household=True) as work:
            exchange.add(work.database, archive, now=work.clock.now(), actor="benchmark")
            owner = work.tournament()
            scene = Scene(work, owner, tuple(rounds_of(work, owner)))
            source = str(scene.copy())
            session = Session(work, owner.id)
            window = MainWindow(session)
            window.resize(1366, 768)
            window.show()
            session.set_round(scene.last)
            assert work.household is not None
            warm_up(work.queue.registry, work.household.start).join()
            specs = ordered(work.queue.registry)
            run(session, scene, specs, source)
            window.close()
            session.close()


def run(session: Session, scene: Scene, specs: list[AnySpec], source: str) -> None:
    """Measure one job after the other, then all at once."""
    late = Lateness()
    session.go("jobs")
    wait_until(lambda: session.is_idle)
    rest(500)
    for spec in specs:
        late.start()
        handle = submit(scene, spec, source)
        wait_until(lambda: session.is_idle, 300.0)
        rest(AFTER)
        result = handle.result
        tell(f"{spec.name:34} {result.status if result else '?':8}", [late.stop()])
    for place in PLACES:
        session.go(place)
        wait_until(lambda: session.is_idle)
        late.start()
        submit_all(scene, [one for one in specs if one.name != "demo.simulate"], source)
        wait_until(lambda: session.is_idle, 300.0)
        rest(AFTER)
        tell(f"all at once on {place}", [late.stop()])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    measure(given.teams, given.rounds)


if __name__ == "__main__":
    main()
