"""Who does what nobody at a keyboard asked for, as the history of jobs and the trail name them."""

from __future__ import annotations

CLOCK = "clock"
"""A schedule was due."""
BALLOT = "ballot"
"""A ballot came to count, or to count no longer."""
ROUND = "round"
"""A round was completed, drawn or opened again."""
PROGRAM = "tabapp"
"""The program itself: at its start, before a destructive act."""

AUTOMATIC = frozenset({CLOCK, BALLOT, ROUND, PROGRAM})
"""None of these is a person: plain undo passes over what they did."""

COMMAND_LINE = " (command line)"
"""Stands behind the name of who works without the window, where nobody signs in."""
