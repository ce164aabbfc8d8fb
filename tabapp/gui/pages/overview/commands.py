"""What can be done in the place overview."""

from __future__ import annotations

from tabapp.gui.actions import Command

COMMANDS: tuple[Command, ...] = (
    Command("overview.next", "Do the next step", "Overview", "Ctrl+Return", "arrow-right",
            "overview"),
    Command("overview.activity", "All activity…", "Edit", "Ctrl+H", "history"),
)
