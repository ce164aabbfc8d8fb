"""What can be done in the place projector."""

from __future__ import annotations

from tabapp.gui.actions import Command

_GROUP = "Projector"
_HERE = "projector"

COMMANDS: tuple[Command, ...] = (
    Command("projector.take", "Take", _GROUP, "F12", "arrow-right"),
    Command("projector.next", "Next page", _GROUP, "PgDown", "chevron-right", _HERE,
            also=("Space",)),
    Command("projector.back", "Page back", _GROUP, "PgUp", "chevron-left", _HERE),
    Command("projector.blank", "Blank", _GROUP, "B", "minus", _HERE),
    Command("projector.freeze", "Freeze", _GROUP, "Z", "pause", _HERE),
    Command("projector.preview_next", "Next in preview", _GROUP, "Ctrl+PgDown", "chevron-right",
            _HERE, repeats=True),
    Command("projector.preview_back", "Back in preview", _GROUP, "Ctrl+PgUp", "chevron-left",
            _HERE, repeats=True),
    Command("projector.screens", "Screens…", _GROUP, "Ctrl+Shift+S", "monitor", _HERE),
    Command("projector.break", "Announce a break…", _GROUP, "Ctrl+Shift+A", "git-fork", _HERE),
    Command("projector.release", "Open the release", _GROUP, "Ctrl+Shift+R", "lock-open", _HERE),
    Command("projector.close", "Close the show", _GROUP, "Shift+F12", "x"),
)  # fmt: skip
"""``take`` works from everywhere: elsewhere it resumes a lost screen or comes here first."""
