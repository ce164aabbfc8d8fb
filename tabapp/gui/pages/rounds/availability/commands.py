"""What can be done in the stage availability."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "rounds/availability"
COMMANDS: tuple[Command, ...] = (
    Command("availability.here", "Mark here", "Round", "Insert", "check", _PLACE),
    Command("availability.away", "Mark away", "Round", "Delete", "ban", _PLACE),
    Command("availability.all", "Everybody is here", "Round", "Ctrl+Shift+A", "users", _PLACE),
    Command("availability.nobody", "Nobody is here", "Round", "", "", _PLACE),
    Command("availability.as_last", "As last round", "Round", "Ctrl+Shift+L", "history", _PLACE),
    Command("availability.breaking", "Only breaking judges", "Round", "", "gavel", _PLACE),
    Command("availability.teams", "Show teams", "Round", "Ctrl+Shift+1", "", _PLACE),
    Command("availability.judges", "Show judges", "Round", "Ctrl+Shift+2", "", _PLACE),
    Command("availability.rooms", "Show rooms", "Round", "Ctrl+Shift+3", "", _PLACE),
    Command("availability.sides", "Sides…", "Round", "Ctrl+Shift+S", "swords", _PLACE),
    Command("availability.next", "Go on to the draw", "Round", "Ctrl+Return", "", _PLACE),
    Command("availability.filter", "Filter", "Round", "/", "", _PLACE, listed=False),
)
