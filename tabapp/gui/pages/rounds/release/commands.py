"""What can be done in the stages release, ballots and complete."""

from __future__ import annotations

from tabapp.gui.actions import Command

RELEASE = "rounds/release"
BALLOTS = "rounds/ballots"
COMPLETE = "rounds/complete"

RELEASE_COMMANDS: tuple[Command, ...] = (
    Command(
        "release.step", "Release draw, then open the ballots", "Release", "Ctrl+Return",
        place=RELEASE, listed=False),
    Command("release.draw", "Release draw", "Release", icon="check", place=RELEASE),
    Command("release.back", "Take the draw back", "Release", icon="undo-2", place=RELEASE),
    Command(
        "release.motions", "Release the motions", "Release", "Ctrl+Shift+M",
        "message-square-quote", place=RELEASE),
    Command(
        "release.motions_back", "Take the motions back", "Release", icon="undo-2", place=RELEASE),
    Command(
        "release.deadlines", "Deadlines of the round…", "Release", "Ctrl+D", "calendar-clock",
        place=RELEASE),
    Command("release.start", "Set the start time", "Release", "F2", "timer", place=RELEASE),
)
BALLOTS_COMMANDS: tuple[Command, ...] = (
    Command(
        "round.ballots", "Open the ballots, or go on to completion", "Round", "Ctrl+Return",
        place=BALLOTS),
)
COMPLETE_COMMANDS: tuple[Command, ...] = (
    Command(
        "complete.step", "Complete round, then see what comes next", "Round", "Ctrl+Return",
        place=COMPLETE, listed=False),
    Command("complete.round", "Complete round", "Round", icon="check", place=COMPLETE),
    Command("complete.reopen", "Reopen round", "Round", icon="undo-2", place=COMPLETE),
)
COMMANDS: tuple[Command, ...] = (*RELEASE_COMMANDS, *BALLOTS_COMMANDS, *COMPLETE_COMMANDS)
