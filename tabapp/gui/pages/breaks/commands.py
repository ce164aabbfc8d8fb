"""What can be done in the place breaks."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE, _GROUP = "breaks", "Break"

COMMANDS: tuple[Command, ...] = (
    Command(
        "break.step", "Make the break, then its rounds, then open the next of them", _GROUP,
        "Ctrl+Return", "", _PLACE, listed=False),
    Command("break.make", "Make break", _GROUP, "", "git-fork", _PLACE),
    Command("break.tie", "Decide tie…", _GROUP, "Ctrl+T", "dices", _PLACE),
    Command(
        "break.step_up", "Let the next teams step up…", _GROUP, "Ctrl+Shift+U", "arrow-up",
        _PLACE),
    Command("break.remark", "Set remark…", _GROUP, "F2", "pencil", _PLACE),
    Command("break.clear_remark", "Clear remark", _GROUP, "Delete", "x", _PLACE),
    Command(
        "break.rounds", "Create elimination rounds", _GROUP, "Ctrl+Shift+E", "swords", _PLACE),
    Command("break.whole", "Bracket alone", _GROUP, "F4", "git-fork", _PLACE),
    Command("break.category", "Next category", _GROUP, "Ctrl+PgDown", "", _PLACE),
    Command("break.copy", "Copy table", _GROUP, "Ctrl+Shift+C", "copy", _PLACE),
    Command("break.filter", "Filter teams", _GROUP, "/", "", _PLACE, listed=False),
)
