"""What can be done everywhere in the window."""

from __future__ import annotations

from collections.abc import Iterable

from tabapp.gui.actions import Command

FILE, EDIT, GO, VIEW, ROUND, HELP = "File", "Edit", "Go to", "View", "Round", "Help"
MENUS = (FILE, EDIT, GO, VIEW, ROUND)
"""The first headings of the menu, in their order; those of places follow, Help is last."""

COMMANDS: tuple[Command, ...] = (
    Command("file.new", "New tournament…", FILE, "Ctrl+N", "plus"),
    Command("file.open", "Open…", FILE, "Ctrl+O", "folder-open"),
    Command("file.import", "Import…", FILE, "Ctrl+I", "file-input"),
    Command("file.close", "Close tournament", FILE, "Ctrl+W", "x"),
    Command("who.lock", "Lock, or let somebody else sign in", FILE, "Ctrl+L", "lock"),
    Command("file.quit", "Quit", FILE, "Ctrl+Q"),
    Command("edit.undo", "Undo", EDIT, "Ctrl+Z", "undo-2", repeats=True),
    Command("edit.redo", "Redo", EDIT, "Ctrl+Shift+Z", "redo-2", also=("Ctrl+Y",), repeats=True),
    Command("view.palette", "Search or run a command…", VIEW, "Ctrl+K", "search"),
    Command("view.rail", "Fold or unfold the rail", VIEW, "Ctrl+B", "panel-left"),
    Command("view.light", "Use light colours", VIEW),
    Command("view.dark", "Use dark colours", VIEW),
    Command("view.system", "Use the system's colours", VIEW, icon="monitor"),
    Command("view.messages", "Show messages…", VIEW, icon="message-square-quote"),
    Command("view.menu", "Open the menu", VIEW, "Alt+M", "ellipsis", listed=False),
    Command("pane.next", "Next pane", VIEW, "F6", listed=False, repeats=True),
    Command("pane.previous", "Previous pane", VIEW, "Shift+F6", listed=False, repeats=True),
    Command("banner.answer", "Answer the banner", VIEW, "F7", listed=False),
    Command("problem.next", "Next problem", VIEW, "F8", "triangle-alert", repeats=True),
    Command("toast.act", "Act on the latest message", VIEW, "Alt+N", listed=False),
    Command("toast.dismiss", "Dismiss the latest message", VIEW, "Alt+Shift+N", listed=False),
    Command("round.choose", "Choose the round…", ROUND, "Alt+0", "swords"),
    Command("stage.availability", "Go to availability", ROUND, "Alt+1"),
    Command("stage.draw", "Go to the draw", ROUND, "Alt+2"),
    Command("stage.judges", "Go to the judges", ROUND, "Alt+3"),
    Command("stage.rooms", "Go to the rooms", ROUND, "Alt+4"),
    Command("stage.release", "Go to the release", ROUND, "Alt+5"),
    Command("stage.ballots", "Go to the ballots", ROUND, "Alt+6"),
    Command("stage.complete", "Go to completion", ROUND, "Alt+7"),
    Command("help.keys", "Keys of this page", HELP, "F1", "keyboard"),
)
"""The main window answers them."""

_ALSO = {"jobs": ("Ctrl+J",), "settings": ("Ctrl+,",)}
_DIGITS = 9


def place_commands(places: Iterable[tuple[str, str, str]]) -> tuple[Command, ...]:
    """Return one command for each place (key, title, icon), Ctrl+1 to Ctrl+9 in their order.

    A place after the ninth has no more than the keys of its own.
    """
    found = []
    for at, (key, title, icon) in enumerate(places, start=1):
        digit = (f"Ctrl+{at}",) if at <= _DIGITS else ()
        keys, *also = (*digit, *_ALSO.get(key, ())) or ("",)
        found.append(Command(f"go.{key}", title, GO, keys, icon, also=tuple(also)))
    return tuple(found)
