"""Sentences about tournaments, rounds and how they are found."""

MESSAGES: dict[str, str] = {
    "tournament_unknown": (
        "There is no tournament {slug} in this file. Choose one of: {known}."
    ),
    "no_tournament": (
        "This file has no tournament. Make one with 'tabapp new', or import one."
    ),
    "which_tournament": (
        "This file has several tournaments. Name one of them with --tournament: {known}."
    ),
    "round_gone": "There is no round with the row id {id} in this file. Name it by its number.",
    "round_unknown": "There is no round {seq}. Choose from: {known}.",
    "record_unknown": "There is no {kind} {ref} in this tournament. Check the id.",
    "slug_taken": (
        "This file already has a tournament with the short name {slug}. "
        "Name another one with --slug."
    ),
    "name_missing": "A tournament needs a name. Give one.",
    "rounds_out_of_range": "{value} rounds cannot be played. Choose from 1 to {most}.",
    "break_size_negative": "A break of {value} teams makes no sense. Choose 0 for none.",
    "category_unknown": "There is no category {slug}. Choose one of: {known}.",
    "no_break_category": (
        "This tournament has no break category. Add one before the break is made."
    ),
    "export_not_available": (
        "{what} cannot be exported yet. This version writes: archive."
    ),
    "export_kind_unknown": (
        "{what} cannot be written as {suffix}. Name a file that ends in .json."
    ),
    "file_not_written": "{file} could not be written: {reason}. Choose another place.",
    "rounds_unreadable": "{text} names no rounds. Write 1-3 for the first three, or 2 for one.",
    "rounds_unknown": (
        "Rounds {rounds} are not all there to be played. The preliminary rounds are: {known}."
    ),
    "demo_file_exists": "{file} is there already. Give another name, or delete it.",
    "parameter_unreadable": "{text} is no parameter. Write key=value.",
    "run_unknown": (
        "There is no run {id} in the history of this file. 'tabapp job history' lists the runs."
    ),
}
