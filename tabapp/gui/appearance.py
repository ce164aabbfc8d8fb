"""The colours that a person chose for this computer; whoever applies them notes it here."""

from __future__ import annotations

from typing import Literal

Choice = Literal["system", "light", "dark"]
CHOICES: tuple[Choice, ...] = ("system", "light", "dark")


class _Kept:
    now: Choice = "system"


def chosen() -> Choice:
    """Return what is in force."""
    return _Kept.now


def note(wanted: Choice) -> None:
    """Remember what is in force now, for the page that shows it. Saves nothing."""
    _Kept.now = wanted
