"""What can be done with the queue and its history."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "jobs/queue"
COMMANDS: tuple[Command, ...] = (
    Command("jobs.again", "Start again", "Jobs", "Ctrl+Return", "rotate-ccw", _PLACE),
    Command("jobs.cancel", "Cancel", "Jobs", "Delete", "x", _PLACE),
    Command("jobs.copy", "Copy details", "Jobs", "Ctrl+Shift+C", "copy", _PLACE),
    Command("jobs.older", "Show older jobs", "Jobs", "F9", "history", _PLACE),
    Command("jobs.filter", "Filter jobs", "Jobs", "/", "search", _PLACE, listed=False),
)
