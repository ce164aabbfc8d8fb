"""Sentences about upkeep."""

MESSAGES: dict[str, str] = {
    "snapshot_of_server": (
        "{where} is on a server, which makes its own copies. Ask who looks after that server."
    ),
    "snapshot_disk_full": (
        "There is no room for a snapshot in {folder} ({detail}). Free some space, or choose"
        " another folder for snapshots."
    ),
    "snapshot_not_written": (
        "No snapshot can be written to {folder} ({detail}). Check that the folder is there and"
        " that you may write to it."
    ),
    "snapshot_not_sound": (
        "The copy of {file} in {folder} does not read back as it should ({detail}). Check the"
        " health of the file and of that disk."
    ),
    "snapshot_second_gone": (
        "The second folder {folder} is not there, so the copy is on this computer alone. Plug the"
        " drive in again; the next snapshot goes there too."
    ),
    "snapshot_folder_unreadable": (
        "The snapshots in {folder} cannot be listed ({detail}). Check that you may open the"
        " folder."
    ),
    "snapshot_missing": (
        "There is no file {file}. Choose one of the snapshots that 'tabapp snapshots' lists."
    ),
    "snapshot_unknown": (
        "{given} is none of the {count} snapshots of {file}. Give a number or a time of the list,"
        " or the path of a file."
    ),
    "snapshot_ambiguous": (
        "{given} stands for {count} snapshots of {file}. Give more of the time, or the number."
    ),
    "snapshot_foreign": (
        "{file} is not a tournament file of this program. Choose a snapshot or a tournament file."
    ),
    "snapshot_damaged": "{file} is damaged ({detail}). Choose an older snapshot.",
    "snapshot_newer": (
        "{file} was written by a newer version of this program (schema {revision}). Use that"
        " version."
    ),
    "snapshot_unreadable": (
        "{file} cannot be read ({detail}). Check that it is still plugged in and that you may"
        " open it."
    ),
    "restore_itself": "{file} is the file that is to be replaced. Choose one of its snapshots.",
    "restore_in_use": (
        "{file} is open in another program (process {pid}). Close it there, then restore again."
    ),
    "restore_target_foreign": (
        "{file} is not a tournament file, so nothing is put in its place. Check the name."
    ),
    "restore_not_written": (
        "{file} could not be replaced ({detail}); it is as it was before. Check the disk and that"
        " you may write there."
    ),
    "recover_stranger": (
        "{what} is somebody else in the other file, so nothing that speaks of it is taken over."
        " Enter that by hand."
    ),
    "recover_reference": (
        "{what} needs {other}, which is not here or is another one here, so it is not taken over."
        " Enter it by hand."
    ),
    "recover_slug_twice": (
        "{what} would have the short name {slug}, which another category has here. Rename that one"
        " and recover again."
    ),
    "recover_id_taken": (
        "{what} stands in round {round} here, so nothing of this round is taken over. Compare the"
        " two rounds by hand."
    ),
    "recover_two_ballots": (
        "{debate} of {round} would have two confirmed ballots, so nothing of this round is taken"
        " over. Decide in the ballots of that room which one counts."
    ),
    "recover_ballots_of_others": (
        "{debate} of {round} has ballots of other teams here, so nothing of this round is taken"
        " over. Look at the two draws of this round."
    ),
    "recover_stands_twice": (
        "The {kind} {who} would stand in two rooms of {round}, so nothing of this round is taken"
        " over. Look at the two draws of this round."
    ),
    "recover_other_tournament": (
        "{file} has no tournament {slug}; it has {known}. Choose a file of this tournament."
    ),
    "health_damaged": "The file {where} is damaged: {fault}.",
    "health_fix_damaged": (
        "Take a copy of the file as it is, then restore the last snapshot before the damage."
    ),
    "health_sound": "The file reads without a fault.",
    "health_sound_at": "The file reads without a fault; all of it was read at {time}.",
    "health_orphans": "In {where} a row refers to nothing: {fault}.",
    "health_references": "Every row refers to rows that are there.",
    "health_disk": "{free} are free for the file in {folder}.",
    "health_disk_low": "Only {free} are free in {folder}.",
    "health_disk_full": "{free} free in {folder} are too little for the file and its copies.",
    "health_fix_disk": "Delete what is not needed there, or move the file to another disk.",
    "health_disk_unknown": "The disk of {folder} does not answer: {reason}.",
    "health_fix_disk_unknown": "Look whether the drive is plugged in, then look again.",
    "health_log": "The write-ahead log is small ({size}).",
    "health_log_large": (
        "The write-ahead log has grown to {size}, since another program keeps reading the file."
    ),
    "health_fix_log": (
        "Close other programs that have the file open, then let the database be tidied."
    ),
    "health_folder": "The folder {folder} can be written.",
    "health_folder_readonly": "The folder {folder} cannot be written, so nothing is stored.",
    "health_file_readonly": "The file {file} cannot be written, so nothing is stored.",
    "health_fix_folder": "Give yourself the right to write there, or move the file.",
    "health_place": "The file lies on this computer.",
    "health_place_synced": (
        "The file lies in {folder}, which another program copies while it is written."
    ),
    "health_place_network": (
        "The folder {folder} is on the network, where two computers can damage one file."
    ),
    "health_fix_place": (
        "Close the file and move it to a folder of this computer; let copies go there instead."
    ),
    "health_copies": "The last copy is {age} old and has all results.",
    "health_copies_empty": "There are no results yet that a copy would have to keep.",
    "health_copies_first": "The first copy is taken after the next ballot.",
    "health_copies_next": "The last copy is {age} old; the next one has the latest results.",
    "health_copies_none": "Results confirmed {age} ago are in no copy: there is none.",
    "health_copies_behind": "Results confirmed {age} ago are in no copy yet.",
    "health_fix_copies": "Take a snapshot now.",
    "health_copies_server": "This database is on a server, which keeps its own copies.",
    "health_second": "Each copy also goes to {folder}.",
    "health_second_none": "Copies go to one folder of this computer only.",
    "health_fix_second_none": "Choose a folder on a stick or another disk.",
    "health_second_away": "The second folder {folder} is not there.",
    "health_fix_second_away": "Plug the drive in again, or choose another folder.",
    "health_second_refused": "The second folder {folder} took no copy: {reason}",
    "health_fix_second_refused": (
        "Look whether the drive is full or read-only, then take a snapshot."
    ),
    "health_clock": "Schedules start by themselves.",
    "health_clock_elsewhere": "Schedules are started by another program on this database.",
    "health_clock_stopped": "Schedules do not run here: the clock has stopped.",
    "health_clock_silent": "The clock has not looked for {age}; schedules may be late.",
    "health_fix_clock_stopped": "Close the program and open it again.",
    "health_clock_paused": "The clock is paused: nothing starts by itself.",
    "health_fix_clock_paused": "Let the clock go on.",
    "health_clock_steady": "The computer's clock runs evenly.",
    "health_clock_jumped": "The computer's clock jumped at {time}, or the computer slept.",
    "health_fix_clock_jumped": "Look whether date and time are right.",
    "health_queue": "All {workers} workers of the job queue live.",
    "health_workers_gone": "{gone} of {workers} workers of the job queue have ended.",
    "health_fix_restart": "Close the program and open it again; nothing confirmed is lost.",
    "health_queue_waits": "{waiting} jobs wait, the first for {age}.",
    "health_fix_queue_waits": "Look in Jobs at what runs so long, and cancel it if need be.",
    "health_runs": "No job waits for a decision.",
    "health_run_stuck": "A job failed and waits for you: {titles}.",
    "health_runs_stuck": "{count} jobs failed and wait for you: {titles}.",
    "health_fix_runs": "Start them again, or look in Jobs at why they failed.",
    "health_unknown": "This could not be looked at. {reason}",
    "health_fix_unknown": "Look again; if it stays, close the program and open it again.",
    "doctor_program": "tabapp {version} runs on Python {python}, SQLite {sqlite}, {system}.",
    "doctor_program_old": "Python {python} with SQLite {sqlite} is too old for tabapp {version}.",
    "health_fix_program_old": "Install Python 3.11 or later, then tabapp anew.",
    "doctor_libraries": "All libraries are there: {shown}.",
    "doctor_libraries_frozen": "All libraries are in the program itself.",
    "doctor_libraries_lacking": "These libraries are missing or too old: {names}.",
    "health_fix_libraries": "Install tabapp anew; that brings them along.",
    "doctor_window": "{name} {found} works with this Python.",
    "doctor_window_frozen": "The library of the window is in the program itself.",
    "doctor_window_none": "{name} is not installed, so there is no window.",
    "health_fix_window_none": "Install tabapp anew; commands work without it.",
    "doctor_window_crashes": (
        "{name} {found} ends the program after a while: from {limit} on it does so on Python 3.11."
    ),
    "health_fix_window_crashes": "Install {name} below {limit}, or use a later Python.",
    "doctor_display": "A window can come up here.",
    "doctor_fonts": "All {count} fonts are there.",
    "doctor_fonts_none": "The fonts in {folder} are missing or empty.",
    "health_fix_install_again": "Install tabapp anew.",
    "doctor_folders": "Settings, tournaments, logs and copies can be written, as in {folder}.",
    "doctor_folder_readonly": "The folder of the {what}, {folder}, cannot be written.",
    "doctor_zones": "The data of time zones is there.",
    "doctor_zones_none": "The data of time zones is missing: {zone} is unknown.",
    "health_fix_zones": "Install the package tzdata, or tabapp anew.",
    "doctor_clock": "The computer's clock shows {time}.",
    "doctor_clock_wrong": "The computer's clock shows {time}, which cannot be.",
    "health_fix_clock_wrong": "Set date and time of the computer.",
    "doctor_file_unreadable": "{where} could not be looked at. {reason}",
    "health_fix_file_unreadable": (
        "Look whether this is the right file; if it is, restore it from a snapshot."
    ),
    "doctor_schema": "The tables are those of this version ({found}).",
    "doctor_schema_old": "The tables are of an earlier version ({found}; this one has {wanted}).",
    "health_fix_schema_old": (
        "Open the file once: it is brought up to date, after a verified copy beside it."
    ),
    "doctor_schema_new": "The tables are of a version that this program does not know ({found}).",
    "health_fix_schema_new": "Open the file with the latest version of tabapp.",
    "doctor_journal": "The journal is whole, so undo works.",
    "doctor_journal_broken": "The journal is not whole: {fault}.",
    "health_fix_journal": "Restore the last snapshot in which it was, or go on without that undo.",
    "doctor_programs": "{count} programs that ended have left their row.",
    "health_fix_programs": "The weekly cleanup takes them away.",
    "doctor_programs_none": "No programs that ended are in the way.",
    "doctor_copies": "The last copy is {age} old: {file}.",
    "doctor_copies_none": "There is no copy of this file in {folder}.",
    "doctor_results": "Every stored result is what its ballots say.",
    "doctor_results_differ": "{count} checks of what is stored failed, the first: {first}.",
    "health_fix_results": "Run 'tabapp check' to see all of them.",
    "doctor_tables": "The stored tables are those of the ballots.",
    "doctor_tables_stale": "These stored tables are older than the ballots: {kinds}.",
    "health_fix_tables": "Run 'tabapp job run DB standings.recalculate'.",
}
