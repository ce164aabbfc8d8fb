"""What can be done in the place people."""

from __future__ import annotations

from tabapp.gui.actions import Command

_PLACE = "people"
_GROUP = "People"
COMMANDS: tuple[Command, ...] = (
    Command("people.add", "Add…", _GROUP, "Insert", "plus", _PLACE),
    Command("people.paste", "Paste…", _GROUP, "Ctrl+V", "file-input", _PLACE),
    Command("people.import", "Import…", _GROUP, "", "folder-open", _PLACE),
    Command("people.edit", "Edit…", _GROUP, "F4", "pencil", _PLACE),
    Command("people.delete", "Delete…", _GROUP, "Delete", "trash-2", _PLACE),
    Command("people.withdraw", "Withdraw", _GROUP, "F9", "circle-minus", _PLACE),
    Command("people.bring_back", "Bring back", _GROUP, "Shift+F9", "rotate-ccw", _PLACE),
    Command("people.eligibility", "Eligibility…", _GROUP, "F5", "list-checks", _PLACE),
    Command("people.conflict", "Add conflict…", _GROUP, "Ctrl+Shift+C", "ban", _PLACE),
    Command("people.print_badges", "Print badges…", _GROUP, "Ctrl+P", "printer", _PLACE),
    Command("people.print_signs", "Print room signs…", _GROUP, "Ctrl+Shift+P", "printer", _PLACE),
    Command("people.next_list", "Next list", _GROUP, "Ctrl+Tab", "", _PLACE, listed=False,
            repeats=True),
    Command("people.previous_list", "Previous list", _GROUP, "Ctrl+Shift+Tab", "", _PLACE,
            listed=False, repeats=True),
    Command("people.teams", "Show teams", _GROUP, "Ctrl+Shift+1", "", _PLACE),
    Command("people.speakers", "Show speakers", _GROUP, "Ctrl+Shift+2", "", _PLACE),
    Command("people.judges", "Show judges", _GROUP, "Ctrl+Shift+3", "", _PLACE),
    Command("people.institutions", "Show institutions", _GROUP, "Ctrl+Shift+4", "", _PLACE),
    Command("people.rooms", "Show rooms", _GROUP, "Ctrl+Shift+5", "", _PLACE),
    Command("people.categories", "Show categories", _GROUP, "Ctrl+Shift+6", "", _PLACE),
    Command("people.conflicts", "Show conflicts", _GROUP, "Ctrl+Shift+7", "", _PLACE),
    Command("people.filter", "Filter", _GROUP, "/", "", _PLACE, listed=False),
)  # fmt: skip
