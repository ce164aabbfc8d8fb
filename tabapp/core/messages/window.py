"""Sentences about window."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "job_field_whole": '"{value}" is no whole number. Type digits only, such as 12.',
    "job_field_number": '"{value}" is no number. Type one such as 12 or 0.5.',
    "schedule_entry_number": (
        '"{value}" is no number above 0. Type how often, or how many minutes, such as 5.'
    ),
    "schedule_entry_time": '"{value}" is no time of day. Type it as 03:30.',
    "schedule_entry_date": '"{value}" is no date with a time. Type it as 2026-01-31 14:30.',
    "schedule_entry_fields": (
        '"{value}" has not five fields. Type minute, hour, day, month and weekday, such as'
        " 30 3 * * sun."
    ),
    "cell_changed_elsewhere": (
        'This was "{seen}" and became "{value}" elsewhere while you typed. Type it again to'
        " replace that."
    ),
    "display_missing": (
        "There is no display for the window. Start it on a desktop; 'tabapp --help' lists what"
        " works without one."
    ),
    "display_silent": (
        "The display {display} does not answer. Log in to the desktop that it belongs to, or set"
        " DISPLAY to one that runs."
    ),
    "display_library_missing": (
        "The window needs libraries that this system lacks ({libraries}). Install them with:"
        " apt-get install -y {packages}"
    ),
    "display_library_broken": (
        "The window cannot be loaded ({reason}). Install the program again, or work without the"
        " window: 'tabapp --help'."
    ),
    "window_file_in_use": (
        "{file} is open in another window of this program (process {pid}), which comes to the"
        " front. Work there, or close it first."
    ),
    "window_lock_failed": (
        "Nobody can tell whether {file} is open elsewhere: {folder} cannot be written ({reason})."
        " Allow writing there."
    ),
    "file_exists": "{file} is there already. Choose another name.",
    "file_without_tournament": (
        "{file} has no tournament. Open another file, or make a new tournament."
    ),
    "undo_stopped": (
        "{done} of {wanted} actions were taken back. The next one stays: {reason}"
    ),
}
