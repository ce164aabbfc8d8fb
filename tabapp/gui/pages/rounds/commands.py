"""What can be done in a round, at all of its stages."""

from __future__ import annotations

from tabapp.gui.actions import Command
from tabapp.gui.pages.rounds.availability.commands import COMMANDS as AVAILABILITY
from tabapp.gui.pages.rounds.draw.commands import COMMANDS as DRAW
from tabapp.gui.pages.rounds.judges.commands import COMMANDS as JUDGES
from tabapp.gui.pages.rounds.release.commands import COMMANDS as RELEASE
from tabapp.gui.pages.rounds.rooms.commands import COMMANDS as ROOMS

PAGE: tuple[Command, ...] = (
    Command("round.next", "Next round", "Round", "Ctrl+PgDown", "chevron-right", place="rounds",
            repeats=True),
    Command(
        "round.previous", "Previous round", "Round", "Ctrl+PgUp", "chevron-left", place="rounds",
            repeats=True),
    Command("round.print_sheets", "Print score sheets…", "Round", "Ctrl+P", "printer", "rounds"),
    Command(
        "round.print_feedback", "Print feedback forms…", "Round", "Ctrl+Shift+P", "printer",
        "rounds"),
    Command("round.print_signs", "Print signs of the rooms…", "Round", "", "printer", "rounds"),
)
"""Those of the page itself."""
COMMANDS: tuple[Command, ...] = (*PAGE, *AVAILABILITY, *DRAW, *JUDGES, *ROOMS, *RELEASE)
