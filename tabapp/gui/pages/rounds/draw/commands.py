"""What can be done in the stage draw."""

from __future__ import annotations

from tabapp.gui.actions import Command

PLACE = "rounds/draw"
GROUP = "Draw"

COMMANDS: tuple[Command, ...] = (
    Command(
        "draw.step", "Draw, then confirm the draw", GROUP, "Ctrl+Return", place=PLACE,
        listed=False),
    Command("draw.make", "Draw", GROUP, icon="dices", place=PLACE),
    Command("draw.without", "Draw without the missing results", GROUP, place=PLACE),
    Command("draw.confirm", "Confirm draw", GROUP, icon="check", place=PLACE),
    Command("draw.unconfirm", "Back to draft", GROUP, icon="pencil", place=PLACE),
    Command("draw.again", "Draw again…", GROUP, "Ctrl+Shift+D", "dices", place=PLACE),
    Command("draw.compare", "Compare draws…", GROUP, "Ctrl+Shift+K", "columns-3", place=PLACE),
    Command("draw.replay", "Replay draw", GROUP, "Ctrl+Shift+Y", "rotate-ccw", place=PLACE),
    Command("draw.delete", "Delete draw…", GROUP, icon="trash-2", place=PLACE),
    Command("draw.swap", "Swap the team…", GROUP, "F2", "pencil", place=PLACE),
    Command("draw.lift", "Lift the team", GROUP, place=PLACE),
    Command("draw.sides", "Confirm sides", GROUP, "Ctrl+Shift+S", "check", place=PLACE),
    Command("draw.swap_sides", "Swap the sides of this room", GROUP, "Ctrl+Shift+X",
            "refresh-cw", place=PLACE),
    Command("draw.postpone", "Postpone or resume the room", GROUP, "F9", "pause", place=PLACE),
    Command("draw.start", "Start time…", GROUP, "Ctrl+Shift+T", "timer", place=PLACE),
    Command("draw.balance", "Balance report…", GROUP, "Ctrl+Shift+B", "list-ordered", place=PLACE),
    Command("draw.plan_sides", "Allocate sides…", GROUP, "Ctrl+Shift+A", "swords", place=PLACE),
    Command("draw.add_room", "Add a room…", GROUP, "Insert", "plus", place=PLACE),
    Command("draw.remove_room", "Take the room out", GROUP, "Delete", "minus", place=PLACE),
    Command("draw.explain", "Why this room", GROUP, "Ctrl+E", "info", place=PLACE),
    Command("draw.copy_reasons", "Copy reasons", GROUP, "Ctrl+Shift+C", "copy", place=PLACE),
    Command("draw.filter", "Filter the draw", GROUP, "/", place=PLACE, listed=False),
    Command("draw.flags", "Flags only", GROUP, "Ctrl+Shift+F", "flag", place=PLACE),
    Command(
        "draw.order", "By bracket, by room, by team", GROUP, "F4", "list-filter", place=PLACE),
)
