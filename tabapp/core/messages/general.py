"""Sentences that belong to no topic."""

MESSAGES: dict[str, str] = {
    "problems_found": "{count} problems were found, nothing was stored. The first: {first}",
    "stale_input": "Somebody changed {topic} in the meantime. Try again on what is there now.",
    "lease_lost": "Another program works on this tournament now. Wait until it has finished.",
    "database_busy": "Another program is writing to this file. Try again in a moment.",
    "cancelled": "This was cancelled; nothing was changed.",
    "folder_not_made": (
        "The folder {folder} cannot be made: {reason}. "
        "Give this user the right to write there, or set TABAPP_HOME to another folder."
    ),
    "settings_damaged": (
        "The settings in {path} were damaged; defaults stand in for what could not be read. "
        "The damaged file is kept as {kept}."
    ),
    "settings_unreadable": (
        "The settings in {path} cannot be read: {reason}. Defaults are used until they can."
    ),
    "settings_not_saved": (
        "The settings could not be saved in {path}: {reason}. "
        "They hold until the program is closed; make room there, then save them again."
    ),
    "round_drawn": (
        "{round} has a draw already. Replace it on purpose (--replace), which deletes its "
        "judges, rooms and ballots, or keep it."
    ),
    "earlier_round_not_drawn": (
        "{earlier} has no draw yet, so round {round} would not know its results. "
        "Draw the rounds in order."
    ),
    "results_missing": (
        "{count} ballots of {earlier} are missing: {debates}. Enter or postpone them before "
        "round {round} is drawn, or draw without them on purpose (--ignore-missing)."
    ),
    "round_not_drawn": "{round} has no draw yet. Draw it first.",
    "round_has_results": (
        "{round} has results already, so its judges and rooms stay as they were."
    ),
    "debate_unknown": "There is no debate {debate}. Check the id against the draw.",
    "debate_of_other_round": (
        "Debate {debate} is in round {actual}, not in round {given}. Check the ballot's round."
    ),
    "draw_not_confirmed": (
        "The draw of round {round} is not confirmed. Confirm it before its ballots are entered."
    ),
    "room_postponed": "{room} is postponed. Resume it before its ballot is entered.",
    "debate_postponed": "Debate {debate} is postponed. Resume it before its ballot is entered.",
    "sides_not_confirmed": (
        "The sides of debate {debate} are not confirmed. Confirm them before its ballot is entered."
    ),
    "two_confirmed_given": (
        "{count} confirmed ballots are given for debate {debate}. Keep one of them."
    ),
    "ballot_same": (
        "The ballot of debate {debate} says the same already (version {version}). "
        "It was not entered again."
    ),
    "motion_unknown": "There is no motion {motion}. Check the id.",
    "judge_unknown": "There is no adjudicator {judge}. Check the id.",
    "file_unreadable": "{file} cannot be read: {reason}. Check the path.",
    "cases_unreadable": "The cases are not JSON: {reason}. Correct the text there.",
    "system_refused": (
        "The system refuses this: {reason}. Check the path, your rights and the free space."
    ),
    "output_not_written": "The result could not be written: {reason}. Send it somewhere else.",
    "ballot_malformed": "This is not the shape of a ballot: {reason}. Correct it in the file.",
}
