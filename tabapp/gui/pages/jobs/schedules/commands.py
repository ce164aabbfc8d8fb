"""What can be done with schedules."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "jobs/schedules"
COMMANDS: tuple[Command, ...] = (
    Command("schedules.add", "Add a schedule…", "Schedules", "Insert", "plus", _PLACE),
    Command("schedules.edit", "Change…", "Schedules", "F2", "pencil", _PLACE),
    Command("schedules.run", "Run now", "Schedules", "Ctrl+Return", "play", _PLACE),
    Command("schedules.pause", "Pause", "Schedules", "F4", "pause", _PLACE),
    Command("schedules.reset", "Use the program's time again", "Schedules", "F9", "rotate-ccw",
            _PLACE),
    Command("schedules.delete", "Delete", "Schedules", "Delete", "trash-2", _PLACE),
)  # fmt: skip
