"""What can be done with the figures of jobs."""

from __future__ import annotations

from tabapp.gui.actions import Command

COMMANDS: tuple[Command, ...] = (
    Command("figures.history", "Show its runs", "Jobs", "Ctrl+Return", "history", "jobs/figures"),
)
