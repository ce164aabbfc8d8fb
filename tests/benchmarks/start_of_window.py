"""From the start of the process to the first key that the window takes, on a large file.

``python tests/benchmarks/start_of_window.py [--teams 400] [--rounds 9] [--runs 9]`` from the root
of the tree; needs no screen. Prints each run, the median, and for comparison the median of a
process that only loads the libraries.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parents[2]
SEED = 5
CHILD = """
import sys, time
from tabapp.app import start  # first, as the program does
from tabapp.gui.display import prepare_display
prepare_display()
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from tabapp.gui import application


class Hears(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_F24:
            print(time.time(), flush=True)
            QApplication.quit()
            return True
        return False


def press(self):
    app = QApplication.instance()
    self.hears = Hears()
    app.installEventFilter(self.hears)
    target = app.focusWidget() or self.window
    app.postEvent(target, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F24, Qt.KeyboardModifier(0)))


shown = application.Application._show_tournament


def show(self, *arguments):
    shown(self, *arguments)
    QTimer.singleShot(0, lambda: press(self))


application.Application._show_tournament = show
sys.exit(start(sys.argv[1:]))
"""
LIBRARIES = (
    "import time, sqlalchemy, pydantic, numpy, PySide6.QtWidgets, PySide6.QtSvg\n"
    "print(time.time())"
)


def make_file(path: Path, teams: int, rounds: int) -> None:
    """Store a played tournament whose last round is not drawn yet."""
    from tabapp.app import open_workspace
    from tabapp.domain.simulation import generate_tournament
    from tabapp.services.tournaments import add_tournament

    archive = generate_tournament(preset="bp", teams=teams, rounds=rounds, seed=SEED)
    last = archive.rounds[-1]
    last.debates, last.status, last.completed = [], "none", False
    add_tournament(open_workspace, path, archive)


def timed(code: str, *words: str, home: Path) -> float:
    """Return the seconds from the start of a process until it prints its time."""
    environment = {
        **os.environ, "QT_QPA_PLATFORM": "offscreen", "TABAPP_HOME": str(home),
        "PYTHONPATH": str(ROOT),
        # compiled files as an installed program has them, whatever the tree lacks
        "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "compiled"),
    }
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=environment, capture_output=True, text=True,
        check=True, timeout=120)
    return float(done.stdout.split()[-1]) - began


def main() -> int:
    """Measure and print."""
    words = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    words.add_argument("--teams", type=int, default=400)
    words.add_argument("--rounds", type=int, default=9)
    words.add_argument("--runs", type=int, default=9)
    given = words.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home, file = Path(folder) / "home", Path(folder) / "large.tabapp"
        make_file(file, given.teams, given.rounds)
        for code, arguments in ((CHILD, (str(file),)), (LIBRARIES, ())):
            timed(code, *arguments, home=home)  # once for nothing: compiled files, disk cache
        runs = [timed(CHILD, str(file), home=home) for _ in range(given.runs)]
        bare = [timed(LIBRARIES, home=home) for _ in range(given.runs)]
    size = f"{given.teams} teams, {given.rounds} rounds"
    sys.stdout.write(
        f"{size}: {', '.join(f'{one:.2f}' for one in runs)} s\n"
        f"first key after {median(runs):.2f} s (median); libraries alone {median(bare):.2f} s\n")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
