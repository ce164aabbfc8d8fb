"""What is told to the person at the keyboard: a sentence, and at most one thing to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notice:
    """What a toast says: one sentence and at most one action. Problems stay until dismissed."""

    sentence: str
    tone: str = ""
    """"" (neutral), done, attention or problem."""
    action: str = ""
    """The word on its button, such as Undo."""
    run: Callable[[], None] | None = None
