"""What can be done in the place results."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "results"
COMMANDS: tuple[Command, ...] = (
    Command("results.teams", "Show teams", "Results", "Ctrl+Shift+1", "users", _PLACE),
    Command("results.speakers", "Show speakers", "Results", "Ctrl+Shift+2", "circle-user", _PLACE),
    Command("results.judges", "Show judges", "Results", "Ctrl+Shift+3", "gavel", _PLACE),
    Command("results.metrics", "Metrics…", "Results", "F4", "columns-3", _PLACE),
    Command("results.export", "Export…", "Results", "Ctrl+Shift+E", "download", _PLACE),
    Command("results.copy", "Copy the table", "Results", "Ctrl+Shift+C", "copy", _PLACE),
    Command("results.person", "Open under People", "Results", "", "users", _PLACE),
    Command("results.filter", "Filter", "Results", "/", "", _PLACE, listed=False),
)
