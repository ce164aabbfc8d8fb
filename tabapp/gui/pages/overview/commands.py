"""What can be done in the place overview, and in its pane of suggestions."""

from __future__ import annotations

from tabapp.gui.actions import Command
from tabapp.gui.pages.overview.suggestions.commands import COMMANDS as SUGGESTIONS

_PLACE, _GROUP = "overview", "Overview"
PAGE: tuple[Command, ...] = (
    Command(
        "overview.next", "Do the next step", _GROUP, "Ctrl+Return", "arrow-right",
        "overview/now"),
    Command("overview.now", "Show what is next", _GROUP, "Ctrl+Shift+1", "", _PLACE),
    Command("overview.suggestions", "Show suggestions", _GROUP, "Ctrl+Shift+2", "", _PLACE),
    Command("overview.activity", "All activity…", "Edit", "Ctrl+H", "history"),
)
"""Those of the page itself."""
COMMANDS: tuple[Command, ...] = (*PAGE, *SUGGESTIONS)
