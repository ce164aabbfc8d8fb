"""Sentences about printing."""

from __future__ import annotations

MESSAGES: dict[str, str] = {
    "print_what_unknown": "{what} is nothing that can be printed. There are: {known}.",
    "print_subject_unknown": (
        "There are no certificates for {subject}. There are: {known}."
    ),
    "print_veiled": (
        "{count} of them go by a code name or are anonymous, and so do their certificates. Choose"
        " own names to print those."
    ),
    "print_no_round": (
        "There is no round to print for. Add rounds in the settings, or choose one that is there."
    ),
    "print_option_useless": "{option} says nothing about {what}. Leave it out.",
    "print_not_confirmed": (
        "The draw of {round} is not confirmed, so rooms and teams may still change. Confirm the"
        " draw, then print."
    ),
    "print_no_panel": (
        "Nobody judges yet in {rooms}. Seat judges there, or print: no judge stands on those"
        " sheets."
    ),
    "print_no_room": (
        "No room is given yet to {rooms}. Place them in rooms, or print: the number of the debate"
        " stands on those sheets."
    ),
    "print_sides_open": (
        "The sides are not decided in {rooms}. Decide them, or print: the sheets have circles to"
        " tick."
    ),
    "print_nothing": "Nothing is chosen to print. Choose all, or at least one.",
    "print_blanks_wrong": (
        "{count} is no number of spare sheets. Type a whole number from 1 to {most}."
    ),
    "print_file_kind": "{file} does not end in .pdf. Give it that ending.",
    "print_file_there": (
        "{file} is there already and stays as it is. Name another file with -o."
    ),
    "print_part_unknown": "There is no {name} among what can be printed. There are: {known}.",
}
