"""What the window lets somebody hear who does not look at the screen."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

BETWEEN = 180
"""Milliseconds from one beep to the next: near enough to be heard as one pattern."""


class Sound(StrEnum):
    """What is to be heard. They differ by how often they beep, since a beep has no pitch."""

    QUESTION = "question"
    """Something shall be looked at again, and nothing is wrong with it yet."""
    PROBLEM = "problem"
    """Something is wrong and was not stored."""
    COMPLETE = "complete"
    """The last one that was waited for is here."""


BEEPS = {Sound.QUESTION: 1, Sound.PROBLEM: 2, Sound.COMPLETE: 3}


def _always() -> bool:
    return True


class Sounds(QObject):
    """Plays patterns of beeps, one at a time: a new one takes the place of the one before.

    Every sound goes with words on the screen; nothing is told by a sound alone.
    """

    played = Signal(str)
    """A sound was asked for and is not switched off."""

    def __init__(
        self, parent: QObject | None = None, *, wanted: Callable[[], bool] = _always,
        beep: Callable[[], None] = QApplication.beep,
    ) -> None:  # fmt: skip
        """``wanted`` tells whether this person wants to hear anything; ``beep`` makes one beep."""
        super().__init__(parent)
        self._wanted, self._beep = wanted, beep
        self._left = 0
        self._timer = QTimer(self, interval=BETWEEN)
        self._timer.timeout.connect(self._on_time)

    def play(self, sound: Sound) -> None:
        """Let a sound be heard, unless sounds are switched off."""
        if not self._wanted():
            return
        self.played.emit(sound.value)
        self._left = BEEPS[sound] - 1
        self._beep()
        if self._left:
            self._timer.start()
        else:
            self._timer.stop()

    def _on_time(self) -> None:
        self._left -= 1
        self._beep()
        if self._left <= 0:
            self._timer.stop()
