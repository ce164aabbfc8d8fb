"""What can be done in the place jobs."""

from __future__ import annotations

from tabapp.gui.actions import Command

COMMANDS: tuple[Command, ...] = (
    Command("jobs.again", "Start again", "Jobs", "Ctrl+Return", "rotate-ccw", "jobs"),
    Command("jobs.cancel", "Cancel", "Jobs", "Delete", "x", "jobs"),
    Command("jobs.copy", "Copy details", "Jobs", "Ctrl+Shift+C", "copy", "jobs"),
    Command("jobs.filter", "Filter jobs", "Jobs", "/", "search", "jobs", listed=False),
)
