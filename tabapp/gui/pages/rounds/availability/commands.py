"""What can be done in the stage availability."""

from __future__ import annotations

from tabapp.gui.actions import Command

COMMANDS: tuple[Command, ...] = ()
