"""What can be done in the place awards."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE, _GROUP = "awards", "Awards"

COMMANDS: tuple[Command, ...] = (
    Command("awards.check", "Check all now", _GROUP, "Ctrl+Return", "refresh-cw", _PLACE),
    Command("awards.show", "Show in the hall", _GROUP, "F5", "projector", _PLACE),
    Command("awards.winner", "Open under People", _GROUP, "", "users", _PLACE),
    Command("awards.release", "Open its release", _GROUP, "F9", "lock-open", _PLACE),
    Command("awards.copy", "Copy the list", _GROUP, "Ctrl+C", "copy", _PLACE),
    Command("awards.print", "Print certificates…", _GROUP, "Ctrl+P", "printer", _PLACE),
    Command("awards.filter", "Filter", _GROUP, "/", "", _PLACE, listed=False),
    Command("awards.earned", "Only what is earned, or all", _GROUP, "F4", "award", _PLACE),
    Command("awards.all", "Awards of all", _GROUP, "Ctrl+Shift+1", "award", _PLACE),
    Command("awards.teams", "Awards of teams", _GROUP, "Ctrl+Shift+2", "users", _PLACE),
    Command("awards.speakers", "Awards of speakers", _GROUP, "Ctrl+Shift+3", "circle-user",
            _PLACE),
    Command("awards.judges", "Awards of judges", _GROUP, "Ctrl+Shift+4", "gavel", _PLACE),
    Command("awards.tournament", "Awards of the tournament", _GROUP, "Ctrl+Shift+5", "flag",
            _PLACE),
)  # fmt: skip
