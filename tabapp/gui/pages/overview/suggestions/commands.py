"""What can be done with suggestions."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE, _GROUP = "overview/suggestions", "Suggestions"
COMMANDS: tuple[Command, ...] = (
    Command("suggestions.accept", "Accept", _GROUP, "Ctrl+Return", "check", _PLACE),
    Command("suggestions.dismiss", "Dismiss…", _GROUP, "Delete", "x", _PLACE),
    Command("suggestions.open", "Open what it is about", _GROUP, "", "arrow-right", _PLACE),
    Command("suggestions.again", "Look again", _GROUP, "F5", "refresh-cw", _PLACE),
    Command("suggestions.filter", "Filter", _GROUP, "/", "", _PLACE, listed=False),
)
