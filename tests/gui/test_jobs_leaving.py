"""Closing while jobs run: what is waited for is seen, and can be cut short."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabapp.gui import leaving
from tabapp.gui.leaving import LeavingPanel, close_seen
from tabapp.jobs.overview import Leaving


class FakeQueue:
    """Has one running job until somebody hurries."""

    def __init__(self, *found: Leaving) -> None:
        self.found = list(found)
        self.free = threading.Event()

    def leaving(self) -> list[Leaving]:
        return self.found

    def hurry(self) -> None:
        self.found = []
        self.free.set()


RUNS = Leaving("Draw: Round 3", "running", "ends")
WAITS = Leaving("Standings", "waiting", "is left to the next start")


def panels() -> list[LeavingPanel]:
    return [
        one for one in QApplication.topLevelWidgets()
        if isinstance(one, LeavingPanel) and one.isVisible()]


def test_nothing_is_shown_where_nothing_is_waited_for(qtbot: QtBot, light: None) -> None:
    closed = threading.Event()
    close_seen(FakeQueue(WAITS), closed.set)
    assert closed.is_set()


def test_what_is_waited_for_is_named_and_can_be_cut_short(
    qtbot: QtBot, light: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaving, "PATIENCE", 0)
    queue = FakeQueue(RUNS, WAITS)
    seen: list[str] = []

    def press() -> None:
        found = panels()
        if found:
            seen.append(f"{found[0].heading.text()} {found[0].runs.text()}")
            found[0].button.click()
            timer.stop()

    timer = QTimer(interval=10)
    timer.timeout.connect(press)
    timer.start()
    close_seen(queue, lambda: (queue.free.wait(20), None)[1])
    assert seen == ["Waits for 1 job to end. Draw: Round 3"]
    assert panels() == []


def test_what_goes_wrong_at_the_end_is_not_swallowed(qtbot: QtBot, light: None) -> None:
    def close() -> None:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        close_seen(FakeQueue(RUNS), close)
