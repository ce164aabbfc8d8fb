"""Answers in the order of the questions: two threads read, and the older reading may end last."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Latest:
    """Hands on what answers the newest question, and drops the rest. In the window's thread."""

    def __init__(self) -> None:
        self._asked = 0

    def ask(self) -> Question:
        """Ask anew; what was asked before is answered to nobody any more."""
        self._asked += 1
        return Question(self, self._asked)

    def is_newest(self, number: int) -> bool:
        """Tell whether nothing was asked since."""
        return number == self._asked


class Question:
    """One of the questions, for each of its answers."""

    def __init__(self, latest: Latest, number: int) -> None:
        self._latest, self._number = latest, number

    def only(self, show: Callable[[T], None]) -> Callable[[T], None]:
        """Return ``show`` for as long as nothing newer is asked."""

        def heard(answer: T) -> None:
            if self._latest.is_newest(self._number):
                show(answer)

        return heard
