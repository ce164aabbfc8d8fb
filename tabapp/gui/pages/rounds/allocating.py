"""Allocating judges or rooms: the job with a fresh seed, and how far it is."""

from __future__ import annotations

import secrets

from tabapp.gui.job_strip import JobStrip
from tabapp.gui.messages import tr

SEEDS = 10**6
"""Seeds stay below this, so that a person can read one aloud."""


class Allocating(JobStrip):
    """Queues the job of one round, and shows its step while it runs."""

    def why_not(self) -> str:
        """Return why nothing else can be done to the round now; "" when nothing runs."""
        return tr("The program is at it. Wait a moment, or cancel it.") if self.runs else ""

    def start(self, round_id: int, about: str) -> None:
        """Queue the job for a round, unless it runs already."""
        self.begin(about, round_id=round_id, seed=secrets.randbelow(SEEDS))
