"""What can be done in the place settings and in each of its parts."""

from __future__ import annotations

from tabapp.gui.actions import Command

PLACE = "settings"
TOURNAMENT = "settings/tournament"
RULES = "settings/rules"
ROUNDS = "settings/rounds"
CATEGORIES = "settings/categories"
MOTIONS = "settings/motions"
OPERATORS = "settings/operators"
APPEARANCE = "settings/appearance"
NOTIFICATIONS = "settings/notifications"
_GROUP = "Settings"

PAGE_COMMANDS: tuple[Command, ...] = (
    Command("settings.filter", "Find a setting", _GROUP, "/", "search", PLACE, listed=False),
    Command("settings.find", "Find a setting…", _GROUP, "F3", "search", PLACE),
    Command("settings.differs", "Show only what differs from the preset", _GROUP,
            "Ctrl+Shift+F", "list-filter", PLACE),
    Command("settings.sections", "Go to the sections", _GROUP, "Ctrl+Shift+S", place=PLACE),
)
TOURNAMENT_COMMANDS: tuple[Command, ...] = (
    Command("settings.preset", "Change the preset", _GROUP, "Ctrl+Return", place=TOURNAMENT),
)
RULES_COMMANDS: tuple[Command, ...] = (
    Command("settings.reset", "Reset this setting", _GROUP, "Ctrl+R", "rotate-ccw", RULES),
    Command("settings.reset_all", "Reset all that is shown", _GROUP, "Ctrl+Shift+R",
            "rotate-ccw", RULES),
)
ROUNDS_COMMANDS: tuple[Command, ...] = (
    Command("settings.round_add", "Add round…", _GROUP, "Insert", "plus", ROUNDS,
            also=("Ctrl+Return",)),
    Command("settings.round_insert", "Insert round before…", _GROUP, "Shift+Insert", "plus",
            ROUNDS),
    Command("settings.round_edit", "Edit round…", _GROUP, "", "pencil", ROUNDS),
    Command("settings.round_up", "Move round up", _GROUP, "Ctrl+Up", "arrow-up", ROUNDS),
    Command("settings.round_down", "Move round down", _GROUP, "Ctrl+Down", "arrow-down", ROUNDS),
    Command("settings.round_delete", "Delete round", _GROUP, "Delete", "trash-2", ROUNDS),
)
CATEGORIES_COMMANDS: tuple[Command, ...] = (
    Command("settings.category_add", "Add category…", _GROUP, "Insert", "plus", CATEGORIES,
            also=("Ctrl+Return",)),
    Command("settings.category_edit", "Edit category…", _GROUP, "", "pencil", CATEGORIES),
    Command("settings.category_delete", "Delete category", _GROUP, "Delete", "trash-2",
            CATEGORIES),
)
MOTIONS_COMMANDS: tuple[Command, ...] = (
    Command("settings.motion_add", "Add motion…", _GROUP, "Insert", "plus", MOTIONS,
            also=("Ctrl+Return",)),
    Command("settings.motion_edit", "Edit motion…", _GROUP, "", "pencil", MOTIONS),
    Command("settings.motion_up", "Move motion up", _GROUP, "Ctrl+Up", "arrow-up", MOTIONS),
    Command("settings.motion_down", "Move motion down", _GROUP, "Ctrl+Down", "arrow-down",
            MOTIONS),
    Command("settings.motion_delete", "Delete motion", _GROUP, "Delete", "trash-2", MOTIONS),
    Command("settings.motions_release", "Release motions", _GROUP,
            "Ctrl+Shift+M", "message-square-quote", MOTIONS),
    Command("settings.motions_back", "Take back", _GROUP, "", "undo-2", MOTIONS),
)
OPERATORS_COMMANDS: tuple[Command, ...] = (
    Command("settings.operator_add", "Add person…", _GROUP, "Insert", "plus", OPERATORS,
            also=("Ctrl+Return",)),
    Command("settings.operator_edit", "Change name or role…", _GROUP, "F2", "pencil", OPERATORS),
    Command("settings.operator_pin", "Set new PIN…", _GROUP, "Ctrl+Shift+P", "lock", OPERATORS),
    Command("settings.operator_remove", "Remove person…", _GROUP, "Delete", "trash-2", OPERATORS),
    Command("settings.operator_back", "Bring back…", _GROUP, "Ctrl+Shift+B", "undo-2", OPERATORS),
)
COMMANDS: tuple[Command, ...] = (
    *PAGE_COMMANDS, *TOURNAMENT_COMMANDS, *RULES_COMMANDS, *ROUNDS_COMMANDS,
    *CATEGORIES_COMMANDS, *MOTIONS_COMMANDS, *OPERATORS_COMMANDS,
)
