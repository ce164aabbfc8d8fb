"""What can be done in the place breaks."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE, _GROUP = "breaks", "Break"

COMMANDS: tuple[Command, ...] = (
    Command(
        "break.step", "Make the break, then its rounds, then open the next of them", _GROUP,
        "Ctrl+Return", "", _PLACE, listed=False),
    Command("break.make", "Make break", _GROUP, "", "git-fork", _PLACE),
    Command("break.make_all", "Make all breaks again", _GROUP, "", "refresh-cw", _PLACE),
    Command("break.forecast", "Forecast", _GROUP, "F5", "dices", _PLACE),
    Command(
        "break.flipping", "Open the ballot that can flip the break first", _GROUP, "F9",
        "triangle-alert", _PLACE),
    Command("break.watch", "Rooms to watch", _GROUP, "Ctrl+Shift+W", "door-open", _PLACE),
    Command("break.tie", "Decide tie…", _GROUP, "Ctrl+T", "dices", _PLACE),
    Command(
        "break.step_up", "Let the next teams step up…", _GROUP, "Ctrl+Shift+U", "arrow-up",
        _PLACE),
    Command("break.remark", "Set remark…", _GROUP, "F2", "pencil", _PLACE),
    Command("break.clear_remark", "Clear remark", _GROUP, "Delete", "x", _PLACE),
    Command("break.let_in", "Let team in with too few rounds…", _GROUP, "", "", _PLACE),
    Command("break.results", "Open results of the team", _GROUP, "", "list-ordered", _PLACE),
    Command(
        "break.rounds", "Create elimination rounds", _GROUP, "Ctrl+Shift+E", "swords", _PLACE),
    Command("break.whole", "Bracket alone", _GROUP, "F4", "git-fork", _PLACE),
    Command("break.category", "Next category", _GROUP, "Ctrl+PgDown", "", _PLACE, repeats=True),
    Command("break.judges", "Judges who break", _GROUP, "Ctrl+Shift+J", "gavel", _PLACE),
    Command("break.judge", "Let judge break, or not", _GROUP, "", "gavel", _PLACE),
    Command(
        "break.judges_best", "Let suggested judges break", _GROUP, "Ctrl+Shift+B", "check",
        _PLACE),
    Command("break.announce", "Announce…", _GROUP, "Ctrl+Shift+A", "projector", _PLACE),
    Command("break.export", "Export…", _GROUP, "Ctrl+Shift+S", "download", _PLACE),
    Command("break.print", "Print certificates…", _GROUP, "Ctrl+P", "printer", _PLACE),
    Command("break.copy", "Copy table", _GROUP, "Ctrl+Shift+C", "copy", _PLACE),
    Command("break.filter", "Filter teams", _GROUP, "/", "", _PLACE, listed=False),
)
