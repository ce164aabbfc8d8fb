"""How long the window's own thread takes for its large pages: ``python -m
tests.benchmarks.pages_of_window``.

The real pages of a large tournament on the offscreen platform: reading (in another thread, the
window goes on), showing what was read with the paint after it, then sorting and filtering each with
its paint, and a step of scrolling. Target: first paint, sort and filter of 1000 rows 50 ms each.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QLineEdit

from tabapp.app import open_workspace
from tabapp.domain.simulation import generate_tournament
from tabapp.gui import theme
from tabapp.gui.frame.finding import find
from tabapp.gui.main_window import MainWindow
from tabapp.gui.page import Page
from tabapp.gui.session import Session
from tabapp.gui.tables.order import Sorting
from tabapp.gui.tables.view import TableView
from tabapp.gui.tokens import THEMES, Scheme
from tabapp.gui.warming import warm_up
from tabapp.services import exchange
from tabapp.services.stages import round_states
from tabapp.store.tournaments import list_rounds

TABS = {"people": ("teams", "speakers"), "results": ("teams", "speakers")}
PLACES = (
    "people", "results", "rounds/availability", "rounds/draw", "rounds/judges", "rounds/rooms",
    "ballots", "overview",
)


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a call takes with all the paints that it asks for."""
    began = perf_counter()
    work()
    QApplication.processEvents()
    return (perf_counter() - began) * 1e3


def innermost(page: Page[Any]) -> Page[Any]:
    """Return the stage of the round, or the page itself."""
    inner = page.pane()
    return innermost(inner) if inner is not None else page


def rest(window: MainWindow) -> None:
    """Wait until nothing is read and nothing waits to be painted."""
    QTest.qWait(20)
    while not window.session.is_idle:
        QTest.qWait(5)
    QTest.qWait(20)


def measure_page(window: MainWindow, page: Page[Any], name: str, repeats: int) -> None:
    """Print the figures of the page that is on the screen, in milliseconds."""
    figures: dict[str, list[float]] = {}

    def note(what: str, taken: float) -> None:
        figures.setdefault(what, []).append(taken)

    for _ in range(repeats):
        query = page.query()
        began = perf_counter()
        with window.session.workspace.database.read() as unit:
            data = query(unit)
        note("read", (perf_counter() - began) * 1e3)
        note("show", milliseconds(partial(page.show_data, data)))
        note("paint", milliseconds(page.repaint))
        views = [one for one in page.findChildren(QAbstractScrollArea) if one.isVisible()]
        areas = [one for one in views if one.verticalScrollBar().maximum() > 0]
        table = next((one for one in areas if isinstance(one, TableView)), None)
        if table is not None:
            for column in (1, 2):
                note("sort", milliseconds(partial(table.sort_by, Sorting(column))))
            table.sort_by(None)
        for area in areas[:1]:
            bar = area.verticalScrollBar()
            note("scroll", milliseconds(
                partial(bar.setValue, bar.value() + bar.singleStep() * 3)))
            bar.setValue(0)
        field = next((one for one in page.findChildren(QLineEdit) if one.isVisible()), None)
        if field is not None and areas:
            for words in ("a", "an", ""):
                note("filter", milliseconds(partial(field.setText, words)))
        rest(window)
    told = ", ".join(
        f"{what} {median(taken):.1f} ({max(taken):.0f})" for what, taken in figures.items())
    print(f"{name:22} {told}", flush=True)  # noqa: T201


def measure_palette(window: MainWindow, repeats: int) -> None:
    """Print how long the palette takes to open, to take in what is found, and for a key."""
    opened, keyed = [], []
    for _ in range(repeats):
        opened.append(milliseconds(window.search))
        rest(window)
        panel = window.palette_panel
        for words in ("a", "an", "ann"):
            field = panel.findChildren(QLineEdit)[0]
            keyed.append(milliseconds(partial(field.setText, words)))
        panel.dismiss()
        window.things.went_stale.emit()
        rest(window)
    entries = window._entries()
    alone = median(milliseconds(lambda: find(entries, "a")) for _ in range(repeats))
    print(  # noqa: T201
        f"{'palette':22} open {median(opened):.1f} ({max(opened):.0f}), key {median(keyed):.1f}"
        f" ({max(keyed):.0f}), of it finding {alone:.1f}, entries {len(entries)}", flush=True)


def measure(teams: int, rounds: int, repeats: int) -> None:
    """Make a tournament, open it, and go through its pages."""
    archive = generate_tournament(preset="bp", teams=teams, rounds=rounds, seed=5)
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
        warm_up(work.queue.registry).join()
        for place in PLACES:
            began = perf_counter()
            session.go(place)
            rest(window)
            whole = (perf_counter() - began) * 1e3 - 40
            page = innermost(window.stack.get(place.partition("/")[0]))
            print(f"{place:22} opened and read after {whole:.0f} ms", flush=True)  # noqa: T201
            for tab in TABS.get(place, ("",)):
                if tab:
                    page.run(f"{place}.{tab}")
                    rest(window)
                measure_page(window, page, " ".join(filter(None, (place, tab))), repeats)
        measure_palette(window, repeats)
        taken = []
        for _ in range(repeats):
            with work.database.read() as unit:
                taken.append(milliseconds(partial(round_states, unit, owner.id)))
        print(f"{'round_states':22} {median(taken):.1f} ms")  # noqa: T201
        window.close()
        session.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--teams", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--repeats", type=int, default=7)
    given = parser.parse_args()
    app = QApplication([])
    theme.apply(app, THEMES[Scheme.LIGHT])
    print("milliseconds: median (longest)")  # noqa: T201
    measure(given.teams, given.rounds, given.repeats)


if __name__ == "__main__":
    main()
