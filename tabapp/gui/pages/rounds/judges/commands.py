"""What can be done in the stage judges."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "rounds/judges"
COMMANDS: tuple[Command, ...] = (
    Command(
        "judges.proceed", "Allocate judges, or keep the panels", "Judges", "Ctrl+Return", "",
        _PLACE),
    Command("judges.fill", "Fill the gaps", "Judges", "Ctrl+G", "", _PLACE),
    Command("judges.again", "Allocate again…", "Judges", "Ctrl+Shift+G", "dices", _PLACE),
    Command("judges.clear", "Clear the panels…", "Judges", "", "trash-2", _PLACE),
    Command("judges.problem", "Show the next problem", "Judges", "", "triangle-alert", _PLACE),
    Command("judges.chair", "Make chair", "Judges", "", "gavel", _PLACE),
    Command("judges.panellist", "Make panellist", "Judges", "", "", _PLACE),
    Command("judges.trainee", "Make trainee", "Judges", "", "", _PLACE),
    Command("judges.out", "Take out of the room", "Judges", "", "circle-minus", _PLACE),
    Command("judges.more", "More important", "Judges", "", "arrow-up", _PLACE),
    Command("judges.less", "Less important", "Judges", "", "arrow-down", _PLACE),
    Command("judges.filter", "Filter", "Judges", "/", "", _PLACE, listed=False),
)
