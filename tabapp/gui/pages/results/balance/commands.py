"""What can be done with the balance of motions and of positions."""

from __future__ import annotations

from tabapp.gui.actions import Command

MOTIONS: tuple[Command, ...] = (
    Command("motions.copy", "Copy the balance of all motions", "Results", "Ctrl+Alt+C", "copy",
            "results/motions"),
    Command("motions.settings", "Open motions under Settings", "Results", "", "settings",
            "results/motions"),
)  # fmt: skip
POSITIONS: tuple[Command, ...] = (
    Command("positions.copy", "Copy the balance of all rounds", "Results", "Ctrl+Alt+C", "copy",
            "results/positions"),
)  # fmt: skip
COMMANDS: tuple[Command, ...] = (*MOTIONS, *POSITIONS)
