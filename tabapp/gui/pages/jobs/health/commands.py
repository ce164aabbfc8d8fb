"""What can be done about the health of the program, and with copies of the file."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "jobs/health"
_GROUP = "Health"
COMMANDS: tuple[Command, ...] = (
    Command("health.look", "Look again", _GROUP, "F5", "refresh-cw", _PLACE),
    Command("health.fix", "Mend what is worst", _GROUP, "F9", "heart-pulse", _PLACE),
    Command("health.snapshot", "Take a snapshot now", _GROUP, "Ctrl+Return",
            "hard-drive-download", _PLACE),
    Command("health.restore", "Restore…", _GROUP, "F4", "history", _PLACE),
    Command("health.folder", "Choose the folder of the copies…", _GROUP, "Ctrl+Shift+D",
            "folder-open", _PLACE),
    Command("health.second", "Choose the second folder…", _GROUP, "Ctrl+D", "folder-open", _PLACE),
    Command("health.no_second", "Use no second folder", _GROUP, "", "x", _PLACE),
)  # fmt: skip
