"""Sentences about store."""

MESSAGES: dict[str, str] = {
    "database_missing": (
        "There is no database at {where}. Check the name, or make a new tournament there."
    ),
    "database_foreign": "{where} is not a tournament file of this program. Choose another file.",
    "database_damaged": (
        "{where} is damaged ({detail}). Restore the newest snapshot; keep this file until then."
    ),
    "database_newer": (
        "{where} was written by a newer version of this program (schema {revision})."
        " Open it with that version."
    ),
    "database_url": (
        "{where} is not an address of a database. Give the path of a file, or a URL that begins"
        " with sqlite:/// or postgresql://."
    ),
    "database_unreachable": (
        "{where} cannot be opened ({detail}). Check that the folder is there and that you may"
        " write to it."
    ),
    "database_readonly": (
        "{where} may not be written to ({detail}). Allow writing to the file and its folder, or"
        " copy it to a place where you may."
    ),
    "database_io": (
        "The disk does not read or write {where} ({detail}). Check that it is still plugged in,"
        " and copy the file to another disk."
    ),
    "value_not_storable": (
        "A value is larger than the database can keep ({detail}). Correct it and try again."
    ),
    "disk_full": "There is no room left for {where} ({detail}). Free some space and try again.",
    "database_gone": (
        "The server of {where} does not answer ({detail}). Try again when it is back."
    ),
    "migration_failed": (
        "{where} could not be brought up to date ({detail}); it is as it was before. Send us the"
        " file or restore a snapshot."
    ),
    "integrity": "{detail} Nothing was stored; correct it and try again.",
    "rule_team_twice": "A team would stand in two debates at one time.",
    "rule_side_twice": "Two teams would have one side of a debate.",
    "rule_adjudicator_twice": "An adjudicator would sit on two panels at one time.",
    "rule_two_chairs": "A panel would have two chairs.",
    "rule_two_confirmed_ballots": "A debate would have two confirmed ballots.",
    "rule_sheet_twice": "A ballot would have two sheets of one adjudicator.",
    "rule_slug_twice": "Two tournaments would have the same short address.",
    "rule_reference": "Something would refer to a record that is not there.",
    "rule_broken": "This breaks the rule {constraint} of the database ({text}).",
    "row_gone": (
        "The record {id} of {table} was deleted in the meantime. Look at what is there now and"
        " try again."
    ),
    "nothing_to_undo": "There is nothing to undo. Choose an action in the history.",
    "nothing_to_redo": (
        "There is nothing to redo: nothing was undone, or something else was done since."
    ),
    "not_undoable": "Action {action_id} cannot be undone. Choose another one in the history.",
    "already_undone": "Action {action_id} is undone already. Redo it if you want it back.",
    "undo_blocked": (
        "This cannot be undone because of {by} ({actor}, {time}). Undo that first."
    ),
    "undo_under_ballots": (
        "{count} rooms of {round} have ballots, and this would take the draw from under them. "
        "Undo what was done with these ballots first."
    ),
    "undo_moves_teams": (
        "The ballots of {count} rooms of {round} were filled in for the sides on which their "
        "teams stand, and this would change these sides. Undo what was done with these ballots "
        "first."
    ),
    "undo_other_format": (
        "{round} is drawn with {teams} teams in a room, and this would change that number. "
        "Undo the draw first."
    ),
    "undo_under_bracket": (
        "{round} is drawn from the break of {category}, which this would take away. Undo that "
        "draw first."
    ),
}
