"""What can be done in the place ballots."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "ballots"

COMMANDS: tuple[Command, ...] = (
    Command("ballots.save", "Save and next", "Ballots", "Ctrl+Return", place=_PLACE,
            also=("Ctrl+Enter",)),
    Command("ballots.find", "Find a room", "Ballots", "F3", "search", _PLACE),
    Command("ballots.correct", "Correct…", "Ballots", "F2", "pencil", _PLACE),
    Command("ballots.iron", "Iron person", "Ballots", "F4", place=_PLACE),
    Command("ballots.forfeit", "Forfeit", "Ballots", "F5", place=_PLACE),
    Command("ballots.next_sheet", "Sheet of the next judge", "Ballots", "Ctrl+PgDown",
            "chevron-right", _PLACE, repeats=True),
    Command("ballots.last_sheet", "Sheet of the judge before", "Ballots", "Ctrl+PgUp",
            "chevron-left", _PLACE, repeats=True),
    Command("ballots.versions", "Versions…", "Ballots", "Ctrl+Shift+V", "history", _PLACE),
    Command("ballots.rules", "How ballots are checked…", "Ballots", "", "settings", _PLACE),
    Command("ballots.impact", "What it changes…", "Ballots", "Ctrl+E", "list-ordered", _PLACE),
    Command("ballots.discard", "Discard entry…", "Ballots", "Ctrl+Delete", "trash-2", _PLACE),
    Command("ballots.start_over", "Start over", "Ballots", "", "rotate-ccw", _PLACE),
    Command("ballots.order", "Order the rooms another way", "Ballots",
            "Ctrl+R", "list-filter", _PLACE),
    Command("ballots.flips", "Can flip the break first", "Ballots", "Ctrl+Shift+R", "git-fork",
            _PLACE),
    Command("ballots.postpone", "Postpone or resume the room", "Ballots", "F9", "pause", _PLACE),
    Command("ballots.lift", "Take the mark off", "Ballots", "Ctrl+M", "circle-minus", _PLACE),
    Command("ballots.deadlines", "Deadlines of the round…", "Ballots", "Ctrl+D",
            "calendar-clock", _PLACE),
    Command("ballots.receive", "Mark as received, or as out", "Ballots", "Insert", "inbox",
            _PLACE),
    Command("ballots.runners", "Runners…", "Ballots", "Ctrl+Shift+U", "users", _PLACE),
    Command("ballots.progress", "How ballots came in", "Ballots", "Ctrl+G", place=_PLACE),
    Command("ballots.print", "Print the sheet of this room…", "Ballots", "Ctrl+P", "printer",
            _PLACE),
    Command("ballots.pause", "Pause or resume deadlines", "Ballots", "", "pause", _PLACE),
)
