"""What can be done in the stage rooms."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "rounds/rooms"
COMMANDS: tuple[Command, ...] = (
    Command(
        "rooms.proceed", "Allocate rooms, or keep them", "Rooms", "Ctrl+Return", "", _PLACE),
    Command("rooms.again", "Allocate again…", "Rooms", "Ctrl+Shift+G", "dices", _PLACE),
    Command("rooms.change", "Change the room", "Rooms", "F2", "pencil", _PLACE),
    Command("rooms.take", "Take the room away", "Rooms", "Delete", "circle-minus", _PLACE),
    Command("rooms.clear", "Clear the rooms…", "Rooms", "", "trash-2", _PLACE),
    Command("rooms.problem", "Show the next problem", "Rooms", "", "triangle-alert", _PLACE),
    Command("rooms.filter", "Filter", "Rooms", "/", "", _PLACE, listed=False),
)
