"""Playing the demo for the window: a new file, every round through the queue, step by step."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from tabapp.core.errors import TabappError
from tabapp.domain.simulation import generate_tournament
from tabapp.gui.messages import tr
from tabapp.gui.opening import OpenFile, Parts, open_file
from tabapp.services.tournaments import proposed_path
from tabapp.tasks.play import jobs_of_demo, play_all

TEAMS, ROUNDS, PRESET, SEED = 88, 5, "bp", 1
Tell = Callable[[str, float], None]
"""Hears what is done now, and how much of all, 0 to 1."""


class DemoStopped(TabappError):
    """The person wanted no more of it."""


def play_demo(
    parts: Parts, tell: Tell, stop: threading.Event, *, teams: int = TEAMS, rounds: int = ROUNDS
) -> OpenFile:
    """Make a tournament in the folder of tournaments, play it and leave it open.

    For a thread that may take its time. ``DemoStopped`` when ``stop`` is set; the file is removed
    then, as after any failure.
    """
    path = proposed_path(parts.folders.data, "demo")
    tell(tr("Making {n} teams up", n=teams), 0.0)
    archive = generate_tournament(preset=PRESET, teams=teams, rounds=rounds, seed=SEED, play=False)
    opened = open_file(parts, str(path), archive)
    try:
        _play(opened, tell, stop, rounds)
    except BaseException:
        _remove(opened, path)
        raise
    return opened


def _play(opened: OpenFile, tell: Tell, stop: threading.Event, rounds: int) -> None:
    total = jobs_of_demo(rounds)
    played = play_all(opened.workspace, opened.tournaments[0], SEED)
    for done, result in enumerate(played, start=1):
        if stop.is_set():
            raise DemoStopped
        run = opened.workspace.runs.get(result.id)
        tell(run.title if run is not None else result.name, done / total)


def _remove(opened: OpenFile, path: Path) -> None:
    opened.close()
    path.unlink(missing_ok=True)
