"""What can be done in the place results and in its parts."""

from __future__ import annotations

from tabapp.gui.actions import Command
from tabapp.gui.pages.results.balance.commands import COMMANDS as BALANCE

_PLACE = "results"
PAGE: tuple[Command, ...] = (
    Command("results.teams", "Show teams", "Results", "Ctrl+Shift+1", "users", _PLACE),
    Command("results.speakers", "Show speakers", "Results", "Ctrl+Shift+2", "circle-user", _PLACE),
    Command("results.judges", "Show judges", "Results", "Ctrl+Shift+3", "gavel", _PLACE),
    Command("results.replies", "Show replies", "Results", "Ctrl+Shift+4", "circle-user", _PLACE),
    Command("results.motions", "Show motions", "Results", "Ctrl+Shift+5", "message-square-quote",
            _PLACE),
    Command("results.positions", "Show positions", "Results", "Ctrl+Shift+6", "columns-3", _PLACE),
    Command("results.next", "Next table", "Results", "Ctrl+PgDown", "chevron-right", _PLACE,
            repeats=True),
    Command("results.previous", "Previous table", "Results", "Ctrl+PgUp", "chevron-left", _PLACE,
            repeats=True),
    Command("results.explain", "Explain the number", "Results", "Ctrl+E", "", _PLACE),
    Command("results.category", "Choose a category", "Results", "F5", "users", _PLACE),
    Command("results.until", "Choose the last round that counts", "Results", "F9", "history",
            _PLACE),
    Command("results.metrics", "Metrics…", "Results", "F4", "columns-3", _PLACE),
    Command("results.project", "Project", "Results", "Ctrl+Shift+J", "projector", _PLACE),
    Command("results.export", "Export…", "Results", "Ctrl+Shift+E", "download", _PLACE),
    Command("results.copy", "Copy the table", "Results", "Ctrl+Shift+C", "copy", _PLACE),
    Command("results.person", "Open under People", "Results", "", "users", _PLACE),
    Command("results.filter", "Filter", "Results", "/", "", _PLACE, listed=False),
)  # fmt: skip
"""Those of the page itself."""
COMMANDS: tuple[Command, ...] = (*PAGE, *BALANCE)
