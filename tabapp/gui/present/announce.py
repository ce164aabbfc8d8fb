"""How another place asks that the hall hears of a break."""

from __future__ import annotations

from typing import Protocol


class Going(Protocol):
    """What can open a place: the session."""

    def go(self, place: str, target: object = None) -> None:
        """Open a place at a target."""


def announce_break(session: Going, slug: str) -> None:
    """Prepare the break of a category in the projector's preview, at its title; nothing is live.

    What keeps it from being shown, such as a tie, is said there.
    """
    session.go("projector", ("break", slug))
