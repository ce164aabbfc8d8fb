"""What can be done in the place jobs and in its parts."""

from __future__ import annotations

from tabapp.gui.actions import Command
from tabapp.gui.pages.jobs.figures.commands import COMMANDS as FIGURES
from tabapp.gui.pages.jobs.health.commands import COMMANDS as HEALTH
from tabapp.gui.pages.jobs.queue.commands import COMMANDS as QUEUE
from tabapp.gui.pages.jobs.schedules.commands import COMMANDS as SCHEDULES

PAGE: tuple[Command, ...] = (
    Command("jobs.run", "Run a job…", "Jobs", "Ctrl+R", "play", "jobs"),
    Command("jobs.clock", "Pause the clock, or let it go on", "Jobs", "Ctrl+Shift+P", "pause",
            "jobs"),
    Command("jobs.next", "Next part of the jobs", "Jobs", "Ctrl+PgDown", "chevron-right", "jobs",
            repeats=True),
    Command("jobs.previous", "Previous part of the jobs", "Jobs", "Ctrl+PgUp", "chevron-left",
            "jobs", repeats=True),
)  # fmt: skip
"""Those of the page itself."""
COMMANDS: tuple[Command, ...] = (*PAGE, *QUEUE, *SCHEDULES, *FIGURES, *HEALTH)
