"""Sentences about the people at the keyboard and their PINs."""

MESSAGES: dict[str, str] = {
    "operator_name_missing": "There is no name. Type what this person is called.",
    "operator_name_long": (
        "{name}… is too long. A name has at most {limit} letters; shorten it."),
    "operator_name_taken": (
        "{name} is at this keyboard already. Add the first letter of the family name."),
    "operator_name_gone": (
        "{name} was removed before. Bring this person back, or choose another name."),
    "operator_name_former": (
        "{name} is what {now} was called before, and what {now} typed is under it. "
        "Choose another name."),
    "operator_name_reserved": (
        "{name} is what the program calls itself in the activity trail. Choose another name."),
    "operator_name_unseen": (
        "{name} holds a character that nobody sees ({letter}). Type the name without it."),
    "operator_name_alike": (
        "{name} looks like {other}, though it is written with other letters. "
        "Choose a name that nobody takes for {other}."),
    "operator_name_command_line": (
        "{name} ends with {mark}, which stands behind whoever works without the window. "
        "Leave that out."),
    "operator_first_director": (
        "The first person at the keyboard is a tab director, since somebody must be able to let "
        "the others in. Choose that role."),
    "operator_last_director": (
        "{name} is the only tab director. Make somebody else a tab director first."),
    "operator_back_first_director": (
        "{name} was here as {role}, and somebody must be able to let the others in. "
        "Bring back or add a tab director first."),
    "operator_gone": (
        "{name} is not at this keyboard any more. A tab director can bring this person back."),
    "operator_role_changed": (
        "{name} has another role now. Sign in again to go on with it."),
    "operator_must_sign_in": (
        "This file asks who is at the keyboard now. Sign in with your PIN to go on."),
    "nothing_of_yours_to_undo": (
        "You entered nothing at this window that can be taken back. Ask the tab director."),
    "undo_of_settings": (
        "{actor} changed this in the settings: {what}. Only a tab director takes it back; ask one."
    ),
    "operator_removed": "{name} was removed from this keyboard. Bring this person back first.",
    "operator_there": "{name} is at this keyboard already. Nothing was to be brought back.",
    "operator_unknown": (
        "Nobody here is called {name}. Choose one of: {names}."),
    "operators_none": (
        "Nobody is registered in this file, so that it opens without a PIN. "
        "Add a tab director first."),
    "pin_missing": "There is no PIN. Type {shortest} to {longest} digits.",
    "pin_letters": (
        "A PIN has digits only. Type {shortest} to {longest} of them."),
    "pin_length": (
        "A PIN of {count} digits cannot be. Type {shortest} to {longest} digits."),
    "pin_differs": "The PIN was typed in two ways. Type the same digits again.",
    "pin_wrong": "This is not the PIN of {name}. {then}",
    "pin_then_again": "Type it again.",
    "pin_then_wait": "Wait {wait} seconds, then type it again.",
    "pin_must_wait": (
        "{name} has to wait after the wrong PINs. Type it again in {seconds} seconds."),
    "pin_renewed": "{name} was given a new PIN a moment ago. Type the new one.",
}
